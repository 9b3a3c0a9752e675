"""Reviews that were sent with their author's name: one of a kind by each author about each person in a phase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from flows.reviews.records import Review
from storage.records.rows import MOST_IDS, chunks, columns_of, insert_one
from storage.tables.reviews import REVIEW

TABLE = REVIEW.c
ALL = select(*(TABLE[name] for name in Review.__slots__))  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
IN = ALL.where(TABLE.cycle == bindparam("cycle"))
FOUND = IN.where(
    TABLE.phase == bindparam("phase"), TABLE.about == bindparam("about"), TABLE.kind == bindparam("kind")
).order_by(TABLE.id)
FOUND_OF = FOUND.where(TABLE.author == bindparam("author"))
ABOUT = IN.where(TABLE.about.in_(bindparam("people", expanding=True)))
BY_AUTHOR = IN.where(TABLE.author == bindparam("author")).order_by(TABLE.id)
INSERT = insert(REVIEW)
UPDATE = update(REVIEW).where(TABLE.id == bindparam("which"))


class Reviews:
    """Implements `flows.reviews.records.ReviewKeeper`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, review: int) -> Review | None:
        return self._one(BY_ID, {"id": review})

    def find(self, cycle: int, phase: str, about: int, kind: str, author: int | None = None) -> Review | None:
        which = {"cycle": cycle, "phase": phase, "about": about, "kind": kind}
        if author is None:
            return self._one(FOUND, which)
        return self._one(FOUND_OF, {**which, "author": author})

    def about(self, cycle: int, people: Sequence[int]) -> list[Review]:
        found: list[Review] = []
        for ids in chunks(sorted(set(people)), MOST_IDS):
            rows = self._connection.execute(ABOUT, {"cycle": cycle, "people": ids})
            found += [Review(*row) for row in rows.all()]
        return sorted(found, key=lambda one: (one.about, one.phase, one.author, one.id))

    def by_author(self, cycle: int, author: int) -> list[Review]:
        rows = self._connection.execute(BY_AUTHOR, {"cycle": cycle, "author": author})
        return [Review(*row) for row in rows]

    def keep(self, review: Review) -> Review:
        row = columns_of(review, "id")
        if review.id:
            self._connection.execute(UPDATE, {**row, "which": review.id})
            return review
        return replace(review, id=insert_one(self._connection, INSERT, row))

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Review | None:
        row = self._connection.execute(statement, values).first()
        return Review(*row) if row else None
