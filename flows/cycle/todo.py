"""To-dos of a cycle: something that is done outside and ticked off here, such as a talk."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.records import Task
from flows.core.screen import Act, Button, Element, Line, Note, Row, Screen
from flows.core.words import Words, join
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.closing import close
from flows.cycle.owing import Owed, owed_in, refuse_unless_open, whole
from flows.cycle.records import CycleRecords
from flows.people.person import Person
from flows.people.policy import Thing, thing_of

KIND = "confirm"
DONE, UNDO = Words("Done", "已完成"), Words("Not done yet", "还没完成")


def own_todo(records: CycleRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A to-do is ticked off by whoever has to do it now."""
    task = todo_named(records, about)
    person = records.people.get(task.person) if task else None
    return thing_of("todo", person, actor, records.people) if person else None


def todo_named(records: CycleRecords, about: tuple[str, ...]) -> Task | None:
    """The to-do that a button names."""
    task = records.tasks.get(whole(about[0])) if about else None
    return task if task and task.kind == KIND else None


def open_todo(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Owed:
    """The to-do of a button, while it can be changed."""
    task = todo_named(records, about)
    owed = owed_in(records, task) if task else None
    if owed is None:
        raise NotThere
    refuse_unless_open(owed, owed.title, actor, now)
    return owed


@deed("todo-done", may=("todo", "tick"), of=own_todo)
def tick(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Tick it off; ticked twice, it is done once."""
    owed = open_todo(records, actor, about, now)
    if owed.task.state == "open":
        close(records, replace(owed.task, state="done", done_at=now))
    return Words("{title}: done. Until {until} you can say that it is not.", "{title}：已完成。{until} 前可以撤销。").fill(
        title=owed.title, until=day_and_time(owed.task.until, actor.zone)
    )  # fmt: skip


@deed("todo-undo", may=("todo", "tick"), of=own_todo)
def untick(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """It is not done yet after all: it is owed again, and spoken of as its dates say."""
    owed = open_todo(records, actor, about, now)
    if owed.task.state == "done":
        records.tasks.save(replace(owed.task, state="open", done_at=None, next_at=now, why=""))
    due = day_and_time(owed.task.due_at, actor.zone)
    return Words("{title}: open again, due {due}.", "{title}：已恢复为未完成，{due} 截止。").fill(
        title=owed.title, due=due
    )


def own_list(_records: CycleRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("todo", actor)


@view(
    "todo",
    may=("todo", "tick"),
    of=own_list,
    command="todo",
    help=Words("the to-dos of the cycle that you tick off", "查看并勾选本周期的待办事项"),
)
def todos(records: CycleRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Every to-do that is on, with what it means, and those ticked off that can still be taken back."""
    body: list[Element] = [
        element for owed in to_tick(records, actor, now) for element in (*note(owed), row(owed, actor, now))
    ]
    if not body:
        body.append(
            Line(
                Words(
                    "There is nothing to tick off at the moment: no cycle asks it of you now. "
                    "You will be told when one does.",
                    "目前没有需要勾选的事项：现在没有周期需要你完成待办，到时会通知你。",
                )
            )
        )
    return Screen(Words("To-dos", "待办事项"), tuple(body), place=Act("see", ("todo",)))


def to_tick(records: CycleRecords, actor: Person, now: datetime) -> list[Owed]:
    """The actor's to-dos that have opened and can still be ticked or taken back, by due moment."""
    found: list[Owed] = []
    for cycle in records.cycles.in_state("live"):
        for phase in cycle.template.phases:
            task = records.tasks.find(KIND, cycle.id, actor.id, phase.name) if phase.work == KIND else None
            if task and task.state in ("open", "done") and task.opens_at <= now < task.until:
                found.append(Owed(task, cycle, phase))
    return sorted(found, key=lambda owed: owed.task.due_at)


def row(owed: Owed, actor: Person, now: datetime) -> Row:
    """One to-do with its state and the button that changes it."""
    due = day_and_time(owed.task.due_at, actor.zone)
    if owed.task.state == "done":
        return Row(Words("done", "已完成"), press(owed.task), owed.title)
    words = (
        Words("late (was due {due})", "已逾期（截止时间为 {due}）")
        if now > owed.task.due_at
        else Words("due {due}", "{due} 截止")
    )
    return Row(words.fill(due=due), press(owed.task), owed.title)


def press(task: Task) -> Button:
    """The button that ticks it off, or takes that back."""
    if task.state == "done":
        return Button(UNDO, Act("do", ("todo-undo", str(task.id))))
    return Button(DONE, Act("do", ("todo-done", str(task.id))), "primary")


def note(owed: Owed) -> list[Element]:
    return [Note(owed.phase.note)] if owed.phase.note else []


def face(records: CycleRecords, task: Task, person: Person, _now: datetime) -> Face | None:
    """How the to-do shows to whoever has to do it."""
    owed = owed_in(records, task)
    if owed is None:
        return None
    told = [owed.phase.note] if owed.phase.note else []
    return Face(
        owed.title,
        join([Words("To do for {cycle}: {phase}.", "{cycle}的待办：{phase}。").fill(
            cycle=owed.cycle.name, phase=owed.phase.title), *told], " ", ""),
        Words("A reminder: {phase} for {cycle} is still to be done.", "提醒：{cycle}的“{phase}”还没有完成。").fill(
            cycle=owed.cycle.name, phase=owed.phase.title
        ),
        press(task),
        owing.why(owed),
        over=owing.over(owed, owed.title, person),
    )  # fmt: skip


TODO = Duty(KIND, owing.policy, face, owing.moments)
