"""Conversations, kept by compare-and-set on their revision; those about anonymous answers are encrypted."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, literal_column, select, update

from flows.core.conversation import Conversation
from storage.records.rows import columns_of, new_only
from storage.records.unlocking import Ciphers
from storage.tables.conversations import CONVERSATION
from storage.tables.people import PERSON

TABLE = CONVERSATION.c
ALL = select(
    *(TABLE[name] for name in Conversation.__slots__), TABLE.content
)  # in the order of the value's fields
BY_ID = ALL.where(TABLE.id == bindparam("id"))
# Written out rather than bound: only then does the query match the condition of the partial index.
FOUND = ALL.where(
    TABLE.flow == bindparam("flow"),
    TABLE.person == bindparam("person"),
    TABLE.subject == bindparam("subject"),
    TABLE.state != literal_column("'dropped'"),
)
IN_CHAT = ALL.where(TABLE.person == bindparam("person"), TABLE.in_chat)
INSERT = new_only(CONVERSATION)
THE_SAME = and_(TABLE.id == bindparam("which"), TABLE.revision == bindparam("was"))
SAVE = update(CONVERSATION).where(THE_SAME)
CHANGED = ("answers", "typed", "typed_at", "at", "state", "in_chat")
DRAFT = ALL.where(THE_SAME).with_for_update()
KEEP_DRAFT = update(CONVERSATION).where(THE_SAME)
# Two chats that one person begins at once on two replicas wait for each other here.
LOCK_PERSON = select(PERSON.c.id).where(PERSON.c.id == bindparam("person")).with_for_update(key_share=True)
_own = CONVERSATION.alias("own")
LEAVE_CHAT = (
    update(CONVERSATION)
    .where(
        TABLE.person == bindparam("whose"),
        TABLE.in_chat,
        TABLE.id != bindparam("which"),
        exists().where(_own.c.id == bindparam("which"), _own.c.revision == bindparam("was")),
    )
    .values(in_chat=False)
)


class Conversations:
    """Implements `flows.core.records.ConversationRecords`."""

    __slots__ = ("_ciphers", "_clock_now", "_connection")

    def __init__(self, connection: Connection, ciphers: Ciphers, clock_now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._ciphers = ciphers
        self._clock_now = clock_now

    def get(self, conversation: str) -> Conversation | None:
        return self._one(BY_ID, {"id": conversation})

    def find(self, flow: str, person: int, subject: str) -> Conversation | None:
        return self._one(FOUND, {"flow": flow, "person": person, "subject": subject})

    def start(self, flow: str, person: int, subject: str, sealed: int | None = None) -> Conversation:
        """A new one; if another replica started it at the same moment, that one."""
        new = Conversation(secrets.token_urlsafe(16), flow, person, subject, sealed=sealed)
        if self._connection.execute(INSERT, {**columns_of(new), **self._kept(new)}).rowcount == 1:
            return new
        found = self.find(flow, person, subject)
        if found is None:
            raise LookupError("a conversation was dropped while it was started")
        return found

    def save(self, conversation: Conversation, was: int) -> bool:
        """One UPDATE; one more where it comes into the chat, which the person's others then leave."""
        if conversation.in_chat:
            self._alone_in_chat(conversation, was)
        row: dict[str, Any] = {name: getattr(conversation, name) for name in CHANGED}
        row |= {**self._kept(conversation), "revision": was + 1, "which": conversation.id, "was": was}
        return self._connection.execute(SAVE, row).rowcount == 1

    def keep_typed(self, conversation: str, revision: int, typed: Mapping[str, Any], at: str) -> bool:
        which = {"which": conversation, "was": revision}
        draft = self._one(DRAFT, which)
        if draft is None or at < draft.typed_at:
            return False
        kept = self._kept(replace(draft, typed={**draft.typed, **typed}))
        self._connection.execute(KEEP_DRAFT, {**kept, "typed_at": at, **which})
        return True

    def in_chat(self, person: int) -> Conversation | None:
        return self._one(IN_CHAT, {"person": person})

    def _alone_in_chat(self, conversation: Conversation, was: int) -> None:
        if self._connection.dialect.name != "sqlite":
            self._connection.execute(LOCK_PERSON, {"person": conversation.person})
        own = {"whose": conversation.person, "which": conversation.id, "was": was}
        self._connection.execute(LEAVE_CHAT, own)

    def _kept(self, conversation: Conversation) -> dict[str, Any]:
        """The columns that hold what the person wrote; the day of it too, but of nothing that is anonymous."""
        if conversation.sealed is None:
            day = self._clock_now().astimezone(UTC).date()
            written = {"answers": conversation.answers, "typed": conversation.typed}
            return {**written, "content": None, "touched_on": day}
        cipher = self._ciphers.writing(conversation.sealed)
        content = cipher.lock([conversation.answers, conversation.typed], conversation.id)
        return {"answers": {}, "typed": {}, "content": content, "touched_on": None}

    def _one(self, statement: Any, values: Mapping[str, Any]) -> Conversation | None:
        row = self._connection.execute(statement, values).first()
        if row is None:
            return None
        *fields, content = row
        found = Conversation(*fields)
        cipher = self._ciphers.reading(found.sealed) if found.sealed else None
        if cipher is None:
            return found
        answers, typed = cipher.open(content, found.id)
        return replace(found, answers=answers, typed=typed)
