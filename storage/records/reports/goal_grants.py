"""What was granted for goals and what it brought: sums over the action steps, one statement each."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import type_coerce as as_kept

from flows.reports.goals.kept import Key, Lifts
from flows.reports.report import By
from flows.reports.scope import Scope
from storage.columns import AMOUNT_PLACES, amount
from storage.records.reports.within import within
from storage.tables.checkins import CHECKIN, RESPONSE
from storage.tables.cycles import PARTICIPANT
from storage.tables.goals import GOAL, STANDING, STEP

G, P, S, T = GOAL.c, PARTICIPANT.c, STANDING.c, STEP.c
KEYS = {"department": P.department, "manager": P.manager, "level": P.level}
GRANTED: ColumnElement[str] = literal_column("'granted'")
PERSONS: ColumnElement[str] = literal_column("'person'")
IN_ALL = 10 ** (2 * AMOUNT_PLACES)  # a product of two amounts, as they are kept
REACHED, PACED = as_kept(S.attainment, BigInteger), as_kept(S.paced, BigInteger)


def placed(scope: Scope) -> list[ColumnElement[bool]]:
    """Who takes part and whom the scope counts."""
    return [P.place == literal_column("'in'"), *within(scope, PARTICIPANT)]


def helped(cycle: int) -> FromClause:
    """By goal of the cycle that is agreed and not private: how much was asked for and granted, and the first grant."""
    granted = T.decision == GRANTED
    measured = and_(granted, T.decided_at.is_not(None))
    return (
        select(
            T.goal.label("goal"),
            func.count().label("asked"),
            func.sum(case((granted, 1), else_=0)).label("granted"),
            func.min(case((measured, T.decided_at))).label("since"),
        )
        .join(GOAL, G.id == T.goal)
        .where(
            G.cycle == cycle, G.state == literal_column("'agreed'"), G.visibility != literal_column("'private'"),
            or_(T.needs != literal_column("''"), T.decision != literal_column("''")),
        )
        .group_by(T.goal)
        .cte("helped")
    )  # fmt: skip


def projects(goals: FromClause) -> FromClause:
    """For each goal that one of these serves, the nearest goal of a department or the company at or above it."""
    served = select(G.parent).join(goals, goals.c.goal == G.id).where(G.parent.is_not(None)).distinct()
    first = GOAL.alias("served")
    columns = (first.c.id.label("start"), first.c.id, first.c.parent, first.c.level)
    up = select(*columns).where(first.c.id.in_(served)).cte("up", recursive=True)
    above = GOAL.alias("above")
    up = up.union(  # a loop ends it, for what is known already is not added again
        select(up.c.start, above.c.id, above.c.parent, above.c.level)
        .join(above, above.c.id == up.c.parent)
        .where(up.c.level == PERSONS)
    )
    return select(up.c.start, up.c.id).where(up.c.level != PERSONS).subquery("projects")


def lifts(
    connection: Connection, cycle: int, scope: Scope, by: By, granted_before: datetime
) -> list[tuple[Key, int | None, Lifts]]:
    """See `flows.reports.goals.kept.GoalsKeeper.lifts`."""
    goals = helped(cycle)
    above = projects(goals)
    project = case((G.level != PERSONS, G.id), else_=above.c.id)
    first = and_(T.goal == goals.c.goal, T.decided_at == goals.c.since, T.decision == GRANTED)
    lift = (
        (REACHED - PACED)
        - (as_kept(func.min(T.reached), BigInteger) - as_kept(func.min(T.paced), BigInteger))
    ).label("lift")
    each = (
        select(G.id, G.person, project.label("project"), goals.c.asked, goals.c.granted, goals.c.since, lift)
        .select_from(goals)
        .join(GOAL, G.id == goals.c.goal)
        .outerjoin(above, above.c.start == G.parent)
        .outerjoin(STEP, first)
        .outerjoin(STANDING, and_(S.goal == G.id, S.person == G.person))
        .group_by(
            G.id,
            G.person,
            G.level,
            above.c.id,
            goals.c.asked,
            goals.c.granted,
            goals.c.since,
            S.attainment,
            S.paced,
        )
        .subquery("each_goal")
    )
    groups = (KEYS[by], each.c.project)
    is_in = and_(each.c.since <= granted_before, each.c.lift.is_not(None))
    x, m = case((is_in, each.c.lift)), case((is_in, each.c.granted))
    found = (
        select(
            *groups, func.sum(each.c.asked), func.sum(each.c.granted), func.count(x), func.sum(m), func.sum(x),
            func.sum(x * x), func.sum(x * m), func.sum(m * m),
        )
        .join(PARTICIPANT, and_(P.cycle == cycle, P.person == each.c.person))
        .where(*placed(scope))
        .group_by(*groups)
    )  # fmt: skip
    return [(key, project, _lifts(*row)) for key, project, *row in connection.execute(found)]


def _lifts(asked: Any, granted: Any, goals: int, grants: Any, x: Any, xx: Any, xm: Any, mm: Any) -> Lifts:
    return Lifts(
        int(asked), int(granted), goals, int(grants or 0), amount(int(x or 0)), Decimal(int(xx or 0)) / IN_ALL,
        amount(int(xm or 0)), int(mm or 0),
    )  # fmt: skip


def compared(
    connection: Connection, cycle: int, scope: Scope, by: By
) -> list[tuple[Key, Decimal | None, Decimal | None]]:
    """See `flows.reports.goals.kept.GoalsKeeper.compared`."""
    granted = select(T.goal).where(T.decision == GRANTED).distinct().subquery("granted")
    got = granted.c.goal.is_not(None)
    ends = [func.avg(case((when, REACHED))) for when in (got, ~got)]
    found = (
        select(KEYS[by], *ends)
        .select_from(STANDING.join(PARTICIPANT, and_(P.cycle == S.cycle, P.person == S.person)))
        .outerjoin(granted, granted.c.goal == S.goal)
        .where(S.cycle == cycle, S.share.is_not(None), *placed(scope))
        .group_by(KEYS[by])
    )
    return [(key, _mean(with_it), _mean(without)) for key, with_it, without in connection.execute(found)]


def _mean(kept: Any) -> Decimal | None:
    return None if kept is None else amount(int(kept))


def in_checkins(
    connection: Connection, cycle: int, scope: Scope, by: By, first: datetime, last: datetime
) -> dict[Key, int]:
    """See `flows.reports.goals.kept.GoalsKeeper.granted_in_checkins`."""
    found = (
        select(KEYS[by], func.count())
        .select_from(RESPONSE)
        .join(CHECKIN, CHECKIN.c.id == RESPONSE.c.checkin)
        .join(PARTICIPANT, and_(P.cycle == cycle, P.person == CHECKIN.c.person))
        .where(
            RESPONSE.c.kind == GRANTED,
            RESPONSE.c.at >= first,
            RESPONSE.c.at < last,
            *placed(scope),
        )
        .group_by(KEYS[by])
    )
    return dict(connection.execute(found).all())
