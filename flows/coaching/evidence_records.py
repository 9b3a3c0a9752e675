"""What is kept of evidence: what was seen of somebody, and messages that were taken up from their menu."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from flows.coaching.records import PraiseRecords
from flows.goals.records import GoalsRecords


@dataclass(frozen=True, slots=True)
class Clipping:
    """A message as somebody (`by`) took it up. `author` is a colleague; None for an app or somebody outside.

    `withheld`: it was private between others, so neither its text nor where it stands was copied. Moments in UTC.
    """

    id: int
    by: int
    author: int | None
    author_name: str
    text: str
    place: str
    link: str
    withheld: bool
    said_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What somebody (`by`) saw of a person (`about`) on a local day of that person, in their own words (`text`).

    `quote` is the copy of a message, with its author's name, where it was said and its link; all "" without one.
    `goal` is the goal that it tells of. `at` is when it was noted, in UTC.
    """

    id: int
    about: int
    by: int
    day: date
    text: str
    quote: str
    author_name: str
    place: str
    link: str
    goal: int | None
    at: datetime


class EvidenceKeeper(Protocol):
    def clip(self, clipping: Clipping) -> Clipping:
        """Keep a message for a few days, and give it its id."""
        ...

    def clipping(self, clipping: int) -> Clipping | None: ...

    def keep(self, evidence: Evidence) -> Evidence:
        """Keep a new one, and give it its id."""
        ...

    def get(self, evidence: int) -> Evidence | None: ...

    def about(self, person: int, since: date) -> Sequence[Evidence]:
        """What was noted about somebody of the days since then, by day."""
        ...

    def by(self, person: int) -> Sequence[Evidence]:
        """What somebody noted about anybody, oldest first."""
        ...

    def take_away(self, evidence: int) -> None: ...

    def forget(self, before: datetime) -> int:
        """Take away what was noted earlier; how many."""
        ...


class ClippingRecords(PraiseRecords, Protocol):
    """All that taking up a message needs."""

    @property
    def evidence(self) -> EvidenceKeeper: ...


class EvidenceRecords(ClippingRecords, GoalsRecords, Protocol):
    """The same with the goals that evidence can be tied to."""
