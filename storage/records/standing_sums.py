"""What is summed over the goals' standings of a group of people, alike for a report and for what a week keeps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, and_, case, cast, func, literal_column, select
from sqlalchemy import type_coerce as as_kept

from storage.columns import AMOUNT_PLACES
from storage.tables.cycles import PARTICIPANT
from storage.tables.goals import SIGNAL, STANDING

S = STANDING.c
MISSING: tuple[ColumnElement[str], ...] = tuple(
    literal_column(f"'{kind}'") for kind in ("forecast", "off_track", "drop")
)
"""The signals that say a goal will probably not be reached."""

BEHIND = (
    select(SIGNAL.c.goal)
    .where(SIGNAL.c.ended_at.is_(None), SIGNAL.c.kind.in_(MISSING))
    .distinct()
    .subquery("behind")
)
PRODUCT = 100 * 10**AMOUNT_PLACES
"""A share in percent times a percent, as they are kept, is so many times what it comes to as it is kept."""

SHARE, ATTAINMENT, PACED = (as_kept(column, BigInteger) for column in (S.share, S.attainment, S.paced))
VALUED = and_(S.share.is_not(None), S.attainment.is_not(None))


def joined() -> FromClause:
    """The standings with whose they are and whether they are behind."""
    place = and_(
        PARTICIPANT.c.cycle == S.cycle,
        PARTICIPANT.c.person == S.person,
        PARTICIPANT.c.place == literal_column("'in'"),
    )
    return STANDING.join(PARTICIPANT, place).outerjoin(BEHIND, BEHIND.c.goal == S.goal)


def sums() -> tuple[ColumnElement[Any], ...]:
    """Goals that count, those with a value, those behind; Σ share, Σ share x attainment, and both of those paced."""
    paced = and_(VALUED, S.paced.is_not(None))
    return (
        func.count(S.share),
        func.count(case((VALUED, 1))),
        func.count(case((and_(VALUED, BEHIND.c.goal.is_not(None)), 1))),
        _sum(case((VALUED, SHARE), else_=0)),
        _sum(case((VALUED, SHARE * ATTAINMENT), else_=0)).op("/")(PRODUCT),
        _sum(case((paced, SHARE), else_=0)),
        _sum(case((paced, SHARE * PACED), else_=0)).op("/")(PRODUCT),
    )


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.sum(column), BigInteger)
