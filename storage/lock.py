"""The lock that keeps a second process off an SQLite file."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from storage.refusals import DatabaseInUse


def hold(database: Path) -> IO[str]:
    """Hold the lock file beside the database until the returned file is closed or the process ends.

    The system frees it with the process, however that ends; the file itself stays, since deleting it would
    let two processes each lock their own. Raises DatabaseInUse when another holds it.
    """
    file = database.with_name(database.name + ".lock").open("a+", encoding="ascii")
    try:
        _lock(file)
    except OSError:
        holder = ""
        with suppress(OSError):  # Windows does not let others read a locked file
            file.seek(0)
            holder = file.read().strip()
        file.close()
        raise DatabaseInUse(
            f"Another process{f' ({holder})' if holder else ''} is using {database}. Stop it first, or use "
            "PostgreSQL, which serves any number of processes."
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
