"""Answers without authors: what is kept of them before the release and after it, and the protocols behind that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from flows.core.records import TaskState
from flows.cycle.template import ReviewKind

FlagState = Literal["reword", "reworded", "withheld", "kept"]


@dataclass(frozen=True, slots=True)
class Pen:
    """What one unnamed author has sent about one person: kept answers by question name.

    `id` is opaque: it says nothing about who wrote, or when. It is for flagging single comments, and is never shown.
    """

    id: str
    answers: Mapping[str, Any]


class Writer(NamedTuple):
    """Who was asked to write about somebody, of a task as much as that takes: of a company there are very many."""

    phase: str
    about: int
    owner: int
    person: int
    state: TaskState
    until: datetime


@dataclass(frozen=True, slots=True)
class Flag:
    """HR's word about one anonymous comment: to be put in other words ("reword" until it is), withheld, or kept.

    `id` names a comment (`PenRecords.comment`) and no author.
    """

    id: str
    cycle: int
    about: int
    phase: str
    question: str
    state: FlagState
    why: str
    by: int


@dataclass(frozen=True, slots=True)
class SealedAnswer:
    """One answer to one question about one person; its author is not known to anybody any more."""

    about: int
    phase: str
    kind: ReviewKind
    question: str
    answer: Any


@dataclass(frozen=True, slots=True)
class SealedGroup:
    """What is shown of one group about one person; `averages` are rounded, by question name. Not `shown`: nothing is."""

    about: int
    phase: str
    kind: ReviewKind
    shown: bool
    averages: Mapping[str, Any]


class PenRecords(Protocol):
    """Anonymous answers before the release: encrypted with a key per cycle that is kept outside the database.

    Raises `flows.core.refusal.Refusal` where the key of a cycle is missing. What a method gives about somebody comes
    without authors and in an order that tells nothing.
    """

    def can_open(self, cycle: int) -> bool:
        """Whether what is kept of the cycle can be opened; also where there is nothing."""
        ...

    def keep(self, cycle: int, phase: str, author: int, about: int, answers: Mapping[str, Any]) -> None: ...
    def mine(self, cycle: int, phase: str, author: int, about: int) -> Mapping[str, Any] | None:
        """What the author has sent; for the author's own eyes."""
        ...

    def about(self, cycle: int, phase: str, about: int) -> list[Pen]:
        """What was sent about somebody."""
        ...

    def everything(
        self, cycle: int, phases: Sequence[str], people: Sequence[int]
    ) -> Iterator[tuple[str, int, list[Pen]]]:
        """(phase, about, pens) of these people, where there are any."""
        ...

    def asked(self, cycle: int, phases: Sequence[str]) -> list[int]:
        """Everybody about whom somebody was asked in these phases, by id."""
        ...

    def writers(self, cycle: int, phases: Sequence[str], people: Sequence[int]) -> list[Writer]:
        """Who was asked about these people in these phases."""
        ...

    def comment(self, cycle: int, pen: str, question: str) -> str:
        """The opaque name of one answer, by which it is flagged."""
        ...

    def own_comment(self, cycle: int, phase: str, author: int, about: int, question: str) -> str:
        """The name of the author's own answer; for showing it to the author alone."""
        ...

    def seal(self, cycle: int, groups: Sequence[SealedGroup], answers: Sequence[SealedAnswer]) -> None:
        """Keep what is shown of some people, under new random names and shuffled."""
        ...

    def forget(self, cycle: int) -> None:
        """Delete every pen, flag and encrypted draft of the cycle, whether or not its key is there."""
        ...

    def level(self, cycle: int, phases: Sequence[str], why: str) -> list[str]:
        """Make the tasks of these phases alike: done or not, they are waived for the reason `why`.

        They are taken out of the messages that spoke of them, which from then on name the phase alone. Those
        messages' ids: they have to be edited.
        """
        ...

    def is_sealed(self, cycle: int) -> bool:
        """Whether the release says so: nothing anonymous is written from then on."""
        ...


class FlagRecords(Protocol):
    def get(self, flag: str) -> Flag | None: ...
    def about(self, cycle: int, person: int) -> list[Flag]: ...
    def of_cycle(self, cycle: int) -> list[Flag]: ...
    def save(self, flag: Flag) -> None: ...


class SealedRecords(Protocol):
    def groups(self, cycle: int, about: int) -> list[SealedGroup]: ...
    def groups_many(self, cycle: int, people: Sequence[int]) -> list[SealedGroup]: ...
    def answers(self, cycle: int, about: int) -> list[SealedAnswer]:
        """In the order drawn at the seal."""
        ...
