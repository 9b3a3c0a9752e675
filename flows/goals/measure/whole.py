"""A person's goals as one number: what each counts for, what it adds, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from flows.core.rounding import half_up
from flows.core.words import Words, join, same
from flows.cycle.template import GOAL_CAP
from flows.goals.amounts import figure
from flows.goals.measure.attainment import FINEST
from flows.goals.measure.standing import Standing
from flows.goals.measure.weights import effective

HUNDRED = Decimal(100)


class SheetLine(NamedTuple):
    """What one goal adds: `points` = `share` x `attainment` ÷ 100, all in percent; a penalty's are negative."""

    goal: int
    share: Decimal
    attainment: Decimal
    points: Decimal


class Sheet(NamedTuple):
    """The whole in percent (None: nothing is known), its lines, what was left out and the formula, in words."""

    whole: Decimal | None
    lines: tuple[SheetLine, ...]
    left_out: Words | None
    formula: Words


def sheet_attainment(
    standings: Sequence[Standing], perspectives: Mapping[str, Decimal], cap: Decimal = GOAL_CAP
) -> Sheet:
    """Σ share x attainment of the agreed ordinary goals, plus bonuses, less penalties; it ends at 0 and at `cap`.

    Key results count inside their objective only. A goal without a value is left out: the shares are those of
    `effective` over the goals that have one, and sum to 100. A bonus adds its weight x its attainment, a penalty takes
    that off, where its attainment says how far what is penalised has come about (both end at 100 %); without a value
    they change nothing. Bonuses alone make no whole.
    """
    objectives = {one.goal.id for one in standings if one.goal.terms.shape == "objective"}
    agreed = [
        one for one in standings if one.goal.state == "agreed" and one.goal.terms.parent not in objectives
    ]
    shares = effective([one.goal for one in agreed if one.attainment is not None], perspectives)
    lines = []
    for one in agreed:
        share = shares.get(one.goal.id)
        if one.goal.terms.part != "ordinary":
            side = -1 if one.goal.terms.part == "penalty" else 1
            share = side * (one.goal.terms.weight or Decimal()) / HUNDRED
        if share is not None and one.attainment is not None:
            points = half_up(share * one.attainment, FINEST)
            lines.append(SheetLine(one.goal.id, share * HUNDRED, one.attainment, points))
    missing = _missing(agreed)
    if not shares:
        return Sheet(None, tuple(lines), missing, Words("No goal has a value yet.", "目标都还没有数据。"))
    total = sum((line.share * line.attainment for line in lines), Decimal()) / HUNDRED
    whole = half_up(min(max(total, Decimal()), cap), FINEST)
    return Sheet(whole, tuple(lines), missing, _formula(lines, total, whole))


def _missing(agreed: Sequence[Standing]) -> Words | None:
    """Which goals have no value."""
    left = [same(f"“{one.goal.title}”") for one in agreed if one.attainment is None]
    if not left:
        return None
    return Words(
        "Left out, because nothing is known yet: {goals}. The others' weights are taken in proportion.",
        "暂无数据，未计入：{goals}。其余目标的权重按比例折算。",
    ).fill(goals=join(left, zh=""))


def _formula(lines: Sequence[SheetLine], total: Decimal, whole: Decimal) -> Words:
    """With every digit that counts, so that it can be done again by hand."""
    parts = [
        f"{'−' if line.share < 0 else '+'} {_exact(abs(line.share))} × {_exact(line.attainment)}"
        for line in lines
    ]
    text = " ".join(parts).removeprefix("+ ")
    if half_up(total, FINEST) == whole:
        return same(f"{text} = {_exact(whole)}")
    words = Words("{text} = {total}, counted as {whole}", "{text} = {total}，按 {whole} 计")
    return words.fill(text=text, total=_exact(total), whole=_exact(whole))


def _exact(share: Decimal) -> str:
    return f"{figure(half_up(share, FINEST))}%"
