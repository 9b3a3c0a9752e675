"""Of whom nothing was heard for long: which rounds count, who is excused, and how the counts add up."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.checkins.questions import STANDARD
from flows.checkins.records import Audience, Programme
from flows.core.words import same
from flows.cycle.calendar import Rhythm, Schedule
from flows.reports.quiet.kept import Counts, Group, on_leave, rounds_due, since
from flows.reports.quiet.making import bars, counted, grouped, said, share, total

TODAY = date(2026, 3, 31)  # a Tuesday
STARTED = datetime(2026, 1, 1, tzinfo=UTC)


def programme(rhythm: Rhythm, first: date = date(2026, 1, 5)) -> Programme:
    schedule = Schedule(rhythm, first, 0, time(9), 4, time(16))
    return Programme(7, "running", Audience(), schedule, STANDARD, None, STARTED)


@pytest.mark.parametrize(
    ("rhythm", "first", "rounds"),
    [
        (
            Rhythm.WEEKLY,
            date(2026, 1, 5),
            ("2026-03-23", "2026-03-16"),
        ),  # of 30 March it is not due before Friday
        (Rhythm.BIWEEKLY, date(2026, 1, 5), ("2026-03-16", "2026-03-02")),
        (Rhythm.MONTHLY, date(2026, 1, 5), ("2026-02-02", "2026-01-05")),  # March ends on 3 April
        (Rhythm.WEEKLY, date(2026, 3, 23), ()),  # one round was due so far
        (Rhythm.WEEKLY, date(2026, 5, 4), ()),
    ],
)
def test_two_rounds_have_to_have_been_due(rhythm: Rhythm, first: date, rounds: tuple[str, ...]) -> None:
    assert rounds_due(programme(rhythm, first), TODAY) == rounds


def test_what_counts_as_heard_begins_on_the_readers_own_days() -> None:
    heard = since(TODAY, "Asia/Shanghai", programme(Rhythm.WEEKLY))
    assert heard.feedback == datetime(2026, 2, 28, 16, tzinfo=UTC)  # midnight of 1 March in Shanghai
    assert (heard.feedback_day, heard.talk, heard.programme) == (date(2026, 3, 1), date(2026, 3, 17), 7)
    assert since(TODAY, "Asia/Shanghai", None).rounds == ()


@pytest.mark.parametrize(
    ("leave", "excused"),
    [
        ((), False),
        (((TODAY, TODAY),), True),
        (((date(2026, 3, 24), date(2026, 3, 30)),), True),  # seven of the last fourteen days
        (((date(2026, 3, 25), date(2026, 3, 30)),), False),
        (((date(2026, 3, 1), date(2026, 3, 19)), (date(2026, 3, 27), date(2026, 3, 30))), True),
        (((date(2026, 4, 1), date(2026, 4, 20)),), False),  # not gone yet
    ],
)
def test_who_was_away_is_not_asked_about(leave: tuple[tuple[date, date], ...], excused: bool) -> None:
    assert on_leave(leave, TODAY) is excused


def group(whose: str, leave: tuple[tuple[date, date], ...] = (), **counts: int) -> Group:
    return Group(whose, whose, leave, Counts(**counts))


HEARD = since(TODAY, "Europe/Berlin", programme(Rhythm.WEEKLY))


def test_the_group_with_most_missing_comes_first_and_leave_is_counted_as_that_alone() -> None:
    sums = counted(
        [
            group("Sales", people=5, feedback=5, no_feedback=1, any=1),
            group("Sales", ((TODAY, TODAY),), people=2, feedback=2, no_feedback=2, any=2),
            group("", people=4, feedback=4, no_feedback=3, talk=4, no_talk=2, any=3, new=1),
        ],
        "department",
        HEARD,
    )
    assert [(words.en, one.people, one.no_feedback, one.away) for (_, words), one in sums.items()] == [
        ("No department", 4, 3, 0),
        ("Sales", 7, 1, 2),
    ]
    whole = total(sums.values())
    table = grouped(sums, whole, HEARD, left_out=False)
    assert table.rows[-1][1:] == (11, 4, 2, 0, 4)
    assert table.note is not None
    assert "2 on leave" in table.note.en
    assert "1 who came" in table.note.en
    assert "4 of 9 had no feedback for 30 days, 2 of 4 no 1:1 for 14" in said(whole, HEARD).en
    drawn = bars(sums, HEARD)
    assert [(bar.label.en, bar.value, bar.said) for bar in drawn.bars] == [
        ("No department", Decimal("75.0"), same("3/4")),
        ("Sales", Decimal("20.0"), same("1/5")),
    ]


def test_without_two_rounds_nothing_is_said_of_checkins() -> None:
    heard = since(TODAY, "Europe/Berlin", None)
    sums = counted([group("Sales", people=5, feedback=5)], "department", heard)
    whole = total(sums.values())
    table = grouped(sums, whole, heard, left_out=True)
    assert [row[1:] for row in table.rows] == [(5, 0, 0, None, 0)] * 2, (
        "the sum stands apart where groups are left out"
    )
    assert table.note is not None
    assert "Check-ins are not counted" in table.note.en
    assert "managers above you" in table.note.en
    assert "check-in" not in said(whole, heard).en


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_share_lies_within_a_hundred(some: int, more: int) -> None:
    found = share(some, some + more)
    assert 0 <= found <= 100
    assert abs(found * (some + more) - 100 * some) <= Decimal("0.05") * (some + more)


@given(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.sampled_from(Rhythm))
def test_the_rounds_that_count_are_over_and_follow_each_other(today: date, rhythm: Rhythm) -> None:
    keys = [date.fromisoformat(one) for one in rounds_due(programme(rhythm), today)]
    assert keys == sorted(keys, reverse=True)
    assert all(key < today for key in keys)
    if keys:
        assert today - keys[0] <= timedelta(days=75)
