"""What the bot costs before anybody writes: its start and its memory at rest, against bare imports."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bot.bench.databases import sqlite
from bot.bench.report import Goal
from bot.clock import SystemClock
from storage.engine import open_store

FLOOR = """
from slack_bolt.app.async_app import AsyncApp
import sqlmodel
from apscheduler.schedulers.asyncio import AsyncIOScheduler
print("ready", flush=True)
input()
"""
BOT = "import sys; from bot.bench.resting import rest; rest(sys.argv[1])"
RESTED = 1.5  # seconds


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until it was ready, and MiB that it then held; None where the system does not tell."""

    seconds: float
    memory: float | None


def at_rest(rounds: int) -> tuple[dict[str, float], list[Goal]]:
    """Start both in turn, on a database that is there already; the medians, and the goals."""
    with sqlite() as url:
        open_store(url, SystemClock().now).close()
        pairs = [(started(FLOOR), started(BOT, url)) for _ in range(rounds)]
    floor, ours = (median(start.seconds for start in side) for side in zip(*pairs, strict=True))
    figures = {"bare imports s": floor, "start s": ours}
    goals = [Goal("start against bare imports", ours / floor, 1.3)]
    held = [(bare.memory, whole.memory) for bare, whole in pairs if bare.memory and whole.memory]
    if held:
        floor, ours = (median(side) for side in zip(*held, strict=True))
        figures |= {"bare imports MiB": floor, "at rest MiB": ours}
        goals.append(Goal("memory at rest against bare imports", ours / floor, 1.3))
    return figures, goals


def started(code: str, *arguments: str) -> Start:
    """Run the code in a fresh interpreter until it says that it is ready, and let it rest for a while."""
    clock = SystemClock()
    began = clock.monotonic()
    command = [sys.executable, "-c", code, *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603
        assert child.stdout is not None  # noqa: S101
        child.stdout.readline()
        seconds = clock.monotonic() - began
        try:
            child.wait(RESTED)
        except subprocess.TimeoutExpired:
            memory = resident(child.pid)
            child.communicate("\n")
            return Start(seconds, memory)
    raise RuntimeError("it ended by itself")


def resident(pid: int) -> float | None:
    """MiB that the process holds in memory, where /proc says it."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
