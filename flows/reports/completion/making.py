"""The report of completion: how far people are, against the plan, where it will end, and who to help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words, join, same
from flows.cycle.asking import is_personal
from flows.cycle.calendar import country_of, local_day
from flows.cycle.phase import windows
from flows.cycle.progress import Share, short_day
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.reports.completion.drawn import bars, over_time
from flows.reports.completion.figures import BY_GROUP, BY_PHASE, FIGURES
from flows.reports.completion.kept import Group, Key
from flows.reports.completion.state import Standing, State, end_of, percent_of, standing_of, states_of
from flows.reports.frame.filters import VIEW, Filters
from flows.reports.records import ReportRecords
from flows.reports.report import BYS, Asked, Cell, Report, ReportKind, Table
from flows.reports.rights import BELOW, OF_DEPARTMENT, is_hr_of, managers_named

Rows = Sequence[tuple[Key, Standing]]

NAME = "completion"
TITLE = Words("Completion", "完成情况")
NOBODY = Words("no manager", "无上级")
NO_DEPARTMENT = Words("no department", "无部门")
NOT_NAMED = Words("a manager above you", "你的上级")
OPEN = Words("Open", "打开")
NOT_TOLD = Words("not told", "不公布")
HELP = Words(
    "Whoever has something open is reminded by itself, with the day's digest. HR can extend one person's time or move a "
    "phase on /cycle; what helps most is asking those who are behind what keeps them.",
    "未完成的人会在每日摘要中自动收到提醒。HR 可在 /cycle 中延长个人期限或调整阶段日期；"
    "最有效的是直接询问进度落后的人遇到了什么困难。",
)
UNNAMED = Words(
    "Phases that people write without a name are told once they are over, for the whole company together.",
    "匿名填写的阶段在结束后才显示，且仅显示全公司合计。",
)


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Refuses where no phase of the cycle has opened yet."""
    cycle = asked.cycle
    if cycle is None:
        raise Refusal("Choose a cycle first.", "请先选择周期。")
    to_hr = is_hr_of(records, reader, asked.scope, now)
    today = local_day(now, reader.zone)
    states = states_of(records, reader, cycle, asked.scope, to_hr=to_hr, now=now)
    if not states:
        raise nothing_yet(cycle, today)
    focus = focused(states, today)
    groups = grouped(records, cycle, asked, focus)
    names = names_of(records, reader, asked, groups, now)
    rows = sorted(groups.items(), key=lambda one: (-one[1].missing, one[1].percent, names[one[0]].en))
    named = [(names[key], standing) for key, standing in rows]
    tables = [by_phase(states, ways_of(records, reader, cycle, states, today, to_hr=to_hr))]
    tables += [by_group(cycle, asked, focus, rows, names, to_hr=to_hr)] if rows else []
    return Report(
        TITLE,
        asked.scope.words + same(f" · {cycle.name}"),
        now,
        said(focus, named, today),
        tuple(tables),
        (*(over_time(one, today, country_of(reader.zone)) for one in focus[:2]), *bars(BYS[asked.by], named)),
    )


def nothing_yet(cycle: Cycle, today: date) -> Refusal:
    """The no to a cycle in which nothing can be done yet, or nothing that may be told."""
    ahead = [one for one in windows(cycle) if one.stage(today) == "ahead"]
    if ahead:
        first = min(ahead, key=lambda one: one.opens)
        return Refusal(
            "Nothing of {name} is open yet: “{phase}” opens on {day}. Choose an older cycle, or come back then.",
            "“{name}”还没有开放的阶段：“{phase}”将于 {day} 开放。请选择更早的周期，或届时再来查看。",
            name=cycle.name, phase=first.phase.title, day=day_words(first.opens),
        )  # fmt: skip
    return Refusal(
        "There is nothing about {name} that could be counted here. Choose another cycle.",
        "“{name}”没有可以统计的内容，请选择其他周期。", name=cycle.name,
    )  # fmt: skip


def focused(states: list[State], today: date) -> list[State]:
    """The phases that groups are compared by: those that are on, the first to end first; else the one that ended last."""
    told = [one for one in states if one.named]
    on = [one for one in told if one.window.stage(today) in ("open", "late")]
    if on:
        return sorted(on, key=lambda one: one.window.due)
    return sorted(told, key=lambda one: one.window.closes)[-1:]


def grouped(records: ReportRecords, cycle: Cycle, asked: Asked, focus: list[State]) -> dict[Key, Standing]:
    """Each group with how far it is in these phases."""
    if not focus:
        return {}
    states = {state.name: state for state in focus}
    first = min((state.days[0] for state in focus if state.days), default=focus[0].window.opens)
    since = datetime.combine(first, time(0), tzinfo=UTC)
    by: defaultdict[Key, list[Group]] = defaultdict(list)
    for group in records.reports.completion.groups(cycle, asked.scope, sorted(states), asked.by, since):
        by[group.key].append(group)
    return {key: standing_of(several, states) for key, several in by.items()}


def names_of(
    records: ReportRecords, reader: Person, asked: Asked, groups: Mapping[Key, Standing], now: datetime
) -> dict[Key, Words]:
    """What each group is called; a manager by name only where the policy says so."""
    if asked.by != "manager":
        return {key: same(key) if key else NO_DEPARTMENT for key in groups}
    people = records.people.many(key for key in groups if isinstance(key, int))
    named = managers_named(records, reader, asked.scope, people, now)
    found: dict[Key, Words] = {person.id: same(person.name) for person in people if person.id in named}
    return {key: found.get(key, NOT_NAMED if key else NOBODY) for key in groups}


