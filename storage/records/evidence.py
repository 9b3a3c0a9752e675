"""What people noted about others or themselves, and messages on the way there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select

from flows.coaching.evidence_records import Clipping, Evidence
from storage.records.rows import columns_of, insert_one
from storage.tables.coaching import CLIPPING, EVIDENCE

CLIPPING_KEPT = timedelta(days=7)  # for whoever took a message up and was called away

TABLE = EVIDENCE.c
ALL = select(*(TABLE[name] for name in Evidence.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
ABOUT = ALL.where(TABLE.about == bindparam("person"), TABLE.day >= bindparam("since")).order_by(
    TABLE.day, TABLE.id
)
BY = ALL.where(TABLE.by == bindparam("person")).order_by(TABLE.at, TABLE.id)
INSERT = insert(EVIDENCE)
DELETE = delete(EVIDENCE).where(TABLE.id == bindparam("which"))
FORGET = delete(EVIDENCE).where(TABLE.at < bindparam("before"))
CLIP = insert(CLIPPING)
CLIPPED = select(*(CLIPPING.c[name] for name in Clipping.__slots__)).where(CLIPPING.c.id == bindparam("id"))
PRUNE = delete(CLIPPING).where(CLIPPING.c.at < bindparam("before"))


class EvidenceKept:
    """Implements `flows.coaching.evidence_records.EvidenceKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clip(self, clipping: Clipping) -> Clipping:
        return replace(clipping, id=insert_one(self._connection, CLIP, columns_of(clipping, "id")))

    def clipping(self, clipping: int) -> Clipping | None:
        row = self._connection.execute(CLIPPED, {"id": clipping}).first()
        return Clipping(*row) if row else None

    def keep(self, evidence: Evidence) -> Evidence:
        return replace(evidence, id=insert_one(self._connection, INSERT, columns_of(evidence, "id")))

    def get(self, evidence: int) -> Evidence | None:
        row = self._connection.execute(BY_ID, {"id": evidence}).first()
        return Evidence(*row) if row else None

    def about(self, person: int, since: date) -> list[Evidence]:
        asked = {"person": person, "since": since}
        return [Evidence(*row) for row in self._connection.execute(ABOUT, asked)]

    def by(self, person: int) -> list[Evidence]:
        return [Evidence(*row) for row in self._connection.execute(BY, {"person": person})]

    def take_away(self, evidence: int) -> None:
        self._connection.execute(DELETE, {"which": evidence})

    def forget(self, before: datetime) -> int:
        return self._connection.execute(FORGET, {"before": before}).rowcount

    def prune(self, now: datetime) -> None:
        """Forget the messages that were taken up and are a week old, whether or not anything was made of them."""
        self._connection.execute(PRUNE, {"before": now - CLIPPING_KEPT})
