"""A company after its reviews, by bare inserts: goals with readings, and five reviews of everybody, three of them unnamed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import insert

from bot.bench.filled import live_cycle, task
from bot.bench.goal_company import goal_row
from bot.bench.staff import DEPARTMENTS, HR_LEADS, NOON, department, fill, hire, leader
from flows.cycle.records import Cycle
from flows.cycle.template import Template
from flows.cycle.templates.file import built_in
from flows.results.computing import compute, proposal
from flows.results.ledger import rated
from flows.results.records import Session
from flows.results.scale import coefficient
from storage.cipher import Cipher
from storage.engine import Store, open_store
from storage.records.rows import chunks
from storage.tables.goals import GOAL, READING
from storage.tables.results import SEAT
from storage.tables.reviews import REVIEW
from storage.tables.sealed import PEN
from storage.tables.tasks import TASK

FIRST = date(2026, 10, 6)  # a Tuesday; every review is over at `NOON`, and results are to be opened
WROTE = NOON - timedelta(days=30)
UNTIL = NOON - timedelta(days=20)
COLLEAGUES, GOALS_EACH, REVIEWS_EACH = 3, 2, 5
MONTHS = tuple(date(2026, month, 28) for month in range(5, 11))
PEERS = "peer-review"
SLICE = 1000  # unnamed reviews at a time: each takes 4 KB
SAID = (
    "Keeps what was agreed, also when it gets busy, and says early when something will be late.",
    "把复杂的问题拆成几步，带着大家一起推进，遇到困难会及时同步进展。",
    "Explains figures to people who don't work with them, and takes questions seriously.",
    "可以更早地征求其他团队的意见，避免后期返工；会议前准备充分一些会更好。",
    "Could hand over more, so that others learn it too; the last release hung on one person.",
)


def template() -> Template:
    """The half-year review that comes along."""
    return next(one for one in built_in() if one.name == "half-year-review")


def reviewed(url: str, people: int, locked: bool) -> int:
    """Hire so many and have all of them reviewed; the cycle's id.

    Everybody has a seat in their department's open session. `locked`: half of the sessions are, the other half there
    are none of, and everybody has a manager's rating, so that the results can be released.
    """
    with closing(open_store(url, lambda: NOON)) as store:
        hire(store.engine, people)
        cycle = live_cycle(store, template(), people, FIRST)
        with store.engine.begin() as connection:
            fill(connection, GOAL, _goals(cycle.id, people))
            fill(connection, READING, _readings(people))
            fill(connection, REVIEW, _named(cycle.id, people))
            fill(connection, TASK, _tasks(cycle.id, people))
        cipher = Cipher.of(store.keys.create(cycle.id))
        for some in chunks(_unnamed(cipher, cycle.id, people), SLICE):
            with store.engine.begin() as connection:
                connection.execute(insert(PEN), some)
        if locked:
            _rated(store, cycle, people)
        _seated(store, cycle.id, people, locked)
        return cycle.id


def reviewers(number: int, people: int) -> list[int]:
    """The colleagues who review person `number`."""
    return [(number + nth) % people + 1 for nth in range(COLLEAGUES)]


def goal_of(person: int, nth: int) -> int:
    return GOALS_EACH * person + nth


def _goals(cycle: int, people: int) -> Iterator[dict[str, Any]]:
    for person in range(1, people + 1):
        for nth in range(GOALS_EACH):
            target = Decimal(100 + person % 50)
            yield goal_row(goal_of(person, nth), person, cycle, nth, target=target, weight=Decimal(50))


def _readings(people: int) -> Iterator[dict[str, Any]]:
    random = Random(5)  # noqa: S311 - made-up data
    for person in range(1, people + 1):
        for nth in range(GOALS_EACH):
            value = 0.0
            for day in MONTHS:
                value += random.uniform(10, 30)
                yield {
                    "series": f"goal/{goal_of(person, nth)}", "period": f"{day:%Y-%m}", "day": day,
                    "value": Decimal(f"{value:.1f}"), "source": "checkin", "at": WROTE, "by": person, "token": None,
                    "confidence": None, "note": "", "current": True,
                }  # fmt: skip


def _named(cycle: int, people: int) -> Iterator[dict[str, Any]]:
    """One of oneself, and the manager's."""
    random = Random(6)  # noqa: S311 - made-up data
    for person in range(1, people + 1):
        said = {name: random.choice(SAID) for name in ("achievements", "learned", "values", "strengths")}
        steps = {name: str(random.randint(2, 5)) for name in ("results", "behaviour")}
        yield _review(cycle, "self-review", "self", person, person, {**said, **steps})
        if above := leader(person):
            said = {name: random.choice(SAID) for name in ("results-why", "behaviour-example", "growth")}
            steps = {name: str(random.randint(1, 5)) for name in ("results", "behaviour", "ability")}
            yield _review(
                cycle, "manager-review", "manager", person, above, {**said, **steps, "ready": "later"}
            )


