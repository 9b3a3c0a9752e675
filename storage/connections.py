"""How many connections a PostgreSQL has for us, and how many replicas share them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from storage.listening import REPLICA

# The settings' names differ between PostgreSQL 15 and 16: what is not there counts as 0.
SPARE = text(
    "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
    " - coalesce(current_setting('reserved_connections', true), '0')::int"
)
REPLICAS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = :name"
)
OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    " AND pid <> pg_backend_pid() AND application_name NOT LIKE 'perfloop%'"
)


@dataclass(frozen=True, slots=True)
class Room:
    """The connections that the server lets `most` ordinary users have, `others` of which are not perfloop's, and how
    many `replicas` run now."""

    most: int
    others: int
    replicas: int


def room(connection: Connection) -> Room | None:
    """None on SQLite, which knows no such limit."""
    if connection.dialect.name != "postgresql":
        return None
    most, others = (connection.execute(asked).scalar_one() for asked in (SPARE, OTHERS))
    return Room(most, others, connection.execute(REPLICAS, {"name": REPLICA}).scalar_one())
