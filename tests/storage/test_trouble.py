"""What an error says about the database: a table of SQLite's and PostgreSQL's own words, and when trouble is over."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import exc, text

from storage.engine import Store, open_store
from storage.trouble import (
    ASLEEP,
    BUSY,
    DAMAGED,
    DISK,
    FULL,
    GONE,
    READ_ONLY,
    Trouble,
    again_if_cut_off,
    trouble_of,
)
from tests.storage.conftest import NOW


def sqlite(code: int) -> exc.OperationalError:
    cause = sqlite3.OperationalError("")
    cause.sqlite_errorcode = code
    return exc.OperationalError("SELECT", None, cause)


def postgresql(state: str | None, kind: type[exc.DBAPIError] = exc.OperationalError) -> exc.DBAPIError:
    cause = psycopg.OperationalError("")
    cause.sqlstate = state
    return kind("SELECT", None, cause)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (sqlite(sqlite3.SQLITE_FULL), FULL),
        (sqlite(sqlite3.SQLITE_READONLY), READ_ONLY),
        (sqlite(sqlite3.SQLITE_READONLY_DBMOVED), READ_ONLY),
        (sqlite(sqlite3.SQLITE_IOERR_WRITE), DISK),
        (sqlite(sqlite3.SQLITE_CORRUPT), DAMAGED),
        (sqlite(sqlite3.SQLITE_NOTADB), DAMAGED),
        (sqlite(sqlite3.SQLITE_BUSY), BUSY),
        (sqlite(sqlite3.SQLITE_CANTOPEN), GONE),
        (sqlite(sqlite3.SQLITE_CONSTRAINT_UNIQUE), None),
        (sqlite(sqlite3.SQLITE_ERROR), None),
        (postgresql("53100"), FULL),
        (postgresql("25006"), READ_ONLY),
        (postgresql("XX001"), DAMAGED),
        (postgresql("57P01"), GONE),
        (postgresql("25P03"), ASLEEP),
        (postgresql("57P03"), GONE),
        (postgresql("08006"), GONE),
        (postgresql(None), GONE),
        (postgresql("53300"), BUSY),
        (exc.TimeoutError(), BUSY),
        (postgresql("40P01"), None),
        (postgresql("55P03"), None),
        (postgresql("23505", exc.IntegrityError), None),
        (postgresql("42P01", exc.ProgrammingError), None),
        (ValueError(), None),
    ],
)
def test_what_an_error_says_about_the_database(error: Exception, trouble: Trouble | None) -> None:
    assert trouble_of(error) == trouble


def test_a_bare_error_of_a_constraint_is_no_trouble(store: Store) -> None:
    with pytest.raises(exc.DBAPIError), store.work() as records:
        records._connection.execute(text("SELECT nothing FROM nowhere"))
    assert store.watch.now is None


def test_a_full_disk_is_over_only_when_something_was_kept(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'perfloop.db'}", lambda: NOW)
    told: list[Trouble | None] = []
    store.watch.tell = told.append
    try:
        store.watch.failed(sqlite(sqlite3.SQLITE_FULL))
        store.watch.failed(sqlite(sqlite3.SQLITE_FULL))
        with store.work() as records:
            records.people.active()
        assert told == [FULL], "reading says nothing about the disk"
        with store.work() as records:
            records.first_time("k", NOW)
        assert told == [FULL, None]
    finally:
        store.close()


def test_what_began_before_the_trouble_does_not_say_that_it_is_over(store: Store) -> None:
    with store.work() as records:
        records.first_time("k", NOW)
        store.watch.failed(postgresql("57P01"))
    assert store.watch.now == GONE
    with store.work() as records:
        records.people.active()
    assert store.watch.now is None


def test_work_whose_connection_was_lost_is_done_once_more_and_no_oftener() -> None:
    cut = exc.OperationalError("SELECT", None, sqlite3.OperationalError(), connection_invalidated=True)
    tries: list[int] = []

    def fails(times: int) -> int:
        tries.append(1)
        if len(tries) <= times:
            raise cut
        return len(tries)

    assert again_if_cut_off(lambda: fails(1)) == 2
    tries.clear()
    with pytest.raises(exc.OperationalError):
        again_if_cut_off(lambda: fails(2))
    assert len(tries) == 2
