"""Where rows are carried from and to: a database as it is at one moment, and one that is still empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy import Connection, Engine, column, func, make_url, select, table
from sqlalchemy.exc import DBAPIError

from storage.backup.carrying import holds_anything
from storage.connect import file_of, make_engine
from storage.lock import hold
from storage.migrate import bring_up_to_date, check_file, require_current, revision_of, unusable
from storage.refusals import DatabaseInUse, NotADatabase, StorageError

BACKEND = table("pg_stat_activity", column("pid"), column("datname"), column("application_name"))
OTHERS = (
    select(func.count())
    .select_from(BACKEND)
    .where(
        BACKEND.c.datname == func.current_database(),
        BACKEND.c.pid != func.pg_backend_pid(),
        BACKEND.c.application_name.like("perfloop%"),  # its pool, and the connection on which it listens
    )
)


class NotEmpty(StorageError):
    """There is something in the database already; nothing was changed."""


def shown(url: str) -> str:
    """The URL without its password."""
    return make_url(url).render_as_string()


@contextmanager
def snapshot(url: str, *, alone: bool = False) -> Iterator[Connection]:
    """Read the database as it is at this moment, whatever is written meanwhile.

    `alone`: raise DatabaseInUse where a bot is using it. Raises NotADatabase, NewerDatabase or OlderDatabase.
    """
    file = file_of(url)
    with ExitStack() as held:
        if file is not None:
            if not check_file(file):
                raise NotADatabase(f"There is no perfloop database at {file}.")
            if alone:
                held.enter_context(hold(file))
        engine = make_engine(url, read_only=True)
        held.callback(engine.dispose)
        connection = held.enter_context(_connected(engine, url))
        if alone:
            _refuse_others(connection, url)
        require_current(connection, shown(url))
        yield connection


@contextmanager
def emptied(url: str) -> Iterator[Connection]:
    """The database at `url`, which must be empty, in one transaction: all of what is put into it, or nothing.

    Its tables are made where they are missing. Raises NotEmpty, DatabaseInUse, NotADatabase or NewerDatabase before
    anything was changed.
    """
    file = file_of(url)
    with ExitStack() as held:
        if file is not None:
            check_file(file)
            held.enter_context(hold(file))
        engine = make_engine(url)
        held.callback(engine.dispose)
        bring_up_to_date(engine)
        with engine.begin() as connection:
            _refuse_anything(connection, url)
            yield connection


def check_empty(url: str) -> None:
    """Raises NotEmpty, DatabaseInUse, NotADatabase or NewerDatabase as `emptied` would, and changes nothing."""
    file = file_of(url)
    if file is not None and not check_file(file):
        return
    engine = make_engine(url, read_only=True)
    try:
        with _connected(engine, url) as connection:
            revision_of(connection, shown(url))
            _refuse_anything(connection, url)
    finally:
        engine.dispose()


@contextmanager
def _connected(engine: Engine, url: str) -> Iterator[Connection]:
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise unusable(shown(url), error) from error
    with connection, connection.begin():
        yield connection


def _refuse_anything(connection: Connection, url: str) -> None:
    _refuse_others(connection, url)
    if holds_anything(connection):
        raise NotEmpty(
            f"{shown(url)} is not empty. Nothing was changed. Name an empty database; if what is in that one may go, take it "
            "away yourself first."
        )


def _refuse_others(connection: Connection, url: str) -> None:
    """Of PostgreSQL its server knows who uses it; an SQLite file has a lock for that."""
    if connection.dialect.name == "postgresql" and connection.scalar(OTHERS):
        raise DatabaseInUse(f"A bot is using {shown(url)}. Stop every replica first. Nothing was changed.")
