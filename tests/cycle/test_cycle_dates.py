"""What can be wrong with dates: past, out of order, too few working days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.words import Words
from flows.cycle.hr.dates import in_the_past, moved_to, out_of_order, too_short, working_days
from flows.cycle.hr.lateness import late_day
from flows.cycle.phase import moments_in, window_of, windows
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import NudgePolicy, OwnDays, Phase, Template

A = Phase("a", Words("A", "A"), 0, 5, "goals")
B = Phase("b", Words("B", "B"), 5, 5, "goals", grace=3)
C = Phase("c", Words("C", "C"), 8, 7, "goals", hard=True)
CYCLE = Cycle(
    1, "draft", "Q2", date(2026, 3, 2), Template("t", Words("T", "T"), "quarter", (A, B, C)), Audience(), 1,
    datetime(2026, 1, 1, tzinfo=UTC),
)  # fmt: skip


def day(number: int, month: int = 3) -> date:
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("phase", "first", "last", "wrong"),
    [
        ("a", 2, 6, None),
        ("a", 2, 7, "“A” would still last until Saturday 7 March when “B” opens on Saturday 7 March."),
        ("b", 7, 20, None),  # it overlaps the next one already
        ("b", 11, 20, "“C” would open on Tuesday 10 March, before “B” does."),
        ("b", 6, 11, "“A” would still last until Friday 6 March when “B” opens on Friday 6 March."),
        ("c", 7, 12, None),
        ("c", 6, 12, "“A” would still last until Friday 6 March when “C” opens on Friday 6 March."),
    ],
)
def test_phases_keep_their_order(phase: str, first: int, last: int, wrong: str | None) -> None:
    found = out_of_order(windows(CYCLE), windows(moved_to(CYCLE, phase, day(first), day(last))))
    assert (found.en if found else "").startswith(wrong or "")
    assert bool(found) == bool(wrong)


@pytest.mark.parametrize(
    ("first", "last", "country", "days"),
    [
        (day(2), day(6), "DE", 5),
        (day(6), day(9), "DE", 2),
        (day(2, 4), day(7, 4), "DE", 2),  # Good Friday to Easter Monday
        (date(2026, 2, 14), date(2026, 2, 24), "CN", 2),  # Spring Festival, with its make-up Saturday
        (date(2026, 2, 28), date(2026, 2, 28), "CN", 1),  # a Saturday on which offices work
        (day(7), day(8), None, 0),
    ],
)
def test_working_days_are_those_of_the_country(
    first: date, last: date, country: str | None, days: int
) -> None:
    assert working_days(first, last, country, NudgePolicy()) == days


def test_a_company_has_its_own_days() -> None:
    own = OwnDays(off=frozenset({day(3)}), working=frozenset({day(7)}))
    assert working_days(day(2), day(8), "DE", NudgePolicy(own_days={"DE": own})) == 5
    assert working_days(day(2), day(8), "FR", NudgePolicy(own_days={"DE": own})) == 5
    assert working_days(day(2), day(6), "DE", NudgePolicy(own_days={"DE": own})) == 4


def test_too_few_working_days_are_named_with_the_country() -> None:
    zones = ["Europe/Berlin", "Asia/Shanghai"]
    found = too_short(date(2026, 2, 16), date(2026, 2, 24), zones, NudgePolicy())
    assert found is not None
    assert "only 1 working day in CN; a phase needs at least 3" in found.en
    assert too_short(day(2), day(4), zones, NudgePolicy()) is None
    assert too_short(day(2), day(3), [], NudgePolicy()) is not None


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 1)),
    st.integers(0, 30),
    st.sampled_from(["CN", "DE", "US", None]),
)
def test_one_more_day_is_never_less(first: date, length: int, country: str | None) -> None:
    days = [
        working_days(first, date.fromordinal(first.toordinal() + n), country, NudgePolicy())
        for n in (length, length + 1)
    ]
    assert 0 <= days[1] - days[0] <= 1


def test_a_phase_in_the_past_is_named() -> None:
    assert in_the_past(CYCLE, day(6)) is None
    found = in_the_past(CYCLE, day(7))
    assert found is not None
    assert "“A” would be due on Friday 6 March" in found.en
    assert in_the_past(moved_to(CYCLE, "a", day(2), day(9)), day(7)) is None


@pytest.mark.parametrize(
    ("phase", "policy", "manager", "hr"),
    [
        (A, NudgePolicy(), day(12), day(14)),  # the 6th is its last day, the 13th the last of grace
        (B, NudgePolicy(), day(15), day(15)),  # three days of grace: the day after them
        (C, NudgePolicy(), day(17), day(17)),  # a firm deadline: the day after it
        (A, NudgePolicy(manager=None, hr=2), None, day(8)),
    ],
)
def test_managers_and_hr_are_told_at_the_latest_when_it_is_closed(
    phase: Phase, policy: NudgePolicy, manager: date | None, hr: date | None
) -> None:
    cycle = replace(CYCLE, template=replace(CYCLE.template, nudges=policy))
    window = window_of(cycle, phase)
    assert (late_day(cycle, window, "manager"), late_day(cycle, window, "hr")) == (manager, hr)


@pytest.mark.parametrize(
    ("today", "stage"), [(6, "ahead"), (7, "open"), (11, "open"), (12, "late"), (14, "late"), (15, "over")]
)
def test_where_a_phase_is(today: int, stage: str) -> None:
    assert window_of(CYCLE, B).stage(day(today)) == stage


def test_an_extension_is_never_earlier_and_moves_the_grace_along() -> None:
    assert window_of(CYCLE, B, {"b": day(9)}).due == day(11)
    own = window_of(CYCLE, B, {"b": day(20)})
    assert (own.opens, own.due, own.closes) == (day(7), day(20), day(23))
    firm = window_of(CYCLE, C, {"c": day(20)})
    assert firm.closes == day(20)


def test_a_day_ends_with_its_last_second_also_when_the_clocks_change() -> None:
    window = window_of(moved_to(CYCLE, "c", day(23), day(28)), C)  # clocks go forward on the 29th in Berlin
    opens, due, until = moments_in(window, time(9), "Europe/Berlin")
    assert opens == datetime(2026, 3, 23, 8, tzinfo=UTC)
    assert due == datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC)
    assert until == datetime(2026, 3, 28, 23, 9, 59, tzinfo=UTC)
    later = window_of(moved_to(CYCLE, "c", day(23), day(29)), C)
    assert moments_in(later, time(9), "Europe/Berlin")[1] == datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)
