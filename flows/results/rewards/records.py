"""What is kept of rewards: a cycle's rules and budgets, what is proposed for whom, and the payroll's runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, Protocol

from flows.core.file_orders import FileOrderKeeper
from flows.cycle.template import RewardKind
from flows.results.records import ResultRecords

State = Literal["proposed", "second", "approved", "returned", "withdrawn", "cancelled"]
"""It waits for HR, for a second person of HR, is final, was sent back, taken back, or cancelled before it was paid."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rewards of one cycle as HR has opened them. All amounts are in its `currency` (ISO code).

    Managers propose until the end of the day `until` of their own zone; people see what is approved from the morning
    of `seen_on` of theirs. Above `second` an approval takes a second person. `channel` is where letters of praise are
    posted unless their person chooses another, `company` the name that stands on them; "" where HR names none.
    """

    cycle: int
    kinds: tuple[RewardKind, ...]
    currency: str
    second: Decimal | None
    until: date
    seen_on: date
    channel: str
    company: str
    opened_by: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Budget:
    """What a manager may propose for all their people; without `manager`, what all of a department's may.

    `used` is what stands in proposals that wait or are approved: never more than `amount`, as the database sees to.
    """

    id: int
    cycle: int
    department: str
    manager: int | None
    amount: Decimal
    used: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal:
        return self.amount - self.used


@dataclass(frozen=True, slots=True)
class Reward:
    """One thing that follows from a person's result.

    `title` is the new title, the honour's or the training's name. `amount` is drawn on `budget` while it waits or is
    approved; None where it costs nothing. `version` and `coefficient` are of the result that whoever proposed it saw.
    `revision` counts the changes, so that nobody approves what they have not read. `note` says why it was sent back or
    cancelled. `run` is the payroll run that has paid it, `replaces` what it corrects by its difference. `channel` is
    where its person wanted the letter of praise to be posted.
    """

    id: int
    cycle: int
    person: int
    kind: RewardKind
    state: State
    amount: Decimal | None
    title: str
    why: str
    letter: str
    valid_from: date | None
    version: int
    coefficient: Decimal | None
    budget: int | None
    proposed_by: int
    proposed_at: datetime
    revision: int = 1
    approved_by: int | None = None
    approved_at: datetime | None = None
    second_by: int | None = None
    note: str = ""
    run: int | None = None
    replaces: int | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One payroll file. `rows` are what stands in it, as it was then; `check` is the SHA-256 over them, in hex.

    A run that was cancelled has paid nobody: its rewards are in the next one.
    """

    id: int
    made_by: int
    made_at: datetime
    rows: tuple[tuple[Any, ...], ...] = ()
    check: str = ""
    cancelled_by: int | None = None
    cancelled_at: datetime | None = None


class RewardKeeper(Protocol):
    def rules(self, cycle: int) -> Rules | None: ...
    def all_rules(self) -> list[Rules]:
        """All of them, the newest first."""
        ...

    def save_rules(self, new: Rules) -> None:
        """Insert or update."""
        ...

    def budgets(self, cycle: int) -> list[Budget]:
        """Departments' first, by name, then managers'."""
        ...

    def budget_for(self, cycle: int, department: str, manager: int | None) -> Budget | None:
        """The manager's own, else the department's."""
        ...

    def set_budget(self, budget: Budget) -> bool:
        """Insert it, or give the one of the same department or manager its amount; False where more is used."""
        ...

    def draw(self, budget: int, more: Decimal) -> bool:
        """Use so much more of it (less, if negative); False, and nothing is changed, where so much is not left.

        Of any number who draw at once, no two get the same money: the row is changed only while it has enough.
        """
        ...

    def bases(self, cycle: int, people: Sequence[int]) -> dict[int, Decimal]:
        """The base amounts that HR has given, by person."""
        ...

    def set_bases(self, cycle: int, bases: Mapping[int, Decimal]) -> None: ...
    def add(self, reward: Reward) -> Reward:
        """Keep a new one, and give it its id."""
        ...

    def save(self, reward: Reward) -> None: ...
    def get(self, reward: int) -> Reward | None: ...
    def lock(self, reward: int) -> Reward | None:
        """As it stands now; nobody else changes it before this transaction has ended."""
        ...

    def of_people(self, cycle: int, people: Sequence[int]) -> list[Reward]:
        """All of these people's in a cycle, oldest first."""
        ...

    def in_state(self, cycle: int, states: Sequence[State], limit: int, after: int = 0) -> list[Reward]:
        """The oldest in these states above the id `after`."""
        ...

    def counts(self, cycle: int) -> dict[State, int]: ...
    def about(self, person: int) -> list[Reward]:
        """Everything about a person, in whatever state, oldest first."""
        ...

    def forget(self, before: datetime) -> int:
        """Take the texts from what was proposed before then; how many. Kind, amount and who stay."""
        ...

    def unpaid(self, kinds: Sequence[RewardKind]) -> int:
        """How many are approved, of these kinds, with an amount, and in no run."""
        ...

    def begin_run(self, run: Run) -> Run:
        """Keep a new one, and give it its id."""
        ...

    def claim(self, run: int, kinds: Sequence[RewardKind]) -> list[Reward]:
        """Give the run everything approved of these kinds with an amount that no run has; of two, one gets each."""
        ...

    def save_run(self, run: Run) -> None: ...
    def run(self, run: int) -> Run | None: ...
    def runs(self, limit: int) -> list[Run]:
        """The newest first."""
        ...

    def cancel_run(self, run: int, by: int, now: datetime) -> bool:
        """Take its rewards from it; False where somebody has done that already."""
        ...


class RewardRecords(ResultRecords, Protocol):
    @property
    def rewards(self) -> RewardKeeper: ...
    @property
    def file_orders(self) -> FileOrderKeeper: ...