def _review(
    cycle: int, phase: str, kind: str, about: int, author: int, answers: dict[str, str]
) -> dict[str, Any]:
    return {
        "cycle": cycle, "phase": phase, "kind": kind, "about": about, "author": author, "manager": leader(about),
        "answers": answers, "sent_at": WROTE, "edited_at": None,
    }  # fmt: skip


def _tasks(cycle: int, people: int) -> Iterator[dict[str, Any]]:
    """That everybody has written what they were asked for."""
    times = {"opens_at": WROTE, "due_at": UNTIL, "until": UNTIL, "next_at": None, "done_at": WROTE}
    for person in range(1, people + 1):
        pairs = [("self-review", person), *((PEERS, one) for one in reviewers(person, people))]
        pairs += [("manager-review", above)] if (above := leader(person)) else []
        for phase, writer in pairs:
            yield task("review", cycle, phase, writer, about=person, state="done", **times)


def _unnamed(cipher: Cipher, cycle: int, people: int) -> Iterator[dict[str, Any]]:
    """What colleagues wrote, as it is kept until the release."""
    random = Random(7)  # noqa: S311 - made-up data
    for person in range(1, people + 1):
        bag = cipher.name("bag", PEERS, person)
        for writer in reviewers(person, people):
            answers = {name: random.choice(SAID) for name in ("keep", "change")}
            answers |= {name: random.choice("1234" * 5 + "?") for name in ("helps", "reliable")}
            given = {name: "unknown" if said == "?" else said for name, said in answers.items()}
            pen = cipher.name("pen", PEERS, writer, person)
            yield {"id": pen, "cycle": cycle, "bag": bag, "content": cipher.lock(given, pen)}


def _rated(store: Store, cycle: Cycle, people: int) -> None:
    """Have everybody's result computed, and a person agree to what it proposes."""
    for some in chunks(range(1, people + 1), SLICE):
        with store.work() as records:
            compute(records, cycle, some, NOON - timedelta(days=1))
            found = records.ledger.latest_many(cycle.id, some)
            given = [
                rated(
                    one,
                    "manager",
                    proposal(one),
                    coefficient(cycle.template, proposal(one)),
                    "",
                    leader(one.person) or HR_LEADS,
                    NOON,
                )
                for one in found.values()
            ]
            records.ledger.add(given)


def _seated(store: Store, cycle: int, people: int, locked: bool) -> None:
    """A session for each department, or a locked one for every other."""
    with store.work() as records:
        names = [department(number) for number in range(0, DEPARTMENTS, 2 if locked else 1)]
        made = Session(0, cycle, "", "locked" if locked else "open", (HR_LEADS,), 1, NOON)
        ids = {name: records.sessions.save(replace(made, name=name)).id for name in names}
    with store.engine.begin() as connection:
        seats = (
            {"cycle": cycle, "person": person, "session": ids[department(person)]}
            for person in range(1, people + 1)
            if department(person) in ids
        )
        fill(connection, SEAT, seats)
