"""Development plans, trainings and improvement plans."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    development()
    improvement()


def development() -> None:
    """Development."""


def improvement() -> None:
    """Improvement."""
