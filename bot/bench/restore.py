"""How long a company of 5,000 in the middle of its reviews takes to be backed up, restored a day later, and moved."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot import __version__
from bot.bench.databases import postgresql
from bot.bench.report import Goal, show
from bot.bench.reviewed import reviewed
from bot.bench.staff import NOON
from bot.clock import SystemClock
from bot.restoring import restore
from bot.settings import Settings
from storage.backup.backing_up import back_up
from storage.backup.moving import move
from storage.backup.sealing import new_key

Json = dict[str, Any]
T = TypeVar("T")
MB = 1_000_000
LATER = timedelta(days=1)


def run(*, people: int = 5_000) -> Json:
    """Measure and show."""
    with tempfile.TemporaryDirectory(prefix="bench") as name, ExitStack() as stack:
        folder, key = Path(name), Path(name) / "key.txt"
        public = new_key(key)
        here = f"sqlite:///{folder / 'company.db'}"
        reviewed(here, people, locked=False)
        made, seconds = timed(lambda: back_up(here, folder, public, __version__, NOON))
        size = (folder / "company.db").stat().st_size
        rows = [row("backup", made.rows, seconds, size, made.size)]
        shutil.copytree(folder / "company.db.keys", folder / "restored.db.keys")
        there = f"sqlite:///{folder / 'restored.db'}"
        back, restoring = timed(lambda: restore(made.file, key, there, Settings.read({}), NOON + LATER))
        rows.append(row("restore a day later", back.rows, restoring, size, made.size))
        server = stack.enter_context(postgresql())
        if server is not None:
            carried, seconds = timed(lambda: move(there, server))
            rows.append(row("move to PostgreSQL", sum(one.rows for one in carried), seconds, size))
            from_server, seconds = timed(
                lambda: back_up(server, folder / "2.backup", public, __version__, NOON)
            )
            rows.append(row("backup of PostgreSQL", from_server.rows, seconds, size, from_server.size))
    return show("restore", rows, [Goal("seconds to restore", restoring, 60)], people=people)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    clock = SystemClock()
    began = clock.monotonic()
    return work(), clock.monotonic() - began


def row(what: str, rows: int, seconds: float, size: int, backup: int | None = None) -> Json:
    return {
        "what": what,
        "rows": rows,
        "seconds": seconds,
        "rows a second": rows / seconds,
        "database MB": size / MB,
        "backup MB": backup and backup / MB,
    }
