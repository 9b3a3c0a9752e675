"""How a column of a dropped sheet is recognised: by its name in either language, and its choices by theirs."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flows.core.words import Words
from flows.goals.importing.dropped import Table

UNKNOWN_COLUMN = Words(
    "The column “{text}” is not known. Please use the headings of /goal template, or delete the column.",
    "无法识别列“{text}”。请使用 /goal template 中的表头，或删除该列。",
)
TWICE = Words("There are two columns for “{text}”. Please delete one.", "“{text}”有两列，请删除其中一列。")


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


def columns_of(table: Table, known: tuple[Column, ...]) -> tuple[dict[str, int], list[Words]]:
    """Where each known column stands in the sheet, and what is wrong with its headings."""
    understood, places, problems = named(known), dict[str, int](), list[Words]()
    for place, text in enumerate(table.header):
        column = understood.get(plain(text))
        if not text:
            continue
        if column is None:
            problems.append(UNKNOWN_COLUMN.fill(text=text[:60]))
        elif column.name in places:
            problems.append(TWICE.fill(text=column.title))
        else:
            places[column.name] = place
    return places, problems


def chosen(column: Column, text: str) -> str | None:
    """The value of a choice by its name or its words in either language; None where it is none of them."""
    wanted = plain(text)
    for value, words in column.choices.items():
        if wanted in (plain(value), plain(words.en), plain(words.zh)):
            return str(value)
    return None
