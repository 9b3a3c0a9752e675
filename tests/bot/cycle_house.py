"""A company in the middle of everything: cycles in every state, broadcasts, deputies, joiners, what people wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection

from bot.build import catalog
from bot.exchange import Inbound, Press, Reply
from bot.front import Front
from bot.rounds import Tick
from flows.core.catalog import Catalog
from flows.core.screen import Act
from flows.core.words import same
from flows.cycle.kept import Audience, Broadcast, Cycle, Delegation
from flows.cycle.people.joiners import ask_about
from flows.cycle.planning import plan_snapshot
from flows.cycle.rehearsals.rehearsal import Rehearsal
from flows.goals.kept import Goal, Terms
from flows.people.person import HR, Person
from flows.reviews.records import Review
from storage.engine import Store, open_store
from storage.work import Work
from tests.bot.goal_house import TITLES, goals_in
from tests.stories.quarter import MONDAY, QUARTER

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)  # in the third week of the quarter: goals late, self reviews open
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
STATES = ("waiting", "sending", "paused", "cancelled", "done", "recalled")
SALES, TECH = "Sales", "Engineering"
PEOPLE: Mapping[str, tuple[str | None, str, tuple[str, ...]]] = {
    "top": (None, "", ()),
    "mei": ("top", SALES, ()),
    "lin": ("mei", SALES, ()),
    "tom": ("mei", SALES, ()),
    "ned": ("top", SALES, ()),
    "nia": ("ned", SALES, ()),
    "eva": ("top", TECH, ()),
    "olu": ("eva", TECH, ()),
    "dep": ("top", SALES, ()),
    "alone": (None, SALES, ()),
    "hanna": (None, "People", (HR,)),
    "sally": (None, "People", ("hr:Sales",)),
    "petra": (None, "People", ("hr:Engineering",)),
    "audrey": (None, "Audit", ("auditor",)),
    "oscar": (None, "IT", ("operator",)),
    "gone": ("mei", SALES, ()),
    "moved": ("mei", SALES, ()),  # to Ned's team, after the cycles were launched
}
SECRETS: Mapping[str, frozenset[str]] = {
    "Lin wrote this about herself": frozenset(
        {"lin", "mei", "dep"}
    ),  # her manager and the deputy, while reviews are open
    "Mei wrote this about Tom": frozenset({"mei"}),
    "Tom says it is not his": frozenset({"tom", "hanna", "sally"}),
    "Lin's goal": frozenset({"lin", "tom", "mei", "top"}),
    "Lin's draft": frozenset({"lin"}),
    "Tom's private": frozenset({"tom", "mei", "top"}),
    "Sally's words": frozenset({"sally", "hanna"}),
    "Hanna's words": frozenset({"hanna"}),
    **TITLES,
}
"""What was written, and who may read it: said here anew, without asking the policy."""


@dataclass
class CycleHouse:
    """The company. `trying` plays one act and takes it back, and tells which rows it would have changed."""

    store: Store
    front: Front
    catalog: Catalog
    people: dict[str, Person]
    cycles: dict[str, int]
    keys: Iterator[int]
    now: datetime = NOW
    waived: str = ""  # the task that Tom says is not his
    goals: Mapping[str, int] = field(default_factory=dict)  # by title

    @property
    def names(self) -> dict[int, str]:
        return {person.id: name for name, person in self.people.items()}

    def receive(self, who: str, what: Inbound) -> Reply:
        with self.store.work() as records:
            return self.front.receive(records, account(who), f"key {next(self.keys)}", what, self.now)

    def press(self, who: str, verb: str, *about: str) -> Reply:
        return self.receive(who, Press(Act(verb, about), "modal", said={}))

    @contextmanager
    def trying(self) -> Iterator[tuple[Work, Connection]]:
        """Records of a transaction that is taken back."""
        try:
            with self.store.work() as records:
                yield records, records._connection
                raise TakenBack
        except TakenBack:
            pass


class TakenBack(Exception):
    """Ends a transaction that shall change nothing."""


def account(who: str) -> str:
    return f"U{who.upper():Z<10}"


def house_in(url: str) -> CycleHouse:
    whole, desk = catalog()
    house = CycleHouse(open_store(url, lambda: START), Front(whole, desk), whole, {}, {}, count())
    with house.store.work() as records:
        for name, (manager, department, roles) in PEOPLE.items():
            hire(house, records, name, manager, department, roles)
        for name, state, audience in (
            ("all", "live", Audience()),
            ("sales", "live", Audience((SALES,))),
            ("draft", "draft", Audience((SALES,))),
            ("rehearsed", "rehearsed", Audience((TECH,))),
            ("closed", "closed", Audience((SALES,))),
            ("archived", "archived", Audience()),
        ):
            house.cycles[name] = run(house, records, name, state, audience).id
    for moment in (START, START + timedelta(days=3), START + timedelta(days=10), NOW):
        Tick(house.store, whole, moment).run()
    with house.store.work() as records:
        happened(house, records)
    Tick(house.store, whole, NOW).run()
    return house


def hire(
    house: CycleHouse, records: Work, name: str, manager: str | None, department: str, roles: tuple[str, ...]
) -> Person:
    boss = house.people[manager].id if manager else None
    person = Person(0, f"{name}@example.com", name.title(), boss, department, "L3", "", roles, "UTC", "en", None,
                    None, account(name), name != "gone")  # fmt: skip
    house.people[name] = records.people.save(person)
    return house.people[name]


def run(house: CycleHouse, records: Work, name: str, state: Any, audience: Audience) -> Cycle:
    owner = house.people["hanna"].id
    begun = START if state in ("live", "closed", "archived") else None
    first = MONDAY if begun else date(2026, 4, 6)
    cycle = records.cycles.save(
        Cycle(
            0, state, f"Cycle {name}", first, QUARTER, audience, owner, START, launched_at=begun,
            launched_by=owner if begun else None, closed_at=START if state in ("closed", "archived") else None,
        )
    )  # fmt: skip
    if state == "live":
        plan_snapshot(records, cycle, START)
    return cycle


def happened(house: CycleHouse, records: Work) -> None:
    """What people have done by now."""
    ids = {name: person.id for name, person in house.people.items()}
    live = house.cycles["all"]
    for phase, kind, about, author, manager, text in (
        ("self-review", "self", "lin", "lin", "mei", "Lin wrote this about herself"),
        ("manager-review", "manager", "tom", "mei", "mei", "Mei wrote this about Tom"),
    ):
        answers = {"proud": text, "why": text, "learned": text, "results": "2"}
        records.reviews.keep(
            Review(0, live, phase, kind, ids[about], ids[author], ids[manager], answers, NOW)  # type: ignore[arg-type]
        )
    for task in records.tasks.of_scope(["review"], live, "self-review", "open"):
        if task.owner == ids["lin"]:
            records.tasks.save(replace(task, state="done", done_at=NOW, next_at=None))
        if task.owner == ids["tom"]:
            waived = replace(task, state="waived", why="Tom says it is not his", done_at=NOW, next_at=None)
            records.tasks.save(waived)
            house.waived = str(task.id)
    records.goals.save(Goal(0, ids["lin"], Terms("Lin's goal"), live))
    records.goals.save(Goal(0, ids["lin"], Terms("Lin's draft", "objective", "okr"), live, state="draft"))
    private = Goal(0, ids["tom"], Terms("Tom's private goal", visibility="private"), live, state="proposed")
    records.goals.save(replace(private, asked_by=ids["tom"]))
    records.goals.save(Goal(0, ids["olu"], Terms("Everybody's to see", visibility="public"), live))
    house.people["moved"] = records.people.save(replace(house.people["moved"], manager=ids["ned"]))
    house.goals = goals_in(records, house.people, house.cycles, NOW)
    for author, text in (("hanna", "Hanna's words"), ("sally", "Sally's words")):
        for state in STATES:
            started = None if state == "waiting" else NOW
            audience = Audience((SALES,))
            records.broadcasts.save(
                Broadcast(0, state, ids[author], same(text), audience, NOW, started_at=started)  # type: ignore[arg-type]
            )
    for deputy, days in (("dep", 5), ("ned", -1)):
        first = NOW.date() - timedelta(days=2)
        last = first + timedelta(days=days + 2)
        records.delegations.save(Delegation(0, ids["mei"], ids[deputy], first, last, ids["mei"], NOW))
    newcomers = [hire(house, records, name, "mei", SALES, ()) for name in ("joe", "jill")]
    for cycle in records.cycles.in_state("live"):
        ask_about(records, cycle, newcomers, NOW)
    paused = records.cycles.get(house.cycles["sales"])
    assert paused
    records.cycles.save(replace(paused, paused_at=NOW))
    asked = NOW
    records.rehearsals.save(Rehearsal(house.cycles["rehearsed"], "asked", ids["hanna"], asked, ""))
