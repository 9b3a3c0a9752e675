"""What the report of appeals reads: what each came to and when its steps were, without anything that was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from flows.reports.scope import Scope
from flows.results.appealing.records import Outcome, State, StepKind

Stage = Literal["check", "level1", "level2"]
STAGES: tuple[Stage, ...] = ("check", "level1", "level2")


@dataclass(frozen=True, slots=True)
class Filed:
    """One appeal as it is counted. `parts` are its grounds, `apart` that it is kept from all but a few."""

    id: int
    person: int
    department: str
    state: State
    parts: tuple[str, ...]
    outcome: Outcome | Literal[""]
    apart: bool
    filed_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The time that one stage of an appeal took; `end` is None while it is on. `late`: it was past its clock."""

    stage: Stage
    start: datetime
    end: datetime | None
    late: bool


class AppealCounter(Protocol):
    def filed(self, cycle: int, scope: Scope) -> Sequence[Filed]:
        """The cycle's appeals of the people whom the scope counts, oldest first."""
        ...

    def steps(self, cycle: int) -> Mapping[int, Sequence[tuple[StepKind, datetime]]]:
        """By appeal, what was done when, oldest first."""
        ...


CHECKED: frozenset[StepKind] = frozenset({"admitted", "inadmissible", "returned"})
OVER: frozenset[StepKind] = frozenset({"withdrawn", "lapsed"})


def stretches(steps: Iterable[tuple[StepKind, datetime]]) -> list[Stretch]:
    """The stages that an appeal went through; what was withdrawn in the middle of a stage did not take that long."""
    found: list[Stretch] = []
    stage: Stage | None = None
    start, late, before = None, False, None
    for kind, at in steps:
        ended = (kind in CHECKED and stage == "check") or (
            kind == "decided" and stage in ("level1", "level2")
        )
        if ended and stage is not None and start is not None:
            found.append(Stretch(stage, start, at, late))
        if ended or kind in OVER:
            stage, late = None, False
        if begun := begins(kind, before):
            stage, start, late = begun, at, False
        late = late or (kind == "late" and stage is not None)
        before = kind if kind != "note" else before
    if stage is not None and start is not None:
        found.append(Stretch(stage, start, None, late))
    return found


def begins(kind: StepKind, before: StepKind | None) -> Stage | None:
    """The stage that a step begins; what was sent back and not completed in time is checked as it is."""
    if kind in ("filed", "completed") or (kind == "silent" and before == "returned"):
        return "check"
    return {"admitted": "level1", "went_on": "level2"}.get(kind)  # type: ignore[return-value]
