"""What perfloop costs before anybody writes: its start, its memory at rest, and dispatch over many flows."""

from __future__ import annotations
from bot.bench.report import Goal
async def dispatch(flows): return []
def at_rest(): return []
