"""Two people name reviewers at the same moment, or one does while the reviews are planned: nobody is asked too often."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest

from flows.core.refusal import Refusal
from flows.cycle.planning import phase_key, plan_phase
from flows.cycle.records import Audience, Cycle, Participant, Sweep
from flows.cycle.template import Nominations
from flows.people.person import Person
from flows.reviews.nominating.form import keep
from storage.engine import Store, open_store
from tests.stories.colleagues import COLLEAGUES
from tests.stories.quarter import MONDAY, ON

PHASE = "peer-review"
OPENING = datetime(2026, 3, 11, 12, tzinfo=UTC)  # the reviews are being planned, naming is still taken late


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with closing(open_store(database_url, lambda: ON)) as store:
        yield store


def company(store: Store, size: int, **rule: Any) -> tuple[int, list[int]]:
    """A running cycle of one manager and their people; the cycle, and everybody's id with the manager first."""
    template = replace(COLLEAGUES, nominations=Nominations(least=1, **rule))
    with store.work() as records:
        boss = records.people.save(someone("boss", None))
        people = [boss, *(records.people.save(someone(f"p{n}", boss.id)) for n in range(1, size))]
        cycle = records.cycles.save(
            Cycle(0, "live", "Q2", MONDAY, template, Audience(), boss.id, ON, launched_at=ON)
        )
        records.participants.add(
            [
                Participant(cycle.id, p.id, "in", p.manager, p.department, p.level, p.zone, p.language, ON)
                for p in people
            ]
        )
        records.sweeps.plan(Sweep(phase_key(cycle.id, PHASE), {"cycle": cycle.id, "phase": PHASE}, OPENING))
        return cycle.id, [person.id for person in people]


def someone(name: str, manager: int | None) -> Person:
    return Person(
        0, f"{name}@example.com", name.title(), manager, "Sales", "L3", "", (), "UTC", "en", None, None, None, True
    )  # fmt: skip


def at_once(*work: Any) -> list[str]:
    """Do these at the same moment; what each says, or why it is refused."""
    start = Barrier(len(work))

    def one(do: Any) -> str:
        start.wait()
        try:
            return str(do())
        except Refusal as no:
            return no.words.en

    with ThreadPoolExecutor(len(work)) as threads:
        return list(threads.map(one, work))


def naming(store: Store, cycle: int, who: int, reviewer: int, now: datetime) -> Any:
    def do() -> str:
        with store.work() as records:
            actor = records.people.get(who)
            assert actor is not None
            return keep(records, actor, f"{cycle}/{PHASE}/{who}", (reviewer,), now).en

    return do


@pytest.mark.parametrize("go", range(3))
def test_the_last_place_is_taken_once(store: Store, go: int) -> None:
    cycle, (_, reviewer, *others) = company(store, 6, load=2)
    said = at_once(*(naming(store, cycle, who, reviewer, ON) for who in others))
    assert sum("Kept: 1 colleague." in words for words in said) == 2
    assert sum("is asked for 2 reviews already" in words for words in said) == len(others) - 2
    with store.work() as records:
        assert records.nominations.load(cycle, [reviewer]) == {reviewer: 2}


@pytest.mark.parametrize("go", range(3))
def test_who_is_named_while_the_reviews_are_planned_is_asked_all_the_same(store: Store, go: int) -> None:
    cycle, (_, reviewer, *others) = company(store, 6, approve=False)

    def plan() -> str:
        with store.work() as records:
            work = records.sweeps.get(phase_key(cycle, PHASE))
            assert work is not None
            records.sweeps.save(plan_phase.step(records, work, OPENING))
        return "planned"

    said = at_once(plan, *(naming(store, cycle, who, reviewer, OPENING) for who in others))
    assert said.count("planned") == 1
    assert all("Kept: 1 colleague." in words for words in said[1:])
    with store.work() as records:
        tasks = records.tasks.of_about("review", cycle, PHASE, others)
    assert sorted(task.about for task in tasks) == others
    assert {task.person for task in tasks} == {reviewer}
