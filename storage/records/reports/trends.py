"""Counts of half a year by day or by round, each in one statement."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal_column, or_, select

from flows.reports.scope import Scope
from flows.reports.trends.kept import Phases
from storage.records.reports.within import within
from storage.tables.checkins import CHECKIN, PROGRAMME
from storage.tables.coaching import PRAISE
from storage.tables.meetings import MEETING, MEETING_HELD
from storage.tables.people import PERSON
from storage.tables.tasks import TASK

T, C = TASK.c, CHECKIN.c
IS_CHECKIN = T.kind == literal_column("'checkin'")
TASKS_OF_CHECKINS = and_(IS_CHECKIN, T.scope == C.programme, T.subject == C.round, T.owner == C.person)


class Trends:
    """Implements `flows.reports.trends.kept.TrendKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def people(self, scope: Scope) -> int:
        found = select(func.count()).where(PERSON.c.active, *within(scope, PERSON))
        return int(self._connection.scalar(found) or 0)

    def rounds(self, scope: Scope, first: date) -> list[tuple[str, int, int, int]]:
        """One programme at a time: the index that has it all is in the order of departments, and is only counted.

        For a line each round is named instead, so that an index finds its people one by one.
        """
        key = first.isoformat()
        states: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for programme in self._connection.scalars(select(PROGRAMME.c.id)).all():
            asked, by = and_(T.scope == programme, IS_CHECKIN, T.subject >= key), [T.subject, T.department]
            if scope.below is not None:
                known = self._connection.scalars(select(T.subject).where(asked).distinct()).all()
                asked, by = and_(T.scope == programme, IS_CHECKIN, T.subject.in_(known)), [T.subject]
            counted = select(T.subject, T.state, func.count()).where(asked, *owned_in(scope))
            for one, state, number in self._connection.execute(counted.group_by(*by, T.state)):
                states[one][state] += number
        late = select(C.round, func.count()).where(C.late, C.round >= key)
        if scope.departments is not None:
            late = late.select_from(CHECKIN.join(TASK, TASKS_OF_CHECKINS)).where(*owned_in(scope))
        elif scope.below is not None:
            late = late.where(*people_in(scope, C.person))
        lates = {one: int(number) for one, number in self._connection.execute(late.group_by(C.round))}
        return [
            (one, sum(found.values()) - found["waived"], found["done"], lates.get(one, 0))
            for one, found in sorted(states.items())
        ]

    def due(
        self, scope: Scope, phases: Phases, start: datetime, end: datetime
    ) -> list[tuple[date, int, int]]:
        which = [
            and_(T.scope == cycle, T.kind == kind, T.subject == phase)
            for cycle, several in phases.items()
            for kind, phase in several
        ]
        if not which:
            return []
        day = func.date(T.due_at)
        in_time = func.sum(case((and_(T.state == "done", T.done_at <= T.due_at), 1), else_=0))
        found = (
            select(day, func.count(), in_time)
            .where(or_(*which), T.due_at >= start, T.due_at < end, T.state != "waived", *owned_in(scope))
            .group_by(day)
            .order_by(day)
        )
        return [(day_of(one), int(many), int(some)) for one, many, some in self._connection.execute(found)]

    def talks(self, scope: Scope, first: date) -> list[tuple[date, int]]:
        pairs = select(MEETING.c.id).where(
            MEETING.c.person != MEETING.c.manager, *people_in(scope, MEETING.c.person)
        )
        held = MEETING_HELD.c
        found = (
            select(held.day, func.count())
            .where(held.day >= first, held.meeting.in_(pairs))
            .group_by(held.day)
            .order_by(held.day)
        )
        return [(day, int(number)) for day, number in self._connection.execute(found)]

    def praise(self, scope: Scope, start: datetime) -> list[tuple[date, int]]:
        day = func.date(PRAISE.c.at)
        found = (
            select(day, func.count())
            .where(PRAISE.c.at >= start, *people_in(scope, PRAISE.c.about))
            .group_by(day)
            .order_by(day)
        )
        return [(day_of(one), int(number)) for one, number in self._connection.execute(found)]


def owned_in(scope: Scope) -> list[ColumnElement[bool]]:
    """A department is the task's own, as everywhere else; a line is that of its owner today."""
    return within(scope, TASK) if scope.below is None else people_in(scope, T.owner)


def people_in(scope: Scope, person: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """Whether a person's id is one of the scope's."""
    return [] if scope.whole else [person.in_(select(PERSON.c.id).where(*within(scope, PERSON)))]


def day_of(found: date | str) -> date:
    """A moment's UTC day, which is a text on SQLite."""
    return found if isinstance(found, date) else date.fromisoformat(found)
