"""What the home tab reads: all that the check-ins, the cycles and the results keep."""

from __future__ import annotations

from typing import Protocol

from flows.checkins.records import CheckinRecords
from flows.coaching.suggestion_records import SuggestionRecords
from flows.reports.records import ReportRecords


class HomeRecords(CheckinRecords, SuggestionRecords, ReportRecords, Protocol):
    """Everything that is shown there."""
