"""The columns and keys that migrations are written with."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

MOMENT = sa.DateTime(timezone=True)


def number(name: str = "id") -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def need(name: str, kind: Any = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text() if kind is None else kind, nullable=False)


def may(name: str, kind: Any = None) -> sa.Column[Any]:
    return sa.Column(name, sa.Text() if kind is None else kind, nullable=True)


def to(table: str, column: str, other: str, **more: Any) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"{table}_{column}_fkey", **more)


def partial(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    """An index over some rows only; SQLite writes booleans as 1."""
    on_sqlite = sa.text(f"{where} = 1" if where.isidentifier() else where)
    op.create_index(
        name, table, columns, unique=unique, sqlite_where=on_sqlite, postgresql_where=sa.text(where)
    )
