"""An invitation opens in any calendar at the right moment: whatever the zones, whatever clock change lies between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendars.invitation import calendar_file
from bot.calendars.zone import timezone_of
from flows.interviews.invitation import Invitation, cancellation
from flows.people.person import Person

ZONES = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "America/Sao_Paulo", "Africa/Casablanca",
         "Europe/Dublin", "Australia/Lord_Howe", "America/Nuuk", "Asia/Kolkata", "Pacific/Auckland", "Africa/Cairo",
         "UTC"]  # fmt: skip
NOW = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)


def person(number: int, name: str, zone: str, language: str = "en") -> Person:
    return Person(
        number, f"p{number}@example.com", name, None, "Sales", "P5", "", (), zone, language, None, None, None, True  # type: ignore[arg-type]
    )  # fmt: skip


CHEN = person(1, "陈伟, “Wei”; \\n", "Asia/Shanghai", "zh")
MARTA = person(2, 'Marta "M" Weber', "Europe/Berlin")


def invitation(starts: datetime, sequence: int = 1) -> Invitation:
    return Invitation(
        7, "7-abc@perfloop", sequence, CHEN.id, MARTA.id, starts, starts + timedelta(minutes=45)
    )


def opened(content: bytes) -> icalendar.Calendar:
    """What a calendar program reads; it uses the file's own time zone, not the machine's."""
    found = icalendar.Calendar.from_ical(content)
    assert isinstance(found, icalendar.Calendar)
    return found


@pytest.mark.parametrize("key", ZONES)
def test_a_zone_in_a_file_has_the_clocks_of_the_real_one(key: str) -> None:
    zone = ZoneInfo(key)

    @settings(deadline=None, max_examples=60)
    @given(st.integers(-300 * 24 * 60, 700 * 24 * 60))
    def compare(minutes: int) -> None:
        moment = NOW + timedelta(minutes=minutes)
        wall = moment.astimezone(zone).replace(tzinfo=None)
        twice = wall.replace(tzinfo=zone, fold=0).utcoffset() != wall.replace(tzinfo=zone, fold=1).utcoffset()
        if not twice:  # such a time has no answer in a calendar's words
            assert wall.replace(tzinfo=read).utcoffset() == moment.astimezone(zone).utcoffset(), moment

    made = icalendar.Timezone.from_ical(timezone_of(zone, NOW).to_ical())
    assert isinstance(made, icalendar.Timezone)
    read = made.to_tz(lookup_tzid=False)
    compare()


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Shanghai"])
@pytest.mark.parametrize("month", [3, 10])
def test_it_is_at_the_same_moment_for_everybody_on_each_day_around_a_clock_change(
    zone: str, month: int
) -> None:
    manager = person(2, "Marta", zone)
    for day in range(1, 30):
        starts = datetime(2026, month, day, 13, 30, tzinfo=UTC)
        calendar = opened(calendar_file(invitation(starts), CHEN, manager, CHEN, NOW))
        (event,) = recurring_ical_events.of(calendar).between(starts - timedelta(1), starts + timedelta(1))
        own = icalendar.Timezone.to_tz(calendar.walk("VTIMEZONE")[0], lookup_tzid=False)
        for name, moment in (("DTSTART", starts), ("DTEND", starts + timedelta(minutes=45))):
            assert event[name].dt == moment
            assert event[name].params["TZID"] == zone
            assert event[name].dt.replace(tzinfo=own).astimezone(UTC) == moment


def test_it_says_who_when_and_how_often_it_was_changed() -> None:
    starts = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
    content = calendar_file(invitation(starts, 3), CHEN, MARTA, MARTA, NOW)
    calendar = opened(content)
    assert calendar["METHOD"] == "REQUEST"
    (event,) = calendar.walk("VEVENT")
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("7-abc@perfloop", 3, "CONFIRMED")
    assert event["DTSTAMP"].dt == NOW.replace(microsecond=0)
    assert str(event["ORGANIZER"]) == "mailto:p2@example.com"
    asked = {str(one): one.params for one in event["ATTENDEE"]}
    assert set(asked) == {"mailto:p1@example.com", "mailto:p2@example.com"}
    for parameters in asked.values():
        assert (parameters["PARTSTAT"], parameters["RSVP"]) == ("ACCEPTED", "FALSE")
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [
        timedelta(days=-1),
        timedelta(minutes=-15),
    ]
    assert event["SUMMARY"] == 'Feedback interview: 陈伟, “Wei”; \\n and Marta "M" Weber'


def test_a_cancellation_is_the_same_event_with_a_higher_number_and_no_reminder() -> None:
    was = invitation(datetime(2026, 3, 30, 8, 0, tzinfo=UTC), 3)
    gone = cancellation(was, 4)
    calendar = opened(calendar_file(gone, CHEN, MARTA, CHEN, NOW))
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 4)
    assert (event["UID"], event["DTSTART"].dt) == (was.uid, was.starts_at)
    assert not event.walk("VALARM")
    assert cancellation(was, 0).sequence == 4  # of another interview's number, the cancelled one's next


@pytest.mark.parametrize("reader", [CHEN, MARTA], ids=["in Chinese", "in English"])
def test_it_is_text_as_every_program_reads_it(reader: Person) -> None:
    content = calendar_file(invitation(datetime(2026, 3, 30, 8, 0, tzinfo=UTC)), CHEN, MARTA, reader, NOW)
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() for line in lines[:-1]), "a folded line is cut between characters"
    text = content.decode().replace("\r\n ", "")
    assert ("绩效面谈" in text) == (reader is CHEN)
    assert ("Feedback interview" in text) == (reader is MARTA)


@given(
    name=st.text(max_size=80),
    starts=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
@settings(deadline=None, max_examples=50)
def test_no_name_breaks_out_of_its_line(name: str, starts: datetime) -> None:
    named = person(1, name, "Asia/Shanghai")
    calendar = opened(
        calendar_file(invitation(starts.replace(second=0, microsecond=0)), named, MARTA, MARTA, NOW)
    )
    (event,) = calendar.walk("VEVENT")
    assert event["STATUS"] == "CONFIRMED"
    assert len(event["ATTENDEE"]) == 2
    assert {str(one) for one in event["ATTENDEE"]} == {"mailto:p1@example.com", "mailto:p2@example.com"}


def test_what_is_stored_is_no_invitation() -> None:
    starts = datetime(2026, 3, 30, 8, 0, tzinfo=UTC)
    stored = calendar_file(invitation(starts), CHEN, MARTA, CHEN, NOW, method=False)
    assert b"METHOD" not in stored
    assert stored.replace(b"\r\n ", b"").count(b"SCHEDULE-AGENT=CLIENT") == 3, (
        "the server sends nothing itself"
    )
    assert b"SCHEDULE-AGENT" not in calendar_file(invitation(starts), CHEN, MARTA, CHEN, NOW)


def test_an_invitation_outlasts_being_kept() -> None:
    one = invitation(datetime(2026, 3, 30, 8, 0, tzinfo=UTC))
    assert Invitation.from_json(one.as_json()) == one
