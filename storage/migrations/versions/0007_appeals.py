"""Appeals against a result."""

from __future__ import annotations

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    appeals()


def appeals() -> None:
    """Appeals."""
