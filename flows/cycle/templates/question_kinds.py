"""What each kind of question in a template says besides: bounds, options, rating steps with what they look like."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import pairwise
from typing import Any

from flows.core.kinds import Kind
from flows.core.questions_json import KINDS
from flows.core.said import LONG, SHORT, Option
from flows.cycle.templates.entry import Entry, Read, must_be, say
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.values import between, day, decimal, each, flag, key, one_of, whole, words

MOST_STEPS, MOST_OPTIONS = 10, 100  # a menu takes 100
MOST_POINTS = 300  # what a step may count for, as goals: the cap's own most
LABEL, SENTENCE = 75, 150  # characters; a menu shows 75 of a label

Steps = Mapping[str, tuple[Option, ...]]

OWN: Mapping[str, tuple[str, ...]] = {
    "text": ("lines", "most"),
    "number": ("unit", "least", "most"),
    "percent": ("least", "most"),
    "money": ("currency", "least", "most"),
    "choice": ("options",),
    "choices": ("options", "least", "most"),
    "rating": ("steps", "cant_judge"),
    "people": ("least", "most"),
    "day": ("least", "most"),
}
"""What a kind of question says besides; those that are not here say nothing more."""


def kind_said(entry: Entry, kind: str, shared: Steps) -> Kind:
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
            given["unknown"] = entry.may("cant_judge", flag, False)
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
            return steps(part, problems)
        return one_of(shared)(part, problems) if shared else steps(part, problems)

    return read


def steps(part: Part, problems: Problems) -> tuple[Option, ...] | None:
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
    return found if _points_rise(part, found, problems) else None


def _points_rise(part: Part, found: Sequence[Option], problems: Problems) -> bool:
    """What the steps count for is said of all of them or of none, and a better step counts for more."""
    said = [Decimal(option.value) for option in sorted(found, key=lambda one: int(one.key)) if option.value]
    if said and len(said) < len(found):
        en = "Only some of the steps have `points`: give them to all, or to none."
        say(problems, part.line, en, "只有部分等级写了 `points`：请全部填写，或全部删去。")
        return False
    if any(low >= high for low, high in pairwise(said)):
        en = "`points` must rise with the steps: {points} do not."
        zh = "`points` 应随等级递增，而 {points} 不是。"
        say(problems, part.line, en, zh, points=", ".join(f"{one:f}" for one in said))
        return False
    return True


def _step(part: Part, problems: Problems) -> Option | None:
    entry = Entry(part, ("key", "label", "anchor", "points"), problems)
    number = entry.need("key", whole(0, 100))
    points = entry.may("points", between(0, MOST_POINTS), None)
    made = Option(
        str(number),
        entry.need("label", words(LABEL)),
        entry.need("anchor", words(SENTENCE)),
        None if points is None else f"{points:f}",
    )
    return made if entry.sound else None
