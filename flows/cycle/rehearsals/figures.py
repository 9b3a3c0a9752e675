"""A rehearsal's figures and messages in words: for lists, and for whoever can't see the pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flows.core.moments import day_words
from flows.core.words import Words, join, same
from flows.cycle.kept import Cycle
from flows.cycle.rehearsals.rehearsal import Found, Thing, Told
from flows.people.person import Person

NAMED = 10  # people in one sentence
CHECKIN = Words("Check-in", "周报")
MESSAGES = {
    "broadcast": Words("Kick-off or announcement", "启动通知或公告"),
    "checkin.digest": Words("Digest of the team's check-ins", "团队周报汇总"),
}
OTHER = Words("Message", "消息")
NEWS = Words("News about the cycle", "周期相关通知")


def in_words(found: Found) -> Words:
    """The picture of messages per day, for whoever can't see it."""
    peak = found.peak
    if peak is None:
        return Words("No messages.", "没有消息。")
    weeks: Counter[tuple[int, int]] = Counter()
    for day, number in found.days.items():
        weeks[day.isocalendar()[:2]] += number
    listed = join(
        (Words(f"week {week}: {number:,}", f"第 {week} 周：{number:,}") for (_, week), number in weeks.items()),
        "; ", "；",
    )  # fmt: skip
    return Words(
        "{n} messages on {days} days. Most on {day}: {most}. By week: {weeks}.",
        "共 {days} 天、{n} 条消息。最多的一天是 {day}：{most} 条。按周：{weeks}。",
    ).fill(
        n=f"{found.messages:,}",
        days=len(found.days),
        day=day_words(peak[0]),
        most=f"{peak[1]:,}",
        weeks=listed,
    )


def busiest_in_words(found: Found, people: Sequence[Person]) -> Words:
    """The picture of the busiest people, for whoever can't see it."""
    names = {one.id: one.name for one in people}
    listed = [
        Words(f"{names[busy.person]}: {busy.messages} messages", f"{names[busy.person]}：{busy.messages} 条")
        for busy in found.busiest
        if busy.person in names
    ]
    return join(listed[:NAMED], "; ", "；")


def contents(told: Told, cycle: Cycle) -> Words:
    """What a message asks and tells, in a few words."""
    parts = [title_of(thing, cycle) for thing in told.things]
    parts += [NEWS] if told.notices else []
    if told.kind in MESSAGES or not parts:
        parts.insert(0, MESSAGES.get(told.kind, OTHER))
    return join(parts)


def title_of(thing: Thing, cycle: Cycle) -> Words:
    """What a message asks for: the phase, the check-in, or something of another cycle."""
    words = CHECKIN if thing.kind == "checkin" else OTHER
    phase = cycle.template.phase(thing.subject) if thing.scope == cycle.id else None
    if phase is not None and thing.kind != "checkin":
        words = phase.title
    elif thing.kind != "checkin":
        words = Words("Another cycle", "其他周期")
    return words if thing.count == 1 else words + same(f" ×{thing.count}")
