"""Rounds of a programme: who is asked, when, and how a round is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.checkins.digest_moments import digest_moment
from flows.checkins.records import Audience
from flows.checkins.rounds import asked, name_of_round, near_rounds, on_leave, task_for
from flows.checkins.setup import usual
from flows.cycle.calendar import Rhythm, round_on
from flows.cycle.nudges.nudge import works
from flows.people.person import Person

START = datetime(2026, 3, 1, 18, tzinfo=UTC)
PROGRAMME = usual(date(2026, 3, 2), None, START)
JONAS = Person(
    7, "jonas@example.com", "Jonas", 1, "Engineering", "L4", "", (), "Europe/Berlin", "en", None, None, "U1", True
)  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "is_asked"),
    [
        (Audience(), True),
        (Audience(without=(7,)), False),
        (Audience("departments", departments=("Engineering",)), True),
        (Audience("departments", departments=("Sales",)), False),
        (Audience("departments", departments=("Engineering",), without=(7,)), False),
        (Audience("people", people=(7, 8)), True),
        (Audience("people", people=(8,)), False),
        (Audience("people"), False),
    ],
)
def test_who_is_asked(audience: Audience, is_asked: bool) -> None:
    assert asked(audience, JONAS) is is_asked
    assert not asked(audience, replace(JONAS, active=False))


@pytest.mark.parametrize(
    ("rhythm", "key", "en", "zh"),
    [
        (Rhythm.WEEKLY, "2026-03-02", "week 10", "第 10 周"),
        (Rhythm.WEEKLY, "2026-12-28", "week 53", "第 53 周"),
        (Rhythm.BIWEEKLY, "2026-03-02", "the two weeks from 2 March", "3月2日起的两周"),
        (Rhythm.MONTHLY, "2026-03-02", "March", "3月"),
    ],
)
def test_what_a_round_is_called(rhythm: Rhythm, key: str, en: str, zh: str) -> None:
    words = name_of_round(rhythm, key)
    assert (words.en, words.zh) == (en, zh)


# From March 2026 to the end of 2029.
MOMENTS = st.integers(1_772_323_200, 1_893_455_999).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from(
    ["Europe/Berlin", "Asia/Shanghai", "Asia/Kolkata", "America/New_York", "Pacific/Auckland"]
)


@given(st.dates(date(2026, 3, 2), date(2029, 12, 31)), ZONES, st.sampled_from(Rhythm))
def test_a_task_opens_on_a_working_day_before_it_is_due_and_closes_last(
    day: date, zone: str, rhythm: Rhythm
) -> None:
    programme = replace(PROGRAMME, schedule=replace(PROGRAMME.schedule, rhythm=rhythm))
    round_ = round_on(programme.schedule, day)
    person = replace(JONAS, zone=zone)
    if round_ is None or (task := task_for(programme, round_, person)) is None:
        return
    local = task.opens_at.astimezone(ZoneInfo(zone))
    assert works(person, local.date())
    assert (local.hour, local.minute) == (9, 0)
    assert round_.opens_on <= local.date() <= round_.digest_on
    assert task.opens_at < task.due_at < task.until
    assert task.next_at == task.opens_at
    assert task.due_at.astimezone(ZoneInfo(zone)).date() == round_.digest_on


@given(MOMENTS, st.sampled_from(Rhythm))
def test_a_round_is_planned_before_it_opens_anywhere(now: datetime, rhythm: Rhythm) -> None:
    programme = replace(PROGRAMME, schedule=replace(PROGRAMME.schedule, rhythm=rhythm))
    keys = {round_.key for round_ in near_rounds(programme, now)}
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):  # the first and the last day on Earth
        here = round_on(programme.schedule, now.astimezone(ZoneInfo(zone)).date())
        if here is not None and here.closes_on >= now.date():
            assert here.key in keys


def test_a_digest_keeps_off_a_managers_days_off() -> None:
    friday = round_on(PROGRAMME.schedule, date(2026, 3, 30))
    assert friday
    assert friday.digest_on == date(2026, 4, 3)  # Good Friday in Germany, Easter Monday after it
    assert digest_moment(PROGRAMME, friday, JONAS) == datetime(2026, 4, 7, 7, tzinfo=UTC)
    india = replace(JONAS, zone="Asia/Kolkata", away=((date(2026, 4, 1), date(2026, 4, 10)),))
    assert digest_moment(PROGRAMME, friday, india) == datetime(2026, 4, 13, 3, 30, tzinfo=UTC)
    usual_week = round_on(PROGRAMME.schedule, date(2026, 3, 2))
    assert usual_week
    assert digest_moment(PROGRAMME, usual_week, JONAS) == datetime(2026, 3, 6, 15, tzinfo=UTC)


def test_nobody_waits_for_who_is_away_on_the_day_it_is_due() -> None:
    round_ = round_on(PROGRAMME.schedule, date(2026, 3, 2))
    assert round_
    task = task_for(PROGRAMME, round_, JONAS)
    assert task
    friday = ((date(2026, 3, 6), date(2026, 3, 20)),)
    assert not on_leave(task, JONAS)
    assert on_leave(task, replace(JONAS, away=friday))
    assert not on_leave(replace(task, state="done"), replace(JONAS, away=friday))
    assert not on_leave(task, replace(JONAS, away=((date(2026, 3, 2), date(2026, 3, 5)),)))
    assert round_.digest_on - round_.opens_on == timedelta(days=4)
