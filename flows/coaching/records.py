"""What is kept of praise, and of HR's rules for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from flows.core.records import Records
from flows.core.words import Words

A_YEAR = timedelta(days=365)  # how long praise is listed and joins two people


@dataclass(frozen=True, slots=True)
class Praise:
    """What somebody (`by`) praised a colleague (`about`) for, at a moment in UTC.

    The company value is kept as it was called then. `channel` is the messenger's id of where it was said; None: it is
    between the two. `points` are for show, and in no formula.
    """

    id: int
    about: int
    by: int
    text: str
    at: datetime
    value_en: str | None = None
    value_zh: str | None = None
    channel: str | None = None
    points: int | None = None

    @property
    def value(self) -> Words | None:
        """The company value that it is an example of."""
        return Words(self.value_en, self.value_zh or self.value_en) if self.value_en else None


USUAL_VALUES = (
    Words("Customers first", "客户至上"),
    Words("Ownership", "主动担当"),
    Words("Working together", "团队协作"),
    Words("Learning", "持续学习"),
    Words("Honesty", "正直诚信"),
)


@dataclass(frozen=True, slots=True)
class PraiseRules:
    """What HR has set: the company's values, the channels (id, name) for public praise, and points a month (None: off)."""

    values: tuple[Words, ...] = USUAL_VALUES
    channels: tuple[tuple[str, str], ...] = ()
    points: int | None = None


class PraiseKeeper(Protocol):
    def keep(self, praise: Praise) -> Praise:
        """Keep a new one, and give it its id."""
        ...

    def get(self, praise: int) -> Praise | None: ...

    def about(self, person: int, since: datetime) -> Sequence[Praise]:
        """What somebody was praised for since then, oldest first."""
        ...

    def by(self, person: int, since: datetime) -> Sequence[Praise]:
        """What somebody praised others for since then, oldest first."""
        ...

    def points_given(self, person: int, since: datetime) -> int:
        """How many points somebody has given since then; nobody gives any at the same time for them."""
        ...

    def with_whom(self, person: int, since: datetime) -> Sequence[int]:
        """Whom somebody praised or was praised by since then, by id."""
        ...

    def rules(self) -> PraiseRules:
        """What HR has set, or what is usual."""
        ...

    def set_rules(self, rules: PraiseRules) -> None: ...

    def forget(self, before: datetime) -> int:
        """Take away what is older; how many."""
        ...


class PraiseRecords(Records, Protocol):
    @property
    def praise(self) -> PraiseKeeper: ...
