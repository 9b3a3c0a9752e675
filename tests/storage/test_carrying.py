"""Rows carried from one database into another are the same there, whichever kinds the two are."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, func, insert, inspect, select, text

from storage.backup.carrying import Differs, carry, holds_anything, tallies
from storage.backup.moving import move
from storage.backup.places import NotEmpty
from storage.connect import make_engine
from storage.engine import open_store
from storage.refusals import DatabaseInUse, NewerDatabase, NotADatabase, OlderDatabase, StorageError
from storage.tables.audit import AUDIT
from storage.tables.every import METADATA
from storage.tables.people import PERSON
from tests.conftest import database_on
from tests.storage.filled import FIRST, ROWS, fill

WAYS = [(a, b) for a in ("sqlite", "postgresql") for b in ("sqlite", "postgresql")]


@pytest.fixture
def second_postgresql(postgresql: str) -> Iterator[str]:
    """Another empty PostgreSQL database with all tables."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE second TEMPLATE template")
        yield database_on(postgresql, "second")
        connection.execute("DROP DATABASE second WITH (FORCE)")


@pytest.fixture(params=WAYS, ids=[f"{a} to {b}" for a, b in WAYS])
def urls(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> tuple[str, str]:
    """A company of made-up rows, and an empty database."""
    source, target = request.param
    found = [
        request.getfixturevalue(f"{source}_url"),
        f"sqlite:///{tmp_path / 'target.db'}"
        if target == "sqlite"
        else request.getfixturevalue("second_postgresql"),
    ]
    engine = make_engine(found[0])
    with engine.begin() as connection:
        fill(connection, METADATA)
    engine.dispose()
    return found[0], found[1]


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row as the code itself reads it."""
    engine = make_engine(url)
    with engine.begin() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }
    engine.dispose()
    return found


def test_everything_arrives_as_it_was(urls: tuple[str, str]) -> None:
    source, target = urls
    before = everything(source)
    carried = move(source, target)
    assert everything(target) == before
    assert everything(source) == before
    assert {tally.rows for tally in carried} == {ROWS}
    assert [tally.table for tally in carried] == [table.name for table in METADATA.sorted_tables]


def test_what_comes_next_gets_a_number_of_its_own(urls: tuple[str, str]) -> None:
    source, target = urls
    move(source, target)
    engine = make_engine(target)
    row = {"at": FIRST, "action": "x", "thing": "y", "detail": {}}
    with engine.begin() as connection:
        connection.execute(insert(AUDIT).values(row))
        assert connection.scalar(select(func.max(AUDIT.c.id))) == ROWS + 1
    engine.dispose()


def test_nothing_and_the_word_null_stay_two_things(urls: tuple[str, str]) -> None:
    source, target = urls
    move(source, target)
    kinds = text("SELECT content IS NULL, CAST(content AS TEXT) = 'null' FROM dropped_sheet ORDER BY id")
    found = []
    for url in (source, target):
        engine = make_engine(url)
        with engine.begin() as connection:
            found.append([tuple(row) for row in connection.execute(kinds)])
        engine.dispose()
    assert found[0] == found[1]
    assert {bool(nothing) for nothing, _ in found[0]} == {True, False}


@pytest.fixture
def two(sqlite_url: str, tmp_path: Path, migrated_file: Path) -> Iterator[tuple[Engine, Engine]]:
    """A company in a file, and an empty file with all tables."""
    one = make_engine(sqlite_url)
    other = make_engine(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'other.db')}")
    with one.begin() as connection:
        fill(connection, METADATA)
    yield one, other
    one.dispose()
    other.dispose()


def test_a_sum_does_not_depend_on_the_order_and_on_everything_else(two: tuple[Engine, Engine]) -> None:
    one, _ = two
    with one.begin() as connection:
        before = tallies(connection)
        rows = connection.execute(select(AUDIT)).mappings().all()
        connection.execute(AUDIT.delete())
        connection.execute(insert(AUDIT), [dict(row) for row in reversed(rows)])
        assert tallies(connection) == before
        for change in ({"thing": "other"}, {"actor": None}, {"detail": {"": 0}}):
            connection.execute(AUDIT.update().where(AUDIT.c.id == 1).values(change))
            changed = tallies(connection)
            assert [a.table for a, b in zip(before, changed, strict=True) if a != b] == ["audit"]
            before = changed


def test_what_arrives_otherwise_is_noticed(two: tuple[Engine, Engine]) -> None:
    one, other = two
    with other.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER meddle AFTER INSERT ON audit BEGIN UPDATE audit SET thing = 'x' WHERE id = new.id; END"
        )
    with pytest.raises(Differs, match="in: audit"), one.begin() as source, other.begin() as target:
        carry(source, target)
    with other.begin() as connection:
        assert not holds_anything(connection)


def test_a_row_that_refers_to_nothing_is_not_carried_over(two: tuple[Engine, Engine], tmp_path: Path) -> None:
    one, other = two
    with closing(sqlite3.connect(tmp_path / "perfloop.db", isolation_level=None)) as connection:
        connection.execute("UPDATE person SET manager = 99 WHERE id = 1")
    with pytest.raises(Exception, match="FOREIGN KEY"), one.begin() as source, other.begin() as target:
        carry(source, target)
    with other.begin() as connection:
        assert not holds_anything(connection)


class Here:
    """What is in a folder, to the byte."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before = self._now()

    def _now(self) -> dict[str, bytes]:
        return {
            file.name: file.read_bytes()
            for file in self._folder.iterdir()
            if not file.name.endswith((".lock", "-shm", "-wal"))
        }

    def unchanged(self) -> bool:
        return self._now() == self._before


def test_a_living_database_is_not_written_over(sqlite_url: str, tmp_path: Path) -> None:
    target = f"sqlite:///{tmp_path / 'living.db'}"
    with closing(open_store(target, lambda: FIRST)):
        here = Here(tmp_path)
        with pytest.raises(DatabaseInUse, match=r"living\.db"):
            move(sqlite_url, target)
        assert here.unchanged()


def test_a_database_with_anything_in_it_is_not_written_over(
    two: tuple[Engine, Engine], tmp_path: Path
) -> None:
    one, other = two
    with other.begin() as connection:
        connection.execute(insert(AUDIT).values(at=FIRST, action="x", thing="y", detail={}))
    other.dispose()
    one.dispose()
    here = Here(tmp_path)
    with pytest.raises(NotEmpty, match=r"is not empty\. Nothing was changed"):
        move(f"sqlite:///{tmp_path / 'perfloop.db'}", f"sqlite:///{tmp_path / 'other.db'}")
    assert here.unchanged()


def test_a_company_whose_bot_runs_is_not_moved(urls: tuple[str, str], tmp_path: Path) -> None:
    source, target = urls
    with closing(open_store(source, lambda: FIRST)) as running:
        with running.work() as records:
            records.messages.parked()
        with pytest.raises(DatabaseInUse):
            move(source, target)
    assert target.startswith("postgresql") or not (tmp_path / "target.db").exists()
    move(source, target)


@pytest.mark.parametrize(
    ("revision", "error"), [("0001", OlderDatabase), ("9999", NewerDatabase)], ids=["older", "newer"]
)
def test_another_releases_company_is_not_moved(
    two: tuple[Engine, Engine], tmp_path: Path, revision: str, error: type[StorageError]
) -> None:
    one, _ = two
    with one.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
    one.dispose()
    here = Here(tmp_path)
    with pytest.raises(error, match="othing was changed"):
        move(f"sqlite:///{tmp_path / 'perfloop.db'}", f"sqlite:///{tmp_path / 'new.db'}")
    assert here.unchanged()


@pytest.mark.parametrize("source", ["nothing.db", "perfloop.db"])
def test_what_is_not_there_and_what_is_the_same_is_not_moved(
    sqlite_url: str, tmp_path: Path, source: str
) -> None:
    here = Here(tmp_path)
    with pytest.raises(StorageError) as refused:
        move(f"sqlite:///{tmp_path / source}", f"sqlite:///{tmp_path / 'perfloop.db'}")
    assert ("no perfloop database" in str(refused.value)) or "the same" in str(refused.value)
    assert here.unchanged()


def test_a_file_that_is_no_database_stays_as_it_is(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8" * 1000)
    here = Here(tmp_path)
    with pytest.raises(NotADatabase):
        move(sqlite_url, f"sqlite:///{tmp_path / 'photo.jpg'}")
    assert here.unchanged()


def test_every_table_is_carried(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    there = set(inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    assert there == {table.name for table in METADATA.sorted_tables}
    assert PERSON.name in there
