"""The disk of an SQLite file lets the bot down: it is full, it may only be read, or what stands on it is damaged."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from sqlalchemy import select

from bot.bench.faults_found import Found, listening
from bot.bench.faults_house import House, found, house, with_programme
from bot.bench.staff import NOON
from bot.clock import VirtualClock
from bot.exchange import Heard
from storage.engine import open_store
from storage.refusals import StorageError
from storage.tables.conversations import CONVERSATION

PEOPLE = 4
PAGE = 4096  # bytes
LONG = "A long report. " * 2_000  # more than the pages that are free have room for


@asynccontextmanager
async def at_home(folder: Path) -> AsyncIterator[House]:
    """A company in a file, in which everybody was asked for their check-in."""
    clock = VirtualClock(NOON, speed=0)
    with closing(open_store(url_in(folder), clock.now)) as store:
        found(store.engine, PEOPLE)
        async with house(store.engine, clock, store=store) as here:
            await here.look(with_programme)
            await here.settle()
            yield here


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder / 'perfloop.db'}"


async def tell(here: House, pragma: str) -> None:
    """Say something to the one connection that the bot has to its file."""

    def run() -> None:
        with closing(here.store.engine.raw_connection()) as connection:
            connection.cursor().execute(pragma)

    await asyncio.get_running_loop().run_in_executor(here.executor, run)


FULL = ("PRAGMA max_page_count=1", "PRAGMA max_page_count=1000000")  # it is never set below what there is
READ_ONLY = ("PRAGMA query_only=ON", "PRAGMA query_only=OFF")


async def kept_from_writing(folder: Path, fault: str, pragmas: tuple[str, str]) -> Found:
    """People write while nothing can be kept, and again afterwards."""
    with listening() as lines:
        async with at_home(folder) as here:
            await tell(here, pragmas[0])
            for person in range(1, PEOPLE + 1):
                await here.do(person, Heard(f"{person} {LONG}"))
            await here.turn()
            wrong = [] if here.troubles.words("database") else ["/readyz does not tell"]
            wrong += ["nobody was told"] * here.untold
            await tell(here, pragmas[1])
            wrong += [] if await drafts(here) == 0 else ["something was kept"]
            for person in range(1, PEOPLE + 1):
                await here.do(person, Heard(f"{person} {LONG}"))
            await here.settle()
            wrong += ["/readyz tells of what is over"] if here.troubles.words("database") else []
            kept, left = await drafts(here), await here.look(here.left)
            return Found(
                fault, "told it, and took everything again", PEOPLE, PEOPLE - kept, max(0, kept - PEOPLE), left,
                kept == PEOPLE and not left, here.tries, lines.said, len(lines), tuple(wrong),
            )  # fmt: skip


async def drafts(here: House) -> int:
    """How many have begun to write."""
    return await here.look(lambda records: len(records._connection.execute(select(CONVERSATION.c.id)).all()))


def damaged(folder: Path, pages: int = 40) -> Found:
    """Overwrite one page after the other with chance, and start on each such file."""
    file = folder / "perfloop.db"
    open_store(url_in(folder), lambda: NOON).close()
    whole, chance = file.read_bytes(), random.Random(11)  # noqa: S311 (the same every time)
    places = chance.sample(range(len(whole) // PAGE), min(pages, len(whole) // PAGE))
    started, changed = 0, 0
    for place in places:
        spoilt = whole[: place * PAGE] + chance.randbytes(PAGE) + whole[(place + 1) * PAGE :]
        file.write_bytes(spoilt)
        try:
            open_store(url_in(folder), lambda: NOON).close()
            started += 1
        except StorageError:
            changed += file.read_bytes() != spoilt
    file.write_bytes(whole)
    open_store(url_in(folder), lambda: NOON).close()
    wrong = ("a file was changed",) * bool(changed) + ("it started on a damaged file",) * bool(started)
    return Found(
        "damaged page", "refused to start, the file untouched", len(places), 0, 0, started, not started, 0, len(places),
        len(places), wrong,
    )  # fmt: skip


async def damaged_while_running(folder: Path) -> Found:
    """A page is spoilt under the running bot: it ends with one sentence, and does not start on that file again."""
    with listening() as lines:
        async with at_home(folder) as here:
            await tell(here, "PRAGMA wal_checkpoint(TRUNCATE)")
            file = folder / "perfloop.db"
            with file.open("r+b") as spoilt:
                for page in range(1, file.stat().st_size // PAGE):
                    spoilt.seek(page * PAGE)
                    spoilt.write(b"\xff" * PAGE)
            await tell(here, "PRAGMA shrink_memory")
            for person in range(1, PEOPLE + 1):
                await here.do(person, Heard(f"{person} {LONG}"))
            await here.turn()
            ended = here.verdict.done()
    try:
        open_store(url_in(folder), lambda: NOON).close()
        refused = False
    except StorageError:
        refused = True
    wrong = () if ended and refused else ("it went on",)
    return Found(
        "damaged under the running bot", "ended, and refused to start", 1, 0, 0, 0, ended and refused, 0, lines.said,
        len(lines), wrong,
    )  # fmt: skip
