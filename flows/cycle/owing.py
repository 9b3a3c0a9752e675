"""What the duties of a cycle have in common: their phase, their moments, and what is said about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from flows.core.moments import day_and_time
from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.asking import way_of
from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.phase import SECOND, Window, moments_in, window_of
from flows.cycle.records import Cycle, CycleRecords, Participant
from flows.cycle.template import NudgePolicy, Phase
from flows.people.person import Person

WORKS = ("goals", "nominate", "review", "plan", "confirm")
"""The kinds of task that a phase's `work` asks for, besides "none"; completion counts these."""

AGREE = "agree"
"""The kind of the task of answering about somebody's goals: it comes when something is asked, not with a phase."""

APPROVE = "approve"
"""The kind of the task of saying yes or no to whom somebody proposes as reviewers; it comes with the proposal."""

REPLACE = "replace"
"""The kind of the task of naming another reviewer instead of one who can't; it comes when there are too few."""

VIEW = "view"
"""The kind of the task of looking at a result, one's own or one's people's; it comes with the release."""

AGREED = "interview-agreed"
"""The kind of the task of saying what was agreed in an interview; it comes when that is over."""

SIGN = "interview-sign"
"""The kind of the task of signing that one took note of it; it comes when both sides have said theirs."""

INTERVIEW = "interview"
"""The kind of the task of saying when to talk about a result; it comes with the release, and to whose turn it is."""

REWARD = "reward"
"""The kind of the task of proposing what follows from people's results; it comes when HR opens that."""

KINDS = (*WORKS, AGREE, APPROVE, REPLACE, VIEW, INTERVIEW, AGREED, SIGN, REWARD)
"""Every kind of task of a cycle."""

ANSWER, GRACE = 7 * DAY, 14 * DAY  # how long there is to answer, and how much longer it is still taken
SOON = 3 * DAY  # how long there is to name or to approve somebody while the reviews are being written
BEFORE = 2 * DAY  # before the reviews open, so that the last day is over before they do in the first zone


@dataclass(frozen=True, slots=True)
class Owed:
    """A task with the cycle and the phase that ask for it."""

    task: Task
    cycle: Cycle
    phase: Phase

    @property
    def title(self) -> Words:
        """The phase and the cycle: "Self review · Q3"."""
        return self.phase.title + same(f" · {self.cycle.name}")


def owed_in(records: CycleRecords, task: Task) -> Owed | None:
    """The task with its phase; None when its cycle has no such phase."""
    cycle = records.cycles.get(task.scope)
    phase = cycle.template.phase(task.subject) if cycle else None
    return Owed(task, cycle, phase) if cycle and phase else None


def policy(records: CycleRecords, task: Task) -> NudgePolicy | None:
    """The cycle's nudge policy; nothing is said while it is paused or not live."""
    cycle = records.cycles.get(task.scope)
    return cycle.template.nudges if cycle and cycle.is_running else None


def moments(records: CycleRecords, task: Task, person: Person) -> tuple[datetime, datetime, datetime] | None:
    """(opens, due, until) as the dates are now, in the person's zone; None when it is not owed any more."""
    owed = owed_in(records, task)
    if owed is None or owed.cycle.state != "live":
        return None
    window = window_for(records, owed)
    if task.kind == AGREE:
        return time_to_answer(task.opens_at, person.zone) if window else None
    if task.kind in (APPROVE, REPLACE) and window:
        return time_to_decide(window, owed.cycle.template.nudges.hour, task.opens_at, person.zone)
    return moments_in(window, owed.cycle.template.nudges.hour, person.zone) if window else None


def time_to_answer(asked: datetime, zone: str) -> tuple[datetime, datetime, datetime]:
    """(opens, due, until) in UTC of what was asked at that moment, whatever phase is on: agreed goals change, too."""
    due = end_of(local_day(asked, zone) + ANSWER, zone)
    return asked, due, due + GRACE


def time_to_decide(
    window: Window, hour: time, asked: datetime, zone: str
) -> tuple[datetime, datetime, datetime]:
    """(opens, due, until) in UTC of naming or approving a reviewer: before the reviews open, or while they are written.

    `window` are the reviews' days. What is asked too late for that is due on the same day.
    """
    opens, _, until = moments_in(window, hour, zone)
    today = local_day(asked, zone)
    if asked >= opens:
        return asked, min(end_of(today + SOON, zone), until), until
    last = min(today + ANSWER, window.opens - BEFORE)
    due = end_of(max(today, last), zone)
    return asked, due, max(due, opens)


