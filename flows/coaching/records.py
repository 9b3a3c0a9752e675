"""What is kept of praise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from flows.core.records import Records

A_YEAR = timedelta(days=365)  # how long praise is listed and joins two people


@dataclass(frozen=True, slots=True)
class Praise:
    """What somebody (`by`) praised a colleague (`about`) for, at a moment in UTC."""

    id: int
    about: int
    by: int
    text: str
    at: datetime


class PraiseKeeper(Protocol):
    def keep(self, praise: Praise) -> Praise:
        """Keep a new one, and give it its id."""
        ...

    def get(self, praise: int) -> Praise | None: ...

    def about(self, person: int, since: datetime) -> Sequence[Praise]:
        """What somebody was praised for since then, oldest first."""
        ...

    def with_whom(self, person: int, since: datetime) -> Sequence[int]:
        """Whom somebody praised or was praised by since then, by id."""
        ...


class PraiseRecords(Records, Protocol):
    @property
    def praise(self) -> PraiseKeeper: ...
