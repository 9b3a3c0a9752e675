"""Tables of rewards: a cycle's rules, budgets and bases, what is proposed, and the payroll's runs."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field

from storage.columns import Amount, Exact, Wording
from storage.tables import Row, partial, table_of


class RulesRow(Row, table=True):
    """What HR has opened for a cycle."""

    __tablename__ = "reward_rules"

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    kinds: list[Any] = Field(sa_type=JSON)
    currency: str = Field(sa_type=Wording)
    second: Decimal | None = Field(default=None, sa_type=Amount)
    until: date
    seen_on: date
    channel: str = Field(sa_type=Wording)
    company: str = Field(sa_type=Wording)
    opened_by: int = Field(foreign_key="person.id")
    opened_at: datetime


class BudgetRow(Row, table=True):
    """A department's budget, or a manager's; whatever happens, no more of it is used than there is."""

    __tablename__ = "reward_budget"
    __table_args__ = (
        CheckConstraint("used >= 0 AND used <= amount", name="reward_budget_kept"),
        partial("reward_budget_manager", "cycle", "manager", where="manager IS NOT NULL", unique=True),
        partial("reward_budget_department", "cycle", "department", where="manager IS NULL", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    department: str = Field(sa_type=Wording)
    manager: int | None = Field(default=None, foreign_key="person.id")
    amount: Decimal = Field(sa_type=Amount)
    used: Decimal = Field(sa_type=Amount)


class BaseRow(Row, table=True):
    """What a person's bonus is computed from, by the coefficient of their result."""

    __tablename__ = "reward_base"

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    amount: Decimal = Field(sa_type=Amount)


class RunRow(Row, table=True):
    """One payroll file, with its rows as they were."""

    __tablename__ = "payroll_run"

    id: int | None = Field(default=None, primary_key=True)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    rows: list[Any] = Field(sa_type=JSON)
    check: str = Field(sa_type=Wording)
    cancelled_by: int | None = Field(default=None, foreign_key="person.id")
    cancelled_at: datetime | None = None


class RewardRow(Row, table=True):
    """One thing that follows from a person's result; it is paid in one run at most."""

    __tablename__ = "reward"
    __table_args__ = (
        Index("reward_person", "person", "cycle"),
        Index("reward_state", "cycle", "state"),
        Index("reward_run", "run"),
    )

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    person: int = Field(foreign_key="person.id")
    kind: str = Field(sa_type=Wording)
    state: str = Field(sa_type=Wording)
    amount: Decimal | None = Field(default=None, sa_type=Amount)
    title: str = Field(sa_type=Wording)
    why: str = Field(sa_type=Wording)
    letter: str = Field(sa_type=Wording)
    valid_from: date | None = None
    version: int
    coefficient: Decimal | None = Field(default=None, sa_type=Exact)
    budget: int | None = Field(default=None, foreign_key="reward_budget.id")
    proposed_by: int = Field(foreign_key="person.id")
    proposed_at: datetime
    revision: int
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    approved_at: datetime | None = None
    second_by: int | None = Field(default=None, foreign_key="person.id")
    note: str = Field(sa_type=Wording)
    run: int | None = Field(default=None, foreign_key="payroll_run.id")
    replaces: int | None = Field(default=None, foreign_key="reward.id")
    channel: str = Field(sa_type=Wording)


RULES = table_of(RulesRow)
BUDGET = table_of(BudgetRow)
BASE = table_of(BaseRow)
RUN = table_of(RunRow)
REWARD = table_of(RewardRow)
