"""What is kept of improvement plans: how each one stands, and every step that led there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from flows.core.file_orders import FileOrderRecords
from flows.cycle.records import CycleRecords
from flows.plans.improving.terms import Terms
from flows.plans.records import ActionRecords

State = Literal["draft", "published", "acknowledged", "paused", "met", "not_met", "withdrawn"]
OVER: frozenset[State] = frozenset({"met", "not_met", "withdrawn"})

Wish = Literal["publish", "change", "extend", "met", "not_met", "withdrawn"]
"""What a second person in HR is asked to agree to."""

StepKind = Literal[
    "asked", "returned", "published", "extended", "acknowledged", "unread", "commented", "meeting", "missed",
    "paused", "resumed", "handed", "met", "not_met", "withdrawn",
]  # fmt: skip
INSIDE: frozenset[StepKind] = frozenset({"asked", "returned"})
"""Steps between the manager and HR, which nobody else reads: what comes of them is a step of its own."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What HR is asked to agree to, by whom and why; `terms` are what would then hold, `step` is the step's number."""

    wish: Wish
    by: int
    why: str
    step: int
    terms: Terms | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One improvement plan as it stands. Days are those of `person`, moments are in UTC.

    `manager` leads it: the person's manager, or who in HR stands in while there is none. `former` led it before.
    `terms` hold since version `version` (0: nothing is published); `draft` is written and not published.
    `acknowledged` is the last version that the person has said to have read, `unread` the last of which it was noted
    that they had not. `meeting` is the day of the next meeting. `paused_on`, and whether a leave is why (`on_leave`).
    `steps` counts the steps, `head` is the hash of the last.
    """

    id: int
    person: int
    manager: int
    made_by: int
    made_at: datetime
    state: State = "draft"
    version: int = 0
    terms: Terms | None = None
    draft: Terms | None = None
    asking: Asking | None = None
    acknowledged: int = 0
    unread: int = 0
    published_at: datetime | None = None
    meeting: date | None = None
    paused_on: date | None = None
    on_leave: bool = False
    extended: int = 0
    former: tuple[int, ...] = ()
    ended_at: datetime | None = None
    steps: int = 0
    head: str = ""

    @property
    def is_over(self) -> bool:
        return self.state in OVER


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a plan, never changed afterwards.

    `by` is None where the bot noted it. `content` holds what was said; None once it was taken away by age, while
    `seal`, the hash over it, and the chain stay. `before` is the hash of the step before.
    """

    plan: int
    number: int
    kind: StepKind
    by: int | None
    at: datetime
    content: Mapping[str, Any] | None
    seal: str = ""
    before: str = ""
    hash: str = ""


class ImprovementKeeper(Protocol):
    def start(self, plan: Plan) -> Plan | None:
        """Keep a new one; None where the person has one already that is not over."""
        ...

    def get(self, plan: int) -> Plan | None: ...
    def lock(self, plan: int) -> Plan | None:
        """The plan as it stands now; nobody else changes it before this transaction has ended."""
        ...

    def save(self, plan: Plan) -> None: ...
    def add(self, step: Step) -> None: ...
    def steps(self, plan: int) -> Sequence[Step]:
        """Every step of the plan, in their order."""
        ...

    def about(self, people: Sequence[int]) -> Sequence[Plan]:
        """Plans about these people, newest first."""
        ...

    def led_by(self, person: int) -> Sequence[Plan]:
        """Plans that somebody leads, or led before, newest first."""
        ...

    def all(self, *, over: bool) -> Sequence[Plan]:
        """Every plan that is over, or every one that is not, newest first."""
        ...

    def forget(self, before: datetime) -> int:
        """Take away what was said in plans that ended before then; of how many. States, moments and hashes stay."""
        ...


class ImprovementRecords(CycleRecords, ActionRecords, FileOrderRecords, Protocol):
    @property
    def improvements(self) -> ImprovementKeeper: ...
