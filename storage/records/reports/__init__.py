"""What reports read, subject by subject: groups with counts and sums, made by the database in one statement each."""

from __future__ import annotations

from sqlalchemy import Connection


class Reports:
    """Implements `flows.reports.records.ReportKeeper`: one part for each subject."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
