"""What any earlier release left on the disk is brought up to date with every row, from wherever a kill left it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, MetaData, event, select, text

from storage.backup.carrying import tallies
from storage.connect import make_engine
from storage.migrate import REVISIONS, bring_up_to_date, migrate
from storage.refusals import NewerDatabase
from tests.conftest import database_on
from tests.storage.filled import ROWS, fill
from tests.storage.releases import KILLED, file_of, tables_at

EARLIER = REVISIONS[:-1]
STEP = 23  # statements; each release begins at another, so that together they meet them densely
Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]


def as_left(revision: str, path: Path) -> str:
    """An SQLite file as that release left it; its URL."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(file_of(revision).read_text(encoding="utf-8"))
    return f"sqlite:///{path}"


@pytest.fixture
def empty_postgresql(postgresql: str) -> Iterator[str]:
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE earlier")
        yield database_on(postgresql, "earlier")
        connection.execute("DROP DATABASE earlier WITH (FORCE)")


def rows_of(engine: Engine) -> Rows:
    """Every row of every table, by its key, under the names of its columns."""
    metadata, found = MetaData(), {}
    with engine.begin() as connection:
        metadata.reflect(connection)
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key]
            found[table.name] = {
                tuple(row[name] for name in keys): dict(row)
                for row in connection.execute(select(table)).mappings()
            }
    return found


def check_kept(before: Rows, after: Rows) -> None:
    assert before.keys() <= after.keys() | {"alembic_version"}
    for table, rows in before.items():
        if table == "alembic_version":
            continue
        assert rows.keys() <= after[table].keys(), f"every row of {table}"
        for key, row in rows.items():
            kept = after[table][key]
            same = row.keys() & kept.keys()
            assert {name: kept[name] for name in same} == {name: row[name] for name in same}, table


def test_there_is_a_database_of_every_earlier_release() -> None:
    assert [one for one in EARLIER if not file_of(one).exists()] == []


@pytest.mark.parametrize("revision", EARLIER)
def test_a_file_of_an_earlier_release_keeps_every_row(revision: str, tmp_path: Path) -> None:
    url = as_left(revision, tmp_path / "perfloop.db")
    engine = make_engine(url)
    before = rows_of(engine)
    assert {len(rows) for table, rows in before.items() if table != "alembic_version"} == {ROWS}
    bring_up_to_date(engine)
    check_kept(before, rows_of(engine))
    with engine.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        tallies(connection)  # every column can be read as this release keeps it
    engine.dispose()


@pytest.mark.parametrize("revision", EARLIER)
def test_a_postgresql_of_an_earlier_release_keeps_every_row(revision: str, empty_postgresql: str) -> None:
    engine = make_engine(empty_postgresql)
    with engine.begin() as connection:
        tables_at(connection, revision)
        metadata = MetaData()
        metadata.reflect(connection)
        fill(connection, metadata)
    before = rows_of(engine)
    bring_up_to_date(engine)
    check_kept(before, rows_of(engine))
    with engine.begin() as connection:
        tallies(connection)
    engine.dispose()


@pytest.mark.parametrize("revision", EARLIER)
def test_a_failure_at_any_statement_leaves_it_as_it_was(revision: str, tmp_path: Path) -> None:
    url = as_left(revision, tmp_path / "perfloop.db")
    engine = make_engine(url)
    before, seen = rows_of(engine), [0, 0]

    def fail(*_: object) -> None:
        seen[0] += 1
        if seen[0] == seen[1]:
            raise ZeroDivisionError

    event.listen(engine, "before_cursor_execute", fail)
    for nth in count(1 + 2 * int(revision) % STEP, STEP):
        seen[:] = [0, nth]
        try:
            bring_up_to_date(engine)
        except ZeroDivisionError:
            seen[1] = 0
            assert rows_of(engine) == before
        else:
            break
    event.remove(engine, "before_cursor_execute", fail)
    check_kept(before, rows_of(engine))
    engine.dispose()


@pytest.mark.parametrize("kill", [20, 60, 120])
def test_a_kill_in_the_middle_can_be_repeated(kill: int, tmp_path: Path) -> None:
    url = as_left("0001", tmp_path / "perfloop.db")
    engine = make_engine(url)
    before = rows_of(engine)
    engine.dispose()
    assert subprocess.run([sys.executable, "-c", KILLED, url, str(kill)], check=False).returncode == 9
    engine = make_engine(url)
    assert rows_of(engine) == before
    bring_up_to_date(engine)
    check_kept(before, rows_of(engine))
    engine.dispose()


def test_a_newer_one_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "perfloop.db"
    url = as_left(EARLIER[-1], file)
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = file.read_bytes()
    with pytest.raises(NewerDatabase, match="nothing was changed"):
        migrate(url)
    assert file.read_bytes() == before
