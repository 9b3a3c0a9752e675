"""Databases as each release left them: a text of SQL for every revision of the tables, with made-up rows in each.

Made once, when a revision is new, by `python -m tests.storage.releases`; those that are there stay as they are, as what
a company has on its disk does.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData

from storage.connect import make_engine
from storage.migrate import REVISIONS
from tests.storage.filled import fill

FOLDER = Path(__file__).parent / "released"
KILLED = """
import os, sys
from sqlalchemy import event
from storage.migrate import *
engine, seen = make_engine(sys.argv[1]), []
@event.listens_for(engine, "before_cursor_execute")
def count(*_):
    seen.append(1)
    if len(seen) == int(sys.argv[2]):
        os._exit(9)
bring_up_to_date(engine)
"""
"""What a process of its own runs: it brings a database up to date, and ends as by a kill at the statement of that number."""


def file_of(revision: str) -> Path:
    return FOLDER / f"{revision}.sql"


def tables_at(connection: Connection, revision: str) -> None:
    """Make the tables that this revision had."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def write(revision: str) -> None:
    """Make the database of a revision, fill it, and keep it as SQL."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "perfloop.db"
        engine = make_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            tables_at(connection, revision)
            metadata = MetaData()
            metadata.reflect(connection)
            fill(connection, metadata)
        engine.dispose()
        with closing(sqlite3.connect(path)) as connection:
            lines = "\n".join(connection.iterdump())
    file_of(revision).write_text(lines + "\n", encoding="utf-8")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for missing in [one for one in REVISIONS if not file_of(one).exists()]:
        write(missing)
        sys.stdout.write(f"{missing}\n")
