"""What a cycle template says: its phases, who does what in each, and the rules that results follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Literal

from flows.core.page import Question
from flows.core.words import Words

Work = Literal["goals", "nominate", "review", "plan", "interview", "confirm", "none"]
"""What is done in a phase: goals are written, reviewers named, a review or a development plan written, a talk
about the result held, a to-do ticked off, or nothing."""

ReviewKind = Literal["self", "manager", "peer", "upward", "project", "external"]
"""Who writes it: oneself, the manager, colleagues, one's reports, a project or dotted-line lead, somebody outside."""

Private = Literal["manager", "hr"]
"""Who alone reads a private question: the manager, the managers above and HR; or HR only."""

Nominator = Literal["employee", "manager", "hr"]

RewardKind = Literal["bonus", "raise", "promotion", "role", "training", "honour", "warning"]
"""What may follow from a result; "role" is another role, "honour" a title with a letter of praise."""


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


INTERVIEW_MINUTES = 45


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of a cycle. `starts` counts days from the cycle's first day (negative: before it).

    It lasts `days` calendar days, the last of which is the deadline. A soft deadline is followed by `grace` days in
    which it is still taken, and counts as late; a hard one ends it. `who` does it: each participant, or each manager
    for each of their reports, or each manager once. `review` names the kind that is written, `minutes` is how long an
    interview lasts.
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
    minutes: int = INTERVIEW_MINUTES


@dataclass(frozen=True, slots=True)
class Review:
    """A kind of review and what it asks. `anonymous`: shown without authors, above the template's threshold.

    `private` names the questions whose answers the one it is about never reads, and who does.
    """

    kind: ReviewKind
    title: Words
    questions: tuple[Question, ...]
    anonymous: bool = False
    private: Mapping[str, Private] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rating scale; `value` is its number.

    `least` is the computed score (0 to the cap) from which on it is proposed; None leaves that to the scale's rule.
    `coefficient` is what pay is multiplied by, apart from the rating; None where the template says nothing of it.
    """

    key: str
    label: Words
    value: Decimal
    least: Decimal | None = None
    coefficient: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """How ratings may be spread: shares in percent by the keys of steps, grouped. It warns unless `forced`.

    A group may differ by `tolerance` percentage points. Groups of fewer than `pool` people are looked at together.
    """

    shares: tuple[tuple[tuple[str, ...], Decimal], ...] = ()
    forced: bool = False
    tolerance: Decimal = Decimal(10)
    pool: int = 10


@dataclass(frozen=True, slots=True)
class Anonymity:
    """ "attributed" shows names; otherwise the least number of answers of a group that may be shown (3 to 10)."""

    attributed: bool = False
    peers: int = 3
    upward: int = 4


@dataclass(frozen=True, slots=True)
class Nominations:
    """Who names the reviewers of somebody, and how many: at least `least`, at most `most`.

    With `approve` the manager says yes or no to each; what is undecided when the reviews open counts as approved.
    Nobody is asked for more than `load` reviews of colleagues in one cycle.
    """

    least: int = 3
    most: int = 5
    by: tuple[Nominator, ...] = ("employee",)
    approve: bool = True
    load: int = 6


@dataclass(frozen=True, slots=True)
class Free:
    """A scale without steps: any number from `least` to `most` with `places` decimals."""

    least: Decimal
    most: Decimal
    places: int = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """How results are opened: to managers first, `lead` working days later (1 at least) to everybody.

    `view` working days there are to look at one's result, and `appeal` working days to appeal against it.
    """

    lead: int = 2
    view: int = 5
    appeal: int = 7


REWARD_KINDS: tuple[RewardKind, ...] = (
    "bonus", "raise", "promotion", "role", "training", "honour", "warning",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewards:
    """What may follow from the results: of which kinds, in which currency (ISO code).

    What costs more than `second` takes a second person's approval; None: nothing does.
    """

    kinds: tuple[RewardKind, ...] = REWARD_KINDS
    currency: str = "CNY"
    second: Decimal | None = None


GOAL_CAP = Decimal(120)
EXTERNAL_DAYS = 14
PERSPECTIVES: Mapping[str, Decimal] = {
    "financial": Decimal(40), "customer": Decimal(20), "process": Decimal(20), "learning": Decimal(20),
}  # fmt: skip
"""The perspectives of the balanced scorecard, with the usual percent of each."""


@dataclass(frozen=True, slots=True)
class Template:
    """A company's way of running a cycle. `weights` are percent by component and sum to 100.

    `perspectives` are percent by perspective of the balanced scorecard, and sum to 100; empty where there is none.
    `goal_cap` is the attainment in percent at which a goal, and all of a person's goals together, end.
    `formula` computes the result instead of the weighted mean. `free` is a scale without steps, instead of `scale`.
    An external reviewer's link is good for `external_days` days.
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
    nominations: Nominations = Nominations()
    formula: str | None = None
    free: Free | None = None
    opening: Opening = Opening()
    external_days: int = EXTERNAL_DAYS
    rewards: Rewards = Rewards()

    def phase(self, name: str) -> Phase | None:
        """The phase of that name."""
        return next((phase for phase in self.phases if phase.name == name), None)
