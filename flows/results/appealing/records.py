"""What is kept of appeals: the appeal itself, what was done about it step by step, and who decides it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

State = Literal[
    "filed", "returned", "level1", "answered", "level2", "decided", "inadmissible", "withdrawn", "lapsed"
]
"""HR checks it; it is the employee's to complete; level 1 decides; the employee accepts or goes on; level 2 decides.
Then how it ended: decided, not admissible, withdrawn, or lapsed because the employee left."""

OPEN: frozenset[State] = frozenset(("filed", "returned", "level1", "answered", "level2"))
LEVELS: Mapping[State, int] = {"level1": 1, "level2": 2}

Outcome = Literal["upheld", "partly", "rejected"]
Talk = Literal["held", "not_held", "partly_held"]
StepKind = Literal[
    "filed", "returned", "completed", "admitted", "inadmissible", "named", "note", "proposed", "agreed", "decided",
    "accepted", "silent", "went_on", "withdrawn", "late", "stepped_back", "lapsed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal of `person` against their result in `cycle`.

    `version` is the number of the version of the result that stands: the one appealed against, or what a decision has
    made of it since. `parts` are the names of the contested parts of the score, or "rating" and "procedure". `talk`:
    whether the result was talked through. `apart`: a retaliation is feared, so it goes to HR admins outside the chain
    and no manager learns of it. `step` counts the steps: the present one began at `step_at` and is due at `due_at`,
    moments in UTC. `completed`: it was sent back once. `late`: the present step is past due, and HR was told.
    `outcome` is what was decided last, "" before.
    """

    id: int
    cycle: int
    person: int
    department: str
    version: int
    state: State
    parts: tuple[str, ...]
    facts: str
    evidence: str
    talk: Talk
    wish: str
    apart: bool
    filed_at: datetime
    step: int
    step_at: datetime
    due_at: datetime
    completed: bool = False
    late: bool = False
    outcome: Outcome | Literal[""] = ""
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def level(self) -> int:
        """The level that decides now; 0 where nobody does."""
        return LEVELS.get(self.state, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done about an appeal: by whom (None: by time), when, in which words. `about` are ids and keys."""

    id: int
    appeal: int
    kind: StepKind
    by: int | None
    at: datetime
    text: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seat:
    """Who decides an appeal at a level; `on` is False for whoever was replaced or stepped back."""

    appeal: int
    level: int
    person: int
    on: bool = True


class AppealKeeper(Protocol):
    def add(self, appeal: Appeal) -> Appeal | None:
        """Keep a new one (id 0); None where the person has an open one about this result."""
        ...

    def get(self, appeal: int) -> Appeal | None: ...
    def lock(self, appeal: int) -> Appeal | None:
        """As it stands now; nobody else changes it before this transaction has ended."""
        ...

    def save(self, appeal: Appeal) -> None: ...
    def of(self, cycle: int, person: int) -> list[Appeal]:
        """Everything of one person in a cycle, oldest first."""
        ...

    def of_cycle(self, cycle: int) -> list[Appeal]:
        """Every appeal of a cycle, oldest first."""
        ...

    def cycles(self) -> list[int]:
        """The cycles that have any, the newest first."""
        ...

    def note(self, step: Step) -> Step: ...
    def steps(self, appeal: int) -> list[Step]:
        """What was done, oldest first."""
        ...

    def seat(self, seat: Seat) -> None:
        """Insert or update."""
        ...

    def seats(self, appeal: int) -> list[Seat]: ...
    def seated(self, person: int) -> list[Appeal]:
        """Those that the person decides or has decided, the newest first; without those they stepped back from."""
        ...

    def about(self, person: int) -> list[Appeal]:
        """Every appeal of the person in any cycle: what is held about them."""
        ...

    def forget(self, before: datetime) -> int:
        """Take the texts out of appeals that ended before that moment; how many appeals. Outcome and dates stay."""
        ...


class HasAppeals(Protocol):
    @property
    def appeals(self) -> AppealKeeper: ...


def on(seats: Sequence[Seat], level: int) -> list[int]:
    """Who decides at that level now."""
    return [one.person for one in seats if one.level == level and one.on]
