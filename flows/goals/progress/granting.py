"""What a goal's steps need: asked of the other side, who grants or declines each, and told to whoever asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from flows.core.catalog import deed, flow, notice
from flows.core.desk import NotThere
from flows.core.owed import Notice
from flows.core.page import Page, choice, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, count, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.goals.current import running
from flows.goals.kept import ActionStep, Goal
from flows.goals.measure.standing import standings
from flows.goals.records import GoalsRecords
from flows.goals.rights import goal_thing, other_side
from flows.people.person import Person
from flows.people.policy import Thing

DECIDE = ("goal_step", "decide")
Decision = Literal["granted", "declined"]
OPEN = Words("Open", "打开")


def undecided(steps: Sequence[ActionStep]) -> list[ActionStep]:
    """The steps whose resource nobody has decided on."""
    return [step for step in steps if step.needs and not step.decision and step.done_on is None]


def ask_for(records: GoalsRecords, goal: Goal, now: datetime) -> Words:
    """Have the other side asked for what the steps need, with their next digest; says who decides."""
    wanted = undecided(records.steps.of_goals([goal.id]))
    if not wanted:
        return same("")
    side = other_side(records, goal)
    person = records.people.get(side) if side else None
    if person is None:
        return Words(
            " Nobody agrees this goal with you, so nobody decides on what it needs.",
            "目前没有人与你确认这个目标，因此也没有人审批资源。",
        )
    key = f"goal.needs/{goal.id}/{local_day(now, person.zone)}/{'.'.join(str(step.id) for step in wanted)}"
    records.notices.add([Notice(0, key, person.id, "goal.needs", {"goal": goal.id}, now)])
    return Words(" {name} is asked for what they need.", "所需资源已请{name}审批。").fill(name=person.name)


def step_of(records: GoalsRecords, about: tuple[str, ...]) -> tuple[ActionStep, Goal]:
    """The step that is named first, with its goal."""
    step = records.steps.get(whole(about[0].partition("/")[0])) if about else None
    goal = records.goals.get(step.goal) if step else None
    if step is None or goal is None:
        raise NotThere
    return step, goal


def refuse_over(records: GoalsRecords, goal: Goal) -> None:
    """Refuse a change to the steps of a goal that is withdrawn, or of a cycle that is over."""
    if goal.state == "withdrawn":
        raise Refusal(
            "“{goal}” was withdrawn, so it takes no steps.", "“{goal}”已撤回，无需行动步骤。", goal=goal.title
        )
    if goal.cycle is not None:
        running(records, goal.cycle)


def whose_step(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The step that a button names, as a thing of its goal's owner."""
    try:
        _, goal = step_of(records, about)
    except NotThere:
        return None
    return goal_thing(records, goal, actor, "goal_step")


def decide(
    records: GoalsRecords, actor: Person, about: tuple[str, ...], decision: Decision, note: str, now: datetime
) -> Words:
    """Decide on what a step needs, and have its owner told. The same decision twice is one; a note may come later."""
    step, goal = step_of(records, about)
    refuse_over(records, goal)
    if not step.needs:
        raise Refusal("Nothing is asked for in this step any more.", "该步骤已不再申请资源。")
    told = DECIDED[decision]
    if step.decision == decision and not note:
        return told
    made = replace(step, decision=decision, decided_by=actor.id, note=note)
    records.steps.save(made if step.decision == decision else measured(records, goal, made, now))
    records.audit.note(now, actor.id, f"goal.step.{decision}", f"goal/{goal.id}", {"step": step.id})
    key = f"goal.step/{step.id}/{now.isoformat()}"
    records.notices.add([Notice(0, key, goal.person, "goal.step", {"step": step.id}, now)])
    return told


def measured(records: GoalsRecords, goal: Goal, step: ActionStep, now: datetime) -> ActionStep:
    """The step with how far its goal is at this moment, from where what a resource brings is measured."""
    found = standings(records, [goal], now)[goal.id]
    return replace(step, decided_at=now, reached=found.attainment, paced=found.expected)


