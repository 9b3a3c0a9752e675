"""A company with a cycle of anonymous reviews, put into a database directly and as fast as it takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from flows.core.kinds import Rating, Text
from flows.core.owed import Task
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import Words, same
from flows.cycle.records import Audience, Cycle, Participant
from flows.cycle.template import Anonymity, Phase, Review, Template
from flows.people.person import Person
from flows.results.records import Release
from storage.engine import Store

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSED = START + timedelta(days=30)

STEPS = tuple(Option(str(step), same(step), same("…")) for step in range(1, 6))


def form(kind: Any, texts: int = 2) -> Review:
    """Two ratings and so many texts."""
    asked = [Question(f"rated{n}", same(f"How much {n}?"), Rating(STEPS, unknown=True)) for n in (1, 2)]
    asked += [Question(f"said{n}", same(f"What {n}?"), Text(4), optional=True) for n in range(1, texts + 1)]
    return Review(kind, same(kind), tuple(asked), anonymous=True)


TEMPLATE = Template(
    "all-round", Words("All-round", "全方位"), "quarter",
    (
        Phase("peers", Words("Reviews of colleagues", "同事评估"), 0, 10, "review", review="peer"),
        Phase("upward", Words("Reviews of managers", "向上评估"), 0, 10, "review", review="upward"),
    ),
    reviews={"peer": form("peer"), "upward": form("upward")},
    anonymity=Anonymity(),
)  # fmt: skip


@dataclass
class Company:
    """People in teams of `team`, each led by its first, who is led by the head; everybody reviews their manager."""

    store: Store
    cycle: Cycle
    people: list[Person]
    by_id: Mapping[int, Person]

    def team_of(self, person: Person) -> list[Person]:
        return [one for one in self.people if one.manager == person.manager and one.id != person.id]


def company(
    store: Store, people: int, team: int = 6, template: Template = TEMPLATE, hr: bool = True
) -> Company:
    """The company with its cycle and everybody's place in it. The head is HR, who may read everything that is shown."""
    with store.work() as records:
        everyone: list[Person] = []
        for number in range(people):
            manager = (
                None
                if number == 0
                else everyone[0]
                if number % team == 1
                else everyone[-((number - 1) % team)]
            )
            everyone.append(
                records.people.save(
                    Person(
                        0, f"p{number}@example.com", f"Person {number}", manager.id if manager else None,
                        f"D{number // 50}", "P5", "", ("hr",) if hr and number == 0 else (), "Asia/Shanghai", "en", None,
                        None, f"U{number}", active=True,
                    )
                )
            )  # fmt: skip
        cycle = records.cycles.save(
            Cycle(
                0,
                "live",
                "Q1",
                date(2026, 3, 2),
                template,
                Audience(),
                everyone[0].id,
                START,
                launched_at=START,
            )
        )
        records.participants.add(
            [
                Participant(
                    cycle.id,
                    one.id,
                    "in",
                    one.manager,
                    one.department,
                    one.level,
                    one.zone,
                    one.language,
                    START,
                )
                for one in everyone
            ]
        )
    return Company(store, cycle, everyone, {one.id: one for one in everyone})


def ask(
    company: Company, pairs: list[tuple[str, int, int]], done: set[tuple[str, int, int]] | None = None
) -> None:
    """Tasks of reviewing: (phase, whose, about whom); those in `done` are done."""
    until = START + timedelta(days=18)
    tasks = [
        Task(
            0, "review", company.cycle.id, author, phase, "done" if (phase, author, about) in (done or ()) else "open",
            START, START + timedelta(days=10), until, about=about, department=company.by_id[author].department,
        )
        for phase, author, about in pairs
    ]  # fmt: skip
    with company.store.work() as records:
        records.tasks.add(tasks)


def rounds(company: Company, team: int, rng: Random) -> Iterator[tuple[str, int, int]]:
    """Everybody about each of their team, and about their manager, in random order."""
    pairs = []
    for start in range(1, len(company.people), team):
        group = company.people[start : start + team]
        pairs += [("peers", one.id, other.id) for one in group for other in group if one.id != other.id]
        pairs += [("upward", one.id, one.manager) for one in group if one.manager]
    rng.shuffle(pairs)
    yield from pairs


def answers_of(rng: Random, texts: Mapping[str, str]) -> dict[str, Any]:
    return {"rated1": str(rng.randint(1, 5)), "rated2": str(rng.randint(1, 5)), **texts}


def releasing(company: Company) -> None:
    """The row that the seal belongs to."""
    with company.store.work() as records:
        records.releases.save(Release(company.cycle.id, company.people[0].id, CLOSED))
