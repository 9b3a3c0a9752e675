"""What a cycle keeps: the human decisions about it, who takes part, who stands in for whom, and broadcasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal, Protocol

from flows.core.records import Records
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


class CycleKeeper(Protocol):
    def get(self, cycle: int) -> Cycle | None: ...
    def all(self) -> list[Cycle]:
        """Every cycle, newest first."""
        ...

    def in_state(self, *states: CycleState) -> list[Cycle]: ...
    def save(self, cycle: Cycle) -> Cycle:
        """Insert (id 0) or update; returns it with its id."""
        ...


class TemplateRecords(Protocol):
    def all(self) -> list[Template]:
        """Those that come with perfloop and the company's own, by name; the company's wins over one of its name."""
        ...

    def get(self, name: str) -> Template | None: ...
    def save(self, name: str, text: str, now: datetime) -> None:
        """Keep the company's own template as its YAML text."""
        ...


class ParticipantRecords(Protocol):
    def add(self, participants: Sequence[Participant]) -> int:
        """Keep those that are new in their cycle; how many."""
        ...

    def get(self, cycle: int, person: int) -> Participant | None: ...
    def save(self, participant: Participant) -> None: ...
    def slice(self, cycle: int, after: int, limit: int) -> list[Participant]:
        """Who takes part ("in"), by person id, above `after`."""
        ...

    def of_person(self, person: int) -> list[Participant]: ...
    def led_by(self, cycle: int, manager: int) -> list[Participant]:
        """Who takes part and is reviewed by this manager."""
        ...

    def without_manager(self, cycle: int) -> list[Participant]: ...
    def managers(self, cycle: int) -> list[int]:
        """The ids of everybody who reviews somebody in the cycle."""
        ...

    def known(self, cycle: int, people: Sequence[int]) -> set[int]:
        """Which of these people have a place in the cycle, whatever it is."""
        ...

    def asked(self, cycle: int) -> list[Participant]: ...
    def count(self, cycle: int) -> dict[str, int]:
        """How many take part, by department."""
        ...


class DelegationRecords(Protocol):
    def save(self, delegation: Delegation) -> Delegation: ...
    def get(self, delegation: int) -> Delegation | None: ...
    def of_person(self, person: int) -> list[Delegation]:
        """Those that have not ended, by first day."""
        ...

    def to_deputy(self, deputy: int) -> list[Delegation]: ...
    def all_current(self) -> list[Delegation]:
        """Everything that has not been ended, whatever its days."""
        ...


class BroadcastRecords(Protocol):
    def get(self, broadcast: int) -> Broadcast | None: ...
    def save(self, broadcast: Broadcast) -> Broadcast: ...
    def latest(self, limit: int) -> list[Broadcast]: ...
    def of_cycle(self, cycle: int) -> Broadcast | None: ...
    def freeze(self, broadcast: int, people: Sequence[int]) -> int:
        """Add people to the frozen audience; how many are new."""
        ...

    def frozen(self, broadcast: int, after: int, limit: int) -> list[int]:
        """The frozen audience by person id, above `after`."""
        ...

    def has(self, broadcast: int, person: int) -> bool: ...


class SweepRecords(Protocol):
    def plan(self, sweep: Sweep) -> bool:
        """Keep a piece of work unless its key is known; whether it is new."""
        ...

    def due(self, now: datetime) -> Sweep | None:
        """The longest due piece of work, claimed for this transaction."""
        ...

    def get(self, key: str) -> Sweep | None: ...
    def save(self, sweep: Sweep) -> None: ...
    def next_moment(self) -> datetime | None: ...


class CycleRecords(Records, Protocol):
    @property
    def cycles(self) -> CycleKeeper: ...
    @property
    def templates(self) -> TemplateRecords: ...
    @property
    def participants(self) -> ParticipantRecords: ...
    @property
    def delegations(self) -> DelegationRecords: ...
    @property
    def broadcasts(self) -> BroadcastRecords: ...
    @property
    def sweeps(self) -> SweepRecords: ...
