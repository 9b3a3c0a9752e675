"""What is kept of regular talks: their rhythm, the points to talk about, and the notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from flows.checkins.records import CheckinRecords
from flows.cycle.calendar import Rhythm
from flows.plans.records import ActionRecords


@dataclass(frozen=True, slots=True)
class Meeting:
    """The regular talk of a manager with one report, or with the whole team (`person` is the manager then).

    It comes every `rhythm`; None: no rhythm is set. `next_on` is the day that is planned, `last_on` the last day on
    which it was held, both on the manager's calendar. `since` (UTC) is when its rhythm was set first.
    """

    id: int
    manager: int
    person: int
    rhythm: Rhythm | None
    next_on: date | None
    last_on: date | None
    since: datetime

    @property
    def is_team(self) -> bool:
        return self.person == self.manager


@dataclass(frozen=True, slots=True)
class Point:
    """Something that `by` wants to talk about; `ended_at` (UTC) is when it was ticked off, or taken back."""

    id: int
    meeting: int
    by: int
    text: str
    at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """What `by` wrote down of the talk on the day `on`; only they read it unless it is `shared`."""

    id: int
    meeting: int
    by: int
    on: date
    text: str
    shared: bool
    at: datetime


class MeetingKeeper(Protocol):
    def get(self, meeting: int) -> Meeting | None: ...
    def find(self, manager: int, person: int) -> Meeting | None: ...
    def begin(self, meeting: Meeting) -> Meeting:
        """Keep a new one with its id; where these two have one already, that one."""
        ...

    def save(self, meeting: Meeting) -> None: ...
    def note_held(self, meeting: int, day: date) -> None:
        """Keep that it was held on that day; twice is once."""
        ...

    def led_by(self, manager: int) -> Sequence[Meeting]:
        """Those of a manager with their people, and with the team."""
        ...

    def add_point(self, point: Point) -> Point: ...
    def point(self, point: int) -> Point | None: ...
    def save_point(self, point: Point) -> None: ...
    def points(self, meeting: int) -> Sequence[Point]:
        """What is still to be talked about, oldest first."""
        ...

    def keep_note(self, note: MeetingNote) -> MeetingNote:
        """Insert (id 0) or update; returns it with its id."""
        ...

    def note(self, note: int) -> MeetingNote | None: ...
    def notes(self, meeting: int, reader: int) -> Sequence[MeetingNote]:
        """The shared ones and the reader's own, newest first."""
        ...

    def forget(self, before: datetime) -> int:
        """Take away points that were over and notes that were written before a moment (UTC); how many."""
        ...


class MeetingRecords(CheckinRecords, ActionRecords, Protocol):
    @property
    def meetings(self) -> MeetingKeeper: ...
