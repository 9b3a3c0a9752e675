"""What the goals' flows ask of the storage, besides what every cycle does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from flows.cycle.records import CycleRecords
from flows.goals.kept import (
    ActionStep,
    Coverage,
    Goal,
    LibraryGoal,
    Reading,
    Signal,
    SignalKind,
    State,
    Token,
    Version,
)
from flows.goals.measure.kept_standing import StandingRecords
from flows.goals.signals.watched import Watched
from flows.plans.records import ActionRecords


class GoalRecords(Protocol):
    def get(self, goal: int) -> Goal | None: ...
    def lock(self, goal: int) -> Goal | None:
        """The goal as it stands now; nobody else changes it before this transaction has ended."""
        ...

    def many(self, goals: Iterable[int]) -> list[Goal]: ...
    def of_person(self, person: int) -> list[Goal]:
        """What they work towards now, of live cycles and of none: agreed, proposed or returned, in their order."""
        ...

    def worked_towards(self, people: Sequence[int]) -> list[Goal]:
        """The same of many people at once, by person."""
        ...

    def add(self, person: int, title: str) -> Goal: ...
    def of_cycle(self, cycle: int, person: int) -> list[Goal]:
        """The person's own goals in the cycle (level "person"), drafts too, without those withdrawn, in their order."""
        ...

    def of_people(self, cycle: int, people: Sequence[int]) -> list[Goal]:
        """The same of many people at once, by person, without drafts."""
        ...

    def above(self, cycle: int) -> list[Goal]:
        """The company's and departments' goals of the cycle, without those withdrawn: company first, then by name."""
        ...

    def answered_for(self, cycle: int, person: int) -> list[Goal]:
        """The company's and departments' goals that this person answers for."""
        ...

    def children(self, goals: Sequence[int]) -> list[Goal]:
        """Goals right below, in live states, at any level."""
        ...

    def line_up(self, goal: int) -> list[Goal]:
        """The goal's parent, that one's parent, and so on to the top; a loop ends it."""
        ...

    def coverage(self, goals: Sequence[int]) -> dict[int, Coverage]:
        """How each of these is divided; those that nothing serves are left out."""
        ...

    def cycle_coverage(self, cycle: int) -> dict[int, Coverage]:
        """The same for every goal of the cycle that has a child, in one read."""
        ...

    def save(self, goal: Goal, version: Version | None = None) -> Goal:
        """Insert (id 0) or update, with its contribution to its parent and its line of history; gives it with its id.

        Where its own number or unit has changed, its children's contributions are worked out anew.
        """
        ...

    def add_many(self, goals: Sequence[Goal], versions: Sequence[Version]) -> list[int]:
        """Keep many new ones, one version each (its `goal` is filled in); their ids in the same order."""
        ...

    def forget(self, goals: Sequence[int]) -> None:
        """Take drafts away for good; what was reported about them keeps their titles."""
        ...

    def history(self, goal: int) -> list[Version]:
        """Everything that happened to it, oldest first."""
        ...

    def histories(self, goals: Sequence[int]) -> dict[int, list[Version]]: ...
    def answers(self, cycle: int, person: int, since: datetime) -> list[Version]:
        """What others did to the person's goals in the cycle since that moment, oldest first, at every level."""
        ...

    def latest_of(self, person: int, before: int, limit: int) -> list[Goal]:
        """The person's agreed goals of cycles other than `before`, newest first: their history."""
        ...

    def of_peers(self, cycle: int, level: str, person: int, limit: int) -> list[Goal]:
        """Agreed goals with a number of others of the same level (of the directory) in the cycle and earlier ones."""
        ...

    def states(self, cycle: int, people: Sequence[int]) -> dict[int, dict[State, int]]:
        """How many of each person's goals are in each state."""
        ...

    def unagreed(
        self, cycle: int, departments: frozenset[str] | None, after: int, limit: int
    ) -> list[tuple[int, str]]:
        """(person, department) of participants without one agreed goal, by id above `after`, in HR's scope."""
        ...

    def unagreed_count(self, cycle: int) -> dict[str, int]:
        """How many participants have no agreed goal, by department; departments without any are left out."""
        ...

    def with_metric(self, metric: str, after: int, limit: int) -> list[Goal]:
        """Goals of live cycles that read this metric, by id above `after`."""
        ...

    def watched(self, after: int, limit: int) -> list[Watched]:
        """Agreed goals of live cycles, without objectives, by id above `after`: the nightly look takes slices of them."""
        ...


