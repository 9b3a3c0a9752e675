"""One turn of the sender: what it may take in hand, and the one transaction in which it does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.outgoing import Copy, Results
from storage.deliveries import Claimed
from storage.work import Work

log = structlog.get_logger(__name__)

LEASE = 120.0  # seconds for which a claim is ours, unless the operator says otherwise
OWN, SHARED = (0, 1), (2,)  # urgencies: what concerns one person, and a broadcast
EDIT_LEASE = 30.0  # an edit that is put off is done when its claim has run out


@dataclass(frozen=True, slots=True)
class Room:
    """How much may be taken in hand, and whether to look for what dead processes left behind.

    `bulk` are edits of a broadcast: they come after all others, and have places of their own.
    """

    posts: int
    edits: int
    bulk: int
    unsure: int
    recover: bool

    def wider(self, before: Room) -> bool:
        """Whether there is some now of a kind of which there was none before."""
        pairs = (
            (self.posts, before.posts), (self.edits, before.edits), (self.bulk, before.bulk),
            (self.unsure, before.unsure),
        )  # fmt: skip
        return any(now and not then for now, then in pairs)


@dataclass(frozen=True, slots=True)
class Taken:
    """What there is to do. `next_at` is when there will be more; None if never, or if there are posts now. `copies` are
    to be deleted."""

    posts: list[Claimed]
    edits: list[Claimed]
    unsure: list[Claimed]
    next_at: datetime | None
    copies: list[Copy]


def exchange(
    records: Work,
    results: Results,
    room: Room,
    now: datetime,
    *,
    owner: str,
    settle: float,
    lease: float = LEASE,
) -> Taken:
    """Write down what came of the last ones, and claim the next."""
    outbox = records.outbox
    copies = results.write(outbox, now)
    if room.recover and (lost := outbox.recover(owner, now)):
        log.warning("interrupted messages will be looked for", messages=lost)
    posts = outbox.claim(now, room.posts, lease_seconds=lease, sending=True) if room.posts else []
    edits = outbox.stale(now, room.edits, OWN, lease_seconds=EDIT_LEASE) if room.edits else []
    if room.bulk > len(edits):  # they draw on the same rate
        edits += outbox.stale(now, room.bulk - len(edits), SHARED, lease_seconds=EDIT_LEASE)
    unsure = outbox.unsure(now, settle, room.unsure, lease_seconds=lease) if room.unsure else []
    return Taken(posts, edits, unsure, None if posts else outbox.next_moment(settle), copies)


def least(*limits: int | None) -> int:
    """The smallest that is one, and not below 0."""
    return max(0, min(limit for limit in limits if limit is not None))


def beside(room: int | None, held: int) -> int | None:
    """What `held` leave of `room`."""
    return None if room is None else room - held
