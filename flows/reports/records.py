"""What reports read: counts and sums of many people's rows, grouped by the database.

Every query takes a `Scope` and returns groups, never one row for each of 100,000 people unless a list of names is
what the report is for.
"""

from __future__ import annotations

from typing import Protocol

from flows.checkins.records import ProgrammeRecords
from flows.core.file_orders import FileOrderKeeper
from flows.reports.appeals.kept import AppealCounter
from flows.reports.completion.kept import CompletionKeeper
from flows.reports.goals.kept import GoalsKeeper
from flows.reports.plans.kept import PlanCounter
from flows.reports.quiet.kept import QuietKeeper
from flows.reports.results.released import ReleasedKeeper
from flows.reports.scope import Scope
from flows.reports.trends.kept import TrendKeeper
from flows.reports.weekly.kept import WeeklyKeeper
from flows.results.records import ResultRecords


class GroupKeeper(Protocol):
    """Whose figures there can be."""

    def leads(self, person: int) -> bool:
        """Whether anybody active reports to them."""
        ...

    def leads_leads(self, person: int) -> bool:
        """Whether anybody reports to somebody who reports to them."""
        ...

    def departments_below(self, manager: int) -> frozenset[str]:
        """The departments of everybody active below a manager."""
        ...

    def cycles(self, scope: Scope) -> list[int]:
        """The launched cycles in which anybody of the scope takes part, the newest first."""
        ...


class ReportKeeper(Protocol):
    """The queries by subject: each report's own part of `records.reports`."""

    @property
    def groups(self) -> GroupKeeper: ...
    @property
    def appeals(self) -> AppealCounter: ...
    @property
    def completion(self) -> CompletionKeeper: ...
    @property
    def goals(self) -> GoalsKeeper: ...
    @property
    def plans(self) -> PlanCounter: ...
    @property
    def quiet(self) -> QuietKeeper: ...
    @property
    def results(self) -> ReleasedKeeper: ...
    @property
    def trends(self) -> TrendKeeper: ...
    @property
    def weekly(self) -> WeeklyKeeper: ...


class ReportRecords(ResultRecords, Protocol):
    @property
    def programmes(self) -> ProgrammeRecords: ...
    @property
    def reports(self) -> ReportKeeper: ...
    @property
    def file_orders(self) -> FileOrderKeeper: ...
