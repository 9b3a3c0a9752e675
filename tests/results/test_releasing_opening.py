"""When a released result opens to whom, and until when one may appeal: days, zones, holidays and leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.words import same
from flows.cycle.nudges.pace import working_moment
from flows.cycle.template import NudgePolicy, Opening, Template
from flows.people.person import Person
from flows.results.records import Release, Withheld
from flows.results.releasing.opening import (
    appeal_until,
    employees_from,
    end_of,
    is_kept_back,
    opening_day,
    opens_for,
)

POLICY = NudgePolicy()
ZONES = (
    "Pacific/Kiritimati", "Asia/Shanghai", "Asia/Kolkata", "Europe/Berlin", "America/Sao_Paulo", "America/New_York",
    "Pacific/Pago_Pago", "Asia/Kathmandu", "America/St_Johns",
)  # fmt: skip
TUESDAY = datetime(2026, 3, 17, 8, tzinfo=UTC)


def someone(zone: str, **more: object) -> Person:
    person = Person(1, "a@example.com", "A", None, "", "", "", (), zone, "en", None, None, None, active=True)
    return replace(person, **more)  # type: ignore[arg-type]


def released(at: datetime, lead: int = 2) -> Release:
    return Release(1, 1, at, released_at=at, employees_at=employees_from(at, lead))


@pytest.mark.parametrize(
    ("at", "lead", "day"),
    [
        (datetime(2026, 3, 17, 8, tzinfo=UTC), 2, date(2026, 3, 19)),
        (datetime(2026, 3, 17, 10, tzinfo=UTC), 2, date(2026, 3, 20)),  # past midnight in the first zone
        (datetime(2026, 3, 17, 4, tzinfo=UTC), 1, date(2026, 3, 18)),
        (
            datetime(2026, 3, 17, 8, tzinfo=UTC),
            1,
            date(2026, 3, 19),
        ),  # the first zone's working hours are over
        (datetime(2026, 3, 17, 21, 30, tzinfo=UTC), 1, date(2026, 3, 19)),
        (datetime(2026, 3, 13, 8, tzinfo=UTC), 2, date(2026, 3, 17)),  # over the weekend
        (datetime(2026, 3, 13, 18, 30, tzinfo=UTC), 2, date(2026, 3, 18)),  # it is Saturday there
        (datetime(2026, 3, 14, 12, tzinfo=UTC), 2, date(2026, 3, 18)),
        (datetime(2026, 3, 15, 12, tzinfo=UTC), 2, date(2026, 3, 18)),
        (datetime(2024, 2, 28, 8, tzinfo=UTC), 1, date(2024, 3, 1)),
        (datetime(2026, 12, 30, 8, tzinfo=UTC), 3, date(2027, 1, 4)),
        (datetime(2026, 3, 17, 8, tzinfo=UTC), 0, date(2026, 3, 19)),  # a copy of a template from before
    ],
)
def test_the_lead_counts_working_days_where_days_begin_first(at: datetime, lead: int, day: date) -> None:
    assert opening_day(released(at, lead), None, lead) == day


APART = ("Pacific/Honolulu", "America/Los_Angeles", "Europe/Berlin", "Asia/Shanghai", "Pacific/Auckland")
WEEK = [datetime(2026, 3, 9, tzinfo=UTC) + timedelta(hours=hours, minutes=30) for hours in range(7 * 24)]


@pytest.mark.parametrize("lead", [1, 2])
@pytest.mark.parametrize("managers", APART)
def test_every_manager_is_asked_before_their_people_look(managers: str, lead: int) -> None:
    for at in WEEK:
        day = opening_day(released(at, lead), None, lead)
        assert day is not None
        asked = working_moment(someone(managers), at, POLICY)
        for own in APART:
            assert at <= asked < opens_for(someone(own), day, POLICY), (at, own)


@pytest.mark.parametrize(
    ("zone", "day", "opens"),
    [
        ("Asia/Shanghai", date(2026, 3, 19), datetime(2026, 3, 19, 1, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 19), datetime(2026, 3, 19, 8, tzinfo=UTC)),
        ("America/Sao_Paulo", date(2026, 3, 19), datetime(2026, 3, 19, 12, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 28), datetime(2026, 3, 30, 7, tzinfo=UTC)),  # the clocks went forward
        ("Europe/Berlin", date(2026, 4, 3), datetime(2026, 4, 7, 7, tzinfo=UTC)),  # Easter
        ("Asia/Shanghai", date(2026, 2, 14), datetime(2026, 2, 14, 1, tzinfo=UTC)),  # a Saturday made up for
        ("Asia/Shanghai", date(2026, 10, 1), datetime(2026, 10, 8, 1, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_it_opens_at_nine_on_a_working_day_of_each_one_s_own(zone: str, day: date, opens: datetime) -> None:
    assert opens_for(someone(zone), day, POLICY) == opens


def test_leave_delays_the_deadline_and_not_the_opening() -> None:
    away = someone("Europe/Berlin", away=((date(2026, 3, 16), date(2026, 3, 27)),))
    opens = opens_for(away, date(2026, 3, 19), POLICY)
    assert opens == opens_for(someone("Europe/Berlin"), date(2026, 3, 19), POLICY)
    assert end_of(opens, 1, away, POLICY) == datetime(2026, 3, 30, 21, 59, 59, tzinfo=UTC)
    assert end_of(opens, 1, someone("Europe/Berlin"), POLICY) == datetime(2026, 3, 20, 22, 59, 59, tzinfo=UTC)


def test_seven_working_days_to_appeal_are_those_of_the_person_s_own_calendar() -> None:
    template = Template("t", same("T"), "year", (), opening=Opening(appeal=7))
    day = date(2026, 4, 1)  # before Easter in Berlin; Qingming is Monday 6 April in China
    for zone, last in (("Europe/Berlin", date(2026, 4, 14)), ("Asia/Shanghai", date(2026, 4, 13))):
        person = someone(zone)
        until = appeal_until(opens_for(person, day, POLICY), person, template)
        assert until.astimezone(ZoneInfo(zone)).date() == last


def test_who_is_withheld_has_no_day_and_afterwards_one_of_their_own() -> None:
    release = released(TUESDAY)
    withheld = Withheld(1, 1, "why", 2, TUESDAY)
    assert is_kept_back(withheld)
    assert not is_kept_back(None)
    assert opening_day(release, withheld, 2) is None
    for lifted, day in (
        (TUESDAY - timedelta(days=1), date(2026, 3, 19)),  # with the others
        (TUESDAY + timedelta(hours=1), date(2026, 3, 19)),
        (TUESDAY + timedelta(days=10), date(2026, 3, 31)),  # a Friday: the manager comes first again
    ):
        assert opening_day(release, replace(withheld, lifted_by=2, lifted_at=lifted), 2) == day
    assert opening_day(Release(1, 1, TUESDAY), None, 2) is None, "nothing is released yet"


@given(
    st.integers(0, 3 * 365 * 24).map(lambda hours: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hours)),
    st.sampled_from(ZONES),
    st.integers(1, 30),
)
def test_everybody_looks_after_the_release_and_nobody_at_night(at: datetime, own: str, lead: int) -> None:
    release, person = released(at, lead), someone(own)
    day = opening_day(release, None, lead)
    assert day is not None
    opens = opens_for(person, day, POLICY)
    local = opens.astimezone(ZoneInfo(own))
    assert release.employees_at is not None
    assert at < release.employees_at <= opens
    assert (local.hour, local.minute) == (9, 0)
    assert local.date() >= day
    assert end_of(opens, 5, person, POLICY) > opens + timedelta(days=5)
