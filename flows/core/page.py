"""A page: what one screen asks, in every language, with the types of its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, dataclass_transform

from flows.core.kinds import (
    Choice,
    Choices,
    Day,
    Kind,
    Link,
    Moment,
    Money,
    Number,
    People,
    Percent,
    Rating,
    Someone,
    Text,
    YesNo,
)
from flows.core.said import SHORT, Kept, Option
from flows.core.words import Words


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its answer is kept under `name`; `was` is the name that it had before."""

    name: str
    words: Words
    kind: Kind
    optional: bool = False
    hint: Words | None = None
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions that HR keeps as data. Behaves like a page; `key` is what its answers are kept under.

    `in_message` stands in a message instead of the title, and of what stands beside the questions, where neither may.
    """

    key: str
    title: Words
    questions: tuple[Question, ...]
    note: Words | None = None
    in_message: Words | None = None


Options = Mapping[Any, Words] | Sequence[Option]


def as_options(options: Options) -> tuple[Option, ...]:
    """Options from a mapping of values (strings or enum members) to words, or as they are."""
    if isinstance(options, Mapping):
        return tuple(
            Option(str(value.value if isinstance(value, Enum) else value), words, value=value)
            for value, words in options.items()
        )
    return tuple(options)


def _ask(kind: Kind, en: str, zh: str, optional: bool, hint: Words | None, was: str | None) -> Any:
    return Question("", Words(en, zh), kind, optional, hint, was)


def text(
    en: str, zh: str, *, lines: int = 1, most: int | None = None, optional: bool = False,
    hint: Words | None = None, was: str | None = None,
) -> Any:  # fmt: skip
    """Ask for a text; `lines` above 1 makes it a long one (at most 3,000 characters, short ones 300)."""
    return _ask(Text(lines, most or (SHORT if lines == 1 else Text().most)), en, zh, optional, hint, was)


def number(
    en: str, zh: str, *, unit: Words | None = None, least: float | None = None, most: float | None = None,
    optional: bool = False, hint: Words | None = None, was: str | None = None,
) -> Any:  # fmt: skip
    """Ask for a number in `unit`; the answer is a Decimal."""
    return _ask(Number(unit, _decimal(least), _decimal(most)), en, zh, optional, hint, was)


def percent(
    en: str, zh: str, *, least: float | None = 0, most: float | None = 100, optional: bool = False,
    hint: Words | None = None, was: str | None = None,
) -> Any:  # fmt: skip
    """Ask for a percentage; the answer is a Decimal in points."""
    return _ask(Percent(_decimal(least), _decimal(most)), en, zh, optional, hint, was)


def money(
    en: str, zh: str, *, currency: str = "CNY", optional: bool = False, hint: Words | None = None,
    was: str | None = None,
) -> Any:  # fmt: skip
    """Ask for an amount; the answer is (Decimal, ISO currency)."""
    return _ask(Money(currency), en, zh, optional, hint, was)


def yes_no(
    en: str, zh: str, *, optional: bool = False, hint: Words | None = None, was: str | None = None
) -> Any:
    """Ask yes or no; the answer is a bool."""
    return _ask(YesNo(), en, zh, optional, hint, was)


def choice(
    en: str, zh: str, options: Options, *, optional: bool = False, hint: Words | None = None,
    was: str | None = None,
) -> Any:  # fmt: skip
    """Ask for one of `options`; the answer is its value."""
    return _ask(Choice(as_options(options)), en, zh, optional, hint, was)


def choices(
    en: str, zh: str, options: Options, *, least: int = 0, most: int | None = None, optional: bool = False,
    hint: Words | None = None, was: str | None = None,
) -> Any:  # fmt: skip
    """Ask for several of `options`; the answer is a tuple of values."""
    return _ask(Choices(as_options(options), least, most), en, zh, optional, hint, was)


def rating(
    en: str, zh: str, steps: Sequence[Option], *, optional: bool = False, hint: Words | None = None,
    was: str | None = None,
) -> Any:  # fmt: skip
    """Ask for a step of a scale whose options carry an anchor sentence each; the answer is an int."""
    return _ask(Rating(tuple(steps)), en, zh, optional, hint, was)


def person(
    en: str, zh: str, *, optional: bool = False, hint: Words | None = None, was: str | None = None
) -> Any:
    """Ask for somebody of the directory; the answer is their id."""
    return _ask(Someone(), en, zh, optional, hint, was)


def people(
    en: str, zh: str, *, least: int = 0, most: int | None = None, optional: bool = False,
    hint: Words | None = None, was: str | None = None,
) -> Any:  # fmt: skip
    """Ask for several people; the answer is a tuple of ids."""
    return _ask(People(least, most), en, zh, optional, hint, was)


def day(
    en: str, zh: str, *, optional: bool = False, hint: Words | None = None, was: str | None = None
) -> Any:
    """Ask for a calendar day; the answer is a date."""
    return _ask(Day(), en, zh, optional, hint, was)


def moment(
    en: str, zh: str, *, optional: bool = False, hint: Words | None = None, was: str | None = None
) -> Any:
    """Ask for a moment; the answer is an aware datetime in the answerer's zone."""
    return _ask(Moment(), en, zh, optional, hint, was)


def link(
    en: str, zh: str, *, optional: bool = False, hint: Words | None = None, was: str | None = None
) -> Any:
    """Ask for a web address; the answer is its text."""
    return _ask(Link(), en, zh, optional, hint, was)


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        text, number, percent, money, yes_no, choice, choices, rating, person, people, day, moment, link,
    ),
)  # fmt: skip
class Page:
    """What one screen asks. A subclass states its questions as annotated attributes; an instance holds answers.

    `title` may name the thing it is asked about as `{item}`; `was` is the name that the page had before.
    """

    title: ClassVar[Words]
    note: ClassVar[Words | None] = None
    was: ClassVar[str | None] = None
    questions: ClassVar[tuple[Question, ...]] = ()

    def __init_subclass__(cls) -> None:
        asked = {name: value for name, value in vars(cls).items() if isinstance(value, Question)}
        for name in asked:
            delattr(cls, name)
        cls.questions = (*cls.questions, *(replace(value, name=name) for name, value in asked.items()))

    def __init__(self, **answers: object) -> None:
        self.__dict__.update({question.name: answers.get(question.name) for question in self.questions})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is an answer and does not change")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), tuple(self.__dict__.items())))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"


def values_of(questions: Sequence[Question], kept: Mapping[str, Kept]) -> dict[str, Any]:
    """The answers' values by name; an optional question left empty is None."""
    return {q.name: None if (answer := kept_of(q, kept)) is None else q.kind.value(answer) for q in questions}


def is_answered(question: Question, kept: Mapping[str, Kept]) -> bool:
    """Whether the question was answered, be it with nothing where it is optional."""
    return question.name in kept or (question.was is not None and question.was in kept)


def kept_of(question: Question, kept: Mapping[str, Kept]) -> Kept:
    """The kept answer under the question's name, or under the one it had before."""
    if question.name in kept or question.was is None:
        return kept.get(question.name)
    return kept.get(question.was)


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))
