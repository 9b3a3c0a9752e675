"""Reads calendars in a process of its own, with little memory and time: a hostile one ends there, not the bot."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import resource
import threading
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from bot.calendars.reading import Reading, busy_in
from bot.calendars.trouble import Unreachable
from flows.interviews.records import Span

MEMORY = 1 << 30  # bytes of address space; a calendar of 5 MB needs a third
PATIENCE = 20.0  # seconds for one calendar


class ReadingApart:
    """One process, begun when there is something to read; one calendar after the other."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._process: BaseProcess | None = None
        self._ours: Connection | None = None
        self._turn = asyncio.Lock()  # so that those who wait take no thread
        self._alone = threading.Lock()  # whoever gave up its turn may still be in its thread
        self._stopping = False

    @property
    def under_way(self) -> bool:
        """Whether its process runs."""
        return self._process is not None

    async def __call__(self, reading: Reading) -> list[Span]:
        """The busy times in it. Raises Unreachable, also where it took too much."""
        async with self._turn:
            said = await asyncio.to_thread(self._ask, reading)
        if isinstance(said, str):
            raise Unreachable(said)
        return said

    async def stop(self) -> None:
        """End the process at once; what is in hand counts as too much to read."""
        self._stopping = True
        if (process := self._process) is not None:
            with contextlib.suppress(ValueError):  # it was closed meanwhile
                process.kill()
        await asyncio.to_thread(self._stop)

    def _stop(self) -> None:
        with self._alone:
            self._end()
            self._stopping = False

    def _ask(self, reading: Reading) -> list[Span] | str:
        with self._alone:
            ours = self._begun()
            try:
                if not self._stopping:
                    ours.send(reading)
                    if ours.poll(self._patience):
                        said: list[Span] | str = ours.recv()
                        return said
            except (EOFError, OSError):  # it died without a word: out of memory
                pass
            self._end()
            return "too-much"

    def _begun(self) -> Connection:
        if self._ours is None:
            # Not a fork: the bot has threads, whose locks a copy would hold for ever.
            spawn = multiprocessing.get_context("spawn")
            self._ours, theirs = spawn.Pipe()
            process = spawn.Process(target=work, args=(theirs,), daemon=True, name="calendars")
            process.start()
            self._process = process  # only now can it be ended
            theirs.close()
        return self._ours

    def _end(self) -> None:
        if self._process is not None and self._ours is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._ours.close()
        self._process = self._ours = None


def work(to: Connection) -> None:
    """What the process does until nobody asks any more: read, and say the busy times or what is wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        try:
            reading: Reading = to.recv()
        except (EOFError, OSError):
            return
        to.send(answer(reading))


def answer(reading: Reading) -> list[Span] | str:
    """The busy times, or the problem: whatever a file makes its readers raise, it is no calendar."""
    try:
        return busy_in(reading)
    except Unreachable as no:
        return no.problem
    except (MemoryError, RecursionError):
        return "too-much"
    except Exception:
        return "no-calendar"
