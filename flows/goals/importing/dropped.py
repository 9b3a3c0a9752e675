"""What is kept of a sheet between its dropping into the chat and its import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

from flows.core.file_orders import FileOrderKeeper
from flows.core.words import Words
from flows.goals.records import GoalsRecords

State = Literal["asked", "read", "unreadable", "importing", "imported"]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as texts. `rows` are (line in the file, counted from 1, and its cells as far as the header goes)."""

    header: tuple[str, ...]
    header_line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sheet that `person` dropped. `outcome` are counts of what is imported so far; `problem` says why it can't be read."""

    id: int
    person: int
    name: str
    at: datetime
    state: State = "asked"
    content: Table | None = None
    problem: Words | None = None
    outcome: Mapping[str, Any] | None = None


class DroppedKeeper(Protocol):
    def add(self, person: int, name: str, now: datetime) -> Dropped: ...
    def get(self, dropped: int) -> Dropped | None: ...
    def lock(self, dropped: int) -> Dropped | None:
        """The same, held for this transaction."""
        ...

    def save(self, dropped: Dropped) -> None: ...


class ImportRecords(GoalsRecords, Protocol):
    @property
    def file_orders(self) -> FileOrderKeeper: ...
    @property
    def dropped(self) -> DroppedKeeper: ...


def to_json(table: Table) -> dict[str, Any]:
    """The table as it is kept."""
    rows: Sequence[list[Any]] = [[line, list(cells)] for line, cells in table.rows]
    return {"header": list(table.header), "line": table.header_line, "rows": rows}


def from_json(kept: Mapping[str, Any]) -> Table:
    """The kept table."""
    rows = tuple((line, tuple(cells)) for line, cells in kept["rows"])
    return Table(tuple(kept["header"]), kept["line"], rows)
