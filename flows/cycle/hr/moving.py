"""HR moves the dates of a phase: every open task follows, and people hear of it with their next message."""

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
from flows.cycle.calendar import local_day
from flows.cycle.hr.dates import moved_to, out_of_order, too_short
from flows.cycle.hr.lateness import plan_lateness
from flows.cycle.hr.scope import BEFORE, RUNNING, steered_cycle, subject_in, the_cycle
from flows.cycle.hr.setup import as_draft, withdraw
from flows.cycle.owing import WORKS
from flows.cycle.people.retiming import retime, retime_answers
from flows.cycle.phase import Window, moments_in, window_of, windows
from flows.cycle.planning import phase_key, planned_at
from flows.cycle.records import Cycle, CycleRecords
from flows.interviews.planning import plan_new_dates
from flows.people.person import Person

MOVABLE = (*BEFORE, *RUNNING)


@dataclass(frozen=True, slots=True)
class Moving:
    """What the steps need: the cycle, the phases that have not ended, today, and the phase if one was named."""

    cycle: Cycle
    windows: tuple[Window, ...]
    today: date
    phase: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """The phase's new days, both included; `first` None keeps the day on which it opens."""

    phase: str
    first: date | None
    last: date


def moving(records: CycleRecords, actor: Person, subject: str, now: datetime) -> Moving:
    """The phases that may be moved; refuses a cycle that is over."""
    cycle = the_cycle(records, actor, (subject,), MOVABLE, now)
    refuse_over(cycle)
    today = local_day(now, actor.zone)
    ahead = tuple(window for window in windows(cycle) if window.stage(today) != "over")
    if not ahead:
        raise Refusal(
            "Every phase of {name} has ended, so no date is left to move.", "“{name}”的所有阶段都已结束，无法再调整日期。",
            name=cycle.name,
        )  # fmt: skip
    _, _, phase = subject.partition("/")
    return Moving(cycle, ahead, today, phase if any(one.phase.name == phase for one in ahead) else None)


def refuse_over(cycle: Cycle) -> None:
    if cycle.state not in MOVABLE:
        raise Refusal(
            "{name} is closed, so its dates stay as they are.",
            "“{name}”已关闭，日期不能再调整。",
            name=cycle.name,
        )


def decide(ask: Ask, has: Moving) -> Moved:
    """Which phase, and its new days; the first day is asked for only while it lies ahead."""
    name = has.phase
    if name is None:
        options = tuple(Option(one.phase.name, one.phase.title, told_window(one)) for one in has.windows)
        words = Words("Which phase?", "哪个阶段？")
        name = ask.form(Questionnaire("phase", words, (Question("phase", words, Choice(options)),)))["phase"]
    window = next((one for one in has.windows if one.phase.name == name), has.windows[0])
    page = ask.form(days_page(window, has.today))
    return Moved(window.phase.name, page.get("first"), page["last"])


def days_page(window: Window, today: date) -> Questionnaire:
    """The new days of a phase; a phase that has begun keeps its first."""
    now_words = Words("Now: {day}", "目前：{day}")
    far = today + timedelta(days=731)
    questions = []
    if window.stage(today) == "ahead":
        hint = now_words + Words(". Leave it empty to keep it.", "。留空则不变。")
        questions.append(
            Question("first", Words("First day", "第一天"), Day(today, far), optional=True,
                     hint=hint.fill(day=day_words(window.opens)))
        )  # fmt: skip
    questions.append(
        Question(
            "last",
            Words("Last day", "最后一天"),
            Day(today, far),
            hint=now_words.fill(day=day_words(window.due)),
        )
    )
    note = Words(
        "In each person's own time zone. What was sent stays sent; people hear of the new date once.",
        "以每个人所在时区为准。已发送的消息不变，新日期会通知一次。",
    )
    return Questionnaire(f"days-{window.phase.name}", window.phase.title, tuple(questions), note)


def told_window(window: Window) -> Words:
    """From when to when: "Monday 2 March to Friday 13 March"."""
    return Words("{first} to {last}", "{first} 至 {last}").fill(
        first=day_words(window.opens), last=day_words(window.due)
    )


