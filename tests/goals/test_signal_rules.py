"""Which signals a goal gives on a day, by table; the calendar is China's of 2026, with its spring festival."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from flows.goals.measure.span import elapsed, working_days
from flows.goals.signals.rules import Around, signals_of
from flows.goals.signals.watched import Watched

FIRST, LAST = date(2026, 3, 2), date(2026, 5, 31)
WEEK = timedelta(weeks=1)


def goal(**given: Any) -> Watched:
    usual: dict[str, Any] = {
        "id": 1, "person": 1, "cycle": 1, "level": "person", "department": "", "shape": "number", "lower": False,
        "baseline": None, "target": 100.0, "stages": 0, "scaled": False, "metric": "", "gather": "latest",
        "due": None, "since": None, "leads": False,
    }  # fmt: skip
    return Watched(**{**usual, **given})


def weekly(*values: float, first: date = FIRST) -> list[tuple[date, float]]:
    return [(first + number * WEEK, value) for number, value in enumerate(values)]


def on(month: int, day: int, **given: Any) -> Around:
    return Around(date(2026, month, day), "CN", (FIRST, LAST), **given)


HALF = on(4, 16)  # about half of the working days are over
LESS = {"lower": True, "target": 2.0}

TABLE: list[tuple[str, Watched, list[tuple[date, float]], Around, set[str]]] = [
    ("on its way", goal(), weekly(8, 15, 24, 31, 38, 47, 52), HALF, set()),
    ("behind", goal(), weekly(1, 2, 4, 5, 8, 10, 12), HALF, {"off_track", "forecast"}),
    ("behind, but judged by the day of the reading", goal(), weekly(8, 15, 22, 30), on(4, 10), set()),
    ("too early to be behind", goal(), weekly(0, 0), on(3, 12), set()),
    ("from a baseline", goal(baseline=50.0), weekly(54, 57, 62, 65, 70, 73, 76), HALF, set()),
    ("reached", goal(), weekly(30, 60, 101), on(5, 20), set()),
    ("before its first day", goal(), [], on(3, 1), set()),
    ("after its last day", goal(due=date(2026, 4, 1)), weekly(1, 2), on(4, 2), set()),
    ("a limit that is kept", goal(**LESS), weekly(2, 1.9, 2.1, 2, 2, 1.8, 2), HALF, set()),
    ("a limit that is not", goal(**LESS), weekly(3, 3.1, 2.9, 3, 3, 3.1, 3), HALF, {"off_track", "forecast"}),
    ("a limit that is not, at once", goal(**LESS), weekly(3), on(3, 4), {"off_track"}),
    ("a mean to hold", goal(metric="csat", gather="mean"), weekly(90, 96, 92), on(3, 18), set()),
    ("a mean that is not held", goal(metric="csat", gather="mean"), weekly(80, 86, 82), on(3, 18), {"off_track"}),
    ("a sum", goal(metric="orders", gather="sum"), weekly(7, 8, 8, 7, 8, 8, 7), HALF, set()),
    ("a sum of before the cycle does not count", goal(metric="orders", gather="sum"),
     weekly(20, 20, 20, 20, 2, 2, 2, 2, 2, 2, 2, first=FIRST - 4 * WEEK), HALF, {"off_track", "forecast"}),
    ("milestones, one in work", goal(shape="milestones", stages=3, target=None), weekly(0, 0, 0, 0, 1, 1, 1), HALF, set()),
    ("milestones, none", goal(shape="milestones", stages=3, target=None), weekly(0, 0, 0, 0, 0, 0, 0), HALF, {"off_track"}),
    ("yes or no", goal(shape="yes_no", target=None), weekly(0, 0, 0, 0, 0, 0, 0), HALF, set()),
    ("a step scale", goal(scaled=True), weekly(0, 0, 0, 0, 0, 0, 0), HALF, set()),
    ("silent from the start", goal(), [], on(3, 24), {"silent"}),
    ("not silent yet", goal(), [], on(3, 20), set()),
    ("agreed later", goal(since=date(2026, 3, 20)), [], on(4, 7), set()),
    ("silent since", goal(), weekly(20, 30), on(4, 2), {"silent"}),
    ("not silent over a holiday", goal(), [(date(2026, 4, 20), 60.0)], on(5, 11), set()),
    ("silent after the holiday", goal(), [(date(2026, 4, 20), 60.0)], on(5, 14), {"silent"}),
    ("not silent on leave", goal(), [], on(4, 1, away=((date(2026, 3, 30), date(2026, 4, 3)),)), set()),
    ("leave does not count", goal(), [], on(4, 1, away=((date(2026, 3, 9), date(2026, 3, 20)),)), set()),
    ("others work for it", goal(leads=True), [], on(4, 1), set()),
    ("imported monthly", goal(metric="nps"), [(date(2026, 1, 31), 40.0), (date(2026, 2, 28), 60.0), (date(2026, 3, 31), 70.0)],
     on(4, 28), set()),
    ("imported weekly, and then no more", goal(metric="nps"), weekly(60, 70), on(4, 2), {"silent"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "watched", "points", "around", "kinds"), TABLE, ids=[row[0] for row in TABLE]
)
def test_what_a_goal_gives(
    what: str, watched: Watched, points: list[tuple[date, float]], around: Around, kinds: set[str]
) -> None:
    assert signals_of(watched, points, around) == kinds, what


def test_a_signal_does_not_come_and_go_with_every_reading() -> None:
    near = weekly(5, 12, 17, 22, 28, 34, 41)  # four fifths of what was to be expected
    assert "off_track" not in signals_of(goal(), near, HALF)
    assert "off_track" in signals_of(goal(), near, HALF, {"off_track"})
    assert "off_track" not in signals_of(goal(), weekly(5, 12, 17, 22, 28, 34, 49), HALF, {"off_track"})


def test_time_is_counted_in_working_days_of_the_country() -> None:
    assert len(working_days(date(2026, 2, 16), date(2026, 2, 27), "CN")) == 4  # the spring festival
    assert len(working_days(date(2026, 2, 16), date(2026, 2, 27), "DE")) == 10
    span = (date(2026, 2, 16), date(2026, 2, 27))
    assert elapsed(span, date(2026, 2, 20), "DE") == 0.5
    assert elapsed(span, date(2026, 2, 20), "CN") == 0
    assert elapsed(span, date(2026, 2, 15), "DE") == 0
    assert elapsed(span, date(2026, 3, 1), "DE") == 1
