"""Improvement plans and their steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, literal_column, null, select, update

from flows.plans.improving.records import Asking, Plan, Step
from flows.plans.improving.terms import as_json, from_json
from storage.records.rows import MOST_IDS, chunks, columns_of, new_only
from storage.tables.improvement import IMPROVEMENT, STEP

I, S = IMPROVEMENT.c, STEP.c  # noqa: E741
PLANS = select(*(I[name] for name in Plan.__slots__))  # in the order of the value's fields
STEPS = select(*(S[name] for name in Step.__slots__))
BY_ID = PLANS.where(I.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()
NEWEST = I.id.desc()
ABOUT = PLANS.where(I.person.in_(bindparam("people", expanding=True))).order_by(NEWEST)
OPEN_ONE = select(I.id).where(I.person == bindparam("person"), I.ended_at.is_(None))
OPEN, OVER = (PLANS.where(test).order_by(NEWEST) for test in (I.ended_at.is_(None), I.ended_at.is_not(None)))
HANDED = select(S.plan).where(S.kind == literal_column("'handed'"))  # written out for the partial index
LED = PLANS.where((I.manager == bindparam("person")) | I.id.in_(HANDED)).order_by(NEWEST)
OF = STEPS.where(S.plan == bindparam("plan")).order_by(S.number)
START = new_only(IMPROVEMENT).returning(I.id)
SAVE = update(IMPROVEMENT).where(I.id == bindparam("which"))
ADD = STEP.insert()
OLD = select(I.id).where(I.ended_at < bindparam("before"), I.draft.is_not(None) | I.terms.is_not(None))
EMPTY_PLANS = update(IMPROVEMENT).where(I.id.in_(bindparam("plans", expanding=True)))
EMPTY_STEPS = update(STEP).where(S.plan.in_(bindparam("plans", expanding=True)))


class Improvements:
    """Implements `flows.plans.improving.records.ImprovementKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(self, plan: Plan) -> Plan | None:
        if self._connection.execute(OPEN_ONE, {"person": plan.person}).first():
            return None
        row = self._connection.execute(START, _kept(plan)).first()
        return replace(plan, id=row[0]) if row else None

    def get(self, plan: int) -> Plan | None:
        return next(iter(self._plans(BY_ID, id=plan)), None)

    def lock(self, plan: int) -> Plan | None:
        return next(iter(self._plans(LOCKED, id=plan)), None)

    def save(self, plan: Plan) -> None:
        self._connection.execute(SAVE, {**_kept(plan), "which": plan.id})

    def add(self, step: Step) -> None:
        self._connection.execute(ADD, columns_of(step))

    def steps(self, plan: int) -> list[Step]:
        return [Step(*row) for row in self._connection.execute(OF, {"plan": plan})]

    def about(self, people: Sequence[int]) -> list[Plan]:
        return [plan for ids in chunks(people, MOST_IDS) for plan in self._plans(ABOUT, people=ids)]

    def led_by(self, person: int) -> list[Plan]:
        found = self._plans(LED, person=person)
        return [plan for plan in found if person == plan.manager or person in plan.former]

    def all(self, *, over: bool) -> list[Plan]:
        return self._plans(OVER if over else OPEN)

    def forget(self, before: datetime) -> int:
        plans = list(self._connection.execute(OLD, {"before": before}).scalars())
        for ids in chunks(plans, MOST_IDS):
            nothing = {"terms": null(), "draft": null(), "asking": null()}
            self._connection.execute(EMPTY_PLANS.values(**nothing), {"plans": ids})
            self._connection.execute(EMPTY_STEPS.values(content=null()), {"plans": ids})
        return len(plans)

    def _plans(self, statement: Any, **values: Any) -> list[Plan]:
        return [_plan(row) for row in self._connection.execute(statement, values)]


def _kept(plan: Plan) -> dict[str, Any]:
    """The plan's columns; what there is not is NULL, and not the JSON word for it."""
    asking = plan.asking and {**columns_of(plan.asking), "terms": as_json(plan.asking.terms)}
    texts = {"terms": as_json(plan.terms), "draft": as_json(plan.draft), "asking": asking}
    return columns_of(plan, "id") | {"former": list(plan.former)} | texts


def _plan(row: Row[Any]) -> Plan:
    plan = Plan(*tuple(row))
    asking: Any = plan.asking
    return replace(
        plan,
        terms=from_json(row.terms),
        draft=from_json(row.draft),
        asking=Asking(**{**asking, "terms": from_json(asking["terms"])}) if asking else None,
        former=tuple(row.former),
    )
