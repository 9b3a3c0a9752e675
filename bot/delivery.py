"""Posts and edits what was claimed, and notes what came of each for the next transaction."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from datetime import timedelta
from typing import Any

import structlog

from bot.buckets import Buckets
from bot.clock import Clock
from bot.edits import edit
from bot.fence import leaving_before
from bot.gate import Gate
from bot.letters import Letter, NotYet, Unneeded, Worded
from bot.messenger import Messenger, Outcome, Sent, SurelyNot, Unclear
from bot.outgoing import Figures, InHand, Lanes, Results
from storage.deliveries import Claimed
from storage.outbox import Outbox

log = structlog.get_logger(__name__)

UNREACHED = timedelta(minutes=15)  # until somebody without an account is looked for again
FIRST_RETRY = 15.0  # seconds; doubled with each try
# While many are on their way, so many are written down in one transaction.
TOGETHER = 8
BULK = 2  # the urgency of a broadcast


class Delivery:
    """What is on its way. `ring` is called when enough has ended; `results` is then to be written down.

    `lost` is told of an account that could not be reached.
    """

    def __init__(
        self,
        port: Messenger,
        clock: Clock,
        buckets: Buckets,
        gate: Gate,
        figures: Figures,
        chance: random.Random,
        ring: Callable[[], None],
        lost: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._port, self._clock, self._buckets, self._gate = port, clock, buckets, gate
        self._figures, self._chance, self._ring, self._lost = figures, chance, ring, lost
        self.lanes = Lanes()
        self.results = Results()
        self.tasks: set[asyncio.Task[None]] = set()
        self.editing = self.bulk = 0  # edits on their way: of what concerns one person, of a broadcast

    def accept(self, row: Claimed, letter: Letter, until: float) -> None:
        """Take a claimed message in hand, or note why it stays. `until` ends its claim (monotonic)."""
        if row.state == "sent":
            self._count(row, 1)
            self.spawn(self._edit(row, letter, until))
        elif isinstance(letter, Worded):
            self.lanes.add(InHand(row, letter, until))
        elif isinstance(letter, Unneeded):
            self._figures.delivered("dropped")
            self.results.notes.append(lambda outbox: outbox.mark_dropped(row.id, letter.reason))
        elif isinstance(letter, NotYet):
            later = self._clock.now() + UNREACHED
            self.results.notes.append(
                lambda outbox: outbox.mark_waiting(row.id, later, letter.reason, count_try=False)
            )
        else:
            self._try_again(row, letter.reference)

    def launch(self) -> float:
        """Let the next message of every chat go, as far as the rates allow; seconds until another may."""
        soonest = math.inf
        for one in self.lanes.heads():
            if one.until <= self._clock.monotonic():
                self.lanes.take(one)
                self.give_back([one])
            elif self._buckets.grab(self._port.posting, one.letter.address):
                self.lanes.take(one)
                self.lanes.speaking.add(one.letter.address)
                self.spawn(self._post(one))
            else:
                wait = self._buckets.wait(self._port.posting, one.letter.address)
                soonest = min(soonest, wait)
        return soonest

    def give_back(self, held: Iterable[InHand]) -> None:
        """They did not leave, and keep their place in the order."""
        for one in held:
            self.return_row(one.row, None)

    def return_row(self, row: Claimed, error: str | None) -> None:
        due_at = row.message.due_at
        self.results.notes.append(lambda outbox: outbox.mark_waiting(row.id, due_at, error, count_try=False))

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            log.error("a delivery broke", exc_info=task.exception())
        if len(self.tasks) <= 2 * TOGETHER or len(self.results) >= TOGETHER:
            self._ring()

    async def _post(self, one: InHand) -> None:
        try:
            with leaving_before(self._clock, one.until):
                outcome = await self._port.post(one.letter.address, one.letter.payload, one.row.id)
        except Exception as error:
            log.exception("the messenger's port failed", message=one.row.id)
            outcome = Unclear(type(error).__name__)
        finally:
            self.lanes.speaking.discard(one.letter.address)
        self._note(one.row, outcome)
        whose = outcome.whose if isinstance(outcome, SurelyNot) else ""
        if self._lost and whose == "account" and one.row.message.person is not None:
            await self._lost(one.letter.address)

    def _note(self, row: Claimed, outcome: Outcome) -> None:
        if isinstance(outcome, Sent):
            self._gate.passed()
            self._figures.delivered("sent")
            self.results.sent.append((row.id, outcome.channel, outcome.ts))
            return
        self._gate.refused(self._port.posting, outcome)
        if isinstance(outcome, SurelyNot) and outcome.whose == "claim":
            log.warning("held back after a suspension", message=row.id)
            self.return_row(row, None)
            return
        if not isinstance(outcome, SurelyNot) or outcome.whose not in (
            "rate",
            "token",
        ):  # which the gate tells once
            log.info("not sent", message=row.id, outcome=type(outcome).__name__, error=outcome.error)
        if isinstance(outcome, Unclear):
            self._figures.delivered("unsure")
            since = self._clock.now()
            self.results.notes.append(lambda outbox: outbox.mark_unsure(row.id, since, outcome.error))
        elif outcome.whose in ("rate", "token"):
            # It concerns them all, and what follows in this chat must not overtake it.
            self.return_row(row, outcome.error)
            self.give_back(self.lanes.empty())
        elif outcome.permanent:
            self._figures.delivered("parked")
            self.results.notes.append(lambda outbox: outbox.mark_parked(row.id, outcome.error))
        else:
            self._try_again(row, outcome.error)

    def _try_again(self, row: Claimed, error: str) -> None:
        seconds = FIRST_RETRY * 2**row.attempts * (1 + self._chance.random() / 10)
        due_at = self._clock.now() + timedelta(seconds=seconds)

        def note(outbox: Outbox) -> None:
            if outbox.mark_waiting(row.id, due_at, error, count_try=True) == "parked":
                self._figures.delivered("parked")
                log.warning("parked", message=row.id, error=error)

        self.results.notes.append(note)

    async def _edit(self, row: Claimed, letter: Letter, until: float) -> None:
        try:
            with leaving_before(self._clock, until):
                note = await edit(self._port, self._gate, self._figures, row, letter, self._clock.now())
            if note is not None:
                self.results.notes.append(note)
        finally:
            self._count(row, -1)

    def _count(self, row: Claimed, more: int) -> None:
        if row.message.urgency < BULK:
            self.editing += more
        else:
            self.bulk += more
