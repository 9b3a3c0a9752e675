"""A quarter in which everybody is reviewed from all sides, and who is named to review whom, for the stories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flows.core.kinds import Rating, Text
from flows.core.page import Question
from flows.core.words import Words
from flows.cycle.template import Anonymity, Phase, Review, Template
from flows.goals.kept import Goal, Terms
from flows.reviews.records import Nomination
from tests.stories.quarter import ON, QUARTER, RESULTS, STEPS, WEEK, WHY, go, launch

HELPS = Question(
    "helps", Words("How much does this person help?", "此人给你的帮助有多大？"), Rating(STEPS, unknown=True)
)
KEEP = Question("keep", Words("What should this person keep doing?", "哪些做法值得保持？"), Text(4))
STOP = Question("stop", Words("And what not?", "哪些做法应当停止？"), Text(4), optional=True)
READY = Question("ready", Words("Ready for the next level?", "是否可以晋级？"), Text(2), optional=True)
RISK = Question("risk", Words("Might they leave?", "有离职风险吗？"), Text(2), optional=True)

PEERS, UPWARD, PROJECTS = "peers", "upward", "projects"
SIDES = replace(
    QUARTER,
    phases=(
        Phase("goals", Words("Goals", "目标"), 0, 7, "goals"),
        Phase("self-review", Words("Self review", "自评"), 14, 10, "review", review="self", grace=4),
        Phase(PEERS, Words("Reviews by colleagues", "同事评估"), 14, 10, "review", review="peer", grace=4),
        Phase(UPWARD, Words("Reviews of managers", "向上评估"), 14, 10, "review", review="upward", grace=4),
        Phase(PROJECTS, Words("Reviews by project leads", "项目评估"), 14, 10, "review", review="project", grace=4),
        Phase("manager-review", Words("Manager review", "上级评估"), 24, 10, "review", "managers", "manager", grace=4),
        Phase("calibration", Words("Calibration", "校准"), 42, 5),
    ),
    reviews={
        **QUARTER.reviews,
        "peer": Review("peer", Words("Review by a colleague", "同事评估"), (HELPS, KEEP, STOP), anonymous=True),
        "upward": Review("upward", Words("Review of my manager", "向上评估"), (HELPS, KEEP), anonymous=True),
        "project": Review(
            "project", Words("Review by a project lead", "项目评估"), (RESULTS, KEEP, READY, RISK),
            private={"ready": "manager", "risk": "hr"},
        ),
        "manager": Review(
            "manager", Words("Manager review", "上级评估"), (RESULTS, WHY, READY, RISK),
            private={"ready": "manager", "risk": "hr"},
        ),
    },
    anonymity=Anonymity(peers=3, upward=4),
)  # fmt: skip

WITH_NAMES = replace(
    SIDES,
    reviews={kind: replace(form, anonymous=False) for kind, form in SIDES.reviews.items()},
    anonymity=Anonymity(attributed=True),
)
"""The same with names."""

CLOSED = ON + 38 * WEEK / 7  # in the morning after the last day on which any review is taken


def person(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def names(town: Any, cycle: int, about: str, *reviewers: str, phase: str = PEERS) -> None:
    """Have these reviewers approved for somebody."""

    def save(records: Any) -> None:
        def number(name: str) -> int:
            return int(records.people.by_email(f"{name}@example.com").id)

        whom, kind = number(about), "project" if phase == PROJECTS else "peer"
        for name in reviewers:
            records.nominations.save(
                Nomination(0, cycle, phase, kind, whom, number(name), "approved", by=whom, decided_by=whom)
            )

    town.records(save)


def launched(
    town: Any,
    template: Template = SIDES,
    leads: Mapping[str, str] | None = None,
    **reviewers: tuple[str, ...],
) -> int:
    """The quarter on the day on which the reviews open; `reviewers` and project `leads` by whom they review."""
    cycle = launch(town, "goals", template)
    for about, several in reviewers.items():
        names(town, cycle, about, *several)
    for about, lead in (leads or {}).items():
        names(town, cycle, about, lead, phase=PROJECTS)
    go(town, ON + 2 * WEEK)
    return cycle


def has_goal(town: Any, cycle: int, name: str, title: str, visibility: str = "team") -> Goal:
    """Somebody has agreed on a goal."""
    terms = Terms(title, visibility=visibility)  # type: ignore[arg-type]
    whose = person(town, name).id
    goal: Goal = town.records(lambda records: records.goals.save(Goal(0, whose, terms, cycle)))
    return goal


def write(player: Any, name: str, again: str = "", **answers: object) -> None:
    """Write the review of somebody from the list, and send it."""
    if player.window():
        player.close()
    player.command("/review")
    player.touch(again or ("填写" if player.title() == "评估" else "Write"), beside=name)
    player.fill(**answers)
    assert player.submit() == {}
