"""Writing one's goals for a cycle: the duty, the form, and how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.page import Page
from flows.core.play import Ask
from flows.core.progress import way_in
from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words, join, same
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.closing import close
from flows.cycle.owing import Owed, owed_in, refuse_unless_open, until_words
from flows.goals.kept import Goal, Terms
from flows.goals.pages import MOST, Goals, MoreGoals, Written, filled, written
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing

KIND = "goals"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form needs: what asks for it, the goals there are already, and who will read it."""

    owed: Owed
    before: tuple[Goal, ...]
    readers: Words


def subject_of(task: Task) -> str:
    return f"{task.scope}/{task.subject}"


def own(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """Goals are always one's own: the subject names a cycle and a phase, not a person."""
    return Thing("goals", actor) if not about[0] or named(records, actor, about[0]) else None


def named(records: GoalsRecords, actor: Person, subject: str) -> Owed | None:
    """The actor's own goals task that a subject names."""
    parts = owing.parts_of(subject, 2)
    task = records.tasks.find(KIND, owing.whole(parts[0]), actor.id, parts[1]) if parts else None
    return owed_in(records, task) if task else None


def sheet(records: GoalsRecords, actor: Person, subject: str, now: datetime) -> Sheet:
    """Everything that the form shows; refuses when it is closed."""
    owed = named(records, actor, subject)
    if owed is None:
        raise NotThere
    refuse_unless_open(owed, owed.title, actor, now)
    return Sheet(owed, before(records, actor, owed.cycle.id), readers_of(records, actor) + until(owed, actor))


def before(records: GoalsRecords, actor: Person, cycle: int) -> tuple[Goal, ...]:
    """The goals for the cycle; before any is written, those that belong to no cycle: they are taken over."""
    goals = records.goals.of_cycle(cycle, actor.id)
    return tuple(goals or [goal for goal in records.goals.of_person(actor.id) if goal.cycle is None][:MOST])


def readers_of(records: GoalsRecords, actor: Person) -> Words:
    """Who will read them, said before any typing: what a person works towards is no secret in the company."""
    manager = records.people.get(actor.manager) if actor.manager else None
    if manager is None:
        return Words(
            "Read by whoever reviews you in this cycle; you have no manager in the directory yet. "
            "HR sees that you have written them.",
            "阅读者：本周期内评估你的人（通讯录中还没有你的上级）。HR 能看到你是否已填写。",
        )
    return Words(
        "Read by {manager}, the managers above, and whoever reviews you in this cycle. "
        "HR sees that you have written them.",
        "阅读者：{manager}及其上级，以及本周期内评估你的人。HR 能看到你是否已填写。",
    ).fill(manager=manager.name)


def until(owed: Owed, actor: Person) -> Words:
    return Words(" You can change them until {until}.", "{until} 前可以修改。").fill(
        until=day_and_time(owed.task.until, actor.zone)
    )


def keep(records: GoalsRecords, actor: Person, subject: str, pages: tuple[Page, ...], now: datetime) -> Words:
    """Keep the goals, and close the task. A goal that only got another name stays the same goal."""
    known, goals = sheet(records, actor, subject, now), written(pages)
    task, cycle = known.owed.task, known.owed.cycle
    for goal, old in paired(goals, known.before):
        terms = replace(old.terms if old else Terms(""), title=goal.title, measure=goal.measure)
        made = Goal(old.id if old else 0, actor.id, terms, cycle.id)
        if made != old:
            records.goals.save(made)
    stays = {old.id for _, old in paired(goals, known.before) if old}
    records.goals.forget([old.id for old in known.before if old.id not in stays])
    if task.state != "done":
        close(records, replace(task, state="done", done_at=now))
    return Words("Your goals are kept. ", "目标已保存。") + until_words(task, actor)


def paired(goals: Sequence[Written], before: Sequence[Goal]) -> list[tuple[Written, Goal | None]]:
    """Each written goal with the one it was before: the one of its title, else the next that lost its title."""
    titled = {goal.title.casefold(): goal for goal in before}
    kept = {goal.title.casefold() for goal in goals}
    renamed = iter([goal for goal in before if goal.title.casefold() not in kept])
    return [(goal, titled.get(goal.title.casefold()) or next(renamed, None)) for goal in goals]


def open_one(records: GoalsRecords, actor: Person, now: datetime) -> str:
    """The subject of the goals to write now, or to change; refuses in words when there are none."""
    ahead: list[Owed] = []
    for participant in records.participants.of_person(actor.id):
        cycle = records.cycles.get(participant.cycle)
        if cycle is None or cycle.state != "live" or participant.place != "in":
            continue
        for phase in cycle.template.phases:
            task = records.tasks.find(KIND, cycle.id, actor.id, phase.name) if phase.work == KIND else None
            if task and task.state in ("open", "done") and task.opens_at <= now < task.until:
                return subject_of(task)
            ahead += [Owed(task, cycle, phase)] if task and now < task.opens_at else []
    if ahead:
        refuse_unless_open(ahead[0], ahead[0].title, actor, now)
    raise Refusal(
        "There are no goals to write at the moment: no cycle that you take part in asks for them now. "
        "You will be told when one does.",
        "目前没有需要填写的目标：你参加的周期现在都不在目标填写阶段，到时会通知你。",
    )


@flow(
    "goal",  # not named after the task's kind: what is then written in the chat goes on being a check-in
    Words("Your goals", "我的目标"),
    may=("goals", "write"),
    of=own,
    facts=sheet,
    keep=keep,
    subject=open_one,
    readers=lambda known: known.readers,
    prefill=lambda known: filled(known.before),
    command="goal",
    help=Words("write or change your goals for the cycle", "填写或修改本周期目标"),
)
def write_goals(ask: Ask, known: Sheet) -> tuple[Page, ...]:
    note = known.owed.phase.note
    first = ask(Goals, beside={"title1": note} if note else {})
    return (first, ask(MoreGoals)) if first.more else (first,)


def face(records: GoalsRecords, task: Task, person: Person, now: datetime) -> Face | None:
    """How the task shows to its person."""
    owed = owed_in(records, task)
    if owed is None:
        return None
    subject = subject_of(task)
    return Face(
        owed.title,
        Words("Please write your goals for {cycle}.", "请填写 {cycle} 的目标。").fill(cycle=owed.cycle.name),
        Words(
            "A reminder: your goals for {cycle} are still to be written.", "提醒：{cycle}的目标还没有填写。"
        ).fill(cycle=owed.cycle.name),
        Button(way_in(records, person, write_goals, subject, now), Act("open", ("goal", subject)), "primary"),
        join([owing.why(owed), readers_of(records, person)], " ", ""),
        over=owing.over(owed, owed.title, person),
    )


GOALS = Duty(KIND, owing.policy, face, owing.moments)


def titles(goals: Sequence[Goal]) -> Words:
    """Goals by their titles, in one line."""
    return join((same(goal.title) for goal in goals), "; ", "；")
