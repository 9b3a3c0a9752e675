"""A person says when they are away: nothing is asked of them in that time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from flows.core.catalog import deed, flow
from flows.core.moments import day_words
from flows.core.page import Page, day
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import DAY, local_day
from flows.cycle.people.leaves import leave_changed
from flows.cycle.records import CycleRecords
from flows.people.person import Person
from flows.people.policy import Thing


class Absence(Page):
    title = Words("When are you away?", "什么时候休假？")
    first: date = day("First day away", "休假第一天")
    last: date = day("Last day away", "休假最后一天")


@dataclass(frozen=True, slots=True)
class Away:
    """The run of days, both included."""

    first: date
    last: date


def own_absence(_records: CycleRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("absence", actor)


def keep(records: CycleRecords, actor: Person, _subject: str, away: Away, now: datetime) -> Words:
    """Keep the absence; runs of days that are long past are let go."""
    if away.last < away.first:
        raise Refusal(
            "The last day ({last}) is before the first ({first}). Please correct one of them.",
            "最后一天（{last}）早于第一天（{first}），请修改。",
            first=away.first, last=away.last,
        )  # fmt: skip
    if away.last - away.first > timedelta(days=366):
        raise Refusal("That is more than a year. Please ask HR to enter it.", "超过一年，请联系 HR 登记。")
    recent = tuple(days for days in actor.away if days[1] >= now.date() - timedelta(days=31))
    leave_changed(records, records.people.save(replace(actor, away=(*recent, (away.first, away.last)))), now)
    return Words(
        "Noted. From {first} to {last} nothing is asked of you.", "已记录。{first} 至 {last} 期间不会打扰你。"
    ).fill(first=day_words(away.first), last=day_words(away.last))


@flow(
    "away",
    Words("Time away", "休假"),
    may=("absence", "set"),
    of=own_absence,
    facts=lambda *_: None,
    keep=keep,
    subject=lambda *_: "mine",
    again=True,
    command="perf away",
    help=Words("say when you are away", "登记休假"),
)
def say_away(ask: Ask, _facts: object) -> Away:
    page = ask(Absence)
    return Away(page.first, page.last)


@deed("away-back", may=("absence", "set"), of=own_absence, command="perf back",
      help=Words("say that you are back early", "提前结束休假"))  # fmt: skip
def back(records: CycleRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """End the leave that is on; later ones stay."""
    today = local_day(now, actor.zone)
    if not actor.is_away(today):
        raise Refusal(
            "You are not on leave today. Type /perf away to enter one.",
            "你今天没有休假。输入 /perf away 登记休假。",
        )
    kept = tuple((first, last) for first, last in actor.away if not first <= today <= last)
    cut = tuple((first, today - DAY) for first, last in actor.away if first < today <= last)
    leave_changed(records, records.people.save(replace(actor, away=(*kept, *cut))), now)
    return Words("Welcome back. What is open for you comes as usual.", "欢迎回来，任务提醒已恢复。")
