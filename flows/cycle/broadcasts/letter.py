"""A broadcast as its reader gets it: in their language, with a button into their first task, corrected or recalled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flows.core.catalog import LetterKind
from flows.core.owed import Task
from flows.core.rich import first_line
from flows.core.screen import Act, Button, Buttons, Divider, Element, Letter, Line, Note, Rich
from flows.core.words import Words, same
from flows.cycle.duty import Duty
from flows.cycle.records import CycleRecords
from flows.people.person import Person

RECALLED = Words("This message was recalled.", "此消息已被撤回。")
FROM = Words("From {name}, HR", "来自 {name}（HR）")
CORRECTED = Words(" · corrected", " · 已更正")
WHAT_IS_OPEN = Words("See what is open for me", "查看我的待办")


def letters(duties: Mapping[str, Duty]) -> Sequence[LetterKind]:
    """The letters that need every duty of the catalogue: a reader's task shows as it does in a nudge."""

    def write(records: CycleRecords, about: Mapping[str, Any], now: datetime) -> Letter | None:
        return to_reader(records, duties, about, now)

    return (LetterKind("broadcast", write),)


def to_reader(
    records: CycleRecords, duties: Mapping[str, Duty], about: Mapping[str, Any], now: datetime
) -> Letter | None:
    """The message as things are now; None where it is not to be sent (any more)."""
    broadcast, sent = records.broadcasts.get(about["broadcast"]), bool(about.get("sent"))
    if broadcast is None or (not sent and broadcast.state in ("cancelled", "recalled")):
        return None
    if broadcast.state == "recalled":
        return Letter(RECALLED, (Line(RECALLED),), gone=True)
    author = records.people.get(broadcast.author)
    if "person" not in about:
        return said(broadcast.text, author, broadcast.version, in_both=True)
    reader = records.people.get(about["person"])
    if reader is None or not reader.active:
        return None
    own = [task for task in records.tasks.open_of(reader.id) if task.live and task.live == about.get("id")]
    task = own[0] if own else None
    return said(broadcast.text, author, broadcast.version, _way_in(records, duties, reader, task, now))


def said(
    text: Words, author: Person | None, version: int = 0, after: Sequence[Element] = (), in_both: bool = False
) -> Letter:
    """A broadcast's message; for a channel, whose readers differ, in both languages one under the other."""
    name = same(author.name if author else "?")
    headline = (
        FROM.fill(name=name) + Words(": ", "：") + Words(first_line(text.en, 120), first_line(text.zh, 120))
    )
    body: list[Element] = [Rich(text)]
    if in_both:
        body = [Rich(same(text.en))]
        body += [Divider(), Rich(same(text.zh))] if text.zh != text.en else []
    note = FROM.fill(name=name) + (CORRECTED if version else same(""))
    return Letter(headline, (*body, *after, Note(note)))


def _way_in(
    records: CycleRecords, duties: Mapping[str, Duty], reader: Person, task: Task | None, now: datetime
) -> list[Element]:
    duty = duties.get(task.kind) if task else None
    face = duty.face(records, task, reader, now) if duty and task else None
    if face is not None:
        words = face.first if task and task.opens_at <= now else face.title
        return [Divider(), Line(words), Buttons((face.button,))]
    waiting = [one for one in records.tasks.open_of(reader.id) if one.opens_at <= now < one.until]
    if any(one.kind in duties for one in waiting):  # its buttons stand in another message
        return [Buttons((Button(WHAT_IS_OPEN, Act("see", ("home",))),))]
    return []
