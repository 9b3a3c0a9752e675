"""What an interaction hands out: trigger ids (once, 3 s) and response addresses (5 times, 30 min)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5
REMEMBERED = 2000


@dataclass(slots=True)
class Trigger:
    """The right to open one modal for `user`; `view` is the modal it was made in. Times are epoch seconds."""

    user: str
    view: str | None
    until: float
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """An address to answer one interaction at. `ts` is the message it came from (None after a command)."""

    user: str
    conversation: str
    ts: str | None
    ephemeral: bool
    until: float
    left: int = RESPONSE_USES


class Tokens(Generic[T]):
    """The newest `REMEMBERED` tokens by id; older ones are forgotten, so that a long life stays small."""

    def __init__(self) -> None:
        self._by_id: dict[str, T] = {}
        self._order: deque[str] = deque()

    def add(self, key: str, token: T) -> str:
        self._by_id[key] = token
        self._order.append(key)
        if len(self._order) > REMEMBERED:
            del self._by_id[self._order.popleft()]
        return key

    def get(self, key: str) -> T | None:
        return self._by_id.get(key)


def trigger_error(trigger: Trigger | None, now: float) -> str | None:
    """Slack's name for why this trigger cannot be used now, and None marks it as used."""
    if trigger is None:
        return "invalid_trigger_id"
    if trigger.used:
        return "exchanged_trigger_id"
    if now > trigger.until:
        return "expired_trigger_id"
    trigger.used = True
    return None
