"""How long the stages of appeals took, in working days of whoever appeals, against their clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from flows.cycle.template import NudgePolicy
from flows.people.person import Person
from flows.reports.appeals.kept import STAGES, Filed, Stage, Stretch
from flows.results.appealing.figures import FEWEST, working_days
from flows.results.appealing.records import OPEN
from flows.results.appealing.steps import DAYS

CLOCK: Mapping[Stage, int] = {"check": DAYS["filed"], "level1": DAYS["level1"], "level2": DAYS["level2"]}


class Times:
    """How long one stage took, in working days: those that are over, how many are on, and how many were late."""

    __slots__ = ("days", "late", "on", "stage")

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.days: list[int] = []
        self.on = 0
        self.late = 0

    @property
    def middle(self) -> float | None:
        """The median; None where too few are over."""
        return float(median(self.days)) if len(self.days) >= FEWEST else None

    @property
    def in_time(self) -> int:
        return sum(one <= CLOCK[self.stage] for one in self.days)


def staged(
    found: Sequence[Filed],
    people: Mapping[int, Person],
    times: Mapping[int, Sequence[Stretch]],
    policy: NudgePolicy,
) -> list[Times]:
    """Each stage with how long it took, by the working days of whoever appeals."""
    by = {stage: Times(stage) for stage in STAGES}
    for one in found:
        for stretch in times[one.id]:
            stage = by[stretch.stage]
            stage.late += stretch.late
            if stretch.end is None:
                stage.on += one.state in OPEN
            else:
                stage.days.append(working_days(stretch.start, stretch.end, people[one.person], policy))
    return list(by.values())
