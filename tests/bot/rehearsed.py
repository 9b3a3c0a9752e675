"""Small companies for rehearsals, and a live run to hold a rehearsal against."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.clock import VirtualClock
from bot.metrics import Metrics
from bot.rounds import Rounds
from flows.checkins.setup import usual
from flows.core.catalog import Catalog
from flows.core.words import Words
from flows.cycle.hr.launch import go_live
from flows.cycle.kept import Audience, Cycle, Delegation
from flows.cycle.template import NudgePolicy, Phase, Review, Template
from flows.people.person import Person
from storage.engine import Store

SUNDAY = datetime(2026, 3, 1, 18, tzinfo=UTC)
FIRST = date(2026, 3, 9)

Line = tuple[int, str, datetime, tuple[tuple[str, str, int], ...]]
"""(who, kind of message, when, what it asks: kind of task, phase, how many)."""


def phase(
    name: str, starts: int, days: int, work: Any, who: Any = "everyone", review: Any = None, **other: Any
) -> Phase:
    return Phase(name, Words(name, name), starts, days, work, who, review, **other)


PHASES = (
    phase("goals", 0, 7, "goals"),
    phase("talk", 7, 5, "confirm", "managers"),
    phase("self", 5, 8, "review", review="self", hard=True),
    phase("mgr", 10, 8, "review", "managers", "manager", grace=3),
)
REVIEWS = {
    "self": Review("self", Words("Self", "自评"), ()),
    "manager": Review("manager", Words("Manager", "上级"), ()),
}


def template(phases: tuple[Phase, ...] = PHASES, nudges: NudgePolicy = NudgePolicy()) -> Template:  # noqa: B008
    return Template("t", Words("T", "T"), "quarter", phases, REVIEWS, nudges=nudges)


def found(
    store: Store,
    people: Iterable[Person],
    made: Template,
    first: date = FIRST,
    deputies: Iterable[tuple[int, int, int]] = (),
    checkins: bool = False,
) -> int:
    """Put the company and its draft into an empty database; the cycle's id. Person n has id n; the first is HR."""
    with store.work() as records:
        for person in people:
            records.people.save(replace(person, id=0))
        for who, deputy, day in deputies:
            start = first + timedelta(days=day)
            records.delegations.save(
                Delegation(0, who, deputy, start, start + timedelta(days=4), who, SUNDAY)
            )
        if checkins:
            records.programmes.save(usual(SUNDAY.date() + timedelta(days=1), 1, SUNDAY))
        cycle = Cycle(0, "draft", "Q", first, made, Audience(), 1, SUNDAY)
        return records.cycles.save(cycle).id


def someone(number: int, manager: int | None, **other: Any) -> Person:
    one = Person(
        number, f"p{number}@example.com", f"Person {number}", manager, "Sales", "P5", "", ("hr",) if number == 1 else (),
        "Europe/Berlin", "en", None, None, f"U{number}", True,
    )  # fmt: skip
    return replace(one, **other)


class Here(Executor):
    """Does what it is given at once, on the caller's own thread."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


def lived(store: Store, cycle: int, catalog: Catalog, clock: VirtualClock, end: datetime) -> list[Line]:
    """Launch it for real and let the bot's own rounds run, with nobody answering and the outbox read by hand."""
    with store.work() as records:
        draft = records.cycles.get(cycle)
        assert draft is not None
        go_live(records, draft, draft.owner, None, clock.now())
    return on_to(store, catalog, clock, end)


def on_to(store: Store, catalog: Catalog, clock: VirtualClock, end: datetime) -> list[Line]:
    """Let the bot's own rounds run until `end`; what was sent on the way."""
    rounds = Rounds(store, Here(), clock, Metrics(), catalog)
    lines: list[Line] = []

    async def live() -> None:
        while True:
            await rounds.tick()
            lines.extend(delivered(store, catalog, clock.now()))
            moment = await rounds.next_moment()
            if moment is None or moment > end:
                return
            clock.to(moment)

    asyncio.run(live())
    return lines


def delivered(store: Store, catalog: Catalog, now: datetime) -> list[Line]:
    """What the sender would send now, by its own claims and marks; what is not needed any more is dropped."""
    lines: list[Line] = []
    with store.work() as records:
        while rows := records.outbox.claim(now, 50, sending=True):
            for row in rows:
                message = row.message
                about = {**message.about, "id": row.id, "sent": False}
                if catalog.letters[message.kind].write(records, about, now) is None:
                    records.outbox.mark_dropped(row.id, "not needed")
                    continue
                records.outbox.mark_sent(row.id, "D1", row.id, now)
                if message.person is not None:
                    lines.append(
                        (message.person, message.kind, message.due_at, asked(records, message.about))
                    )
        for stale in records.outbox.stale(now, 10_000):
            records.outbox.mark_fresh(stale.id, stale.token)
    return lines


def asked(records: Any, about: Any) -> tuple[tuple[str, str, int], ...]:
    counted: dict[tuple[str, str], int] = {}
    for number, *_ in about.get("tasks", ()):
        task = records.tasks.get(number)
        counted[task.kind, task.subject] = counted.get((task.kind, task.subject), 0) + 1
    return tuple(sorted((kind, subject, number) for (kind, subject), number in counted.items()))
