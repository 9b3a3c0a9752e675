"""What keeps the bot from working just now: one line in the log when it begins, one when it is over, and /readyz."""

from __future__ import annotations

import asyncio
from typing import Literal

import structlog

from bot.clock import Clock
from bot.metrics import Metrics
from storage.engine import Store
from storage.refusals import Damaged
from storage.trouble import Trouble, trouble_of

log = structlog.get_logger(__name__)

Part = Literal["database", "slack", "token"]
BEGINS: dict[Part, str] = {
    "database": "the database does not work",
    "slack": "slack does not answer",
    "token": "slack refuses the token",
}
ENDS: dict[Part, str] = {
    "database": "the database works again",
    "slack": "slack answers again",
    "token": "slack takes the token again",
}


class Troubles:
    """By part, what is wrong with it. May be told from any thread; of many tellings of one trouble the first is logged."""

    def __init__(self, clock: Clock, metrics: Metrics | None = None) -> None:
        self._clock, self._metrics = clock, metrics
        self._wrong: dict[Part, tuple[str, str, float]] = {}
        for part in BEGINS:
            self._show(part, up=True)

    def begins(self, part: Part, name: str, words: str) -> None:
        """A part does not work: `name` for the log, and a sentence with what to do."""
        before = self._wrong.get(part)
        if before is not None and before[0] == name:
            return
        since = before[2] if before else self._clock.monotonic()
        self._wrong[part] = (name, words, since)
        self._show(part, up=False)
        log.error(BEGINS[part], error=name, remedy=words)

    def ends(self, part: Part) -> None:
        """The part works; says so where it did not."""
        before = self._wrong.pop(part, None)
        if before is not None:
            self._show(part, up=True)
            log.warning(ENDS[part], after=before[0], seconds=round(self._clock.monotonic() - before[2], 1))

    def words(self, part: Part) -> str | None:
        """What is wrong with the part, and what to do; None when it works."""
        found = self._wrong.get(part)
        return found[1] if found else None

    def _show(self, part: Part, *, up: bool) -> None:
        if self._metrics is not None:
            self._metrics.works(part, up)


def watch_database(store: Store, troubles: Troubles) -> asyncio.Future[str]:
    """Have the store's troubles told. What comes of the future is the sentence of one that nothing heals while we run."""
    loop = asyncio.get_running_loop()
    verdict: asyncio.Future[str] = loop.create_future()

    def fall(words: str) -> None:
        if not verdict.done():
            verdict.set_result(words)

    def tell(trouble: Trouble | None) -> None:
        if trouble is None:
            troubles.ends("database")
            return
        troubles.begins("database", trouble.name, trouble.words)
        if trouble.lasting:
            loop.call_soon_threadsafe(fall, trouble.words)

    store.watch.tell = tell
    return verdict


async def until_stopped(stopping: asyncio.Event, verdict: asyncio.Future[str]) -> None:
    """Wait for the signal to stop. Raises Damaged when the database can't be healed: each further write may do harm."""
    verdict.add_done_callback(lambda _verdict: stopping.set())
    await stopping.wait()
    if verdict.done():
        raise Damaged(verdict.result())


def is_told(error: BaseException) -> bool:
    """Whether an error is the database's trouble, which is told once for all who meet it: its trace adds nothing."""
    return trouble_of(error) is not None


def complain(event: str, error: BaseException, **about: object) -> None:
    """Log a failure with its trace, unless it is the database's trouble."""
    if not is_told(error):
        log.error(event, exc_info=error, **about)
