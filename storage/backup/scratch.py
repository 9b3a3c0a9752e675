"""A private database file for the time of a backup or a restore; where the system allows it, it has no name."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from storage.columns import from_json, to_json
from storage.refusals import StorageError

MB = 1_000_000
PRAGMAS = (
    "PRAGMA journal_mode=MEMORY",  # nothing beside the one file
    "PRAGMA temp_store=MEMORY",
    "PRAGMA synchronous=OFF",  # after a power cut nobody wants it any more
    "PRAGMA foreign_keys=ON",
)


class NoSpace(StorageError):
    """The disk has not enough room; nothing was written."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """The file as its bytes, and as a database of one connection. Bytes come first, or last."""

    file: BinaryIO
    engine: Engine


@contextmanager
def scratch(folder: Path) -> Iterator[Scratch]:
    """An empty database in `folder`, for this user alone; it loses its name before anything is in it."""
    with tempfile.TemporaryDirectory(prefix=".perfloop-", dir=folder) as private:
        path = Path(private) / "scratch.db"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with (
            os.fdopen(descriptor, "r+b") as file,
            closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as connection,
        ):
            for pragma in PRAGMAS:
                connection.execute(pragma)
            with suppress(PermissionError):  # Windows keeps the name of an open file; it goes with the folder
                path.unlink()
            engine = create_engine(
                "sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True,
                json_serializer=to_json, json_deserializer=from_json,
            )  # fmt: skip
            event.listen(engine, "begin", _begin)
            yield Scratch(file, engine)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def need_space(folder: Path, size: int) -> None:
    """Raises NoSpace where `folder` has less room than `size` bytes."""
    free = shutil.disk_usage(folder).free
    if free < size:
        raise NoSpace(
            f"{folder} has {free // MB:,} MB left, and about {size // MB + 1:,} MB are needed. Nothing was changed."
        )
