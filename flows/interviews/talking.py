"""What setting a time for an interview needs of the storage."""

from __future__ import annotations

from typing import Protocol

from flows.interviews.inviting import InvitingRecords
from flows.interviews.talked import TalkRecords


class BookingRecords(InvitingRecords, TalkRecords, Protocol):
    """Interviews, people's calendars, and what is said about an interview afterwards."""
