"""What a cycle keeps: the human decisions about it, who takes part, who stands in for whom, and broadcasts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from flows.core.words import Words
from flows.cycle.template import Template
from flows.people.person import Language, Person

CycleState = Literal["draft", "rehearsed", "live", "closed", "archived"]
Place = Literal["in", "asked", "out"]
BroadcastState = Literal["draft", "waiting", "sending", "paused", "cancelled", "done", "recalled"]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant: everyone, or whoever is in one of the departments, levels or people named; less `without`.

    Nothing named means everyone. Departments and levels narrow each other: a person must be in both.
    """

    departments: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    without: tuple[int, ...] = ()

    def has(self, person: Person) -> bool:
        """Whether this person is meant. `people` are meant besides whoever the rest names."""
        if not person.active or person.id in self.without:
            return False
        if person.id in self.people:
            return True
        if not (self.departments or self.levels):
            return not self.people
        return (not self.departments or person.department in self.departments) and (
            not self.levels or person.level in self.levels
        )


@dataclass(frozen=True, slots=True)
class Cycle:
    """One run of a template. Only what people decided is kept; phases follow from `first` and `moved`.

    `template` is the cycle's own copy. `moved` holds the phases whose dates HR has changed: (first day, last day),
    both included, local to each person. `owner` set it up. `asked_by` has asked for its launch, `approved_by` is
    the second person. While `paused_at` is set nobody is written to about it. All moments are in UTC.
    """

    id: int
    state: CycleState
    name: str
    first: date
    template: Template
    audience: Audience
    owner: int
    created_at: datetime
    moved: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    rehearsed_at: datetime | None = None
    asked_by: int | None = None
    launched_by: int | None = None
    approved_by: int | None = None
    launched_at: datetime | None = None
    paused_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """Whether people are written to about it."""
        return self.state == "live" and self.paused_at is None


@dataclass(frozen=True, slots=True)
class Participant:
    """One person in one cycle: the snapshot of how they stood at launch, or when they were added.

    `place`: "asked" means that HR has yet to say whether a joiner takes part. `manager` is who reviews them in this
    cycle. `extended` holds the last day of single phases that HR has moved for this person alone.
    """

    cycle: int
    person: int
    place: Place
    manager: int | None
    department: str
    level: str
    zone: str
    language: Language
    since: datetime
    extended: Mapping[str, date] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Delegation:
    """`person` has `deputy` do their duties towards others from `first` to `last`, both included, local days."""

    id: int
    person: int
    deputy: int
    first: date
    last: date
    made_by: int
    made_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One text to many. `cycle` is set for a cycle's kick-off. Each reader gets it in their own language.

    `send_on` and `send_at` are the local date and time of each reader; None sends at once. It goes to `channels`
    instead of to people where there are any. `version` counts corrections. `readers` is how many got or get it,
    frozen at the first send.
    """

    id: int
    state: BroadcastState
    author: int
    text: Words
    audience: Audience
    created_at: datetime
    cycle: int | None = None
    channels: tuple[str, ...] = ()
    send_on: date | None = None
    send_at: time | None = None
    version: int = 0
    readers: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Sweep:
    """A piece of work over many people, done in slices: `cursor` is the last id dealt with. It survives a kill."""

    key: str
    about: Mapping[str, Any]
    due_at: datetime
    cursor: int = 0
    done: bool = False
