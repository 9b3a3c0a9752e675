"""Attainment: how far a goal is reached in percent, by the rule of its kind, with the formula in its own numbers.

All rules give percent, are monotone in the value (falling where lower is better), and end at 0 and at the cap. What is
not known is None and never counts as zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from flows.core.rounding import half_up
from flows.core.words import Words, same
from flows.cycle.template import GOAL_CAP
from flows.goals.amounts import figure, percent
from flows.goals.kept import PLACES, Terms

Number = TypeVar("Number", Decimal, float)

HUNDRED = Decimal(100)
FINEST = Decimal(1).scaleb(-PLACES)
SCORE = Decimal("0.01")  # the places of a key result's score
GOOD = Decimal("0.7")  # the score of a stretch key result whose target is reached
NO_VALUE = Words(
    "No value yet: it is left out, and does not count as 0.", "暂无数据：不计入，也不按 0 计算。"
)
NO_TARGET = Words("Without a target there is nothing to compare with.", "没有目标值，无法比较。")


@dataclass(frozen=True, slots=True)
class Attained:
    """How far a goal is reached: `percent` (None: not known), what it is made of, and an OKR's score from 0 to 1."""

    percent: Decimal | None
    formula: Words
    score: Decimal | None = None


def attained(terms: Terms, value: Decimal | None, cap: Decimal = GOAL_CAP) -> Attained:
    """How far the value reaches the goal; `cap` is the template's `goal_cap`, in percent.

    By kind, with v the value, b the baseline, t the target, s the stretch:
    - a step scale: the score of the best step that v has reached, 0 below the first;
    - milestones: those reached ÷ those there are; yes/no: 100 or 0;
    - a number: `reach`; a key result is never above 100, unless it has a stretch (see `score_of`);
    - an objective has no value of its own: see `objective`.
    """
    if value is None:
        return Attained(None, NO_VALUE)
    if terms.steps:
        found, formula = _by_steps(terms, value)
    elif terms.shape == "milestones":
        if not terms.milestones:
            return Attained(None, NO_TARGET)
        number = len(terms.milestones)
        found, formula = value / number * HUNDRED, same(f"{signed(value)} ÷ {number}")
    elif terms.shape == "yes_no":
        found = HUNDRED if value >= 1 else Decimal()
        formula = Words("Done", "已完成") if found else Words("Not done yet", "尚未完成")
    elif terms.target is None:
        return Attained(None, NO_TARGET)
    else:
        found = reach(value, terms.baseline, terms.target, terms.stretch, terms.lower, cap)
        formula = _formula(terms, value, terms.target, cap)
    top = cap_of(terms, cap)
    kept = half_up(min(max(found, Decimal()), top), FINEST)
    words = formula + (same(" = ") if "÷" in formula.en else Words(": ", "：")) + _result(found, kept)
    if terms.method != "okr" or terms.part != "ordinary":
        return Attained(kept, words)
    score = score_of(terms, kept, cap)
    return Attained(kept, words + _scored(score), score)


def cap_of(terms: Terms, cap: Number) -> Number:
    """At how many percent the goal ends: yes/no, milestones, bonuses, penalties and plain key results at 100."""
    plain = terms.method == "okr" and not has_stretch(terms)
    ends = plain or terms.part != "ordinary" or (terms.shape in ("milestones", "yes_no") and not terms.steps)
    return min(cap, type(cap)(100)) if ends else cap


def reach(
    value: Number, baseline: Number | None, target: Number, stretch: Number | None, lower: bool, cap: Number
) -> Number:
    """How far a number is reached, in percent, before it ends at 0 and the cap. One rule for amounts and floats.

    - With a baseline on the worse side of the target: (v − b) ÷ (t − b). It serves both directions, negative values
      and a zero baseline or target.
    - Otherwise (no baseline, or one that is as good as the target already), higher is better: v ÷ t; in general
      1 + (v − t) ÷ |t|, which is the same for t > 0 and orders negative targets rightly.
    - The same where lower is better: 2 − v ÷ t; in general 1 − (v − t) ÷ |t|. Half as much again as allowed is 50 %,
      twice as much is 0; v = 0 gives no infinite value, as t ÷ v would.
    - A zero target without a way to it has no proportions: 100 when v is there or better, else 0.
    - Beyond the target a stretch spreads what is left: 100 + (v − t) ÷ (s − t) x (cap − 100), so that the stretch
      gives the cap exactly.
    """
    side = -1 if lower else 1
    if stretch is not None and (stretch - target) * side > 0 and (value - target) * side > 0:
        return 100 + (value - target) / (stretch - target) * (cap - 100)
    if is_way(baseline, target, lower) and baseline is not None:
        return (value - baseline) / (target - baseline) * 100
    if target == 0:
        return target + (100 if value * side >= 0 else 0)
    return (1 + side * (value - target) / abs(target)) * 100


def is_way(baseline: Number | None, target: Number, lower: bool) -> bool:
    """Whether the baseline is worse than the target, so that there is a way from the one to the other."""
    return baseline is not None and (target < baseline if lower else target > baseline)


def has_stretch(terms: Terms) -> bool:
    """Whether the goal names a value beyond its target."""
    if terms.stretch is None or terms.target is None:
        return False
    return terms.stretch < terms.target if terms.lower else terms.stretch > terms.target