class StepRecords(Protocol):
    def of_goals(self, goals: Sequence[int]) -> list[ActionStep]:
        """By goal, then by due day."""
        ...

    def get(self, step: int) -> ActionStep | None: ...
    def save(self, step: ActionStep) -> ActionStep: ...
    def forget(self, steps: Sequence[int]) -> None: ...


class ReadingRecords(Protocol):
    def of(self, series: Sequence[str]) -> dict[str, list[Reading]]:
        """The current readings of each series, by day; series without any are left out."""
        ...

    def plain(self, series: Sequence[str]) -> dict[str, list[tuple[date, float]]]:
        """The same as (day, value) in floats, for the work over a whole company: no value is shown from these."""
        ...

    def get(self, reading: int) -> Reading | None: ...
    def history(self, series: str, period: str) -> list[Reading]:
        """Everything that was ever said for one period, oldest first."""
        ...

    def keep(self, readings: Sequence[Reading]) -> tuple[int, int, int]:
        """Keep them; (new, corrected, the same as before). Of two for one series and period the later wins.

        What was imported and then corrected by hand stays corrected while the import says the same again; once the
        import says something else, that is newer and stands.
        """
        ...


class SignalRecords(Protocol):
    def of_goals(self, goals: Sequence[int]) -> dict[int, list[Signal]]: ...
    def begin(self, signals: Sequence[Signal]) -> int:
        """Keep those that do not stand yet (unique by goal and kind); how many. What was told before stays known."""
        ...

    def end(self, ended: Sequence[tuple[int, SignalKind]], now: datetime) -> None: ...
    def standing(self, after: int, limit: int) -> list[Signal]:
        """Every signal that stands, of goals with an id above `after`, by goal; a goal's own never come apart."""
        ...

    def told(self, signals: Sequence[Signal]) -> None:
        """Keep whom these were told to and when."""
        ...

    def told_to(self, person: int, at: datetime) -> list[Signal]:
        """Those that stand and that the owner is told with the notice of that moment."""
        ...

    def raised_to(self, person: int, at: datetime) -> list[Signal]:
        """Those that stand and that this person is told about others with the notice of that moment."""
        ...


class TokenRecords(Protocol):
    def make(
        self, name: str, metrics: Sequence[str], departments: Sequence[str], by: int, now: datetime
    ) -> tuple[Token, str]:
        """A new token and its secret, which is given this once and kept only as a hash."""
        ...

    def find(self, secret: str) -> Token | None:
        """The token of a secret, revoked or not."""
        ...

    def get(self, token: int) -> Token | None: ...
    def all(self) -> list[Token]: ...
    def revoke(self, token: int, now: datetime) -> None: ...
    def used(self, token: int, now: datetime) -> None: ...


class LibraryRecords(Protocol):
    def for_job(self, job: str) -> list[LibraryGoal]:
        """Those for this job title, and those for everybody."""
        ...

    def all(self) -> list[LibraryGoal]: ...
    def get(self, entry: int) -> LibraryGoal | None: ...
    def replace(self, job: str, entries: Sequence[LibraryGoal]) -> None:
        """Put these instead of what there was for the job title."""
        ...


class GoalsRecords(CycleRecords, ActionRecords, Protocol):
    @property
    def goals(self) -> GoalRecords: ...
    @property
    def steps(self) -> StepRecords: ...
    @property
    def readings(self) -> ReadingRecords: ...
    @property
    def signals(self) -> SignalRecords: ...
    @property
    def standings(self) -> StandingRecords: ...
    @property
    def tokens(self) -> TokenRecords: ...
    @property
    def library(self) -> LibraryRecords: ...


__all__ = [
    "Decimal", "GoalRecords", "GoalsRecords", "Iterator", "LibraryRecords", "Mapping", "ReadingRecords",
    "SignalRecords", "StepRecords", "TokenRecords",
]  # fmt: skip
