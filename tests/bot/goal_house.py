"""Goals of every kind in the company of `cycle_house`: each of another title, with who may read it said here anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from flows.core.words import same
from flows.goals.agreeing.following import follow
from flows.goals.importing.dropped import Dropped, Table
from flows.goals.kept import ActionStep, Goal, LibraryGoal, Reading, Terms, Version, Visibility
from flows.goals.measure.series import series_of
from flows.people.person import Person
from storage.work import Work

How = Literal["draft", "proposed", "returned", "agreed", "changing", "leaving", "withdrawn"]
EVERYBODY = frozenset(
    {"lin", "mei", "tom", "ned", "olu", "dep", "top", "hanna", "sally", "petra", "audrey", "oscar"}
)
LINES: Mapping[str, frozenset[str]] = {
    "lin": frozenset({"lin", "mei", "top"}),
    "tom": frozenset({"tom", "mei", "top"}),
    "gone": frozenset({"mei", "top"}),
    "olu": frozenset({"olu", "top"}),
    "mei": frozenset({"mei", "top"}),
    "moved": frozenset({"mei", "ned", "top"}),
    "hanna": frozenset({"hanna"}),
}
"""Who reads everything of theirs: themselves, who reviews them, and the line above."""
TEAMS: Mapping[str, frozenset[str]] = {
    "lin": frozenset({"tom"}),
    "tom": frozenset({"lin"}),
    "gone": frozenset({"lin", "tom"}),
    "olu": frozenset(),
    "mei": frozenset({"ned", "dep", "lin", "tom"}),
    "moved": frozenset(),
    "hanna": frozenset(),
}


@dataclass(frozen=True)
class Made:
    """One goal to be made. `cycle` names one of the house's, or none."""

    owner: str
    visibility: Visibility
    how: How
    cycle: str = "all"

    @property
    def title(self) -> str:
        return f"Zq {self.owner} {self.visibility} {self.how} {self.cycle}."

    @property
    def wish(self) -> str:
        """The title that is asked for where the goal is to change."""
        return f"Zw {self.owner} {self.visibility} {self.how} {self.cycle}."

    @property
    def readers(self) -> frozenset[str]:
        if self.how == "draft":
            return frozenset({self.owner})
        found = LINES[self.owner]
        if self.visibility != "private":
            found |= TEAMS[self.owner]
        return EVERYBODY if self.visibility == "public" else found


GOALS = (
    *(Made("lin", visibility, how) for visibility in ("private", "team", "public") for how in ("draft", "proposed")),
    Made("lin", "private", "returned"), Made("lin", "private", "agreed"), Made("lin", "private", "changing"),
    Made("lin", "public", "changing"), Made("lin", "private", "leaving"), Made("lin", "private", "withdrawn"),
    Made("lin", "private", "agreed", "closed"), Made("lin", "private", "draft", "archived"),
    Made("lin", "private", "proposed", "sales"), Made("lin", "private", "draft", "sales"),
    Made("lin", "private", "agreed", ""), Made("tom", "private", "proposed"), Made("tom", "team", "returned"),
    Made("tom", "public", "draft"), Made("gone", "private", "agreed"), Made("gone", "team", "proposed"),
    Made("olu", "private", "proposed"), Made("olu", "team", "agreed"), Made("olu", "public", "draft"),
    Made("mei", "private", "agreed"), Made("mei", "team", "proposed"), Made("mei", "private", "draft"),
    Made("moved", "private", "proposed"), Made("moved", "team", "draft"),
)  # fmt: skip
TITLES: Mapping[str, frozenset[str]] = {
    **{one.title: one.readers for one in GOALS},
    **{one.wish: LINES[one.owner] for one in GOALS if one.how == "changing"},
    "Zs a step of Lin's": LINES["lin"],
    "Zn a note of Lin's": LINES["lin"],
    "Zc a comment to Lin": LINES["lin"],
    "Zt Hanna's token": frozenset({"hanna"}),
    "Zt Sally's token": frozenset({"hanna", "sally"}),
    "Zi in Hanna's sheet": frozenset({"hanna"}),
    "Zi in Sally's sheet": frozenset({"sally"}),
    "Zl of the library": frozenset({"tom", "mei", "ned", "top"}),
}


