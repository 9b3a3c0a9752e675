"""What the flows ask of the storage: protocols that it implements, one transaction behind each `Records`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from flows.core.conversation import Conversation
from flows.people.person import Person

TaskState = Literal["open", "done", "waived", "expired"]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that one person owes. All moments are aware and in UTC.

    `scope` is the programme or cycle it belongs to, `subject` what it is about (a round's key); the conversation
    in which it is done is about "scope/subject". `next_at` is the
    moment at which something is to be said about it, None when nothing is; `said` counts what was said already.
    `live` is the id of the one message that may carry buttons for it. `until` is when it can no longer be done.
    """

    id: int
    kind: str
    scope: int
    person: int
    subject: str
    state: TaskState
    opens_at: datetime
    due_at: datetime
    until: datetime
    next_at: datetime | None = None
    said: int = 0
    snoozed: bool = False
    live: str | None = None
    why: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message to write: it is kept with the change that caused it and delivered later, once.

    `key` is unique: a second one of the same key is not written. `about` is a handful of ids, never contents:
    the words are made from the state of things when it is sent. Addressed to a person, or to a channel.
    `urgency`: 0 an answer to what someone just did, 1 a person's own nudge, 2 a broadcast. `sensitive`: when it is
    unclear whether it arrived, it waits for a person instead of being repeated. Not sent before `due_at`.
    """

    key: str
    kind: str
    about: Mapping[str, Any]
    due_at: datetime
    person: int | None = None
    channel: str | None = None
    urgency: int = 1
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it is kept: its opaque `id` (also its delivery mark) and how far it got."""

    id: str
    message: Message
    state: Literal["waiting", "sending", "sent", "unsure", "parked", "dropped"]
    channel: str | None = None
    ts: str | None = None


class PeopleRecords(Protocol):
    def get(self, person: int) -> Person | None: ...
    def by_email(self, email: str) -> Person | None: ...
    def by_account(self, account: str) -> Person | None: ...
    def many(self, people: Iterable[int]) -> list[Person]: ...
    def active(self) -> list[Person]:
        """Everybody in the directory who is active, by name."""
        ...

    def reports_of(self, manager: int) -> list[Person]:
        """Active direct reports, by name."""
        ...

    def line_of(self, person: int) -> tuple[int, ...]:
        """The ids of the person's manager, that one's manager and so on up; loops end it."""
        ...

    def save(self, person: Person) -> Person:
        """Insert (id 0) or update; returns it with its id. Leave (`away`) is kept too."""
        ...

    def departments(self) -> list[str]: ...


class ConversationRecords(Protocol):
    def get(self, conversation: str) -> Conversation | None: ...
    def find(self, flow: str, person: int, subject: str) -> Conversation | None:
        """The one that is not dropped."""
        ...

    def start(self, flow: str, person: int, subject: str) -> Conversation:
        """A new one with a random id."""
        ...

    def save(self, conversation: Conversation, was: int) -> bool:
        """Keep it with revision `was + 1` if it still has revision `was`; False if it has not."""
        ...

    def keep_typed(self, conversation: str, revision: int, typed: Mapping[str, Any], at: str) -> bool:
        """Merge into `typed` if the revision is still that one and `at` is not older than what is kept."""
        ...

    def in_chat(self, person: int) -> Conversation | None:
        """The one conversation that the person is holding in the chat now."""
        ...


class TaskRecords(Protocol):
    def get(self, task: int) -> Task | None: ...
    def find(self, kind: str, scope: int, person: int, subject: str) -> Task | None: ...
    def add(self, tasks: Sequence[Task]) -> int:
        """Insert those that are not there yet (unique by kind, scope, person, subject); how many were new."""
        ...

    def save(self, task: Task) -> None: ...
    def open_of(self, person: int) -> list[Task]:
        """Open tasks of the person, by due moment, also those that open later."""
        ...

    def due(self, now: datetime, limit: int) -> list[Task]:
        """Open tasks whose `next_at` has come, oldest first; claimed for this transaction."""
        ...

    def of_round(
        self, kind: str, scope: int, subject: str, people: Sequence[int] | None = None
    ) -> list[Task]: ...
    def owed_by_team(self, kind: str, scope: int, subject: str, manager: int) -> list[Task]:
        """The open tasks of the manager's active direct reports."""
        ...

    def drop_unsaid(self, kind: str, scope: int) -> int:
        """Take away open tasks about which nothing has been said yet; how many."""
        ...

    def silence(self, kind: str, scope: int) -> None:
        """Say nothing more about the scope's open tasks: their next moment is their closing."""
        ...

    def resume(self, kind: str, scope: int, now: datetime) -> None:
        """After a silence: what was never said (or was dropped before it was sent) is said now or when it opens."""
        ...

    def close_all(self, kind: str, scope: int, why: str) -> list[str]:
        """Waive every open task of the scope; the ids of the messages that were live."""
        ...

    def latest_subject(self, kind: str, scope: int) -> str | None:
        """The subject (a round's key) that sorts last among the tasks that have opened."""
        ...

    def next_moment(self) -> datetime | None:
        """The earliest `next_at` of an open task."""
        ...


class MessageRecords(Protocol):
    def write(self, message: Message) -> str | None:
        """Keep it for delivery; its id, or None when one of that key was written before."""
        ...

    def write_many(self, messages: Sequence[Message]) -> int:
        """Keep many at once, those whose key is new; how many."""
        ...

    def get(self, message: str) -> Written | None: ...
    def by_key(self, key: str) -> Written | None: ...
    def starting(self, prefix: str) -> list[Written]:
        """All whose key starts with `prefix`, oldest first."""
        ...

    def refresh(self, ids: Iterable[str]) -> None:
        """Bring what was sent to the state of things: edited as soon as may be."""
        ...

    def hasten(self, key: str, due_at: datetime) -> None:
        """Move a waiting message's moment."""
        ...

    def next_moment(self) -> datetime | None: ...


class AuditRecords(Protocol):
    def note(
        self, at: datetime, actor: int | None, action: str, thing: str, detail: Mapping[str, Any]
    ) -> None:
        """One line of the audit log; `detail` holds ids, counts and settings, never contents of answers."""
        ...


class Records(Protocol):
    """Everything that is kept, inside one transaction: it is all kept or none of it."""

    @property
    def people(self) -> PeopleRecords: ...
    @property
    def conversations(self) -> ConversationRecords: ...
    @property
    def tasks(self) -> TaskRecords: ...
    @property
    def messages(self) -> MessageRecords: ...
    @property
    def audit(self) -> AuditRecords: ...

    def first_time(self, key: str, now: datetime) -> bool:
        """Whether an inbound event of this key is seen for the first time; it is remembered with this transaction."""
        ...
