"""How far a cycle's tasks are: counted by phase, by group and by day, in one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

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
PLACED = TASK.outerjoin(PARTICIPANT, and_(P.cycle == T.scope, P.person == T.owner))
DAY = func.date(T.done_at)  # of a moment in UTC: a text on SQLite, a day on PostgreSQL


class Completion:
    """Implements `flows.reports.completion.kept.CompletionKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def states(self, cycle: int, scope: Scope, kinds: Sequence[str]) -> list[tuple[str, TaskState, int]]:
        found = (
            select(T.subject, T.state, func.count())
            .select_from(source(scope))
            .where(T.scope == cycle, T.kind.in_(kinds), *owned_in(scope))
            .group_by(T.subject, T.state)
        )
        return [(phase, state, number) for phase, state, number in self._connection.execute(found)]

    def groups(
        self, cycle: Cycle, scope: Scope, phases: Sequence[str], by: By, since: datetime
    ) -> list[Group]:
        key = KEYS[by]
        done = T.state == "done"
        counted = [
            func.sum(case((when, 1), else_=0)) for when in (done, and_(done, T.done_at >= since), ~done)
        ]
        found = (
            select(key, T.subject, *counted)
            .select_from(source(scope, by))
            .where(*of_phases(cycle, phases), T.state != "waived", *owned_in(scope))
            .group_by(key, T.subject)
        )
        return [
            Group(which, phase, int(done), int(recent), int(left))
            for which, phase, done, recent, left in self._connection.execute(found)
        ]

    def days(self, cycle: Cycle, scope: Scope, phases: Sequence[str]) -> list[tuple[str, date, int]]:
        found = (
            select(T.subject, DAY, func.count())
            .select_from(source(scope))
            .where(*of_phases(cycle, phases), T.state == "done", T.done_at.is_not(None), *owned_in(scope))
            .group_by(T.subject, DAY)
        )
        return [
            (phase, day if isinstance(day, date) else date.fromisoformat(day), number)
            for phase, day, number in self._connection.execute(found)
        ]


def source(scope: Scope, by: By = "department") -> FromClause:
    """The tasks; with where their owners stand in the cycle only if that is asked for."""
    return TASK if scope.below is None and by == "department" else PLACED


def owned_in(scope: Scope) -> list[ColumnElement[bool]]:
    """A department is the task's own, as everywhere else; a line is found by where the owner stands in the cycle."""
    return within(scope, TASK) if scope.below is None else within(scope, PARTICIPANT)


def of_phases(cycle: Cycle, phases: Sequence[str]) -> list[ColumnElement[bool]]:
    """The tasks of these phases, by the kind of each: so that the index of rounds is used."""
    kinds = sorted({phase.work for phase in cycle.template.phases if phase.name in phases})
    found: list[Any] = [T.scope == cycle.id, T.kind.in_(kinds), T.subject.in_(sorted(phases))]
    return found
