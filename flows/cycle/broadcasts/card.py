"""How far a broadcast has got: one card for its author, the same as a screen, and all broadcasts in a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from flows.core.catalog import letter, sweep
from flows.core.moments import day_and_time, day_words
from flows.core.owed import Message
from flows.core.rich import first_line
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Element,
    Facts,
    Heading,
    Letter,
)
from flows.core.words import Words, same
from flows.cycle.broadcasts.progress import Progress, minutes, progress_of, reasons
from flows.cycle.broadcasts.sending import HELD, beginning, first_moment, waits_for_clocks, writing
from flows.cycle.records import Broadcast, CycleRecords, Sweep
from flows.people.person import Person

EVERY, LONGEST = (
    timedelta(seconds=5),
    timedelta(minutes=10),
)  # between two looks while something changes, or not
EDITS_PER_MINUTE = 45.0  # of messages that were sent, corrected or taken back; a messenger allows few
TITLE = Words("Broadcast", "群发通知")
BY_THE_CLOCK = Words("as each reader's hour comes", "按各自当地时间送达")
STATES = {
    "waiting": Words("Being prepared", "准备中"),
    "sending": Words("Being sent", "发送中"),
    "paused": Words("Paused", "已暂停"),
    "cancelled": Words("Cancelled", "已取消"),
    "done": Words("Sent", "已发送"),
    "recalled": Words("Recalled", "已撤回"),
}


def card_key(broadcast: int) -> str:
    return f"broadcast.card/{broadcast}"


def show(records: CycleRecords, broadcast: Broadcast, now: datetime) -> None:
    """Write the author's card, or bring it to the state of things, and keep it there while something changes."""
    about = {"broadcast": broadcast.id}
    message = Message(card_key(broadcast.id), "broadcast.card", about, now, broadcast.author, urgency=0)
    if records.messages.write(message) is None:
        refresh(records, broadcast.id)
    again = (
        f"{broadcast.version}-{broadcast.state}"
        if broadcast.state in ("done", "cancelled", "recalled")
        else "0"
    )
    records.sweeps.plan(Sweep(f"broadcast.card/{broadcast.id}/{again}", about, now + EVERY))


def refresh(records: CycleRecords, broadcast: int) -> None:
    """Bring the card to the state of things."""
    if written := records.messages.by_key(card_key(broadcast)):
        records.messages.refresh([written.id])


@sweep("broadcast.card")
def look(records: CycleRecords, work: Sweep, now: datetime) -> Sweep:
    """Bring the card to the state of things when it has changed, at most every few seconds; say when all is sent."""
    broadcast = records.broadcasts.lock(work.about["broadcast"])
    if broadcast is None:
        return replace(work, done=True)
    progress = progress_of(records, broadcast)
    if broadcast.state == "sending" and not progress.remaining and _is_written(records, broadcast):
        broadcast = records.broadcasts.save(replace(broadcast, state="done", finished_at=now))
        detail = {"sent": progress.sent, "failed": sum(progress.failed.values()), "left": progress.left}
        records.audit.note(now, None, "broadcast.done", f"broadcast/{broadcast.id}", detail)
    if broadcast.state == "paused":  # what was on its way when it was paused may have come back to wait
        records.messages.hasten_all(beginning(broadcast.id), HELD)
    seen = [broadcast.state, *(str(value) for value in asdict(progress).values())]
    changed = seen != work.about.get("seen")
    if changed:
        refresh(records, broadcast.id)
    if (
        broadcast.state in ("done", "cancelled", "recalled")
        and not progress.changing
        and not progress.remaining
    ):
        return replace(work, done=True)
    pause = EVERY if changed else min(LONGEST, 2 * timedelta(seconds=work.about.get("pause", 5)))
    first = first_moment(records, broadcast) if broadcast.state == "waiting" else None
    if broadcast.state == "sending" and not changed:  # the readers' mornings come one zone after another
        morning = records.messages.next_of(beginning(broadcast.id), now)
        first = morning + EVERY if morning else None  # when some of them have left
    due_at = max(now + pause, first) if first else now + pause
    about = {**work.about, "seen": seen, "pause": pause.total_seconds()}
    return replace(work, about=about, due_at=due_at)


def _is_written(records: CycleRecords, broadcast: Broadcast) -> bool:
    work = records.sweeps.get(writing(broadcast))
    return work is not None and work.done


