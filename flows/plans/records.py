"""What is kept of actions: what somebody has agreed to do by a day, wherever that was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from flows.core.records import Records

Source = Literal["development", "improvement", "interview", "meeting"]
"""Where an action was agreed. One of an improvement plan is private to the line and HR, as the plan is."""

ActionState = Literal["open", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class Action:
    """What `person` does by the day `due` (theirs; None: no day was set). `source` and `of` name where it was agreed.

    `made_by` wrote it down at `made_at`; `ended_at` is when it was done or dropped. Moments are in UTC.
    """

    id: int
    person: int
    source: Source
    of: int
    text: str
    due: date | None
    state: ActionState
    made_by: int
    made_at: datetime
    ended_at: datetime | None = None


class ActionKeeper(Protocol):
    def add(self, action: Action) -> Action:
        """Keep a new one, and give it its id."""
        ...

    def save(self, action: Action) -> None: ...
    def get(self, action: int) -> Action | None: ...

    def open_of(self, person: int) -> Sequence[Action]:
        """The person's open ones, those with a day first, by day."""
        ...

    def of(self, source: Source, of: int) -> Sequence[Action]:
        """All that were agreed in one place, in whatever state, oldest first."""
        ...


class ActionRecords(Records, Protocol):
    @property
    def actions(self) -> ActionKeeper: ...
