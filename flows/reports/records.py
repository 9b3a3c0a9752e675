"""What reports read: counts and sums of many people's rows, grouped by the database.

Every query takes a `Scope` and returns groups, never one row for each of 100,000 people unless a list of names is
what the report is for.
"""

from __future__ import annotations

from typing import Protocol

from flows.results.records import ResultRecords


class ReportKeeper(Protocol):
    """The queries by subject: each report's own part of `records.reports`."""


class ReportRecords(ResultRecords, Protocol):
    @property
    def reports(self) -> ReportKeeper: ...
