"""What is kept of interviews: who talks with whom about a result, when, and what was proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from flows.results.records import ResultRecords

InterviewState = Literal["proposed", "later", "booked", "held", "missed", "cancelled"]
"""Times are proposed; it was put off; a time is set; it took place; it did not, and
another time is wanted; it will not take place."""

Span = tuple[datetime, datetime]
"""The start and the end of a stretch of time, in UTC; the end does not belong to it."""


@dataclass(frozen=True, slots=True)
class Interview:
    """The talk of `person` (the employee) with `manager` (their manager in the cycle, or who stands in) after a result.

    All moments are in UTC. `starts_at` and `ends_at` are set while it is booked, and afterwards. `slots` are the times
    that are proposed, best first; `turn` is who has to say something to them (0: nobody). While it is booked, a slot
    with a turn is a time that somebody would like to move it to. `until` is when it should be over. `uid` and
    `sequence` name it in calendars: each change of a booked one counts `sequence` up, and another manager has another
    `uid`. `note` is what somebody wrote when they put it off, moved or cancelled it. One per cycle and person.
    """

    id: int
    cycle: int
    person: int
    manager: int
    state: InterviewState
    minutes: int
    until: datetime
    uid: str
    sequence: int
    slots: tuple[Span, ...]
    turn: int
    starts_at: datetime | None
    ends_at: datetime | None
    note: str
    made_at: datetime
    changed_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether a time has to be found, or one is set that has not been."""
        return self.state in ("proposed", "later", "booked", "missed")

    @property
    def time(self) -> Span | None:
        """The time that is set, or was; None before one ever was."""
        return (self.starts_at, self.ends_at) if self.starts_at and self.ends_at else None

    def ahead(self, now: datetime) -> tuple[Span, ...]:
        """Those of its slots that have not begun."""
        return tuple(slot for slot in self.slots if slot[0] > now)

    def other(self, person: int) -> int:
        """The one whom that person talks with."""
        return self.manager if person == self.person else self.person


class InterviewKeeper(Protocol):
    def add(self, interviews: Sequence[Interview]) -> int:
        """Keep those that are new in their cycle (one per person); how many."""
        ...

    def get(self, interview: int) -> Interview | None: ...
    def lock(self, interview: int) -> Interview | None:
        """It as it stands now; nobody else changes it before this transaction has ended."""
        ...

    def find(self, cycle: int, person: int) -> Interview | None: ...
    def of_people(self, cycle: int, people: Sequence[int]) -> list[Interview]:
        """The interviews of these employees in the cycle."""
        ...

    def save(self, interview: Interview) -> bool:
        """Keep it as it is now. False, and nothing kept, when either of the two has another interview at that time.

        The database itself refuses it: two bookings at the same moment can't both be kept.
        """
        ...

    def booked_of(
        self, people: Sequence[int], since: datetime, until: datetime
    ) -> Mapping[int, Sequence[Span]]:
        """When each of these people has an interview that is booked, on either side, from `since` to `until`."""
        ...

    def of_person(self, person: int) -> list[Interview]:
        """All of an employee, newest first."""
        ...

    def of_manager(self, manager: int) -> list[Interview]:
        """All that somebody holds with others, by time; those without one last."""
        ...

    def open_with(self, people: Sequence[int]) -> list[Interview]:
        """Those of these people, on either side, that are still to take place."""
        ...

    def counted(self, cycle: int) -> list[tuple[str, InterviewState, int]]:
        """(department in the cycle, state, how many); counts only."""
        ...

    def forget_texts(self, before: datetime) -> int:
        """Take away what was written at interviews that were last changed before then; how many."""
        ...


class InterviewRecords(ResultRecords, Protocol):
    @property
    def interviews(self) -> InterviewKeeper: ...
