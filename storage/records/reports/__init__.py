"""What reports read, subject by subject: groups with counts and sums, made by the database in one statement each."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.records.reports.completion import Completion
from storage.records.reports.groups import Groups
from storage.records.reports.quiet import QuietPeople
from storage.records.reports.results import ReleasedResults


class Reports:
    """Implements `flows.reports.records.ReportKeeper`: one part for each subject."""

    __slots__ = ("completion", "groups", "quiet", "results")

    def __init__(self, connection: Connection) -> None:
        self.completion = Completion(connection)
        self.groups = Groups(connection)
        self.quiet = QuietPeople(connection)
        self.results = ReleasedResults(connection)
