"""The days on which a task is spoken of: working ones, before the deadline, each once, in every zone and season."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cycle.calendar import at_local, local_day
from flows.cycle.nudges.milestones import Milestone, milestones, works
from flows.cycle.template import NudgePolicy, OwnDays
from flows.people.person import Person

DAY = timedelta(days=1)
ANN = Person(
    1, "ann@example.com", "Ann", None, "Eng", "L4", "", (), "Europe/Berlin", "en", None, None, "U1", True
)
USUAL = NudgePolicy()


def phase(person: Person, first: str, last: str, grace: int = 7) -> tuple[datetime, datetime, datetime]:
    """(opens, due, until) of a phase from 09:00 on its first day to the end of its last, and so many days of grace."""
    due = date.fromisoformat(last)
    return (
        at_local(date.fromisoformat(first), time(9), person.zone),
        at_local(due + DAY, time(0), person.zone) - timedelta(seconds=1),
        at_local(due + (grace + 1) * DAY, time(0), person.zone),
    )


def days(found: tuple[Milestone, ...]) -> str:
    """ "03-02 03-10 | 03-13": the days, and behind the line those after the deadline."""
    early = " ".join(f"{m.day:%m-%d}" for m in found if not m.late)
    late = " ".join(f"{m.day:%m-%d}" for m in found if m.late)
    return f"{early} | {late}" if late else early


@pytest.mark.parametrize(
    ("zone", "first", "last", "expected"),
    [
        ("Europe/Berlin", "2026-03-02", "2026-03-13", "03-02 03-10 03-12 03-13 | 03-16 03-17"),
        # Due on Monday: three days before is Friday, one day before is Sunday and becomes Monday itself.
        ("Europe/Berlin", "2026-03-02", "2026-03-16", "03-02 03-13 03-16 | 03-18 03-20"),
        # Due on Sunday: what would come after the deadline comes on Friday, the last working day before.
        ("Europe/Berlin", "2026-03-02", "2026-03-15", "03-02 03-12 03-13 | 03-17 03-19"),
        ("Europe/Berlin", "2026-03-14", "2026-03-20", "03-16 03-17 03-19 03-20 | 03-23 03-24"),  # opens on Saturday
        ("Europe/Berlin", "2026-03-12", "2026-03-13", "03-12 03-13 | 03-16 03-17"),  # two days long
        ("Europe/Berlin", "2026-03-13", "2026-03-13", "03-13 | 03-16 03-17"),  # a single day
        ("Europe/Berlin", "2028-02-21", "2028-03-01", "02-21 02-28 02-29 03-01 | 03-03 03-06"),  # leap day
        ("Europe/Berlin", "2027-02-15", "2027-03-01", "02-15 02-26 03-01 | 03-03 03-05"),  # and a year without
        ("Europe/Berlin", "2026-12-21", "2026-12-31", "12-21 12-28 12-30 12-31 | 01-04"),  # over the new year
        ("Europe/Berlin", "2026-03-20", "2026-04-07", "03-20 04-07 | 04-09 04-13"),  # Good Friday, Easter Monday
        ("Asia/Shanghai", "2026-09-14", "2026-10-07", "09-14 09-30 | 10-09 10-12"),  # ends with National Day week
        # Saturday 10 October and Sunday 20 September are worked for the holidays around them.
        ("Asia/Shanghai", "2026-10-08", "2026-10-11", "10-08 10-10 | 10-13 10-15"),
        ("Asia/Shanghai", "2026-09-18", "2026-09-20", "09-18 09-20 | 09-22 09-24"),
        ("Asia/Shanghai", "2026-02-10", "2026-02-14", "02-10 02-11 02-13 02-14"),  # then the Spring Festival
        ("Asia/Kolkata", "2026-01-19", "2026-01-26", "01-19 01-23 | 01-28 01-30"),  # Republic Day
    ],
)  # fmt: skip
def test_a_phase_is_spoken_of_on_these_days(zone: str, first: str, last: str, expected: str) -> None:
    person = replace(ANN, zone=zone)
    found = milestones(*phase(person, first, last), person, USUAL)
    assert days(found).startswith(expected)
    for m in found:
        local = m.at.astimezone(ZoneInfo(zone))
        assert (local.date(), local.time()) == (m.day, time(9))


@pytest.mark.parametrize(
    ("zone", "first", "last", "hours"),
    [
        # The clocks go forward on 29 March and back on 25 October in Berlin: nine in the morning stays nine.
        ("Europe/Berlin", "2026-03-26", "2026-03-31", ["03-26 08:00", "03-30 07:00", "03-31 07:00"]),
        ("Europe/Berlin", "2026-10-22", "2026-10-27", ["10-22 07:00", "10-26 08:00", "10-27 08:00"]),
        ("America/Santiago", "2026-09-03", "2026-09-08", ["09-03 13:00", "09-07 12:00", "09-08 12:00"]),
        ("America/Santiago", "2026-03-31", "2026-04-07", ["03-31 12:00", "04-06 13:00", "04-07 13:00"]),
        ("America/Sao_Paulo", "2026-10-14", "2026-10-20", ["10-14 12:00", "10-19 12:00", "10-20 12:00"]),
    ],
)
def test_nine_in_the_morning_stays_nine_when_the_clocks_change(
    zone: str, first: str, last: str, hours: list[str]
) -> None:
    person = replace(ANN, zone=zone)
    policy = NudgePolicy(before=(1,), after=())
    found = milestones(*phase(person, first, last), person, policy)
    assert [f"{m.at:%m-%d %H:%M}" for m in found] == hours


def test_an_hour_that_the_clocks_leave_out_or_have_twice_comes_once() -> None:
    berlin = replace(ANN, zone="Europe/Berlin")
    own = {"DE": OwnDays(working=frozenset({date(2026, 3, 29), date(2026, 10, 25)}))}
    for day in ("2026-03-29", "2026-10-25"):  # both are Sundays, on which this company works
        policy = NudgePolicy(hour=time(2, 30), before=(), after=(), own_days=own)
        opens, due, until = phase(berlin, "2026-03-02" if day < "2026-06" else "2026-10-01", day)
        found = milestones(opens, due, until, berlin, policy)
        assert [m.day.isoformat() for m in found][-1] == day
        assert len({m.at for m in found}) == len(found) == 2


def test_the_opening_keeps_its_own_hour_unless_its_day_is_off() -> None:
    at_eleven = datetime(2026, 3, 2, 10, tzinfo=UTC)
    _, due, until = phase(ANN, "2026-03-02", "2026-03-13")
    assert milestones(at_eleven, due, until, ANN, USUAL)[0].at == at_eleven
    away = replace(ANN, away=((date(2026, 3, 2), date(2026, 3, 3)),))
    assert milestones(at_eleven, due, until, away, USUAL)[0].at == datetime(2026, 3, 4, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        ([("2026-03-10", "2026-03-10")], "03-02 03-11 03-12 03-13 | 03-16 03-17"),
        ([("2026-03-12", "2026-03-13")], "03-02 03-10 03-11 | 03-16 03-17"),
        (
            [("2026-03-09", "2026-03-13")],
            "03-02 03-06 | 03-16 03-17",
        ),  # a week off: once, on the Friday before
        ([("2026-03-02", "2026-03-13")], "| 03-16 03-17"),  # all of it: late, when they are back
        ([("2026-03-02", "2026-03-31")], ""),
        ([("2026-03-11", "2026-03-16")], "03-02 03-10 | 03-17"),
    ],
)
def test_who_is_away_is_spoken_to_around_it(away: list[tuple[str, str]], expected: str) -> None:
    spans = tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in away)
    person = replace(ANN, away=spans)
    assert days(milestones(*phase(person, "2026-03-02", "2026-03-13"), person, USUAL)).strip() == expected


def test_the_companys_own_days_win_over_the_calendar() -> None:
    own = OwnDays(off=frozenset({date(2026, 3, 12)}), working=frozenset({date(2026, 3, 15)}))
    policy = NudgePolicy(own_days={"DE": own, "CN": OwnDays(off=frozenset({date(2026, 3, 10)}))})
    assert days(milestones(*phase(ANN, "2026-03-02", "2026-03-13"), ANN, policy)) == (
        "03-02 03-10 03-13 | 03-15 03-17"
    )
    assert works(ANN, date(2026, 3, 15), policy)
    assert not works(ANN, date(2026, 3, 15))
    assert not works(replace(ANN, away=((date(2026, 3, 15), date(2026, 3, 15)),)), date(2026, 3, 15), policy)


def test_late_ones_come_only_until_it_closes() -> None:
    found = milestones(*phase(ANN, "2026-03-02", "2026-03-13", grace=3), ANN, USUAL)
    assert [m.day for m in found if m.late] == [date(2026, 3, 16)]
    opens, due, _ = phase(ANN, "2026-03-02", "2026-03-13")
    hard = milestones(opens, due, due + timedelta(minutes=10), ANN, USUAL)
    assert [m for m in hard if m.late] == []


def test_a_deadline_before_the_hour_has_its_last_reminder_the_day_before() -> None:
    due = datetime(2026, 3, 6, 7, tzinfo=UTC)  # Friday 08:00
    found = milestones(
        datetime(2026, 3, 2, 8, tzinfo=UTC), due, due + DAY, ANN, NudgePolicy(before=(), after=())
    )
    assert [m.day for m in found] == [date(2026, 3, 2), date(2026, 3, 5)]


ZONES = st.sampled_from(
    [
        "Europe/Berlin",
        "Asia/Shanghai",
        "America/Santiago",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "Africa/Cairo",
        "UTC",
    ]
)
FIRST = st.dates(date(2026, 1, 1), date(2028, 12, 1))
LEAVES = st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 20)), max_size=2)
COUNTS = st.lists(st.integers(1, 10), max_size=3).map(tuple)


@given(ZONES, FIRST, st.integers(0, 40), st.integers(0, 14), LEAVES, COUNTS, COUNTS, st.booleans())
def test_whatever_the_dates_each_day_is_a_working_one_and_before_its_end(
    zone: str,
    first: date,
    length: int,
    grace: int,
    leaves: list[tuple[int, int]],
    before: tuple[int, ...],
    after: tuple[int, ...],
    on_day: bool,
) -> None:
    away = tuple((first + n * DAY, first + (n + long) * DAY) for n, long in leaves)
    person = replace(ANN, zone=zone, away=away)
    policy = NudgePolicy(before=before, after=after, on_day=on_day)
    opens, due, until = phase(person, first.isoformat(), (first + length * DAY).isoformat(), grace)
    found = milestones(opens, due, until, person, policy)
    assert len({m.day for m in found}) == len(found)
    assert [m.at for m in found] == sorted(m.at for m in found)
    assert len([m for m in found if not m.late]) <= 1 + len(before) + on_day
    assert len([m for m in found if m.late]) <= len(after)
    for m in found:
        assert works(person, m.day, policy)
        assert local_day(m.at, zone) == m.day
        assert opens <= m.at < (until if m.late else due)
        assert m.late == (m.at >= due)
    in_time = [first + n * DAY for n in range(length + 1) if works(person, first + n * DAY, policy)]
    if in_time:
        assert found
        assert found[0].day == in_time[0]
        if on_day:  # the last word before the deadline is on the last working day
            assert [m.day for m in found if not m.late][-1] == in_time[-1]
    else:
        assert all(m.late for m in found)
