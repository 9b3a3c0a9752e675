"""Plays a rehearsal in a process of its own, so that the bot goes on answering at its usual pace."""

from __future__ import annotations

import multiprocessing
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection

from bot import logs
from bot.clock import SystemClock
from bot.files import File
from bot.rehearsal_report import files_of
from flows.cycle.rehearsals.rehearsal import Found, Told
from flows.people.person import Person

QUIET = 1.0  # seconds between two words about the progress


@dataclass(frozen=True, slots=True)
class Order:
    """What to play: from which database, at which moment, at what rate, and who reads the files."""

    url: str
    cycle: int
    now: datetime
    per_minute: int
    reader: Person


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it."""

    found: Found
    timelines: Mapping[int, Sequence[Told]]
    files: Sequence[File]


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not be played; the log has the reason under `reference`."""

    reference: str


class Apart:
    """A process that plays one order. `hear` and `end` may be called from any thread."""

    def __init__(self, order: Order) -> None:
        # Not a fork: the bot has threads, whose locks a copy would hold for ever.
        spawn = multiprocessing.get_context("spawn")
        self._ours, theirs = spawn.Pipe(duplex=False)
        self._process = spawn.Process(target=work, args=(theirs, order), daemon=True, name="rehearsal")
        self._process.start()
        theirs.close()

    def hear(self, seconds: float) -> int | Done | Failed | None:
        """Its next word within `seconds`: how far it is in percent, or the end. None when it says nothing."""
        try:
            if not self._ours.poll(seconds):
                return None
            said: int | Done | Failed = self._ours.recv()
        except (EOFError, OSError):  # it died without a word: killed, or out of memory
            return Failed("killed")
        return said

    def end(self) -> None:
        """End the process if it still runs, and let go of it."""
        if self._process.is_alive():
            self._process.terminate()
        self._process.join(10)
        self._ours.close()


def work(to: Connection, order: Order) -> None:
    """What the process does: play, and say how far it is."""
    logs.set_up("warning")
    try:
        to.send(_played(to, order))
    except BrokenPipeError:
        return  # nobody listens any more
    except Exception:
        import structlog

        number = logs.reference()
        structlog.get_logger(__name__).exception("a rehearsal failed", cycle=order.cycle, reference=number)
        to.send(Failed(number))


def _played(to: Connection, order: Order) -> Done | Failed:
    from bot.build import catalog
    from bot.rehearsal import play
    from storage.engine import open_store

    clock = SystemClock()
    last = clock.monotonic()

    def progress(percent: int) -> None:
        nonlocal last
        if clock.monotonic() - last >= QUIET:
            last = clock.monotonic()
            to.send(percent)

    whole, _ = catalog()
    with closing(open_store(order.url, lambda: order.now, read_only=True)) as source:
        played = play(source, order.cycle, order.now, whole, order.per_minute, progress)
    if played is None:
        return Failed("gone")
    return Done(played.found, played.timelines, files_of(played, order.reader))
