"""One of several replicas on a PostgreSQL: hears what the others have written, and keeps its part of the rates."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import datetime

import structlog

from bot.buckets import Buckets
from bot.findings import Finding
from bot.settings import LEAST_CONNECTIONS, Settings
from storage.connections import Room, room
from storage.engine import Store, open_store
from storage.listening import listen

log = structlog.get_logger(__name__)

BESIDE = (
    2  # connections of a replica beside its pool: it listens on one, and what is done apart reads on another
)


@asynccontextmanager
async def among_replicas(store: Store, buckets: Buckets) -> AsyncIterator[None]:
    """Listen while inside. A bot on SQLite has no others, and nothing to do here."""
    if store.is_alone:
        yield
        return
    listening = asyncio.create_task(listen(store.engine.url, store.owner, store.hear, buckets.share, _lost))
    try:
        yield
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


def _lost(error: Exception) -> None:
    """Until it is back, what others write is found by the next look: within half a minute."""
    log.warning("the database does not tell what others write", error=type(error).__name__)


def examine_connections(settings: Settings, now: Callable[[], datetime]) -> Iterator[Finding]:
    """Whether the database has connections enough for all replicas, and one more while they are restarted in turn."""
    with (
        closing(open_store(settings.database_url, now, read_only=True)) as store,
        store.engine.connect() as reading,
    ):
        found = room(reading)
    if found is not None:
        yield judged(found, settings.database_connections)


def judged(found: Room, pool: int) -> Finding:
    """`pool` is how many each replica keeps beside those of BESIDE."""
    running = max(1, found.replicas)
    left, needed = found.most - found.others, (running + 1) * (pool + BESIDE)
    replicas = f"{running} replica{'s' if running > 1 else ''} and one more at a restart"
    words = f"connections: {replicas} take up to {needed} of {left}"
    if needed <= left:
        return Finding("ok", words)
    fitting = left // (running + 1) - BESIDE
    remedy = "Raise max_connections of the PostgreSQL"
    if fitting >= LEAST_CONNECTIONS:
        remedy += f", or set PERFLOOP_DATABASE_CONNECTIONS to {fitting} or less"
    return Finding("warn", words, f"{remedy}.")
