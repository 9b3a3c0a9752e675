"""The duty of setting one's goals for a cycle: it leads to the sheet, and is done when nothing of it is left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.progress import CHANGE, WRITE
from flows.core.records import Task
from flows.core.screen import Act, Button
from flows.core.words import Words, join, same
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.owing import owed_in
from flows.goals.agreeing.asked import ANSWER
from flows.goals.agreeing.turns import turn_words
from flows.goals.kept import Goal
from flows.goals.phases import WRITING
from flows.goals.records import GoalsRecords
from flows.goals.rights import reviewer_of
from flows.people.person import Person

CONTINUE = Words("Continue", "继续")


def readers_of(records: GoalsRecords, person: Person, cycle: int) -> Words:
    """Who will read them: each goal says it for itself, and until it is proposed nobody does."""
    side = reviewer_of(records, cycle, person.id)
    manager = records.people.get(side) if side else None
    if manager is None:
        return Words(
            "Nobody reads a goal before you propose it; you have no manager in the directory yet. HR sees whether "
            "goals are agreed.",
            "提交之前没有人能看到（通讯录中还没有你的上级）。HR 能看到目标是否已确认。",
        )
    return Words(
        "Nobody reads a goal before you propose it. Then {manager}, the managers above and whoever each goal is open "
        "to may; HR sees whether goals are agreed.",
        "提交之前没有人能看到。提交之后，{manager}、上级管理者以及每个目标的可见范围内的人可以看到；HR 能看到目标是否已确认。",
    ).fill(manager=manager.name)  # fmt: skip


def face(records: GoalsRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How the task shows to its person."""
    owed = owed_in(records, task)
    if owed is None:
        return None
    cycle, goals = owed.cycle, records.goals.of_cycle(owed.cycle.id, person.id)
    side = records.people.get(reviewer_of(records, cycle.id, person.id) or 0)
    above = records.goals.answered_for(cycle.id, person.id)
    waits = turn_words([*goals, *above], person.id, side.name if side and not above else None, cycle.name)
    first = Words("Please set your goals for {cycle}.", "请设定 {cycle} 的目标。").fill(cycle=cycle.name)
    again = Words(
        "A reminder: your goals for {cycle} are still to be proposed.", "提醒：{cycle}的目标还没有提交。"
    ).fill(cycle=cycle.name)
    return Face(
        owed.title,
        waits or first,
        Words("A reminder: ", "提醒：") + waits if waits else again,
        Button(
            ANSWER if waits else label(task, goals),
            Act("see", ("goals-asked" if waits else "goals", str(cycle.id), str(person.id))),
            "primary",
        ),
        join([owing.why(owed), readers_of(records, person, cycle.id)], " ", ""),
        over=owing.over(owed, owed.title, person),
    )


def label(task: Task, goals: Sequence[Goal]) -> Words:
    """What stands on the button to the sheet: to begin, to go on, or to change what is done."""
    if task.state == "done":
        return CHANGE
    return CONTINUE if goals else WRITE


GOALS = Duty(WRITING, owing.policy, face, owing.moments)


def titles(goals: Sequence[Goal]) -> Words:
    """Goals by their titles, in one line."""
    return join((same(goal.title) for goal in goals), "; ", "；")
