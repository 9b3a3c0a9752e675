"""What the reports of goals read: sums of what the last look kept, the goals that will miss, and what was granted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from flows.goals.kept import Level, SignalKind, Visibility
from flows.reports.report import By
from flows.reports.scope import Scope

Key = str | int | None
"""A department, a level, a manager's id or a goal's; None for whoever has none."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The goals that count of a group: how many, how many have a value, and how many of these are behind.

    A goal's share is percent of its owner's goals with a value. `shares` is Σ share, `points` Σ share x attainment
    ÷ 100, in percent; `paced_shares` and `paced` are the same of what was to be expected by now, of the goals that
    something is expected of.
    """

    goals: int = 0
    valued: int = 0
    behind: int = 0
    shares: Decimal = Decimal()
    points: Decimal = Decimal()
    paced_shares: Decimal = Decimal()
    paced: Decimal = Decimal()

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in Sums.__slots__))


@dataclass(frozen=True, slots=True)
class Risk:
    """A goal that will probably be missed, with its signals, since when (UTC) the oldest stands, and its forecast.

    `weight` is its share of its owner's goals in percent, 100 for the company's and departments' goals. `manager` is
    who reviews the owner in the cycle. Amounts are in the goal's unit, `ending`, `attainment` and `paced` percent.
    """

    goal: int
    title: str
    person: int
    manager: int | None
    department: str
    level: Level
    visibility: Visibility
    unit: str
    target: Decimal | None
    signals: tuple[SignalKind, ...]
    since: datetime
    weight: Decimal
    attainment: Decimal | None
    paced: Decimal | None
    low: Decimal | None
    middle: Decimal | None
    high: Decimal | None
    ending: Decimal | None


@dataclass(frozen=True, slots=True)
class Given:
    """How a goal above is divided: by all goals below it, and by those that everybody may see; in its own unit."""

    given: Decimal
    giving: int
    public: Decimal
    public_giving: int
    linked: int


@dataclass(frozen=True, slots=True)
class Lifts:
    """What was asked for and granted in a group, and what it brought.

    `goals` are those with a granted resource of which both ends are known, `grants` (m) how many were granted for
    them. x is a goal's lift in percent points: how much further ahead of the even pace it is than when the first was
    granted. The sums are of x, x², x·m and m² over these goals.
    """

    asked: int = 0
    granted: int = 0
    goals: int = 0
    grants: int = 0
    lift: Decimal = Decimal()
    squares: Decimal = Decimal()
    products: Decimal = Decimal()
    grants_squared: int = 0

    def __add__(self, other: Lifts) -> Lifts:
        return Lifts(*(getattr(self, name) + getattr(other, name) for name in Lifts.__slots__))


class GoalsKeeper(Protocol):
    """Sums over the goals of a cycle whose owners a scope counts; private goals are in none of them."""

    def last_look(self, cycle: int) -> date | None:
        """The day (UTC) of which standings are kept; None where none are."""
        ...

    def sums(self, cycle: int, scope: Scope, by: By) -> list[tuple[Key, Sums]]: ...
    def weeks(self, cycle: int, scope: Scope) -> list[tuple[date, Sums]]:
        """The same on each Monday, by day."""
        ...

    def missing(self, cycle: int, scope: Scope, limit: int) -> list[Risk]:
        """Goals that will probably be missed, private ones too: first where weight x gap is largest."""
        ...

    def above(self, cycle: int, scope: Scope) -> set[int]:
        """The goals of the company and of departments that the scope answers for."""
        ...

    def given(self, cycle: int) -> dict[int, Given]:
        """How each goal of the company and of departments that has any below it is divided."""
        ...

    def agreed(self, cycle: int, scope: Scope, by: By) -> list[tuple[Key, int, int]]:
        """(group, who takes part, who of them has an agreed goal)."""
        ...

    def lifts(
        self, cycle: int, scope: Scope, by: By, granted_before: datetime
    ) -> list[tuple[Key, int | None, Lifts]]:
        """(group, project, what was asked for in steps). Steps of private goals are left out.

        A project is the company's or a department's goal that the work serves; None where it serves none. What was
        granted later than `granted_before` is counted as granted, and measured once it has had its time.
        """
        ...

    def compared(self, cycle: int, scope: Scope, by: By) -> list[tuple[Key, Decimal | None, Decimal | None]]:
        """(group, mean attainment in percent of goals with a granted resource, of those without)."""
        ...

    def granted_in_checkins(
        self, cycle: int, scope: Scope, by: By, first: datetime, last: datetime
    ) -> dict[Key, int]:
        """How many requests of check-ins were granted between two moments; they belong to no goal."""
        ...
