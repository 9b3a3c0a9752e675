"""One of several replicas on a PostgreSQL: hears what the others have written, and keeps its part of the rates."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from bot.buckets import Buckets
from storage.engine import Store
from storage.listening import listen

log = structlog.get_logger(__name__)


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
