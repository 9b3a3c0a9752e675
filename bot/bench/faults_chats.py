"""A messenger in memory for the drills: it keeps what it takes, and can be down, slow to answer or refuse the token."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.files import File
from bot.messenger import Found, Outcome, Payload, Sent, SurelyNot, Unclear, Unreadable

Json = dict[str, Any]
TOKEN = SurelyNot("token_revoked", "token")
UNREACHABLE = SurelyNot("ClientConnectorError", "rate")
BROKEN = Unclear("http_500")


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands in a chat."""

    address: str
    ts: str
    mark: str
    words: str
    at: datetime


@dataclass
class Chats:
    """Implements `bot.messenger.Messenger` and `bot.files.Upload`. `fault` is what every call meets while it is set."""

    clock: Clock
    fault: SurelyNot | Unclear | None = None
    posted: list[Posted] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    tried: int = 0
    posting, editing, deleting, reading = "post", "edit", "delete", "read"

    async def post(self, address: str, payload: Payload, mark: str) -> Outcome:
        self.tried += 1
        if self.fault is not None:
            return self.fault
        ts = f"{self.clock.now().timestamp():.0f}.{len(self.posted):06}"
        self.posted.append(Posted(address, ts, mark, words_of(payload), self.clock.now()))
        return Sent(address, ts)

    async def edit(self, channel: str, ts: str, payload: Payload) -> Outcome:
        if self.fault is not None:
            return self.fault
        self.posted = [
            Posted(one.address, one.ts, one.mark, words_of(payload), one.at) if one.ts == ts else one
            for one in self.posted
        ]
        return Sent(channel, ts)

    async def delete(self, channel: str, ts: str) -> Outcome:
        if self.fault is not None:
            return self.fault
        self.posted = [one for one in self.posted if one.ts != ts]
        return Sent(channel, ts)

    async def find(self, address: str, mark: str, since: datetime) -> list[Found] | Unreadable:
        if self.fault is not None:
            return Unreadable(self.fault.error, lasting=False)
        return [
            Found(one.ts, one.address)
            for one in self.posted
            if (one.address, one.mark) == (address, mark) and one.at >= since
        ]

    async def __call__(self, place: str, files: Sequence[File]) -> str | None:
        """Put files into a chat."""
        if self.fault is not None:
            return self.fault.error
        self.files += [(place, file.name) for file in files]
        return None

    def texts(self) -> Counter[tuple[str, str]]:
        """What stands where, and how often."""
        return Counter((one.address, one.words) for one in self.posted)

    def most_within(self, span: timedelta) -> int:
        """The most messages that came within so long a time."""
        moments = sorted(one.at for one in self.posted)
        return max((sum(1 for at in moments if start <= at < start + span) for start in moments), default=0)


class Windows:
    """What is asked of Slack besides: every call is taken and noted by its name."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Json]]:
        async def call(*given: Any, **named: Any) -> Json:
            self.asked.append((name, str((given, named))))
            return {}

        return call

    async def meet(self, _account: str) -> bool:
        """Nobody new is known."""
        return False


def words_of(payload: Mapping[str, Any]) -> str:
    """All that is read in a message; what its buttons carry is left out, as it holds numbers drawn by chance."""
    found: list[str] = []
    left: list[Any] = [payload]
    while left:
        part = left.pop(0)
        if isinstance(part, Mapping):
            found += [part["text"]] if isinstance(part.get("text"), str) else []
            left += part.values()
        elif isinstance(part, list):
            left += part
    return "\n".join(found)
