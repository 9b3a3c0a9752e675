"""What reports read, subject by subject: groups with counts and sums, made by the database in one statement each."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.records.reports.appeals import AppealCounts
from storage.records.reports.completion import Completion
from storage.records.reports.goals import GoalSums
from storage.records.reports.groups import Groups
from storage.records.reports.plans import PlanCounts
from storage.records.reports.quiet import QuietPeople
from storage.records.reports.results import ReleasedResults
from storage.records.reports.trends import Trends
from storage.records.reports.weekly import Weekly


class Reports:
    """Implements `flows.reports.records.ReportKeeper`: one part for each subject."""

    __slots__ = ("appeals", "completion", "goals", "groups", "plans", "quiet", "results", "trends", "weekly")

    def __init__(self, connection: Connection) -> None:
        self.appeals = AppealCounts(connection)
        self.completion = Completion(connection)
        self.goals = GoalSums(connection)
        self.groups = Groups(connection)
        self.plans = PlanCounts(connection)
        self.quiet = QuietPeople(connection)
        self.results = ReleasedResults(connection)
        self.trends = Trends(connection)
        self.weekly = Weekly(connection)
