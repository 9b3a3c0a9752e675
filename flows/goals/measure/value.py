"""A goal's value on a day, and the line it has drawn so far: the latest reading, or the sum or mean of its periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.core.moments import day_words
from flows.core.words import Words, same
from flows.goals.amounts import figure, told
from flows.goals.kept import Gather, Goal, Reading
from flows.goals.measure.attainment import signed
from flows.goals.measure.series import series_of
from flows.goals.measure.span import Span
from flows.goals.tree.dividing import in_places

MOST_SAID = 6  # values written out in a formula; of more only their number is told
NOTHING = same("")
Point = tuple[date, float]


@dataclass(frozen=True, slots=True)
class Valued:
    """A value in the goal's unit, and in words how it came about, with its numbers."""

    value: Decimal | None = None
    words: Words = NOTHING


def gather_of(goal: Goal, readings: Sequence[Reading]) -> Gather:
    """How the readings make one value: what was reported by hand for the goal itself is always the latest."""
    by_hand = not readings or readings[0].series == series_of(goal)
    return "latest" if by_hand else goal.terms.gather


def begun(readings: Sequence[Reading], today: date) -> list[Reading]:
    """Those whose period has begun by today: a running month's value so far counts, one of the future does not."""
    return [one for one in readings if one.day <= today or first_of(one.period, one.day) <= today]


def first_of(period: str, last: date) -> date:
    """The first day of an ISO day, week, month, quarter or year that ends on `last`."""
    if "W" in period:
        return date.fromisocalendar(*last.isocalendar()[:2], 1)
    if "Q" in period:
        return last.replace(month=last.month - 2, day=1)
    return {4: last.replace(month=1, day=1), 7: last.replace(day=1)}.get(len(period), last)


def value_of(goal: Goal, readings: Sequence[Reading], today: date, span: Span | None) -> Valued:
    """What the readings say on the day `today`; a sum and a mean are over the periods that end within the span.

    The last period may end after the span's last day as long as it began within it.
    """
    past = begun(readings, today)
    if not past:
        return Valued()
    unit, gather = goal.terms.unit, gather_of(goal, readings)
    if gather == "latest":
        words = Words("{value}, the value of {day}", "{value}（{day}的数值）")
        return Valued(
            past[-1].value, words.fill(value=told(past[-1].value, unit), day=day_words(past[-1].day))
        )
    counted = within(past, span)
    if not counted:
        return Valued()
    total = sum((one.value for one in counted), Decimal())
    value = in_places(total / len(counted) if gather == "mean" else total)
    return Valued(value, _gathered(counted, gather, value, unit))


def within(readings: Sequence[Reading], span: Span | None) -> list[Reading]:
    """The readings of periods of the span; all where there is none."""
    if span is None:
        return list(readings)
    first, last = span
    return [one for one in readings if first <= one.day and first_of(one.period, one.day) <= last]


def _gathered(counted: Sequence[Reading], gather: Gather, value: Decimal | None, unit: str) -> Words:
    if len(counted) <= MOST_SAID:
        formula = same(" + ".join(signed(one.value) for one in counted))
        if gather == "mean":
            formula = same(f"({formula.en}) ÷ {len(counted)}")
    else:
        formula = Words(
            "The sum of {n} values since {day}" if gather == "sum" else "The mean of {n} values since {day}",
            "自{day}起 {n} 个数值之和" if gather == "sum" else "自{day}起 {n} 个数值的平均值",
        ).fill(n=len(counted), day=day_words(counted[0].day))
    return formula + same(" = ") + told(value, unit)


def singles_of(goal: Goal, readings: Sequence[Reading], today: date, span: Span | None) -> list[Point]:
    """The single values that count until today, by day: of a sum and a mean those of the span."""
    past = begun(readings, today)
    counted = past if gather_of(goal, readings) == "latest" else within(past, span)
    return [(one.day, float(one.value)) for one in counted]


def points_of(singles: Sequence[Point], gather: Gather) -> tuple[Point, ...]:
    """The line that the value has drawn, in the target's own terms: a sum grows from reading to reading."""
    if gather == "latest":
        return tuple(singles)
    drawn: list[Point] = []
    total = 0.0
    for number, (day, value) in enumerate(singles, 1):
        total += value
        drawn.append((day, total / number if gather == "mean" else total))
    return tuple(drawn)


def summed(known: Sequence[Decimal], linked: int, unit: str) -> Valued:
    """The sum of what `known` goals below give, in the goal's own unit; `linked` counts those without a value, too."""
    if not known:
        return Valued()
    value = in_places(sum(known, Decimal()))
    formula = same(" + ".join(signed(part) for part in known))
    if len(known) > MOST_SAID:
        formula = Words("The sum of {n} goals below", "{n} 个下级目标之和").fill(n=len(known))
    words = formula + same(" = ") + told(value, unit)
    if len(known) < linked:
        words += Words(
            "; {n} of {all} contributing goals have a value, the others are left out",
            "；{all} 个下级目标中有 {n} 个有数据，其余不计入",
        ).fill(n=figure(Decimal(len(known))), all=linked)
    return Valued(value, words)
