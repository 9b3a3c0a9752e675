"""External reviewers and their links: of a link's token only a hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.reviews.records import Guest
from storage.records.rows import MOST_IDS, chunks, columns_of, insert_one
from storage.tables.reviews import GUEST

TABLE = GUEST.c
ALL = select(*(TABLE[name] for name in Guest.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
BY_SECRET = ALL.where(TABLE.secret == bindparam("hash")).with_for_update()
ABOUT = ALL.where(
    TABLE.cycle == bindparam("in_cycle"), TABLE.about.in_(bindparam("ids", expanding=True))
).order_by(TABLE.about, TABLE.id)
INSERT = insert(GUEST)
UPDATE = update(GUEST).where(TABLE.id == bindparam("which"))


class Guests:
    """Implements `flows.reviews.records.GuestRecords`; `address` is where the bot's own pages are reached."""

    __slots__ = ("_connection", "address")

    def __init__(self, connection: Connection, address: str) -> None:
        self._connection, self.address = connection, address

    def get(self, guest: int) -> Guest | None:
        return self._one(BY_ID, {"id": guest})

    def by_token(self, token: str) -> Guest | None:
        return self._one(BY_SECRET, {"hash": hash_of(token)})

    def about(self, cycle: int, people: Sequence[int]) -> list[Guest]:
        found: list[Guest] = []
        for ids in chunks(sorted(set(people)), MOST_IDS):
            found += [Guest(*row) for row in self._connection.execute(ABOUT, {"in_cycle": cycle, "ids": ids})]
        return found

    def invite(self, guest: Guest) -> tuple[Guest, str]:
        token = secrets.token_urlsafe(32)
        made = replace(guest, secret=hash_of(token))
        row = columns_of(made, "id")
        if made.id:
            self._connection.execute(UPDATE, {**row, "which": made.id})
        else:
            made = replace(made, id=insert_one(self._connection, INSERT, row))
        return made, token

    def save(self, guest: Guest) -> None:
        self._connection.execute(UPDATE, {**columns_of(guest, "id"), "which": guest.id})

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Guest | None:
        row = self._connection.execute(statement, values).first()
        return Guest(*row) if row else None


def hash_of(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so that a plain hash can't be turned round."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
