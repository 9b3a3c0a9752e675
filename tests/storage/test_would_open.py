"""What a release would open, counted on both databases; a request is taken back as long as nothing is released."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.cycle.people.leaving import LEFT
from flows.cycle.records import Participant, Place
from flows.results.records import Opened, Release, Withheld
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle
from tests.storage.test_results import Town


def take_part(town: Town, *people: int, place: Place = "in", why: str = "", led: bool = True) -> None:
    zone, since, leader = "Asia/Shanghai", town.now, town.hr.id if led else None
    with town.store.work() as records:
        records.participants.add(
            [
                Participant(town.cycle, one, place, leader, "Sales", "P5", zone, "zh", since, why=why)
                for one in people
            ]
        )


def would_open(town: Town, named: int = 10, *, rated: bool = True) -> Opened:
    with town.store.work() as records:
        return records.releases.would_open(town.cycle, rated=rated, named=named)


def test_only_a_rating_that_a_person_set_is_a_result(store: Store, hire: Hire, now: datetime) -> None:
    town = Town(store, hire, now)
    computed, rated, nothing, late, stranger = town.people
    take_part(town, computed, rated, nothing, late)
    town.add(town.version(computed), town.version(stranger, kind="manager"))
    town.add(town.version(rated, kind="manager"), town.version(rated, 2))  # computed once more afterwards
    town.add(town.version(late, kind="manager", rating=""), town.version(late, 2, kind="calibrated"))
    assert would_open(town) == Opened(4, 0, 2, 0, (computed, nothing), ())
    assert would_open(town, 1).without == (computed,)
    assert would_open(town, rated=False) == Opened(4, 0, 3, 0, (nothing,), ())


def test_who_is_reviewed_by_nobody_gets_no_result_and_is_not_waited_for(
    store: Store, hire: Hire, now: datetime
) -> None:
    town = Town(store, hire, now)
    chief, rated_all_the_same, waits, *_ = town.people
    take_part(town, chief, rated_all_the_same, led=False)
    take_part(town, waits)
    town.add(town.version(rated_all_the_same, kind="manager"))
    assert would_open(town) == Opened(3, 0, 1, 1, (waits,), ())


def test_who_is_withheld_counts_as_that_until_it_is_lifted(store: Store, hire: Hire, now: datetime) -> None:
    town = Town(store, hire, now)
    ann, bo, cai, *_ = town.people
    take_part(town, ann, bo, cai)
    town.add(town.version(ann, kind="manager"), town.version(bo, kind="manager"))
    kept = Withheld(town.cycle, ann, "why", town.hr.id, now)
    with store.work() as records:
        records.releases.withhold(kept)
        records.releases.withhold(replace(kept, person=cai))
    assert would_open(town) == Opened(3, 2, 1, 0, (), ())
    with store.work() as records:
        records.releases.withhold(replace(kept, lifted_by=town.hr.id, lifted_at=now))
    assert would_open(town) == Opened(3, 1, 2, 0, (), ())


def test_who_has_left_with_a_result_is_told_apart_from_who_was_taken_out(
    store: Store, hire: Hire, now: datetime
) -> None:
    town = Town(store, hire, now)
    gone, taken_out, unrated, *_ = town.people
    take_part(town, gone, unrated, place="out", why=LEFT)
    take_part(town, taken_out, place="out", why="by mistake")
    town.add(
        town.version(gone, kind="manager"), town.version(taken_out, kind="manager"), town.version(unrated)
    )
    assert would_open(town) == Opened(0, 0, 0, 0, (), (gone,))
    other = a_cycle(store, town.hr, now, "Q3")
    with store.work() as records:
        assert records.releases.would_open(other.id, rated=True, named=10) == Opened(0, 0, 0, 0, (), ())


def test_a_request_is_taken_back_and_a_release_is_not(store: Store, hire: Hire, now: datetime) -> None:
    town = Town(store, hire, now)
    asked = Release(town.cycle, town.hr.id, now)
    with store.work() as records:
        records.releases.save(asked)
        records.releases.take_back(town.cycle)
        assert records.releases.get(town.cycle) is None
        released = replace(asked, released_at=now)
        records.releases.save(released)
        records.releases.take_back(town.cycle)
        assert records.releases.get(town.cycle) == released
