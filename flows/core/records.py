"""What the flows ask of the storage: protocols that it implements, one transaction behind each `Records`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from flows.core.conversation import Conversation
from flows.core.mail import MessageRecords, NoticeRecords
from flows.core.owed import Message, Notice, Task, TaskState, Written
from flows.people.person import Person

__all__ = ["Message", "MessageRecords", "Notice", "NoticeRecords", "Records", "Task", "TaskState", "Written"]


class PeopleRecords(Protocol):
    def get(self, person: int) -> Person | None: ...
    def by_email(self, email: str) -> Person | None: ...
    def by_account(self, account: str) -> Person | None: ...
    def many(self, people: Iterable[int]) -> list[Person]: ...
    def by_emails(self, emails: Iterable[str]) -> list[Person]: ...
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

    def coming_and_going(self, after: int, limit: int) -> list[Person]:
        """Active people with a last day of work or any leave, with an id above `after`, by id."""
        ...

    def departments(self) -> list[str]: ...
    def heads(self, departments: Sequence[str]) -> dict[str, Person]:
        """Who stands at the top of each: nobody of it manages them, and of several they lead the most people."""
        ...

    def by_department(self) -> dict[int, str]:
        """The department of every active person, by id."""
        ...

    def levels(self) -> list[str]: ...
    def hr(self) -> list[Person]:
        """Everybody active who is HR, of all departments or of some, by name."""
        ...


class ConversationRecords(Protocol):
    def get(self, conversation: str) -> Conversation | None: ...
    def find(self, flow: str, person: int, subject: str) -> Conversation | None:
        """The one that is not dropped."""
        ...

    def start(self, flow: str, person: int, subject: str, sealed: int | None = None) -> Conversation:
        """A new one with a random id; its answers are encrypted with the key of the cycle `sealed`."""
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

    def who_is_due(self, now: datetime, limit: int) -> list[int]:
        """The people of the `limit` open tasks whose `next_at` came first, if it has come; each once."""
        ...

    def due_of(self, people: Sequence[int], to: datetime) -> list[Task]:
        """Open tasks of these people whose `next_at` is at most `to`, by that, claimed for this transaction."""
        ...

    def told(self, tasks: Sequence[Task]) -> None:
        """Keep what was said about many: said, said_at, told_due, snoozed, live and next_at."""
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
    def for_person(
        self, kind: str, scope: int, subject: str, about: int, owners: Sequence[int]
    ) -> list[Task]:
        """The tasks of a phase about one person that are the duty of one of `owners`, in any state."""
        ...

    def of_about(self, kind: str, scope: int, subject: str, people: Sequence[int]) -> list[Task]:
        """The tasks of a phase that are about these people, in whatever state, by owner."""
        ...

    def owed_by_team(self, kind: str, scope: int, subject: str, manager: int) -> list[Task]:
        """The open tasks of the manager's active direct reports."""
        ...

    def drop_unsaid(self, kind: str, scope: int, after: int, to: int) -> int:
        """Take away open tasks of which nothing was said, of owners above id `after` up to `to`; how many."""
        ...

    def close_all(self, kind: str, scope: int, why: str) -> list[str]:
        """Waive every open task of the scope; the ids of the messages that were live."""
        ...

    def move(
        self,
        kinds: Sequence[str],
        scope: int,
        subject: str,
        moments: Mapping[str, tuple[datetime, datetime, datetime]],
        now: datetime,
        without: Sequence[int] = (),
    ) -> int:
        """Give the phase's open tasks new (opens, due, until) by the zone of who has to do them; how many moved.

        Each is looked at anew at once, or when it opens; one that was put off not before that, yet before it is due.
        The tasks owned by `without`, and those about them, stay as they are.
        """
        ...

    def wake(self, kinds: Sequence[str], scope: int, now: datetime) -> int:
        """Have every open task of the scope looked at anew, at once or when it opens; what is put off stays so.

        What was said in a message that was dropped before it was sent counts as not said.
        """
        ...

    def wake_slice(self, kind: str, scope: int, now: datetime, after: int, to: int) -> None:
        """The same as `wake`, for the owners above id `after` up to `to`."""
        ...

    def expire_all(self, kinds: Sequence[str], scope: int) -> list[str]:
        """Close every open task of the scope as not done; the ids of the messages that were live."""
        ...

    def late(
        self, kinds: Sequence[str], scope: int, subject: str, now: datetime, after: int, limit: int
    ) -> list[tuple[int, int]]:
        """(owner, how many of their tasks are past due or were never done), by owner, above `after`."""
        ...

    def zones(self, kinds: Sequence[str], scope: int, subject: str) -> list[str]:
        """The zones of everybody who has to do an open task of the phase."""
        ...

    def latest_subject(self, kind: str, scope: int) -> str | None:
        """The subject (a round's key: its first day) that sorts last among the tasks that have opened."""
        ...

    def has_begun(self, kind: str, scope: int, subject: str) -> bool:
        """Whether something was said about a task of the round, or one is not open any more."""
        ...

    def next_moment(self) -> datetime | None:
        """The earliest `next_at` of an open task."""
        ...


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

    @property
    def posts_per_minute(self) -> float:
        """How many messages leave in a minute at most, by the messenger's rate."""
        ...

    def alone(self, work: str) -> bool:
        """Whether this transaction may do `work` that no other process should do at the same time."""
        ...

    def first_time(self, key: str, now: datetime) -> bool:
        """Whether an inbound event of this key is seen for the first time; it is remembered with this transaction."""
        ...
