"""Brings a message that was sent to the state of things, or takes it back; done twice is as good as once."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.gate import Gate
from bot.letters import Letter, NotYet, Unneeded, Unwordable
from bot.messenger import Messenger, Sent, SurelyNot
from bot.outgoing import Figures, Note
from storage.deliveries import Claimed
from storage.outbox import Outbox

log = structlog.get_logger(__name__)

AGAIN = timedelta(seconds=30)


async def edit(
    port: Messenger, gate: Gate, figures: Figures, row: Claimed, letter: Letter, now: datetime
) -> Note | None:
    """Edit it; what is to be written down, or None when its claim shall run out and it be edited then.

    A message that is gone, or that nobody needs any more, stays as it is.
    """
    if isinstance(letter, Unneeded | NotYet) or row.channel is None or row.ts is None:
        return partial(_fresh, row)
    if isinstance(letter, Unwordable):
        return partial(_failed, row, now, letter.reference)
    method = port.editing
    if letter.gone:
        outcome, method = await port.delete(row.channel, row.ts), port.deleting
    if not letter.gone or (isinstance(outcome, SurelyNot) and outcome.permanent):
        outcome, method = await port.edit(row.channel, row.ts, letter.payload), port.editing
    if isinstance(outcome, Sent):
        gate.passed()
        figures.delivered("edited")
        return partial(_fresh, row)
    gate.refused(method, outcome)
    if isinstance(outcome, SurelyNot) and outcome.whose in ("rate", "token", "claim"):
        return None
    log.info("an edit failed", message=row.id, error=outcome.error)
    if isinstance(outcome, SurelyNot) and outcome.permanent:
        return partial(_fresh, row)
    return partial(_failed, row, now, outcome.error)


def _fresh(row: Claimed, outbox: Outbox) -> None:
    outbox.mark_fresh(row.id, row.token)


def _failed(row: Claimed, now: datetime, error: str, outbox: Outbox) -> None:
    outbox.edit_failed(row.id, now + AGAIN, error)
