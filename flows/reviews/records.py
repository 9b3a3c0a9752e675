"""What the reviews keep, and the protocols behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from flows.cycle.template import ReviewKind
from flows.goals.records import GoalsRecords


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


class ReviewKeeper(Protocol):
    def get(self, review: int) -> Review | None: ...
    def find(self, cycle: int, phase: str, about: int, kind: str) -> Review | None: ...
    def by_author(self, cycle: int, author: int) -> list[Review]: ...
    def keep(self, review: Review) -> Review:
        """Insert (id 0) or update; returns it with its id."""
        ...


class ReviewRecords(GoalsRecords, Protocol):
    @property
    def reviews(self) -> ReviewKeeper: ...