def keep(records: CycleRecords, actor: Person, subject: str, moved: Moved, now: datetime) -> Words:
    """Move the phase. A draft has to be rehearsed anew; in a live cycle all open tasks follow."""
    cycle = the_cycle(records, actor, (subject,), MOVABLE, now)
    refuse_over(cycle)
    phase = cycle.template.phase(moved.phase)
    if phase is None:
        raise Refusal(
            "That phase is gone. Open the cycle again on /cycle.", "该阶段已不存在，请在 /cycle 中重新打开。"
        )
    before = window_of(cycle, phase)
    first, last = moved.first or before.opens, moved.last
    zones = zones_of(records, cycle)
    today = local_day(now, actor.zone)
    refuse_days(cycle, before, first, last, today)
    if cycle.state == "live":
        refuse_ended(cycle, before, zones, now)
    after = moved_to(cycle, moved.phase, first, last)
    policy = cycle.template.nudges
    short = too_short(first, last, zones, policy)
    if short is None and last < before.due:  # nobody loses their last days overnight
        short = too_short(max(first, today), last, zones, policy)
    if problem := short or out_of_order(windows(cycle), windows(after)):
        raise Refusal(problem)
    if cycle.state != "live":
        records.cycles.save(as_draft(after))
        withdraw(records, cycle)
    else:
        records.cycles.save(after)
        plan_new_dates(records, after, phase, now)
    number = follow(records, after, window_of(after, phase), now) if cycle.state == "live" else 0
    detail = {
        "phase": phase.name, "from": [before.opens.isoformat(), before.due.isoformat()],
        "to": [first.isoformat(), last.isoformat()], "tasks": number,
    }  # fmt: skip
    records.audit.note(now, actor.id, "cycle.move", f"cycle/{cycle.id}", detail)
    words = Words("“{phase}” now lasts from {first} to {last}.", "“{phase}”现为 {first} 至 {last}。").fill(
        phase=phase.title, first=day_words(first), last=day_words(last)
    )
    if cycle.state == "rehearsed":
        words += Words(" Rehearse the cycle again before you launch it.", "启动前请重新演练。")
    return words


def refuse_days(cycle: Cycle, before: Window, first: date, last: date, today: date) -> None:
    """Refuse what is past, turned round, or no change."""
    title = before.phase.title
    if first > last:
        raise Refusal(
            "The last day ({last}) is before the first ({first}). Please correct one of them.",
            "最后一天（{last}）早于第一天（{first}），请修改。", first=day_words(first), last=day_words(last),
        )  # fmt: skip
    if (first, last) == (before.opens, before.due):
        raise Refusal("These are its dates already. Choose another day.", "日期没有变化，请选择其他日期。")
    if cycle.state == "live" and before.opens <= today and first != before.opens:
        raise Refusal(
            "“{phase}” began on {day}, so its first day stays. Change its last day only.",
            "“{phase}”已于 {day} 开始，第一天不能更改，请只修改最后一天。", phase=title, day=day_words(before.opens),
        )  # fmt: skip
    if last < today or (first != before.opens and first < today):
        raise Refusal(
            "That day is past. Choose a day from {today} on.", "该日期已经过去，请选择 {today} 或之后的日期。",
            today=day_words(today),
        )  # fmt: skip


def refuse_ended(cycle: Cycle, window: Window, zones: list[str], now: datetime) -> None:
    """Refuse a phase that has ended for the first people: what was closed for them can't be open for others."""
    hour = cycle.template.nudges.hour
    if any(moments_in(window, hour, zone)[2] <= now for zone in zones):
        raise Refusal(
            "“{phase}” has ended. Give single people more time instead, with “Extend one person” on /cycle.",
            "“{phase}”已经结束。如需给个别人更多时间，请在 /cycle 中使用“延长个人期限”。", phase=window.phase.title,
        )  # fmt: skip


def zones_of(records: CycleRecords, cycle: Cycle) -> list[str]:
    """The zones that people of the cycle live in."""
    if cycle.state == "live":
        return list(records.participants.zones(cycle.id))
    return sorted({row[1] for row in records.participants.meant(cycle.audience)})


def follow(records: CycleRecords, cycle: Cycle, window: Window, now: datetime) -> int:
    """Have the phase's tasks follow its dates: those written already in one statement, the rest when planned."""
    name, hour = window.phase.name, cycle.template.nudges.hour
    sweep = records.sweeps.get(phase_key(cycle.id, name))
    if sweep and not sweep.done:
        records.sweeps.save(replace(sweep, due_at=max(now, planned_at(window))))
    own = [one.person for one in records.participants.extended(cycle.id) if name in one.extended]
    zones = records.tasks.zones(WORKS, cycle.id, name)
    moments = {zone: moments_in(window, hour, zone) for zone in zones}
    number = records.tasks.move(WORKS, cycle.id, name, moments, now, own)
    if sweep and sweep.done:
        plan_lateness(records, cycle, window)
    return (
        number
        + retime(records, cycle, window.phase, own, now)
        + retime_answers(records, cycle, window.phase, now)
    )


move = flow(
    "cycle-move", Words("Move dates", "调整日期"), may=("cycle", "steer"), of=steered_cycle, facts=moving, keep=keep,
    subject=subject_in(*MOVABLE), again=True, command="cycle move",
    help=Words("HR: move the dates of a phase", "HR：调整阶段日期"),
)(decide)  # fmt: skip
