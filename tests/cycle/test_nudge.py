"""Nudges: in working hours, once for each milestone, never about what is over; what was missed is made up for or counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.owed import Message, Task
from flows.core.refusal import Refusal
from flows.cycle.calendar import local_day
from flows.cycle.nudges.nudge import (
    EVENING,
    MORNING,
    SNOOZES,
    Outlook,
    outlook,
    snoozes,
    working_moment,
    works,
)
from flows.cycle.nudges.pace import A_WEEK, allowed_moment, has_room
from flows.cycle.nudges.snooze import snooze
from flows.cycle.template import NudgePolicy
from storage.engine import open_store
from tests.cycle.office import BERLIN, DAY, DUE, HOUR, MONDAY, UNTIL, Office


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    store = open_store(sqlite_url, lambda: MONDAY)
    yield Office.opened(store)
    store.close()


def at(text: str) -> datetime:
    """A moment in UTC of March 2026: "10 08:00"."""
    return datetime.strptime(f"2026-03-{text} +0000", "%Y-%m-%d %H:%M %z")


def test_it_is_spoken_of_six_times_and_then_closed(office: Office) -> None:
    task = office.owe()
    assert office.run(UNTIL + DAY) == [
        "2026-03-02", "2026-03-10", "2026-03-12", "2026-03-13", "2026-03-16", "2026-03-17",
    ]  # fmt: skip
    over = office.task(task)
    assert (over.state, over.said, over.next_at, over.live) == ("expired", 6, None, None)
    assert office.missed == 0


def test_a_tick_that_comes_twice_says_it_once_and_so_does_a_task_that_is_woken(office: Office) -> None:
    task = office.owe()
    assert office.tick(MONDAY) == ["2026-03-02"]
    assert office.tick(MONDAY) == []
    for moment in (MONDAY, MONDAY + 3 * HOUR, at("04 12:00"), at("10 07:59")):
        office.keep(task, next_at=moment)
        assert office.tick(moment) == []
    assert office.task(task).next_at == at("10 08:00")
    assert office.tick(at("10 08:00")) == ["2026-03-10"]


def test_what_is_done_is_never_spoken_of(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    office.keep(task, state="done", next_at=None)
    assert office.run(UNTIL + DAY) == []


@pytest.mark.parametrize(
    ("back", "written"),
    [
        ("02 20:00", "03 08:00"),  # Monday evening: Tuesday 09:00
        ("03 04:00", "03 08:00"),  # Tuesday before nine
        ("04 10:00", "04 10:00"),  # Wednesday at eleven: at once
        ("07 10:00", "09 08:00"),  # Saturday: Monday
        ("11 08:30", "11 08:30"),  # three days before was yesterday: one message for both
        ("13 17:00", "13 17:00"),  # the last day at six
    ],
)
def test_what_was_missed_is_made_up_for_once_in_working_hours(
    office: Office, back: str, written: str
) -> None:
    task = office.owe()
    said = office.tick(at(back))
    if back != written:
        assert said == []
        assert office.task(task).next_at == at(written)
        said = office.tick(at(written))
    assert said == [f"2026-03-{written[:2]}"]
    assert office.missed == 0


def test_what_can_not_be_made_up_for_is_counted_and_the_operator_sees_it(office: Office) -> None:
    office.owe()
    assert office.tick(at("14 12:00")) == []  # Saturday: opening, three days, one day, the day itself
    assert office.missed == 4
    with office.store.work() as records:
        ((_, _, detail),) = records.audit.latest("nudge.missed", MONDAY)
    assert detail == {"count": 4}
    assert office.run(UNTIL) == ["2026-03-16", "2026-03-17"]
    assert office.missed == 4


@pytest.mark.parametrize(
    ("down", "missed", "said"), [("00:00:05", 0, 1), ("01:00:00", 0, 1), ("03:00:00", 0, 1)]
)
def test_a_short_outage_loses_nothing(office: Office, down: str, missed: int, said: int) -> None:
    office.owe()
    hours, minutes, seconds = (int(part) for part in down.split(":"))
    back = MONDAY + timedelta(hours=hours, minutes=minutes, seconds=seconds)
    assert len(office.tick(back)) == said
    assert office.missed == missed


def test_after_three_days_down_everything_comes_in_one_message(office: Office) -> None:
    for subject in ("goals", "talk", "form"):
        office.owe(subject)
    office.tell("A date has moved.")
    assert office.tick(at("05 09:00")) == ["2026-03-05"]
    assert office.tick(at("05 09:01")) == []


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        (("2026-03-02", "2026-03-03"), ["2026-03-04", "2026-03-10", "2026-03-12", "2026-03-13"]),
        (("2026-03-01", "2026-03-12"), ["2026-03-13"]),
        (("2026-03-12", "2026-03-13"), ["2026-03-02", "2026-03-10", "2026-03-11"]),
    ],
)
def test_who_is_away_is_asked_around_it(office: Office, away: tuple[str, str], expected: list[str]) -> None:
    office.ann = office.change(office.ann, away=((date.fromisoformat(away[0]), date.fromisoformat(away[1])),))
    office.owe()
    assert office.run(DUE) == expected


def test_a_leave_that_is_entered_on_the_very_morning_holds(office: Office) -> None:
    office.owe()
    office.tick(MONDAY)
    office.ann = office.change(office.ann, away=((date(2026, 3, 10), date(2026, 3, 10)),))
    assert office.tick(at("10 08:00")) == []
    assert office.run(at("12 07:00")) == ["2026-03-11"]


def test_who_has_left_hears_nothing_and_owes_nothing(office: Office) -> None:
    task = office.owe()
    office.tell("Some news.")
    office.change(office.ann, active=False)
    assert office.tick(MONDAY) == []
    gone = office.task(task)
    assert (gone.state, gone.why, gone.next_at) == ("waived", "left", None)


def test_nothing_is_said_while_it_is_paused_and_what_is_due_when_it_goes_on(office: Office) -> None:
    task = office.owe(scope=3)
    assert office.run(at("04 12:00")) == []
    assert office.task(task).next_at == UNTIL
    office.keep(task, scope=1)
    with office.store.work() as records:
        records.tasks.wake(["self"], 1, at("04 12:00"))
    assert office.tick(at("04 12:00")) == ["2026-03-04"]
    assert office.run(DUE) == ["2026-03-10", "2026-03-12", "2026-03-13"]


def test_a_moved_date_is_said_once_at_the_next_working_moment(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    moved = DUE + 7 * DAY
    office.keep(task, due_at=moved, until=UNTIL + 7 * DAY, next_at=at("04 20:00"))
    assert office.tick(at("04 20:00")) == []
    assert office.task(task).next_at == at("05 08:00")
    assert office.tick(at("05 08:00")) == ["2026-03-05"]
    assert "the date has moved: now Friday 20 March, 23:59" in str(office.day("2026-03-05"))
    assert office.run(moved) == ["2026-03-17", "2026-03-19", "2026-03-20"]


def test_a_date_that_is_moved_back_at_once_is_not_news(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    office.keep(task, due_at=DUE + 7 * DAY)
    office.keep(task, due_at=DUE, next_at=at("03 10:00"))
    assert office.tick(at("03 10:00")) == []


def test_a_person_who_moves_to_another_zone_is_not_asked_again(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    office.change(office.ann, zone="America/Los_Angeles")  # where it is still the night to Monday
    office.keep(task, next_at=MONDAY + HOUR)
    assert office.run(at("10 12:00")) == []
    assert office.run(at("10 17:00")) == ["2026-03-10"]  # 09:00 there, with the clocks gone forward


def test_an_opening_at_an_hour_of_hr_is_kept_to_and_any_other_waits_for_the_morning(office: Office) -> None:
    early = datetime(2026, 3, 2, 5, tzinfo=UTC)  # 06:00
    office.owe("hr", scope=4, opens_at=early)
    assert office.tick(early) == ["2026-03-02"]
    ben = office.hire("Ben")
    late = datetime(2026, 3, 3, 20, tzinfo=UTC)
    office.owe("other", ben, opens_at=late)
    assert office.tick(late) == []
    assert office.tick(late + 11 * HOUR) == []
    assert office.tick(at("04 08:00")) == [f"day/{ben.id}/2026-03-04"]
    office.owe("missed", ben, scope=4, opens_at=datetime(2026, 3, 5, 5, tzinfo=UTC))
    assert office.tick(datetime(2026, 3, 5, 6, 30, tzinfo=UTC)) == []
    assert office.tick(at("05 08:00")) == [f"day/{ben.id}/2026-03-05"]


def test_one_who_fails_holds_up_nobody_and_is_tried_again(office: Office) -> None:
    broken = office.owe("broken", scope=99)
    ben = office.hire("Ben")
    office.owe("goals", ben)
    assert office.tick(MONDAY) == [f"day/{ben.id}/2026-03-02"]
    assert office.task(broken).next_at == MONDAY + HOUR


def put_off(office: Office, task: int, choice: str, now: datetime) -> Task:
    with office.store.work() as records:
        snooze.act(records, office.ann, (str(task), choice), now)
    return office.task(task)


def test_a_snooze_comes_when_it_was_said_to_and_once(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    evening = MONDAY + timedelta(
        hours=9, minutes=20
    )  # 18:20: an hour later is after hours, but it was asked for
    put = put_off(office, task, "hour", evening)
    assert (put.snoozed, put.next_at) == (True, evening + HOUR)
    assert office.tick(evening + HOUR) == [f"snooze/{task}/1"]
    assert office.count(office.ann, date(2026, 3, 2)) == 1  # what was asked for does not count
    again = office.task(task)
    assert (again.said, again.snoozed, again.next_at) == (2, False, at("10 08:00"))


def test_a_snooze_replaces_the_moments_on_its_way(office: Office) -> None:
    task = office.owe()
    office.tick(at("02 08:00"))
    office.tick(at("10 08:00"))
    office.keep(task, snoozed=True, next_at=at("13 09:00"))  # over the message of the day before the last
    assert office.run(at("13 09:30")) == [f"snooze/{task}/2"]
    assert office.run(DUE) == []  # what came on the last day stands for it


def test_a_snooze_that_was_missed_comes_in_working_hours(office: Office) -> None:
    task = office.owe()
    office.tick(MONDAY)
    put_off(office, task, "hour", MONDAY)
    assert office.tick(MONDAY + timedelta(hours=14)) == []
    assert office.tick(MONDAY + DAY) == [f"snooze/{task}/1"]


def test_a_snooze_rides_in_the_days_digest_if_one_is_written_then(office: Office) -> None:
    first = office.owe()
    office.tick(MONDAY)
    put_off(office, first, "tomorrow", MONDAY)
    office.owe("talk", opens_at=MONDAY + DAY)
    assert office.tick(MONDAY + DAY) == ["2026-03-03"]
    assert office.task(first).said == 2


@pytest.mark.parametrize("choice", ["week", "", "hour\x00"])
def test_what_is_not_offered_is_refused_and_changes_nothing(office: Office, choice: str) -> None:
    task = office.owe()
    office.tick(MONDAY)
    before = office.task(task)
    with pytest.raises(Refusal):
        put_off(office, task, choice, MONDAY)
    assert office.task(task) == before


def test_a_snooze_does_not_pass_the_deadline(office: Office) -> None:
    task = office.owe(due_at=MONDAY + 30 * HOUR, until=MONDAY + 40 * HOUR)
    office.tick(MONDAY)
    with pytest.raises(Refusal, match="after the deadline"):
        put_off(office, task, "monday", MONDAY)
    put_off(office, task, "tomorrow", MONDAY)


def test_what_is_done_is_not_put_off(office: Office) -> None:
    task = office.owe()
    office.keep(task, state="done", next_at=None)
    with pytest.raises(Refusal, match="done or closed"):
        put_off(office, task, "hour", MONDAY)


def test_a_day_that_another_message_takes_gives_its_nudge_to_the_free_day_before(office: Office) -> None:
    task = office.owe()
    taken(office, date(2026, 3, 13))  # Friday, the last day: a manager's digest is planned
    office.tick(MONDAY)
    assert office.run(at("12 07:00")) == ["2026-03-10"]
    assert office.run(DUE) == ["2026-03-12"]
    assert office.count(office.ann, date(2026, 3, 13)) == 1
    assert office.task(task).said == 3


def test_what_can_not_be_said_today_is_folded_into_the_next_working_morning(office: Office) -> None:
    taken(office, date(2026, 3, 2))
    task = office.owe()
    assert office.tick(MONDAY) == []
    assert office.task(task).next_at == at("03 08:00")
    assert office.run(at("09 12:00")) == ["2026-03-03"]


def test_nothing_is_said_where_no_day_is_left_before_the_deadline(office: Office) -> None:
    for day in (2, 3, 4):
        taken(office, date(2026, 3, day))
    due = at("04 22:59")
    office.owe(due_at=due, until=due + HOUR)
    assert office.run(due + DAY) == []
    assert office.missed == 0


def test_four_a_week_and_the_rest_waits_for_monday(office: Office) -> None:
    for day in (2, 3, 4, 5):
        office.owe(
            f"task {day}", opens_at=at(f"{day:02} 08:00"), due_at=DUE + 14 * DAY, until=UNTIL + 14 * DAY
        )
    office.owe("one too many", opens_at=at("06 08:00"), due_at=DUE + 14 * DAY, until=UNTIL + 14 * DAY)
    assert office.run(at("09 07:59")) == [f"2026-03-{day:02}" for day in (2, 3, 4, 5)]
    assert office.run(at("09 12:00")) == ["2026-03-09"]


def taken(office: Office, day: date) -> None:
    """Another message of that day that the person did not ask for."""
    with office.store.work() as records:
        due = datetime.combine(day, MONDAY.timetz()) + 4 * HOUR
        records.messages.write(Message(f"other/{day}", "broadcast", {}, due, office.ann.id, day=day))


# From 2026 to the end of 2028.
WHEN = st.integers(1_767_225_600, 1_861_919_999).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.sampled_from(
    ["Europe/Berlin", "Asia/Shanghai", "Asia/Kolkata", "America/New_York", "Africa/Cairo", "UTC"]
)
LEAVES = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 30)), max_size=3
).map(lambda found: tuple((first, first + timedelta(days=days)) for first, days in found))
TAKEN = st.dictionaries(st.integers(-3, 12), st.integers(1, 2), max_size=6)


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


@given(WHEN, ZONES, LEAVES, TAKEN)
def test_an_allowed_moment_leaves_no_day_two_messages_and_no_week_five(
    now: datetime, zone: str, away: tuple[tuple[date, date], ...], some: dict[int, int]
) -> None:
    person = replace(BERLIN, zone=zone, away=away)
    today = local_day(now, zone)
    taken = {today + timedelta(days=n): number for n, number in some.items()}
    moment = allowed_moment(person, now, taken)
    day = local_day(moment, zone)
    assert moment >= now
    assert works(person, day)
    assert day not in taken
    week = [number for on, number in taken.items() if on.isocalendar()[:2] == day.isocalendar()[:2]]
    assert sum(week) < A_WEEK
    assert has_room(day, taken)


@given(WHEN, ZONES, LEAVES, st.timedeltas(timedelta(hours=-1), timedelta(days=14)))
def test_a_snooze_is_offered_only_before_the_end_and_on_a_working_day(
    now: datetime, zone: str, away: tuple[tuple[date, date], ...], left: timedelta
) -> None:
    person = replace(BERLIN, zone=zone, away=away)
    task = Task(1, "self", 1, 1, "r", "open", now, now + left, now + timedelta(days=15), now)
    for name, moment in snoozes(task, person, now).items():
        local = moment.astimezone(ZoneInfo(zone))
        assert name in SNOOZES
        assert now < moment < (task.due_at if now < task.due_at else task.until)
        if name != "hour":
            assert works(person, local.date())
            assert local.time() == MORNING
        if name == "monday":
            assert local.weekday() == 0


@given(
    WHEN,
    ZONES,
    LEAVES,
    TAKEN,
    st.integers(1, 40),
    st.integers(0, 60 * 24 * 40),
    st.none() | st.integers(0, 30),
)
def test_an_outlook_never_stands_still_and_speaks_only_when_it_may(
    opens: datetime,
    zone: str,
    away: tuple[tuple[date, date], ...],
    some: dict[int, int],
    length: int,
    minutes: int,
    said: int | None,
) -> None:
    person = replace(BERLIN, zone=zone, away=away)
    due = opens + timedelta(days=length)
    now = opens + timedelta(minutes=minutes)
    said_at = None if said is None else min(now, opens + timedelta(days=said))
    told = None if said is None else due
    task = Task(1, "self", 1, 1, "r", "open", opens, due, due + 60 * DAY, now, said_at=said_at, told_due=told)
    today = local_day(now, zone)
    taken = {today + timedelta(days=n): number for n, number in some.items()}
    found = outlook(task, person, NudgePolicy(), taken, now)
    if found.say:
        assert today not in taken
        assert works(person, today)
        after = replace(task, said_at=now, told_due=due, said=1)
        assert not outlook(after, person, NudgePolicy(), taken, now).say
        assert not outlook(after, person, NudgePolicy(), {**taken, today: 1}, now).say
    else:
        assert isinstance(found, Outlook)
        assert now < found.next_at <= task.until