def score_of(terms: Terms, percent: Decimal, cap: Decimal = GOAL_CAP) -> Decimal:
    """A key result's score from 0.0 to 1.0, with two decimals, of its percent on the common scale.

    A plain key result is a commitment: its target is 1.0, and the score is percent ÷ 100. One with a stretch value is
    ambitious: reaching its target is 0.7, which is good and counts 100 on the common scale; its stretch is 1.0 and
    counts as the cap. In between are straight lines: 0.7 x percent ÷ 100 below, 0.7 + 0.3 x (percent − 100) ÷
    (cap − 100) above.
    """
    score = percent / HUNDRED
    if has_stretch(terms) and cap > HUNDRED:
        above = (1 - GOOD) * (percent - HUNDRED) / (cap - HUNDRED)
        score = GOOD + above if percent > HUNDRED else GOOD * score
    return half_up(score, SCORE)


def objective(parts: Sequence[tuple[Decimal | None, Decimal | None, Decimal | None]]) -> Attained:
    """An objective from its key results, (weight, percent, score) each: Σ w x percent ÷ Σ w over those with a value.

    Without weights all count the same; one without a weight among others counts as their mean. Its score is the mean
    of the scores in the same way. It is not known while no key result has a value.
    """
    if not parts:
        return Attained(None, Words("It has no key results yet.", "还没有关键结果。"))
    known = [(weight, found, score) for weight, found, score in parts if found is not None]
    if not known:
        return Attained(None, Words("No key result has a value yet.", "关键结果都还没有数据。"))
    given = [weight for weight, _, _ in known if weight]
    usual = sum(given, Decimal()) / len(given) if given else Decimal(1)
    total = sum((weight or usual for weight, _, _ in known), Decimal())
    shares = [((weight or usual) / total, found, score) for weight, found, score in known]
    whole = half_up(sum((share * found for share, found, _ in shares), Decimal()), FINEST)
    formula = " + ".join(f"{percent(share * HUNDRED)} × {percent(found)}" for share, found, _ in shares)
    words = same(f"{formula} = {percent(whole)}")
    score = sum((share * (score or found / HUNDRED) for share, found, score in shares), Decimal())
    score = half_up(score, SCORE)
    words += _scored(score)
    if len(known) < len(parts):
        words += Words(
            "; {n} of {all} key results have a value, the others are left out",
            "；{all} 个关键结果中有 {n} 个有数据，其余不计入",
        ).fill(n=len(known), all=len(parts))
    return Attained(whole, words, score)


def expects(terms: Terms, elapsed: float) -> float | None:
    """The percent that is to be expected once the share `elapsed` of the time is over; None where nothing is.

    Who is on a way (from a baseline, or from nothing) should have done that share of it. A level that is to be held
    (a mean, or a limit without a baseline) should be held all the time. Yes or no is due at the end, and a step scale
    says nothing about the time between its steps.
    """
    if terms.steps:
        return None
    if terms.shape == "yes_no":
        return 100.0 if elapsed >= 1 else 0.0
    mean = bool(terms.metric) and terms.gather == "mean"
    held = terms.shape == "number" and holds(terms.baseline, terms.target, terms.lower, mean)
    return 100.0 if held else 100.0 * elapsed


def holds(baseline: Number | None, target: Number | None, lower: bool, mean: bool) -> bool:
    """Whether a number is to hold a level, and not to get from one to another."""
    if target is None or is_way(baseline, target, lower):
        return False
    return mean or lower or target <= 0 or baseline is not None


def signed(value: Decimal) -> str:
    """A number inside a formula: a negative one in brackets."""
    return figure(value) if value >= 0 else f"({figure(value)})"


def _by_steps(terms: Terms, value: Decimal) -> tuple[Decimal, Words]:
    """The step reached last on the way to better values; where lower is better a step is reached from above."""
    side = -1 if terms.lower else 1
    reached = [step for step in terms.steps if side * value >= side * step[0]]
    if not reached:
        return Decimal(), Words("No step is reached", "未达到任何一档")
    start, score = max(reached, key=lambda step: side * step[0])
    words = (
        Words("From {start} down", "不超过 {start}")
        if terms.lower
        else Words("From {start} on", "达到 {start}")
    )
    return score, words.fill(start=figure(start))


def _formula(terms: Terms, value: Decimal, target: Decimal, cap: Decimal) -> Words:
    """`reach` in its numbers."""
    v, t, base = signed(value), signed(target), terms.baseline
    side = -1 if terms.lower else 1
    if has_stretch(terms) and (value - target) * side > 0 and terms.stretch is not None:
        spread, s = percent(cap - HUNDRED), signed(terms.stretch)
        return same(f"100% + ({v} − {t}) ÷ ({s} − {t}) × {spread}")
    if is_way(base, target, terms.lower) and base is not None:
        b = signed(base)
        return same(f"({v} − {b}) ÷ ({t} − {b})" if base else f"{v} ÷ {t}")
    if target == 0:
        better, worse = ("≤", ">") if terms.lower else ("≥", "<")
        return same(f"{v} {better if value * side >= 0 else worse} 0")
    if target < 0:
        return same(f"1 {'−' if terms.lower else '+'} ({v} − {t}) ÷ {figure(abs(target))}")
    return same(f"2 − {v} ÷ {t}" if terms.lower else f"{v} ÷ {t}")


def _result(found: Decimal, kept: Decimal) -> Words:
    """The formula's result, and what it counts as where it ends before."""
    if half_up(found, FINEST) == kept:
        return same(percent(kept))
    words = Words("{found}, counted as {kept}", "{found}，按 {kept} 计")
    return words.fill(found=percent(found), kept=percent(kept))


def _scored(score: Decimal) -> Words:
    return Words(" · score {score}", "，得分 {score}").fill(score=figure(score))
