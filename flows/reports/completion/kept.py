"""What the report of completion reads: tasks of a cycle, counted by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from flows.core.owed import TaskState
from flows.cycle.records import Cycle
from flows.reports.report import By
from flows.reports.scope import Scope

Key = str | int | None
"""A department, a level, or a manager's id; None for whoever has none."""


@dataclass(frozen=True, slots=True)
class Group:
    """How far a group is in one phase; `recent` of those done were done since the moment that was asked for.

    `left` is not done, be it open or over. What is waived counts nowhere.
    """

    key: Key
    phase: str
    done: int
    recent: int
    left: int


class CompletionKeeper(Protocol):
    """Counts over the tasks of a cycle whose owners a scope counts; `phases` are names of phases, never none."""

    def states(self, cycle: Cycle, scope: Scope, phases: Sequence[str]) -> list[tuple[str, TaskState, int]]:
        """(phase, state, how many)."""
        ...

    def groups(
        self, cycle: Cycle, scope: Scope, phases: Sequence[str], by: By, since: datetime
    ) -> list[Group]:
        """By group and phase: of departments, by the owner's manager in the cycle, or by their level there."""
        ...

    def days(self, cycle: Cycle, scope: Scope, phases: Sequence[str]) -> list[tuple[str, date, int]]:
        """(phase, UTC day, how many were done on it)."""
        ...
