"""Pages that are sent as files: HTML from templates, in which everything that people wrote is text."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template


def plain(text: str) -> str:
    """The text without signs that control something: they would turn the reading direction, or are not allowed in HTML."""
    return "".join(
        sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Cf")
    )


@cache
def page_named(name: str) -> Template:
    """A template of this folder; it escapes what is put into it."""
    folder = FileSystemLoader(Path(__file__).parent)
    return Environment(autoescape=True, undefined=StrictUndefined, loader=folder).get_template(name)