def end_of(day: date, zone: str) -> datetime:
    """The last second of a local day, in UTC."""
    return at_local(day + DAY, time(0), zone) - SECOND


def window_for(records: CycleRecords, owed: Owed) -> Window | None:
    """The phase's days for this task: HR may have given more time to its owner, or to whom it is about.

    None when the one whom it is about does not take part (any more).
    """
    task = owed.task
    whose = records.participants.get(owed.cycle.id, task.about)
    once = way_of(owed.cycle.template, owed.phase) == "once"
    if once and task.about == task.owner and whose is None:
        return window_of(owed.cycle, owed.phase)  # a manager need not take part to lead somebody who does
    if whose is None or whose.place != "in":
        return None
    owner = records.participants.get(owed.cycle.id, task.owner) if task.owner != task.about else None
    return window_of(owed.cycle, owed.phase, later(whose, owner))


def later(one: Participant, other: Participant | None) -> Mapping[str, date]:
    """The later of both last days, phase by phase."""
    days = dict(one.extended)
    for phase, day in (other.extended if other else {}).items():
        days[phase] = max(day, days.get(phase, day))
    return days


def over(owed: Owed, title: Words, person: Person) -> Words | None:
    """How it ended, in one line; None while it is open."""
    match owed.task.state:
        case "done":
            return title + Words(": done. Thank you!", "：已完成，谢谢！")
        case "waived":
            return title + Words(": not needed.", "：无需完成。")
        case "expired":
            closed = day_and_time(owed.task.until, person.zone)
            return title + Words(": closed on {day}.", "：已于 {day} 关闭。").fill(day=closed)
    return None


CLOSED = Words(": closed.", "：已关闭。")


def closed_words(records: CycleRecords, cycle: int, phase: str) -> Words | None:
    """That a phase is closed, and not whether somebody did what it asked; None where it is not there."""
    found = records.cycles.get(cycle)
    of = found.template.phase(phase) if found else None
    return of.title + same(f" · {found.name}") + CLOSED if found and of else None


def why(owed: Owed) -> Words:
    """Why somebody is asked."""
    return Words(
        "Why me? You take part in {cycle}, and {phase} is on now.",
        "为什么收到？你参加了{cycle}，现在是“{phase}”阶段。",
    ).fill(cycle=owed.cycle.name, phase=owed.phase.title)


def until_words(task: Task, person: Person) -> Words:
    """Until when it can be changed."""
    return Words("You can change it until {until}.", "{until} 前可以修改。").fill(
        until=day_and_time(task.until, person.zone)
    )


KEPT = Words(" What you wrote is kept.", "你写的内容已保留。")
"""What a no says of a form, whose draft is kept; what is typed in a command is not."""


def refuse_unless_open(owed: Owed, title: Words, person: Person, now: datetime, kept: Words = KEPT) -> None:
    """Refuse in words what can't be written (any more, or yet); what is done can be changed while it is open."""
    task = owed.task
    if owed.cycle.state != "live":
        raise Refusal(
            "{title}: HR has closed this cycle.{kept}",
            "{title}：HR 已关闭本周期。{kept}",
            title=title, kept=kept,
        )  # fmt: skip
    if task.state == "waived":
        raise Refusal(
            "{title}: this is not asked of you any more.{kept}",
            "{title}：已不需要你填写。{kept}",
            title=title, kept=kept,
        )  # fmt: skip
    if now >= task.until or task.state == "expired":
        raise Refusal(
            "{title}: this closed on {day}.{kept} If you need more time, please ask your HR team.",
            "{title}：已于 {day} 关闭。{kept}如需延期，请联系 HR。",
            title=title, day=day_and_time(task.until, person.zone), kept=kept,
        )  # fmt: skip
    if now < task.opens_at:
        raise Refusal(
            "{title}: this opens on {day}. Please come back then.",
            "{title}：将于 {day} 开放，请届时再来。",
            title=title, day=day_and_time(task.opens_at, person.zone),
        )  # fmt: skip


def parts_of(subject: str, number: int) -> tuple[str, ...] | None:
    """A subject "a/b/c" in its parts, if it has that many."""
    parts = tuple(subject.split("/"))
    return parts if len(parts) == number and all(parts) else None


def whole(text: str) -> int:
    """The id that a button or a form names; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
