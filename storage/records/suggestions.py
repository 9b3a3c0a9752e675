"""The suggestion box: each under a name made of its author and a number, which only the box's own key gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from flows.coaching.suggestion_records import Remark, Suggestion
from flows.core.refusal import Refusal
from storage.cipher import Cipher
from storage.keys import KeyMissing, KeyRing
from storage.records.rows import new_only
from storage.tables.coaching import SUGGESTION

BOX = "suggestions"  # the name of the key's file
MOST = 200  # suggestions of one author that are kept at once

TABLE = SUGGESTION.c
ALL = select(TABLE.id, TABLE.content)
SOME = ALL.limit(1)
THESE = ALL.where(TABLE.id.in_(bindparam("ids", expanding=True)))
BY_ID = ALL.where(TABLE.id == bindparam("id")).with_for_update()
ADD = new_only(SUGGESTION)
CHANGE = update(SUGGESTION).where(TABLE.id == bindparam("which"))
DELETE = delete(SUGGESTION).where(TABLE.id == bindparam("which"))


class BoxLocked(Refusal):
    """There are suggestions, and the key to them is not there."""

    def __init__(self) -> None:
        super().__init__(
            "The suggestion box can't be opened at the moment: the bot's key to it is missing. Nothing is lost yet. "
            "Please tell your operator to run `perfloop doctor`, and try again then.",
            "暂时无法打开意见箱：机器人缺少对应的密钥。内容没有丢失，请让运维人员运行 `perfloop doctor`，之后再试。",
        )


class Suggestions:
    """Implements `flows.coaching.suggestion_records.SuggestionKeeper`.

    No row says who wrote it: whoever asks for their own is led to them by the names that would be theirs.
    """

    __slots__ = ("_connection", "_found", "_keys")

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        self._connection = connection
        self._keys = keys
        self._found: Cipher | None = None

    def can_open(self) -> bool:
        """Whether the key is there, or nothing that needs it."""
        try:
            self._reading()
        except BoxLocked:
            return False
        return True

    def add(self, author: int, suggestion: Suggestion) -> Suggestion | None:
        cipher = self._reading() or Cipher.of(self._keys.create(BOX))
        for name in names(cipher, author):
            row = {"id": name, "content": cipher.lock(plain(suggestion), name)}
            if self._connection.execute(ADD, row).rowcount == 1:
                return opened(name, plain(suggestion))
        return None

    def of_author(self, person: int) -> list[Suggestion]:
        cipher = self._reading()
        if cipher is None:
            return []
        found = self._connection.execute(THESE, {"ids": names(cipher, person)}).all()
        return sorted((opened(name, cipher.open(content, name)) for name, content in found), key=place)

    def everything(self) -> list[Suggestion]:
        cipher = self._reading()
        if cipher is None:
            return []
        found = [opened(name, cipher.open(content, name)) for name, content in self._connection.execute(ALL)]
        return sorted(found, key=lambda one: (-one.week.toordinal(), one.id))

    def get(self, suggestion: str) -> Suggestion | None:
        cipher = self._reading()
        row = self._connection.execute(BY_ID, {"id": suggestion}).first() if cipher else None
        return opened(row.id, cipher.open(row.content, row.id)) if cipher and row else None

    def save(self, suggestion: Suggestion) -> None:
        cipher = self._reading()
        if cipher is not None:
            content = cipher.lock(plain(suggestion), suggestion.id)
            self._connection.execute(CHANGE, {"which": suggestion.id, "content": content})

    def forget(self, before: datetime) -> int:
        try:
            old = [one.id for one in self.everything() if one.latest.week < before.date()]
        except BoxLocked:  # what nobody can read waits for the key
            return 0
        for name in old:
            self._connection.execute(DELETE, {"which": name})
        return len(old)

    def _reading(self) -> Cipher | None:
        """None while nothing was ever suggested. BoxLocked where it can't be opened."""
        if self._found is None:
            try:
                key = self._keys.get(BOX)
                some = self._connection.execute(SOME).first()
                if key is None and some is not None:
                    raise KeyMissing
                if key is not None:
                    found = Cipher.of(key)
                    if some is not None:
                        found.open(some.content, some.id)
                    self._found = found
            except KeyMissing:
                raise BoxLocked from None
        return self._found


def names(cipher: Cipher, author: int) -> list[str]:
    """The names that the author's suggestions may have."""
    return [cipher.name("suggestion", author, number) for number in range(MOST)]


def place(suggestion: Suggestion) -> tuple[date, str]:
    return suggestion.week, suggestion.id


def plain(suggestion: Suggestion) -> dict[str, Any]:
    """All of it but its name, as JSON."""
    remarks = [[one.whose, one.text, one.week.isoformat()] for one in suggestion.remarks]
    return {
        "remarks": remarks, "state": suggestion.state, "category": suggestion.category, "signed": suggestion.signed,
    }  # fmt: skip


def opened(name: str, kept: dict[str, Any]) -> Suggestion:
    remarks = tuple(Remark(whose, text, date.fromisoformat(week)) for whose, text, week in kept["remarks"])
    return Suggestion(name, remarks, kept["state"], kept["category"], kept["signed"])