def goals_in(
    records: Work, people: Mapping[str, Person], cycles: Mapping[str, int], now: datetime
) -> dict[str, int]:
    """Make them all, with steps, values, tokens and sheets; the number of each by its title."""
    made: dict[str, int] = {}
    for one in GOALS:
        made[one.title] = make(records, one, people, cycles, now).id
    private = made["Zq lin private agreed all."]
    for title, needs in (("Zs a step of Lin's", "money"), ("Zs a step of Lin's, without needs", "")):
        records.steps.save(ActionStep(0, private, title, date(2026, 3, 30), needs))
    lin = people["lin"].id
    for value in ("4", "5"):
        records.readings.keep([
            Reading(0, series_of(private), "2026-03-16", date(2026, 3, 16), Decimal(value), "goal", now, lin,
                    note="Zn a note of Lin's"),
        ])  # fmt: skip
    for who, departments in (("hanna", ()), ("sally", ("Sales",))):
        records.tokens.make(f"Zt {who.title()}'s token", (), departments, people[who].id, now)
        sheet = records.dropped.add(people[who].id, f"{who}.csv", now)
        records.dropped.save(replace(sheet, state="read", content=table(who)))
        broken = records.dropped.add(people[who].id, f"{who}-broken.csv", now)
        records.dropped.save(
            Dropped(broken.id, people[who].id, broken.name, now, "unreadable", None, same("no"))
        )
    records.library.replace("Clerk", [LibraryGoal(0, "Clerk", terms("Zl of the library"))])
    records.people.save(replace(people["tom"], title="Clerk"))
    company = records.goals.save(
        Goal(0, people["top"].id, terms("Zq company", visibility="public"), cycles["all"], "company")
    )
    made["company"] = company.id
    below = terms("Zq department", visibility="public", parent=company.id)
    department = Goal(0, people["eva"].id, below, cycles["all"], "department", "Engineering", "proposed")
    made["department"] = records.goals.save(replace(department, asked_by=people["top"].id)).id
    objective = Terms("An objective of Olu's", "objective", "okr")
    above = records.goals.save(Goal(0, people["olu"].id, objective, cycles["all"]))
    made["result"] = records.goals.save(
        Goal(
            0, people["olu"].id, terms("A key result of Olu's", parent=above.id), cycles["all"], state="draft"
        )
    ).id
    for cycle in ("all", "sales"):
        for person in people.values():
            follow(records, cycles[cycle], person.id, now)
    return made


def terms(title: str, visibility: Visibility = "private", parent: int | None = None) -> Terms:
    return Terms(
        title, unit="customers", baseline=Decimal(1), target=Decimal(10), weight=Decimal(10), due=date(2026, 3, 31),
        visibility=visibility, parent=parent,
    )  # fmt: skip


def make(
    records: Work, one: Made, people: Mapping[str, Person], cycles: Mapping[str, int], now: datetime
) -> Goal:
    owner = people[one.owner]
    state = "agreed" if one.how in ("changing", "leaving") else one.how
    cycle = cycles[one.cycle] if one.cycle else None
    asked = owner.id if one.how in ("proposed", "returned", "changing", "leaving") else None
    goal = Goal(
        0, owner.id, terms(one.title, one.visibility), cycle, state=state, asked_by=asked, changed_at=now
    )
    if one.how == "changing":
        goal = replace(goal, pending=terms(one.wish, "private"))
    goal = replace(goal, leaving=one.how == "leaving")
    kept = records.goals.save(goal)
    if one.how != "draft":
        comment = "Zc a comment to Lin" if (one.owner, one.how) == ("lin", "returned") else ""
        records.goals.save(kept, Version(0, kept.id, 1, "proposed", owner.id, now, kept.terms))
        records.goals.save(kept, Version(0, kept.id, 1, "asked", people["mei"].id, now, kept.terms, comment))
    return kept


def table(who: str) -> Table:
    rows = ((2, (f"Zi in {who.title()}'s sheet", "olu@example.com", "person", "10")),)
    return Table(("Goal", "Email", "Level", "Target"), 1, rows)
