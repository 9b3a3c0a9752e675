"""What an improvement plan says: why, what is expected by when, which help there is, and how often one talks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from flows.cycle.calendar import DAY, is_working_day

Rhythm = Literal["weekly", "biweekly"]
WEEKS: Mapping[Rhythm, int] = {"weekly": 1, "biweekly": 2}


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that is expected: how it is measured, by which day, and what helps. `key` is its number in the plan."""

    key: int
    what: str
    measure: str
    by: date
    support: str

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True, slots=True)
class Terms:
    """All that is fixed when the plan is published. Days are those of whom it is about."""

    why: str
    examples: str
    expectations: tuple[Expectation, ...]
    rhythm: Rhythm
    ends: date


def moved(terms: Terms, since: date, days: int, country: str | None) -> Terms:
    """The terms with the end, and whatever is due on or after `since`, later by that many working days."""
    expectations = tuple(
        replace(one, by=later(one.by, days, country)) if one.by >= since else one
        for one in terms.expectations
    )
    return replace(terms, expectations=expectations, ends=later(terms.ends, days, country))


def later(day: date, days: int, country: str | None) -> date:
    """The day that is that many working days after another."""
    while days:
        day += DAY
        days -= is_working_day(day, country)
    return day


def working_days(first: date, end: date, country: str | None) -> int:
    """How many working days there are from the first day on, up to and without `end`."""
    return sum(is_working_day(first + n * DAY, country) for n in range(max(0, (end - first).days)))


def meeting_after(day: date, rhythm: Rhythm, not_before: date) -> date:
    """The day of the next meeting after the one of `day`: the same weekday, not before another day."""
    step = timedelta(weeks=WEEKS[rhythm])
    day += step
    while day < not_before:
        day += step
    return day


def as_json(terms: Terms | None) -> dict[str, Any] | None:
    """The terms as they are kept."""
    if terms is None:
        return None
    return {
        "why": terms.why,
        "examples": terms.examples,
        "expectations": [
            {"key": e.key, "what": e.what, "measure": e.measure, "by": e.by.isoformat(), "support": e.support}
            for e in terms.expectations
        ],
        "rhythm": terms.rhythm,
        "ends": terms.ends.isoformat(),
    }


def from_json(kept: Mapping[str, Any] | None) -> Terms | None:
    """The terms that were kept; None where there are none (any more)."""
    if not kept:
        return None
    found: Sequence[Mapping[str, Any]] = kept["expectations"]
    return Terms(
        kept["why"],
        kept["examples"],
        tuple(Expectation(**{**one, "by": date.fromisoformat(one["by"])}) for one in found),
        kept["rhythm"],
        date.fromisoformat(kept["ends"]),
    )
