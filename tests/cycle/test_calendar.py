"""Local moments over every clock change, working days, and rounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cycle.calendar import (
    Rhythm,
    Round,
    Schedule,
    at_local,
    country_of,
    is_working_day,
    local_day,
    make_up_days_known,
    next_round,
    next_working_day,
    opening_day,
    round_on,
)

DAY = timedelta(days=1)
SLOTS = [time(hour, minute) for hour in range(24) for minute in (0, 30)]


def clock_changes(zone: ZoneInfo) -> list[tuple[datetime, timedelta]]:
    """When the clocks of a zone change in 2026–2030, and by how much: a week first, halved to a minute."""
    changes = []
    low = datetime(2026, 1, 1, tzinfo=UTC)
    while low.year < 2031:
        high = low + 7 * DAY
        before, after = (moment.astimezone(zone).utcoffset() for moment in (low, high))
        assert before is not None
        assert after is not None
        if before != after:
            first, last = low, high
            while last - first > timedelta(minutes=1):
                middle = first + (last - first) / 2
                if middle.astimezone(zone).utcoffset() == before:
                    first = middle
                else:
                    last = middle
            changes.append((last, after - before))
        low = high
    return changes


def test_every_local_time_comes_once_a_day_in_every_zone_and_on_its_own_date() -> None:
    """Two days either side of each change, each half hour: one instant, on its date, after the slot before.

    Zones with the same changes are the same clock, so one of each is enough.
    """
    clocks = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        changes = clock_changes(zone)
        if changes:
            offset = datetime(2026, 1, 1, tzinfo=UTC).astimezone(zone).utcoffset()
            clocks[(offset, tuple(changes))] = name
    assert len(clocks) > 20
    for (_, changes), name in clocks.items():
        zone = ZoneInfo(name)
        for change, shift in changes:
            middle = change.astimezone(zone).date()
            last, last_skipped = datetime.min.replace(tzinfo=UTC), False
            for day, slot in product((middle + offset * DAY for offset in range(-2, 3)), SLOTS):
                moment = at_local(day, slot, name)
                shown = moment.astimezone(zone).replace(tzinfo=None)
                skipped = shown != datetime.combine(day, slot)
                assert shown.date() == day == local_day(moment, name)
                assert last < moment or (last_skipped and last == moment)
                if skipped:
                    assert shift > timedelta()
                    assert abs(moment - change) <= timedelta(minutes=1)
                else:
                    earlier = (moment - abs(shift)).astimezone(zone).replace(tzinfo=None)
                    assert earlier != shown, "the first of two"
                last, last_skipped = moment, skipped


@pytest.mark.parametrize(
    "zone", ["", "Mars/Base", "../etc/passwd", "/etc/passwd", "Asia", "\0", "\ud800", "x" * 5000]
)
def test_an_unknown_zone_is_a_value_error(zone: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        at_local(date(2026, 1, 1), time(9), zone)
    with pytest.raises(ValueError, match="unknown time zone"):
        local_day(datetime(2026, 1, 1, tzinfo=UTC), zone)


def test_the_local_day_is_the_one_on_the_calendar_there() -> None:
    moment = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
    assert local_day(moment, "Asia/Kolkata") == date(2026, 3, 2)
    assert local_day(moment, "America/New_York") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Asia/Shanghai", "CN"),
        ("PRC", "CN"),
        ("Asia/Kolkata", "IN"),
        ("Asia/Calcutta", "IN"),
        ("Asia/Kathmandu", "NP"),
        ("Europe/Stockholm", "SE"),
        ("US/Pacific", "US"),
        ("America/Sao_Paulo", "BR"),
        ("UTC", None),
        ("Etc/GMT+8", None),
        ("EST", None),
        ("Mars/Base", None),
        ("", None),
    ],
)
def test_a_zone_tells_the_country(zone: str, country: str | None) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize(
    ("day", "country", "works"),
    [
        *((day, "CN", True) for day in ("2026-01-04", "2026-02-14", "2026-02-28")),
        *((day, "CN", True) for day in ("2026-05-09", "2026-09-20", "2026-10-10")),
        *(
            (day, "CN", False)
            for day in ("2026-01-01", "2026-02-17", "2026-10-05", "2026-10-11", "2026-01-10")
        ),
        ("2025-09-28", "CN", True),
        ("2026-01-04", "DE", False),
        ("2026-12-25", "DE", False),
        ("2026-12-28", "DE", True),
        ("2026-07-03", "US", False),  # Independence Day, observed on the Friday
        ("2026-03-06", "AE", True),
        ("2026-03-05", "SA", True),
        ("2026-03-06", "SA", False),  # Friday
        ("2026-03-08", "SA", True),  # Sunday
        ("2026-03-07", "HK", False),  # Saturday
        ("2028-02-29", "US", True),
        ("2026-12-25", None, True),
        ("2026-12-25", "XX", True),
        ("2026-12-26", "XX", False),
        ("2026-12-25", "\ud800", True),
    ],
)
def test_working_days_follow_the_country(day: str, country: str | None, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day), country) is works


def test_the_next_working_day_may_be_a_make_up_sunday() -> None:
    assert next_working_day(date(2026, 1, 1), "CN") == date(2026, 1, 4)
    assert next_working_day(date(2026, 10, 1), "CN") == date(2026, 10, 8)
    assert next_working_day(date(2026, 3, 4), "CN") == date(2026, 3, 4)
    assert next_working_day(date(2026, 12, 25), "GB") == date(2026, 12, 29)


def test_make_up_days_are_known_only_while_they_are_published() -> None:
    assert make_up_days_known("CN", 2026)
    assert not make_up_days_known("CN", 2090)
    assert make_up_days_known("US", 2090)
    assert make_up_days_known(None, 2090)


def schedule(rhythm: Rhythm, first: str = "2026-01-01", weekday: int = 0, digest: int = 4) -> Schedule:
    return Schedule(rhythm, date.fromisoformat(first), weekday, time(9), digest, time(16))


@pytest.mark.parametrize(
    ("rhythm", "day", "opens", "digest", "closes"),
    [
        (Rhythm.WEEKLY, "2026-01-05", "2026-01-05", "2026-01-09", "2026-01-11"),
        (Rhythm.WEEKLY, "2026-01-11", "2026-01-05", "2026-01-09", "2026-01-11"),
        (Rhythm.WEEKLY, "2026-12-31", "2026-12-28", "2027-01-01", "2027-01-03"),
        (Rhythm.WEEKLY, "2028-02-29", "2028-02-28", "2028-03-03", "2028-03-05"),
        (Rhythm.BIWEEKLY, "2026-01-05", "2026-01-05", "2026-01-16", "2026-01-18"),
        (Rhythm.BIWEEKLY, "2026-01-18", "2026-01-05", "2026-01-16", "2026-01-18"),
        (Rhythm.BIWEEKLY, "2026-01-19", "2026-01-19", "2026-01-30", "2026-02-01"),
        (Rhythm.BIWEEKLY, "2028-02-29", "2028-02-28", "2028-03-10", "2028-03-12"),
        (Rhythm.MONTHLY, "2026-01-31", "2026-01-05", "2026-01-30", "2026-02-01"),
        (Rhythm.MONTHLY, "2026-02-01", "2026-01-05", "2026-01-30", "2026-02-01"),
        (Rhythm.MONTHLY, "2026-02-02", "2026-02-02", "2026-02-27", "2026-03-01"),
        (Rhythm.MONTHLY, "2028-02-29", "2028-02-07", "2028-03-03", "2028-03-05"),
        (Rhythm.MONTHLY, "2027-01-01", "2026-12-07", "2027-01-01", "2027-01-03"),
    ],
)
def test_a_round_has_its_days(rhythm: Rhythm, day: str, opens: str, digest: str, closes: str) -> None:
    found = round_on(schedule(rhythm), date.fromisoformat(day))
    assert found == Round(opens, *(date.fromisoformat(each) for each in (opens, digest, closes)))


@pytest.mark.parametrize(
    ("rhythm", "first", "opens"),
    [
        (Rhythm.WEEKLY, "2026-01-06", "2026-01-12"),
        (Rhythm.WEEKLY, "2026-01-05", "2026-01-05"),
        (Rhythm.BIWEEKLY, "2026-01-06", "2026-01-12"),
        (Rhythm.MONTHLY, "2026-01-05", "2026-01-05"),
        (Rhythm.MONTHLY, "2026-01-06", "2026-02-02"),
        (Rhythm.MONTHLY, "2026-12-31", "2027-01-04"),
    ],
)
def test_no_round_opens_before_the_first_day(rhythm: Rhythm, first: str, opens: str) -> None:
    begun = schedule(rhythm, first)
    opening = date.fromisoformat(opens)
    assert round_on(begun, opening - DAY) is None
    assert next_round(begun, date.fromisoformat(first) - 400 * DAY).opens_on == opening
    assert next_round(begun, opening).opens_on > opening


@given(
    st.sampled_from(Rhythm),
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 1500),
)
def test_rounds_follow_each_other_without_gap_or_overlap(
    rhythm: Rhythm, first: date, weekday: int, digest: int, later: int
) -> None:
    plan = Schedule(rhythm, first, weekday, time(9), digest, time(16))
    turn = next_round(plan, first + later * DAY)
    assert turn.opens_on > first + later * DAY
    assert turn.key == turn.opens_on.isoformat()
    assert turn.opens_on.weekday() == weekday
    assert turn.digest_on.weekday() == digest
    assert turn.opens_on <= turn.digest_on <= turn.closes_on < turn.digest_on + 7 * DAY
    assert {round_on(plan, day) for day in (turn.opens_on, turn.digest_on, turn.closes_on)} == {turn}
    following = next_round(plan, turn.opens_on)
    assert following == next_round(plan, turn.closes_on) == round_on(plan, turn.closes_on + DAY)
    assert following.opens_on == turn.closes_on + DAY
    length = (following.opens_on - turn.opens_on).days
    assert length in {Rhythm.WEEKLY: (7,), Rhythm.BIWEEKLY: (14,), Rhythm.MONTHLY: (28, 35)}[rhythm]


@pytest.mark.parametrize(
    ("day", "country", "away", "asked"),
    [
        ("2026-03-02", "DE", [], "2026-03-02"),
        ("2026-03-02", "DE", [("2026-02-27", "2026-03-03")], "2026-03-04"),
        ("2026-03-02", "DE", [("2026-03-02", "2026-03-02"), ("2026-03-03", "2026-03-04")], "2026-03-05"),
        ("2026-03-02", "DE", [("2026-03-01", "2026-03-06")], None),
        ("2026-03-02", "DE", [("2026-03-01", "2026-03-05")], "2026-03-06"),
        ("2026-04-06", "DE", [], "2026-04-07"),  # Easter Monday
        ("2026-10-05", "CN", [], "2026-10-08"),
        ("2026-02-16", "CN", [], None),  # Spring Festival takes the whole week
        ("2026-10-05", None, [], "2026-10-05"),
    ],
)
def test_a_person_is_asked_on_their_first_working_day_of_the_round(
    day: str, country: str | None, away: list[tuple[str, str]], asked: str | None
) -> None:
    turn = round_on(schedule(Rhythm.WEEKLY), date.fromisoformat(day))
    assert turn is not None
    leave = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in away]
    assert opening_day(turn, country, leave) == (date.fromisoformat(asked) if asked else None)
