"""What a cycle will be before it is launched: its phases, what people get, how many they are, what is wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from flows.core.catalog import view
from flows.core.screen import Act, Element, Facts, Heading, Line, Note, Screen
from flows.core.words import Words, count, join, same
from flows.cycle.asking import asks
from flows.cycle.audience import told_audience
from flows.cycle.broadcasts.kickoff import kickoff_text
from flows.cycle.calendar import local_day
from flows.cycle.hr.dates import in_the_past, too_short
from flows.cycle.hr.scope import BEFORE, named, only, readable_cycle
from flows.cycle.hr.setup import told_people
from flows.cycle.phase import Window, windows
from flows.cycle.phase_words import days_of, does
from flows.cycle.records import Cycle, CycleRecords
from flows.people.person import Person
from flows.people.policy import Thing

MOST_DEPARTMENTS = 20  # lines; the rest is counted


def problems(
    cycle: Cycle, rows: list[tuple[str, str, bool, int]], today: date
) -> tuple[list[Words], list[Words]]:
    """(What stands in the way of a launch, what HR should know); `rows` are the people meant, by department and zone."""
    blocking: list[Words] = []
    if not rows:
        blocking.append(Words("Nobody would take part. Change the audience.", "没有参与者，请修改范围。"))
    if past := in_the_past(cycle, today):
        blocking.append(past)
    known: list[Words] = []
    if alone := sum(number for _, _, managed, number in rows if not managed):
        known.append(
            count(
                alone, "{n} person has no manager, so nobody reviews them. Name one in the directory or after the launch.",
                "{n} people have no manager, so nobody reviews them. Name one in the directory or after the launch.",
                "{n} 人没有上级，没有人评价他们。请在通讯录中指定，或在启动后指定。",
            )
        )  # fmt: skip
    zones = [zone for _, zone, _, _ in rows]
    policy = cycle.template.nudges
    asking = [window for window in windows(cycle) if asks(window.phase)]
    short = [(window, too_short(window.opens, window.due, zones, policy)) for window in asking]
    known += [window.phase.title + Words(": ", "：") + words for window, words in short if words]
    return blocking, known


def told_phase(cycle: Cycle, window: Window) -> tuple[Words, Words]:
    """A phase's title, and its days with what is done in it."""
    return window.phase.title, days_of(window) + Words(": ", "：") + does(cycle.template, window.phase)


def previewed(records: CycleRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The cycle that a button names; a command that names none finds the actor's only draft."""
    return readable_cycle(records, actor, about) if any(about) else Thing("cycle")


@view("cycle-preview", may=("cycle", "read"), of=previewed, command="cycle preview",
      help=Words("HR: look a draft through", "HR：预览周期草稿"))  # fmt: skip
def preview(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What HR looks through before a launch."""
    cycle = named(records, about) or only(records, actor, "", BEFORE, now)
    return Screen(
        Words("Preview", "预览"),
        tuple(preview_body(records, actor, cycle, now)),
        place=Act("see", ("cycle-preview", str(cycle.id))),
    )


def preview_body(records: CycleRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    rows = records.participants.meant(cycle.audience)
    people = sum(row[-1] for row in rows)
    blocking, known = problems(cycle, rows, local_day(now, actor.zone))
    hour = f"{cycle.template.nudges.hour:%H:%M}"
    body: list[Element] = [
        Heading(same(cycle.name)),
        Line(cycle.template.title + Words(" · for ", " · ") + told_people(people)),
        Line(told_audience(cycle.audience, records.people)),
        Note(Words("Days and hours are each person's own; what is new comes at {hour}.",
                   "日期和时间以每个人所在时区为准，新任务于 {hour} 发送。").fill(hour=hour)),
    ]  # fmt: skip
    body += [Line(Words("Change this first: ", "请先修改：") + words) for words in blocking]
    body += [Line(Words("Good to know: ", "请注意：") + words) for words in known]
    body += [
        Heading(Words("Phases", "阶段")),
        Facts(tuple(told_phase(cycle, window) for window in windows(cycle))),
    ]
    body += [Heading(Words("Reminders", "提醒")), Line(told_nudges(cycle))]
    body += [Heading(Words("The first message", "首条消息")), Line(kickoff_text(cycle))]
    by_department = Counter[str]()
    for department, _, _, number in rows:
        by_department[department] += number
    body.append(Heading(Words("Who", "参与者")))
    most = by_department.most_common(MOST_DEPARTMENTS)
    body += [Facts(tuple((same(name or "–"), told_people(number)) for name, number in most))] if most else []
    if more := len(by_department) - len(most):
        body.append(
            Note(count(more, "and {n} more department", "and {n} more departments", "以及另外 {n} 个部门"))
        )
    return body


def told_nudges(cycle: Cycle) -> Words:
    """When people are reminded, and when managers and HR are told."""
    policy = cycle.template.nudges
    moments = [Words("on the first day", "第一天")]
    moments += [count(n, "{n} day before", "{n} days before", "截止前 {n} 天") for n in policy.before]
    moments += [Words("on the last day", "最后一天")] if policy.on_day else []
    moments += [count(n, "{n} day after", "{n} days after", "逾期 {n} 天") for n in policy.after]
    words = join(moments) + Words(
        ". At most one message a day and four a week.", "。每人每天最多一条、每周最多四条。"
    )
    if policy.manager is not None:
        words += count(
            policy.manager, " Managers are told a number {n} day after.", " Managers are told a number {n} days after.",
            "逾期 {n} 天后告知上级人数。",
        )  # fmt: skip
    if policy.hr is not None:
        words += count(
            policy.hr,
            " HR gets a list {n} day after.",
            " HR gets a list {n} days after.",
            "逾期 {n} 天后向 HR 提供名单。",
        )
    return words
