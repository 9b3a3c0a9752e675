"""Development plans with everything that happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, or_, select, update

from flows.plans.developing_kept import Content, DevelopmentPlan, PlanStep, from_json, to_json
from storage.records.rows import CHUNK, MOST_IDS, chunks, columns_of, new_only
from storage.tables.plans import DEVELOPMENT, DEVELOPMENT_STEP

TABLE, STEP = DEVELOPMENT.c, DEVELOPMENT_STEP.c
ALL = select(*(TABLE[name] for name in DevelopmentPlan.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()
OF_PERSON = ALL.where(TABLE.person == bindparam("person")).order_by(TABLE.cycle.is_(None), TABLE.cycle.desc())
IN = TABLE.person.in_(bindparam("people", expanding=True))
OF_PEOPLE = ALL.where(IN).order_by(TABLE.changed_at, TABLE.id)
OPEN = ALL.where(IN, or_(TABLE.state != "agreed", TABLE.asked_by.is_not(None))).order_by(TABLE.id)
NEW = new_only(DEVELOPMENT).returning(TABLE.id)
UPDATE = update(DEVELOPMENT).where(TABLE.id == bindparam("which"))
STEPS = select(*(STEP[name] for name in PlanStep.__slots__)).order_by(STEP.id)
HISTORY = STEPS.where(STEP.plan == bindparam("plan"))
ADD = insert(DEVELOPMENT_STEP)
NOTHING = to_json(Content(""))
OLD = select(TABLE.id, TABLE.content).where(TABLE.changed_at < bindparam("before"))
EMPTY = update(DEVELOPMENT).where(TABLE.id == bindparam("which")).values(content=NOTHING, pending=None)
EMPTY_STEPS = (
    update(DEVELOPMENT_STEP).where(STEP.plan == bindparam("which")).values(content=NOTHING, comment="")
)


class Development:
    """Implements `flows.plans.developing_kept.DevelopmentKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, plan: int) -> DevelopmentPlan | None:
        return next(iter(self._many(BY_ID, {"id": plan})), None)

    def lock(self, plan: int) -> DevelopmentPlan | None:
        return next(iter(self._many(LOCKED, {"id": plan})), None)

    def find(self, person: int, cycle: int | None) -> DevelopmentPlan | None:
        return next((plan for plan in self.of_person(person) if plan.cycle == cycle), None)

    def of_person(self, person: int) -> list[DevelopmentPlan]:
        return self._many(OF_PERSON, {"person": person})

    def latest_of(self, people: Sequence[int]) -> dict[int, DevelopmentPlan]:
        return {plan.person: plan for plan in self._of(OF_PEOPLE, people)}

    def open_of(self, people: Sequence[int]) -> list[DevelopmentPlan]:
        return self._of(OPEN, people)

    def save(self, plan: DevelopmentPlan, step: PlanStep) -> DevelopmentPlan | None:
        row = columns_of(plan, "id") | {
            "content": to_json(plan.content),
            "pending": plan.pending and to_json(plan.pending),
        }
        if plan.id:
            self._connection.execute(UPDATE, {**row, "which": plan.id})
        else:
            number = self._connection.execute(NEW, row).scalar()
            if number is None:
                return None
            plan = replace(plan, id=int(number))
        kept = columns_of(step, "id") | {"plan": plan.id, "content": to_json(step.content)}
        self._connection.execute(ADD, kept)
        return plan

    def history(self, plan: int) -> list[PlanStep]:
        return self._steps(HISTORY, {"plan": plan})

    def forget_texts(self, before: datetime) -> int:
        known = self._connection.execute(OLD, {"before": before})
        old = [{"which": plan} for plan, content in known if content != NOTHING]
        for some in chunks(old, CHUNK):
            self._connection.execute(EMPTY, some)
            self._connection.execute(EMPTY_STEPS, some)
        return len(old)

    def _of(self, statement: Any, people: Sequence[int]) -> list[DevelopmentPlan]:
        found: list[DevelopmentPlan] = []
        for ids in chunks(sorted(set(people)), MOST_IDS):
            found += self._many(statement, {"people": ids})
        return found

    def _many(self, statement: Any, values: dict[str, Any]) -> list[DevelopmentPlan]:
        return [plan_of(row) for row in self._connection.execute(statement, values)]

    def _steps(self, statement: Any, values: dict[str, Any]) -> list[PlanStep]:
        rows = (PlanStep(*row) for row in self._connection.execute(statement, values))
        return [replace(one, content=from_json(one.content)) for one in rows]  # type: ignore[arg-type]


def plan_of(row: Any) -> DevelopmentPlan:
    """The plan in a row, its contents read."""
    plan = DevelopmentPlan(*row)
    pending = from_json(row.pending) if row.pending else None
    return replace(plan, content=from_json(row.content), pending=pending)
