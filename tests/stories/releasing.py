"""A quarter whose reviews are over and whose results wait to be released, for the stories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from flows.core.words import Words
from flows.cycle.planning import plan_snapshot
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Opening, Phase, Step
from flows.results.computing import rate as set_rating
from flows.reviews.records import Review
from tests.stories.quarter import MONDAY, ON, WEEK, go
from tests.stories.reviewing import PEERS, SIDES, names, write

SCALE = tuple(
    Step(key, Words(en, zh), Decimal(value), coefficient=Decimal(factor))
    for key, value, factor, en, zh in (
        ("A", 3, "1.2", "Outstanding", "卓越"), ("B", 2, "1", "Good", "良好"), ("C", 1, "0.8", "Below", "待改进"),
    )
)  # fmt: skip
RELEASED = replace(
    SIDES,
    phases=(
        Phase(PEERS, Words("Reviews by colleagues", "同事评估"), 7, 5, "review", review="peer", grace=0),
        Phase("manager-review", Words("Manager review", "上级评估"), 7, 5, "review", "managers", "manager", grace=0),
    ),
    scale=SCALE,
    weights={"results": Decimal(70), "peers": Decimal(30)},
    opening=Opening(lead=2, view=5, appeal=7),
)  # fmt: skip
DEPARTMENTS = ("Engineering", "Sales", "People")
OVER = datetime(2026, 3, 16, 9, tzinfo=UTC)  # Monday: the reviews were taken until Friday everywhere
OPENS = datetime(2026, 3, 18, tzinfo=UTC)  # Wednesday, the day of the employees
RATINGS = {"lina": "A", "kavya": "C"}  # the others have a B


def launched(
    town: Any,
    template: Any = RELEASED,
    departments: tuple[str, ...] = DEPARTMENTS,
    **reviewers: tuple[str, ...],
) -> int:
    """The quarter on the Monday on which its reviews open; `reviewers` by whom they review."""

    def work(records: Any) -> int:
        hr = records.people.by_email("marta@example.com").id
        now = town.now()
        audience = Audience(departments=departments)
        cycle = records.cycles.save(
            Cycle(0, "live", "Q1", MONDAY, template, audience, hr, now, launched_by=hr, launched_at=now)
        )
        plan_snapshot(records, cycle, now)
        return int(cycle.id)

    cycle: int = town.records(work)
    town.settle()
    for about, several in reviewers.items():
        names(town, cycle, about, *several)
    go(town, ON + WEEK)
    return cycle


def rate(town: Any, cycle: int, ratings: Mapping[str, str] = RATINGS, without: tuple[str, ...] = ()) -> None:
    """Every manager has rated their people, and written why."""

    def work(records: Any) -> None:
        for place in records.participants.slice(cycle, 0, 1000):
            person = records.people.get(place.person)
            name, by = person.email.partition("@")[0], place.manager
            if name in without or by is None:
                continue
            rating = ratings.get(name, "B")
            answers = {"results": {"A": "3", "B": "2", "C": "1"}[rating], "why": f"Written about {name}"}
            records.reviews.keep(
                Review(0, cycle, "manager-review", "manager", person.id, by, by, answers, sent_at=town.now())
            )
            manager = records.people.get(by)
            set_rating(
                records, records.cycles.get(cycle), person.id, "manager", rating, "", manager, town.now()
            )

    town.records(work)


def ready(town: Any, template: Any = RELEASED, **reviewers: tuple[str, ...]) -> int:
    """Reviewed, rated, and over: HR may release it."""
    cycle = launched(town, template, **reviewers)
    for about, several in reviewers.items():
        who = town.records(lambda records, name=about: records.people.by_email(f"{name}@example.com").name)
        for n, author in enumerate(several):
            write(town.player(author), who, helps=str(n % 3 + 1), keep=f"Keep {about} {n}")
    rate(town, cycle)
    go(town, OVER)
    return cycle


def release(town: Any, hr: str = "marta") -> Any:
    """HR releases it alone; what follows at once has followed."""
    player = town.player(hr)
    player.command("/cycle release")
    player.touch("发布" if player.title() == "发布结果" else "Release")
    town.to(town.now() + timedelta(minutes=2))
    return player


def person(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def task(town: Any, cycle: int, name: str, subject: str = "result") -> Any:
    whose = person(town, name).id
    return town.records(lambda records: records.tasks.find("view", cycle, whose, subject))
