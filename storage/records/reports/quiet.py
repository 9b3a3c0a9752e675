"""Of whom nothing was heard for long: counted by group, and the people themselves, in one statement each."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import exists as there_is

from flows.reports.quiet.kept import Counts, Group, Leave, Quiet, Since
from flows.reports.report import By
from flows.reports.scope import Scope
from storage.columns import from_json
from storage.records.reports.within import within
from storage.tables.checkins import CHECKIN
from storage.tables.coaching import FEEDBACK, PRAISE
from storage.tables.meetings import MEETING
from storage.tables.people import PERSON
from storage.tables.tasks import TASK

P = PERSON.c
BOSS = PERSON.alias("boss")
COUNTED = tuple(name for name in Counts.__slots__ if name not in ("people", "any", "away"))


class QuietPeople:
    """Implements `flows.reports.quiet.kept.QuietKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def groups(self, scope: Scope, since: Since, by: By) -> list[Group]:
        seen = looked_at(scope, since)
        each = {**seen.c, "checkin": seen.c.sent + seen.c.no_checkin}
        sums = [func.sum(each[name]) for name in COUNTED]
        whose = seen.c.manager if by == "manager" else seen.c.department
        counted = (
            select(whose.label("whose"), seen.c.leave, func.count(), func.sum(missing(seen)), *sums)
            .group_by(whose, seen.c.leave)
            .cte("counted")
        )
        found = select(counted, counted.c.whose)
        if by == "manager":
            found = select(counted, BOSS.c.name).outerjoin_from(counted, BOSS, BOSS.c.id == counted.c.whose)
        return [
            Group(
                group or 0, name or "", leave_in(leave),
                Counts(people=int(people), any=int(some), **dict(zip(COUNTED, map(int, counts), strict=True))),
            )
            for group, leave, people, some, *counts, name in self._connection.execute(found)
        ]  # fmt: skip

    def people(self, scope: Scope, since: Since, most: int) -> list[Quiet]:
        seen = looked_at(scope, since)
        much = seen.c.no_feedback + seen.c.no_talk + seen.c.no_checkin
        first = (
            select(seen.c.id, seen.c.no_feedback, seen.c.no_talk, seen.c.no_checkin, much.label("much"))
            .where(much > 0)
            .order_by(much.desc(), seen.c.id)
            .limit(most)
            .cte("first")
            .prefix_with("MATERIALIZED")
        )
        talk = select(func.max(MEETING.c.last_on)).where(talks_of(P.id)).scalar_subquery()
        sent = select(func.max(CHECKIN.c.round)).where(CHECKIN.c.person == P.id).scalar_subquery()
        found = (
            select(P.id, BOSS.c.name, first.c.no_feedback, first.c.no_talk, first.c.no_checkin, talk, sent)
            .select_from(first.join(PERSON, P.id == first.c.id).outerjoin(BOSS, BOSS.c.id == P.manager))
            .order_by(first.c.much.desc(), P.id)
        )
        return [
            Quiet(person, manager or "", bool(feedback), bool(talk), bool(checkin), last_talk, last_round)
            for person, manager, feedback, talk, checkin, last_talk, last_round in self._connection.execute(
                found
            )
        ]


def looked_at(scope: Scope, since: Since) -> CTE:
    """Everybody active of the scope, each looked at once: for each of the three whether it counts, and is missing.

    Who was heard of is gathered first, by indexes alone: to ask for each of 100,000 people takes four times as long.
    """
    old = or_(P.hired_on.is_(None), P.hired_on <= since.feedback_day)
    settled = or_(P.hired_on.is_(None), P.hired_on <= since.talk)
    led = and_(P.manager.is_not(None), settled)
    heard = or_(*(P.id.in_(select(t.c.about).where(t.c.at >= since.feedback)) for t in (PRAISE, FEEDBACK)))
    talked = P.id.in_(
        select(MEETING.c.person).where(MEETING.c.last_on >= since.talk, MEETING.c.person != MEETING.c.manager)
    )
    sent = P.id.in_(
        select(CHECKIN.c.person).where(
            CHECKIN.c.programme == since.programme, CHECKIN.c.round.in_(since.rounds)
        )
    )
    columns = {
        "feedback": old,
        "no_feedback": and_(old, ~heard),
        "talk": led,
        "no_talk": and_(led, ~talked),
        "sent": sent,
        "no_checkin": and_(~sent, *(owed(since, one) for one in since.rounds)) if since.rounds else false(),
        "new": ~settled,
    }
    return (
        select(
            P.id, P.department, P.manager, cast(P.away, Text).label("leave"),
            *(case((test, 1), else_=0).label(name) for name, test in columns.items()),
        )
        .where(P.active, *within(scope, PERSON))
        .cte("looked_at")
        .prefix_with("MATERIALIZED")  # or each of the looks would be taken as often as its result is used
    )  # fmt: skip


def missing(seen: CTE) -> ColumnElement[int]:
    """Whether anything is."""
    return case((seen.c.no_feedback + seen.c.no_talk + seen.c.no_checkin > 0, 1), else_=0)


def talks_of(person: ColumnElement[Any]) -> ColumnElement[bool]:
    """The person's talks with a manager, be it the present one; not those with a team that they lead."""
    return and_(MEETING.c.person == person, MEETING.c.manager != person)


def owed(since: Since, one: str) -> ColumnElement[bool]:
    """Whether they were asked for a check-in in that round, and have not sent it."""
    return there_is().where(
        TASK.c.kind == literal_column("'checkin'"),
        TASK.c.scope == since.programme,
        TASK.c.subject == one,
        TASK.c.owner == P.id,
        TASK.c.state.in_(("open", "expired")),
    )


@lru_cache(maxsize=4096)  # most have none, and many the same days
def leave_in(text: str) -> Leave:
    """The days of leave in their column's text."""
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in from_json(text))
