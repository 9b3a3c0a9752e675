"""What reports read, subject by subject: groups with counts and sums, made by the database in one statement each."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.records.reports.groups import Groups


class Reports:
    """Implements `flows.reports.records.ReportKeeper`: one part for each subject."""

    __slots__ = ("groups",)

    def __init__(self, connection: Connection) -> None:
        self.groups = Groups(connection)
