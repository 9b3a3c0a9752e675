"""What HR sees of cycles: the list, and one cycle with its state, its phases, its counts and what may be done now."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.words import Words, count, same
from flows.cycle.asking import asks, is_named
from flows.cycle.calendar import local_day
from flows.cycle.hr.completion import share_in, shares_of
from flows.cycle.hr.launch import ALONE, meant
from flows.cycle.hr.scope import STATES, all_cycles, named, readable_cycle, thing_of_cycle
from flows.cycle.hr.setup import told_people
from flows.cycle.hr.ways import buttons_for, for_people
from flows.cycle.owing import WORKS
from flows.cycle.phase import windows
from flows.cycle.phase_words import does
from flows.cycle.planning import snapshot_key
from flows.cycle.progress import in_all, line_of_phases
from flows.cycle.records import Cycle, CycleRecords
from flows.people.person import Person
from flows.people.policy import may
from flows.results.records import ResultRecords

MOST_CYCLES = 30  # lines on the list; older ones are archived
MOST_DEPARTMENTS = 40
TITLE = Words("Cycles", "周期")
OPEN = Words("Open", "打开")
STAGES = {
    "ahead": Words("ahead", "未开始"),
    "open": Words("open", "进行中"),
    "late": Words("late days", "宽限期"),
    "over": Words("over", "已结束"),
}


@view("cycles", may=("cycles", "read"), of=all_cycles, command="cycle",
      help=Words("HR: your cycles, and what can be done with them", "HR：查看和管理周期"))  # fmt: skip
def cycles(records: CycleRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Every cycle that the reader looks after, at least in part; the newest first."""
    today = local_day(now, actor.zone)
    mine = [
        cycle
        for cycle in records.cycles.all()
        if may(actor, "read", thing_of_cycle(records, actor, cycle), now)
    ]
    new = Button(Words("New cycle", "新建周期"), Act("open", ("cycle-new", "")), "primary")
    body: list[Element] = [Buttons((new,))]
    if not mine:
        body.append(Line(Words("There is no cycle yet.", "还没有周期。")))
    for cycle in mine[:MOST_CYCLES]:
        words = told_state(cycle)
        if cycle.state == "live":
            words += same("\n") + line_of_phases(cycle, today)
        body.append(Row(words, Button(OPEN, Act("see", ("cycle", str(cycle.id)))), same(cycle.name)))
    if len(mine) > MOST_CYCLES:
        body.append(Note(Words("Older ones are not shown.", "更早的周期不再显示。")))
    return Screen(TITLE, tuple(body), place=Act("see", ("cycles",)))


def told_state(cycle: Cycle) -> Words:
    """The state with the day that matters: "live since Monday 2 March"."""
    words = STATES[cycle.state]
    if cycle.state == "live" and cycle.paused_at is not None:
        return words + Words(", paused", "，已暂停")
    if cycle.state in ("draft", "rehearsed"):
        if cycle.asked_by is not None:
            words += Words(", waits for a second person's approval", "，等待第二人批准")
        return words + Words(", begins on {day}", "，{day} 开始").fill(day=day_words(cycle.first))
    return words


@view("cycle-status", may=("cycles", "read"), of=all_cycles, command="cycle status",
      help=Words("HR: how far the running cycle is", "HR：查看进行中的周期"))  # fmt: skip
