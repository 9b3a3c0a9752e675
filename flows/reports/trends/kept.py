"""What trends read: tasks, talks and praise of half a year, counted by day or by round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from flows.reports.scope import Scope

Phases = Mapping[int, Sequence[tuple[str, str]]]
"""By cycle: (kind of its tasks, phase) of those phases in which people write with their names."""


class TrendKeeper(Protocol):
    """Counts over the people of a scope: those of departments as the tasks have it, else as the directory does today."""

    def people(self, scope: Scope) -> int:
        """How many active people there are."""
        ...

    def rounds(self, scope: Scope, first: date) -> Sequence[tuple[str, int, int, int]]:
        """(round of check-ins, asked, sent, of these late) of the rounds from that day on; the excused count nowhere."""
        ...

    def due(
        self, scope: Scope, phases: Phases, start: datetime, end: datetime
    ) -> Sequence[tuple[date, int, int]]:
        """(UTC day, due on it, of these done by then) of what was due between two moments; the excused count nowhere."""
        ...

    def talks(self, scope: Scope, first: date) -> Sequence[tuple[date, int]]:
        """(day, 1:1s held on it) from that day on."""
        ...

    def praise(self, scope: Scope, start: datetime) -> Sequence[tuple[date, int]]:
        """(UTC day, how often somebody was praised on it) from that moment on."""
        ...
