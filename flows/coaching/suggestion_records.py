"""What is kept of the suggestion box: what was said, in which week, and nothing of who said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal, Protocol

from flows.core.records import Records

SuggestionState = Literal["new", "in_progress", "answered", "closed"]
Whose = Literal["author", "hr"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was said about a suggestion, in the week that begins on that Monday (UTC)."""

    whose: Whose
    text: str
    week: date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggestion and what was said since, the first remark being the suggestion itself.

    `signed` is its author where they wanted to be known; of all others nothing here tells the author.
    """

    id: str
    remarks: tuple[Remark, ...]
    state: SuggestionState = "new"
    category: str = "other"
    signed: int | None = None

    @property
    def text(self) -> str:
        return self.remarks[0].text

    @property
    def week(self) -> date:
        """The Monday of the week in which it was made."""
        return self.remarks[0].week

    @property
    def latest(self) -> Remark:
        return self.remarks[-1]

    def having(self, remark: Remark, state: SuggestionState) -> Suggestion:
        """The same with one remark more."""
        return replace(self, remarks=(*self.remarks, remark), state=state)

    def to_hr(self, week: date) -> Suggestion | None:
        """What HR sees in a week: all but what its author said in that very week; None while that is everything."""
        seen = tuple(one for one in self.remarks if one.whose == "hr" or one.week < week)
        return replace(self, remarks=seen).reopened() if self.week < week else None

    def reopened(self) -> Suggestion:
        """The same as it stands: answered, it is in progress again once its author has written on."""
        again = self.state == "answered" and self.latest.whose == "author"
        return replace(self, state="in_progress") if again else self


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


class SuggestionKeeper(Protocol):
    def can_open(self) -> bool:
        """Whether the key is there, or nothing that needs it."""
        ...

    def add(self, author: int, suggestion: Suggestion) -> Suggestion | None:
        """Keep a new one under a name that only its author is led to; None where they have very many."""
        ...

    def of_author(self, person: int) -> Sequence[Suggestion]:
        """What somebody has suggested, by week."""
        ...

    def everything(self) -> Sequence[Suggestion]:
        """All, the newest week first, in no order within one."""
        ...

    def get(self, suggestion: str) -> Suggestion | None:
        """To be changed: nobody else changes it meanwhile."""
        ...

    def save(self, suggestion: Suggestion) -> None: ...

    def forget(self, before: datetime) -> int:
        """Take away those of which nothing was said since that moment's day (UTC); how many, 0 while the box is locked."""
        ...


class SuggestionRecords(Records, Protocol):
    @property
    def suggestions(self) -> SuggestionKeeper: ...
