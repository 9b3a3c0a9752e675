"""Puts messages into words at the moment they leave: for whom, what, and whether it is still needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from bot.logs import request
from bot.messenger import Payload
from bot.troubles import is_told
from flows.core.records import Message, Written
from storage.deliveries import Claimed
from storage.engine import Store
from storage.work import Work

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Gone:
    """A message that is to be taken back where it stands; `payload` replaces it where that can't be done."""

    payload: Payload


# The payload of a message as things are now, or None when nobody needs it any more.
Letters = Callable[[Work, Written], Payload | Gone | None]


@dataclass(frozen=True, slots=True)
class Worded:
    """Ready to leave. `address` is an account or a channel. `gone`: what was sent is to be deleted."""

    address: str
    payload: Payload
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Unneeded:
    """Not to be sent, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotYet:
    """Its reader can't be reached yet: somebody of the directory who is not in the messenger so far."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unwordable:
    """It could not be put into words; the log has the failure under `reference`."""

    reference: str


Letter = Worded | Unneeded | NotYet | Unwordable


def word_all(store: Store, letters: Letters, rows: Sequence[Claimed]) -> list[tuple[Claimed, Letter]]:
    """Put each into words, in a transaction of their own; blocking.

    One that fails is logged and the others go on, in a new transaction: PostgreSQL refuses everything after a
    failed statement.
    """
    done: list[tuple[Claimed, Letter]] = []
    left = deque(rows)
    while left:
        try:
            with store.work() as records:
                while left:
                    done.append((left[0], _word(records, letters, left[0])))
                    left.popleft()
        except Exception as error:
            if not left or is_told(error):
                raise
            row = left.popleft()
            with request("letter", message=row.id) as reference:
                log.exception("a letter failed", message=row.id, letter=row.message.kind, reference=reference)
            done.append((row, Unwordable(reference)))
    return done


def address_of(records: Work, message: Message) -> str | Unneeded | NotYet:
    """The channel, or the account of a person who is still there."""
    if message.channel is not None:
        return message.channel
    person = records.people.get(message.person) if message.person is not None else None
    if person is None or not person.active:
        return Unneeded("left")
    return person.account or NotYet("no account")


def _word(records: Work, letters: Letters, row: Claimed) -> Letter:
    address, sent = address_of(records, row.message), row.state == "sent"
    if isinstance(address, Unneeded) and not sent:
        return address
    payload = letters(records, Written(row.id, row.message, row.state, row.channel, row.ts))  # type: ignore[arg-type]
    if payload is None or (isinstance(payload, Gone) and not sent):
        return Unneeded("no longer needed")
    if isinstance(payload, Gone):  # it stands where it was sent, whoever has left since
        return Worded(row.channel or "", payload.payload, gone=True)
    return Worded(address, payload) if isinstance(address, str) else address
