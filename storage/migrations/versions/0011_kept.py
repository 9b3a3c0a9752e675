"""What is kept how long, and who opened whose record."""

from __future__ import annotations

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    kept()


def kept() -> None:
    """Kept."""
