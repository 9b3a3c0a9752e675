"""What is kept of development plans: what somebody wants to grow in, as both sides agreed, version by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from flows.plans.records import ActionRecords
from flows.plans.training_kept import TrainingRecords
from flows.results.records import ResultRecords

PlanState = Literal["proposed", "returned", "agreed"]
PlanAct = Literal["proposed", "asked", "agreed", "changed", "declined", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Planned:
    """One action of a plan: what, and by which day of the person's."""

    text: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a plan says: skills to grow, trainings, the career step, what support it takes, and the actions."""

    skills: str
    training: str = ""
    step: str = ""
    support: str = ""
    actions: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True)
class DevelopmentPlan:
    """Somebody's plan of a cycle (None: of none). `id` 0 is one not kept yet.

    While it is not agreed, `content` is what was written last and `asked_by` who wrote it: the other side answers.
    After agreement `content` is in force, and `pending` is the change that `asked_by` asks for. `version` counts what
    was proposed, `asked` how often something was put before the other side. `changed_at` is in UTC.
    """

    id: int
    person: int
    cycle: int | None
    state: PlanState
    content: Content
    changed_at: datetime
    pending: Content | None = None
    version: int = 1
    asked: int = 0
    asked_by: int | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One thing that happened to a plan: who did what, when (UTC), with which content and which comment."""

    id: int
    plan: int
    version: int
    act: PlanAct
    by: int
    at: datetime
    content: Content
    comment: str = field(default="")


class DevelopmentKeeper(Protocol):
    def get(self, plan: int) -> DevelopmentPlan | None: ...
    def lock(self, plan: int) -> DevelopmentPlan | None:
        """The plan as it stands now; nobody else changes it before this transaction has ended."""
        ...

    def find(self, person: int, cycle: int | None) -> DevelopmentPlan | None: ...
    def of_person(self, person: int) -> Sequence[DevelopmentPlan]:
        """All of the person's plans, the newest cycle's first, the one of none last."""
        ...

    def latest_of(self, people: Sequence[int]) -> Mapping[int, DevelopmentPlan]:
        """Each one's plan that changed last, for those who have one."""
        ...

    def open_of(self, people: Sequence[int]) -> Sequence[DevelopmentPlan]:
        """The plans of these people in which an answer is awaited."""
        ...

    def save(self, plan: DevelopmentPlan, step: PlanStep) -> DevelopmentPlan | None:
        """Insert (id 0) or update, with what happened; None where somebody else was first to write a new one."""
        ...

    def history(self, plan: int) -> Sequence[PlanStep]:
        """What happened, oldest first."""
        ...

    def forget_texts(self, before: datetime) -> int:
        """Empty the words of plans that have not changed since then (UTC), and of their history; how many plans."""
        ...


class PlanRecords(ResultRecords, ActionRecords, TrainingRecords, Protocol):
    @property
    def development(self) -> DevelopmentKeeper: ...


def to_json(content: Content) -> dict[str, Any]:
    """The content as it is kept."""
    return {
        "skills": content.skills,
        "training": content.training,
        "step": content.step,
        "support": content.support,
        "actions": [[one.text, one.due and one.due.isoformat()] for one in content.actions],
    }


def from_json(kept: Mapping[str, Any]) -> Content:
    """The kept content; of one whose words were taken away nothing is left."""
    return Content(
        kept.get("skills", ""),
        kept.get("training", ""),
        kept.get("step", ""),
        kept.get("support", ""),
        tuple(
            Planned(text, date.fromisoformat(due) if due else None) for text, due in kept.get("actions", ())
        ),
    )
