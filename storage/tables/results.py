"""Tables of results: the ledger of versions, calibration sessions, the release who is withheld from it, and what was opened."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.columns import Exact, Wording
from storage.tables import Row, table_of


class VersionRow(Row, table=True):
    """One version of one person's result; it is only ever added to, and each holds the hash of the one before."""

    __tablename__ = "result_version"

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    version: int = Field(primary_key=True)
    kind: str = Field(sa_type=Wording)
    score: Decimal | None = Field(default=None, sa_type=Exact)
    rating: str = Field(sa_type=Wording)
    coefficient: Decimal | None = Field(default=None, sa_type=Exact)
    inputs: dict[str, Any] = Field(sa_type=JSON)
    why: str = Field(sa_type=Wording)
    by: int | None = Field(default=None, foreign_key="person.id")
    at: datetime
    before: str = Field(sa_type=Wording)
    hash: str = Field(sa_type=Wording)


class SessionRow(Row, table=True):
    """One calibration session: its participants, and the reasons for exceptions from the guide."""

    __tablename__ = "calibration"
    __table_args__ = (Index("calibration_cycle", "cycle"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    name: str = Field(sa_type=Wording)
    state: str = Field(sa_type=Wording)
    participants: list[Any] = Field(sa_type=JSON)
    exceptions: dict[str, Any] = Field(sa_type=JSON)
    made_by: int = Field(foreign_key="person.id")
    made_at: datetime
    locked_by: int | None = Field(default=None, foreign_key="person.id")
    locked_at: datetime | None = None


class SeatRow(Row, table=True):
    """Whose result a session is about: in one cycle a person is in one session at most."""

    __tablename__ = "calibration_seat"
    __table_args__ = (Index("calibration_seat_session", "session", "person"),)

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    session: int = Field(foreign_key="calibration.id")


class ReleaseRow(Row, table=True):
    """How far the opening of a cycle's results is. The answers are sealed with it, and scrubbed from the file then."""

    __tablename__ = "result_release"

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    approved_by: int | None = Field(default=None, foreign_key="person.id")
    released_at: datetime | None = None
    employees_at: datetime | None = None
    sealed_at: datetime | None = None
    scrubbed_at: datetime | None = None
    despite: str = Field(sa_type=Wording)


class WithheldRow(Row, table=True):
    """Somebody whose result is not opened with the others, and why."""

    __tablename__ = "result_withheld"

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    why: str = Field(sa_type=Wording)
    by: int = Field(foreign_key="person.id")
    at: datetime
    lifted_by: int | None = Field(default=None, foreign_key="person.id")
    lifted_at: datetime | None = None


class ReleasedRow(Row, table=True):
    """A result as it was opened, with where its person stood then: what reports count, whatever changes afterwards.

    `given` is what the manager rated, `score` in hundredths. Whoever was withheld at the release has no row. HR and the
    managers above them are not `counted`.
    """

    __tablename__ = "released_result"
    __table_args__ = ({"sqlite_with_rowid": False},)

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    person: int = Field(foreign_key="person.id", primary_key=True)
    department: str = Field(sa_type=Wording)
    level: str = Field(sa_type=Wording)
    manager: int | None = Field(default=None, foreign_key="person.id")
    rating: str = Field(sa_type=Wording)
    given: str = Field(sa_type=Wording)
    score: int | None = None
    counted: bool


VERSION = table_of(VersionRow)
SESSION = table_of(SessionRow)
SEAT = table_of(SeatRow)
RELEASE = table_of(ReleaseRow)
WITHHELD = table_of(WithheldRow)
RELEASED = table_of(ReleasedRow)
