"""Plans and what was agreed to be done, counted by department in a statement each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal_column, or_, select

from flows.plans.improving.records import State
from flows.reports.plans.kept import Agreed, Doing, Plans
from flows.reports.scope import Scope
from storage.records.reports.within import within
from storage.tables.cycles import PARTICIPANT
from storage.tables.improvement import IMPROVEMENT
from storage.tables.interviews import INTERVIEW
from storage.tables.people import PERSON
from storage.tables.plans import ACTION, DEVELOPMENT
from storage.tables.tasks import TASK

A, D, P, T, X = ACTION.c, DEVELOPMENT.c, PARTICIPANT.c, TASK.c, IMPROVEMENT.c
TAKES_PART = P.place == literal_column("'in'")


class PlanCounts:
    """Implements `flows.reports.plans.kept.PlanCounter`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def plans(self, cycle: int, scope: Scope) -> list[tuple[str, Plans]]:
        here = (P.cycle == cycle, TAKES_PART, *within(scope, PARTICIPANT))
        written = (
            select(P.department, func.count(), func.count(D.id), number(D.state == "agreed"))
            .select_from(PARTICIPANT.outerjoin(DEVELOPMENT, and_(D.cycle == P.cycle, D.person == P.person)))
            .where(*here)
            .group_by(P.department)
        )
        whose = and_(T.scope == P.cycle, T.owner == P.person, T.kind == literal_column("'plan'"))
        asked = (
            select(P.department, func.count(), number(and_(T.state == "done", T.done_at <= T.due_at)))
            .select_from(TASK.join(PARTICIPANT, whose))
            .where(T.scope == cycle, T.state != "waived", *here)
            .group_by(P.department)
        )
        sums: dict[str, Plans] = defaultdict(Plans)
        for department, *counted in self._connection.execute(written):
            sums[department] += Plans(*map(int, counted))
        for department, many, some in self._connection.execute(asked):
            sums[department] += Plans(asked=int(many), in_time=int(some))
        return sorted(sums.items())

    def doing(
        self, cycle: int, scope: Scope, start: datetime, end: datetime | None, today: date
    ) -> list[Doing]:
        in_time = or_(A.due.is_(None), func.date(A.ended_at) <= A.due)
        done, is_open = A.state == "done", A.state == "open"
        late = and_(is_open, A.due < today)
        tests = (
            and_(done, in_time), and_(done, ~in_time), late, and_(is_open, or_(A.due.is_(None), A.due >= today)),
            A.state == "dropped",
        )  # fmt: skip
        columns = (P.department, A.source, func.count(A.person.distinct()), *map(number, tests))
        found = agreed_in(select(*columns), cycle, scope, start, end).group_by(P.department, A.source)
        return [
            Doing(department, source, int(people), Agreed(*map(int, counted)))
            for department, source, people, *counted in self._connection.execute(found)
        ]

    def improvement(self, scope: Scope, start: datetime, without: Collection[int]) -> list[tuple[State, int]]:
        found = (
            select(X.state, func.count())
            .select_from(IMPROVEMENT.join(PERSON, PERSON.c.id == X.person))
            .where(
                X.version > 0, or_(X.ended_at.is_(None), X.ended_at >= start), X.person.not_in(sorted(without)),
                *within(scope, PERSON),
            )
            .group_by(X.state)
        )  # fmt: skip
        return [(state, int(many)) for state, many in self._connection.execute(found)]


def agreed_in(
    found: Select[Any], cycle: int, scope: Scope, start: datetime, end: datetime | None
) -> Select[Any]:
    """Of the actions those of the cycle's plans and talks, and those of 1:1s in its time."""
    sources = [
        and_(A.source == literal_column(f"'{source}'"), A.of.in_(select(table.c.id).where(table.c.cycle == cycle)))
        for source, table in (("development", DEVELOPMENT), ("interview", INTERVIEW))
    ]  # fmt: skip
    talks = [A.source == literal_column("'meeting'"), A.made_at >= start]
    talks += [A.made_at < end] if end else []
    whose = and_(P.cycle == cycle, P.person == A.person)
    return found.select_from(ACTION.join(PARTICIPANT, whose)).where(
        or_(*sources, and_(*talks)), TAKES_PART, *within(scope, PARTICIPANT)
    )


def number(test: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows it holds for."""
    return func.coalesce(func.sum(case((test, 1), else_=0)), 0)
