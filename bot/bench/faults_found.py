"""What a drill found: how the bot stood a fault, and what it said meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import structlog

BEGUN = (
    "the database does not work",
    "slack does not answer",
    "slack refuses the token",
    "the clock has jumped",
)


@dataclass(frozen=True, slots=True)
class Found:
    """One row of the matrix. `said` is how often the trouble was told, `lines` how many lines there were in all.

    `recovered`: everything that people did and were owed is there in the end; `tries` is how often they had to do a thing
    again. `wrong` names what else is not as it should be.
    """

    fault: str
    did: str
    times: int
    lost: int
    twice: int
    stuck: int
    recovered: bool
    tries: int
    said: int
    lines: int
    wrong: tuple[str, ...] = ()


@dataclass(slots=True)
class Lines:
    """What was logged inside, by event."""

    entries: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def said(self) -> int:
        return sum(1 for entry in self.entries if entry["event"] in BEGUN)

    def __len__(self) -> int:
        return len(self.entries)

    def counted(self) -> Counter[str]:
        return Counter(str(entry["event"]) for entry in self.entries)


@contextmanager
def listening() -> Iterator[Lines]:
    """Take down what is logged."""
    with structlog.testing.capture_logs() as entries:
        yield Lines(entries)  # type: ignore[arg-type]
