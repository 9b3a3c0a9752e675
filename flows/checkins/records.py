"""What the check-in keeps: programmes, check-ins, what a manager answered, and the protocols behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from flows.core.page import Question
from flows.cycle.calendar import Schedule
from flows.goals.records import GoalsRecords


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a programme asks: everyone, some departments, or a list of people; less those who are left out."""

    kind: Literal["everyone", "departments", "people"] = "everyone"
    departments: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    without: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """HR's decision to ask for check-ins. It begins at `schedule.first`; `id` 0 is one not kept yet."""

    id: int
    state: Literal["running", "paused", "ended"]
    audience: Audience
    schedule: Schedule
    questions: tuple[Question, ...]
    started_by: int | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Checkin:
    """What a person reported for one round. All JSON: `form` by question name, `goals` and `rescue` by goal id.

    `titles` keeps how each goal and each question was called then, for both change. `sent_at` is the first
    sending, `edited_at` the last change.
    """

    id: int
    programme: int
    person: int
    round: str
    form: Mapping[str, Any]
    goals: Mapping[str, Mapping[str, Any]]
    rescue: Mapping[str, Mapping[str, Any]]
    titles: Mapping[str, str]
    late: bool
    sent_at: datetime
    edited_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """What a manager did about a check-in: a reply, a resource request granted or declined, or "for our 1:1"."""

    id: int
    checkin: int
    author: int
    kind: Literal["reply", "granted", "declined", "discuss"]
    text: str
    at: datetime


class ProgrammeRecords(Protocol):
    def current(self) -> Programme | None:
        """The one that is running or paused; there is at most one."""
        ...

    def get(self, programme: int) -> Programme | None: ...
    def save(self, programme: Programme) -> Programme:
        """Insert (id 0) or update; returns it with its id."""
        ...

    def leading(self, audience: Audience, after: int, limit: int) -> list[int]:
        """The ids of those who lead an active person whom the audience means, in order, above `after`."""
        ...


class CheckinKeeper(Protocol):
    def find(self, programme: int, person: int, round_key: str) -> Checkin | None: ...
    def get(self, checkin: int) -> Checkin | None: ...
    def keep(self, checkin: Checkin) -> Checkin:
        """Insert (id 0) or update; returns it with its id."""
        ...

    def of_people(self, programme: int, round_key: str, people: Sequence[int]) -> list[Checkin]: ...
    def before(self, person: int, round_key: str) -> Checkin | None:
        """The person's latest check-in of an earlier round, of any programme."""
        ...

    def latest(self, person: int, limit: int) -> list[Checkin]: ...
    def sent_by(self, people: Sequence[int], since: datetime) -> list[Checkin]:
        """What these people have sent since then, the newest first."""
        ...

    def respond(self, response: Response) -> Response: ...
    def responses(self, checkins: Sequence[int]) -> list[Response]: ...
    def completion(self, programme: int, round_key: str) -> list[tuple[str, int, int, int, int]]:
        """By department: (department, asked, answered, of these late, waived), by name; counts only."""
        ...


class TeamChannelRecords(Protocol):
    def of_manager(self, manager: int) -> str | None:
        """The channel to which the manager's team posts its check-ins; None is the default: to none."""
        ...

    def of_managers(self, managers: Sequence[int]) -> dict[int, str]:
        """The channels of those of them whose team has one."""
        ...

    def set(self, manager: int, channel: str | None) -> None: ...


class CheckinRecords(GoalsRecords, Protocol):
    @property
    def programmes(self) -> ProgrammeRecords: ...
    @property
    def checkins(self) -> CheckinKeeper: ...
    @property
    def team_channels(self) -> TeamChannelRecords: ...
