"""What HR can still do with a broadcast: pause it, go on, cancel the rest, correct it, take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, flow
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, count
from flows.cycle.broadcasts.card import STATES, show
from flows.cycle.broadcasts.pages import WRITING, has_text, text_of
from flows.cycle.broadcasts.sending import HELD, beginning
from flows.cycle.broadcasts.views import own_broadcast
from flows.cycle.records import Broadcast, BroadcastState, CycleRecords, Sweep
from flows.people.person import Person


def _steered(records: CycleRecords, about: tuple[str, ...], *states: BroadcastState) -> Broadcast:
    """The broadcast, held for this transaction; refuses in any other state."""
    broadcast = records.broadcasts.lock(int(about[0]))
    if broadcast is None or broadcast.state not in states:
        state = STATES[broadcast.state] if broadcast else Words("Gone", "不存在")
        raise Refusal(
            Words(
                "That can't be done any more: the broadcast is now “{state}”. Open it with /broadcast list.",
                "无法执行：该通知当前状态为“{state}”，请用 /broadcast list 查看。",
            ).fill(state=state)
        )
    return broadcast


def _keep(
    records: CycleRecords, actor: Person, broadcast: Broadcast, action: str, now: datetime, number: int
) -> None:
    records.broadcasts.save(broadcast)
    records.audit.note(
        now, actor.id, f"broadcast.{action}", f"broadcast/{broadcast.id}", {"messages": number}
    )
    show(records, broadcast, now)


def _let_go(records: CycleRecords, broadcast: Broadcast, now: datetime) -> None:
    """Whoever does not get it any more hears of their task in another way."""
    about = {"broadcast": broadcast.id}
    records.sweeps.plan(Sweep(f"broadcast.dropped/{broadcast.id}/{now.isoformat()}", about, now))


@deed("broadcast-pause", may=("broadcast", "steer"), of=own_broadcast)
def pause(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Hold what has not left."""
    broadcast = _steered(records, about, "waiting", "sending")
    held = records.messages.hasten_all(beginning(broadcast.id), HELD)
    _keep(records, actor, replace(broadcast, state="paused"), "pause", now, held)
    return Words("Paused. Nothing more goes out until you resume it.", "已暂停，继续之前不会再发送。")


@deed("broadcast-resume", may=("broadcast", "steer"), of=own_broadcast)
def resume(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Go on where it was paused."""
    broadcast = _steered(records, about, "paused")
    state: BroadcastState = "sending" if broadcast.started_at else "waiting"
    key = f"broadcast.resume/{broadcast.id}/{now.isoformat()}"
    records.sweeps.plan(Sweep(key, {"broadcast": broadcast.id}, now))
    _keep(records, actor, replace(broadcast, state=state), "resume", now, 0)
    return Words("It goes on.", "已继续发送。")


@deed("broadcast-cancel", may=("broadcast", "steer"), of=own_broadcast)
def cancel(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Drop what has not left; what was sent stays."""
    broadcast = _steered(records, about, "waiting", "sending", "paused")
    dropped = records.messages.drop_all(beginning(broadcast.id), "cancelled")
    _let_go(records, broadcast, now)
    _keep(records, actor, replace(broadcast, state="cancelled", finished_at=now), "cancel", now, dropped)
    return Words(
        "Cancelled. Whoever has it keeps it, nobody else gets it.", "已取消：已收到的保留，其余人不再收到。"
    )


@deed("broadcast-recall", may=("broadcast", "steer"), of=own_broadcast)
def recall(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take back every copy that was sent, and drop what has not left."""
    broadcast = _steered(records, about, "sending", "paused", "cancelled", "done")
    records.messages.drop_all(beginning(broadcast.id), "recalled")
    _let_go(records, broadcast, now)
    taken = records.messages.refresh_all(beginning(broadcast.id))
    _keep(records, actor, replace(broadcast, state="recalled", finished_at=now), "recall", now, taken)
    return count(
        taken,
        "It is being taken back from {n} chat.",
        "It is being taken back from {n} chats.",
        "正在从 {n} 个聊天中撤回。",
    )


def to_correct(records: CycleRecords, _actor: Person, subject: str, _now: datetime) -> Broadcast:
    """The broadcast as it stands; refuses what was recalled."""
    return _steered(records, (subject,), "waiting", "sending", "paused", "cancelled", "done")


def as_written(broadcast: Broadcast) -> Answers:
    """The text to begin with; where one language stood in for the other, it is empty."""
    both = broadcast.text.en != broadcast.text.zh
    return {"text": {"en": broadcast.text.en, "zh": broadcast.text.zh if both else None}}


def keep_correction(records: CycleRecords, actor: Person, subject: str, text: Words, now: datetime) -> Words:
    """Give it the new text: what was sent is edited, what has not left gets it at once."""
    has_text(text)
    broadcast = to_correct(records, actor, subject, now)
    corrected = replace(broadcast, text=text, version=broadcast.version + 1)
    records.broadcasts.save(corrected)
    edited = records.messages.refresh_all(beginning(broadcast.id))
    _keep(records, actor, corrected, "correct", now, edited)
    return count(
        edited, "Corrected. {n} message that was sent is being edited.",
        "Corrected. {n} messages that were sent are being edited.", "已更正，正在修改已发送的 {n} 条消息。",
    )  # fmt: skip


@flow(
    "broadcast-correct",
    Words("Correct a broadcast", "更正群发通知"),
    may=("broadcast", "steer"),
    of=own_broadcast,
    facts=to_correct,
    keep=keep_correction,
    prefill=as_written,
    again=True,
)
def correct(ask: Ask, _broadcast: Broadcast) -> Words:
    page = ask.form(WRITING)
    return text_of(page["en"], page["zh"])
