"""The ciphers of cycles inside one transaction: whether there is a key, must be one, or may be made now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, exists, or_, select

from flows.core.refusal import Refusal
from storage.cipher import Cipher
from storage.keys import KeyMissing, KeyRing
from storage.tables.conversations import CONVERSATION
from storage.tables.cycles import CYCLE
from storage.tables.results import RELEASE
from storage.tables.sealed import PEN

CYCLE_ID: Any = bindparam("cycle")
SEALED = select(exists().where(RELEASE.c.cycle == CYCLE_ID, RELEASE.c.sealed_at.is_not(None)))
KEPT = select(or_(exists().where(PEN.c.cycle == CYCLE_ID), exists().where(CONVERSATION.c.sealed == CYCLE_ID)))
SOME = select(PEN.c.id, PEN.c.content).where(PEN.c.cycle == CYCLE_ID).limit(1)
# Whoever seals holds the cycle's row: what is written meanwhile waits here, and then finds that it is sealed.
WAIT = select(CYCLE.c.id).where(CYCLE.c.id == CYCLE_ID).with_for_update(key_share=True, read=True)


class Ciphers:
    """Opens what is kept with the cycles' keys. The keys are read anew in each transaction."""

    __slots__ = ("_connection", "_found", "_keys", "_writing")

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        self._connection = connection
        self._keys = keys
        self._found: dict[int, Cipher] = {}
        self._writing: set[int] = set()

    def reading(self, cycle: int) -> Cipher | None:
        """None while nothing is encrypted for the cycle (yet, or any more). KeyMissing where it can't be opened."""
        if cycle not in self._found:
            key = self._keys.get(cycle)
            if key is None:
                if self._connection.execute(KEPT, {"cycle": cycle}).scalar():
                    raise KeyMissing
                return None
            self._found[cycle] = self._fitting(cycle, Cipher.of(key))
        return self._found[cycle]

    def _fitting(self, cycle: int, cipher: Cipher) -> Cipher:
        """The cipher, if it opens what is there: under another key's names, everything would seem not to be."""
        some = self._connection.execute(SOME, {"cycle": cycle}).first()
        if some is not None:
            cipher.open(some.content, some.id)
        return cipher

    def writing(self, cycle: int) -> Cipher:
        """The cycle's cipher, with a new key before the first answer; refuses after the seal."""
        if cycle not in self._writing:
            if self._connection.dialect.name != "sqlite":
                self._connection.execute(WAIT, {"cycle": cycle})
            if self.is_sealed(cycle):
                raise Refusal(
                    "The results of this cycle are released: anonymous answers can't be written or changed any more. "
                    "You need not do anything.",
                    "本周期的结果已经发布，匿名评估不能再填写或修改，你无需操作。",
                )
            self._writing.add(cycle)
        found = self.reading(cycle)
        if found is None:
            found = self._found[cycle] = Cipher.of(self._keys.create(cycle))
        return found

    def is_sealed(self, cycle: int) -> bool:
        return bool(self._connection.execute(SEALED, {"cycle": cycle}).scalar())
