"""How long things are kept: HR's choice by class, and the night's work that lets go of what is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from flows.core.catalog import flow, sweep
from flows.core.page import Page, number
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, join
from flows.cycle.records import Sweep
from flows.people.mine.records import Keeping, MineRecords
from flows.people.person import Person
from flows.people.policy import Thing

NAME = "retention"
SLICE = 2000  # rows in one transaction: short enough that a click never waits long behind it
LEAST, MOST = 3, 240  # months
TITLE = Words("How long things are kept", "数据保留期限")
MONTHS: Mapping[Keeping, int] = {"texts": 24, "ratings": 60, "pay": 120, "traces": 24}
"""Months that are kept where HR has chosen nothing: texts two years after they were written, those of a cycle after it
was closed; ratings longer, and pay as long as books are kept in most countries."""

CLASSES: Mapping[Keeping, Words] = {
    "texts": Words("what people wrote", "文字内容"),
    "ratings": Words("ratings and scores", "评级与得分"),
    "pay": Words("rewards and payroll", "奖励与薪酬"),
    "traces": Words("messages and who opened what", "消息与查看记录"),
}


GONE = Words(
    "What is over is taken away at night, and can't be brought back. What a score was made of is kept with the score.",
    "到期内容会在夜间删除，无法恢复。得分的构成与得分保留同样的时间。",
)


class HowLong(Page):
    title = TITLE
    texts: Decimal = number("Months for what people wrote", "文字内容保留月数", least=LEAST, most=MOST)
    ratings: Decimal = number("Months for ratings and scores", "评级与得分保留月数", least=LEAST, most=MOST)
    pay: Decimal = number("Months for rewards and payroll", "奖励与薪酬保留月数", least=LEAST, most=MOST)
    traces: Decimal = number(
        "Months for messages and who opened what", "消息与查看记录保留月数", least=LEAST, most=MOST
    )


def months_of(records: MineRecords) -> Mapping[Keeping, int]:
    """The months of each class, as HR has chosen or by default."""
    return {**MONTHS, **records.retention.months()}


def kept_how_long(records: MineRecords) -> Words:
    """In one line, for whoever looks at their own data."""
    said = [
        CLASSES[keeping] + Words(" {n} months", " {n} 个月").fill(n=months)
        for keeping, months in months_of(records).items()
    ]
    return Words("Kept: ", "保留期限：") + join(said) + Words(".", "。")


def filled(months: Mapping[Keeping, int]) -> Answers:
    return {"HowLong": {name: str(number) for name, number in months.items()}}


def keep(
    records: MineRecords, actor: Person, _subject: str, chosen: Mapping[Keeping, int], now: datetime
) -> Words:
    """Keep the choice; it holds from the next night on."""
    if chosen["ratings"] < chosen["texts"]:
        raise Refusal(
            "A rating can't be explained for longer than it is kept: please keep ratings at least as long as texts.",
            "评级的保留期限不能短于文字内容，请调整。",
        )
    for keeping, months in chosen.items():
        records.retention.choose(keeping, months, actor.id, now)
    records.audit.note(
        now, actor.id, "retention.set", NAME, {str(name): months for name, months in chosen.items()}
    )
    return Words("Kept. It holds from tonight on.", "已保存，今晚起生效。")


@flow(
    "retention",
    TITLE,
    may=("retention", "set"),
    of=lambda *_: Thing("retention"),
    facts=lambda records, *_: months_of(records),
    keep=keep,
    prefill=filled,
    subject=lambda *_: "company",
    readers=lambda _: GONE,
    again=True,
    command="perf retention",
    help=Words("HR: how long things are kept", "HR：数据保留期限"),
)
def set_retention(ask: Ask, _months: Mapping[Keeping, int]) -> Mapping[Keeping, int]:
    page = ask(HowLong)
    return {
        "texts": int(page.texts),
        "ratings": int(page.ratings),
        "pay": int(page.pay),
        "traces": int(page.traces),
    }


def plan_retention(records: MineRecords, now: datetime) -> None:
    """Have what is over let go once a day (UTC): one query where that is planned already."""
    key = f"{NAME}/{now.astimezone(UTC).date()}"
    if records.sweeps.get(key) is None:
        records.sweeps.plan(Sweep(key, {}, now))


@sweep(NAME)
def let_go(records: MineRecords, work: Sweep, now: datetime) -> Sweep:
    """Let go of the next rows of one part, part by part; the last leaves one line of counts in the audit log.

    What is over is counted in whole days: nothing is let go before the day on which its months are full.
    """
    parts, months = records.retention.parts(), months_of(records)
    today = datetime.combine(now.astimezone(UTC).date(), time(0), UTC)
    counts, gone, cursor = {**work.about}, 0, work.cursor
    while not gone and cursor < len(parts):
        name, keeping = parts[cursor]
        gone, done = records.retention.let_go(name, today - relativedelta(months=months[keeping]), SLICE)
        cursor += done
        if gone:
            counts[name] = counts.get(name, 0) + gone
    over = cursor == len(parts)
    if over and counts:
        records.audit.note(now, None, "retention.let_go", NAME, counts)
    return replace(work, about=counts, cursor=cursor, done=over)
