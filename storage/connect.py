"""Makes the engine for a database URL: how each connection is set up and each transaction begins."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

from storage.columns import from_json, to_json

WAIT = 10  # seconds that a transaction waits for another's lock
CONNECTIONS = 8  # to PostgreSQL; as many database threads keep it busy, more only queue there

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    # An acknowledgement promises that what it acknowledges survives a power cut. It costs 0.3 ms of CPU
    # per commit against NORMAL, which may lose the last commits.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
)


def file_of(url: str) -> Path | None:
    """The SQLite file behind the URL; None for a database in memory or on a server."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database)).absolute()


def make_engine(url: str, *, read_only: bool = False, connections: int = CONNECTIONS) -> Engine:
    """An engine whose errors never print what was bound: that would put answers into the log."""
    common: dict[str, Any] = {
        "hide_parameters": True,
        "json_serializer": to_json,
        "json_deserializer": from_json,
    }
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, read_only, common)
    return _postgresql(url, read_only, connections, common)


def _sqlite(url: str, read_only: bool, common: dict[str, Any]) -> Engine:
    """Python's own transactions are switched off: they would begin too late, after the first read."""
    file = file_of(url)
    arguments = {"isolation_level": None, "check_same_thread": False, "timeout": WAIT}
    if file is None:
        engine = create_engine(url, connect_args=arguments, poolclass=StaticPool, **common)
    else:
        name = f"file:{quote(file.as_posix())}?mode={'ro' if read_only else 'rwc'}"
        engine = create_engine(f"sqlite:///{name}&uri=true", connect_args=arguments, **common)
    # A deferred BEGIN that reads and then writes fails at once where another writes, whatever the timeout.
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        for pragma in () if read_only else PRAGMAS:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: str, read_only: bool, connections: int, common: dict[str, Any]) -> Engine:
    """No ping before each use, which would cost a round trip. The price: when the server restarts, the first
    use fails and empties the pool; the messenger or the ticker then comes again."""
    options = [
        "timezone=UTC",
        f"lock_timeout={WAIT}s",
        "idle_in_transaction_session_timeout=60s",  # a suspended replica must not hold rows for ever
        f"default_transaction_read_only={'on' if read_only else 'off'}",
    ]
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        connect_args={
            "options": " ".join(f"-c {option}" for option in options),
            "application_name": "perfloop",
        },
        pool_size=connections,
        max_overflow=0,
        pool_timeout=WAIT,
        **common,
    )
