"""What the operator sees: reminders that were missed and messages that wait for a person. Counts, no contents."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from flows.core.catalog import view
from flows.core.moments import day_words
from flows.core.records import Records
from flows.core.screen import Act, Element, Facts, Heading, Line, Screen
from flows.core.words import Words, count
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.people.policy import Thing

DAYS = 7


def health(_records: Records, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("operator")


@view(
    "operator",
    may=("operator", "read"),
    of=health,
    command="perf operator",
    help=Words("operator: what was missed, what is stuck", "运维：错过与卡住的消息"),
)
def operator(records: Records, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """The last seven days in counts."""
    missed: Counter[date] = Counter()
    for at, _, detail in records.audit.latest("nudge.missed", now - timedelta(days=DAYS)):
        missed[local_day(at, actor.zone)] += detail["count"]
    words = Words(
        "Reminders missed in 7 days (the bot was down until after the deadline): {n}",
        "7 天内错过的提醒（停机至截止之后）：{n}",
    )
    body: list[Element] = [Heading(Words("Health", "运行情况")), Line(words.fill(n=missed.total()))]
    if missed:
        body.append(
            Facts(
                tuple(
                    (day_words(day), count(number, "{n} reminder", "{n} reminders", "{n} 条"))
                    for day, number in sorted(missed.items())
                )
            )
        )
    parked = records.messages.parked()
    if parked:
        told = Words(
            "Messages of which nobody knows whether they arrived: {n}. See the log for each.",
            "无法确认是否送达的消息：{n} 条，详见日志。",
        ).fill(n=parked)
    else:
        told = Words("No message waits for you.", "没有需要处理的消息。")
    return Screen(Words("Operator", "运维"), (*body, Line(told)), place=Act("see", ("operator",)))
