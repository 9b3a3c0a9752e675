"""Which goals a report may name to its reader: the policy is asked for each, and lines of managers are read at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.reports.goals.kept import Risk
from flows.reports.records import ReportRecords

DEEPEST = 40  # managers above one another: more than any company has, so that a loop ends


def seen(
    records: ReportRecords, reader: Person, risks: Sequence[Risk], owners: Mapping[int, Person], now: datetime
) -> list[Risk]:
    """The goals that the reader may open and of whose owner they may be told that it goes badly, in their order."""
    mine = frozenset(records.people.line_of(reader.id))
    lines = lines_of(records, owners.values())

    def is_seen(risk: Risk) -> bool:
        owner = owners.get(risk.person)
        if owner is None:
            return False
        above = [risk.manager] if risk.manager and risk.manager != owner.id else []
        line = (
            () if owner.id == reader.id else (*above, *(one for one in lines[owner.id] if one not in above))
        )
        goal = Thing(f"goal_{risk.visibility}", owner, line, above_actor=owner.id in mine)
        risky = Thing("goal_risk", owner, line, above_actor=owner.id in mine)
        return may(reader, "read", goal, now) and may(reader, "read", risky, now)

    return [risk for risk in risks if is_seen(risk)]


def lines_of(records: ReportRecords, people: Iterable[Person]) -> dict[int, tuple[int, ...]]:
    """Each person's managers upwards, read level by level and not person by person."""
    every = list(people)
    managers = {one.id: one.manager for one in every}
    asked = {one.manager for one in every if one.manager} - managers.keys()
    for _ in range(DEEPEST):
        found = records.people.many(asked)
        managers |= {one.id: one.manager for one in found}
        asked = {one.manager for one in found if one.manager} - managers.keys()
        if not asked:
            break
    return {one.id: _line(one.id, managers) for one in every}


def _line(person: int, managers: Mapping[int, int | None]) -> tuple[int, ...]:
    line: dict[int, None] = {}
    above = managers.get(person)
    while above is not None and above != person and above not in line:
        line[above] = None
        above = managers.get(above)
    return tuple(line)
