"""What the home tab reads: all that the check-ins and the cycles keep."""

from __future__ import annotations

from typing import Protocol

from flows.checkins.records import CheckinRecords
from flows.reviews.records import ReviewRecords


class HomeRecords(CheckinRecords, ReviewRecords, Protocol):
    """Everything that is shown there."""
