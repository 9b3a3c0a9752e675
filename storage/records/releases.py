"""What a release opens: counted beforehand, and kept as it is from then on for reports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    Integer,
    Numeric,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    type_coerce,
)

from flows.cycle.people.leaving import LEFT
from flows.results.records import Opened
from storage.records.results import Releases as Asked
from storage.tables.cycles import PARTICIPANT
from storage.tables.results import RELEASED, VERSION, WITHHELD

P, V, W = PARTICIPANT.c, VERSION.c, WITHHELD.c
KNOWN = and_(V.cycle == P.cycle, V.person == P.person)
COMPUTED = exists().where(KNOWN)
RATED = exists().where(KNOWN, V.kind != "computed", V.rating != "")
BACK = exists().where(W.cycle == P.cycle, W.person == P.person, W.lifted_at.is_(None))
IN = and_(P.cycle == bindparam("cycle"), P.place == "in")
GONE = and_(P.cycle == bindparam("cycle"), P.place == "out", P.why == LEFT)


def _counting(there: Any) -> tuple[Any, Any, Any]:
    """(the counts, who has no result, who has left with one), where `there` says that somebody has a result."""
    nothing = and_(not_(there), not_(BACK))
    counts = select(
        func.count(),
        func.coalesce(func.sum(case((BACK, 1), else_=0)), 0),
        func.coalesce(func.sum(case((and_(there, not_(BACK)), 1), else_=0)), 0),
        func.coalesce(func.sum(case((and_(nothing, P.manager.is_(None)), 1), else_=0)), 0),
    ).where(IN)
    without = select(P.person).where(IN, nothing, P.manager.is_not(None))
    without = without.order_by(P.person).limit(bindparam("most"))
    return counts, without, select(P.person).where(GONE, there).order_by(P.person)


COUNTING = {True: _counting(RATED), False: _counting(COMPUTED)}


def _latest(column: Any, kinds: Sequence[str]) -> Any:
    """A column of the last version of one of these kinds."""
    last = select(column).where(KNOWN, V.kind.in_(kinds)).order_by(V.version.desc()).limit(1)
    return last.correlate(PARTICIPANT).scalar_subquery()


HUNDREDTHS = cast(func.round(cast(type_coerce(V.score, Text), Numeric) * 100), Integer)
OPENED = select(
    P.cycle, P.person, P.department, P.level, P.manager,
    func.coalesce(_latest(V.rating, ("manager", "calibrated")), ""),
    func.coalesce(_latest(V.rating, ("manager",)), ""),
    _latest(HUNDREDTHS, ("computed", "manager", "calibrated")),
    P.person.not_in(bindparam("uncounted", expanding=True)),
).where(
    P.cycle == bindparam("cycle"), or_(P.place == "in", and_(P.place == "out", P.why == LEFT)), COMPUTED, not_(BACK),
)  # fmt: skip
FREEZE = insert(RELEASED).from_select([column.name for column in RELEASED.columns], OPENED)


class Releases(Asked):
    """Implements `flows.results.records.ReleaseRecords`."""

    __slots__ = ()

    def would_open(self, cycle: int, *, rated: bool, named: int) -> Opened:
        counts, without, left = COUNTING[rated]
        asked = {"cycle": cycle}
        people, withheld, results, unled = self._connection.execute(counts, asked).one()
        names = self._connection.execute(without, {**asked, "most": named}).scalars()
        gone = self._connection.execute(left, asked).scalars()
        return Opened(people, withheld, results, unled, tuple(names), tuple(gone))

    def freeze(self, cycle: int, uncounted: Collection[int]) -> None:
        self._connection.execute(FREEZE, {"cycle": cycle, "uncounted": sorted(uncounted)})
