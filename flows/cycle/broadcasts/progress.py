"""How far a broadcast has got, counted from its messages in the outbox, and why some were not delivered."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.core.words import Words, count, same
from flows.cycle.broadcasts.sending import beginning
from flows.cycle.records import Broadcast, CycleRecords

UNREACHED = "no account"
REASONS = {
    "unclear": Words("unclear whether it arrived, so not repeated", "不确定是否送达，未重复发送"),
    "account": Words("the account is closed or can't be written to", "账号已停用或无法接收消息"),
    "channel": Words("perfloop is not in the channel: invite it", "perfloop 不在该频道中，请先邀请"),
    "other": Words("the messenger refused it ({code})", "聊天工具拒绝发送（{code}）"),
}
KINDS = {
    "user_disabled": "account", "user_not_found": "account", "account_inactive": "account", "cannot_dm_bot": "account",
    "user_not_visible": "account", "not_in_channel": "channel", "channel_not_found": "channel",
    "is_archived": "channel", "unclear": "unclear",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of one broadcast's messages. `unreached` wait until their readers are in the messenger.

    `left` have left the company since the audience was frozen; `changing` were sent and are still to be corrected
    or taken back; `failed` counts the others by short code.
    """

    readers: int
    sent: int
    remaining: int
    unreached: int
    left: int
    changing: int
    failed: Mapping[str, int] = field(default_factory=dict)


def progress_of(records: CycleRecords, broadcast: Broadcast) -> Progress:
    """How far it has got by now."""
    counted: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for state, error, stale, number in records.messages.standing(beginning(broadcast.id)):
        if state == "waiting" and error == UNREACHED:
            state = "unreached"
        elif state == "dropped":
            state = "left" if error == "left" else "dropped"
        counted[state] += number
        counted["changing"] += number if stale and state == "sent" else 0
        if state == "parked":
            failed[error or "unknown"] += number
    ended = counted["sent"] + counted["parked"] + counted["left"] + counted["dropped"] + counted["unreached"]
    remaining = 0 if broadcast.state in ("cancelled", "recalled") else max(0, broadcast.readers - ended)
    under_way = counted["waiting"] + counted["sending"] + counted["unsure"]
    return Progress(
        broadcast.readers, counted["sent"], max(remaining, under_way), counted["unreached"], counted["left"],
        counted["changing"], dict(sorted(failed.items())),
    )  # fmt: skip


def reasons(progress: Progress) -> list[Words]:
    """Why some were not delivered, with how many each."""
    grouped: Counter[tuple[str, str]] = Counter()
    for code, number in progress.failed.items():
        kind = KINDS.get(code, "other")
        grouped[kind, code if kind == "other" else ""] += number
    return [same(f"{number} · ") + REASONS[kind].fill(code=code) for (kind, code), number in grouped.items()]


def minutes(number: int, per_minute: float) -> Words:
    """How long so many take at a rate, in words."""
    return count(
        max(1, math.ceil(number / max(per_minute, 1.0))),
        "about {n} minute",
        "about {n} minutes",
        "约 {n} 分钟",
    )
