"""All that somebody can report on now, each goal with its quick ways: one more, done, or a number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Buttons, Element, Line, Row, Screen
from flows.core.words import Words, same
from flows.goals.kept import LIVE, Goal
from flows.goals.measure.standing import standings
from flows.goals.progress.progress import taps
from flows.goals.progress.recording import feeding, told_value
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing

OPEN = Words("Open", "打开")
IMPORTED = Words(" · imported", " · 系统导入")


def own(_records: GoalsRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("goals", actor)


@view(
    "goal-update",
    may=("goals", "write"),
    of=own,
    command="goal update",
    help=Words("say how far your goals are", "更新目标进度"),
)
def my_progress(records: GoalsRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Everything the actor answers for, with its value and one tap to report."""
    goals = reported(records, actor)
    found, imported = standings(records, goals, now), feeding(records, goals)
    body: list[Element] = []
    for goal in goals:
        first, *others = (*taps(found[goal.id], goal.id in imported), card_of(goal))
        words = told_value(goal.terms, found[goal.id].value) + (IMPORTED if goal.id in imported else same(""))
        body.append(Row(words, first, same(goal.title)))
        body += [Buttons(tuple(others))] if others else []
    if not goals:
        body.append(
            Line(
                Words(
                    "You have no goals to report on yet. Type /goal to write or propose some.",
                    "你还没有可以更新进度的目标。输入 /goal 填写或提交目标。",
                )
            )
        )
    return Screen(Words("Progress", "更新进度"), tuple(body), place=Act("see", ("goal-update",)))


def card_of(goal: Goal) -> Button:
    return Button(OPEN, Act("see", ("goal-card", goal.key)))


def reported(records: GoalsRecords, actor: Person) -> list[Goal]:
    """The actor's own goals of live cycles, then those of departments and the company that they answer for."""
    goals = records.goals.of_person(actor.id)
    for cycle in records.cycles.in_state("live"):
        goals += [goal for goal in records.goals.answered_for(cycle.id, actor.id) if goal.state in LIVE]
    return measured(goals)


def measured(goals: Sequence[Goal]) -> list[Goal]:
    """Those that have a value of their own: an objective has its key results'."""
    return [goal for goal in goals if goal.terms.shape != "objective"]
