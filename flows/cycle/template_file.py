"""Templates as readable YAML files: read with the line of everything that is wrong, and those that come along."""

from __future__ import annotations

from flows.core.words import Words
from flows.cycle.template import Template


def read_template(text: str) -> Template | list[tuple[int, Words]]:
    """The template in a YAML text, or what is wrong with it: (line counted from 1, what to change)."""
    raise NotImplementedError


def built_in() -> tuple[Template, ...]:
    """The templates that come with perfloop."""
    return ()
