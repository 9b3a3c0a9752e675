"""What is kept of trainings: the company's catalogue, who takes part in which, and who was there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

from flows.core.records import Records
from flows.core.words import Words

EnrolmentState = Literal["asked", "enrolled", "declined", "withdrawn", "attended", "missed"]
TAKING: tuple[EnrolmentState, ...] = ("asked", "enrolled")
"""The states in which the place is held, and the training is still ahead."""


@dataclass(frozen=True, slots=True)
class Training:
    """A training of the catalogue, told apart by its `code`. `cost` is for one person, in the ISO `currency`.

    What costs something is approved by the manager first. `hours` is how long it takes. One that is not `offered`
    any more stays readable where somebody took part in it.
    """

    id: int
    code: str
    title: str
    title_zh: str = ""
    hours: Decimal | None = None
    mode: str = ""
    link: str = ""
    skills: str = ""
    cost: Decimal = Decimal()
    currency: str = ""
    offered: bool = True

    @property
    def words(self) -> Words:
        return Words(self.title or self.title_zh, self.title_zh or self.title)


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Somebody's place: asked (the manager decides) → enrolled or declined; enrolled → attended or missed.

    `took_place` is the local day of attendance, which `recorded_by` wrote down; `why` is the reason of a no.
    """

    id: int
    training: int
    person: int
    state: EnrolmentState
    asked_at: datetime
    decided_by: int | None = None
    decided_at: datetime | None = None
    took_place: date | None = None
    recorded_by: int | None = None
    why: str = ""


class TrainingKeeper(Protocol):
    def get(self, training: int) -> Training | None: ...
    def many(self, trainings: Sequence[int]) -> Sequence[Training]: ...
    def all(self) -> Sequence[Training]:
        """The whole catalogue by code, also what is not offered any more."""
        ...

    def save(self, training: Training) -> Training:
        """Insert (id 0) or update; returns it with its id."""
        ...

    def place(self, enrolment: int) -> Enrolment | None: ...
    def lock_place(self, enrolment: int) -> Enrolment | None:
        """The place as it stands now; nobody else changes it before this transaction has ended."""
        ...

    def places_of(self, person: int) -> Sequence[Enrolment]:
        """All of the person's, oldest first."""
        ...

    def places_in(self, training: int) -> Sequence[Enrolment]:
        """All of the training's, oldest first."""
        ...

    def asked_of(self, people: Sequence[int]) -> Sequence[Enrolment]:
        """Those of these people that wait for a decision."""
        ...

    def save_place(self, enrolment: Enrolment) -> Enrolment:
        """Insert (id 0) or update; returns it with its id."""
        ...

    def forget_texts(self, before: datetime) -> int:
        """Empty the reasons given before that moment (UTC); how many."""
        ...


class TrainingRecords(Records, Protocol):
    @property
    def trainings(self) -> TrainingKeeper: ...
