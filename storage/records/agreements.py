"""What both sides say was agreed in an interview, and who has signed it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, distinct, func, select, update

from flows.interviews.talked import SIDES, Point, Said, Signature, Talk, talk_of
from storage.records.rows import MOST_IDS, chunks, columns_of, new_only
from storage.tables.agreements import SAID, SIGNATURE
from storage.tables.cycles import PARTICIPANT
from storage.tables.interviews import INTERVIEW

ORDER = (SAID.c.interview, SAID.c.version)
ALL_SAID = select(*(SAID.c[name] for name in Said.__slots__)).order_by(
    *ORDER
)  # in the order of the value's fields
SIGNED_ORDER = (SIGNATURE.c.interview, SIGNATURE.c.version, SIGNATURE.c.side)
ALL_SIGNED = select(*(SIGNATURE.c[name] for name in Signature.__slots__)).order_by(*SIGNED_ORDER)
IN = SAID.c.interview.in_(bindparam("interviews", expanding=True))
SIGNED_IN = SIGNATURE.c.interview.in_(bindparam("interviews", expanding=True))
OF_PERSON = select(INTERVIEW.c.id).where(INTERVIEW.c.person == bindparam("person"))
SAY, SIGN = new_only(SAID), new_only(SIGNATURE)
LATER = (
    update(SIGNATURE)
    .where(
        SIGNATURE.c.interview == bindparam("its"),
        SIGNATURE.c.version == bindparam("of_version"),
        SIGNATURE.c.side == bindparam("of_side"),
        SIGNATURE.c.way == "missing",
    )
    .execution_options(preserve_rowcount=True)
)

NEWEST = (
    select(
        SAID.c.interview,
        func.max(SAID.c.version).label("version"),
        func.count(distinct(SAID.c.side)).label("sides"),
    )
    .group_by(SAID.c.interview)
    .subquery()
)
IS_MISSING = case((SIGNATURE.c.way == "missing", 1), else_=0)
HELD = (
    select(
        INTERVIEW.c.id,
        PARTICIPANT.c.department,
        func.coalesce(NEWEST.c.sides, 0).label("sides"),
        func.count(SIGNATURE.c.side).label("recorded"),
        func.coalesce(func.sum(IS_MISSING), 0).label("missing"),
    )
    .join(
        PARTICIPANT,
        and_(PARTICIPANT.c.cycle == INTERVIEW.c.cycle, PARTICIPANT.c.person == INTERVIEW.c.person),
    )
    .outerjoin(NEWEST, NEWEST.c.interview == INTERVIEW.c.id)
    .outerjoin(
        SIGNATURE,
        and_(SIGNATURE.c.interview == INTERVIEW.c.id, SIGNATURE.c.version == NEWEST.c.version),
    )
    .where(INTERVIEW.c.cycle == bindparam("cycle"), INTERVIEW.c.state == "held")
    .group_by(INTERVIEW.c.id, PARTICIPANT.c.department, NEWEST.c.sides)
)
EACH = HELD.subquery()
SIGNED = EACH.c.recorded - EACH.c.missing
HOW_FAR = (EACH.c.department, EACH.c.sides, SIGNED, EACH.c.missing)
COUNTED = select(*HOW_FAR, func.count()).group_by(*HOW_FAR).order_by(*HOW_FAR)
UNFINISHED = (
    select(EACH.c.id)
    .where(EACH.c.recorded - EACH.c.missing != len(SIDES))
    .order_by(EACH.c.id)
    .limit(bindparam("limit"))
)
IN_SCOPE = UNFINISHED.where(EACH.c.department.in_(bindparam("departments", expanding=True)))


class Agreements:
    """Implements `flows.interviews.talked.AgreementKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def say(self, said: Said) -> bool:
        has_text = bool(said.points or said.comment)
        row = columns_of(said) | {"points": [kept(point) for point in said.points], "has_text": has_text}
        return self._connection.execute(SAY, row).rowcount == 1

    def said(self, interview: int) -> list[Said]:
        return self._said([interview])

    def sign(self, signature: Signature) -> bool:
        row = columns_of(signature)
        if self._connection.execute(SIGN, row).rowcount == 1:
            return True
        if signature.way == "missing":
            return False
        which = {"its": signature.interview, "of_version": signature.version, "of_side": signature.side}
        changed = {name: row[name] for name in ("way", "by", "comment", "at")}
        return self._connection.execute(LATER.values(changed), which).rowcount == 1

    def signatures(self, interview: int) -> list[Signature]:
        return self._signed([interview])

    def many(self, interviews: Sequence[int]) -> dict[int, Talk]:
        said: dict[int, list[Said]] = defaultdict(list)
        signed: dict[int, list[Signature]] = defaultdict(list)
        for some in chunks(sorted(set(interviews)), MOST_IDS):
            for one in self._said(some):
                said[one.interview].append(one)
            for signature in self._signed(some):
                signed[signature.interview].append(signature)
        return {number: talk_of(several, signed[number]) for number, several in said.items()}

    def counted(self, cycle: int) -> list[tuple[str, int, int, int, int]]:
        rows = self._connection.execute(COUNTED, {"cycle": cycle})
        return [
            (name, int(said), int(signed), int(missing), number)
            for name, said, signed, missing, number in rows
        ]

    def unfinished(self, cycle: int, departments: Sequence[str] | None, limit: int) -> list[int]:
        values: dict[str, Any] = {"cycle": cycle, "limit": limit}
        if departments is None:
            return [*self._connection.execute(UNFINISHED, values).scalars()]
        return [*self._connection.execute(IN_SCOPE, {**values, "departments": list(departments)}).scalars()]

    def about(self, person: int) -> tuple[list[Said], list[Signature]]:
        said = self._connection.execute(ALL_SAID.where(SAID.c.interview.in_(OF_PERSON)), {"person": person})
        signed = self._connection.execute(
            ALL_SIGNED.where(SIGNATURE.c.interview.in_(OF_PERSON)), {"person": person}
        )
        return [said_in(row) for row in said], [Signature(*row) for row in signed]

    def forget_texts(self, before: datetime) -> int:
        said = (
            update(SAID)
            .where(SAID.c.at < before, SAID.c.has_text)
            .values(points=[], comment="", has_text=False)
        )
        signed = (
            update(SIGNATURE).where(SIGNATURE.c.at < before, SIGNATURE.c.comment != "").values(comment="")
        )
        return sum(
            self._connection.execute(one.execution_options(preserve_rowcount=True)).rowcount
            for one in (said, signed)
        )

    def _said(self, interviews: Sequence[int]) -> list[Said]:
        rows = self._connection.execute(ALL_SAID.where(IN), {"interviews": list(interviews)})
        return [said_in(row) for row in rows]

    def _signed(self, interviews: Sequence[int]) -> list[Signature]:
        rows = self._connection.execute(ALL_SIGNED.where(SIGNED_IN), {"interviews": list(interviews)})
        return [Signature(*row) for row in rows]


def kept(point: Point) -> dict[str, Any]:
    """A point as plain JSON."""
    return {"what": point.what, "who": point.who, "by": point.by.isoformat() if point.by else None}


def said_in(row: Row[Any]) -> Said:
    """A row as the value."""
    points = tuple(
        Point(one["what"], one["who"], date.fromisoformat(one["by"]) if one["by"] else None)
        for one in row.points
    )
    return replace(Said(*tuple(row)), points=points)
