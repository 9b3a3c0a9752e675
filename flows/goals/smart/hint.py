"""What the SMART check is given besides the goal, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from flows.core.words import Words
from flows.goals.kept import Level
from flows.goals.smart.reading import Period

Rule = Literal[
    "number",
    "unit",
    "baseline",
    "target",
    "date",
    "owner",
    "parent",
    "outcome",
    "vague",
    "duplicate",
    "attainable",
]


@dataclass(frozen=True, slots=True)
class Known:
    """A goal agreed before, of the same person or of a peer; `reached` is the value it came to, if known."""

    title: str
    unit: str
    target: Decimal
    reached: Decimal | None = None
    lower: bool = False
    per: Period = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What the check knows besides the terms.

    `first` and `last` are the cycle's days, None outside a cycle. `owned`: somebody answers for the goal. `parents`:
    there are goals that it could serve. `others` are the titles of the owner's other goals of the cycle. `history`
    are the owner's agreed goals of former cycles, `peers` agreed goals of people of the same level, both of cycles
    as long as this one. `newcomer`: hired within the last 180 days.
    """

    today: date
    first: date | None = None
    last: date | None = None
    level: Level = "person"
    owned: bool = True
    parents: bool = False
    others: tuple[str, ...] = ()
    history: tuple[Known, ...] = ()
    peers: tuple[Known, ...] = ()
    newcomer: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that would make the goal clearer, in a sentence that says what to do."""

    rule: Rule
    words: Words
