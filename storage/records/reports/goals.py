"""How far the goals of a group are and which will miss: sums over what the last look kept, one statement each."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy import type_coerce as as_kept

from flows.goals.kept import SignalKind
from flows.reports.goals.kept import Given, Key, Lifts, Risk, Sums
from flows.reports.report import By
from flows.reports.scope import Scope
from storage.columns import amount
from storage.records.goal_statements import HAS_AGREED, HIGH, STANDS
from storage.records.reports import goal_grants
from storage.records.reports.goal_grants import KEYS
from storage.records.reports.within import within
from storage.records.standing_sums import MISSING, joined, sums
from storage.tables.cycles import PARTICIPANT
from storage.tables.goals import GOAL, SIGNAL, STANDING, WEEK

G, P, S, W = GOAL.c, PARTICIPANT.c, STANDING.c, WEEK.c
KINDS: tuple[SignalKind, ...] = ("forecast", "off_track", "drop", "silent")
SIGNALS = (
    select(
        SIGNAL.c.goal,
        func.min(SIGNAL.c.since).label("since"),
        *(func.max(case((SIGNAL.c.kind == kind, 1), else_=0)).label(kind) for kind in KINDS),
    )
    .where(SIGNAL.c.ended_at.is_(None))
    .group_by(SIGNAL.c.goal)
    .having(func.max(case((SIGNAL.c.kind.in_(MISSING), 1), else_=0)) == 1)
    .subquery("signals")
)
ALL_OF_IT = 100 * 10**4
SHARE = as_kept(S.share, BigInteger)
WEIGHT = case((G.level == literal_column("'person'"), func.coalesce(SHARE, 0)), else_=ALL_OF_IT)
GAP = func.coalesce(
    ALL_OF_IT - as_kept(S.ending, BigInteger), as_kept(S.paced, BigInteger) - as_kept(S.attainment, BigInteger), 0
)  # fmt: skip
PUBLIC = G.visibility == literal_column("'public'")
ABOVE = GOAL.alias("above")
IS_ABOVE = literal_column("above.level <> 'person'", Boolean)  # as the partial index over these says it
GIVES = as_kept(G.gives, BigInteger)


class GoalSums:
    """Implements `flows.reports.goals.kept.GoalsKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last_look(self, cycle: int) -> date | None:
        last = (
            select(S.day).where(S.cycle == cycle).order_by(S.cycle, S.person.desc(), S.goal.desc()).limit(1)
        )
        found: date | None = self._connection.scalar(last)
        return found

    def sums(self, cycle: int, scope: Scope, by: By) -> list[tuple[Key, Sums]]:
        found = (
            select(KEYS[by], *sums())
            .select_from(joined())
            .where(S.cycle == cycle, S.share.is_not(None), *owned_in(cycle, scope))
            .group_by(KEYS[by])
        )
        return [(key, _sums(row)) for key, *row in self._connection.execute(found)]

    def weeks(self, cycle: int, scope: Scope) -> list[tuple[date, Sums]]:
        amounts = (as_kept(W[name], BigInteger) for name in ("shares", "points", "paced_shares", "paced"))
        columns = (W.goals, W.valued, W.behind, *amounts)
        found = (
            select(W.day, *(func.sum(column) for column in columns))
            .where(W.cycle == cycle, *within(scope, WEEK))
            .group_by(W.day)
            .order_by(W.day)
        )
        return [(day, _sums(row)) for day, *row in self._connection.execute(found)]

    def missing(self, cycle: int, scope: Scope, limit: int) -> list[Risk]:
        place = and_(P.cycle == G.cycle, P.person == G.person)
        found = (
            select(
                G.id, G.title, G.person, P.manager, func.coalesce(P.department, G.department), G.level, G.visibility,
                G.unit, G.target, SIGNALS.c.since, WEIGHT, S.attainment, S.paced, S.low, S.middle, S.high, S.ending,
                *(SIGNALS.c[kind] for kind in KINDS),
            )
            .join(SIGNALS, SIGNALS.c.goal == G.id)
            .join(STANDING, and_(S.goal == G.id, S.person == G.person))
            .outerjoin(PARTICIPANT, place)
            .where(G.cycle == cycle, G.state == literal_column("'agreed'"), *within(scope, PARTICIPANT))
            .order_by((WEIGHT * GAP).desc(), G.id)
            .limit(limit)
        )  # fmt: skip
        return [_risk(row) for row in self._connection.execute(found)]

    def above(self, cycle: int, scope: Scope) -> set[int]:
        found = select(G.id).where(G.cycle == cycle, G.level != literal_column("'person'"))
        if scope.departments is not None:
            found = found.where(*within(scope, GOAL))
        elif scope.below is not None:
            place = and_(P.cycle == G.cycle, P.person == G.person)
            led = and_(*within(scope, PARTICIPANT))
            found = found.outerjoin(PARTICIPANT, place).where(or_(G.person == scope.below, led))
        return set(self._connection.scalars(found))

    def given(self, cycle: int) -> dict[int, Given]:
        """Summed in two halves: a few of the largest amounts together are more than 64 bits hold."""

        def halves(what: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
            return func.sum(what.op("/")(HIGH)), func.sum(what.op("%")(HIGH)), func.count(what)

        columns = (*halves(GIVES), *halves(case((PUBLIC, GIVES))), func.count())
        found = (
            select(G.parent, *columns)
            .where(G.parent.in_(select(ABOVE.c.id).where(ABOVE.c.cycle == cycle, IS_ABOVE)), STANDS)
            .group_by(G.parent)
        )
        return {
            parent: Given(_whole(high, low), giving, _whole(seen_high, seen_low), seen, every - giving)
            for parent, high, low, giving, seen_high, seen_low, seen, every in self._connection.execute(found)
        }

    def agreed(self, cycle: int, scope: Scope, by: By) -> list[tuple[Key, int, int]]:
        having = func.count(case((HAS_AGREED, 1)))
        found = (
            select(KEYS[by], func.count(), having)
            .where(P.cycle == cycle, P.place == literal_column("'in'"), *within(scope, PARTICIPANT))
            .group_by(KEYS[by])
        )
        return [(key, every, of_them) for key, every, of_them in self._connection.execute(found)]

    def lifts(
        self, cycle: int, scope: Scope, by: By, granted_before: datetime
    ) -> list[tuple[Key, int | None, Lifts]]:
        return goal_grants.lifts(self._connection, cycle, scope, by, granted_before)

    def compared(self, cycle: int, scope: Scope, by: By) -> list[tuple[Key, Any, Any]]:
        return goal_grants.compared(self._connection, cycle, scope, by)

    def granted_in_checkins(
        self, cycle: int, scope: Scope, by: By, first: datetime, last: datetime
    ) -> dict[Key, int]:
        return goal_grants.in_checkins(self._connection, cycle, scope, by, first, last)


def owned_in(cycle: int, scope: Scope) -> list[ColumnElement[bool]]:
    """Whose standings the scope counts. A line's people are found first, and then their goals: most lines are small."""
    if scope.below is None:
        return within(scope, PARTICIPANT)
    place = PARTICIPANT.alias("in_line")
    return [S.person.in_(select(place.c.person).where(place.c.cycle == cycle, *within(scope, place)))]


def _sums(row: Any) -> Sums:
    """Counts as they are, amounts from how they are kept."""
    goals, valued, behind, *amounts = (int(one or 0) for one in row)
    return Sums(goals, valued, behind, *map(amount, amounts))


def _whole(high: Any, low: Any) -> Decimal:
    return amount(int(high or 0) * HIGH + int(low or 0))


def _risk(row: Any) -> Risk:
    *told, since, weight, attainment, paced, low, middle, high, ending = row[: -len(KINDS)]
    stand = tuple(kind for kind, so in zip(KINDS, row[-len(KINDS) :], strict=True) if so)
    return Risk(*(*told, stand, since, amount(weight), attainment, paced, low, middle, high, ending))
