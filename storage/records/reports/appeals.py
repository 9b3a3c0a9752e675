"""A cycle's appeals as they are counted: two statements, and nothing that anybody wrote."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, and_, select

from flows.reports.appeals.kept import Filed
from flows.reports.scope import Scope
from flows.results.appealing.records import StepKind
from storage.records.reports.within import within
from storage.tables.appeals import APPEAL, STEP
from storage.tables.cycles import PARTICIPANT

A, P, S = APPEAL.c, PARTICIPANT.c, STEP.c
PLACED = APPEAL.outerjoin(PARTICIPANT, and_(P.cycle == A.cycle, P.person == A.person))
COLUMNS = tuple(A[name] for name in Filed.__slots__)  # in the order of the value's fields


class AppealCounts:
    """Implements `flows.reports.appeals.kept.AppealCounter`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def filed(self, cycle: int, scope: Scope) -> list[Filed]:
        """A department is the appeal's own, a line that of the cycle's places."""
        table = APPEAL if scope.below is None else PARTICIPANT
        found = (
            select(*COLUMNS).select_from(PLACED).where(A.cycle == cycle, *within(scope, table)).order_by(A.id)
        )
        return [
            Filed(number, person, department, state, tuple(parts), *rest)
            for number, person, department, state, parts, *rest in self._connection.execute(found)
        ]

    def steps(self, cycle: int) -> dict[int, list[tuple[StepKind, datetime]]]:
        found = (
            select(S.appeal, S.kind, S.at)
            .where(S.appeal.in_(select(A.id).where(A.cycle == cycle)))
            .order_by(S.appeal, S.id)
        )
        by: dict[int, list[tuple[StepKind, datetime]]] = defaultdict(list)
        for appeal, kind, at in self._connection.execute(found):
            by[appeal].append((kind, at))
        return by
