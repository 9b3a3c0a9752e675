"""What the sender asks of a messenger, and the three things that can come of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived: where it stands from now on."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class SurelyNot:
    """It did not arrive, and it is known that it did not.

    `whose` trouble it is: the message's own ("row"), its recipient's ("account"), the bot's right to speak
    at all ("token"), only that it is too soon or nobody can be reached now ("rate": `retry_after` in
    seconds, if it was said), or that the sender's claim has run out ("claim"). `permanent`: another try can't help.
    """

    error: str
    whose: Literal["row", "account", "token", "rate", "claim"] = "row"
    permanent: bool = False
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """It may have arrived."""

    error: str


Outcome = Sent | SurelyNot | Unclear


@dataclass(frozen=True, slots=True)
class Found:
    """A message that carries the mark. Several of one mark are copies; the smallest `ts` came first."""

    ts: str
    channel: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The chat could not be read. `lasting`: it may not be read at all; otherwise it is worth another try."""

    reason: str
    lasting: bool
    retry_after: float | None = None


class Messenger(Protocol):
    """Where messages go. Each call is made once: a repeat is the sender's decision.

    `posting`, `editing`, `deleting` and `reading` name the buckets that the calls draw on. The sender takes the token of
    a post or an edit itself, as it must know beforehand; all other calls wait for theirs inside.
    """

    @property
    def posting(self) -> str: ...
    @property
    def editing(self) -> str: ...
    @property
    def deleting(self) -> str: ...
    @property
    def reading(self) -> str: ...

    async def post(self, address: str, payload: Payload, mark: str) -> Outcome:
        """`address` is an account or a channel; `mark` (opaque) can be found again by `find`."""
        ...

    async def edit(self, channel: str, ts: str, payload: Payload) -> Outcome: ...
    async def delete(self, channel: str, ts: str) -> Outcome:
        """Sent also when it was gone already."""
        ...

    async def find(self, address: str, mark: str, since: datetime) -> list[Found] | Unreadable:
        """All messages with that mark in the chat since then, the oldest first."""
        ...
