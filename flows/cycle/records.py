"""What the cycle's flows ask of the storage, besides what every flow does."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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

    def lock(self, cycle: int) -> Cycle | None:
        """The cycle as it stands now; nobody else changes it before this transaction has ended."""
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
    def text(self, name: str) -> str | None:
        """The YAML text of the company's own template of that name."""
        ...

    def save(self, name: str, text: str, now: datetime) -> None:
        """Keep the company's own template as its YAML text, instead of one of the same name."""
        ...


class ParticipantRecords(Protocol):
    def add(self, participants: Sequence[Participant]) -> int:
        """Keep those that are new in their cycle; how many."""
        ...

    def get(self, cycle: int, person: int) -> Participant | None: ...
    def lock(self, cycle: int, person: int) -> Participant | None:
        """The place as it stands now; nobody else changes or locks it before this transaction has ended."""
        ...

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

    def many(self, cycle: int, people: Sequence[int]) -> list[Participant]:
        """The places of these people in the cycle, whatever they are."""
        ...

    def extended(self, cycle: int) -> list[Participant]:
        """Who takes part with a last day of their own in some phase."""
        ...

    def zones(self, cycle: int) -> dict[str, int]:
        """How many take part, by the zone that they live in now."""
        ...

    def meant(self, audience: Audience) -> list[tuple[str, str, bool, int]]:
        """(department, zone, whether they have a manager, how many) of the active people whom an audience means."""
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
    def lock(self, broadcast: int) -> Broadcast | None:
        """The broadcast as it stands now; nobody else changes it before this transaction has ended."""
        ...

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
    def speak_of(self, cycle: int, phase: str, people: tuple[int, int], keys: tuple[str, str]) -> int:
        """Have each person's first task of the phase, of which nothing was said yet, told by their own message.

        For people from the first id to the last, and messages from the first key to the last; how many tasks.
        """
        ...

    def unspeak(self, people: tuple[int, int], keys: tuple[str, str], now: datetime, opening: bool) -> int:
        """Take back what `speak_of` did for messages that were dropped; how many tasks.

        `opening`: nothing was said about the task then, and it is looked at again.
        """
        ...


class NamedRecords(Protocol):
    """Who is named to review whom, as far as planning needs it."""

    def approved(self, cycle: int, phase: str, people: Sequence[int]) -> list[tuple[int, int]]:
        """(whom it is about, reviewer) of everybody approved to review one of these people in the phase."""
        ...

    def let_pass(self, cycle: int, phase: str, people: Sequence[int]) -> int:
        """Have everything undecided about these people count as approved; how many that were."""
        ...


class ClosingRecords(Protocol):
    """Groups of anonymous answers, each about one person in one phase, that are closed for good."""

    def of(self, cycle: int, people: Sequence[int]) -> dict[tuple[int, str], frozenset[int]]:
        """By person and phase: who could read the group when it was closed, of those who had been asked."""
        ...

    def close(self, cycle: int, groups: Mapping[tuple[int, str], Collection[int]]) -> None:
        """Keep those that are new, with these readers; one that is closed already stays as it is."""
        ...


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
    def nominations(self) -> NamedRecords: ...
    @property
    def closings(self) -> ClosingRecords: ...
    @property
    def sweeps(self) -> SweepRecords: ...
