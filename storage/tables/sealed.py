"""Tables of anonymous answers: encrypted while they can be changed, without any author afterwards.

None of them has a moment, a counter or an order: a row's key is random, so that nothing tells when it came.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Index, LargeBinary
from sqlmodel import Field

from storage.columns import Wording
from storage.tables import Row, table_of


class PenRow(Row, table=True):
    """What one author has sent about one person, until the release: only the cycle's key opens it or says whose it is.

    `bag` is an HMAC of whom it is about, `id` of who wrote about whom, both under the cycle's key. What is in one bag
    lies together.
    """

    __tablename__ = "pen"
    __table_args__ = (Index("pen_cycle", "cycle"), {"sqlite_with_rowid": False})

    bag: str = Field(sa_type=Wording, primary_key=True)
    id: str = Field(sa_type=Wording, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    content: bytes = Field(sa_type=LargeBinary)


class SealedAnswerRow(Row, table=True):
    """One answer to one question about one person, whose author nobody can tell any more."""

    __tablename__ = "sealed_answer"
    __table_args__ = (Index("sealed_answer_about", "cycle", "about"), {"sqlite_with_rowid": False})

    id: str = Field(sa_type=Wording, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    about: int = Field(foreign_key="person.id")
    phase: str = Field(sa_type=Wording)
    kind: str = Field(sa_type=Wording)
    question: str = Field(sa_type=Wording)
    answer: Any = Field(sa_type=JSON)


class SealedGroupRow(Row, table=True):
    """What is shown of one group about one person: rounded averages by question, or that nothing is shown.

    `shown` says whether the group reached its threshold and its complement did too.
    """

    __tablename__ = "sealed_group"
    __table_args__ = ({"sqlite_with_rowid": False},)

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    about: int = Field(foreign_key="person.id", primary_key=True)
    phase: str = Field(sa_type=Wording, primary_key=True)
    kind: str = Field(sa_type=Wording)
    shown: bool
    averages: dict[str, Any] = Field(sa_type=JSON)


class ClosedGroupRow(Row, table=True):
    """A group that may be shown from now on: nobody is asked about this person in this phase any more.

    `readers` are those who were asked and could read it at that time, by id. None of it says who wrote.
    """

    __tablename__ = "closed_group"
    __table_args__ = ({"sqlite_with_rowid": False},)

    cycle: int = Field(foreign_key="cycle.id", primary_key=True)
    about: int = Field(foreign_key="person.id", primary_key=True)
    phase: str = Field(sa_type=Wording, primary_key=True)
    readers: Any = Field(sa_type=JSON)


class FlagRow(Row, table=True):
    """HR's word about one anonymous comment before the release: to be put in other words, or withheld with a reason.

    `id` is an HMAC of the pen and the question under the cycle's key: it names no author.
    """

    __tablename__ = "comment_flag"
    __table_args__ = (Index("comment_flag_cycle", "cycle"), {"sqlite_with_rowid": False})

    id: str = Field(sa_type=Wording, primary_key=True)
    cycle: int = Field(foreign_key="cycle.id")
    about: int = Field(foreign_key="person.id")
    phase: str = Field(sa_type=Wording)
    question: str = Field(sa_type=Wording)
    state: str = Field(sa_type=Wording)
    why: str = Field(sa_type=Wording)
    by: int = Field(foreign_key="person.id")


PEN = table_of(PenRow)
SEALED_ANSWER = table_of(SealedAnswerRow)
SEALED_GROUP = table_of(SealedGroupRow)
CLOSED_GROUP = table_of(ClosedGroupRow)
FLAG = table_of(FlagRow)
