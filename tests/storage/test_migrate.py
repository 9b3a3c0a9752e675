"""Migrations: the tables they make are the tables of the code, whatever happens on the way."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, inspect, text

from storage.connect import make_engine
from storage.engine import open_store
from storage.migrate import REVISIONS, bring_up_to_date, migrate
from storage.refusals import DatabaseInUse, NewerDatabase, NotADatabase
from storage.tables.every import METADATA
from tests.storage.releases import KILLED

RUN = """
import sys
from storage.migrate import *
from storage.refusals import DatabaseInUse
try:
    migrate(sys.argv[1])
except DatabaseInUse:
    sys.exit(3)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'perfloop.db'}"
        return
    server: str = request.getfixturevalue("postgresql")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty")
        yield server.replace("/postgres?", "/empty?")
        connection.execute("DROP DATABASE empty WITH (FORCE)")


def start(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments])


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("error")
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))


def test_the_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    engine = make_engine(database_url)
    assert differences(engine) == []
    engine.dispose()


def test_partial_indexes_are_the_same_too(sqlite_url: str) -> None:
    made, declared = make_engine(sqlite_url), make_engine("sqlite://")
    METADATA.create_all(declared)
    wanted = text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
    )
    with made.connect() as one, declared.connect() as other:
        assert one.execute(wanted).all() == other.execute(wanted).all()
    made.dispose()
    declared.dispose()


def test_the_code_knows_every_revision() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(known)) == REVISIONS


def test_two_processes_that_start_at_once_make_the_tables_once(empty_url: str) -> None:
    starting = [start(RUN, empty_url) for _ in range(2)]
    ended = {process.wait() for process in starting}
    assert ended == {0} or (ended == {0, 3} and empty_url.startswith("sqlite"))
    engine = make_engine(empty_url)
    assert differences(engine) == []
    engine.dispose()


def test_a_kill_in_the_middle_leaves_nothing_and_the_next_start_makes_it_whole(empty_url: str) -> None:
    assert start(KILLED, empty_url, "25").wait() == 9
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    bring_up_to_date(engine)
    assert differences(engine) == []
    engine.dispose()


def test_a_failure_at_any_statement_leaves_nothing(tmp_path: Path) -> None:
    url, failures = f"sqlite:///{tmp_path / 'perfloop.db'}", 0
    for nth in count(1, 9):
        engine, seen = make_engine(url), []

        def fail(*_: object, nth: int = nth, seen: list[int] = seen) -> None:
            seen.append(1)
            if len(seen) == nth:
                raise ZeroDivisionError

        event.listen(engine, "before_cursor_execute", fail)
        try:
            bring_up_to_date(engine)
        except ZeroDivisionError:
            failures += 1
        else:
            break
        finally:
            event.remove(engine, "before_cursor_execute", fail)
        assert inspect(engine).get_table_names() == []
        engine.dispose()
    assert failures > 5
    assert differences(engine) == []
    engine.dispose()


def test_a_newer_file_is_refused_untouched(sqlite_url: str, tmp_path: Path, now) -> None:
    file = tmp_path / "perfloop.db"
    engine = make_engine(sqlite_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = file.read_bytes()
    for attempt in (lambda: open_store(sqlite_url, lambda: now), lambda: migrate(sqlite_url)):
        with pytest.raises(
            NewerDatabase, match=r"perfloop.db was written by a newer perfloop .*9999.* nothing was"
        ):
            attempt()
    assert file.read_bytes() == before


def test_a_newer_postgresql_is_refused_untouched(postgresql: str, now) -> None:
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE newer TEMPLATE template")
    postgresql_url = postgresql.replace("/postgres?", "/newer?")
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'; DROP TABLE audit")
    with pytest.raises(NewerDatabase, match="9999"):
        open_store(postgresql_url, lambda: now)
    with psycopg.connect(postgresql_url) as connection:
        assert connection.execute("SELECT to_regclass('audit')").fetchone() == (None,)


def test_a_file_that_is_no_database_is_named_and_untouched(tmp_path: Path, now) -> None:
    file = tmp_path / "people.csv"
    file.write_text("email,name\n" * 500)
    with pytest.raises(NotADatabase, match=r"people.csv is not a database"):
        open_store(f"sqlite:///{file}", lambda: now)
    assert file.read_text() == "email,name\n" * 500
    assert os.listdir(tmp_path) == ["people.csv"]


def test_somebody_elses_database_is_left_alone(tmp_path: Path, now) -> None:
    url = f"sqlite:///{tmp_path / 'photos.db'}"
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE photo (id INTEGER)"))
    engine.dispose()
    with pytest.raises(NotADatabase, match="not perfloop's"):
        open_store(url, lambda: now)


@pytest.mark.parametrize(
    ("path", "sentence"), [("", "not a database"), ("no/such/perfloop.db", "does not exist")]
)
def test_a_path_that_can_not_be_is_named(tmp_path: Path, now, path: str, sentence: str) -> None:
    with pytest.raises(NotADatabase, match=sentence):
        open_store(f"sqlite:///{tmp_path / path}", lambda: now)


def test_a_server_that_is_not_there_is_named_without_its_password(now) -> None:
    url = "postgresql://perfloop:secret@127.0.0.1:1/perfloop?connect_timeout=2"
    with pytest.raises(NotADatabase, match=r"127\.0\.0\.1") as error:
        open_store(url, lambda: now)
    assert "secret" not in str(error.value)


def test_a_file_in_use_is_not_migrated(sqlite_url: str, now) -> None:
    store = open_store(sqlite_url, lambda: now)
    with pytest.raises(DatabaseInUse):
        migrate(sqlite_url)
    migrate(store.engine)
    store.close()
    migrate(sqlite_url)
