"""What goals keep: the goal with its terms, its versions, action steps, readings, signals and API tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Level = Literal["company", "department", "person"]
State = Literal["draft", "proposed", "returned", "agreed", "withdrawn"]
Shape = Literal["number", "milestones", "yes_no", "objective"]
Method = Literal["kpi", "okr", "bsc"]
Part = Literal["ordinary", "bonus", "penalty"]
Perspective = Literal["financial", "customer", "process", "learning"]
Rule = Literal["sum", "factor", "none"]
Gather = Literal["latest", "sum", "mean"]
Visibility = Literal["public", "team", "private"]
Act = Literal["drafted", "proposed", "asked", "agreed", "changed", "declined", "withdrawn", "imported"]
Source = Literal["checkin", "goal", "import", "api"]
SignalKind = Literal["off_track", "drop", "silent", "forecast"]

LARGEST = (
    Decimal(10) ** 14
)  # kept as whole ten-thousandths in 64 bits, which the database sums without rounding
PLACES = 4  # digits behind the decimal mark
LIVE: tuple[State, ...] = ("proposed", "returned", "agreed")
"""The states in which a goal counts for coverage, weights and the next step; a draft is its writer's alone."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What both sides agree about a goal.

    `unit` is "%", an ISO 4217 code, or what is counted ("customers"). `lower`: lower is better. Amounts have at most
    `PLACES` decimals and lie within ±`LARGEST`. `weight` is percent of all of the person's ordinary goals; None
    everywhere means equal weights. `part`: a bonus adds up to its weight, a penalty takes off up to its weight.
    `steps` is a step scale, (from this value on, score in percent); `milestones` are the names of what is counted.
    `measure` says in words where the number comes from, `metric` names imported data, and `gather` how a metric's
    periods make one value. `parent` is the goal that it serves, or the objective of a key result. `rule` is how its
    target counts towards the parent's: "sum" in the same unit, "factor" times `factor` parent units each, "none".
    """

    title: str
    shape: Shape = "number"
    method: Method = "kpi"
    unit: str = ""
    lower: bool = False
    baseline: Decimal | None = None
    target: Decimal | None = None
    stretch: Decimal | None = None
    weight: Decimal | None = None
    part: Part = "ordinary"
    perspective: Perspective | None = None
    steps: tuple[tuple[Decimal, Decimal], ...] = ()
    milestones: tuple[str, ...] = ()
    due: date | None = None
    measure: str = ""
    metric: str = ""
    gather: Gather = "latest"
    parent: int | None = None
    rule: Rule = "none"
    factor: Decimal | None = None
    visibility: Visibility = "team"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal. `id` 0 is one not kept yet; `cycle` is None for one that belongs to none.

    `person` answers for it at every level; `department` is set for a department's. While it is not agreed, `terms`
    are those last written and `asked_by` who wrote them: the other side answers. After agreement `terms` are in
    force, and `pending` (or `leaving`, to withdraw it) is the change that `asked_by` asks for. `version` counts the
    terms that were proposed. Moments are in UTC.
    """

    id: int
    person: int
    terms: Terms
    cycle: int | None = None
    level: Level = "person"
    department: str = ""
    state: State = "agreed"
    version: int = 1
    asked_by: int | None = None
    pending: Terms | None = None
    leaving: bool = False
    changed_at: datetime | None = None

    @property
    def key(self) -> str:
        return str(self.id)

    @property
    def title(self) -> str:
        return self.terms.title

    def __str__(self) -> str:
        return self.terms.title


@dataclass(frozen=True, slots=True)
class Version:
    """One thing that happened to a goal's terms: who did what, when, with which terms and which comment."""

    id: int
    goal: int
    version: int
    act: Act
    by: int | None
    at: datetime
    terms: Terms
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ActionStep:
    """One step towards a goal, until `due` (local day); `needs` asks for a resource, which the manager decides.

    `decided_at` (UTC) is when that was, `reached` how far the goal was then and `paced` how far it should have been,
    both in percent: what a resource brings is measured from there.
    """

    id: int
    goal: int
    title: str
    due: date | None = None
    needs: str = ""
    decision: Literal["", "granted", "declined"] = ""
    decided_by: int | None = None
    note: str = ""
    done_on: date | None = None
    decided_at: datetime | None = None
    reached: Decimal | None = None
    paced: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a series in one period. A correction is a new reading; the old one stays, with `current` False.

    `series` is `series_of(goal)` or `metric_series(…)`. `period` is an ISO day, week ("2026-W09"), month, quarter
    ("2026-Q1") or year; `day` is its last day. `by` is who gave it, `token` which API token.
    """

    id: int
    series: str
    period: str
    day: date
    value: Decimal
    source: Source
    at: datetime
    by: int | None = None
    token: int | None = None
    confidence: int | None = None
    note: str = ""
    current: bool = True


@dataclass(frozen=True, slots=True)
class Signal:
    """Something about a goal that its owner, then its manager is told once. `since` is when it began (UTC).

    `told_at` and `raised_at` (UTC) are of the last notice to the owner, and to who stands above them (`raised_to`):
    also of an episode before this one, for the same is not said again soon.
    """

    goal: int
    kind: SignalKind
    since: datetime
    told_at: datetime | None = None
    raised_at: datetime | None = None
    raised_to: int | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A right to send metrics. Empty `metrics` or `departments` mean all. The secret itself is never kept."""

    id: int
    name: str
    metrics: tuple[str, ...]
    departments: tuple[str, ...]
    made_by: int
    made_at: datetime
    revoked_at: datetime | None = None
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LibraryGoal:
    """A goal of the company's library for everybody of a job title; an empty title is for all."""

    id: int
    job: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Coverage:
    """How a goal's number is divided: `given` is what the children's targets give towards it, in its own unit.

    `children` counts those that contribute, `others` those that are only linked.
    """

    given: Decimal
    children: int
    others: int
