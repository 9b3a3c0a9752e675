"""Rewards, their budgets and the payroll runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, may, need, number, partial, to

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    rules()
    runs()
    rewards()


def rules() -> None:
    """What HR opens for a cycle: its rules, budgets and base amounts."""
    op.create_table(
        "reward_rules",
        need("cycle", sa.Integer()),
        need("kinds", sa.JSON()),
        need("currency"),
        may("second", sa.BigInteger()),
        *(need(name, sa.Date()) for name in ("until", "seen_on")),
        *(need(name) for name in ("channel", "company")),
        need("opened_by", sa.Integer()),
        need("opened_at", MOMENT),
        sa.PrimaryKeyConstraint("cycle", name="reward_rules_pkey"),
        to("reward_rules", "cycle", "cycle"),
        to("reward_rules", "opened_by", "person"),
    )
    op.create_table(
        "reward_budget",
        number(),
        need("cycle", sa.Integer()),
        need("department"),
        may("manager", sa.Integer()),
        *(need(name, sa.BigInteger()) for name in ("amount", "used")),
        sa.PrimaryKeyConstraint("id", name="reward_budget_pkey"),
        sa.CheckConstraint("used >= 0 AND used <= amount", name="reward_budget_kept"),
        to("reward_budget", "cycle", "cycle"),
        to("reward_budget", "manager", "person"),
    )
    manager, department = "manager IS NOT NULL", "manager IS NULL"
    partial("reward_budget_manager", "reward_budget", ["cycle", "manager"], manager, unique=True)
    partial("reward_budget_department", "reward_budget", ["cycle", "department"], department, unique=True)
    op.create_table(
        "reward_base",
        *(need(name, sa.Integer()) for name in ("cycle", "person")),
        need("amount", sa.BigInteger()),
        sa.PrimaryKeyConstraint("cycle", "person", name="reward_base_pkey"),
        to("reward_base", "cycle", "cycle"),
        to("reward_base", "person", "person"),
    )


def runs() -> None:
    """Payroll files."""
    op.create_table(
        "payroll_run",
        number(),
        need("made_by", sa.Integer()),
        need("made_at", MOMENT),
        need("rows", sa.JSON()),
        need("check"),
        may("cancelled_by", sa.Integer()),
        may("cancelled_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="payroll_run_pkey"),
        *(to("payroll_run", name, "person") for name in ("made_by", "cancelled_by")),
    )


def rewards() -> None:
    """What is proposed and approved."""
    op.create_table(
        "reward",
        number(),
        *(need(name, sa.Integer()) for name in ("cycle", "person")),
        *(need(name) for name in ("kind", "state")),
        may("amount", sa.BigInteger()),
        *(need(name) for name in ("title", "why", "letter")),
        may("valid_from", sa.Date()),
        need("version", sa.Integer()),
        may("coefficient"),
        may("budget", sa.Integer()),
        need("proposed_by", sa.Integer()),
        need("proposed_at", MOMENT),
        need("revision", sa.Integer()),
        may("approved_by", sa.Integer()),
        may("approved_at", MOMENT),
        may("second_by", sa.Integer()),
        need("note"),
        *(may(name, sa.Integer()) for name in ("run", "replaces")),
        need("channel"),
        sa.PrimaryKeyConstraint("id", name="reward_pkey"),
        to("reward", "cycle", "cycle"),
        *(to("reward", name, "person") for name in ("person", "proposed_by", "approved_by", "second_by")),
        to("reward", "budget", "reward_budget"),
        to("reward", "run", "payroll_run"),
        to("reward", "replaces", "reward"),
    )
    op.create_index("reward_person", "reward", ["person", "cycle"])
    op.create_index("reward_state", "reward", ["cycle", "state"])
    op.create_index("reward_run", "reward", ["run"])
