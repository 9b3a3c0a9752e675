"""A half-year review for the browser: who was named, what colleagues and managers have written, how far goals have come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flows.cycle.templates.file import built_in
from flows.goals.kept import Reading
from flows.goals.measure.series import series_of
from flows.results.computing import rate
from flows.reviews.records import Review
from tests.messengers.slack import SlackTown
from tests.stories.quarter import ON, go, launch
from tests.stories.reviewing import names

DAY = timedelta(days=1)
NAME = "H2 2025"
BUILT_IN = {template.name: template for template in built_in()}
HALF, YEAR = BUILT_IN["half-year-review"], BUILT_IN["annual-review"]
CUSTOMERS = next(phase for phase in YEAR.phases if phase.review == "external")
TEMPLATE = replace(
    HALF,
    phases=(
        replace(CUSTOMERS, starts=8, days=9),
        *(phase for phase in HALF.phases if phase.name not in ("self-review", "nominate")),
    ),
    reviews={**HALF.reviews, "external": YEAR.reviews["external"]},
    external_days=YEAR.external_days,
)
"""The half-year review as it comes along from the colleagues' reviews on, and customers beside them."""

COLLEAGUES = {
    "wangqiang": ("评审代码认真细致，指出问题也给出改法", "排期紧张时可以早点说", "4", "3"),
    "zhangmin": ("测试遇到问题随叫随到", "多写一些设计说明", "3", "4"),
    "zhaolei": ("主动分享组件库的用法", "埋点需求可以更早对齐", "4", "4"),
}
"""What three of 李娜's colleagues write: to keep, to change, how often they helped and kept what was agreed."""

RATINGS = {"kavya": "A", "arjun": "A", "jonas": "A", "sunyue": "C", "chenwei": "A", "emily": "S"}
STEPS = {"S": "5", "A": "4", "B": "3", "C": "2", "D": "1"}


def person(records: Any, name: str) -> Any:
    return records.people.by_email(f"{name}@example.com")


def begun(town: SlackTown) -> int:
    """The cycle on the Tuesday on which colleagues are asked, and three of them have written about 李娜."""
    town.to(town.now())
    cycle = launch(town, "customer-review", TEMPLATE, NAME)
    names(town, cycle, "lina", "jonas", *COLLEAGUES, phase="peer-review")
    names(town, cycle, "kavya", "jonas", phase="peer-review")
    town.to(ON)
    town.to(ON + DAY)
    town.records(lambda records: colleagues_wrote(records, cycle))
    return cycle


def colleagues_wrote(records: Any, cycle: int) -> None:
    whom = person(records, "lina").id
    tasks = {task.person: task for task in records.tasks.of_about("review", cycle, "peer-review", [whom])}
    for name, (keep, change, helps, reliable) in COLLEAGUES.items():
        author = person(records, name).id
        said = {"keep": keep, "change": change, "helps": helps, "reliable": reliable}
        records.pens.keep(cycle, "peer-review", author, whom, said)
        records.tasks.save(replace(tasks[author], state="done"))


def reported(town: SlackTown, name: str, *values: str) -> None:
    """What somebody has reported of their goals, the newest value of each."""

    def work(records: Any) -> None:
        now = town.now()
        goals = records.goals.of_person(person(records, name).id)
        for goal, value in zip(goals, values, strict=True):
            day = now.date()
            at = Reading(0, series_of(goal), day.isoformat(), day, Decimal(value), "goal", now, goal.person)
            records.readings.keep([at])

    town.records(work)


def managers_wrote(town: SlackTown, cycle: int, without: tuple[str, ...]) -> None:
    """Every manager's reviews with their ratings, but for those about `without`."""

    def work(records: Any) -> None:
        for place in records.participants.slice(cycle, 0, 100):
            who = records.people.get(place.person)
            name = who.email.partition("@")[0]
            if place.manager is not None and name not in without:
                manager_wrote(records, town, records.cycles.get(cycle), who, RATINGS.get(name, "B"))

    town.records(work)
    town.settle()


def manager_wrote(records: Any, town: SlackTown, cycle: Any, who: Any, rating: str) -> None:
    by = records.people.get(records.participants.get(cycle.id, who.id).manager)
    answers: Mapping[str, str] = {
        **dict.fromkeys(("results", "behaviour", "ability"), STEPS[rating]),
        "results-why": "按期完成重点项目，上线后没有出现严重问题",
        "behaviour-example": "主动帮助新同事熟悉代码",
        "strengths": "做事认真，遇到压力也很冷静",
        "growth": "多承担跨团队的工作；下一步：负责一次发布",
        "ready": "later",
    }
    records.reviews.keep(
        Review(0, cycle.id, "manager-review", "manager", who.id, by.id, by.id, answers, sent_at=town.now())
    )
    rate(records, cycle, who.id, "manager", rating, "综合全年表现", by, town.now())
    for task in records.tasks.of_about("review", cycle.id, "manager-review", [who.id]):
        records.tasks.save(replace(task, state="done", done_at=town.now()))


def on_day(town: SlackTown, days: int) -> None:
    """Go to the day so many days after the first Monday, when it is day everywhere."""
    town.to(
        town.now()
    )  # what is on its way arrives before the clock moves on: its signature would be too old
    go(town, ON + days * DAY)
