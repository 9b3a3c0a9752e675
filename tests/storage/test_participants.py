"""Who takes part in a cycle, and statements over all open tasks of a phase at once, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from flows.core.records import Task
from flows.core.words import Words
from flows.cycle.records import Audience, Cycle, Participant
from flows.cycle.template import Phase, Template
from storage.engine import Store

HOUR = timedelta(hours=1)
OPENS = datetime(2026, 11, 16, 1, tzinfo=UTC)
DUE = datetime(2026, 11, 27, 16, tzinfo=UTC)
UNTIL = datetime(2026, 12, 4, 16, tzinfo=UTC)
TEMPLATE = Template(
    "short", Words("Short", "短"), "quarter", (Phase("goals", Words("Goals", "目标"), 0, 10, "goals"),)
)


@pytest.fixture
def cycle(store: Store, hire: Any, now: datetime) -> Cycle:
    owner = hire("Hana", department="People")
    draft = Cycle(0, "live", "Q4", date(2026, 11, 16), TEMPLATE, Audience(), owner.id, now, launched_at=now)
    with store.work() as records:
        return records.cycles.save(draft)


def place(cycle: Cycle, person: Any, **other: Any) -> Participant:
    row = Participant(
        cycle.id, person.id, "in", person.manager, person.department, person.level, person.zone,
        person.language, cycle.created_at,
    )  # fmt: skip
    return replace(row, **other)


def task(cycle: Cycle, person: Any, **other: Any) -> Task:
    row = Task(0, "goals", cycle.id, person.id, "goals", "open", OPENS, DUE, UNTIL, next_at=OPENS)
    return replace(row, **other)


def find(store: Store, cycle: Cycle, person: Any, subject: str = "goals") -> Task:
    with store.work() as records:
        found = records.tasks.find("goals", cycle.id, person.id, subject)
    assert found is not None
    return found


def test_a_place_is_kept_once_and_read_back_as_it_was(store: Store, hire: Any, cycle: Cycle) -> None:
    ann = hire("Ann")
    own = place(cycle, ann, extended={"goals": date(2026, 12, 1)}, why="joined later")
    with store.work() as records:
        assert records.participants.add([own]) == 1
        assert records.participants.add([replace(own, why="again")]) == 0
    with store.work() as records:
        assert records.participants.get(cycle.id, ann.id) == own
        assert records.participants.extended(cycle.id) == [own]
        records.participants.save(replace(own, place="out"))
        assert records.participants.slice(cycle.id, 0, 10) == []
        assert records.participants.extended(cycle.id) == []
        assert records.participants.known(cycle.id, [ann.id, 999]) == {ann.id}


def test_a_place_is_held_as_it_stands_now(store: Store, hire: Any, cycle: Cycle) -> None:
    ann = hire("Ann")
    with store.work() as records:
        records.participants.add([place(cycle, ann)])
        assert records.participants.lock(cycle.id, ann.id) == place(cycle, ann)
        records.participants.save(place(cycle, ann, place="out"))
        assert records.participants.lock(cycle.id, ann.id) == place(cycle, ann, place="out")
        assert records.participants.lock(cycle.id + 1, ann.id) is None


def test_places_are_gone_through_in_slices(store: Store, hire: Any, cycle: Cycle) -> None:
    people = [hire(f"P{n}") for n in range(5)]
    with store.work() as records:
        records.participants.add([place(cycle, person) for person in people])
        first = records.participants.slice(cycle.id, 0, 3)
        rest = records.participants.slice(cycle.id, first[-1].person, 3)
    assert [one.person for one in [*first, *rest]] == [person.id for person in people]


def test_counts_zones_and_who_has_no_manager(store: Store, hire: Any, cycle: Cycle) -> None:
    boss = hire("Boss", zone="Europe/Berlin")
    ann, ben = hire("Ann", manager=boss), hire("Ben", manager=boss, department="Legal")
    with store.work() as records:
        records.participants.add([place(cycle, one) for one in (boss, ann, ben)])
        records.participants.add([place(cycle, hire_out(records), place="asked")])
    with store.work() as records:
        assert records.participants.count(cycle.id) == {"Legal": 1, "Sales": 2}
        assert records.participants.zones(cycle.id) == {"Asia/Shanghai": 2, "Europe/Berlin": 1}
        assert [one.person for one in records.participants.without_manager(cycle.id)] == [boss.id]
        assert records.participants.managers(cycle.id) == [boss.id]
        assert [one.person for one in records.participants.led_by(cycle.id, boss.id)] == [ann.id, ben.id]
        assert [one.person for one in records.participants.many(cycle.id, [ben.id, 77])] == [ben.id]


def hire_out(records: Any) -> Any:
    """One more person, in the transaction that is open."""
    someone = records.people.slice(0, 1)[0]
    return records.people.save(replace(someone, id=0, email="x@example.com", name="X", account=None))


@pytest.mark.parametrize(
    ("audience", "meant"),
    [
        (Audience(), "ABCD"),
        (Audience(departments=("Sales",)), "AB"),
        (Audience(departments=("Sales", "Legal"), levels=("P6",)), "C"),
        (Audience(levels=("P5",)), "ABD"),
        (Audience(people=(1,)), ""),
        (Audience(departments=("Sales",), without=(-1,)), "B"),
        (Audience(people=(-4,), departments=("Legal",)), "CD"),
        (Audience(people=(-4, -1), without=(-4,)), "A"),
        (Audience(departments=("Nowhere",)), ""),
    ],
)
def test_the_database_counts_whom_the_audience_means(
    store: Store, hire: Any, audience: Audience, meant: str
) -> None:
    """Ids are given as -1 for A, -2 for B and so on."""
    people = [
        hire("A"), hire("B"), hire("C", department="Legal", level="P6"), hire("D", department="People"),
        hire("E", active=False),
    ]  # fmt: skip
    ids = {-n: person.id for n, person in enumerate(people, 1)} | {1: 999}
    audience = replace(
        audience,
        people=tuple(ids[n] for n in audience.people),
        without=tuple(ids[n] for n in audience.without),
    )
    with store.work() as records:
        rows = records.participants.meant(audience)
    assert [person.name for person in people if audience.has(person)] == list(meant)
    assert sum(row[-1] for row in rows) == len(meant)


def test_the_people_of_hr_are_found(store: Store, hire: Any) -> None:
    hire("Ann", roles=("auditor", "operator"))
    hire("Gone", roles=("hr",), active=False)
    partner, admin = hire("Pat", roles=("hr:Sales",)), hire("Ada", roles=("operator", "hr"))
    with store.work() as records:
        assert records.people.hr() == [admin, partner]


def test_a_cycle_is_held_as_it_stands_now(store: Store, cycle: Cycle) -> None:
    with store.work() as records:
        assert records.cycles.get(cycle.id) == cycle
        assert records.cycles.lock(cycle.id) == cycle
        assert records.cycles.lock(999) is None


def moments(day: int) -> tuple[datetime, datetime, datetime]:
    """The same days in a zone as many hours behind."""
    shift = timedelta(hours=day)
    return OPENS + shift, DUE + shift + 7 * 24 * HOUR, UNTIL + shift + 7 * 24 * HOUR


def test_all_open_tasks_of_a_phase_move_by_the_zone_of_whoever_does_them(
    store: Store, hire: Any, cycle: Cycle, now: datetime
) -> None:
    ann, ben = hire("Ann"), hire("Ben", zone="Europe/Berlin")
    cy, dee, eve = hire("Cy"), hire("Dee"), hire("Eve", zone="America/New_York")
    before = [
        task(cycle, ann), task(cycle, ben), task(cycle, cy, state="done"),
        task(cycle, dee, owner=dee.id), task(cycle, eve), task(cycle, ann, subject="other"),
    ]  # fmt: skip
    by_zone = {"Asia/Shanghai": moments(0), "Europe/Berlin": moments(7)}
    with store.work() as records:
        records.tasks.add(before)
        assert records.tasks.zones(("goals",), cycle.id, "goals") == [
            "America/New_York", "Asia/Shanghai", "Europe/Berlin",
        ]  # fmt: skip
        assert records.tasks.move(("goals", "review"), cycle.id, "goals", by_zone, now, [dee.id]) == 2
    for person, expected in ((ann, moments(0)), (ben, moments(7))):
        moved = find(store, cycle, person)
        assert (moved.opens_at, moved.due_at, moved.until, moved.next_at) == (*expected, now)
    for person, subject in ((cy, "goals"), (dee, "goals"), (eve, "goals"), (ann, "other")):
        assert find(store, cycle, person, subject).due_at == DUE


def test_a_task_that_was_put_off_keeps_its_moment_unless_it_would_be_too_late(
    store: Store, hire: Any, cycle: Cycle, now: datetime
) -> None:
    ann, ben, cy = hire("Ann"), hire("Ben"), hire("Cy")
    due = now + 48 * HOUR
    with store.work() as records:
        records.tasks.add([
            task(cycle, ann, snoozed=True, next_at=now + HOUR),
            task(cycle, ben, snoozed=True, next_at=now + 72 * HOUR),
            task(cycle, cy, next_at=now + 72 * HOUR, said=1),
        ])  # fmt: skip
        assert (
            records.tasks.move(("goals",), cycle.id, "goals", {"Asia/Shanghai": (OPENS, due, due)}, now) == 3
        )
    assert [find(store, cycle, person).next_at for person in (ann, ben, cy)] == [now + HOUR, due, now]


def test_a_phase_that_has_not_opened_is_looked_at_when_it_opens(
    store: Store, hire: Any, cycle: Cycle, now: datetime
) -> None:
    ann = hire("Ann")
    ahead = (now + 24 * HOUR, now + 48 * HOUR, now + 72 * HOUR)
    with store.work() as records:
        records.tasks.add([task(cycle, ann)])
        assert records.tasks.move(("goals",), cycle.id, "goals", {"Asia/Shanghai": ahead}, now) == 1
        assert records.tasks.move(("goals",), cycle.id, "goals", {}, now) == 0
    assert find(store, cycle, ann).next_at == ahead[0]


def test_waking_a_cycle_leaves_what_is_put_off(store: Store, hire: Any, cycle: Cycle, now: datetime) -> None:
    ann, ben, cy, dee, eve = (hire(name) for name in ("Ann", "Ben", "Cy", "Dee", "Eve"))
    with store.work() as records:
        records.tasks.add([
            task(cycle, ann, next_at=UNTIL),
            task(cycle, ben, snoozed=True, next_at=now + HOUR),
            task(cycle, cy, opens_at=now + HOUR, next_at=None),
            task(cycle, dee, state="done", next_at=None),
            task(cycle, eve, snoozed=True, next_at=UNTIL),
        ])  # fmt: skip
        assert records.tasks.wake(("goals",), cycle.id, now) == 4
    assert [find(store, cycle, person).next_at for person in (ann, ben, cy, dee, eve)] == [
        now, now + HOUR, now + HOUR, None, now,
    ]  # fmt: skip


def test_closing_ends_what_is_open_and_names_its_live_messages(
    store: Store, hire: Any, cycle: Cycle, now: datetime
) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        records.tasks.add([
            task(cycle, ann, live="m1"), task(cycle, ann, subject="b", live="m1"),
            task(cycle, ben, state="done", live="m2"), task(cycle, ben, subject="b"),
            task(cycle, ben, kind="checkin", live="m3"),
        ])  # fmt: skip
        assert records.tasks.expire_all(("goals", "review"), cycle.id) == ["m1"]
        assert sorted(records.tasks.counted(("goals",), cycle.id)) == [
            ("b", "", "expired", 2), ("goals", "", "done", 1), ("goals", "", "expired", 1),
        ]  # fmt: skip
        assert len(records.tasks.open_of(ben.id)) == 1
    assert (find(store, cycle, ann).live, find(store, cycle, ann).next_at) == (None, None)


def test_who_is_late_is_counted_by_owner_in_slices(
    store: Store, hire: Any, cycle: Cycle, now: datetime
) -> None:
    ann, ben, cy, dee = (hire(name) for name in ("Ann", "Ben", "Cy", "Dee"))
    past = now - HOUR
    with store.work() as records:
        records.tasks.add([
            task(cycle, ann, due_at=past), task(cycle, ann, due_at=past, about=ben.id),
            task(cycle, ben, state="expired"), task(cycle, cy, state="done", due_at=past),
            task(cycle, dee), task(cycle, dee, subject="other", due_at=past),
        ])  # fmt: skip
        late = records.tasks.late(("goals",), cycle.id, "goals", now, 0, 1)
        assert late == [(ann.id, 2)]
        assert records.tasks.late(("goals",), cycle.id, "goals", now, ann.id, 5) == [(ben.id, 1)]


def test_completion_is_counted_by_phase_department_and_state(store: Store, hire: Any, cycle: Cycle) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        records.tasks.add([
            task(cycle, ann, department="Sales"), task(cycle, ben, department="Sales", state="done"),
            task(cycle, ben, department="Sales", subject="b"), task(cycle, ben, scope=cycle.id + 1),
            task(cycle, ann, kind="checkin"),
        ])  # fmt: skip
        assert sorted(records.tasks.counted(("goals",), cycle.id)) == [
            ("b", "Sales", "open", 1), ("goals", "Sales", "done", 1), ("goals", "Sales", "open", 1),
        ]  # fmt: skip