def status(records: ResultRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """The one cycle that runs; the list when there are several, or none."""
    live = [
        cycle
        for cycle in records.cycles.in_state("live")
        if may(actor, "read", thing_of_cycle(records, actor, cycle), now)
    ]
    if len(live) == 1:
        return one.screen(records, actor, (str(live[0].id),), now)
    return cycles.screen(records, actor, (), now)


@view("cycle", may=("cycle", "read"), of=readable_cycle)
def one(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """One cycle: counts only, and of the reader's own departments only."""
    cycle = named(records, about)
    if cycle is None:
        raise Refusal("Choose a cycle on /cycle first.", "请先在 /cycle 中选择周期。")
    body: list[Element] = [
        Heading(same(cycle.name)),
        Line(cycle.template.title + same(" · ") + told_state(cycle)),
    ]
    if may(actor, "steer", thing_of_cycle(records, actor, cycle), now):
        body += [Buttons(row) for row in buttons_for(cycle, actor)]
    elif cycle.state == "live":
        body.append(Buttons(for_people(cycle)))
    if cycle.state in ("draft", "rehearsed"):
        body.append(
            Line(
                Words("For {people} as of today.", "目前共 {people}。").fill(
                    people=told_people(meant(records, cycle))
                )
            )
        )
        if meant(records, cycle) > ALONE:
            body.append(
                Note(Words("A second person of HR has to approve its launch.", "启动需要另一位 HR 批准。"))
            )
    body += phases(records, actor, cycle, now)
    if cycle.launched_at is not None:
        body += people(records, actor, cycle, now)
    return Screen(Words("Cycle", "周期"), tuple(body), place=Act("see", ("cycle", str(cycle.id))))


def phases(records: ResultRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """Each phase with its days, where it is, and how far people are."""
    shares = shares_of(records, actor, cycle, WORKS)
    today = local_day(now, actor.zone)
    rows = []
    for window in windows(cycle):
        words = Words("{first} to {last}", "{first} 至 {last}").fill(
            first=day_words(window.opens), last=day_words(window.due)
        )
        if cycle.state == "live":
            words += same(" · ") + STAGES[window.stage(today)]
        share = share_in(records, actor, cycle, window.phase, shares, now)
        if share.total:
            words += same(" · ") + share.words
        elif window.phase.work != "none" and not asks(window.phase):
            words += same(" · ") + does(cycle.template, window.phase)
        rows.append((window.phase.title, words))
    return [Heading(Words("Phases", "阶段")), Facts(tuple(rows))] if rows else []


def people(records: CycleRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """How many take part by department and how far they are, and who waits for HR."""
    snapshot = records.sweeps.get(snapshot_key(cycle.id))
    if snapshot is not None and not snapshot.done and cycle.state == "live":
        return [Note(Words("The list of who takes part is being written.", "正在登记参与者。"))]
    scope = actor.hr_scope
    counts = {
        name: number
        for name, number in records.participants.count(cycle.id).items()
        if scope is None or name in scope
    }
    shares = shares_of(records, actor, cycle, WORKS)
    rows = []
    for name in sorted(counts)[:MOST_DEPARTMENTS]:
        share = in_all(by[name] for by in shares.values() if name in by)
        words = told_people(counts[name])
        rows.append((same(name or "–"), words + same(" · ") + share.words if share.total else words))
    title = Words("Taking part: ", "参与者：") + told_people(sum(counts.values()))
    body: list[Element] = [Heading(title), *([Facts(tuple(rows))] if rows else [])]
    if (more := len(counts) - len(rows)) > 0:
        body.append(
            Note(count(more, "and {n} more department", "and {n} more departments", "以及另外 {n} 个部门"))
        )
    if cycle.state == "live":
        body += for_hr(records, actor, cycle, now)
    return body


def for_hr(records: CycleRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """Who has no manager, who joined, and who is late, with the way to each list."""
    body: list[Element] = []
    it = str(cycle.id)
    scope = actor.hr_scope
    alone = [
        p for p in records.participants.without_manager(cycle.id) if scope is None or p.department in scope
    ]
    if alone:
        words = count(
            len(alone), "{n} person without a manager", "{n} people without a manager", "{n} 人没有上级"
        )
        body.append(Row(words, Button(OPEN, Act("see", ("cycle-unled", it)))))
    asked = [p for p in records.participants.asked(cycle.id) if scope is None or p.department in scope]
    if asked:
        words = count(
            len(asked),
            "{n} joiner to decide about",
            "{n} joiners to decide about",
            "{n} 位新加入的人员待确认",
        )
        body.append(Row(words, Button(OPEN, Act("see", ("cycle-joiners", it)))))
    if any(phase.work == "goals" for phase in cycle.template.phases):
        words = Words("Goals: who has none agreed yet", "目标：查看谁还没有已确认的目标")
        body.append(Row(words, Button(OPEN, Act("see", ("goals-missing", it)))))
    if any(is_named(phase) for phase in cycle.template.phases):
        words = Words("Reviewers: who has too few", "评估人：查看人数不足的人员")
        body.append(Row(words, Button(OPEN, Act("see", ("cycle-reviewers", it)))))
    if cycle.template.scale or cycle.template.free:
        words = Words("Calibration: sessions, and who is in none", "校准：查看校准会及尚未分配的人")
        body.append(Row(words, Button(OPEN, Act("see", ("calibrations", it)))))
    today = local_day(now, actor.zone)
    for window in windows(cycle):
        if window.stage(today) in ("late", "over") and asks(window.phase) and records.tasks.late(
            (window.phase.work,), cycle.id, window.phase.name, now, 0, 1
        ):  # fmt: skip
            words = window.phase.title + Words(": some have not finished", "：有人未完成")
            body.append(Row(words, Button(OPEN, Act("see", ("cycle-late", it, window.phase.name)))))
    return body
