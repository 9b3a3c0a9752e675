"""Whose figures somebody may see: the company's, some departments', or those of everybody below a manager."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flows.core.words import Words, join, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of
from flows.reports.records import ReportRecords
from flows.reports.report import ReportKind
from flows.reports.scope import Scope

COMPANY = Scope(Words("the company", "全公司"))
ALL, OF_DEPARTMENT, BELOW = "all", "d:", "b:"
"""How a scope is written where a window or an order names it; "" is the reader's own."""


def has_reports(records: ReportRecords, actor: Person) -> bool:
    """Whether there are figures for them: HR's, or those of the people whom they lead."""
    return actor.is_hr or records.reports.groups.leads(actor.id)


def own_reports(records: ReportRecords, actor: Person, _about: tuple[str, ...]) -> Thing | None:
    """The list of reports; whoever neither is HR nor leads anybody has none."""
    return Thing("reports", actor) if has_reports(records, actor) else None


def own_scope(actor: Person) -> str:
    """What somebody sees who has not said whose: the company, the departments that they are HR of, or their line."""
    if actor.hr_scope is None:
        return ALL
    if actor.hr_scope:
        return OF_DEPARTMENT + "\n".join(sorted(actor.hr_scope))
    return f"{BELOW}{actor.id}"


def of_departments(names: Iterable[str]) -> Scope:
    """The people of these departments."""
    known = sorted(names)
    return Scope(join(map(same, known)), departments=frozenset(known))


def below(manager: Person) -> Scope:
    """Everybody below a manager."""
    return Scope(Words("{name}'s people", "{name}的团队").fill(name=manager.name), below=manager.id)


def scope_meant(
    records: ReportRecords, actor: Person, whose: str, kind: ReportKind, now: datetime
) -> Scope | None:
    """The scope that is written in `whose`; None where there is none such, or none that the actor may see."""
    whose = whose or own_scope(actor)
    action = "read_hr" if kind.readers == "hr" else "read"
    scope, thing = scope_written(records, actor, whose)
    return scope if scope and may(actor, action, thing, now) else None


def scope_written(records: ReportRecords, actor: Person, whose: str) -> tuple[Scope | None, Thing | None]:
    """The scope with what the policy sees of it."""
    if whose == ALL:
        return COMPANY, Thing("report_company")
    if whose.startswith(OF_DEPARTMENT):
        scope = of_departments(whose.removeprefix(OF_DEPARTMENT).split("\n"))
        return scope, Thing("report_department", departments=scope.departments)
    manager = records.people.get(whole(whose.removeprefix(BELOW))) if whose.startswith(BELOW) else None
    if manager is None or not records.reports.groups.leads(manager.id):
        return None, None
    return below(manager), thing_of_line(records, actor, manager)


def thing_of_line(records: ReportRecords, actor: Person, manager: Person) -> Thing:
    """Everybody below a manager; who is HR of some departments has to be it for all that stand below."""
    thing = thing_of("report_line", manager, actor, records.people)
    if not actor.hr_scope or thing.owner is None or actor.id == manager.id:
        return thing
    departments = records.reports.groups.departments_below(manager.id)
    return Thing(thing.kind, manager, thing.line, departments, above_actor=thing.above_actor)


def is_hr_of(records: ReportRecords, actor: Person, scope: Scope, now: datetime) -> bool:
    """Whether they see the scope as HR, and not only as whoever leads it."""
    _, thing = scope_written(records, actor, written(scope))
    return may(actor, "read_hr", thing, now)


def written(scope: Scope) -> str:
    """The scope as a window or an order names it."""
    if scope.departments is not None:
        return OF_DEPARTMENT + "\n".join(sorted(scope.departments))
    return f"{BELOW}{scope.below}" if scope.below is not None else ALL


def managers_named(
    records: ReportRecords, actor: Person, scope: Scope, managers: Iterable[Person], now: datetime
) -> frozenset[int]:
    """Whom of the managers within a scope that the actor sees they may be told by name, with what is theirs.

    Each is asked of the policy, by what is known already: one line of managers is read, whoever they are.
    """
    mine = frozenset(records.people.line_of(actor.id)) if actor.is_hr else frozenset()
    leads = scope.below is not None and not is_hr_of(records, actor, scope, now)

    def thing(manager: Person) -> Thing:
        line = (manager.manager or 0, actor.id) if leads and manager.id != actor.id else ()
        return Thing("report_line", manager, line, scope.departments, above_actor=manager.id in mine)

    return frozenset(one.id for one in managers if may(actor, "read", thing(one), now))
