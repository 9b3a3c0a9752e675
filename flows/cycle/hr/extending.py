"""HR gives one person more time in one phase."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.core.catalog import flow
from flows.core.kinds import Choice, Day
from flows.core.moments import day_words
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import Words
from flows.cycle.closed import closed_about, is_unnamed
from flows.cycle.hr.members import Members, live_cycle, members, part_in_cycle, place_in_scope, who
from flows.cycle.hr.moving import told_window
from flows.cycle.hr.scope import RUNNING, subject_in
from flows.cycle.people.retiming import retime, tasks_in
from flows.cycle.phase import LAST_ZONE, Window, moments_in, window_of
from flows.cycle.records import Cycle, CycleRecords
from flows.people.person import Person


@dataclass(frozen=True, slots=True)
class Extension:
    """A new last day of one phase for one person."""

    person: int
    phase: str
    last: date


def extension(ask: Ask, has: Members) -> Extension:
    """Who, which phase, and until when."""
    person = who(ask, has)
    options = tuple(Option(one.phase.name, one.phase.title, told_window(one)) for one in has.windows)
    page = ask.form(
        Questionnaire(
            "until",
            Words("Until when?", "延长到何时？"),
            (
                Question("phase", Words("Which phase?", "哪个阶段？"), Choice(options)),
                Question("last", Words("New last day", "新的最后一天"),
                         Day(has.today, has.today + timedelta(days=366))),
            ),
            Words("They are told with their next message.", "对方会在下一条消息中得知。"),
        )
    )  # fmt: skip
    return Extension(person, page["phase"], page["last"])


def keep_extension(
    records: CycleRecords, actor: Person, subject: str, wanted: Extension, now: datetime
) -> Words:
    """Give one person more time in one phase; what had closed undone for them is open again."""
    cycle = live_cycle(records, actor, subject, now)
    place = place_in_scope(records, actor, cycle, wanted.person)
    phase = cycle.template.phase(wanted.phase)
    person = records.people.get(wanted.person)
    if phase is None or person is None:
        raise Refusal(
            "That phase is gone. Open the cycle again on /cycle.", "该阶段已不存在，请在 /cycle 中重新打开。"
        )
    before = window_of(cycle, phase, place.extended)
    if wanted.last <= before.due:
        raise Refusal(
            "{who} has until {day} already; more time means a later day.", "{who} 的期限已是 {day}，请选择更晚的日期。",
            who=person.name, day=day_words(before.due),
        )  # fmt: skip
    refuse_counted(records, cycle, before, wanted.person, now)
    records.participants.save(replace(place, extended={**place.extended, phase.name: wanted.last}))
    number = retime(records, cycle, phase, [wanted.person], now, reopen=True)
    tasks = tasks_in(records, cycle, phase, [wanted.person])
    records.messages.refresh(task.live for task in tasks if task.live)
    detail = {
        "person": wanted.person, "phase": phase.name, "from": before.due.isoformat(),
        "to": wanted.last.isoformat(), "tasks": number,
    }  # fmt: skip
    records.audit.note(now, actor.id, "cycle.extend", f"cycle/{cycle.id}", detail)
    return Words("{who} has until {day} for “{phase}”.", "{who} 的“{phase}”期限延长至 {day}。").fill(
        who=person.name, phase=phase.title, day=day_words(wanted.last)
    )


def refuse_counted(records: CycleRecords, cycle: Cycle, window: Window, person: int, now: datetime) -> None:
    """Anonymous answers are shown together, once: whoever writes later would show what they alone wrote.

    `window` is the person's own. Neither what they owe nor what others owe about them is open again once it is over.
    """
    if not is_unnamed(cycle, window.phase):
        return
    over = moments_in(window, cycle.template.nudges.hour, LAST_ZONE)[2] <= now
    if over or closed_about(records, cycle, window.phase, [person], now):
        raise Refusal(
            "“{phase}” is over and its answers are counted together, without names: nobody can be given more time now. "
            "Next time, give more time before it closes.",
            "“{phase}”已截止，匿名回答已汇总，现在不能再延长。下次请在截止前延长。",
            phase=window.phase.title,
        )


extend = flow(
    "cycle-extend", Words("Extend one person", "延长个人期限"), may=("cycle_people", "change"), of=part_in_cycle,
    facts=members, keep=keep_extension, subject=subject_in(*RUNNING), again=True, command="cycle extend",
    help=Words("HR: more time for one person", "HR：延长个人期限"),
)(extension)  # fmt: skip
