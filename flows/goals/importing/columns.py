"""How a column of a dropped sheet is recognised: by its name in either language, and its choices by theirs."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.core.words import Words


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `also` are other names that are understood; `choices` are the only values, where there are any."""

    name: str
    title: Words
    about: Words
    also: tuple[str, ...] = ()
    choices: Mapping[Any, Words] = field(default_factory=dict)


def plain(text: str) -> str:
    """A heading or a choice as it is compared: without case, stars, blanks and full-width forms."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("_", " ").replace("*", " ")
    return " ".join(folded.split())


def named(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Every name that is understood, as it is compared, with its column."""
    found: dict[str, Column] = {}
    for column in columns:
        for text in (column.name, column.title.en, column.title.zh, *column.also):
            found.setdefault(plain(text), column)
    return found


def chosen(column: Column, text: str) -> str | None:
    """The value of a choice by its name or its words in either language; None where it is none of them."""
    wanted = plain(text)
    for value, words in column.choices.items():
        if wanted in (plain(value), plain(words.en), plain(words.zh)):
            return value
    return None
