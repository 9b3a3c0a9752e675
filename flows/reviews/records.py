"""What the reviews keep, and the protocols behind them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from flows.coaching.records import PraiseKeeper
from flows.cycle.records import NamedRecords
from flows.cycle.template import ReviewKind
from flows.goals.records import GoalsRecords
from flows.reviews.unnamed import (
    Flag,
    FlagRecords,
    FlagState,
    Pen,
    PenRecords,
    SealedAnswer,
    SealedGroup,
    SealedRecords,
    Writer,
)

__all__ = [
    "Flag", "FlagRecords", "FlagState", "Guest", "GuestRecords", "Nomination", "NominationRecords", "NominationState",
    "Pen", "PenRecords", "Review", "ReviewKeeper", "ReviewRecords", "SealedAnswer", "SealedGroup",
    "SealedRecords", "Writer",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Review:
    """One review that was sent: `author` wrote it about `about`, who is the author in a self review.

    `manager` is whom the person it is about was reviewed by at the sending. `answers` are kept answers by question
    name, as the cycle's questionnaire understands them. `sent_at` is the first sending, `edited_at` the last change.
    """

    id: int
    cycle: int
    phase: str
    kind: ReviewKind
    about: int
    author: int
    manager: int | None
    answers: Mapping[str, Any]
    sent_at: datetime
    edited_at: datetime | None = None


NominationState = Literal["proposed", "approved", "rejected", "declined", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Nomination:
    """Somebody named to review `about` in the phase: a colleague, or a project or dotted-line lead.

    proposed → approved or rejected (with `why`) by the manager or HR; an approved reviewer may decline with a `why`,
    and is then replaced by another. `by` named them.
    """

    id: int
    cycle: int
    phase: str
    kind: ReviewKind
    about: int
    reviewer: int
    state: NominationState
    by: int
    decided_by: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """An external reviewer of `about`, who has a link instead of an account.

    `secret` is the SHA-256 of the link's token, in hex: the token itself is shown once and not kept. `sent_at` is
    when the review came, after which the link is good for nothing; so it is after `expires_at` or `revoked_at`.
    `made_by` invited them. `language` is the one that the page opens in.
    """

    id: int
    cycle: int
    phase: str
    about: int
    name: str
    company: str
    language: str
    secret: str
    made_by: int
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    sent_at: datetime | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


class ReviewKeeper(Protocol):
    def get(self, review: int) -> Review | None: ...
    def find(self, cycle: int, phase: str, about: int, kind: str, author: int | None = None) -> Review | None:
        """The review of that kind; of several authors' (projects, attributed colleagues) the one of `author`."""
        ...

    def about(self, cycle: int, people: Sequence[int]) -> list[Review]:
        """Everything sent about these people in the cycle, by person, phase and author."""
        ...

    def by_author(self, cycle: int, author: int) -> list[Review]: ...
    def keep(self, review: Review) -> Review:
        """Insert (id 0) or update; returns it with its id."""
        ...


class NominationRecords(NamedRecords, Protocol):
    def get(self, nomination: int) -> Nomination | None: ...
    def about(self, cycle: int, phase: str, person: int) -> list[Nomination]: ...
    def about_many(self, cycle: int, phase: str, people: Sequence[int]) -> list[Nomination]: ...
    def of_reviewer(self, cycle: int, reviewer: int) -> list[Nomination]: ...
    def load(self, cycle: int, reviewers: Sequence[int]) -> dict[int, int]:
        """For how many people each is proposed or approved as a reviewing colleague in the cycle; none is left out."""
        ...

    def save(self, nomination: Nomination) -> Nomination:
        """Insert (id 0) or update; somebody named twice for the same is one nomination."""
        ...

    def add(self, nominations: Sequence[Nomination]) -> int:
        """Keep those that are new; how many."""
        ...

    def short(
        self,
        cycle: int,
        phase: str,
        least: int,
        after: int,
        limit: int,
        departments: Collection[str] | None = None,
    ) -> list[tuple[int, str, int]]:
        """(person, department, how many) of participants with fewer than `least` reviewers proposed or approved.

        By person, above id `after`; of the departments that are named, or of all.
        """
        ...

    def counted(self, cycle: int, phase: str, least: int) -> list[tuple[str, int, int, int, int]]:
        """(department, participants, with fewer than `least` reviewers, with some undecided, short after a decline)."""
        ...


class GuestRecords(Protocol):
    address: str
    """Where the bot's own pages are reached from outside, without a slash at its end."""

    def get(self, guest: int) -> Guest | None: ...
    def by_token(self, token: str) -> Guest | None:
        """By a link's token; held for this transaction, so that a link is used once."""
        ...

    def about(self, cycle: int, people: Sequence[int]) -> list[Guest]: ...
    def invite(self, guest: Guest) -> tuple[Guest, str]:
        """Keep a new one (id 0), or give one a new link; with the link's token, which is told only here."""
        ...

    def save(self, guest: Guest) -> None: ...


class ReviewRecords(GoalsRecords, Protocol):
    @property
    def praise(self) -> PraiseKeeper: ...
    @property
    def reviews(self) -> ReviewKeeper: ...
    @property
    def nominations(self) -> NominationRecords: ...
    @property
    def guests(self) -> GuestRecords: ...
    @property
    def pens(self) -> PenRecords: ...
    @property
    def flags(self) -> FlagRecords: ...
    @property
    def sealed(self) -> SealedRecords: ...
