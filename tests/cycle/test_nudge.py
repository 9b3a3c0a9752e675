"""Nudges: in working hours, never twice, never about what is over; a snooze is kept to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.cycle.nudge import EVENING, MORNING, SNOOZES, nudge, snooze, snoozes, working_moment, works
from flows.people.person import Person
from storage.engine import Store, open_store

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)  # 09:00 in Berlin
DUE = datetime(2026, 3, 6, 15, tzinfo=UTC)  # Friday 16:00
UNTIL = datetime(2026, 3, 8, 23, tzinfo=UTC)
BERLIN = Person(
    0, "jonas@example.com", "Jonas", None, "Engineering", "L4", "", (), "Europe/Berlin", "en", None, None, "U1", True
)  # fmt: skip


@dataclass
class Desk:
    """One person with one task, in a database."""

    store: Store
    person: Person
    task: Task

    def nudge(self, now: datetime) -> Task:
        """What the tick does at `now`, if the moment has come."""
        with self.store.work() as records:
            for task in records.tasks.due(now, 10):
                nudge(records, task, now)
        return self.now()

    def now(self) -> Task:
        with self.store.work() as records:
            found = records.tasks.get(self.task.id)
        assert found
        return found

    def said(self) -> int:
        with self.store.work() as records:
            return len(records.messages.starting(f"task/{self.task.id}/"))

    def change(self, **fields: object) -> None:
        with self.store.work() as records:
            self.person = records.people.save(replace(self.person, **fields))  # type: ignore[arg-type]


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    store = open_store(sqlite_url, lambda: MONDAY)
    with store.work() as records:
        person = records.people.save(BERLIN)
        task = Task(0, "checkin", 1, person.id, "2026-03-02", "open", MONDAY, DUE, UNTIL, MONDAY)
        records.tasks.add([task])
        found = records.tasks.find("checkin", 1, person.id, "2026-03-02")
    assert found
    yield Desk(store, person, found)
    store.close()


def test_it_opens_and_reminds_on_the_day_it_is_due_and_then_is_quiet(desk: Desk) -> None:
    assert desk.nudge(MONDAY).next_at == datetime(2026, 3, 6, 8, tzinfo=UTC)
    assert desk.nudge(MONDAY + timedelta(days=1)).said == 1
    assert desk.nudge(datetime(2026, 3, 6, 8, tzinfo=UTC)).next_at == DUE
    assert desk.nudge(DUE).next_at == UNTIL
    assert desk.said() == 2
    over = desk.nudge(UNTIL)
    assert (over.state, over.next_at, over.live) == ("expired", None, None)
    assert desk.said() == 2


def test_a_tick_that_comes_twice_says_it_once(desk: Desk) -> None:
    desk.nudge(MONDAY)
    desk.nudge(MONDAY)
    assert desk.said() == 1


@pytest.mark.parametrize(
    ("back", "written"),
    [
        ("2026-03-02T20:00", "2026-03-03T08:00"),  # Monday evening: Tuesday 09:00
        ("2026-03-03T04:00", "2026-03-03T08:00"),  # Tuesday before nine
        ("2026-03-04T10:00", "2026-03-04T10:00"),  # Wednesday at eleven: at once
        ("2026-03-06T14:00", "2026-03-06T14:00"),  # Friday, an hour before it is due
    ],
)
def test_a_moment_that_was_missed_is_made_up_for_in_working_hours(
    desk: Desk, back: str, written: str
) -> None:
    now, then = (datetime.fromisoformat(f"{moment}+00:00") for moment in (back, written))
    desk.nudge(now)
    if now != then:
        assert desk.said() == 0
        assert desk.now().next_at == then
        desk.nudge(then)
    assert desk.said() == 1


def test_nothing_is_said_about_what_was_due_while_the_bot_was_down(desk: Desk) -> None:
    assert desk.nudge(DUE).next_at == UNTIL
    assert desk.nudge(UNTIL + timedelta(days=30)).state == "expired"
    assert desk.said() == 0


@pytest.mark.parametrize(
    ("away", "written"),
    [
        ((date(2026, 3, 2), date(2026, 3, 3)), datetime(2026, 3, 4, 8, tzinfo=UTC)),
        ((date(2026, 3, 2), date(2026, 3, 5)), datetime(2026, 3, 6, 8, tzinfo=UTC)),
        ((date(2026, 3, 2), date(2026, 3, 6)), None),
        ((date(2026, 1, 1), date(2027, 3, 6)), None),
    ],
)
def test_who_is_away_is_asked_when_they_are_back(
    desk: Desk, away: tuple[date, date], written: datetime | None
) -> None:
    desk.change(away=(away,))
    desk.nudge(MONDAY)
    assert desk.said() == 0
    if written:
        desk.nudge(written - timedelta(seconds=1))
        assert desk.said() == 0
        desk.nudge(written)
    for later in (DUE, UNTIL):
        desk.nudge(later)
    assert desk.said() == (1 if written else 0)


def test_who_has_left_hears_nothing_and_owes_nothing(desk: Desk) -> None:
    desk.change(active=False)
    gone = desk.nudge(MONDAY)
    assert (gone.state, gone.why, gone.next_at) == ("waived", "left", None)
    assert desk.said() == 0


def put_off(desk: Desk, choice: str, now: datetime) -> Task:
    with desk.store.work() as records:
        snooze.act(records, desk.person, (str(desk.task.id), choice), now)
    return desk.now()


def test_a_snooze_comes_when_it_was_said_to_and_once(desk: Desk) -> None:
    desk.nudge(MONDAY)
    at = MONDAY + timedelta(hours=9, minutes=20)  # 18:20: an hour later is after hours, but it was asked for
    put = put_off(desk, "hour", at)
    assert (put.snoozed, put.live, put.next_at) == (True, None, at + timedelta(hours=1))
    again = desk.nudge(at + timedelta(hours=1))
    assert (again.said, again.snoozed) == (2, False)
    assert again.next_at == datetime(2026, 3, 6, 8, tzinfo=UTC)


def test_a_snooze_that_was_missed_comes_in_working_hours(desk: Desk) -> None:
    desk.nudge(MONDAY)
    put_off(desk, "hour", MONDAY)
    assert desk.nudge(MONDAY + timedelta(hours=14)).next_at == MONDAY + timedelta(days=1)
    desk.nudge(MONDAY + timedelta(days=1))
    assert desk.said() == 2


@pytest.mark.parametrize("choice", ["monday", "week", "", "hour\x00"])
def test_what_is_not_offered_is_refused_and_changes_nothing(desk: Desk, choice: str) -> None:
    before = desk.nudge(MONDAY)
    with pytest.raises(Refusal):
        put_off(desk, choice, MONDAY)
    assert desk.now() == before


def test_what_is_done_is_not_put_off(desk: Desk) -> None:
    with desk.store.work() as records:
        records.tasks.save(replace(desk.task, state="done", next_at=None))
    with pytest.raises(Refusal, match="done or closed"):
        put_off(desk, "hour", MONDAY)


# From 2026 to the end of 2028.
WHEN = st.integers(1_767_225_600, 1_861_919_999).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from(
    ["Europe/Berlin", "Asia/Shanghai", "Asia/Kolkata", "America/New_York", "Africa/Cairo", "UTC"]
)
LEAVES = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 30)), max_size=3
).map(lambda found: tuple((first, first + timedelta(days=days)) for first, days in found))


@given(WHEN, ZONES, LEAVES)
def test_a_working_moment_is_the_first_in_a_persons_working_hours(
    now: datetime, zone: str, away: tuple[tuple[date, date], ...]
) -> None:
    person = replace(BERLIN, zone=zone, away=away)
    moment = working_moment(person, now)
    local, asked = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    assert moment >= now
    assert works(person, local.date())
    assert MORNING <= local.time() < EVENING
    if moment > now:
        assert local.time() == MORNING
        days = (local.date() - asked.date()).days
        between = [asked.date() + timedelta(days=n) for n in range(days)]
        assert [day for day in between[1:] if works(person, day)] == []
        assert not works(person, asked.date()) or asked.time() >= EVENING or asked.time() < MORNING


@given(WHEN, ZONES, LEAVES, st.timedeltas(timedelta(hours=-1), timedelta(days=14)))
def test_a_snooze_is_offered_only_before_the_end_and_on_a_working_day(
    now: datetime, zone: str, away: tuple[tuple[date, date], ...], left: timedelta
) -> None:
    person = replace(BERLIN, zone=zone, away=away)
    task = Task(1, "checkin", 1, 1, "r", "open", now, now + left, now + timedelta(days=15), now)
    for name, moment in snoozes(task, person, now).items():
        local = moment.astimezone(ZoneInfo(zone))
        assert name in SNOOZES
        assert now < moment < (task.due_at if now < task.due_at else task.until)
        if name != "hour":
            assert works(person, local.date())
            assert local.time() == time(9)
        if name == "monday":
            assert local.weekday() == 0
