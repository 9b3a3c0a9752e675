"""In random companies nobody sees anything in a session that depends on their own row, or on those above them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.cycle.records import Audience, Cycle, Participant
from flows.people.person import Person
from flows.people.policy import allows
from flows.results.calibrating.listing import calibrations
from flows.results.calibrating.moving import change_rating
from flows.results.calibrating.person import calibration_person
from flows.results.calibrating.picturing import picture_of
from flows.results.calibrating.rights import table_of
from flows.results.calibrating.seats import hidden_from
from flows.results.calibrating.session import calibration
from flows.results.calibrating.spread import figures_of
from flows.results.ledger import next_version
from flows.results.records import Session
from storage.engine import Store, open_store
from tests.stories.calibrating import RATED

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
# No review phase: all reviews were due. With a pool of three most groups are compared with the guide.
TEMPLATE = replace(RATED, phases=RATED.phases[1:], guide=replace(RATED.guide, pool=3))
PEOPLE = 14


class Company:
    """A random tree of people in a cycle, of whom some are in a session and some take part in it."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store, self.chance = store, random.Random(seed)
        self.people: list[Person] = []
        with store.work() as records:
            for number in range(PEOPLE):
                self.people.append(records.people.save(self.somebody(number)))
            hr = self.people[0]
            self.cycle = records.cycles.save(
                Cycle(0, "live", "H1", date(2026, 3, 1), TEMPLATE, Audience(), hr.id, NOW, launched_at=NOW)
            )
            records.participants.add([self.place(person) for person in self.people])
            members = self.chance.sample([one.id for one in self.people], 4)
            session = Session(0, self.cycle.id, "Session", "open", tuple(members), hr.id, NOW)
            self.session = records.sessions.save(session)
            seats = [one.id for one in self.people if self.chance.random() < 0.8]
            records.sessions.seat(self.session, seats)
            self.seats = set(seats)
            for person in self.people:
                self.rate(records, person.id, self.chance.choice("SABCD"), "manager")

    def somebody(self, number: int) -> Person:
        above = self.chance.choice(self.people).id if self.people and self.chance.random() < 0.9 else None
        roles = ("hr",) if self.chance.random() < 0.2 else ()
        return Person(
            0, f"p{number}@example.com", f"P{number:02}", above, self.chance.choice(["Sales", "Design"]),
            self.chance.choice(["L3", "L4"]), "", roles, "Asia/Shanghai", "zh", None, None, None, True,
        )  # fmt: skip

    def place(self, person: Person) -> Participant:
        """In the snapshot some are reviewed by another than whom the directory has."""
        manager = person.manager
        if self.chance.random() < 0.2:
            manager = self.chance.choice([one.id for one in self.people if one.id != person.id])
        return Participant(
            self.cycle.id, person.id, "in", manager, person.department, person.level, person.zone, "zh", NOW
        )

    def rate(self, records: Any, person: int, rating: str, kind: Any) -> None:
        made = next_version(
            records.ledger.latest(self.cycle.id, person), cycle=self.cycle.id, person=person, kind=kind, score=None,
            rating=rating, coefficient=None, inputs={}, why="why", by=self.people[0].id, at=NOW,
        )  # fmt: skip
        assert records.ledger.add([made]) == 1

    def seen(self, actor: Person) -> Any:
        """Everything that the actor is shown of the session."""
        with self.store.work() as records:
            table = table_of(records, actor, (str(self.session.id),), NOW)
            return (
                calibrations.screen(records, actor, (), NOW),
                calibration.screen(records, actor, (str(self.session.id),), NOW),
                [
                    calibration_person.screen(records, actor, (f"{self.session.id}/{row.person.id}",), NOW)
                    for row in table.rows
                ],
                picture_of(figures_of(records, table), "Session"),
                table.rows,
            )


@pytest.fixture
def company(tmp_path: Path) -> Callable[[int], Company]:
    def made(seed: int) -> Company:
        return Company(open_store(f"sqlite:///{tmp_path / f'{seed}.db'}", lambda: NOW), seed)

    return made


@pytest.mark.parametrize("seed", range(12))
def test_what_somebody_sees_does_not_depend_on_themselves_nor_on_those_above(
    company: Callable[[int], Company], seed: int
) -> None:
    town = company(seed)
    looked = 0
    for actor in town.people:
        if actor.id not in town.session.participants and not actor.is_hr:
            continue
        with town.store.work() as records:
            hidden = hidden_from(records, actor, town.cycle.id)
        assert actor.id in hidden
        before = town.seen(actor)
        assert hidden.isdisjoint(row.person.id for row in before[-1])
        assert len(before[-1]) == len(town.seats - hidden)
        with town.store.work() as records:
            for person in hidden:
                town.rate(records, person, town.chance.choice("SABCD"), "calibrated")
        assert town.seen(actor) == before
        with town.store.work() as records:
            places = records.participants.many(town.cycle.id, sorted(hidden & town.seats))
            for place in places:
                records.participants.save(replace(place, place="out"))
        assert town.seen(actor) == before
        with town.store.work() as records:
            for place in places:
                records.participants.save(place)
        looked += 1
    town.store.close()
    assert looked >= 4


@pytest.mark.parametrize("seed", range(20, 32))
def test_nobody_moves_themselves_nor_those_above(company: Callable[[int], Company], seed: int) -> None:
    """And whoever takes part moves everybody else of the session, and nobody outside of it."""
    town = company(seed)
    with town.store.work() as records:
        for actor in town.people:
            hidden = hidden_from(records, actor, town.cycle.id)
            for person in town.people:
                found = change_rating.of(records, actor, (f"{town.session.id}/{person.id}",))
                thing = found(NOW) if callable(found) else found
                wanted = actor.id in town.session.participants and person.id in town.seats - hidden
                assert allows(actor, change_rating.may, thing, NOW) is wanted
    town.store.close()
