"""Work with files that outlasts the click it comes from: ordered in the click's transaction, done soon afterwards.

A deed orders (`records.file_orders.ask("goal-template", actor.id, {}, now)`); `bot/file_orders.py` does it, by kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from flows.core.catalog import letter
from flows.core.owed import Message
from flows.core.records import Records
from flows.core.screen import Letter, Line
from flows.core.words import Words

State = Literal["asked", "sending", "done", "failed"]

LEASE = timedelta(minutes=3)  # whoever had an order in hand for so long is lost, and another takes it
TRIES = 3  # an order that ended its maker so often is given up

ON_ITS_WAY = Words(
    "It is being made, and comes into your chat with me in a moment.",
    "正在生成，稍后会发到你和我的聊天里。",
)
COULD_NOT = Words("A file could not be sent", "文件未能发送")
FAILED = Words(
    "The file that you asked for could not be put here ({error}). If you don't find it above, please ask for it "
    "again; if that does not help, tell your operator this word.",
    "你要的文件可能没有发送到这里（{error}）。如果上面没有，请重新获取；如果仍然失败，请把括号里的内容告诉管理员。",
)


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that somebody sent to the bot: the messenger's number for it, and where it can be fetched ("" if unsaid).

    `size` is in bytes, as the messenger says.
    """

    id: str
    name: str
    size: int = 0
    url: str = ""


@dataclass(frozen=True, slots=True)
class FileOrder:
    """One piece of work for one person. `about` is a handful of ids and choices, in the kind's own words.

    asked → sending (from here on it is done at most once) → done, or failed with `failure`, a word for the operator.
    Until `until` it is in somebody's hand; `tries` counts how often it was taken.
    """

    id: int
    kind: str
    person: int
    about: Mapping[str, Any]
    asked_at: datetime
    state: State = "asked"
    until: datetime | None = None
    tries: int = 0
    failure: str = field(default="")


class FileOrderKeeper(Protocol):
    def ask(self, kind: str, person: int, about: Mapping[str, Any], now: datetime) -> FileOrder:
        """Order it; the one that waits already where there is one of the same."""
        ...

    def claim(self, now: datetime, until: datetime) -> FileOrder | None:
        """The one that waits longest, or one whose holder was lost; it is the caller's until then."""
        ...

    def get(self, order: int) -> FileOrder | None:
        """It, kept from all others until the transaction ends."""
        ...

    def save(self, order: FileOrder) -> None: ...


class FileOrderRecords(Records, Protocol):
    @property
    def file_orders(self) -> FileOrderKeeper: ...


def take(records: FileOrderRecords, now: datetime) -> FileOrder | None:
    """The next order to do. One that was lost while it was sent, or again and again, has failed."""
    while (order := records.file_orders.claim(now, now + LEASE)) is not None:
        if order.state == "asked" and order.tries <= TRIES:
            return order
        fail(records, order, "lost", now)
    return None


def sending(records: FileOrderRecords, order: FileOrder, now: datetime) -> bool:
    """Note that it leaves now; False when it is not the caller's any more."""
    kept = _still(records, order)
    if kept is None or kept.state != "asked":
        return False
    records.file_orders.save(replace(kept, state="sending", until=now + LEASE))
    return True


def end(records: FileOrderRecords, order: FileOrder) -> None:
    """Note that it is done, or not needed any more."""
    if _still(records, order):
        records.file_orders.save(replace(order, state="done", until=None))


def fail(records: FileOrderRecords, order: FileOrder, error: str, now: datetime) -> None:
    """Note that it could not be done, and tell whoever ordered it."""
    if not _still(records, order):
        return
    records.file_orders.save(replace(order, state="failed", until=None, failure=error))
    about = {"error": error}
    records.messages.write(Message(f"file/{order.id}", "file.failed", about, now, order.person, urgency=0))


def _still(records: FileOrderRecords, order: FileOrder) -> FileOrder | None:
    """The order as it is kept, if it is still in the caller's hand: whoever slept for too long has lost it."""
    kept = records.file_orders.get(order.id)
    mine = kept is not None and kept.state in ("asked", "sending") and kept.tries == order.tries
    return kept if mine else None


@letter("file.failed")
def failed_letter(_records: Records, about: Mapping[str, Any], _now: datetime) -> Letter:
    """Says that a file could not be sent."""
    return Letter(COULD_NOT, (Line(FAILED.fill(error=about["error"])),))
