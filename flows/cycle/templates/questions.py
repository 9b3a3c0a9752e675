"""The questionnaires of a template: every kind of question, its options, and rating steps that several share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from flows.core.kinds import Kind
from flows.core.page import Question
from flows.core.questions_json import KINDS
from flows.core.said import LONG, SHORT, Option
from flows.cycle.template import Review, ReviewKind
from flows.cycle.templates.entry import Entry, Read, must_be, say
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.values import day, decimal, each, flag, key, name, one_of, whole, words

REVIEWS: Mapping[str, ReviewKind] = {
    "self": "self", "manager": "manager", "peer": "peer", "upward": "upward", "external": "external",
}  # fmt: skip
ANONYMOUS = ("peer", "upward")  # shown without authors, unless the template says attributed

MOST_QUESTIONS, MOST_STEPS, MOST_OPTIONS = 40, 10, 100  # a menu takes 100
ASKED, LABEL, SENTENCE = 300, 75, 150  # characters; a menu shows 75 of a label

Steps = Mapping[str, tuple[Option, ...]]

COMMON = ("name", "ask", "kind", "optional", "hint", "was")
OWN: Mapping[str, tuple[str, ...]] = {
    "text": ("lines", "most"),
    "number": ("unit", "least", "most"),
    "percent": ("least", "most"),
    "money": ("currency", "least", "most"),
    "choice": ("options",),
    "choices": ("options", "least", "most"),
    "rating": ("steps",),
    "people": ("least", "most"),
    "day": ("least", "most"),
}
"""What a kind of question says besides; those that are not here say nothing more."""


def ratings(part: Part, problems: Problems) -> dict[str, tuple[Option, ...]]:
    """Sets of rating steps by name; those that are sound."""
    found: dict[str, tuple[Option, ...]] = {}
    if not isinstance(part.value, Mapping):
        must_be(part, problems, "sets of steps by name", "按名称列出的评分等级")
        return found
    for word, steps in part.value.items():
        name(Part(steps.line, part.key, word), problems)
        if read := _steps(steps, problems):
            found[word] = read
    return found


def reviews(shared: Steps, *, attributed: bool) -> Read[dict[str, Review]]:
    """Reviews by kind; those that are sound. `shared` are the sets of steps that a rating may name."""

    def read(part: Part, problems: Problems) -> dict[str, Review]:
        entry = Entry(part, tuple(REVIEWS), problems)
        found = {}
        for word, kind in REVIEWS.items():
            review = entry.may(word, _review(kind, shared, attributed=attributed), None)
            if review is not None:
                found[word] = review
        return found

    return read


def _review(kind: ReviewKind, shared: Steps, *, attributed: bool) -> Read[Review]:
    def read(part: Part, problems: Problems) -> Review | None:
        entry = Entry(part, ("title", "questions"), problems)
        made = Review(
            kind=kind,
            title=entry.need("title", words(LABEL)),
            questions=entry.need("questions", each(_question(shared), MOST_QUESTIONS, by="name")),
            anonymous=kind in ANONYMOUS and not attributed,
        )
        return made if entry.sound else None

    return read


def _question(shared: Steps) -> Read[Question]:
    def read(part: Part, problems: Problems) -> Question | None:
        kind = _kind_of(part)
        entry = Entry(part, (*COMMON, *OWN.get(kind, ())), problems)
        entry.need("kind", one_of({word: word for word in KINDS}))
        made = Question(
            name=entry.need("name", name),
            words=entry.need("ask", words(ASKED)),
            kind=_kind(entry, kind, shared),
            optional=entry.may("optional", flag, False),
            hint=entry.may("hint", words(SENTENCE), None),
            was=entry.may("was", name, None),
        )
        return made if entry.sound else None

    return read


def _kind_of(part: Part) -> str:
    """The word under `kind`, whether or not it is one."""
    kind = part.value.get("kind") if isinstance(part.value, Mapping) else None
    return kind.value if kind and isinstance(kind.value, str) else ""


def _kind(entry: Entry, kind: str, shared: Steps) -> Kind:
    """The kind with what it says besides. What is left out is as in the kind itself."""
    given: dict[str, Any] = {}
    match kind:
        case "text":
            given["lines"] = lines = entry.may("lines", whole(1, 20), 4)
            given["most"] = entry.may("most", whole(1, LONG), SHORT if lines == 1 else LONG)
        case "number" | "percent" | "money":
            given |= _bounds(entry, kind, decimal)
            if kind == "number":
                given["unit"] = entry.may("unit", words(20), None)
            if kind == "money":
                given["currency"] = entry.may("currency", _currency, "CNY")
        case "choice" | "choices":
            given["options"] = entry.need("options", each(_option, MOST_OPTIONS, least=2, by="key"))
            if kind == "choices":
                given |= _bounds(entry, kind, whole(0, MOST_OPTIONS))
                _enough(entry, given)
        case "rating":
            given["options"] = entry.need("steps", _shared_or_own(shared))
        case "people":
            given |= _bounds(entry, kind, whole(0, 50))
        case "day":
            given |= _bounds(entry, kind, day)
    return KINDS.get(kind, KINDS["text"])(**given)


def _bounds(entry: Entry, kind: str, read: Read[Any]) -> dict[str, Any]:
    """`least` and `most`, checked to be in this order."""
    usual: dict[str, Any] = {field.name: field.default for field in fields(KINDS[kind])}
    given = {name: entry.may(name, read, usual[name]) for name in ("least", "most")}
    least, most = given["least"], given["most"]
    if least is not None and most is not None and least > most:
        entry.wrong(
            "most" if entry.part("most") else "least",
            "`least` ({least}) is more than `most` ({most}): turn them round.",
            "`least`（{least}）大于 `most`（{most}）：请对调。",
            least=str(least), most=str(most),
        )  # fmt: skip
    return given


def _enough(entry: Entry, given: Mapping[str, Any]) -> None:
    """There must be as many options as have to be chosen."""
    if given["options"] and given["least"] > len(given["options"]):
        entry.wrong(
            "least",
            "`least` asks for {least} of {n} options: make it smaller.",
            "只有 {n} 个选项，却要求至少选 {least} 个：请改小 `least`。",
            least=given["least"], n=len(given["options"]),
        )  # fmt: skip


def _currency(part: Part, problems: Problems) -> str | None:
    if isinstance(part.value, str) and re.fullmatch(r"[A-Z]{3}", part.value):
        return part.value
    must_be(
        part, problems, "a currency of three capital letters, such as CNY", "三个大写字母的货币代码，例如 CNY"
    )
    return None


def _option(part: Part, problems: Problems) -> Option | None:
    entry = Entry(part, ("key", "label", "anchor"), problems)
    made = Option(
        entry.need("key", key), entry.need("label", words(LABEL)), entry.may("anchor", words(SENTENCE), None)
    )
    return made if entry.sound else None


def _shared_or_own(shared: Steps) -> Read[tuple[Option, ...]]:
    def read(part: Part, problems: Problems) -> tuple[Option, ...] | None:
        if not isinstance(part.value, str):
            return _steps(part, problems)
        return one_of(shared)(part, problems) if shared else _steps(part, problems)

    return read


def _steps(part: Part, problems: Problems) -> tuple[Option, ...] | None:
    """Rating steps: whole numbers in order, each with a sentence that says what it looks like."""
    before = len(problems)
    found = each(_step, MOST_STEPS, least=2, by="key")(part, problems)
    if found is None or len(problems) > before:
        return None
    numbers = [Decimal(option.key) for option in found]
    if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
        en = "The steps {steps} are in no order: put them from the least to the most, or the other way."
        zh = "等级 {steps} 没有按顺序排列：请从低到高或从高到低排列。"
        say(problems, part.line, en, zh, steps=", ".join(option.key for option in found))
        return None
    return found


def _step(part: Part, problems: Problems) -> Option | None:
    entry = Entry(part, ("key", "label", "anchor"), problems)
    number = entry.need("key", whole(0, 100))
    made = Option(str(number), entry.need("label", words(LABEL)), entry.need("anchor", words(SENTENCE)))
    return made if entry.sound else None
