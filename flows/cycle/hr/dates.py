"""What can be wrong with a cycle's dates: in the past, in the wrong order, too few working days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from flows.core.moments import day_words
from flows.core.words import Words, count, same
from flows.cycle.asking import asks
from flows.cycle.calendar import DAY, country_of, is_working_day
from flows.cycle.phase import Window, windows
from flows.cycle.records import Cycle
from flows.cycle.template import NudgePolicy

LEAST_DAYS = 3  # working days of a phase: fewer leave no room for somebody who is ill for a day


def in_the_past(cycle: Cycle, today: date) -> Words | None:
    """The first phase that would be due before today although somebody is asked for something in it."""
    for window in windows(cycle):
        if asks(window.phase) and window.due < today:
            return Words(
                "“{phase}” would be due on {due}, which is past. Choose a later first day, or move that phase.",
                "“{phase}”的截止日期 {due} 已经过去。请选择更晚的开始日期，或调整该阶段。",
            ).fill(phase=window.phase.title, due=day_words(window.due))
    return None


def out_of_order(before: Sequence[Window], after: Sequence[Window]) -> Words | None:
    """Two phases that have lost their order: one opens earlier than the one before it, or before that is due.

    Phases that overlapped already may go on doing so.
    """
    for n, first in enumerate(after):
        for m, second in enumerate(after[n + 1 :], n + 1):
            if before[n].due < before[m].opens and first.due >= second.opens:
                return Words(
                    "“{first}” would still last until {due} when “{second}” opens on {opens}. Move “{second}” first.",
                    "“{second}”于 {opens} 开始时，“{first}”要到 {due} 才结束。请先调整“{second}”。",
                ).fill(
                    first=first.phase.title, second=second.phase.title, due=day_words(first.due),
                    opens=day_words(second.opens),
                )  # fmt: skip
            if before[n].opens <= before[m].opens and first.opens > second.opens:
                return Words(
                    "“{second}” would open on {day}, before “{first}” does. Keep the order of the phases.",
                    "“{second}”会在 {day} 开始，早于“{first}”。请保持各阶段的顺序。",
                ).fill(first=first.phase.title, second=second.phase.title, day=day_words(second.opens))
    return None


def working_days(first: date, last: date, country: str | None, policy: NudgePolicy) -> int:
    """How many days the offices of a country work from `first` to `last`, both included."""
    own = policy.own_days.get(country or "")
    number = 0
    for n in range((last - first).days + 1):
        day = first + n * DAY
        if own and day in own.off:
            continue
        number += is_working_day(day, country) or bool(own and day in own.working)
    return number


def too_short(
    first: date, last: date, zones: Iterable[str], policy: NudgePolicy, least: int = LEAST_DAYS
) -> Words | None:
    """The country in which these days hold too few working days, with how many they are."""
    for country in sorted({country_of(zone) or "" for zone in zones} or {""}):
        number = working_days(first, last, country or None, policy)
        if number < least:
            where = Words(" in {country}", "（{country}）").fill(country=country) if country else same("")
            return Words(
                "From {first} to {last} there are only {n}{where}; a phase needs at least {least}.",
                "从 {first} 到 {last} 只有 {n}{where}，每个阶段至少需要 {least}。",
            ).fill(
                first=day_words(first), last=day_words(last), where=where,
                n=count(number, "{n} working day", "{n} working days", "{n} 个工作日"),
                least=count(least, "{n}", "{n}", "{n} 个"),
            )  # fmt: skip
    return None


def moved_to(cycle: Cycle, phase: str, first: date, last: date) -> Cycle:
    """The cycle with one phase moved."""
    return replace(cycle, moved={**cycle.moved, phase: (first, last)})
