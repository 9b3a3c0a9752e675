"""What HR looks after: the check-ins' programme, and every cycle with completion by phase and department."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flows.checkins.completion import completion_body, told_programme
from flows.checkins.rounds import KIND, running_round
from flows.core.progress import CHANGE
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Line, Note, Row
from flows.core.words import Words, count, join, same
from flows.cycle.calendar import local_day
from flows.cycle.closed import is_unnamed
from flows.cycle.hr.completion import share_in, shares_of
from flows.cycle.phase import Window
from flows.cycle.progress import Share, in_all, line_of_phases, on_now
from flows.cycle.records import Cycle
from flows.home.mine import OPEN
from flows.home.records import HomeRecords
from flows.people.person import Person
from flows.people.policy import Thing, may

MOST_DEPARTMENTS = 12  # those that are furthest behind; the cycle's own screen shows all


def programme(records: HomeRecords, actor: Person, now: datetime) -> list[Element]:
    """For HR: the programme, its buttons, and completion in scope."""
    if not actor.is_hr:
        return []
    body: list[Element] = [Divider(), Heading(Words("The programme", "周报计划"))]
    current = records.programmes.current()
    steers = may(actor, "steer", Thing("programme"), now)
    if current is None:
        body.append(Line(Words("Not running. Nobody is written to.", "未启动，不会向任何人发送消息。")))
        start = Button(Words("Start check-ins", "启动周报"), Act("open", ("checkin-start", "")), "primary")
        return [*body, Buttons((start,))] if steers else body
    body.append(Line(told_programme(current)))
    if steers:
        body.append(Buttons(tuple(steering_buttons(current.state == "paused"))))
    round_key = records.tasks.latest_subject(KIND, current.id)
    if round_key and running_round(current, now.date()):
        body += completion_body(records, actor, current, round_key)
    return body


def steering_buttons(paused: bool) -> list[Button]:
    """Change, pause or resume, end."""
    toggle = (
        Button(Words("Resume", "恢复"), Act("do", ("checkin-resume",)))
        if paused
        else Button(Words("Pause", "暂停"), Act("do", ("checkin-pause",)))
    )
    sure = Words(
        "Open check-ins are closed and nobody is asked any more.", "未完成的周报会关闭，之后不再收集。"
    )
    return [
        Button(CHANGE, Act("open", ("checkin-change", ""))),
        toggle,
        Button(Words("End", "结束"), Act("do", ("checkin-end",)), "danger", sure),
    ]


def all_cycles(records: HomeRecords, actor: Person, now: datetime) -> list[Element]:
    """For HR: what is being prepared or waits for somebody, and completion of every live cycle in scope."""
    if not actor.is_hr:
        return []
    body: list[Element] = [
        Row(preparing(cycle), Button(OPEN, place_of(cycle)), same(cycle.name))
        for cycle in records.cycles.in_state("draft", "rehearsed")
        if actor.hr_scope is None or cycle.owner == actor.id
    ]
    for cycle in records.cycles.in_state("live"):
        body += completion(records, actor, cycle, now)
    ways = ways_in(actor, now)
    if not body and ways:
        body = [Line(Words("There is no cycle yet.", "还没有周期。"))]
    if ways:
        body.append(Buttons(tuple(ways)))
    return [Divider(), Heading(Words("Cycles", "周期")), *body] if body else []


def ways_in(actor: Person, now: datetime) -> list[Button]:
    """A new cycle, the list of all, and a broadcast, for whom they are open."""
    ways: list[Button] = []
    if may(actor, "read", Thing("cycles"), now):
        ways += [
            Button(Words("New cycle", "新建周期"), Act("open", ("cycle-new", ""))),
            Button(Words("All cycles", "全部周期"), Act("see", ("cycles",))),
        ]
    if may(actor, "write", Thing("broadcast"), now):
        ways.append(Button(Words("Broadcast", "群发通知"), Act("open", ("broadcast", ""))))
    return ways


def preparing(cycle: Cycle) -> Words:
    """What a cycle that is not launched yet waits for."""
    if cycle.asked_by is not None:
        return Words("waits for a second person's approval", "等待第二人批准")
    if cycle.state == "rehearsed":
        return Words("rehearsed, to be launched", "已演练，待启动")
    return Words("draft", "草稿")


def place_of(cycle: Cycle) -> Act:
    return Act("see", ("cycle", str(cycle.id)))


def completion(records: HomeRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """A live cycle: where it is, how far each phase that is on is, by department; counts only."""
    today = local_day(now, actor.zone)
    windows = on_now(cycle, today)
    kinds = sorted(
        {window.phase.work for window in windows}
    )  # counting the others too would take twice as long
    shares = shares_of(records, actor, cycle, kinds)
    unnamed = any(is_unnamed(cycle, window.phase) for window in windows)
    known = unnamed or any(shares.get(window.phase.name) for window in windows)
    if actor.hr_scope is not None and not (known and looked_after(records, actor, cycle)):
        return []
    line = line_of_phases(cycle, today)
    if cycle.paused_at is not None:
        line = Words("Paused. ", "已暂停。") + line
    body: list[Element] = [Row(line, Button(OPEN, place_of(cycle)), same(cycle.name))]
    for window in windows:
        share = share_in(records, actor, cycle, window.phase, shares, now)
        if is_unnamed(cycle, window.phase) and not share.total:
            continue
        body.append(Line(window.phase.title + Words(": ", "：") + share.words + same(f" ({share.percent}%)")))
    body += by_department(windows, shares)
    asked = len(records.participants.asked(cycle.id)) if actor.hr_scope is None else 0
    if asked:
        words = count(
            asked,
            "{n} joiner waits for your answer",
            "{n} joiners wait for your answer",
            "{n} 名新员工待确认",
        )
        body.append(Row(words, Button(OPEN, Act("see", ("cycle-joiners", str(cycle.id))))))
    return body


def looked_after(records: HomeRecords, actor: Person, cycle: Cycle) -> bool:
    """Whether anybody of the departments of somebody who is HR for some takes part."""
    return actor.hr_scope is not None and not actor.hr_scope.isdisjoint(records.participants.count(cycle.id))


def by_department(windows: list[Window], shares: Mapping[str, Mapping[str, Share]]) -> list[Element]:
    """Each department with its share of every phase that is on, those furthest behind first."""
    known = [(window.phase.title, shares.get(window.phase.name, {})) for window in windows]
    departments = {name for _, by in known for name in by}

    def far(name: str) -> int:
        return in_all(by[name] for _, by in known if name in by).percent

    def told(name: str) -> Words:
        parts = [title + same(f" {by[name].figures}") for title, by in known if name in by]
        return join(parts, " · ", " · ")

    behind = sorted(departments, key=lambda name: (far(name), name))
    rows = tuple((same(name or "–"), told(name)) for name in behind[:MOST_DEPARTMENTS])
    body: list[Element] = [Facts(rows)] if rows else []
    if len(behind) > MOST_DEPARTMENTS:
        left = len(behind) - MOST_DEPARTMENTS
        en = ("{n} more department is further along.", "{n} more departments are further along.")
        body.append(Note(count(left, *en, "其余 {n} 个部门进度更快。")))
    return body