DECIDED: dict[Decision, Words] = {
    "granted": Words(
        "Granted. They are told with their next digest.", "已批准，对方会在下一次摘要中收到通知。"
    ),
    "declined": Words(
        "Declined. They are told with their next digest.", "已婉拒，对方会在下一次摘要中收到通知。"
    ),
}


@deed("goal-step-grant", may=DECIDE, of=whose_step)
def grant(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """They get what the step needs."""
    return decide(records, actor, about, "granted", "", now)


@deed("goal-step-decline", may=DECIDE, of=whose_step)
def decline(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """They don't get it."""
    return decide(records, actor, about, "declined", "", now)


class Answer(Page):
    title = Words("Your decision", "你的决定")
    decision: Decision = choice(
        "Do they get it?",
        "是否批准？",
        {"granted": Words("Granted", "批准"), "declined": Words("Declined", "婉拒")},
    )
    word: str | None = text("A word on it", "补充说明", lines=3, most=500, optional=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, and by whom."""

    step: ActionStep
    name: str


def wanted_in(records: GoalsRecords, _actor: Person, subject: str, _now: datetime) -> Wanted:
    step, goal = step_of(records, (subject,))
    person = records.people.get(goal.person)
    return Wanted(step, person.name if person else "?")


def keep_answer(records: GoalsRecords, actor: Person, subject: str, said: Answer, now: datetime) -> Words:
    return decide(records, actor, (subject,), said.decision, said.word or "", now)


@flow(
    "goal-step-answer",
    Words("Resource for a step", "步骤所需资源"),
    may=DECIDE,
    of=whose_step,
    facts=wanted_in,
    keep=keep_answer,
    again=True,
    readers=lambda wanted: Words(
        "{name} asks for: {needs}, for “{step}”.", "{name} 为“{step}”申请：{needs}。"
    ).fill(name=wanted.name, needs=wanted.step.needs, step=wanted.step.title),
)
def answer(ask: Ask, _wanted: Wanted) -> Answer:
    return ask(Answer)


def ways_to_decide(step: ActionStep) -> Buttons:
    """Grant or decline with one tap, or with a word on it."""
    key = str(step.id)
    return Buttons(
        (
            Button(Words("Grant", "批准"), Act("do", ("goal-step-grant", key)), "primary"),
            Button(Words("Decline", "婉拒"), Act("do", ("goal-step-decline", key))),
            Button(Words("With a note", "附说明"), Act("open", ("goal-step-answer", key))),
        )
    )


@notice("goal.needs")
def told_to_side(records: GoalsRecords, notice: Notice, _now: datetime) -> list[Element] | None:
    """That somebody asks for resources; for what is behind the button."""
    goal = records.goals.get(notice.about["goal"])
    person = records.people.get(goal.person) if goal else None
    wanted = undecided(records.steps.of_goals([goal.id])) if goal else []
    if goal is None or person is None or not wanted or goal.state == "withdrawn":
        return None
    words = Words("{name} asks you for {things} for a goal.", "{name} 为目标向你申请{things}。").fill(
        name=person.name, things=count(len(wanted), "{n} resource", "{n} resources", " {n} 项资源")
    )
    return [Line(words), Buttons((Button(OPEN, Act("see", ("goal-card", goal.key))),))]


@notice("goal.step")
def told_to_owner(records: GoalsRecords, notice: Notice, _now: datetime) -> list[Element] | None:
    """What was decided on a step's resource, as it stands now."""
    step = records.steps.get(notice.about["step"])
    goal = records.goals.get(step.goal) if step else None
    by = records.people.get(step.decided_by) if step and step.decided_by else None
    if step is None or goal is None or by is None or not step.decision:
        return None
    words = {
        "granted": Words(
            "{name} granted what a step of your goal needs.", "{name} 批准了你目标步骤所需的资源。"
        ),
        "declined": Words(
            "{name} declined what a step of your goal needs.", "{name} 婉拒了你目标步骤所需的资源。"
        ),
    }[step.decision]
    button = Button(OPEN, Act("see", ("goal-card", goal.key)))
    return [Line(words.fill(name=by.name)), Buttons((button,))]
