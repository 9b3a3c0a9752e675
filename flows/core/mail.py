"""What the flows ask of the storage about messages that go out, and about what is told with the next of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from flows.core.owed import Message, Notice, Parked, Written


class MessageRecords(Protocol):
    def write(self, message: Message) -> str | None:
        """Keep it for delivery; its id, or None when one of that key was written before."""
        ...

    def write_many(self, messages: Sequence[Message]) -> int:
        """Keep many at once, those whose key is new; how many."""
        ...

    def ids_of(self, keys: Sequence[str]) -> dict[str, str]:
        """The ids of the messages of these keys, by key."""
        ...

    def unasked(self, people: Sequence[int], since: date) -> dict[int, dict[date, int]]:
        """How many messages each person got, or will get, that they did not ask for, by their local day."""
        ...

    def get(self, message: str) -> Written | None: ...
    def by_key(self, key: str) -> Written | None: ...
    def starting(self, prefix: str, first: str = "") -> list[Written]:
        """All whose key starts with `prefix`, from the key `first` on, oldest first."""
        ...

    def refresh(self, ids: Iterable[str]) -> None:
        """Bring what was sent to the state of things: edited as soon as may be."""
        ...

    def waiting_of(self, kind: str, to: datetime, after: str, limit: int) -> list[Written]:
        """Messages of a kind that wait and are due at `to`, by key, above the key `after`."""
        ...

    def parked(self) -> int:
        """How many messages wait for a person."""
        ...

    def parked_first(self, limit: int) -> Sequence[Parked]:
        """The `limit` of these that have waited longest."""
        ...

    def settle(self, message: str, *, again: bool) -> bool:
        """Send a parked message as if it were new, or never; False where it is not parked (any more)."""
        ...

    def hasten(self, key: str, due_at: datetime, day: date | None = None) -> None:
        """Move a waiting message's moment, and the reader's local day on which it counts."""
        ...

    def by_keys(self, keys: Sequence[str]) -> dict[str, Written]: ...
    def hasten_many(self, moments: Sequence[tuple[str, datetime, date | None]]) -> None:
        """Move many waiting messages: (key, moment, the day on which it counts, None where it counts on none)."""
        ...

    def hasten_all(self, prefix: str, due_at: datetime) -> int:
        """Move every waiting message whose key starts with `prefix`; how many."""
        ...

    def drop_all(self, prefix: str, reason: str) -> int:
        """Drop every waiting message whose key starts with `prefix`, surely not sent; how many."""
        ...

    def refresh_all(self, prefix: str) -> int:
        """Bring every message whose key starts with `prefix` to the state of things; how many."""
        ...

    def states(self, prefix: str) -> dict[str, int]:
        """How many messages there are in each state, of those whose key starts with `prefix`."""
        ...

    def standing(self, prefix: str) -> list[tuple[str, str | None, bool, int]]:
        """(state, short code of what went wrong last, whether it is still to be edited, how many) of the same."""
        ...

    def next_of(self, prefix: str, after: datetime) -> datetime | None:
        """The earliest moment of a message that waits, of the same; None when one waits for another reason."""
        ...

    def next_moment(self) -> datetime | None:
        """When the earliest waiting message is due."""
        ...


class NoticeRecords(Protocol):
    def add(self, notices: Sequence[Notice]) -> int:
        """Keep those whose key is new; how many."""
        ...

    def get(self, notice: int) -> Notice | None: ...
    def who_is_due(self, now: datetime, limit: int) -> list[int]:
        """The people of the `limit` waiting notices whose moment came first; each once."""
        ...

    def due_of(self, people: Sequence[int], now: datetime) -> list[Notice]:
        """Waiting notices of these people whose moment has come."""
        ...

    def save_many(self, notices: Sequence[Notice]) -> None: ...
    def next_moment(self) -> datetime | None: ...
