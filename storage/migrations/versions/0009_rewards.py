"""Rewards, their budgets and the payroll runs."""

from __future__ import annotations

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    rewards()


def rewards() -> None:
    """Rewards."""
