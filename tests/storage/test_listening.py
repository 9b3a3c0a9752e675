"""Replicas hear what others have committed, at once, and everything anew after their connection was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field

import pytest
from sqlalchemy import text

from flows.core.records import Message
from storage.engine import Store, open_store
from storage.listening import REPLICA, News, listen
from tests.storage.conftest import NOW

PATIENCE = 10.0
END = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
)


@pytest.fixture
def stores(postgresql_url: str) -> Iterator[tuple[Store, Store]]:
    """Two replicas' own."""
    with (
        closing(open_store(postgresql_url, lambda: NOW)) as ours,
        closing(open_store(postgresql_url, lambda: NOW)) as theirs,
    ):
        yield ours, theirs


@dataclass
class Ear:
    """What one replica has heard, in order."""

    news: list[list[News]] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, news: Collection[News]) -> None:
        self.news.append(list(news))
        self.changed.set()

    def count(self, replicas: int) -> None:
        self.counts.append(replicas)

    def lose(self, error: Exception) -> None:
        self.lost.append(type(error).__name__)

    async def until(self, times: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.news) < times:
                self.changed.clear()
                await self.changed.wait()

    async def listening(self, store: Store, story: Callable[[], Awaitable[None]]) -> None:
        """Live through the story with the ear open."""
        task = asyncio.create_task(listen(store.engine.url, store.owner, self.hear, self.count, self.lose))
        try:
            await self.until(1)
            await story()
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def write(store: Store, key: str) -> None:
    with store.work() as records:
        records.messages.write(Message(key, "note", {}, NOW, channel="C1"))


def test_others_commits_are_heard_and_ones_own_and_what_was_undone_are_not(
    stores: tuple[Store, Store],
) -> None:
    ours, theirs = stores

    async def story() -> Ear:
        ear = Ear()

        async def write_in_turn() -> None:
            write(ours, "own")
            with suppress(ZeroDivisionError), theirs.work() as records:
                records.messages.write(Message("undone", "note", {}, NOW, channel="C1"))
                raise ZeroDivisionError
            with theirs.work() as records:
                records.people.active()
            write(theirs, "theirs")
            with theirs.work() as records:
                records.file_orders.touched = True
            await ear.until(3)

        await ear.listening(ours, write_in_turn)
        return ear

    ear = asyncio.run(story())
    assert ear.news == [["mail", "files", "calendars"], ["mail"], ["files"]]
    assert (ear.counts, ear.lost) == ([1], [])


def test_after_a_lost_connection_it_listens_again_and_looks_at_everything(
    stores: tuple[Store, Store],
) -> None:
    ours, theirs = stores

    async def story() -> Ear:
        ear = Ear()

        async def cut_off() -> None:
            with theirs.engine.begin() as connection:
                connection.execute(END, {"name": REPLICA})
            write(theirs, "unheard")
            await ear.until(2)
            write(theirs, "heard")
            await ear.until(3)

        await ear.listening(ours, cut_off)
        return ear

    ear = asyncio.run(story())
    assert ear.news == [["mail", "files", "calendars"], ["mail", "files", "calendars"], ["mail"]]
    assert len(ear.lost) == 1


def test_all_replicas_are_counted(stores: tuple[Store, Store]) -> None:
    ours, theirs = stores

    async def story() -> list[int]:
        first, second = Ear(), Ear()

        async def nothing() -> None:
            return

        await first.listening(ours, lambda: second.listening(theirs, nothing))
        return [*first.counts, *second.counts]

    assert asyncio.run(story()) == [1, 2]


def test_whoever_is_alone_tells_nobody_but_itself(sqlite_url: str) -> None:
    with closing(open_store(sqlite_url, lambda: NOW)) as store:
        heard: list[str] = []
        store.afterwards(lambda: heard.append("mail"))
        store.afterwards(lambda: heard.append("files"), "files")
        write(store, "note")
        assert (store.is_alone, heard) == (True, ["mail"])