def by_phase(states: list[State], ways: Mapping[str, tuple[Words, Act]]) -> Table:
    """Every phase that has opened, with the way to who is late in it."""
    rows, acts = [], []
    for nth, state in enumerate(states):
        share, window = state.share, state.window
        far: tuple[Cell, ...] = (NOT_TOLD, None, None, None, None, None, None)
        if share is not None:
            ends = (state.reach.middle, state.reach.low, state.reach.high) if state.reach else ()
            ahead = tuple(percent_of(one, share.total) for one in ends) or (None, None, None)
            far = (share.done, share.total, state.percent, state.plan, *ahead)
        rows.append((window.phase.title, window.due, *far))
        if state.name in ways:
            acts.append((nth, *ways[state.name]))
    hidden = any(not state.named for state in states)
    return Table(Words("By phase", "按阶段"), BY_PHASE, tuple(rows), UNNAMED if hidden else None, tuple(acts))


def ways_of(
    records: ReportRecords, reader: Person, cycle: Cycle, states: list[State], today: date, *, to_hr: bool
) -> dict[str, tuple[Words, Act]]:
    """Where names stand, for whom they do: HR's list of who is late, and a manager's own people."""
    leads = bool(records.participants.led_by(cycle.id, reader.id))
    found = {}
    for state in states:
        share, phase = state.share, state.window.phase
        place = (str(cycle.id), phase.name)
        if not state.named or share is None or share.done == share.total:
            continue
        if to_hr and state.window.stage(today) in ("late", "over"):
            found[phase.name] = Words("Who is late", "查看逾期"), Act("see", ("cycle-late", *place))
        elif leads and phase.who == "everyone" and not is_personal(phase):
            found[phase.name] = Words("Your people", "我的下属"), Act("see", ("cycle-team", *place))
    return found


def by_group(
    cycle: Cycle, asked: Asked, focus: list[State], rows: Rows, names: Mapping[Key, Words], *, to_hr: bool
) -> Table:
    """The groups with most missing first, with a look into each that the reader may have."""
    cells: list[tuple[Cell, ...]] = []
    acts = []
    for nth, (key, one) in enumerate(rows):
        cells.append((names[key], one.share.done, one.share.total, one.percent, one.plan, one.missing))
        if act := look_into(cycle, asked, key, names[key], to_hr=to_hr):
            acts.append((nth, OPEN, act))
    title = BYS[asked.by] + same(" · ") + join((state.window.phase.title for state in focus), " + ", "、")
    return Table(title, BY_GROUP, tuple(cells), HELP, tuple(acts))


def look_into(cycle: Cycle, asked: Asked, key: Key, name: Words, *, to_hr: bool) -> Act | None:
    """The same report of one group, where that is a narrower one and the reader's to see."""
    if asked.by == "department" and key and to_hr and asked.scope.departments != frozenset({key}):
        whose = f"{OF_DEPARTMENT}{key}"
    elif asked.by == "manager" and key and key != asked.scope.below and name != NOT_NAMED:
        whose = f"{BELOW}{key}"
    else:
        return None
    return Act("see", (VIEW, *Filters(NAME, whose, cycle.id, "manager").about))


def said(focus: list[State], named: list[tuple[Words, Standing]], today: date) -> Words:
    """Two or three sentences: how far against the plan, where it ends, and who needs help."""
    if not focus:
        return Words("What is open now is written without a name.", "目前开放的阶段为匿名填写。")
    words = join((told(state, today) for state in focus[:2]), " ", "")
    worst = [(name, one.missing) for name, one in named if one.missing][:3]
    if worst and len(named) > 1:
        parts = (name + same(f" ({number:,})") for name, number in worst)
        words += Words(" Most will be missing in {groups}.", "预计未完成最多：{groups}。").fill(
            groups=join(parts)
        )
    return words


def told(state: State, today: date) -> Words:
    """One phase in a sentence or two."""
    share = state.share or Share()
    words = Words(
        "“{phase}”: {figures} done ({percent}%).", "“{phase}”：已完成 {figures}（{percent}%）。"
    ).fill(phase=state.window.phase.title, figures=share.figures, percent=round(state.percent))
    if state.window.stage(today) == "over":
        return words + Words(" It is over.", "该阶段已结束。")
    if share.total == share.done:
        return words
    words += Words(" By plan it would be {plan}%.", "按计划应为 {plan}%。").fill(plan=round(state.plan))
    if state.reach is None:
        return words + Words(
            " Where it will end can be said after two working days.", "开放满两个工作日后可预测结果。"
        )
    low, middle, high = (
        round(percent_of(one, share.total)) for one in (state.reach.low, state.reach.middle, state.reach.high)
    )
    return words + Words(
        " At this pace it ends at {middle}% on {day} ({low} to {high}%).",
        "按目前速度，到 {day} 预计为 {middle}%（{low}%～{high}%）。",
    ).fill(middle=middle, low=low, high=high, day=short_day(end_of(state.window, today)))


COMPLETION = ReportKind(
    NAME,
    TITLE,
    Words(
        "How far is everybody, where will it end, and who needs help?",
        "大家完成得怎么样？最终会到多少？谁需要帮助？",
    ),
    FIGURES,
    make,
    needs_cycle=True,
    bys=("department", "manager", "level"),
)
