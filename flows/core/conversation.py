"""A conversation: one person's way through one flow about one thing, as it is kept between two events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from flows.core.said import Kept, Said

REVIEW = "review"
PASSING = "~"  # begins the id of a conversation that is kept nowhere; a kept one's never begins so


@dataclass(frozen=True, slots=True)
class Conversation:
    """Answers by page and question, what stands typed in the fields, and where the person is.

    `at` is a field's name when a step is shown again, or `REVIEW`; None means the first unanswered step.
    `revision` rises with each change and is compared before the next. `typed_at` orders kept drafts.
    `sealed` is the cycle with whose key it is encrypted where it is kept; None: it is not.
    """

    id: str
    flow: str
    person: int
    subject: str
    answers: Mapping[str, Mapping[str, Kept]] = field(default_factory=dict)
    typed: Mapping[str, Said] = field(default_factory=dict)
    typed_at: str = ""
    at: str | None = None
    revision: int = 0
    state: Literal["open", "done", "dropped"] = "open"
    in_chat: bool = False
    sealed: int | None = None

    @property
    def is_passing(self) -> bool:
        """Whether it lives in the open window alone, and begins anew with each event."""
        return self.id.startswith(PASSING)


def passing(flow: str, person: int, subject: str) -> Conversation:
    """A conversation that is kept nowhere; its id says all there is to it, and whose it is says whoever asks."""
    return Conversation(f"{PASSING}{flow}{PASSING}{subject}", flow, person, subject)


def passed(conversation: str, person: int) -> Conversation | None:
    """The passing conversation that an id names, whether or not its flow is such a one; None for other ids."""
    if not conversation.startswith(PASSING):
        return None
    flow, _, subject = conversation.removeprefix(PASSING).partition(PASSING)
    return passing(flow, person, subject)
