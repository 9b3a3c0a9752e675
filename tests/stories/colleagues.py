"""A cycle in which colleagues are named for the stories: naming, their reviews, reviews of managers, the manager's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flows.core.words import Words
from flows.cycle.people.changes import person_changed
from flows.cycle.template import Nominations, Phase, Review, Template
from tests.stories.quarter import ON, RESULTS, WHY, launch

NAMING = Phase("naming", Words("Naming colleagues", "提名同事"), 0, 7, "nominate", review="peer")
PEERS = Phase("peer-review", Words("Reviews of colleagues", "同事评估"), 10, 8, "review", review="peer")
UPWARD = Phase("upward-review", Words("Review of my manager", "向上评估"), 10, 8, "review", review="upward")
MANAGERS = Phase(
    "manager-review", Words("Manager review", "上级评估"), 30, 8, "review", "managers", "manager"
)
LEADS = Phase("lead-review", Words("Reviews by leads", "项目评估"), 10, 8, "review", review="project")
FIND_LEADS = Phase("leads", Words("Naming leads", "指定负责人"), 0, 7, "nominate", review="project")

COLLEAGUES = Template(
    "colleagues",
    Words("Colleagues", "同事"),
    "quarter",
    (NAMING, PEERS, MANAGERS),
    {
        "peer": Review("peer", Words("Review of a colleague", "同事评估"), (RESULTS, WHY), anonymous=True),
        "upward": Review("upward", Words("Review of my manager", "向上评估"), (RESULTS, WHY), anonymous=True),
        "manager": Review("manager", Words("Manager review", "上级评估"), (RESULTS, WHY)),
    },
)
WITH_UPWARD = replace(COLLEAGUES, phases=(NAMING, PEERS, UPWARD, MANAGERS))
WITH_LEADS = replace(
    COLLEAGUES,
    phases=(NAMING, FIND_LEADS, PEERS, LEADS, MANAGERS),
    reviews={
        **COLLEAGUES.reviews,
        "project": Review("project", Words("Review by a lead", "项目评估"), (RESULTS, WHY)),
    },
)
REVIEWS_OPEN = ON + timedelta(days=10)
DAY = timedelta(days=1)


def ruled(**rule: Any) -> Template:
    """The same with another rule about who names whom."""
    return replace(COLLEAGUES, nominations=Nominations(**rule))


def begun(town: Any, template: Template = COLLEAGUES) -> int:
    """The cycle on its first Monday, when naming has opened everywhere."""
    cycle = launch(town, "naming", template)
    town.to(ON)
    return cycle


def person(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def change(town: Any, name: str, **to: Any) -> None:
    """What the directory tells of somebody."""

    def work(records: Any) -> None:
        before = records.people.by_email(f"{name}@example.com")
        person_changed(records, before, records.people.save(replace(before, **to)), town.now())

    town.records(work)
    town.settle()


def open_form(player: Any) -> None:
    """The form in which somebody names their own colleagues."""
    if player.window():
        player.close()
    player.command("/review nominate")
    player.touch("选择同事" if player.title() == "评估人" else "Choose colleagues")


def name(town: Any, who: str, *colleagues: str) -> str:
    """Name colleagues by name, one's own; what is said at the end, or why not."""
    player = town.player(who)
    open_form(player)
    if "推荐人选" in player.window() or "Suggested colleagues" in player.window():
        player.fill(suggested=[])
    player.fill(others=[town.mention(one) for one in colleagues])
    player.submit()
    return str(player.window())


def states(town: Any, cycle: int, about: str, phase: str = "peer-review") -> dict[str, str]:
    """How far each nomination about somebody is, by the reviewer's name."""

    def work(records: Any) -> dict[str, str]:
        found = records.nominations.about(cycle, phase, records.people.by_email(f"{about}@example.com").id)
        names = {p.id: p.email.partition("@")[0] for p in records.people.many([n.reviewer for n in found])}
        return {names[one.reviewer]: one.state for one in found}

    given: dict[str, str] = town.records(work)
    return given


def asked(town: Any, cycle: int, about: str, phase: str = "peer-review") -> set[str]:
    """Who has an open task of reviewing somebody."""

    def work(records: Any) -> set[str]:
        whom = records.people.by_email(f"{about}@example.com").id
        tasks = records.tasks.of_about("review", cycle, phase, [whom])
        people = records.people.many([task.person for task in tasks if task.state == "open"])
        return {one.email.partition("@")[0] for one in people}

    found: set[str] = town.records(work)
    return found


def tasks_of(town: Any, name: str, kind: str) -> list[Any]:
    """The open tasks of a kind that somebody has to do."""

    def work(records: Any) -> list[Any]:
        who = records.people.by_email(f"{name}@example.com").id
        return [task for task in records.tasks.open_of(who) if task.kind == kind]

    found: list[Any] = town.records(work)
    return found
