"""A short quarter for the stories: goals, a talk that is ticked off, a self review, and the manager's reviews."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flows.core.kinds import Rating, Text
from flows.core.page import Question
from flows.core.said import Option
from flows.core.words import Words
from flows.cycle.planning import plan_snapshot
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Phase, Review, Template

STEPS = (
    Option("1", Words("Below", "未达预期"), Words("Results are missing", "缺少成果")),
    Option("2", Words("Met", "达到预期"), Words("What was agreed is there", "完成约定目标")),
    Option("3", Words("Above", "超出预期"), Words("More than was agreed", "超出约定目标")),
)
PROUD = Question("proud", Words("What are you proud of?", "最自豪的是什么？"), Text(4))
LEARNED = Question("learned", Words("What did you learn?", "学到了什么？"), Text(4))
RESULTS = Question("results", Words("How were the results?", "成果如何？"), Rating(STEPS))
WHY = Question("why", Words("Why do you think so?", "为什么这样评价？"), Text(4), optional=True)

QUARTER = Template(
    "quarter",
    Words("Quarter", "季度"),
    "quarter",
    (
        Phase("goals", Words("Goals", "目标"), 0, 7, "goals"),
        Phase(
            "talk", Words("Goal talk", "目标沟通"), 7, 7, "confirm",
            note=Words("Talk your goals through with your manager.", "和上级当面沟通目标。"),
        ),
        Phase("self-review", Words("Self review", "自评"), 14, 10, "review", review="self"),
        Phase("manager-review", Words("Manager review", "上级评估"), 24, 10, "review", "managers", "manager"),
        Phase("calibration", Words("Calibration", "校准"), 40, 5),
    ),
    {
        "self": Review("self", Words("Self review", "自评"), (PROUD, LEARNED, RESULTS)),
        "manager": Review("manager", Words("Manager review", "上级评估"), (RESULTS, WHY)),
    },
)  # fmt: skip

MORE = tuple(
    Question(f"more{n}", Words(f"Anything about skill {n}?", f"关于第 {n} 项能力？"), Text(2), optional=True)
    for n in range(1, 12)
)
LONG = replace(
    QUARTER,
    reviews={
        **QUARTER.reviews,
        "self": Review("self", Words("Self review", "自评"), (PROUD, LEARNED, RESULTS, *MORE)),
    },
)
"""The same with a self review of two screens."""

MONDAY = date(2026, 3, 2)
ON = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)  # after nine in the morning of that Monday everywhere
WEEK = timedelta(days=7)


def launch(town: Any, opening: str = "goals", template: Template = QUARTER, name: str = "Q2") -> int:
    """Launch a cycle in which the phase `opening` opens on the Monday; what the tick does follows by itself.

    Kept is what HR's decision keeps, after the second person's yes.
    """
    phase = template.phase(opening)
    first = MONDAY - timedelta(days=phase.starts if phase else 0)

    def work(records: Any) -> int:
        hr = records.people.by_email("marta@example.com").id
        now = town.now()
        cycle = records.cycles.save(
            Cycle(0, "live", name, first, template, Audience(), hr, now, launched_by=hr, launched_at=now)
        )
        plan_snapshot(records, cycle, now)
        return int(cycle.id)

    cycle: int = town.records(work)
    town.settle()
    return cycle


def go(town: Any, moment: datetime) -> None:
    """Go to a moment week by week."""
    while town.now() + WEEK < moment:
        town.to(town.now() + WEEK)
    town.to(moment)
