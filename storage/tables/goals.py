"""Tables of goals: the goals, their versions, steps, readings, signals, standings, API tokens and the library."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Amount, Exact, Sortable, Wording
from storage.tables import Row, partial, table_of


class GoalRow(Row, table=True):
    """A goal. `gives` is what its target contributes to its parent's number, in the parent's unit."""

    __tablename__ = "goal"
    __table_args__ = (
        Index("goal_parent", "parent", "gives"),
        Index("goal_cycle_person", "cycle", "person"),
        partial("goal_above", "cycle", "level", where="level <> 'person'"),
        partial("goal_metric", "metric", where="metric <> ''"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id", index=True)
    title: str = Field(sa_type=Wording)
    created_at: datetime
    cycle: int | None = Field(default=None, foreign_key="cycle.id")
    measure: str = Field(sa_type=Wording)
    level: str = Field(sa_type=Wording)
    department: str = Field(sa_type=Wording)
    state: str = Field(sa_type=Wording)
    version: int
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    pending: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    leaving: bool
    changed_at: datetime | None = None
    shape: str = Field(sa_type=Wording)
    method: str = Field(sa_type=Wording)
    unit: str = Field(sa_type=Wording)
    lower: bool
    baseline: Decimal | None = Field(default=None, sa_type=Amount)
    target: Decimal | None = Field(default=None, sa_type=Amount)
    stretch: Decimal | None = Field(default=None, sa_type=Amount)
    weight: Decimal | None = Field(default=None, sa_type=Amount)
    part: str = Field(sa_type=Wording)
    perspective: str | None = Field(default=None, sa_type=Wording)
    steps: list[Any] = Field(sa_type=JSON)
    milestones: list[Any] = Field(sa_type=JSON)
    due: date | None = None
    metric: str = Field(sa_type=Wording)
    gather: str = Field(sa_type=Wording)
    parent: int | None = Field(default=None, foreign_key="goal.id")
    rule: str = Field(sa_type=Wording)
    factor: Decimal | None = Field(default=None, sa_type=Exact)
    visibility: str = Field(sa_type=Wording)
    gives: Decimal | None = Field(default=None, sa_type=Amount)


class VersionRow(Row, table=True):
    """One thing that happened to a goal's terms."""

    __tablename__ = "goal_version"

    id: int | None = Field(default=None, primary_key=True)
    goal: int = Field(foreign_key="goal.id", index=True, ondelete="CASCADE")
    version: int
    act: str = Field(sa_type=Wording)
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    terms: dict[str, Any] = Field(sa_type=JSON)
    comment: str = Field(sa_type=Wording)


class StepRow(Row, table=True):
    """One action step towards a goal."""

    __tablename__ = "goal_step"

    id: int | None = Field(default=None, primary_key=True)
    goal: int = Field(foreign_key="goal.id", index=True, ondelete="CASCADE")
    title: str = Field(sa_type=Wording)
    due: date | None = None
    needs: str = Field(sa_type=Wording)
    decision: str = Field(sa_type=Wording)
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    note: str = Field(sa_type=Wording)
    done_on: date | None = None
    decided_at: datetime | None = None
    reached: Decimal | None = Field(default=None, sa_type=Amount)
    paced: Decimal | None = Field(default=None, sa_type=Amount)


class ReadingRow(Row, table=True):
    """One value of a series in one period; at most one of a period is current."""

    __tablename__ = "reading"
    __table_args__ = (
        partial("reading_current", "series", "period", where="current", unique=True),
        partial("reading_replaced", "series", "period", where="NOT current"),
    )

    id: int | None = Field(default=None, primary_key=True)
    series: str = Field(sa_type=Sortable)
    period: str = Field(sa_type=Sortable)
    day: date
    value: Decimal = Field(sa_type=Amount)
    source: str = Field(sa_type=Wording)
    at: datetime
    by: int | None = Field(default=None, foreign_key="person.id")
    token: int | None = Field(default=None, foreign_key="api_token.id")
    confidence: int | None = None
    note: str = Field(sa_type=Wording)
    current: bool


class SignalRow(Row, table=True):
    """Something about a goal that is so since when, or was until when, and who was told."""

    __tablename__ = "goal_signal"
    __table_args__ = (partial("goal_signal_raised", "raised_to", where="raised_to IS NOT NULL"),)

    goal: int = Field(foreign_key="goal.id", primary_key=True, ondelete="CASCADE")
    kind: str = Field(sa_type=Wording, primary_key=True)
    since: datetime
    ended_at: datetime | None = None
    told_at: datetime | None = None
    raised_at: datetime | None = None
    raised_to: int | None = Field(default=None, foreign_key="person.id")


class StandingRow(Row, table=True):
    """How an agreed goal stood at the last look, for reports; those of closed cycles stay as they were.

    What is in one cycle lies together, person by person.
    """

    __tablename__ = "goal_standing"
    __table_args__ = (Index("goal_standing_goal", "goal"), {"sqlite_with_rowid": False})

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    goal: int = Field(foreign_key="goal.id", primary_key=True, ondelete="CASCADE")
    day: date
    share: Decimal | None = Field(default=None, sa_type=Amount)
    attainment: Decimal | None = Field(default=None, sa_type=Amount)
    paced: Decimal | None = Field(default=None, sa_type=Amount)
    low: Decimal | None = Field(default=None, sa_type=Amount)
    middle: Decimal | None = Field(default=None, sa_type=Amount)
    high: Decimal | None = Field(default=None, sa_type=Amount)
    ending: Decimal | None = Field(default=None, sa_type=Amount)


class WeekRow(Row, table=True):
    """The sums of a cycle's standings on a Monday, of the people of one department and manager."""

    __tablename__ = "goal_week"
    __table_args__ = (Index("goal_week_cycle_day", "cycle", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    day: date
    department: str = Field(sa_type=Wording)
    manager: int | None = Field(default=None, foreign_key="person.id")
    goals: int
    valued: int
    behind: int
    shares: Decimal = Field(sa_type=Amount)
    points: Decimal = Field(sa_type=Amount)
    paced_shares: Decimal = Field(sa_type=Amount)
    paced: Decimal = Field(sa_type=Amount)


class TokenRow(Row, table=True):
    """A right to send metrics; of its secret only the hash is kept."""

    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=Wording)
    secret: str = Field(sa_type=Wording, unique=True)
    metrics: list[Any] = Field(sa_type=JSON)
    departments: list[Any] = Field(sa_type=JSON)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None


class LibraryRow(Row, table=True):
    """A goal of the company's library."""

    __tablename__ = "goal_library"
    __table_args__ = (UniqueConstraint("job", "place"),)

    id: int | None = Field(default=None, primary_key=True)
    job: str = Field(sa_type=Wording)
    place: int
    terms: dict[str, Any] = Field(sa_type=JSON)


GOAL = table_of(GoalRow)
VERSION = table_of(VersionRow)
STEP = table_of(StepRow)
READING = table_of(ReadingRow)
SIGNAL = table_of(SignalRow)
STANDING = table_of(StandingRow)
WEEK = table_of(WeekRow)
TOKEN = table_of(TokenRow)
LIBRARY = table_of(LibraryRow)
