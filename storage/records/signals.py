"""Signals of goals: what is so now, what was told of it, and the goals that are watched for it, as plain columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from flows.goals.kept import Signal, SignalKind
from flows.goals.signals.watched import Watched
from storage.columns import AMOUNT_PLACES
from storage.records.rows import MOST_IDS, add_all, chunks, columns_of
from storage.tables.cycles import CYCLE
from storage.tables.goals import GOAL, SIGNAL

TABLE = SIGNAL.c
STANDS = TABLE.ended_at.is_(None)
ALL = select(*(TABLE[name] for name in Signal.__slots__)).where(STANDS)  # in the order of the value's fields
OF_GOALS = ALL.where(TABLE.goal.in_(bindparam("ids", expanding=True))).order_by(
    TABLE.goal, TABLE.since, TABLE.kind
)
STANDING = (
    select(TABLE.goal)
    .where(STANDS, TABLE.goal > bindparam("after"))
    .group_by(TABLE.goal)
    .order_by(TABLE.goal)
    .limit(bindparam("most"))
)
TOLD_TO = (
    ALL.join(GOAL, GOAL.c.id == TABLE.goal)
    .where(GOAL.c.person == bindparam("to"), TABLE.told_at == bindparam("at"))
    .order_by(TABLE.goal, TABLE.since, TABLE.kind)
)
RAISED_TO = ALL.where(TABLE.raised_to == bindparam("to"), TABLE.raised_at == bindparam("at")).order_by(
    TABLE.goal, TABLE.since, TABLE.kind
)
ADDING = insert(SIGNAL)
BEGIN: Any = ADDING.on_conflict_do_update(  # what was told of the episode before stays known
    index_elements=["goal", "kind"],
    set_={"since": ADDING.excluded.since, "ended_at": None},
    where=TABLE.ended_at.is_not(None),
).execution_options(preserve_rowcount=True)
THIS = (TABLE.goal == bindparam("of_goal"), TABLE.kind == bindparam("of_kind"))
END = update(SIGNAL).where(*THIS).values(ended_at=bindparam("now"))
TOLD = update(SIGNAL).where(*THIS)

G = GOAL.c
SERVES = GOAL.alias("serves")
WATCHED = (
    select(
        G.id, G.person, G.cycle, G.level, G.department, G.shape, G.lower, type_coerce(G.baseline, BigInteger),
        type_coerce(G.target, BigInteger), func.json_array_length(G.milestones),
        func.json_array_length(G.steps), G.metric, G.gather, G.due, G.changed_at,
        exists().where(SERVES.c.parent == G.id),
    )
    .where(
        G.id > bindparam("after"), G.state == "agreed", G.shape != "objective",
        # + 0 keeps the index over cycles out of it: with that, every slice would sort all that is still to come.
        (G.cycle + 0).in_(select(CYCLE.c.id).where(CYCLE.c.state == literal_column("'live'"))),
    )
    .order_by(G.id)
    .limit(bindparam("most"))
)  # fmt: skip
ONE = 10.0**-AMOUNT_PLACES


class Signals:
    """Implements `flows.goals.records.SignalRecords`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_goals(self, goals: Sequence[int]) -> dict[int, list[Signal]]:
        found: dict[int, list[Signal]] = {}
        for ids in chunks(sorted(set(goals)), MOST_IDS):
            for signal in self._many(OF_GOALS, ids=ids):
                found.setdefault(signal.goal, []).append(signal)
        return found

    def begin(self, signals: Sequence[Signal]) -> int:
        return add_all(self._connection, BEGIN, [columns_of(signal) for signal in signals])

    def end(self, ended: Sequence[tuple[int, SignalKind]], now: datetime) -> None:
        if ended:
            rows: list[dict[str, Any]] = [
                {"of_goal": goal, "of_kind": kind, "now": now} for goal, kind in ended
            ]
            self._connection.execute(END, rows)

    def standing(self, after: int, limit: int) -> list[Signal]:
        goals = self._connection.execute(STANDING, {"after": after, "most": limit}).scalars().all()
        return [signal for found in self.of_goals(goals).values() for signal in found]

    def told(self, signals: Sequence[Signal]) -> None:
        rows: list[dict[str, Any]] = [
            {
                "of_goal": one.goal, "of_kind": one.kind, "told_at": one.told_at, "raised_at": one.raised_at,
                "raised_to": one.raised_to,
            }
            for one in signals
        ]  # fmt: skip
        if rows:
            self._connection.execute(TOLD, rows)

    def told_to(self, person: int, at: datetime) -> list[Signal]:
        return self._many(TOLD_TO, to=person, at=at)

    def raised_to(self, person: int, at: datetime) -> list[Signal]:
        return self._many(RAISED_TO, to=person, at=at)

    def _many(self, statement: Any, **values: Any) -> list[Signal]:
        return [Signal(*row) for row in self._connection.execute(statement, values)]


def watched(connection: Connection, after: int, limit: int) -> list[Watched]:
    """What `flows.goals.records.GoalRecords.watched` gives: half a million a night, so no goal is made of a row."""
    rows = connection.execute(WATCHED, {"after": after, "most": limit}).all()
    return [
        Watched(
            goal, person, cycle, level, department, shape, lower, None if baseline is None else baseline * ONE,
            None if target is None else target * ONE, stages, steps > 0, metric, gather, due,
            changed.date() if changed else None, leads,
        )
        for (
            goal, person, cycle, level, department, shape, lower, baseline, target, stages, steps, metric, gather,
            due, changed, leads,
        ) in rows
    ]  # fmt: skip
