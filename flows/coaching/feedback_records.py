"""What is kept of feedback between two colleagues, and of requests for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from flows.core.records import Records

RequestState = Literal["open", "answered", "declined"]


@dataclass(frozen=True, slots=True)
class FeedbackRequest:
    """What somebody (`by`) asks a colleague (`whom`) to tell them about."""

    id: int
    by: int
    whom: int
    about: str
    state: RequestState
    at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody (`by`) tells a colleague (`about`): the situation, what they did, its effect, and a wish.

    `shared`: the colleague's manager reads it, too; the giver has chosen it. `request` is what it answers.
    """

    id: int
    about: int
    by: int
    situation: str
    behaviour: str
    effect: str
    wish: str
    shared: bool
    request: int | None
    at: datetime
    thanked_at: datetime | None = None


class FeedbackKeeper(Protocol):
    def ask(self, request: FeedbackRequest) -> FeedbackRequest:
        """Keep a new request, and give it its id."""
        ...

    def request(self, request: int) -> FeedbackRequest | None: ...
    def settle(self, request: int, state: RequestState) -> None: ...
    def asked_of(self, person: int) -> Sequence[FeedbackRequest]:
        """What somebody is asked for and has not answered, oldest first."""
        ...

    def asked_by(self, person: int, since: datetime) -> Sequence[FeedbackRequest]:
        """What somebody has asked for since then, in whatever state, oldest first."""
        ...

    def keep(self, feedback: Feedback) -> Feedback:
        """Keep a new one, and give it its id."""
        ...

    def get(self, feedback: int) -> Feedback | None: ...
    def thank(self, feedback: int, now: datetime) -> bool:
        """Note that its receiver is thankful; whether it is the first time."""
        ...

    def about(self, person: int, since: datetime) -> Sequence[Feedback]:
        """What somebody was told since then, oldest first."""
        ...

    def by(self, person: int, since: datetime) -> Sequence[Feedback]:
        """What somebody told others since then, oldest first."""
        ...

    def shared_about(self, people: Sequence[int], since: datetime) -> Sequence[Feedback]:
        """What these people's manager reads, too, oldest first."""
        ...

    def forget(self, before: datetime) -> int:
        """Take away feedback and requests that are older; how many."""
        ...


class FeedbackRecords(Records, Protocol):
    @property
    def feedback(self) -> FeedbackKeeper: ...
