"""What a cycle template says: its phases, who does what in each, and the rules that results follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Literal

from flows.core.page import Question
from flows.core.words import Words

Work = Literal["goals", "review", "confirm", "none"]
"""What is done in a phase: goals are written, a review is written, a to-do is ticked off, or nothing is asked."""

ReviewKind = Literal["self", "manager", "peer", "upward", "external"]


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Days on which the offices of one country rest or work against its usual calendar."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class NudgePolicy:
    """When a task is spoken of, at `hour` of the person's own day.

    `before` and `after` count calendar days to the last day, `manager` and `hr` days after it on which they are
    told what is still open; None tells them nothing. `own_days` are by ISO country code. `opening` is the hour of
    the opening where HR has chosen another: it is kept to outside working hours too.
    """

    hour: time = time(9)
    before: tuple[int, ...] = (3, 1)
    on_day: bool = True
    after: tuple[int, ...] = (2, 4)
    manager: int | None = 6
    hr: int | None = 8
    own_days: Mapping[str, OwnDays] = field(default_factory=dict)
    opening: time | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a cycle. `starts` counts days from the cycle's first day (negative: before it).

    It lasts `days` calendar days, the last of which is the deadline. A soft deadline is followed by `grace` days in
    which it is still taken, and counts as late; a hard one ends it. `who` does it: each participant, or each manager
    for each of their reports, or each manager once. `review` names the kind that is written.
    """

    name: str
    title: Words
    starts: int
    days: int
    work: Work = "none"
    who: Literal["everyone", "managers"] = "everyone"
    review: ReviewKind | None = None
    hard: bool = False
    grace: int = 7
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A kind of review and what it asks. `anonymous`: shown without authors, above the template's threshold."""

    kind: ReviewKind
    title: Words
    questions: tuple[Question, ...]
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rating scale; `value` is its number."""

    key: str
    label: Words
    value: Decimal


@dataclass(frozen=True, slots=True)
class Guide:
    """How ratings may be spread: shares in percent by the keys of steps, grouped. It warns unless `forced`."""

    shares: tuple[tuple[tuple[str, ...], Decimal], ...] = ()
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Anonymity:
    """ "attributed" shows names; otherwise the least number of answers of a group that may be shown (3 to 10)."""

    attributed: bool = False
    peers: int = 3
    upward: int = 4


GOAL_CAP = Decimal(120)
PERSPECTIVES: Mapping[str, Decimal] = {
    "financial": Decimal(40), "customer": Decimal(20), "process": Decimal(20), "learning": Decimal(20),
}  # fmt: skip
"""The perspectives of the balanced scorecard, with the usual percent of each."""


@dataclass(frozen=True, slots=True)
class Template:
    """A company's way of running a cycle. `weights` are percent by component and sum to 100.

    `perspectives` are percent by perspective of the balanced scorecard, and sum to 100; empty where there is none.
    `goal_cap` is the attainment in percent at which a goal, and all of a person's goals together, end.
    """

    name: str
    title: Words
    period: Literal["month", "quarter", "half_year", "year", "probation"]
    phases: tuple[Phase, ...]
    reviews: Mapping[str, Review] = field(default_factory=dict)
    goal_methods: tuple[Literal["kpi", "okr", "bsc"], ...] = ()
    perspectives: Mapping[str, Decimal] = field(default_factory=dict)
    goal_cap: Decimal = GOAL_CAP
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    scale: tuple[Step, ...] = ()
    guide: Guide = Guide()
    anonymity: Anonymity = Anonymity()
    nudges: NudgePolicy = NudgePolicy()
    kickoff: Words | None = None
    about: Words | None = None

    def phase(self, name: str) -> Phase | None:
        """The phase of that name."""
        return next((phase for phase in self.phases if phase.name == name), None)