@letter("broadcast.card")
def card(records: CycleRecords, about: Mapping[str, Any], now: datetime) -> Letter | None:
    """The author's card."""
    broadcast = records.broadcasts.get(about["broadcast"])
    author = records.people.get(broadcast.author) if broadcast else None
    if broadcast is None or author is None:
        return None
    headline = TITLE + Words(": ", "：") + STATES[broadcast.state]
    look_at = Button(Words("Look", "查看"), Act("see", ("broadcast", str(broadcast.id))))
    body = [*standing(records, broadcast, author, now), Buttons((look_at,))]
    return Letter(headline, (Heading(headline), *body))


def standing(records: CycleRecords, broadcast: Broadcast, reader: Person, now: datetime) -> list[Element]:
    """What it is, how far it has got, what went wrong, and what can be done."""
    progress = progress_of(records, broadcast)
    rows = [(Words("Text", "内容"), named(broadcast))]
    first = first_moment(records, broadcast) if broadcast.state == "waiting" else None
    if first and broadcast.send_on and broadcast.send_at:
        at = day_words(broadcast.send_on) + same(f" {broadcast.send_at:%H:%M}")
        rows.append(
            (
                Words("Goes out", "发送时间"),
                Words("{at}, each reader's own time", "{at}（读者当地时间）").fill(at=at),
            )
        )
    if broadcast.started_at:
        rows.append((Words("Begun", "开始时间"), day_and_time(broadcast.started_at, reader.zone)))
        rows.append(
            (
                Words("Sent", "已发送"),
                Words("{n} of {m}", "{n}/{m}").fill(n=progress.sent, m=progress.readers),
            )
        )
    if progress.remaining:
        told = STATES[broadcast.state]
        if broadcast.state == "sending":
            by_the_clock = waits_for_clocks(broadcast, now)
            told = BY_THE_CLOCK if by_the_clock else minutes(progress.remaining, records.posts_per_minute)
        rows.append((Words("Still to go", "待发送"), same(f"{progress.remaining} · ") + told))
    if progress.unreached:
        rows.append((Words("Not in the messenger yet", "尚未加入聊天工具"), same(progress.unreached)))
    if progress.left:
        rows.append((Words("Left the company since", "期间离职"), same(progress.left)))
    if progress.changing:
        told = minutes(progress.changing, EDITS_PER_MINUTE)
        words = (
            Words("Still to be taken back", "待撤回")
            if broadcast.state == "recalled"
            else Words("Still to be corrected", "待更正")
        )
        rows.append((words, same(f"{progress.changing} · ") + told))
    rows += [(Words("Not delivered", "未送达"), told) for told in reasons(progress)]
    if broadcast.version:
        rows.append((Words("Corrected", "更正次数"), same(broadcast.version)))
    buttons = _buttons(broadcast, progress)
    return [Facts(tuple(rows)), *([Buttons(tuple(buttons))] if buttons else [])]


def named(broadcast: Broadcast) -> Words:
    """The beginning of its text."""
    return Words(first_line(broadcast.text.en, 80), first_line(broadcast.text.zh, 80))


def _buttons(broadcast: Broadcast, progress: Progress) -> list[Button]:
    """What can be done with it in the state that it is in."""
    about, state = (str(broadcast.id),), broadcast.state
    found = []
    if state in ("waiting", "sending"):
        found.append(Button(Words("Pause", "暂停"), Act("do", ("broadcast-pause", *about))))
    if state == "paused":
        found.append(Button(Words("Resume", "继续"), Act("do", ("broadcast-resume", *about)), "primary"))
    if state in ("waiting", "sending", "paused"):
        sure = Words("Nobody else gets it. Who has it already keeps it.", "其余人不再收到，已收到的保留。")
        found.append(Button(Words("Cancel", "取消"), Act("do", ("broadcast-cancel", *about)), "danger", sure))
    if state not in ("cancelled", "recalled") or (state == "cancelled" and progress.sent):
        found.append(Button(Words("Correct", "更正"), Act("open", ("broadcast-correct", *about))))
    if state not in ("waiting", "recalled") and broadcast.started_at:
        sure = Words("It is deleted for everybody who has it.", "所有已收到的消息都会被删除。")
        found.append(Button(Words("Recall", "撤回"), Act("do", ("broadcast-recall", *about)), "danger", sure))
    return found
