"""How long it takes to rehearse a quarter for 5,000 people, alone and beside a weekly check-in."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from bot.bench.apart import apart
from bot.bench.databases import sqlite
from bot.bench.report import Goal, show
from bot.bench.staff import NOON, draft, hire, quarter
from bot.build import catalog
from bot.clock import SystemClock
from bot.rehearsal import play
from flows.checkins.setup import usual
from storage.engine import open_store

Json = dict[str, Any]

LIMIT = 60.0  # seconds
PER_MINUTE = 240


async def run(*, people: int = 5_000, checkins: Sequence[bool] = (False, True)) -> Json:
    """Measure and show."""
    rows, goals = [], []
    for with_checkins in checkins:
        with sqlite() as url:
            done = apart(rehearsed, url, people, with_checkins)
        what = "the cycle and weekly check-ins" if with_checkins else "the cycle"
        seconds, messages = done.value
        rows.append({"what": what, "people": people, "messages": messages, "s": seconds, "MiB": done.growth})
        goals.append(Goal(f"{what}: seconds", seconds, LIMIT))
    return show("rehearsal", rows, goals)


def rehearsed(url: str, people: int, with_checkins: bool) -> tuple[float, int]:
    """Seconds, and how many messages it says there would be."""
    real = SystemClock()
    with closing(open_store(url, lambda: NOON)) as store:
        hire(store.engine, people)
        with store.work() as records:
            cycle = draft(records, quarter())
            if with_checkins:
                records.programmes.save(usual(NOON.date(), None, NOON))
        began = real.monotonic()
        played = play(store, cycle.id, NOON, catalog()[0], PER_MINUTE, lambda _percent: None)
        seconds = real.monotonic() - began
    return seconds, sum(len(told) for told in played.timelines.values()) if played else 0
