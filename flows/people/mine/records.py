"""What is kept about what is kept: rows about a person, who opened their record, requests, and how long things stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from flows.core.file_orders import FileOrderKeeper
from flows.results.rewards.records import RewardRecords

Keeping = Literal["texts", "ratings", "pay", "traces"]
"""A class of what is kept: what people wrote, what they were rated, what they were paid, and the bot's own traces."""

Wish = Literal["correction", "erasure"]
RequestState = Literal["open", "done", "declined"]


@dataclass(frozen=True, slots=True)
class Opening:
    """On the day `day` (of the one it is about) `reader` opened something of the kind `kind` about `person`."""

    person: int
    reader: int
    kind: str
    day: date


@dataclass(frozen=True, slots=True)
class DataRequest:
    """What somebody asked for about their own data at `at`, and what HR (`by`) answered at `ended_at`, in UTC."""

    id: int
    person: int
    wish: Wish
    text: str
    at: datetime
    state: RequestState = "open"
    answer: str = ""
    by: int | None = None
    ended_at: datetime | None = None


class HeldKeeper(Protocol):
    """Rows about a person, whatever table they stand in, as names and values."""

    def rows(
        self, table: str, columns: Sequence[str], mine: Sequence[str], person: int
    ) -> Sequence[Mapping[str, Any]]:
        """Rows that name the person in one of the columns `mine`, oldest first. "parent.column" means: of the row that
        the row's own column `parent` belongs to."""
        ...

    def named(self, table: str, mine: Sequence[str], person: int) -> set[int]:
        """The ids of everybody else whom these rows name."""
        ...


class OpeningKeeper(Protocol):
    def note(self, opening: Opening) -> None:
        """Keep it; said twice on a day, it is kept once."""
        ...

    def of(self, person: int) -> Sequence[Opening]:
        """Who opened this person's record, the latest first."""
        ...


class DataRequestKeeper(Protocol):
    def add(self, request: DataRequest) -> DataRequest: ...
    def get(self, request: int) -> DataRequest | None: ...
    def save(self, request: DataRequest) -> None: ...
    def of(self, person: int) -> Sequence[DataRequest]: ...
    def open(self) -> Sequence[DataRequest]:
        """All that nobody has answered, oldest first."""
        ...


class RetentionKeeper(Protocol):
    def months(self) -> Mapping[Keeping, int]:
        """How many months HR has chosen for each class; those that are missing have their default."""
        ...

    def choose(self, keeping: Keeping, months: int, by: int, at: datetime) -> None: ...
    def parts(self) -> Sequence[tuple[str, Keeping]]:
        """The name and class of everything that ends, in the order in which it is let go."""
        ...

    def let_go(self, part: str, before: datetime, limit: int) -> tuple[int, bool]:
        """Take away the contents of at most `limit` rows of a part from before a moment (UTC).

        How many were let go, and whether it is done up to that moment.
        """
        ...

    def is_let_go(self, part: str, moment: datetime) -> bool:
        """Whether what ended at that moment (UTC) of a part was let go of."""
        ...

    def erase(self, person: int) -> Mapping[str, int]:
        """Take away at once the texts that are about this person or were written by them about themselves; how many
        rows of which part. Reviews of a cycle that HR hasn't closed stay: its results are made of them."""
        ...


class MineRecords(RewardRecords, Protocol):
    @property
    def file_orders(self) -> FileOrderKeeper: ...
    @property
    def held(self) -> HeldKeeper: ...
    @property
    def openings(self) -> OpeningKeeper: ...
    @property
    def wishes(self) -> DataRequestKeeper: ...
    @property
    def retention(self) -> RetentionKeeper: ...
