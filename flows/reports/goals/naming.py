"""What groups of goals are called, whose goals a cycle has, and what is said where nothing was looked at yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.progress import short_day
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.reports.goals.kept import Key
from flows.reports.records import ReportRecords
from flows.reports.report import Asked
from flows.reports.rights import managers_named

NOBODY = Words("no manager", "无上级")
NONE = Words("none", "未填写")
NOT_NAMED = Words("a manager above you", "你的上级")
ABOUT = Words("{whose} · {cycle} · as of the night to {day}", "{whose} · {cycle} · 截至 {day} 凌晨")


def cycle_of(asked: Asked) -> Cycle:
    """The cycle that is asked about."""
    if asked.cycle is None:
        raise Refusal("Choose a cycle first.", "请先选择周期。")
    return asked.cycle


def looked_at(records: ReportRecords, cycle: Cycle) -> date:
    """The day of which the cycle's goals are known; refuses where there are none."""
    day = records.reports.goals.last_look(cycle.id)
    if day is None and cycle.state in ("closed", "archived"):
        raise Refusal(
            "No agreed goal of {cycle} was looked at while it ran. Choose another cycle.",
            "“{cycle}”进行期间没有统计过已确认的目标，请选择其他周期。", cycle=cycle.name,
        )  # fmt: skip
    if day is None:
        raise Refusal(
            "No agreed goal of {cycle} has been looked at yet: that is done each night while a cycle runs. "
            "Choose an older cycle, or come back tomorrow.",
            "“{cycle}”还没有已统计的目标：周期进行中每晚统计一次。请选择更早的周期，或明天再来查看。",
            cycle=cycle.name,
        )
    return day


def nothing_of(asked: Asked) -> Refusal:
    """The no to a scope in which nobody has a goal."""
    return Refusal(
        "Nobody of {whose} has an agreed goal in this cycle. Choose another cycle, or a larger group.",
        "{whose}在该周期没有已确认的目标。请选择其他周期，或更大的范围。",
        whose=asked.scope.words,
    )


def about(asked: Asked, cycle: Cycle, day: date) -> Words:
    """Whose figures, of which cycle, as of when."""
    return ABOUT.fill(whose=asked.scope.words, cycle=cycle.name, day=short_day(day))


def names_of(
    records: ReportRecords, reader: Person, asked: Asked, keys: Iterable[Key], now: datetime
) -> Mapping[Key, Words]:
    """What each group is called; a manager by name only where the policy says so."""
    every = list(keys)
    if asked.by != "manager":
        return {key: same(str(key)) if key else NONE for key in every}
    people = records.people.many(key for key in every if isinstance(key, int))
    named = managers_named(records, reader, asked.scope, people, now)
    found: dict[Key, Words] = {one.id: same(one.name) for one in people if one.id in named}
    return {key: found.get(key, NOT_NAMED if key else NOBODY) for key in every}
