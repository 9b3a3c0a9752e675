"""Tables of what follows from a review: actions, development plans, trainings, and what was taken over."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from storage.columns import Amount, Wording
from storage.tables import Row, partial, table_of


class ActionRow(Row, table=True):
    """What somebody does by a day."""

    __tablename__ = "action"
    __table_args__ = (Index("action_person", "person", "state"), Index("action_of", "source", "of"))

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    source: str = Field(sa_type=Wording)
    of: int
    text: str = Field(sa_type=Wording)
    due: date | None
    state: str = Field(sa_type=Wording)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    ended_at: datetime | None
    why: str = Field(sa_type=Wording)


class CarriedRow(Row, table=True):
    """What became of something unfinished when the next cycle began."""

    __tablename__ = "carried"
    __table_args__ = (Index("carried_person", "person", "cycle"),)

    cycle: int = Field(primary_key=True, foreign_key="cycle.id")
    kind: str = Field(primary_key=True, sa_type=Wording)
    of: int = Field(primary_key=True)
    person: int = Field(foreign_key="person.id")
    taken: bool
    at: datetime


class DevelopmentRow(Row, table=True):
    """Somebody's development plan: of a cycle, or the one outside of any."""

    __tablename__ = "development"
    __table_args__ = (
        UniqueConstraint("person", "cycle"),
        partial("development_loose", "person", where="cycle IS NULL", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    cycle: int | None = Field(default=None, foreign_key="cycle.id")
    state: str = Field(sa_type=Wording)
    content: dict[str, Any] = Field(sa_type=JSON)
    pending: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    version: int
    asked: int
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime


class DevelopmentStepRow(Row, table=True):
    """One thing that happened to a development plan, with what it said then."""

    __tablename__ = "development_step"
    __table_args__ = (Index("development_step_plan", "plan"), Index("development_step_by", "by"))

    id: int | None = Field(default=None, primary_key=True)
    plan: int = Field(foreign_key="development.id")
    version: int
    act: str = Field(sa_type=Wording)
    by: int = Field(foreign_key="person.id")
    at: datetime
    content: dict[str, Any] = Field(sa_type=JSON)
    comment: str = Field(sa_type=Wording)


class TrainingRow(Row, table=True):
    """One training of the catalogue."""

    __tablename__ = "training"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(sa_type=Wording, unique=True)
    title: str = Field(sa_type=Wording)
    title_zh: str = Field(sa_type=Wording)
    hours: Decimal | None = Field(default=None, sa_type=Amount)
    mode: str = Field(sa_type=Wording)
    link: str = Field(sa_type=Wording)
    skills: str = Field(sa_type=Wording)
    cost: Decimal = Field(sa_type=Amount)
    currency: str = Field(sa_type=Wording)
    offered: bool


class EnrolmentRow(Row, table=True):
    """Somebody's place in a training."""

    __tablename__ = "enrolment"
    __table_args__ = (Index("enrolment_person", "person"), Index("enrolment_training", "training", "state"))

    id: int | None = Field(default=None, primary_key=True)
    training: int = Field(foreign_key="training.id")
    person: int = Field(foreign_key="person.id")
    state: str = Field(sa_type=Wording)
    asked_at: datetime
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None
    took_place: date | None
    recorded_by: int | None = Field(default=None, foreign_key="person.id")
    why: str = Field(sa_type=Wording)


ACTION = table_of(ActionRow)
CARRIED = table_of(CarriedRow)
DEVELOPMENT, DEVELOPMENT_STEP = table_of(DevelopmentRow), table_of(DevelopmentStepRow)
TRAINING, ENROLMENT = table_of(TrainingRow), table_of(EnrolmentRow)
