"""Action steps towards a goal: what, until when, and what it takes; written and done by whoever answers for the goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flows.core.catalog import deed, flow
from flows.core.kinds import Day, Text
from flows.core.moments import day_words
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.said import Kept
from flows.core.words import Words, count, same
from flows.cycle.calendar import local_day
from flows.goals.kept import ActionStep, Goal
from flows.goals.measure.span import days_of
from flows.goals.progress.granting import ask_for, refuse_over, step_of, whose_step
from flows.goals.progress.progress import named
from flows.goals.records import GoalsRecords
from flows.goals.rights import named_goal
from flows.people.person import Person

WRITE = ("goal_step", "write")
FIRST, MOST = 4, 8  # on the first screen, and of those not done yet in all
TITLE = Words("Action steps", "行动步骤")
NOTE = Words(
    "What you will do for it. Clear a step to take it away; steps that are done stay.",
    "为达成目标要做的事。清空某一步即删除，已完成的步骤会保留。",
)
GRANTS = Words(
    "People, money or tools; whoever agrees your goals decides on it.",
    "人手、预算或工具，由确认你目标的人批准或婉拒。",
)


@dataclass(frozen=True, slots=True)
class Written:
    """One step as it stands in the form; `number` is its place there."""

    number: int
    title: str
    due: date | None
    needs: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The goal and its steps."""

    goal: Goal
    steps: tuple[ActionStep, ...]


def form_of(goal: Goal, numbers: range) -> Questionnaire:
    """The questions for these places: what, until when, with what."""
    questions: list[Question] = []
    for n in numbers:
        questions += [
            Question(f"what{n}", Words(f"Step {n}", f"步骤 {n}"), Text(1, 300), optional=True),
            Question(f"until{n}", Words(f"Step {n}: until when?", f"步骤 {n}：何时完成？"), Day(), optional=True),
            Question(
                f"needs{n}", Words(f"Step {n}: what does it take?", f"步骤 {n}：需要什么资源？"), Text(1, 300),
                optional=True, hint=GRANTS if n == 1 else None,
            ),
        ]  # fmt: skip
    key = "Steps" if numbers.start == 1 else "MoreSteps"
    return Questionnaire(key, same(goal.title), tuple(questions), NOTE if numbers.start == 1 else None)


def plan_of(records: GoalsRecords, _actor: Person, subject: str, _now: datetime) -> Plan:
    """The goal with its steps; refuses one that is over."""
    goal = named(records, (subject,))
    refuse_over(records, goal)
    return Plan(goal, tuple(records.steps.of_goals([goal.id])))


def filled(plan: Plan) -> Answers:
    """The form's answers for the steps that are not done; a place without one stays unanswered."""
    pages: dict[str, dict[str, Kept]] = {}
    for n, step in enumerate([one for one in plan.steps if one.done_on is None][:MOST], 1):
        page = pages.setdefault("Steps" if n <= FIRST else "MoreSteps", {})
        page |= {f"what{n}": step.title, f"until{n}": step.due and step.due.isoformat()}
        page[f"needs{n}"] = step.needs or None
    return pages


def written(said: Mapping[str, Any]) -> tuple[Written, ...]:
    """The steps that were written. Refuses a day or a need without its step, and two of the same name."""
    found: dict[str, Written] = {}
    for n in range(1, MOST + 1):
        title, due, needs = said.get(f"what{n}") or "", said.get(f"until{n}"), said.get(f"needs{n}") or ""
        if not title and (due or needs):
            raise Refusal(
                "Step {n} has a day or a need, but not what it is. Please write it, or clear both.",
                "步骤 {n} 只填了日期或资源，没有写要做什么。请补上，或清空这两项。",
                n=n,
            )
        if title and found.setdefault(title.casefold(), Written(n, title, due, needs)).number != n:
            raise Refusal(
                "Step {n} is there twice. Please change or clear one of them.", "步骤 {n} 重复了，请修改或清空其中一个。",
                n=n,
            )  # fmt: skip
    return tuple(found.values())


def keep_steps(
    records: GoalsRecords, _actor: Person, subject: str, steps: tuple[Written, ...], now: datetime
) -> Words:
    """Keep what was written; a step that only got another name stays the same one, with what was decided on it."""
    goal = named(records, (subject,), lock=True)
    refuse_over(records, goal)
    refuse_after_cycle(records, goal, steps)
    before = records.steps.of_goals([goal.id])
    stays: set[int] = {one.id for one in before if one.done_on is not None}
    for step, old in paired(steps, before):
        made = replace(old or ActionStep(0, goal.id, ""), title=step.title, due=step.due, needs=step.needs)
        if old is None or old.needs != step.needs:
            made = replace(
                made, decision="", decided_by=None, note="", decided_at=None, reached=None, paced=None
            )
        stays.add(records.steps.save(made).id if made != old else made.id)
    records.steps.forget([one.id for one in before if one.id not in stays])
    kept = Words("Kept: ", "已保存 ") + count(len(steps), "{n} step.", "{n} steps.", "{n} 个步骤。")
    return kept + ask_for(records, goal, now)


def paired(
    steps: Sequence[Written], before: Sequence[ActionStep]
) -> Iterator[tuple[Written, ActionStep | None]]:
    """Each written step with the one it was before: the one of its name, else the next open one that lost its name."""
    called = {one.title.casefold(): one for one in before}
    names = {step.title.casefold() for step in steps}
    renamed = iter([one for one in before if one.title.casefold() not in names and one.done_on is None])
    for step in steps:
        yield step, called.get(step.title.casefold()) or next(renamed, None)


def refuse_after_cycle(records: GoalsRecords, goal: Goal, steps: Sequence[Written]) -> None:
    """Refuse a step that ends when the cycle's days are over."""
    cycle = records.cycles.get(goal.cycle) if goal.cycle else None
    last = days_of(cycle)[1] if cycle else date.max
    late = next((step for step in steps if step.due and step.due > last), None)
    if late is not None and cycle is not None:
        raise Refusal(
            "Step {n} ends after {cycle}, whose last day is {day}. Please choose an earlier day.",
            "步骤 {n} 的日期晚于{cycle}的最后一天（{day}），请选择更早的日期。",
            n=late.number, cycle=cycle.name, day=day_words(last),
        )  # fmt: skip


@flow(
    "goal-steps",
    TITLE,
    may=WRITE,
    of=named_goal("goal_step"),
    facts=plan_of,
    keep=keep_steps,
    prefill=filled,
    again=True,
)
def write_steps(ask: Ask, plan: Plan) -> tuple[Written, ...]:
    said = ask.form(form_of(plan.goal, range(1, FIRST + 1)))
    if all(said[f"what{n}"] for n in range(1, FIRST + 1)):
        said |= ask.form(form_of(plan.goal, range(FIRST + 1, MOST + 1)))
    return written(said)


@deed("goal-step-done", may=WRITE, of=whose_step)
def step_done(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """It is done today; pressed again, it stays done on the day it was."""
    step, goal = step_of(records, about)
    refuse_over(records, goal)
    if step.done_on is None:
        records.steps.save(replace(step, done_on=local_day(now, actor.zone)))
    return Words("Done: {step}.", "已完成：{step}。").fill(step=step.title)
