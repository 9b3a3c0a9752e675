"""Who is named to review whom in a cycle, and how far these nominations are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from flows.reviews.records import Nomination
from storage.records.rows import MOST_IDS, add_all, chunks, columns_of, new_only
from storage.tables.cycles import PARTICIPANT
from storage.tables.reviews import NOMINATION

TABLE = NOMINATION.c
ALL = select(*(TABLE[name] for name in Nomination.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
IN_PHASE = and_(TABLE.cycle == bindparam("of_cycle"), TABLE.phase == bindparam("of_phase"))
PEOPLE = TABLE.about.in_(bindparam("people", expanding=True))
ABOUT = ALL.where(IN_PHASE, PEOPLE).order_by(TABLE.about, TABLE.id)
OF_REVIEWER = ALL.where(TABLE.cycle == bindparam("cycle"), TABLE.reviewer == bindparam("reviewer")).order_by(
    TABLE.id
)
IS_LIVE, IS_WAITING = TABLE.state.in_(("proposed", "approved")), TABLE.state == "proposed"
LOAD = (
    select(TABLE.reviewer, func.count(TABLE.about.distinct()))
    .where(
        TABLE.cycle == bindparam("cycle"), TABLE.reviewer.in_(bindparam("people", expanding=True)),
        TABLE.kind == "peer", IS_LIVE,
    )
    .group_by(TABLE.reviewer)
)  # fmt: skip
KEY = ("cycle", "phase", "about", "reviewer")
ADDING = insert(NOMINATION)
CHANGED = {name: ADDING.excluded[name] for name in Nomination.__slots__ if name not in ("id", *KEY)}
KEEP: Any = ADDING.on_conflict_do_update(index_elements=KEY, set_=CHANGED).returning(TABLE.id)
INSERT = new_only(NOMINATION)
UPDATE = update(NOMINATION).where(TABLE.id == bindparam("which"))
APPROVED = (
    select(TABLE.about, TABLE.reviewer)
    .where(IN_PHASE, PEOPLE, TABLE.state == "approved")
    .order_by(TABLE.about, TABLE.id)
)
LET_PASS = update(NOMINATION).where(IN_PHASE, PEOPLE, IS_WAITING).values(state="approved")


def _number(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


TALLY = (
    select(
        TABLE.about, _number(IS_LIVE).label("live"), _number(IS_WAITING).label("waiting"),
        _number(TABLE.state == "declined").label("declined"),
    )
    .where(IN_PHASE)
    .group_by(TABLE.about)
    .subquery()
)  # fmt: skip
PLACE, T = PARTICIPANT.c, TALLY.c
LIVE = func.coalesce(T.live, 0)
IS_SHORT = bindparam("least") > LIVE
TAKES_PART = and_(PLACE.cycle == bindparam("of_cycle"), PLACE.place == "in")
EVERYBODY = PARTICIPANT.outerjoin(TALLY, T.about == PLACE.person)
SHORT = (
    select(PLACE.person, PLACE.department, LIVE)
    .select_from(EVERYBODY)
    .where(TAKES_PART, IS_SHORT, PLACE.person > bindparam("after"))
    .order_by(PLACE.person)
    .limit(bindparam("most"))
)
COUNTED = (
    select(
        PLACE.department, func.count(), _number(IS_SHORT), _number(func.coalesce(T.waiting, 0) > 0),
        _number(and_(IS_SHORT, func.coalesce(T.declined, 0) > 0)),
    )
    .select_from(EVERYBODY)
    .where(TAKES_PART)
    .group_by(PLACE.department)
    .order_by(PLACE.department)
)  # fmt: skip


class Nominations:
    """Implements `flows.reviews.records.NominationRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, nomination: int) -> Nomination | None:
        return next(iter(self._many(BY_ID, id=nomination)), None)

    def about(self, cycle: int, phase: str, person: int) -> list[Nomination]:
        return self.about_many(cycle, phase, [person])

    def about_many(self, cycle: int, phase: str, people: Sequence[int]) -> list[Nomination]:
        return [
            one
            for ids in chunks(people, MOST_IDS)
            for one in self._many(ABOUT, of_cycle=cycle, of_phase=phase, people=ids)
        ]

    def of_reviewer(self, cycle: int, reviewer: int) -> list[Nomination]:
        return self._many(OF_REVIEWER, cycle=cycle, reviewer=reviewer)

    def load(self, cycle: int, reviewers: Sequence[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        for ids in chunks(reviewers, MOST_IDS):
            found.update(self._connection.execute(LOAD, {"cycle": cycle, "people": ids}).all())
        return found

    def save(self, nomination: Nomination) -> Nomination:
        row = columns_of(nomination, "id")
        if nomination.id:
            self._connection.execute(UPDATE, {**row, "which": nomination.id})
            return nomination
        return replace(nomination, id=self._connection.execute(KEEP, row).scalar_one())

    def add(self, nominations: Sequence[Nomination]) -> int:
        return add_all(self._connection, INSERT, [columns_of(one, "id") for one in nominations])

    def approved(self, cycle: int, phase: str, people: Sequence[int]) -> list[tuple[int, int]]:
        return [
            (about, reviewer)
            for ids in chunks(people, MOST_IDS)
            for about, reviewer in self._connection.execute(
                APPROVED, {"of_cycle": cycle, "of_phase": phase, "people": ids}
            )
        ]

    def let_pass(self, cycle: int, phase: str, people: Sequence[int]) -> int:
        return sum(
            self._connection.execute(LET_PASS, {"of_cycle": cycle, "of_phase": phase, "people": ids}).rowcount
            for ids in chunks(people, MOST_IDS)
        )

    def short(
        self,
        cycle: int,
        phase: str,
        least: int,
        after: int,
        limit: int,
        departments: Collection[str] | None = None,
    ) -> list[tuple[int, str, int]]:
        wanted = SHORT if departments is None else SHORT.where(PLACE.department.in_(sorted(departments)))
        which = {"of_cycle": cycle, "of_phase": phase, "least": least, "after": after, "most": limit}
        return [
            (person, department, live) for person, department, live in self._connection.execute(wanted, which)
        ]

    def counted(self, cycle: int, phase: str, least: int) -> list[tuple[str, int, int, int, int]]:
        rows = self._connection.execute(COUNTED, {"of_cycle": cycle, "of_phase": phase, "least": least})
        return [(name, people, short, waiting, declined) for name, people, short, waiting, declined in rows]

    def _many(self, statement: Any, **values: Any) -> list[Nomination]:
        return [Nomination(*row) for row in self._connection.execute(statement, values)]
