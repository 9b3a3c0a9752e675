"""What somebody owes, what they are told, and the messages that say it: values that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

TaskState = Literal["open", "done", "waived", "expired"]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that one person owes. All moments are aware and in UTC.

    `scope` is the programme or cycle it belongs to, `subject` what it is about (a round's key); the conversation
    in which it is done is about "scope/subject". `next_at` is the
    moment at which something is to be said about it, None when nothing is; `said` counts what was said already.
    `live` is the id of the one message that may carry buttons for it. `until` is when it can no longer be done.

    `person` has to do it now, and nobody else. `owner` is whose duty it is by the reporting line: another than
    `person` while it is handed over. `about` is the person it is about. Left at 0 they are the person themself.
    `department` is where it counts in completion figures. `said_at` is when it was last spoken of, `told_due` the
    due moment that was named then: another than `due_at` means that the date has moved since.
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
    owner: int = 0
    about: int = 0
    department: str = ""
    said_at: datetime | None = None
    told_due: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "owner", self.owner or self.person)
        object.__setattr__(self, "about", self.about or self.person)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person is told once, with their next digest: a date has moved, a team is late.

    `key` is unique. `about` is a handful of ids. Not told before `due_at`; `message` is the digest it stood in.
    """

    id: int
    key: str
    person: int
    kind: str
    about: Mapping[str, Any]
    due_at: datetime
    state: Literal["waiting", "said", "dropped"] = "waiting"
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A message to write: it is kept with the change that caused it and delivered later, once.

    `key` is unique: a second one of the same key is not written. `about` is a handful of ids, never contents:
    the words are made from the state of things when it is sent. Addressed to a person, or to a channel.
    `urgency`: 0 an answer to what someone just did, 1 a person's own nudge, 2 a broadcast. `sensitive`: when it is
    unclear whether it arrived, it waits for a person instead of being repeated. Not sent before `due_at`.
    `day` is the reader's local day of which this is the one message that they did not ask for; None: they asked.
    """

    key: str
    kind: str
    about: Mapping[str, Any]
    due_at: datetime
    person: int | None = None
    channel: str | None = None
    urgency: int = 1
    sensitive: bool = False
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that waits for a person: its opaque id, the messenger's word for what went wrong, and when it was due."""

    id: str
    error: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it is kept: its opaque `id` (also its delivery mark) and how far it got."""

    id: str
    message: Message
    state: Literal["waiting", "sending", "sent", "unsure", "parked", "dropped"]
    channel: str | None = None
    ts: str | None = None
