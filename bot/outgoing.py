"""What is on its way: messages in hand, in their chat's order, and what came of those that left."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from bot.letters import Worded
from storage.deliveries import Claimed
from storage.outbox import Outbox

Note = Callable[[Outbox], object]
Copy = tuple[str, str, str]
"""A message's id, and a channel and `ts` where it stands."""


class Figures(Protocol):
    """What is counted, by words of the code; several threads may count."""

    def delivered(self, outcome: Literal["sent", "edited", "unsure", "parked", "dropped"]) -> None: ...
    def limited(self, method: str) -> None: ...
    def failed(self, kind: str) -> None: ...


@dataclass(frozen=True, slots=True)
class InHand:
    """A message marked as sending. From `until` (monotonic) on it must not leave: others may have it then."""

    row: Claimed
    letter: Worded
    until: float


@dataclass(slots=True)
class Lanes:
    """Messages in hand by address: each chat in order and one at a time, all chats side by side."""

    waiting: dict[str, deque[InHand]] = field(default_factory=dict)
    speaking: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.speaking) + self.held

    @property
    def held(self) -> int:
        return sum(len(lane) for lane in self.waiting.values())

    def add(self, one: InHand) -> None:
        self.waiting.setdefault(one.letter.address, deque()).append(one)

    def heads(self) -> list[InHand]:
        """The next of every chat that is not being spoken to, as they were claimed: by urgency."""
        return [lane[0] for address, lane in self.waiting.items() if address not in self.speaking]

    def take(self, one: InHand) -> None:
        """It is the head of its chat, and leaves it."""
        lane = self.waiting[one.letter.address]
        lane.popleft()
        if not lane:
            del self.waiting[one.letter.address]

    def empty(self) -> Iterator[InHand]:
        """Take out everything that has not left."""
        for lane in self.waiting.values():
            yield from lane
        self.waiting.clear()


@dataclass(slots=True)
class Results:
    """What is to be written down of messages that left, in the next transaction."""

    sent: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sent) + len(self.notes)

    def put_back(self, earlier: Results) -> None:
        """`earlier` ones could not be written down."""
        self.sent[:0] = earlier.sent
        self.notes[:0] = earlier.notes

    def write(self, outbox: Outbox, now: datetime) -> list[Copy]:
        """Write it all down; the second copies that came of messages which others had taken over."""
        held = outbox.mark_sent_many(self.sent, now)
        for note in self.notes:
            note(outbox)
        return outbox.came_late(self.sent, now) if held < len(self.sent) else []
