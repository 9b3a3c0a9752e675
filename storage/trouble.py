"""What keeps a database from working, as one sentence with its remedy, and whether it is over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

T = TypeVar("T")
Errors = (DBAPIError, NoConnection)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble. `writes`: reading goes on, so only a change that was kept says that it is over.

    `lasting`: nothing that is done beside the running bot can heal it.
    """

    name: str
    words: str
    writes: bool = False
    lasting: bool = False


FULL = Trouble(
    "full", "The disk of the database is full. Free some space: perfloop goes on by itself.", writes=True
)
READ_ONLY = Trouble(
    "read-only",
    "The database can't be written. Give the bot's user the right to (an SQLite file's folder, too), or end the"
    " server's recovery: perfloop goes on by itself.",
    writes=True,
)
DAMAGED = Trouble(
    "damaged",
    "The database is damaged. Stop perfloop, keep the file, and restore the last backup.",
    lasting=True,
)
DISK = Trouble("disk", "The disk of the database fails. Look at the machine's log.", writes=True)
BUSY = Trouble("busy", "The database is held by somebody else for too long. Look who else uses it.")
GONE = Trouble(
    "unreachable", "The database can't be reached. Look at its server and the network; perfloop tries on."
)
ASLEEP = Trouble(
    "asleep",
    "perfloop stood still for a minute in the middle of its work, which the database has undone: it is done again."
    " Look why the process or the machine was stopped.",
)

# By SQLite's own numbers (the low byte of its extended ones), and PostgreSQL's SQLSTATE or its class.
SQLITE = {
    5: BUSY,
    6: BUSY,
    8: READ_ONLY,
    10: DISK,
    11: DAMAGED,
    13: FULL,
    14: GONE,
    23: READ_ONLY,
    26: DAMAGED,
}
POSTGRESQL = {
    "53100": FULL, "25006": READ_ONLY, "58030": DISK, "XX001": DAMAGED, "XX002": DAMAGED, "53300": BUSY,
    "25P03": ASLEEP, "08": GONE, "57P": GONE,
}  # fmt: skip


def trouble_of(error: BaseException) -> Trouble | None:
    """What an error says about the database itself; None when it is about what was asked of it."""
    if isinstance(error, NoConnection):  # all connections were in use
        return BUSY
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return SQLITE.get(code & 0xFF)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return GONE if error.connection_invalidated or isinstance(error, OperationalError) else None
    return next((POSTGRESQL[key] for key in (state, state[:3], state[:2]) if key in POSTGRESQL), None)


def again_if_cut_off(work: Callable[[], T]) -> T:
    """Do a transaction, and once more where its connection was lost: a server that was restarted is noticed only then.

    For work that may be done twice: its commit may have been the last thing that arrived.
    """
    try:
        return work()
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
    return work()


class Watch:
    """Whether the database works at present, as told by every transaction. `tell` hears of each change once."""

    def __init__(self) -> None:
        self.now: Trouble | None = None
        self.tell: Callable[[Trouble | None], None] = lambda _trouble: None
        self._failures = 0
        self._lock = threading.Lock()

    def failed(self, error: BaseException) -> None:
        """A transaction ended in an error."""
        if (found := trouble_of(error)) is not None:
            self._failures += 1
            self._change(found)

    def worked(self) -> None:
        """A transaction was kept that says whether the trouble is over."""
        self._change(None)

    def mark(self, connection: Connection) -> tuple[int, int]:
        """Where a transaction began: after how many failures, and how many changes on its connection (in trouble only)."""
        if self.now is None or connection.dialect.name != "sqlite":
            return self._failures, 0
        return self._failures, int(_driver(connection).total_changes)

    def tells(self, connection: Connection, mark: tuple[int, int]) -> bool:
        """Whether the transaction, once kept, shows that the trouble is over. One that began before it shows nothing."""
        failures, changes = mark
        if self.now is None or failures != self._failures:
            return False
        if not self.now.writes:
            return True
        if connection.dialect.name == "sqlite":
            return int(_driver(connection).total_changes) > changes
        return bool(connection.scalar(text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")))

    def _change(self, to: Trouble | None) -> None:
        with self._lock:
            if to is self.now:
                return
            self.now = to
        self.tell(to)


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
