"""Two at once in a calibration, on both databases: one is first, and the other hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from flows.core.refusal import Refusal
from flows.cycle.records import Audience, Cycle, Participant
from flows.people.person import Person
from flows.results.calibrating.locking import lock
from flows.results.calibrating.moving import Move, change_rating
from flows.results.calibrating.opening import Wanted, open_session
from flows.results.ledger import next_version
from storage.engine import Store, open_store
from tests.stories.calibrating import RATED

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)
TEMPLATE = replace(RATED, phases=RATED.phases[1:])


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = open_store(database_url, lambda: NOW)
    yield store
    store.close()


class Office:
    """Two of HR, who take part, and four whose ratings are discussed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.work() as records:
            self.hr = [records.people.save(somebody(name, ("hr",))) for name in ("Mo", "Lin")]
            self.people = [records.people.save(somebody(f"P{n}")) for n in range(4)]
            cycle = Cycle(
                0, "live", "H1", date(2026, 3, 1), TEMPLATE, Audience(), self.hr[0].id, NOW, launched_at=NOW
            )
            self.cycle = records.cycles.save(cycle).id
            place = Participant(self.cycle, 0, "in", None, "Sales", "L3", "Asia/Shanghai", "zh", NOW)
            records.participants.add([replace(place, person=one.id) for one in self.people])
            for person in self.people:
                made = next_version(
                    None, cycle=self.cycle, person=person.id, kind="manager", score=None, rating="B", coefficient=None,
                    inputs={}, why="", by=self.hr[0].id, at=NOW,
                )  # fmt: skip
                records.ledger.add([made])

    def open(self, actor: Person) -> str:
        wanted = Wanted("left", (), (), (), (self.hr[0].id, self.hr[1].id), "All")
        return self.do(lambda records: open_session.keep(records, actor, str(self.cycle), wanted, NOW))

    def move(self, actor: Person, person: Person, rating: str) -> str:
        subject = f"{self.session}/{person.id}"
        return self.do(
            lambda records: change_rating.keep(records, actor, subject, Move(1, rating, "why"), NOW)
        )

    def lock(self, actor: Person) -> str:
        about = (str(self.session),)
        return self.do(lambda records: lock.act(records, actor, about, NOW))

    def do(self, work: Callable[[Any], Any]) -> str:
        try:
            with self.store.work() as records:
                return str(work(records).en)
        except Refusal as no:
            return f"no: {no.words.en}"

    @property
    def session(self) -> int:
        with self.store.work() as records:
            return int(records.sessions.of_cycle(self.cycle)[-1].id)

    def ratings(self, person: Person) -> list[str]:
        with self.store.work() as records:
            return [one.rating for one in records.ledger.of(self.cycle, person.id) if one.kind != "computed"]


def somebody(name: str, roles: tuple[str, ...] = ()) -> Person:
    return Person(
        0, f"{name}@example.com".lower(), name, None, "Sales", "L3", "", roles, "Asia/Shanghai", "en", None, None, None,
        True,
    )  # fmt: skip


def at_once(*works: Callable[[], str]) -> list[str]:
    with ThreadPoolExecutor(len(works)) as pool:
        return [one.result() for one in [pool.submit(work) for work in works]]


def test_of_two_who_move_the_same_person_at_once_one_hears_of_the_other(store: Store) -> None:
    office = Office(store)
    office.open(office.hr[0])
    mo, lin = office.hr
    for person in office.people:
        said = at_once(lambda: office.move(mo, person, "A"), lambda: office.move(lin, person, "C"))  # noqa: B023
        refused = [words for words in said if words.startswith("no: ")]
        assert len(refused) == 1
        assert "Somebody else has just changed the rating of" in refused[0]
        assert "The reason: why" in refused[0]
        assert office.ratings(person) in (["B", "A"], ["B", "C"])


def test_nothing_moves_once_the_session_is_locked_at_the_same_moment(store: Store) -> None:
    office = Office(store)
    office.open(office.hr[0])
    mo, lin = office.hr
    moves = [lambda one=one: office.move(lin, one, "A") for one in office.people]
    locked, *moved = at_once(lambda: office.lock(mo), *moves)
    assert locked.startswith("Locked.")
    for person, words in zip(office.people, moved, strict=True):
        assert office.ratings(person) == (["B"] if words.startswith("no: ") else ["B", "A"])
        assert "final" in words or "→" in words


def test_of_two_who_open_a_session_over_the_same_people_one_gets_them(store: Store) -> None:
    office = Office(store)
    said = at_once(*(lambda actor=actor: office.open(actor) for actor in office.hr))
    assert sorted(words.startswith("no: Nobody of this group is left") for words in said) == [False, True]
    with store.work() as records:
        sessions = records.sessions.of_cycle(office.cycle)
        assert [records.sessions.seats(one.id) for one in sessions] == [[one.id for one in office.people]]
