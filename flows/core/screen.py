"""A screen is data: what a person sees and may do. Each messenger draws it its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from flows.core.page import Question
from flows.core.said import Said
from flows.core.words import Words


@dataclass(frozen=True, slots=True)
class Act:
    """What a button does: a verb and what it is about. It carries no right: whoever presses is checked anew."""

    verb: str
    about: tuple[str, ...] = ()


def here(act: Act) -> Act:
    """The same, shown in the window that the button stands in instead of one on top of it."""
    return Act("part", ("0", act.verb, *act.about))


@dataclass(frozen=True, slots=True)
class Heading:
    words: Words


@dataclass(frozen=True, slots=True)
class Line:
    words: Words


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: who reads it, why it came, until when."""

    words: Words


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person wrote, in their own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Rich:
    """A text with bold, lists and links as people type it (`flows.core.rich`); all else in it stays text."""

    words: Words


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a name and what it is."""

    rows: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class Divider:
    pass


@dataclass(frozen=True, slots=True)
class Button:
    label: Words
    act: Act
    style: Literal["plain", "primary", "danger"] = "plain"
    confirm: Words | None = None


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line with one button beside it."""

    words: Words
    button: Button
    name: Words | None = None


@dataclass(frozen=True, slots=True)
class Menu:
    """Several acts behind one button."""

    label: Words
    choices: tuple[tuple[Words, Act], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A question to answer: `said` stands in it already, `beside` is shown above, `problem` is what is wrong."""

    name: str
    question: Question
    said: Said | None = None
    beside: Words | None = None
    problem: Words | None = None


Element = Heading | Line | Note | Quote | Rich | Facts | Divider | Buttons | Row | Menu | Field


@dataclass(frozen=True, slots=True)
class Screen:
    """What one person sees in one place. `place` says where it belongs, for whoever reads it back.

    `part` counts from 0: which part is shown when all of it does not fit.
    """

    title: Words
    body: tuple[Element, ...]
    submit: Words | None = None
    place: Act | None = None
    part: int = 0

    def problems(self) -> dict[str, Words]:
        """What is wrong with the answers on it, by field."""
        return {e.name: e.problem for e in self.body if isinstance(e, Field) and e.problem}


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as data. `headline` is what a notification and a screen reader say; it holds no contents.

    `gone`: it is to be taken back where it was sent; it says this where that can't be done any more.
    """

    headline: Words
    body: tuple[Element, ...]
    gone: bool = False
