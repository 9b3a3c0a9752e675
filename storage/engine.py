"""Opens the database: an SQLite file for one process, or a PostgreSQL for any number."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Engine

from storage.connect import CONNECTIONS, file_of, make_engine
from storage.keys import KeyRing, ring_of
from storage.listening import News
from storage.lock import hold
from storage.migrate import bring_up_to_date, check_file, check_sound
from storage.refusals import NotADatabase
from storage.scrub import scrub
from storage.trouble import Errors, Watch
from storage.work import Work

__all__ = ["Store", "file_of", "open_store"]


class Store:
    """The database. `threads` is how many may call `work` at once, `owner` is this process in its claims; `is_alone`
    where no other process can write.

    `posts_per_minute` is how fast messages leave, which the records tell whoever plans many of them. `address` is
    where the bot's own pages are reached. `keys` open the anonymous answers.
    """

    def __init__(
        self,
        engine: Engine,
        clock_now: Callable[[], datetime],
        keys: KeyRing | None = None,
        lock: IO[str] | None = None,
        connections: int = CONNECTIONS,
    ) -> None:
        self.engine = engine
        self.keys = keys or KeyRing(None)
        self.owner = secrets.token_hex(8)
        self.is_alone = engine.dialect.name == "sqlite"
        self.threads = 1 if self.is_alone else connections
        self.posts_per_minute = 240.0
        self.address = ""
        self.watch = Watch()
        self._clock_now = clock_now
        self._lock = lock
        self._afterwards: list[tuple[Callable[[], None], News]] = []

    @contextmanager
    def work(self) -> Iterator[Work]:
        """One transaction: committed at the end, undone as a whole when an exception leaves the block."""
        try:
            with self.engine.begin() as connection:
                mark = self.watch.mark(connection)
                records = Work(
                    connection, self._clock_now, self.owner, self.posts_per_minute, self.address, self.keys
                )
                yield records
                records.tell()
                tells = self.watch.tells(connection, mark)
        except Errors as error:
            self.watch.failed(error)
            raise
        if tells:
            self.watch.worked()
        self.hear(records.news)

    def afterwards(self, callback: Callable[[], None], news: News = "mail") -> None:
        """Call `callback` on that thread after each commit with such news, and on the listener's after another's."""
        self._afterwards.append((callback, news))

    def hear(self, news: Collection[News]) -> None:
        """There is something to do: tell whoever does it."""
        for callback, concerned in self._afterwards:
            if concerned in news:
                callback()

    def scrub(self) -> int:
        """Destroy the keys of what was sealed and clean the database's files; how many releases are finished."""
        return scrub(self.engine, self.keys, self._clock_now())

    def connections(self) -> tuple[int, int]:
        """How many connections are in use, and how many there may be."""
        return getattr(self.engine.pool, "checkedout", lambda: 0)(), self.threads

    def close(self) -> None:
        """Close all connections and give up the SQLite file."""
        self.engine.dispose()
        if self._lock is not None:
            self._lock.close()


def open_store(
    url: str, clock_now: Callable[[], datetime], *, read_only: bool = False, keys: Path | None = None,
    connections: int = CONNECTIONS,
) -> Store:  # fmt: skip
    """Open the database at `url` (`sqlite:///file`, `sqlite://` in memory, or `postgresql://…`) and bring its
    tables up to date.

    `clock_now` gives the present moment, aware. `read_only` opens beside a running process, takes no lock
    and changes nothing. `keys` is the folder with the keys of anonymous answers (`storage.keys.ring_of` names the
    usual one). `connections` are the most to a PostgreSQL. Raises a StorageError whose message says what to do.
    """
    file = file_of(url)
    if read_only:
        if file is not None and not check_file(file):
            raise NotADatabase(
                f"There is no perfloop database at {file} yet. It is made when the bot starts."
            )
        return Store(make_engine(url, read_only=True), clock_now, ring_of(url, keys))
    lock = None
    with ExitStack() as undo:
        if file is not None:
            check_file(file)
            lock = undo.enter_context(hold(file))
            check_sound(file)
        engine = make_engine(url, connections=connections)
        undo.callback(engine.dispose)
        bring_up_to_date(engine)
        undo.pop_all()
    return Store(engine, clock_now, ring_of(url, keys), lock, connections)
