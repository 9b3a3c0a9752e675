"""Rewards, the budgets that they draw on, and payroll runs, each of which pays what no other has paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from flows.cycle.template import RewardKind
from flows.results.rewards.records import Budget, Reward, Rules, Run, State
from storage.records.rows import MOST_IDS, add_all, chunks, columns_of, insert_one, new_only, new_or_changed
from storage.tables.rewards import BASE, BUDGET, REWARD, RULES, RUN

O, B, R, P = RULES.c, BUDGET.c, REWARD.c, RUN.c  # noqa: E741
ALL_RULES = select(*(O[name] for name in Rules.__slots__)).order_by(O.cycle.desc())
SAVE_RULES = new_or_changed(RULES, "cycle")
BUDGETS = select(*(B[name] for name in Budget.__slots__)).where(B.cycle == bindparam("cycle"))
NEW_BUDGET = new_only(BUDGET)
OF_MANAGER = BUDGETS.where(B.manager == bindparam("manager"))
OF_DEPARTMENT = BUDGETS.where(B.manager.is_(None), B.department == bindparam("name"))
GIVE = (
    update(BUDGET)
    .where(B.id == bindparam("which"), B.used <= bindparam("least", type_=B.used.type))
    .values(amount=bindparam("least", type_=B.used.type))
)
# One statement: while another transaction changes the row, PostgreSQL waits for it and looks at the condition anew.
MORE = bindparam("more", type_=B.used.type)
DRAW = (
    update(BUDGET)
    .where(B.id == bindparam("which"), B.used + MORE <= B.amount, B.used + MORE >= 0)
    .values(used=B.used + MORE)
)
ALL = select(*(R[name] for name in Reward.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(R.id == bindparam("id"))
LOCKED = BY_ID.with_for_update()
OF_PEOPLE = ALL.where(R.cycle == bindparam("cycle"), R.person.in_(bindparam("people", expanding=True)))
IN_STATE = ALL.where(R.cycle == bindparam("cycle"), R.state.in_(bindparam("states", expanding=True)))
COUNTS = select(R.state, func.count()).where(R.cycle == bindparam("cycle")).group_by(R.state)
ABOUT = ALL.where(R.person == bindparam("person")).order_by(R.id)
ANYBODY: Any = bindparam("person")
INSERT, UPDATE = insert(REWARD), update(REWARD).where(R.id == bindparam("which"))
FORGET = (
    update(REWARD)
    .where(R.proposed_at < bindparam("before"), or_(R.why != "", R.letter != "", R.note != "", R.title != ""))
    .values(why="", letter="", note="", title="")
)
PAYABLE = and_(
    R.run.is_(None), R.state == "approved", R.amount.is_not(None), R.kind.in_(bindparam("kinds", expanding=True))
)  # fmt: skip
UNPAID = select(func.count()).select_from(REWARD).where(PAYABLE)
CLAIM = update(REWARD).where(PAYABLE).values(run=bindparam("claims"))
OF_RUN = ALL.where(R.run == bindparam("run")).order_by(R.id)
RUNS = select(*(P[name] for name in Run.__slots__)).order_by(P.id.desc())
CANCEL = (
    update(RUN)
    .where(P.id == bindparam("which"), P.cancelled_at.is_(None))
    .values(cancelled_by=bindparam("who"), cancelled_at=bindparam("now", type_=P.cancelled_at.type))
)
UNPAY = update(REWARD).where(R.run == bindparam("paid")).values(run=None)


class Rewards:
    """Implements `flows.results.rewards.records.RewardKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rules(self, cycle: int) -> Rules | None:
        row = self._connection.execute(ALL_RULES.where(O.cycle == cycle)).first()
        return _rules(row) if row else None

    def all_rules(self) -> list[Rules]:
        return [_rules(row) for row in self._connection.execute(ALL_RULES)]

    def save_rules(self, new: Rules) -> None:
        self._connection.execute(SAVE_RULES, columns_of(new) | {"kinds": list(new.kinds)})

    def budgets(self, cycle: int) -> list[Budget]:
        asked = BUDGETS.order_by(B.manager.is_not(None), B.department, B.id)
        return [Budget(*row) for row in self._connection.execute(asked, {"cycle": cycle})]

    def budget_for(self, cycle: int, department: str, manager: int | None) -> Budget | None:
        own = self._connection.execute(OF_MANAGER, {"cycle": cycle, "manager": manager}).first()
        row = own or self._connection.execute(OF_DEPARTMENT, {"cycle": cycle, "name": department}).first()
        return Budget(*row) if row else None

    def set_budget(self, budget: Budget) -> bool:
        if add_all(self._connection, NEW_BUDGET, [columns_of(budget, "id")]):
            return True
        asked = {"cycle": budget.cycle, "manager": budget.manager, "name": budget.department}
        known = OF_DEPARTMENT if budget.manager is None else OF_MANAGER
        found = Budget(*self._connection.execute(known, asked).one())
        return self._changed(GIVE, {"which": found.id, "least": budget.amount}) == 1

    def draw(self, budget: int, more: Decimal) -> bool:
        return self._changed(DRAW, {"which": budget, "more": more}) == 1

    def bases(self, cycle: int, people: Sequence[int]) -> dict[int, Decimal]:
        found: dict[int, Decimal] = {}
        for ids in chunks(people, MOST_IDS):
            asked = select(BASE.c.person, BASE.c.amount).where(BASE.c.cycle == cycle, BASE.c.person.in_(ids))
            found.update((person, amount) for person, amount in self._connection.execute(asked))
        return found

    def set_bases(self, cycle: int, bases: Mapping[int, Decimal]) -> None:
        rows = [{"cycle": cycle, "person": person, "amount": amount} for person, amount in bases.items()]
        for chunk in chunks(rows, MOST_IDS):
            self._connection.execute(new_or_changed(BASE, "cycle", "person"), chunk)

    def add(self, reward: Reward) -> Reward:
        return replace(reward, id=insert_one(self._connection, INSERT, columns_of(reward, "id")))

    def save(self, reward: Reward) -> None:
        self._connection.execute(UPDATE, {**columns_of(reward, "id"), "which": reward.id})

    def get(self, reward: int) -> Reward | None:
        return next(iter(self._all(BY_ID, {"id": reward})), None)

    def lock(self, reward: int) -> Reward | None:
        return next(iter(self._all(LOCKED, {"id": reward})), None)

    def of_people(self, cycle: int, people: Sequence[int]) -> list[Reward]:
        found: list[Reward] = []
        for ids in chunks(people, MOST_IDS):
            found += self._all(OF_PEOPLE.order_by(R.id), {"cycle": cycle, "people": ids})
        return found

    def in_state(self, cycle: int, states: Sequence[State], limit: int, after: int = 0) -> list[Reward]:
        asked = IN_STATE.where(R.id > after).order_by(R.id).limit(limit)
        return self._all(asked, {"cycle": cycle, "states": list(states)})

    def counts(self, cycle: int) -> dict[State, int]:
        return {row[0]: row[1] for row in self._connection.execute(COUNTS, {"cycle": cycle})}

    def about(self, person: int) -> list[Reward]:
        return self._all(ABOUT, {"person": person})

    def forget(self, before: datetime) -> int:
        return self._changed(FORGET, {"before": before})

    def unpaid(self, kinds: Sequence[RewardKind]) -> int:
        return int(self._connection.execute(UNPAID, {"kinds": list(kinds)}).scalar_one())

    def begin_run(self, run: Run) -> Run:
        row = columns_of(run, "id") | {"rows": [list(one) for one in run.rows]}
        return replace(run, id=insert_one(self._connection, insert(RUN), row))

    def claim(self, run: int, kinds: Sequence[RewardKind]) -> list[Reward]:
        self._connection.execute(CLAIM, {"claims": run, "kinds": list(kinds)})
        return self._all(OF_RUN, {"run": run})

    def save_run(self, run: Run) -> None:
        row = columns_of(run, "id") | {"rows": [list(one) for one in run.rows]}
        self._connection.execute(update(RUN).where(P.id == run.id), row)

    def run(self, run: int) -> Run | None:
        row = self._connection.execute(RUNS.where(P.id == run)).first()
        return _run(row) if row else None

    def runs(self, limit: int) -> list[Run]:
        return [_run(row) for row in self._connection.execute(RUNS.limit(limit))]

    def cancel_run(self, run: int, by: int, now: datetime) -> bool:
        if not self._changed(CANCEL, {"which": run, "who": by, "now": now}):
            return False
        self._connection.execute(UNPAY, {"paid": run})
        return True

    def _changed(self, statement: Any, values: Mapping[str, Any]) -> int:
        return int(self._connection.execute(statement, values).rowcount)

    def _all(self, statement: Any, values: Mapping[str, Any]) -> list[Reward]:
        return [Reward(*row) for row in self._connection.execute(statement, values)]


def _rules(row: Any) -> Rules:
    found = Rules(*row)
    return replace(found, kinds=tuple(found.kinds))


def _run(row: Any) -> Run:
    found = Run(*row)
    return replace(found, rows=tuple(tuple(one) for one in found.rows))
