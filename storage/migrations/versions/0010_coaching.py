"""All year: feedback, evidence, suggestions, 1:1s and team meetings."""

from __future__ import annotations

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    feedback()
    meetings()


def feedback() -> None:
    """Feedback."""


def meetings() -> None:
    """Meetings."""
