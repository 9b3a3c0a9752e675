"""Interviews on both databases: nobody is ever in two at the same time, however many book at once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from flows.cycle.records import Participant
from flows.interviews.records import Interview
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
MANAGERS, TEAM = 20, 5
TRIES = 2_000


def made(cycle: int, person: int, manager: int, now: datetime, **other: object) -> Interview:
    one = Interview(
        0, cycle, person, manager, "proposed", 45, now + 200 * HOUR, f"{cycle}-{person}", 0, (), person,
        None, None, "", now, now,
    )  # fmt: skip
    return replace(one, **other)  # type: ignore[arg-type]


def booked(one: Interview, starts: datetime, minutes: int = 45) -> Interview:
    return replace(one, state="booked", starts_at=starts, ends_at=starts + minutes * MINUTE, turn=0)


def kept(store: Store, *several: Interview) -> list[Interview]:
    with store.work() as records:
        records.interviews.add(several)
        found = [records.interviews.find(one.cycle, one.person) for one in several]
    return [one for one in found if one is not None]


def save(store: Store, one: Interview) -> bool:
    with store.work() as records:
        return records.interviews.save(one)


def test_an_interview_is_kept_and_found(store: Store, hire: Hire, now: datetime) -> None:
    hr, ann, bo, boss = (hire(name) for name in ("Hana", "Ann", "Bo", "Boss"))
    cycle = a_cycle(store, hr, now).id
    slots = ((now + HOUR, now + 2 * HOUR), (now + 24 * HOUR, now + 25 * HOUR))
    one, other = kept(store, made(cycle, ann.id, boss.id, now, slots=slots), made(cycle, bo.id, boss.id, now))
    with store.work() as records:
        assert records.interviews.add([made(cycle, ann.id, hr.id, now)]) == 0, "one of each person in a cycle"
        assert one.slots == slots
        assert records.interviews.get(one.id) == records.interviews.lock(one.id) == one
        assert records.interviews.get(99) is None
        assert records.interviews.save(booked(other, now + 5 * HOUR))
        assert records.interviews.save(booked(one, now + 9 * HOUR))
        assert [i.person for i in records.interviews.of_manager(boss.id)] == [bo.id, ann.id]
        assert [i.id for i in records.interviews.of_people(cycle, [ann.id, bo.id])] == [one.id, other.id]
        assert [i.id for i in records.interviews.open_with([boss.id, ann.id])] == [one.id, other.id]
        assert [i.id for i in records.interviews.of_person(ann.id)] == [one.id]
        times = records.interviews.booked_of([boss.id, ann.id], now, now + 9 * HOUR + MINUTE)
        assert times == {
            boss.id: [(now + 5 * HOUR, now + 5.75 * HOUR), (now + 9 * HOUR, now + 9.75 * HOUR)],
            ann.id: [(now + 9 * HOUR, now + 9.75 * HOUR)],
        }
        assert records.interviews.booked_of([boss.id], now, now + 5 * HOUR) == {}, "it starts when this ends"


def test_completion_counts_by_department_and_state(store: Store, hire: Hire, now: datetime) -> None:
    hr, ann, bo = (hire(name) for name in ("Hana", "Ann", "Bo"))
    cycle = a_cycle(store, hr, now).id
    with store.work() as records:
        place = Participant(cycle, ann.id, "in", hr.id, "Sales", "L3", "Asia/Shanghai", "zh", now)
        records.participants.add([place, replace(place, person=bo.id, department="Design")])
    one, _other = kept(store, made(cycle, ann.id, hr.id, now), made(cycle, bo.id, hr.id, now))
    save(store, booked(one, now))
    with store.work() as records:
        assert records.interviews.counted(cycle) == [("Design", "proposed", 1), ("Sales", "booked", 1)]
        assert records.interviews.counted(cycle + 1) == []


def test_a_second_one_at_the_same_time_is_not_kept_and_nothing_of_it_is(
    store: Store, hire: Hire, now: datetime
) -> None:
    hr, ann, bo, boss = (hire(name) for name in ("Hana", "Ann", "Bo", "Boss"))
    cycle = a_cycle(store, hr, now).id
    one, other = kept(store, made(cycle, ann.id, boss.id, now), made(cycle, bo.id, boss.id, now))
    assert save(store, booked(one, now))
    for minutes in (-40, 0, 20, 44):
        assert not save(store, booked(other, now + minutes * MINUTE)), f"{minutes} minutes later"
    with store.work() as records:
        assert records.interviews.get(other.id) == other
    assert save(store, booked(other, now + 45 * MINUTE)), "right afterwards"
    assert save(store, booked(one, now - 45 * MINUTE)), "moved, and its old time is free"
    assert save(store, booked(other, now))
    assert save(store, replace(booked(one, now), state="cancelled")), "what is cancelled takes no time"


def test_what_a_move_can_not_have_leaves_the_old_time_taken(store: Store, hire: Hire, now: datetime) -> None:
    hr, ann, bo, cy, boss = (hire(name) for name in ("Hana", "Ann", "Bo", "Cy", "Boss"))
    cycle = a_cycle(store, hr, now).id
    one, other, third = kept(store, *(made(cycle, who.id, boss.id, now) for who in (ann, bo, cy)))
    assert save(store, booked(one, now))
    assert save(store, booked(other, now + HOUR))
    assert not save(store, booked(one, now + HOUR))
    assert not save(store, booked(third, now))


def test_words_older_than_a_moment_are_taken_away(store: Store, hire: Hire, now: datetime) -> None:
    hr, ann, bo = (hire(name) for name in ("Hana", "Ann", "Bo"))
    cycle = a_cycle(store, hr, now).id
    old = made(cycle, ann.id, hr.id, now, note="家里有事", changed_at=now - HOUR)
    one, other = kept(store, old, made(cycle, bo.id, hr.id, now, note="ill"))
    with store.work() as records:
        assert records.interviews.forget_texts(now) == 1
        assert [records.interviews.get(i.id).note for i in (one, other)] == ["", "ill"]  # type: ignore[union-attr]


def test_two_thousand_bookings_at_once_never_overlap(store: Store, hire: Hire, now: datetime) -> None:
    hr = hire("Hana")
    cycle = a_cycle(store, hr, now).id
    random = Random(3)
    several = []
    for m in range(MANAGERS):
        boss = hire(f"Boss{m}")
        several += [made(cycle, hire(f"P{m}-{n}").id, boss.id, now) for n in range(TEAM)]
    interviews = kept(store, *several)
    wanted = [
        booked(
            random.choice(interviews), now + random.randrange(0, 480, 5) * MINUTE, random.choice((30, 45, 60))
        )
        for _ in range(TRIES)
    ]
    with ThreadPoolExecutor(max(2, store.threads)) as threads:  # SQLite has but one that writes at a time
        answers = list(threads.map(lambda one: save(store, one), wanted))
    assert any(answers)
    assert not all(answers)
    with store.work() as records:
        found = [records.interviews.get(one.id) for one in interviews]
        for person in {one.person for one in several} | {one.manager for one in several}:
            spans = records.interviews.booked_of([person], now - 100 * HOUR, now + 100 * HOUR).get(person, [])
            assert_apart(spans)
    assert sum(one is not None and one.state == "booked" for one in found) > len(interviews) / 2


def assert_apart(spans: Sequence[tuple[datetime, datetime]]) -> None:
    for before, after in pairwise(spans):
        assert before[1] <= after[0]
