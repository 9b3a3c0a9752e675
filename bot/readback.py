"""Finds out what became of messages of which nobody knows whether they arrived: the messenger itself does."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog

from bot.clock import Clock
from bot.letters import Unneeded, address_of
from bot.messenger import Found, Messenger, Unreadable
from bot.outgoing import Figures
from bot.troubles import complain
from storage.deliveries import ABSENCES, RESTORED, Claimed
from storage.work import Work

log = structlog.get_logger(__name__)

EARLIER = timedelta(seconds=120)  # clocks differ
SWEEP = 3600.0  # seconds after which a chat is looked through for a copy that came late
SWEEPS_KEPT = 10_000

Fate = Literal["sent", "waiting", "parked", "dropped", "unsure"]


@dataclass(frozen=True, slots=True)
class Sweep:
    """A chat to look through again, at a monotonic moment."""

    at: float
    message: str
    address: str
    since: datetime


class Readback:
    """Reads one chat after the other. `work` runs a function on the records, in a transaction of its own."""

    def __init__(
        self,
        port: Messenger,
        clock: Clock,
        work: Callable[[Callable[[Work], Any]], Awaitable[Any]],
        figures: Figures,
    ) -> None:
        self._port, self._clock, self._work, self._figures = port, clock, work, figures
        self._sweeps: deque[Sweep] = deque(maxlen=SWEEPS_KEPT)

    @property
    def due(self) -> bool:
        """Whether a chat is to be looked through."""
        return bool(self._sweeps) and self._sweeps[0].at <= self._clock.monotonic()

    async def look(self, rows: Sequence[Claimed], room: int) -> None:
        """Decide about each of `rows`, and look through chats that are due, `room` readings in all."""
        for row in rows:
            try:
                await self._look_for(row)
            except Exception as error:  # its claim runs out, and it is looked for again
                complain("reading back failed", error, message=row.id)
        for _ in range(room - len(rows)):
            if not self.due:
                break
            await self._sweep(self._sweeps.popleft())

    async def _look_for(self, row: Claimed) -> None:
        address = row.channel or await self._work(lambda records: address_of(records, row.message))
        since = (row.sending_since or row.unsure_since or self._clock.now()) - EARLIER
        found: list[Found] | Unreadable | Unneeded = (
            address if isinstance(address, Unneeded) else await self._port.find(address, row.id, since)
        )
        now = self._clock.now()
        fate: Fate = await self._work(lambda records: decide(records, row, found, now))
        if not isinstance(found, Unreadable) or found.lasting:  # else it is tried every half minute
            log.info("read back", message=row.id, state=fate, error=getattr(found, "reason", None))
        if fate in ("sent", "parked", "dropped"):
            self._figures.delivered(fate)
        if fate in ("sent", "waiting") and isinstance(address, str):
            self._sweeps.append(Sweep(self._clock.monotonic() + SWEEP, row.id, address, since))
        if isinstance(found, list):
            await self.delete(row.id, found[1:])

    async def _sweep(self, sweep: Sweep) -> None:
        found = await self._port.find(sweep.address, sweep.message, sweep.since)
        if isinstance(found, Unreadable) or len(found) < 2:
            return
        kept = await self._work(lambda records: records.messages.get(sweep.message))
        ours = kept.ts if kept and kept.ts else found[0].ts
        # The one on record stays, even if a copy came before it: it is the one that is edited and answered.
        await self.delete(sweep.message, [copy for copy in found if copy.ts != ours])

    async def delete(self, message: str, copies: Sequence[Found]) -> None:
        """Take back what stands in a chat a second time."""
        for copy in copies:
            outcome = await self._port.delete(copy.channel, copy.ts)
            log.warning("a second copy was deleted", message=message, outcome=type(outcome).__name__)


def decide(records: Work, row: Claimed, found: list[Found] | Unreadable | Unneeded, now: datetime) -> Fate:
    """Write down what the reading says, and return what the message is now."""
    outbox = records.outbox
    if isinstance(found, Unneeded):
        outbox.mark_dropped(row.id, found.reason)
        return "dropped"
    if isinstance(found, Unreadable):
        if found.lasting:
            outbox.mark_parked(row.id, found.reason)
            return "parked"
        outbox.look_later(row.id, now)
        return "unsure"
    if found:
        outbox.mark_sent(row.id, found[0].channel, found[0].ts, now)
        return "sent"
    times = outbox.absent(row.id, now)
    if times is None or times < ABSENCES:
        return "unsure"
    # The process that may have sent what was restored is gone: nothing of its comes later any more.
    if row.message.sensitive and row.error != RESTORED:
        outbox.mark_parked(row.id, "unclear")
        return "parked"
    # It counts as a try: a message that is unclear time and again has to end with a person.
    state = outbox.mark_waiting(row.id, row.message.due_at, "unclear", count_try=True)
    return "parked" if state == "parked" else "waiting" if state == "waiting" else "unsure"
