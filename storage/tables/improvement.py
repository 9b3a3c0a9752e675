"""Tables of improvement plans: how each stands, and the steps that led there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, partial, table_of

MAYBE: Any = JSON(none_as_null=True)  # what there is not is NULL, and not the JSON word for it


class ImprovementRow(Row, table=True):
    """One improvement plan; of those that are not over, a person has one at most."""

    __tablename__ = "improvement"
    __table_args__ = (
        Index("improvement_person", "person"),
        Index("improvement_manager", "manager"),
        partial("improvement_one", "person", where="ended_at IS NULL", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    person: int = Field(foreign_key="person.id")
    manager: int = Field(foreign_key="person.id")
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    state: str = Field(sa_type=Wording)
    version: int
    terms: dict[str, Any] | None = Field(sa_type=MAYBE)
    draft: dict[str, Any] | None = Field(sa_type=MAYBE)
    asking: dict[str, Any] | None = Field(sa_type=MAYBE)
    acknowledged: int
    unread: int
    published_at: datetime | None
    meeting: date | None
    paused_on: date | None
    on_leave: bool
    extended: int
    former: list[Any] = Field(sa_type=JSON)
    ended_at: datetime | None
    steps: int
    head: str = Field(sa_type=Wording)


class ImprovementStepRow(Row, table=True):
    """One step of a plan; it is only ever added, and each holds the hash of the one before."""

    __tablename__ = "improvement_step"
    __table_args__ = (
        Index("improvement_step_by", "by"),
        partial("improvement_step_handed", "plan", where="kind = 'handed'"),
    )

    plan: int = Field(foreign_key="improvement.id", primary_key=True)
    number: int = Field(primary_key=True)
    kind: str = Field(sa_type=Wording)
    by: int | None = Field(foreign_key="person.id")
    at: datetime
    content: dict[str, Any] | None = Field(sa_type=MAYBE)
    seal: str = Field(sa_type=Wording)
    before: str = Field(sa_type=Wording)
    hash: str = Field(sa_type=Wording)


IMPROVEMENT, STEP = table_of(ImprovementRow), table_of(ImprovementStepRow)
