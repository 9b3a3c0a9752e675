"""What the flows ask of the storage: protocols that it implements, one transaction behind each `Records`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol

from flows.core.conversation import Conversation
from flows.core.owed import Message, Notice, Task, TaskState, Written
from flows.people.person import Person

__all__ = ["Message", "Notice", "Records", "Task", "TaskState", "Written"]


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

    def slice(self, after: int, limit: int) -> list[Person]:
        """Active people with an id above `after`, by id: a company is gone through in slices."""
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
    def save_many(self, tasks: Sequence[Task]) -> None:
        """Update many at once."""
        ...

    def open_of(self, person: int) -> list[Task]:
        """Open tasks of the person, by due moment, also those that open later."""
        ...

    def due(self, now: datetime, limit: int) -> list[Task]:
        """Open tasks whose `next_at` has come: all of those of at most `limit` people, the longest due first.

        Claimed for this transaction.
        """
        ...

    def open_about(self, people: Sequence[int]) -> list[Task]:
        """Open tasks that are about these people, whoever has to do them."""
        ...

    def open_owned(self, people: Sequence[int]) -> list[Task]:
        """Open tasks that are these people's duty, whoever has to do them now."""
        ...

    def of_scope(
        self, kinds: Sequence[str], scope: int, subject: str | None = None, state: TaskState | None = None
    ) -> list[Task]:
        """Tasks of a cycle, of one phase (`subject`) or all, by id."""
        ...

    def counted(self, kinds: Sequence[str], scope: int) -> list[tuple[str, str, TaskState, int]]:
        """Completion: (subject, department, state, how many) of the tasks of a cycle; counts only."""
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

    def ids_of(self, keys: Sequence[str]) -> dict[str, str]:
        """The ids of the messages of these keys, by key."""
        ...

    def unasked(self, people: Sequence[int], since: date) -> dict[int, dict[date, int]]:
        """How many messages each person got, or will get, that they did not ask for, by their local day."""
        ...

    def get(self, message: str) -> Written | None: ...
    def by_key(self, key: str) -> Written | None: ...
    def starting(self, prefix: str) -> list[Written]:
        """All whose key starts with `prefix`, oldest first."""
        ...

    def refresh(self, ids: Iterable[str]) -> None:
        """Bring what was sent to the state of things: edited as soon as may be."""
        ...

    def hasten(self, key: str, due_at: datetime, day: date | None = None) -> None:
        """Move a waiting message's moment, and the reader's local day on which it counts."""
        ...

    def hasten_all(self, prefix: str, due_at: datetime) -> int:
        """Move every waiting message whose key starts with `prefix`; how many."""
        ...

    def drop_all(self, prefix: str, reason: str) -> int:
        """Drop every waiting message whose key starts with `prefix`, surely not sent; how many."""
        ...

    def refresh_all(self, prefix: str) -> int:
        """Bring every message whose key starts with `prefix` to the state of things; how many."""
        ...

    def states(self, prefix: str) -> dict[str, int]:
        """How many messages there are in each state, of those whose key starts with `prefix`."""
        ...

    def next_moment(self) -> datetime | None: ...


class NoticeRecords(Protocol):
    def add(self, notices: Sequence[Notice]) -> int:
        """Keep those whose key is new; how many."""
        ...

    def get(self, notice: int) -> Notice | None: ...
    def due(self, now: datetime, limit: int) -> list[Notice]:
        """Waiting notices whose moment has come, oldest first."""
        ...

    def due_of(self, people: Sequence[int], now: datetime) -> list[Notice]:
        """Waiting notices of these people whose moment has come."""
        ...

    def save_many(self, notices: Sequence[Notice]) -> None: ...
    def next_moment(self) -> datetime | None: ...


class AuditRecords(Protocol):
    def note(
        self, at: datetime, actor: int | None, action: str, thing: str, detail: Mapping[str, Any]
    ) -> None:
        """One line of the audit log; `detail` holds ids, counts and settings, never contents of answers."""
        ...

    def latest(self, action: str, since: datetime) -> list[tuple[datetime, str, Mapping[str, Any]]]:
        """(at, thing, detail) of the lines of an action, newest first."""
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
    def notices(self) -> NoticeRecords: ...
    @property
    def audit(self) -> AuditRecords: ...

    def alone(self, work: str) -> bool:
        """Whether this transaction may do `work` that no other process should do at the same time."""
        ...

    def first_time(self, key: str, now: datetime) -> bool:
        """Whether an inbound event of this key is seen for the first time; it is remembered with this transaction."""
        ...
