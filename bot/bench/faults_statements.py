"""Every statement and every commit of a story fails once, at its turn: what stands there afterwards is the same."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Column, Connection, Engine, event, select, true
from sqlalchemy.exc import OperationalError
from sqlmodel.sql.sqltypes import UTCDateTime

from bot.bench.faults_chats import Chats
from bot.bench.faults_house import House, found, house
from bot.bench.staff import NOON
from bot.clock import VirtualClock
from flows.core.file_orders import COULD_NOT
from storage.connect import make_engine
from storage.migrate import bring_up_to_date
from storage.tables.every import METADATA
from storage.tables.messages import MESSAGE

Way = Literal["statement", "commit", "answer"]
WAYS: tuple[Way, ...] = ("statement", "commit", "answer")
PEOPLE = 4
Picture = dict[str, Any]
# What tells how often something was tried, or which process had it, is not what was done.
ATTEMPTS = frozenset(
    (
        "attempts", "stale_attempts", "stale_version", "found_absent", "error", "owner", "tries", "failure", "revision",
        "ts", "channel",
    )
)  # fmt: skip
UNCOMPARED = frozenset(
    {"inbound", "file_order"}
)  # keys of what was pressed again; files are compared themselves
EXCUSES = (COULD_NOT.en, COULD_NOT.zh)
PACE = frozenset({"sweep.about"})  # a card that is edited more rarely the longer nothing changes


class Failing:
    """Lets the N-th statement or commit of an engine fail once; `reached` says whether it came to that.

    `answer`: the commit takes effect, and only its answer is lost.
    """

    def __init__(self, engine: Engine) -> None:
        self.way: Way | None = None
        self.left = 0
        self.counted = {"statement": 0, "commit": 0}
        event.listen(engine, "before_cursor_execute", self._statement)
        event.listen(engine, "commit", self._commit)

    def arm(self, way: Way | None, number: int) -> None:
        """From now on count anew, and let number `number` (from 1) fail that way."""
        self.way, self.left = way, number
        self.counted = {"statement": 0, "commit": 0}

    @property
    def reached(self) -> bool:
        return self.left <= 0

    def _statement(self, _connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        self.counted["statement"] += 1
        if self.way == "statement" and self._is_it():
            raise failure(statement)

    def _commit(self, connection: Connection) -> None:
        self.counted["commit"] += 1
        if self.way in ("commit", "answer") and self._is_it():
            if self.way == "answer":
                driver: Any = connection.connection.driver_connection
                driver.commit()
            raise failure("COMMIT")

    def _is_it(self) -> bool:
        self.left -= 1
        return self.left == 0


def failure(statement: str) -> OperationalError:
    """What the disk's failure looks like."""
    cause = sqlite3.OperationalError("disk I/O error")
    cause.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return OperationalError(statement, None, cause)


@dataclass(frozen=True, slots=True)
class Story:
    """What is there before, and what people and time then do. `besides` is a kind of message that may come besides."""

    name: str
    before: Callable[[House], Awaitable[None]]
    play: Callable[[House], Awaitable[None]]
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """What stood there after a story: the rows (without moments), the chats, the files, and what people heard.

    `untold` counts failures of which the person heard nothing, `tries` how often they had to do it again; `left` is what was
    still to be done when time was up, `counted` how many statements and commits the story itself took.
    """

    rows: Picture
    texts: dict[tuple[str, str], int]
    files: tuple[tuple[str, str], ...]
    untold: int
    tries: int
    left: int
    counted: dict[str, int]

    def differs(self, whole: Ending) -> list[str]:
        """In what it differs from a story in which nothing failed; nothing where it ended the same."""
        found = [name for name, values in whole.rows.items() if self.rows[name] != values]
        found += [f"chat of {place}" for place, _ in dict(self.texts.items() ^ whole.texts.items())]
        found += ["files"] * (self.files != whole.files) + ["left"] * (self.left > 0)
        return found + ["nobody was told"] * self.untold


@dataclass(frozen=True, slots=True)
class Run:
    """A story in which one thing failed: how often people did something again, and what is wrong at its end."""

    way: Way
    number: int
    tries: int
    wrong: tuple[str, ...]


class Stage:
    """One database in memory, set back to the beginning of its story for each run."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.engine = make_engine("sqlite://")
        self.failing = Failing(self.engine)
        self.start, self.chats = NOON, Chats(VirtualClock(NOON, speed=0))
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)

    async def build(self) -> None:
        """Live up to the beginning of the story, and keep that."""
        bring_up_to_date(self.engine)
        clock = VirtualClock(NOON, speed=0)
        found(self.engine, PEOPLE)
        async with house(self.engine, clock) as here:
            await self.story.before(here)
            await here.settle()
            self.start, self.chats = clock.now(), here.chats
        self._driver().backup(self._kept)

    async def run(self, way: Way | None = None, number: int = 0) -> Ending:
        """Play the story, with one failure; afterwards time passes until nothing is left to do."""
        self._kept.backup(self._driver())
        clock = VirtualClock(self.start, speed=0)
        chats = Chats(clock, posted=list(self.chats.posted))
        async with house(self.engine, clock, chats) as here:
            self.failing.arm(way, number)
            await self.story.play(here)
            counted = dict(self.failing.counted)
            await here.settle()
            self.failing.arm(None, 0)
            left = await here.look(here.left)
            besides = self.story.besides
            return Ending(
                rows(self.engine, besides), dict(told(chats, besides)), tuple(sorted(chats.files)), here.untold,
                here.tries, left, counted,
            )  # fmt: skip

    async def all(self, ways: Sequence[Way] = WAYS, every: int = 1) -> AsyncIterator[Run]:
        """One run for each statement and each commit of the story (or every so many-th), each with its failure."""
        whole, twin = await self.run(), await self.run()
        by_chance = {name for name, values in whole.rows.items() if twin.rows[name] != values}
        for way in ways:
            for number in range(1, whole.counted["statement" if way == "statement" else "commit"] + 1, every):
                ending = await self.run(way, number)
                yield Run(way, number, ending.tries, tuple(set(ending.differs(whole)) - by_chance - PACE))

    def close(self) -> None:
        self._kept.close()
        self.engine.dispose()

    def _driver(self) -> sqlite3.Connection:
        with self.engine.connect() as connection:
            driver = connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError("the stage is made of SQLite")
        return driver


def told(chats: Chats, besides: str) -> Counter[tuple[str, str]]:
    """What stands in the chats, without the excuses for a file that people then ask for again."""
    texts = chats.texts()
    for place, words in list(texts):
        if besides and any(excuse in words for excuse in EXCUSES):
            del texts[place, words]
    return texts


def rows(engine: Engine, besides: str = "") -> Picture:
    """Every table's columns that tell what was done, each with its values in order; no messages of the kind `besides`."""
    picture: Picture = {}
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            if table.name in UNCOMPARED:
                continue
            telling = [column for column in table.columns if tells(column)]
            which = select(*telling).where(table.c.kind != besides if table is MESSAGE else true())
            kept = [tuple(row) for row in connection.execute(which)] if telling else []
            for place, column in enumerate(telling):
                picture[f"{table.name}.{column.name}"] = sorted(repr(row[place]) for row in kept)
    return picture


def tells(column: Column[Any]) -> bool:
    """Whether a column says what was done, and not when or how often it was tried."""
    return not (column.name in ATTEMPTS or isinstance(column.type, UTCDateTime))
