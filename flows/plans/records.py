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

    `made_by` wrote it down at `made_at`; `ended_at` is when it was done or dropped, and `why` says why it was dropped
    or put off. Moments are in UTC.
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
    why: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of something unfinished when the next `cycle` began: taken over into it, or let go.

    `of` is the id of the goal or the action, `person` whose it is and who decided, at `at` (UTC).
    """

    cycle: int
    kind: Literal["goal", "action"]
    of: int
    person: int
    taken: bool
    at: datetime


class ActionKeeper(Protocol):
    def add(self, action: Action) -> Action:
        """Keep a new one, and give it its id."""
        ...

    def save(self, action: Action) -> None: ...
    def get(self, action: int) -> Action | None: ...
    def lock(self, action: int) -> Action | None:
        """The action as it stands now; nobody else changes it before this transaction has ended."""
        ...

    def open_of(self, person: int) -> Sequence[Action]:
        """The person's open ones, those with a day first, by day."""
        ...

    def of(self, source: Source, of: int) -> Sequence[Action]:
        """All that were agreed in one place, in whatever state, oldest first."""
        ...

    def about(self, person: int) -> Sequence[Action]:
        """Everything that the person does or did, in whatever state, oldest first."""
        ...

    def forget_texts(self, before: datetime) -> int:
        """Empty the words of those that ended before that moment (UTC); how many."""
        ...


class CarriedKeeper(Protocol):
    def keep(self, carried: Carried) -> bool:
        """Keep what was decided, unless it was decided for that cycle before; whether it is new."""
        ...

    def of(self, cycle: int, person: int) -> Sequence[Carried]:
        """What the person decided as the cycle began."""
        ...


class ActionRecords(Records, Protocol):
    @property
    def actions(self) -> ActionKeeper: ...
    @property
    def carried(self) -> CarriedKeeper: ...
