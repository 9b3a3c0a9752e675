"""Interviews after a result: when they are held, the calendars, and what was agreed in them."""

from __future__ import annotations

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    bookings()
    calendars()
    agreements()


def bookings() -> None:
    """Bookings."""


def calendars() -> None:
    """Calendars."""


def agreements() -> None:
    """Agreements."""
