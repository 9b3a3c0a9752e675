"""Calendars as they are kept: secrets locked away, busy times replaced as a whole, writings once each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from flows.interviews.calendars import Access, Calendar, Writing
from flows.interviews.invitation import Invitation
from storage.engine import Store
from storage.keys import KeyMissing
from tests.storage.conftest import Hire

URL = "https://calendar.example.com/private-0123456789abcdef/basic.ics"
HOUR = timedelta(hours=1)


def connected(store: Store, person: int, now: datetime, access: Access | None = None) -> Calendar:
    calendar = Calendar(person, "feed", "calendar.example.com", now, now)
    with store.work() as records:
        records.calendars.connect(calendar, access or Access(URL))
    return calendar


def everything(store: Store) -> str:
    with store.engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM calendar")).all()
    return repr([[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in rows])


def test_how_it_is_reached_is_kept_locked_and_opens_where_it_is_kept(
    store: Store, hire: Hire, now: datetime, tmp_path: Path
) -> None:
    kavya, chen = hire("Kavya"), hire("Chen")
    access = Access(URL, "kavya", "app-password", "https://dav.example.com/k/c/")
    calendar, other = connected(store, kavya.id, now, access), connected(store, chen.id, now)
    with store.work() as records:
        assert records.calendars.access_of(calendar) == access
        assert records.calendars.access_of(other) == Access(URL)
        assert records.calendars.access_of(replace(calendar, connected_at=now - HOUR)) is None
    kept = everything(store)
    for secret in ("private-0123", "app-password", "basic.ics"):
        assert secret not in kept
        assert secret not in repr(access)
    key = tmp_path / "keys" / "calendars.key"
    assert key.stat().st_mode & 0o077 == 0
    assert store.keys.cycles() == set()
    key.unlink()
    with store.work() as records, pytest.raises(KeyMissing):
        records.calendars.access_of(calendar)


def test_a_new_one_takes_the_place_of_the_former_and_of_its_busy_times(
    store: Store, hire: Hire, now: datetime
) -> None:
    kavya = hire("Kavya")
    first = connected(store, kavya.id, now)
    with store.work() as records:
        records.calendars.set_busy(kavya.id, [(now, now + HOUR)])
    second = connected(store, kavya.id, now + HOUR, Access("https://other.example.com/"))
    with store.work() as records:
        assert records.calendars.get(kavya.id) == second
        assert records.calendars.busy_of([kavya.id], now, now + HOUR) == {}
        assert not records.calendars.save(replace(first, busy=7)), "what came of the former one is not kept"
        assert records.calendars.get(kavya.id) == second
        assert records.calendars.disconnect(kavya.id)
        assert not records.calendars.disconnect(kavya.id)
        assert records.calendars.get(kavya.id) is None


def test_busy_times_are_found_where_they_touch(store: Store, hire: Hire, now: datetime) -> None:
    kavya, chen = hire("Kavya"), hire("Chen")
    with store.work() as records:
        records.calendars.set_busy(kavya.id, [(now + 5 * HOUR, now + 6 * HOUR), (now, now + HOUR)])
        records.calendars.set_busy(kavya.id, [(now + 2 * HOUR, now + 3 * HOUR), (now, now + HOUR)])
        records.calendars.set_busy(chen.id, [(now, now + HOUR)])

        def busy(since: int, until: int) -> list[int]:
            found = records.calendars.busy_of([kavya.id], now + since * HOUR, now + until * HOUR)
            return [(start - now) // HOUR for start, _ in found.get(kavya.id, ())]

        assert busy(0, 9) == [0, 2]
        assert busy(1, 2) == []
        assert busy(2, 9) == [2]
        both = records.calendars.busy_of([kavya.id, chen.id], now, now + HOUR)
        assert both == {kavya.id: [(now, now + HOUR)], chen.id: [(now, now + HOUR)]}
        assert records.calendars.forget_busy(kavya.id, now + 2 * HOUR) == 1
        assert busy(0, 9) == [2]


def test_what_is_due_is_one_s_own_until_the_lease_is_over(store: Store, hire: Hire, now: datetime) -> None:
    people = [hire(name).id for name in ("Ana", "Bo", "Cy")]
    for person in people:
        connected(store, person, now)
    with store.work() as records:
        assert records.calendars.claim(now - HOUR, now, 5) == []
        assert len(records.calendars.claim(now, now + HOUR, 2)) == 2
        assert len(records.calendars.claim(now, now + HOUR, 2)) == 1
        assert records.calendars.claim(now, now + HOUR, 2) == []
        assert len(records.calendars.claim(now + HOUR, now + 2 * HOUR, 5)) == 3


def test_of_one_event_the_last_version_is_written(store: Store, hire: Hire, now: datetime) -> None:
    kavya, chen = hire("Kavya"), hire("Chen")
    invitation = Invitation(1, "1@perfloop", 1, kavya.id, chen.id, now, now + HOUR)
    first = Writing(kavya.id, invitation.uid, 1, invitation, now)
    second = replace(first, sequence=2, invitation=replace(invitation, sequence=2, cancelled=True))
    with store.work() as records:
        records.calendars.write(first)
        assert records.calendars.claim_writing(now, now + HOUR, 5) == [first]
        records.calendars.write(second)
        assert not records.calendars.written(first), "it waits for the second"
        records.calendars.put_off(replace(first, tries=4, next_at=now + 9 * HOUR))
        assert records.calendars.claim_writing(now, now + HOUR, 5) == [second]
        assert records.calendars.claim_writing(now, now + HOUR, 5) == []
        assert records.calendars.writings_of(kavya.id) == [replace(second, next_at=now + HOUR)]
        assert records.calendars.written(second)
        assert not records.calendars.written(second)
