"""Versions of results, calibration sessions and the release, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from flows.people.person import Person
from flows.results.ledger import check, next_version
from flows.results.records import Release, Session, Version, Withheld
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle


class Town:
    """HR, a cycle, and some people whose results it has."""

    def __init__(self, store: Store, hire: Hire, now: datetime) -> None:
        self.store, self.now = store, now
        self.hr = hire("Hana")
        self.cycle = a_cycle(store, self.hr, now).id
        self.people = [hire(f"Person {number}").id for number in range(5)]

    def version(self, person: int, number: int = 1, **other: Any) -> Version:
        made = Version(
            self.cycle, person, number, "computed", Decimal("81.50"), "4", Decimal("1.20"),
            {"parts": [{"name": "goals", "value": "93.1", "注": "目标"}]}, "as computed", None, self.now, "", f"h{number}",
        )  # fmt: skip
        return replace(made, **other)

    def add(self, *versions: Version) -> int:
        with self.store.work() as records:
            return records.ledger.add(versions)


@pytest.fixture
def town(store: Store, hire: Hire, now: datetime) -> Town:
    return Town(store, hire, now)


def test_a_version_comes_back_as_it_was_kept(town: Town) -> None:
    ann, bo, *_ = town.people
    first = town.version(ann)
    second = town.version(ann, 2, kind="manager", by=town.hr.id, why="晚到的数据", before="h1", rating="")
    unknown = town.version(bo, score=None, coefficient=None, rating="")
    assert town.add(first, second, unknown) == 3
    with town.store.work() as records:
        assert records.ledger.of(town.cycle, ann) == [first, second]
        assert (
            str(records.ledger.of(town.cycle, ann)[0].score) == "81.50"
        )  # not 81.5: the hash is over what was kept
        assert records.ledger.latest(town.cycle, ann) == second
        assert records.ledger.latest(town.cycle, bo) == unknown
        assert records.ledger.latest(town.cycle, town.people[2]) is None
        assert records.ledger.latest_many(town.cycle, town.people) == {ann: second, bo: unknown}
        assert records.ledger.latest_many(town.cycle + 1, town.people) == {}
        assert records.ledger.spread(town.cycle) == [(ann, ""), (bo, "")]
        assert records.ledger.spread(town.cycle + 1) == []


def test_a_number_that_is_taken_changes_nothing(town: Town) -> None:
    ann, bo, *_ = town.people
    first = town.version(ann)
    assert town.add(first) == 1
    assert town.add(town.version(ann, rating="1"), town.version(bo)) == 1
    with town.store.work() as records:
        assert records.ledger.of(town.cycle, ann) == [first]


def test_of_two_that_add_at_once_one_adds_nothing(town: Town) -> None:
    ann = town.people[0]
    for number in range(1, 6):
        sides = [town.version(ann, number, why="left"), town.version(ann, number, why="right")]
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(town.add, sides)) == [0, 1]
    with town.store.work() as records:
        assert [one.version for one in records.ledger.of(town.cycle, ann)] == [1, 2, 3, 4, 5]


TEXTS = [
    "",
    "plain",
    "中文 🎯",
    "nul \0 in it",
    "half \ud83d",
    "pair \ud83d\ude00",
    "back\\slash \\u0000",
    '“quotes"',
    "\n\t\u2028",
]


def test_the_hash_of_what_comes_back_is_that_of_what_was_kept(town: Town) -> None:
    ann = town.people[0]
    kept: list[Version] = []
    for number, text in enumerate(TEXTS):
        kept.append(
            next_version(
                kept[-1] if kept else None,
                cycle=town.cycle,
                person=ann,
                kind="computed",
                score=Decimal(f"{number}.10"),
                rating="4",
                coefficient=None,
                inputs={"a": [text, {text: text}]},
                why=text,
                by=None,
                at=town.now + timedelta(microseconds=number),
            )
        )
    assert town.add(*kept) == len(TEXTS)
    with town.store.work() as records:
        found = records.ledger.of(town.cycle, ann)
    assert check(found) is None
    assert [one.hash for one in found] == [one.hash for one in kept]


def test_slices_have_everything_of_everybody_once(town: Town) -> None:
    kept = [town.version(person, number) for person in town.people for number in range(1, 2 + person % 3)]
    assert town.add(*kept[::-1]) == len(kept)
    found: list[Version] = []
    with town.store.work() as records:
        while part := records.ledger.slice(town.cycle, found[-1].person if found else 0, 2):
            assert len({one.person for one in part}) <= 2
            found += part
    assert found == kept
    assert [len(people(found, one)) for one in town.people] == [1 + one % 3 for one in town.people]


def test_ends_are_the_last_versions_until_a_moment_and_how_many_there_were(town: Town) -> None:
    later = town.now + timedelta(microseconds=1)
    ann, bo, cai, *_ = town.people
    other = a_cycle(town.store, town.hr, town.now, "Other").id
    kept = [
        town.version(bo, hash="b1"), town.version(bo, 2, hash="b2"), town.version(bo, 3, hash="b3", at=later),
        town.version(ann, hash="a1"), town.version(cai, hash="c1", at=later), town.version(ann, cycle=other, hash="o1"),
    ]  # fmt: skip
    assert town.add(*kept) == len(kept)
    with town.store.work() as records:
        assert records.ledger.ends(town.cycle, town.now) == (3, ["a1", "b2"])
        assert records.ledger.ends(town.cycle, later) == (5, ["a1", "b3", "c1"])
        assert records.ledger.ends(town.cycle, town.now - timedelta(days=1)) == (0, [])
        assert records.ledger.ends(other, later) == (1, ["o1"])


def people(found: Sequence[Version], person: int) -> list[Version]:
    return [one for one in found if one.person == person]


def test_a_session_keeps_who_takes_part_and_whom_it_is_about(town: Town, hire: Hire) -> None:
    ann, bo, cai, *_ = town.people
    session = Session(0, town.cycle, "Sales 销售", "open", (town.hr.id, ann), town.hr.id, town.now)
    with town.store.work() as records:
        session = records.sessions.save(session)
        assert records.sessions.seat(session, [bo, cai]) == 2
        other = records.sessions.save(replace(session, id=0, name="Design", participants=()))
        assert records.sessions.seat(other, [cai, ann]) == 1  # a person is in one session of a cycle
    with town.store.work() as records:
        assert records.sessions.get(session.id) == session
        assert records.sessions.get(other.id + 1) is None
        assert records.sessions.of_cycle(town.cycle) == [session, other]
        assert records.sessions.seats(session.id) == sorted([bo, cai])
        assert records.sessions.of_person(town.cycle, cai) == session
        assert records.sessions.of_person(town.cycle, town.hr.id) is None
        assert records.sessions.of_people(town.cycle, [*town.people, town.hr.id]) == {
            ann: other,
            bo: session,
            cai: session,
        }
        assert records.sessions.of_people(town.cycle + 1, town.people) == {}
        assert records.sessions.seated(town.cycle, [*town.people, town.hr.id]) == {ann, bo, cai}
        assert records.sessions.final(town.cycle, town.people) == set()
    with town.store.work() as records:
        held = records.sessions.lock(session.id)
        assert held
        locked = replace(
            held, state="locked", locked_by=town.hr.id, locked_at=town.now, exceptions={"Sales 销售": "small"}
        )
        assert records.sessions.save(locked) == locked
    with town.store.work() as records:
        assert records.sessions.get(session.id) == locked
        assert records.sessions.final(town.cycle, town.people) == {bo, cai}
        assert records.sessions.final(town.cycle + 1, town.people) == set()


def test_two_that_change_a_session_do_so_after_each_other(town: Town) -> None:
    with town.store.work() as records:
        session = records.sessions.save(Session(0, town.cycle, "Sales", "open", (), town.hr.id, town.now)).id

    def join(person: int) -> None:
        with town.store.work() as records:
            held = records.sessions.lock(session)
            assert held
            records.sessions.save(replace(held, participants=(*held.participants, person)))

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(join, town.people))
    with town.store.work() as records:
        found = records.sessions.get(session)
        assert found
        assert sorted(found.participants) == town.people


def test_of_two_that_ask_for_the_release_at_once_the_second_sees_the_first(town: Town, hire: Hire) -> None:
    both: list[Person] = [town.hr, hire("Henry")]

    def ask(hr: Person) -> bool:
        with town.store.work() as records:
            if records.releases.lock(town.cycle):
                return False
            records.releases.save(Release(town.cycle, hr.id, town.now))
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, both)) == [False, True]


def test_a_release_goes_on_until_it_is_scrubbed(town: Town) -> None:
    asked = Release(town.cycle, town.hr.id, town.now)
    sealed = replace(
        asked, approved_by=town.people[0], released_at=town.now, sealed_at=town.now,
        employees_at=town.now + timedelta(days=2),
    )  # fmt: skip
    with town.store.work() as records:
        assert records.releases.get(town.cycle) is None
        records.releases.save(asked)
        assert records.releases.get(town.cycle) == asked
        assert records.releases.to_scrub() == []
        records.releases.save(sealed)
    with town.store.work() as records:
        assert records.releases.to_scrub() == [sealed]
        records.releases.save(replace(sealed, scrubbed_at=town.now))
        assert records.releases.to_scrub() == []


def test_somebody_is_withheld_and_opened_later(town: Town) -> None:
    ann, bo, *_ = town.people
    one = Withheld(town.cycle, bo, "on leave, 待面谈", town.hr.id, town.now)
    with town.store.work() as records:
        records.releases.withhold(one)
        records.releases.withhold(replace(one, person=ann))
        lifted = replace(one, lifted_by=town.hr.id, lifted_at=town.now)
        records.releases.withhold(lifted)
    with town.store.work() as records:
        assert records.releases.withheld(town.cycle) == [replace(one, person=ann), lifted]
        assert records.releases.is_withheld(town.cycle, bo) == lifted
        assert records.releases.is_withheld(town.cycle, town.people[2]) is None
