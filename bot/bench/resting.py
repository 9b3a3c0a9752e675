"""The whole bot, started as `perfloop serve` starts it, and left alone."""

from __future__ import annotations

import asyncio
import sys

from bot import logs
from bot.build import connected, running
from bot.clock import SystemClock
from bot.settings import Settings


def rest(database_url: str) -> None:
    """Start, say "ready" when it listens, and tick every half second until a line comes in."""
    logs.set_up("error")
    given = {
        "SLACK_BOT_TOKEN": "xoxb-bench",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",  # nobody answers there
        "SLACK_SIGNING_SECRET": "bench",
        "PERFLOOP_DATABASE_URL": database_url,
        "PERFLOOP_PORT": "0",
        "PERFLOOP_TICK_SECONDS": "0.5",
    }
    asyncio.run(_rest(Settings.read(given)))


async def _rest(settings: Settings) -> None:
    async with running(settings, SystemClock()) as bot, connected(bot):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.readline)
