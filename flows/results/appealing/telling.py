"""An appeal in words: where it is, what was done about it, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from flows.core.moments import day_and_time, day_words
from flows.core.screen import Element, Line, Quote
from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.appealing.filing import OTHERS
from flows.results.appealing.outcome import outcome_words
from flows.results.appealing.records import Appeal, State, Step, StepKind
from flows.results.rating import rating_words
from flows.results.records import ResultRecords
from flows.reviews.rules_result import part_named

STATES: Mapping[State, Words] = {
    "filed": Words("Formal check by HR", "HR 形式审查中"),
    "returned": Words("Back with the employee, to be completed", "已退回员工补充"),
    "level1": Words("Level 1 decides", "第一级裁决中"),
    "answered": Words(
        "Decided at level 1; the employee accepts or goes on", "第一级已裁决，等待员工接受或提交复审"
    ),
    "level2": Words("The panel of level 2 decides", "第二级复审小组裁决中"),
    "decided": Words("Decided", "已裁决"),
    "inadmissible": Words("Not admissible", "不予受理"),
    "withdrawn": Words("Withdrawn", "已撤回"),
    "lapsed": Words("Over: the employee has left", "已终止：员工已离职"),
}
DONE: Mapping[StepKind, Words] = {
    "filed": Words("Filed", "提交"),
    "returned": Words("Sent back to be completed", "退回补充"),
    "completed": Words("Completed", "补充完成"),
    "admitted": Words("Admitted", "受理"),
    "inadmissible": Words("Not admissible", "不予受理"),
    "named": Words("Asked to decide", "指定裁决人"),
    "note": Words("Hearing note", "听证记录"),
    "proposed": Words("Proposed a decision", "提出决定"),
    "agreed": Words("Agreed to it", "同意该决定"),
    "decided": Words("Decided", "裁决"),
    "accepted": Words("Accepted", "接受"),
    "silent": Words("The time was over", "期限届满"),
    "went_on": Words("Went on to a panel", "提交复审"),
    "withdrawn": Words("Withdrawn", "撤回"),
    "late": Words("Late: HR was told", "逾期：已通知 HR"),
    "stepped_back": Words("Stepped back", "回避"),
    "lapsed": Words("The employee has left", "员工离职"),
}
NOBODY = Words(
    "nobody in the company may: HR has somebody from outside decide", "公司内无人可裁决：HR 将请外部人员裁决"
)


def due_words(appeal: Appeal, reader: Person) -> Words:
    """By when the present step is due, in the reader's zone, or that it is late."""
    day = day_words(local_day(appeal.due_at, reader.zone))
    if appeal.late:
        return day + Words(" – late, HR was told", "（已逾期，已通知 HR）")
    return day


def contested(cycle: Cycle, appeal: Appeal) -> Words:
    """What of the result is contested."""
    return join(OTHERS.get(part) or part_named(cycle.template, part) for part in appeal.parts)


def told(records: ResultRecords, cycle: Cycle, steps: Iterable[Step], reader: Person) -> list[Element]:
    """What was done, the newest last: who, when, and in which words."""
    steps = list(steps)
    ids = {one.by for one in steps if one.by} | {n for one in steps for n in one.about.get("people", ())}
    names = {one.id: one.name for one in records.people.many(ids)}
    body: list[Element] = []
    for one in steps:
        words = DONE[one.kind]
        if one.kind == "named":
            people = join(same(names.get(number, "–")) for number in one.about["people"])
            words += Words(": {people}", "：{people}").fill(people=people)
        if one.kind in ("decided", "proposed"):
            words += Words(": {what}", "：{what}").fill(what=decided_words(cycle, one))
        body.append(Line(join([words, *who_and_when(one, names, reader)], " · ", " · ")))
        if one.text:
            body.append(Quote(one.text))
    return body


def who_and_when(one: Step, names: Mapping[int, str], reader: Person) -> list[Words]:
    who = [same(names.get(one.by, "–"))] if one.by else []
    if outside := one.about.get("outside"):
        who = [same(outside)]
    return [*who, day_and_time(one.at, reader.zone)]


def decided_words(cycle: Cycle, one: Step) -> Words:
    """The outcome, at which level, and what the rating is by it."""
    words = outcome_words(one.about["outcome"])
    if level := one.about.get("level"):
        words += Words(" (level {n})", "（第{n}级）").fill(n=level)
    if rating := one.about.get("rating"):
        words += same(" · ") + rating_words(cycle.template, rating)
    return words


def decisions(steps: Iterable[Step]) -> list[Step]:
    return [one for one in steps if one.kind == "decided"]


def since(at: datetime, reader: Person) -> Words:
    return day_words(local_day(at, reader.zone))
