"""Questions as JSON and back: what HR has decided to ask is kept as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

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
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import Words

KINDS: Mapping[str, type[Kind]] = {
    "text": Text,
    "number": Number,
    "percent": Percent,
    "money": Money,
    "yes_no": YesNo,
    "choice": Choice,
    "choices": Choices,
    "rating": Rating,
    "person": Someone,
    "people": People,
    "day": Day,
    "moment": Moment,
    "link": Link,
}
NAMES = {kind: name for name, kind in KINDS.items()}
IN_DECIMALS = (Number, Percent, Money)


def dump(questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The questions as plain JSON. An option's value must be JSON too: ValueError for one that is not."""
    return [
        {
            "name": question.name,
            "words": _words(question.words),
            "optional": question.optional,
            "hint": _words(question.hint),
            "was": question.was,
            "kind": NAMES[type(question.kind)],
            **{field.name: _plain(getattr(question.kind, field.name)) for field in fields(question.kind)},
        }
        for question in questions
    ]


def load(kept: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions that `dump` wrote; ValueError says what can't be understood."""
    return tuple(_question(dict(one)) for one in kept)


def _question(kept: dict[str, Any]) -> Question:
    try:
        name, words = kept.pop("name"), kept.pop("words")
        hint, was = kept.pop("hint", None), kept.pop("was", None)
        optional, kind = kept.pop("optional", False), kept.pop("kind")
    except KeyError as missing:
        raise ValueError(f"a question has no {missing}") from None
    if kind not in KINDS:
        raise ValueError(f"question {name!r} is of an unknown kind {kind!r}; known are {', '.join(KINDS)}")
    known = KINDS[kind]
    try:
        return Question(
            name=name,
            words=Words(*words),
            kind=known(**{field: _read(known, field, value) for field, value in kept.items()}),
            optional=optional,
            hint=Words(*hint) if hint else None,
            was=was,
        )
    except (TypeError, ArithmeticError) as wrong:
        raise ValueError(f"question {name!r} of kind {kind!r} can't be understood: {wrong}") from None


def _read(kind: type[Kind], field: str, value: Any) -> Any:
    if value is None:
        return None
    if field == "options":
        return tuple(
            Option(key, Words(*label), Words(*anchor) if anchor else None, option_value)
            for key, label, anchor, option_value in value
        )
    if field == "unit":
        return Words(*value)
    if field in ("least", "most"):
        if kind in IN_DECIMALS:
            return Decimal(value)
        if kind is Day:
            return date.fromisoformat(value)
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, Words):
        return _words(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_option(option) for option in value]
    return value


def _option(option: Option) -> list[Any]:
    if type(option.value) not in (type(None), str, int, float, bool):
        raise ValueError(f"option {option.key!r} means {option.value!r}, which can't be kept as JSON")
    return [option.key, _words(option.label), _words(option.anchor), option.value]


def _words(words: Words | None) -> list[str] | None:
    return None if words is None else [words.en, words.zh]
