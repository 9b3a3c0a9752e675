"""Nominations on both databases: one for each reviewer of somebody, counted without naming anybody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flows.cycle.records import Cycle, Participant
from flows.reviews.records import Nomination
from storage.engine import Store
from tests.storage.conftest import a_cycle

PEERS, LEADS = "peer-review", "project-review"


@pytest.fixture
def cycle(store: Store, hire: Any, now: Any) -> Cycle:
    return a_cycle(store, hire("Hana", department="People"), now)


def places(store: Store, cycle: Cycle, *people: Any, **other: Any) -> None:
    rows = [
        replace(
            Participant(
                cycle.id, one.id, "in", one.manager, one.department, one.level, one.zone, one.language,
                cycle.created_at,
            ),
            **other,
        )
        for one in people
    ]  # fmt: skip
    with store.work() as records:
        records.participants.add(rows)


def named(cycle: Cycle, about: Any, reviewer: Any, **other: Any) -> Nomination:
    row = Nomination(0, cycle.id, PEERS, "peer", about.id, reviewer.id, "proposed", about.id)
    return replace(row, **other)


def test_somebody_named_twice_for_the_same_is_one_nomination(store: Store, hire: Any, cycle: Cycle) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        first = records.nominations.save(named(cycle, ann, ben))
        assert records.nominations.save(named(cycle, ann, ben, state="approved", by=ben.id)) == replace(
            first, state="approved", by=ben.id
        )
        other = records.nominations.save(named(cycle, ann, ben, phase=LEADS, kind="project"))
        assert other.id != first.id
    with store.work() as records:
        assert records.nominations.get(first.id) == replace(first, state="approved", by=ben.id)
        assert records.nominations.get(other.id + 1) is None
        assert [one.id for one in records.nominations.about(cycle.id, PEERS, ann.id)] == [first.id]
        assert [one.id for one in records.nominations.of_reviewer(cycle.id, ben.id)] == [first.id, other.id]
        assert records.nominations.of_reviewer(cycle.id + 1, ben.id) == []


def test_a_nomination_moves_on_under_its_number(store: Store, hire: Any, cycle: Cycle) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        kept = records.nominations.save(named(cycle, ann, ben))
        gone = replace(kept, state="declined", why="I hardly know her", decided_by=ben.id)
        assert records.nominations.save(gone) == gone
    with store.work() as records:
        assert records.nominations.about_many(cycle.id, PEERS, [ann.id, ben.id]) == [gone]


def test_the_load_counts_people_and_only_what_still_stands_between_colleagues(
    store: Store, hire: Any, cycle: Cycle
) -> None:
    ann, ben, cleo, dan = (hire(name) for name in ("Ann", "Ben", "Cleo", "Dan"))
    with store.work() as records:
        records.nominations.add(
            [
                named(cycle, ann, dan),
                named(cycle, ben, dan, state="approved"),
                named(cycle, ben, dan, phase="again", state="approved"),
                named(cycle, cleo, dan, state="declined"),
                named(cycle, cleo, dan, phase=LEADS, kind="project", state="approved"),
                named(cycle, dan, ann, state="rejected"),
            ]
        )
        assert records.nominations.load(cycle.id, [ann.id, dan.id]) == {dan.id: 2}
        assert records.nominations.load(cycle.id + 1, [dan.id]) == {}


def test_many_are_added_once(store: Store, hire: Any, cycle: Cycle) -> None:
    ann, ben, cleo = hire("Ann"), hire("Ben"), hire("Cleo")
    with store.work() as records:
        kept = records.nominations.save(named(cycle, ann, ben, state="rejected", why="too close"))
        assert records.nominations.add([named(cycle, ann, ben), named(cycle, ann, cleo)]) == 1
        assert records.nominations.get(kept.id) == kept


def test_what_is_undecided_counts_as_approved(store: Store, hire: Any, cycle: Cycle) -> None:
    ann, ben, cleo = hire("Ann"), hire("Ben"), hire("Cleo")
    with store.work() as records:
        records.nominations.add(
            [
                named(cycle, ann, ben),
                named(cycle, ann, cleo, state="rejected"),
                named(cycle, ben, ann),
                named(cycle, cleo, ann),
            ]
        )
        assert records.nominations.let_pass(cycle.id, PEERS, [ann.id, ben.id]) == 2
        assert records.nominations.let_pass(cycle.id, PEERS, [ann.id, ben.id]) == 0
        states = {
            (one.about, one.reviewer): one.state
            for one in records.nominations.about_many(cycle.id, PEERS, [ann.id, ben.id, cleo.id])
        }
    assert states == {
        (ann.id, ben.id): "approved",
        (ann.id, cleo.id): "rejected",
        (ben.id, ann.id): "approved",
        (cleo.id, ann.id): "proposed",
    }


def test_hr_finds_who_has_too_few_without_any_reviewer(store: Store, hire: Any, cycle: Cycle) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    cleo, dan = hire("Cleo", department="Legal"), hire("Dan", department="Legal")
    places(store, cycle, ann, ben, cleo)
    places(store, cycle, dan, place="out")
    with store.work() as records:
        records.nominations.add(
            [
                named(cycle, ann, ben, state="approved"),
                named(cycle, ann, cleo),
                named(cycle, ben, ann),
                named(cycle, ben, cleo, state="declined"),
                named(cycle, cleo, ann, state="withdrawn"),
                named(cycle, cleo, ann, phase=LEADS, kind="project"),
            ]
        )
        sales, legal = ann.department, "Legal"
        assert records.nominations.short(cycle.id, PEERS, 2, 0, 10) == [
            (ben.id, sales, 1),
            (cleo.id, legal, 0),
        ]
        assert records.nominations.short(cycle.id, PEERS, 2, ben.id, 10) == [(cleo.id, legal, 0)]
        assert records.nominations.short(cycle.id, PEERS, 2, 0, 1) == [(ben.id, sales, 1)]
        assert records.nominations.short(cycle.id, PEERS, 2, 0, 10, {sales}) == [(ben.id, sales, 1)]
        assert records.nominations.short(cycle.id, PEERS, 2, 0, 10, ()) == []
        assert records.nominations.counted(cycle.id, PEERS, 2) == [(legal, 1, 1, 0, 0), (sales, 2, 1, 2, 1)]
