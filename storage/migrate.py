"""Brings a database's tables up to date at start-up, or refuses it untouched."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.connect import file_of, make_engine
from storage.lock import hold
from storage.refusals import Damaged, NewerDatabase, NotADatabase, OlderDatabase

REVISIONS = tuple(f"{number:04}" for number in range(1, 13))
"""Every revision, oldest first; known here so that a start with nothing to do need not load Alembic."""

ADVISORY_LOCK = 7_305_513_268  # any number, the same in every replica


def migrate(database: str | Engine) -> None:
    """Bring the database up to date, as each start of the bot does by itself.

    Raises a StorageError: DatabaseInUse while a bot runs on the SQLite file, NewerDatabase or NotADatabase.
    """
    if isinstance(database, Engine):
        bring_up_to_date(database)
        return
    file = file_of(database)
    with ExitStack() as held:
        if file is not None:
            check_file(file)
            held.enter_context(hold(file))
            check_sound(file)
        engine = make_engine(database)
        held.callback(engine.dispose)
        bring_up_to_date(engine)


def bring_up_to_date(engine: Engine) -> None:
    """Run what is missing in one transaction, so that a kill in the middle leaves the database as it was.

    Of several processes that start at once one runs it and the others wait for that one. Raises
    NewerDatabase before anything is changed.
    """
    try:
        with engine.connect() as connection:
            if revision_of(connection, _name(engine)) == REVISIONS[-1]:
                return
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(
                    text("SET LOCAL lock_timeout = 0")
                )  # a long migration is worth waiting for
                connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": ADVISORY_LOCK})
            if revision_of(connection, _name(engine)) != REVISIONS[-1]:
                _upgrade(connection)
    except DBAPIError as error:
        raise unusable(_name(engine), error) from error


def unusable(name: str, error: DBAPIError) -> NotADatabase:
    """The driver's words in one line."""
    return NotADatabase(f"The database {name} can't be used: {' '.join(str(error.orig).split())}")


def check_file(file: Path) -> bool:
    """Whether an SQLite file is one of ours; False where there is none yet. Reads only, changes nothing.

    Raises NotADatabase or NewerDatabase.
    """
    if not file.exists():
        if not file.parent.is_dir():
            raise NotADatabase(
                f"The folder {file.parent} does not exist. Make it first, or correct the path."
            )
        return False
    if file.stat().st_size == 0:
        return False
    try:
        with closing(sqlite3.connect(f"file:{quote(file.as_posix())}?mode=ro", uri=True)) as connection:
            tables = {
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            revision = (
                connection.execute("SELECT version_num FROM alembic_version").fetchone()
                if "alembic_version" in tables
                else None
            )
    except sqlite3.Error as error:
        raise NotADatabase(f"{file} is not a database that can be read: {error}.") from None
    if tables and revision is None:
        raise NotADatabase(f"{file} is a database, but not perfloop's. Choose another name for perfloop's.")
    if revision is not None:
        _refuse_newer(revision[0], str(file))
    return revision is not None


def check_sound(file: Path) -> None:
    """Read every page of an SQLite file, and change nothing; a few seconds per GB.

    Raises Damaged: it is not to be written any more; and OSError where it can't be, which SQLite tells only later.
    """
    if not file.exists():
        return
    file.open("r+b").close()
    try:
        with closing(sqlite3.connect(f"file:{quote(file.as_posix())}?mode=ro", uri=True)) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        raise Damaged(
            f"{file} is damaged; nothing was changed. Keep it, and restore the last backup under another name."
        )


def _name(engine: Engine) -> str:
    """What the operator calls it; a URL is shown without its password."""
    if engine.dialect.name == "sqlite":
        return unquote((engine.url.database or "in memory").removeprefix("file:").partition("?")[0])
    return engine.url.render_as_string()


def revision_of(connection: Connection, name: str) -> str | None:
    """The revision of the database's tables; None where it has none. Raises NewerDatabase."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision is not None:
        _refuse_newer(revision, name)
    return revision


def require_current(connection: Connection, name: str) -> None:
    """Raises NewerDatabase or OlderDatabase unless the tables are those of this release, and NotADatabase without any."""
    revision = revision_of(connection, name)
    if revision is None:
        raise NotADatabase(f"There are no tables of perfloop's in {name}.")
    if revision != REVISIONS[-1]:
        raise OlderDatabase(
            f"{name} was written by an older perfloop (its tables are at {revision}, this release needs "
            f"{REVISIONS[-1]}). Run `perfloop migrate` first; nothing was changed."
        )


def _refuse_newer(revision: str, name: str) -> None:
    if revision not in REVISIONS:
        raise NewerDatabase(
            f"{name} was written by a newer perfloop (its tables are at {revision}, this release knows up to "
            f"{REVISIONS[-1]}). Install that release again; nothing was changed."
        )


def _upgrade(connection: Connection) -> None:
    from alembic import command  # here because most starts don't need it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
