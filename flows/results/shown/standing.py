"""One person's result as it stands: the rating that a person set last, and the score that was computed last."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flows.core.rounding import half_up
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.cycle.template import Template
from flows.goals.amounts import figure
from flows.results.formula import SCORE
from flows.results.ledger import plain
from flows.results.rating import rating_words
from flows.results.records import Given, ResultRecords, VersionKind
from flows.results.scale import coefficient
from flows.reviews.published import NOT_YOURS
from flows.reviews.rules_result import part_named

WAYS: dict[VersionKind, Words] = {
    "calibrated": Words(
        "Your manager's rating was looked at beside others' in a calibration; what stands here is final.",
        "你的评级已与其他人的评级一并校准，此处为最终结果。",
    ),
    "appealed": Words(
        "This is the result after an appeal; what was before it stays in its history.",
        "这是申诉之后的结果，之前的结果保留在历史版本中。",
    ),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`rating` is "" while no person has set one; `kind` says how it came about last. `inputs` make the score."""

    kind: VersionKind
    rating: str
    score: Decimal | None
    inputs: Mapping[str, Any]


def standings(records: ResultRecords, cycle: Cycle, people: Sequence[int]) -> dict[int, Standing]:
    """The results of these people, of those who have any version.

    A score that was computed after the rating is the newer one: the rating is a person's, and stays until one changes
    it.
    """
    latest = records.ledger.latest_many(cycle.id, people)
    given: dict[int, Given] = {}
    for one in records.ledger.given(cycle.id, list(latest)):
        if one.kind != "computed":
            given[one.person] = one
    return {
        person: Standing(given[person].kind, given[person].rating, version.score, version.inputs)
        if person in given
        else Standing("computed", "", version.score, version.inputs)
        for person, version in latest.items()
    }


def rating_of(template: Template, standing: Standing) -> Words:
    """The rating with its label; a dash where nobody is rated."""
    return rating_words(template, standing.rating) if standing.rating else same("–")


def facts_of(template: Template, standing: Standing) -> tuple[tuple[Words, Words], ...]:
    """Rating, score, and what pay is multiplied by, as far as there are any."""
    rows = []
    if standing.rating:
        rows.append((Words("Rating", "评级"), rating_words(template, standing.rating)))
    if standing.score is not None:
        rows.append((Words("Score", "得分"), same(plain(standing.score))))
    factor = coefficient(template, standing.rating)
    if factor is not None:
        rows.append((Words("Factor for pay", "薪酬系数"), same(plain(factor))))
    return tuple(rows)


def parts_of(
    template: Template, standing: Standing, hidden: Collection[str] = ()
) -> tuple[tuple[Words, Words], ...]:
    """What the score is made of: each part on the common scale with its weight, or that it is left out.

    `hidden` are the names of parts that the reader isn't shown.
    """
    weights = standing.inputs.get("weights", {})
    rows = []
    for part in standing.inputs.get("components", ()):
        if part["name"] in hidden:
            rows.append((part_named(template, part["name"]), NOT_YOURS))
            continue
        words = LEFT_OUT if part["value"] is None else same(figure(half_up(Decimal(part["value"]), SCORE)))
        if weight := weights.get(part["name"]):
            words += Words(" · weight {weight}%", " · 权重 {weight}%").fill(weight=figure(Decimal(weight)))
        rows.append((part_named(template, part["name"]), words))
    return tuple(rows)


LEFT_OUT = Words("left out", "未计入")


def in_short(template: Template, standing: Standing) -> Words:
    """Rating and score in one line, for a list."""
    words = rating_of(template, standing)
    return words if standing.score is None else words + same(f" · {plain(standing.score)}")
