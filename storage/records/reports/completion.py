"""How far a cycle's tasks are: counted by phase, by group and by day, in one statement each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, func, select

from flows.core.owed import TaskState
from flows.cycle.records import Cycle
from flows.reports.completion.kept import Group
from flows.reports.report import By
from flows.reports.scope import Scope
from storage.records.reports.within import within
from storage.tables.cycles import PARTICIPANT
from storage.tables.tasks import TASK

T, P = TASK.c, PARTICIPANT.c
KEYS = {"department": T.department, "manager": P.manager, "level": P.level}
# Of a line, found by its people: grouped by the column alone, SQLite would go through everybody in its order.
APART = func.coalesce(T.department, "")
PLACED = TASK.outerjoin(PARTICIPANT, and_(P.cycle == T.scope, P.person == T.owner))
DAY = func.date(T.done_at)  # of a moment in UTC: a text on SQLite, a day on PostgreSQL


class Completion:
    """Implements `flows.reports.completion.kept.CompletionKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def states(self, cycle: Cycle, scope: Scope, phases: Sequence[str]) -> list[tuple[str, TaskState, int]]:
        """Kind by kind. All of a company are read in the order of the index that holds it: counting then sorts nothing."""
        by = (T.subject, T.department, T.state) if scope.below is None else (T.subject, T.state)
        found: Counter[tuple[str, TaskState]] = Counter()
        for kind in kinds_of(cycle, phases):
            counted = (
                select(T.subject, T.state, func.count())
                .where(T.scope == cycle.id, T.kind == kind, T.subject.in_(phases), *owned_in(cycle, scope))
                .group_by(*by)
            )
            for phase, state, number in self._connection.execute(counted):
                found[phase, state] += number
        return [(phase, state, number) for (phase, state), number in found.items()]

    def groups(
        self, cycle: Cycle, scope: Scope, phases: Sequence[str], by: By, since: datetime
    ) -> list[Group]:
        key = KEYS[by] if scope.below is None or by != "department" else APART
        done = T.state == "done"
        counted = [
            func.sum(case((when, 1), else_=0)) for when in (done, and_(done, T.done_at >= since), ~done)
        ]
        found = (
            select(key, T.subject, *counted)
            .select_from(source(by))
            .where(*of_phases(cycle, phases), T.state != "waived", *owned_in(cycle, scope))
            .group_by(key, T.subject)
        )
        return [
            Group(which, phase, int(done), int(recent), int(left))
            for which, phase, done, recent, left in self._connection.execute(found)
        ]

    def days(self, cycle: Cycle, scope: Scope, phases: Sequence[str]) -> list[tuple[str, date, int]]:
        found = (
            select(T.subject, DAY, func.count())
            .where(*of_phases(cycle, phases), T.state == "done", T.done_at.is_not(None))
            .where(*owned_in(cycle, scope))
            .group_by(T.subject, DAY)
        )
        return [
            (phase, day if isinstance(day, date) else date.fromisoformat(day), number)
            for phase, day, number in self._connection.execute(found)
        ]


def source(by: By) -> FromClause:
    """The tasks; with where their owners stand in the cycle only if that is asked for."""
    return TASK if by == "department" else PLACED


def owned_in(cycle: Cycle, scope: Scope) -> list[ColumnElement[bool]]:
    """A department is the task's own, as everywhere else; a line is found by where the owner stands in the cycle."""
    if scope.below is None:
        return within(scope, TASK)
    return [T.owner.in_(select(P.person).where(P.cycle == cycle.id, *within(scope, PARTICIPANT)))]


def kinds_of(cycle: Cycle, phases: Sequence[str]) -> list[str]:
    return sorted({phase.work for phase in cycle.template.phases if phase.name in phases})


def of_phases(cycle: Cycle, phases: Sequence[str]) -> list[ColumnElement[bool]]:
    """The tasks of these phases, by the kind of each: so that the index of rounds is used."""
    return [T.scope == cycle.id, T.kind.in_(kinds_of(cycle, phases)), T.subject.in_(sorted(phases))]
