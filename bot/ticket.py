"""A ticket: what a button carries, as a short text. It names a thing and gives no right to it."""

from __future__ import annotations

import json
import re

from flows.core.screen import Act

MOST = 2000  # characters a Slack button's value may have
# What no part of ours holds: a NUL, half a character, or a number larger than a database counts. Many digits in the
# middle of an opaque name are no number.
FOREIGN = re.compile(r"[\x00\ud800-\udfff]|\b\d{19,}\b")


class BadTicket(ValueError):
    """A text that no button of ours carries."""


def encode(act: Act) -> str:
    """The act as compact JSON: ["verb", "about", …]. ValueError for one that `decode` would not take back."""
    ticket = json.dumps([act.verb, *act.about], ensure_ascii=False, separators=(",", ":"))
    if len(ticket) > MOST or any(FOREIGN.search(part) for part in (act.verb, *act.about)):
        raise ValueError(f"a button {act.verb} can't carry what it is about")
    return ticket


def decode(ticket: str) -> Act:
    """The act that a button carries; raises `BadTicket` for anything else."""
    try:
        parts = json.loads(ticket[: MOST + 1])
    except (ValueError, RecursionError):
        raise BadTicket from None
    if not isinstance(parts, list) or not parts:
        raise BadTicket
    if not all(isinstance(part, str) and not FOREIGN.search(part) for part in parts):
        raise BadTicket
    return Act(parts[0], tuple(parts[1:]))


def whole(text: str) -> int:
    """The number that a place names; -1, which no revision is, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
