"""What the cycle's flows ask of the storage, besides what every flow does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from flows.core.records import Records
from flows.cycle.kept import (
    Audience,
    Broadcast,
    BroadcastState,
    Cycle,
    CycleState,
    Delegation,
    Participant,
    Place,
    Sweep,
)
from flows.cycle.template import Template

__all__ = [
    "Audience", "Broadcast", "BroadcastState", "Cycle", "CycleRecords", "CycleState", "Delegation", "Participant",
    "Place", "Sweep",
]  # fmt: skip


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
