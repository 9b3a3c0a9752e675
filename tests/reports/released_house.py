"""A company whose results were released, by bare rows: departments, teams, HR below a head of HR, and a chief above all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import insert

from flows.core.kinds import Rating
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import Words, same
from flows.cycle.records import Audience, Cycle, Participant
from flows.cycle.template import Guide, Phase, Review, Step, Template
from flows.people.person import Person
from flows.reports.kinds import report_named
from flows.reports.report import Asked, By, Cell, Report
from flows.reports.rights import COMPANY
from flows.reports.scope import Scope
from flows.results.records import Release
from storage.engine import Store
from storage.tables.results import RELEASED

STEPS = tuple(Option(str(nth), Words(str(nth), str(nth))) for nth in range(1, 6))
QUESTIONS = tuple(
    Question(name, Words(name, name), Rating(STEPS)) for name in ("results", "behaviour", "ability")
)
TEMPLATE = Template(
    "half-year",
    Words("Half year", "半年"),
    "half_year",
    (
        Phase("peers", Words("Peers", "同事"), 0, 9, "review", review="peer"),
        Phase("manager", Words("Manager", "上级"), 0, 9, "review", "managers", "manager"),
        Phase("self", Words("Self", "自评"), 0, 9, "review", review="self"),
    ),
    {
        "manager": Review("manager", Words("By the manager", "上级评估"), QUESTIONS),
        "self": Review("self", Words("Self", "自评"), QUESTIONS[:2]),
        "peer": Review("peer", Words("By peers", "同事评估"), QUESTIONS[1:2], anonymous=True),
    },
    scale=tuple(
        Step(key, Words(key, key), Decimal(value)) for key, value in (("A", 4), ("B", 3), ("C", 2), ("D", 1))
    ),
    guide=Guide(((("A",), Decimal(20)), (("B", "C", "D"), Decimal(80))), tolerance=Decimal(5)),
)


@dataclass
class House:
    """People by name; `released` is when results were."""

    store: Store
    now: datetime
    people: dict[str, Person] = field(default_factory=dict)

    def hire(self, name: str, department: str, manager: str | None = None, **other: object) -> Person:
        above = self.people[manager].id if manager else None
        person = Person(
            0, f"{name}@example.com".lower(), name, above, department, "P5", "", (), "Asia/Shanghai", "en", None, None,
            None, active=True,
        )  # fmt: skip
        with self.store.work() as records:
            self.people[name] = records.people.save(replace(person, **other))  # type: ignore[arg-type]
        return self.people[name]

    def cycle(self, name: str = "H2", template: Template = TEMPLATE, first: date = date(2026, 7, 1)) -> Cycle:
        """A cycle in which all take part who have a manager."""
        at = self.now - timedelta(days=90)
        with self.store.work() as records:
            boss = next(iter(self.people.values())).id
            cycle = records.cycles.save(
                Cycle(0, "live", name, first, template, Audience(), boss, at, launched_at=at)
            )
            records.participants.add(
                [
                    Participant(
                        cycle.id, one.id, "in", one.manager, one.department, one.level, one.zone, "en", at
                    )
                    for one in self.people.values()
                    if one.manager
                ]
            )
        return cycle

    def release(
        self,
        cycle: Cycle,
        ratings: Mapping[str, str],
        other: str = "B",
        scores: Mapping[str, int] | None = None,
    ) -> None:
        """Everybody who takes part has the rating that their name has, else `other`; their manager gave the same."""
        at = self.now - timedelta(days=9)
        rows = [
            {
                "cycle": cycle.id, "person": one.id, "department": one.department, "level": one.level,
                "manager": one.manager, "rating": ratings.get(name, other), "given": ratings.get(name, other),
                "score": (scores or {}).get(name, 8000), "counted": one.id not in self.uncounted,
            }
            for name, one in self.people.items()
            if one.manager
        ]  # fmt: skip
        with self.store.engine.begin() as connection:
            connection.execute(insert(RELEASED), rows)
        with self.store.work() as records:
            records.releases.save(Release(cycle.id, self.people["Chief"].id, at, None, at, at, at))

    @property
    def uncounted(self) -> set[int]:
        """HR, and whoever stands above them."""
        by_id = {one.id: one for one in self.people.values()}
        found = set[int]()
        for one in self.people.values():
            above = one if one.is_hr else None
            while above is not None and above.id not in found:
                found.add(above.id)
                above = by_id[above.manager] if above.manager else None
        return found

    def report(
        self, name: str, reader: str, cycle: Cycle, scope: Scope = COMPANY, by: By = "department",
        before: Cycle | None = None,
    ) -> Report:  # fmt: skip
        kind = report_named(name)
        assert kind is not None
        with self.store.work() as records:
            return kind.make(records, self.people[reader], Asked(scope, cycle, before, by=by), self.now)

    def below(self, name: str) -> Scope:
        return Scope(same(f"{name}'s people"), below=self.people[name].id)


def company(store: Store, now: datetime) -> House:
    """Sales of 13 (teams of 6 and 5, their leads) and Lab of 9 (a team of 8, its lead); HR of 6 below Hugo.

    Nobody is above the chief, who is HR, so they have no result. Hana is HR under Hugo, who is under the chief.
    """
    house = House(store, now)
    house.hire("Chief", "Board", roles=("hr",))
    for head, department, team in (("Sara", "Sales", 6), ("Stan", "Sales", 5), ("Lea", "Lab", 8)):
        house.hire(head, department, "Chief")
        for nth in range(team):
            house.hire(f"{head} {nth}", department, head, level="P5" if nth % 2 else "P6")
    house.hire("Hugo", "HR", "Chief")
    house.hire("Hana", "HR", "Hugo", roles=("hr",))
    for nth in range(4):
        house.hire(f"Hugo {nth}", "HR", "Hugo")
    return house


def rows(report: Report) -> dict[str, tuple[Cell, ...]]:
    """The first table by the English name of its rows."""
    table = report.tables[0]
    assert all(len(row) == len(table.columns) for row in table.rows)
    return {row[0].en if isinstance(row[0], Words) else str(row[0]): row[1:] for row in table.rows}
