"""A ticket: what a button carries, as a short text. It names a thing and gives no right to it."""

from __future__ import annotations

import json

from flows.core.screen import Act

MOST = 2000  # characters a Slack button's value may have


class BadTicket(ValueError):
    """A text that no button of ours carries."""


def encode(act: Act) -> str:
    """The act as compact JSON: ["verb", "about", …]."""
    return json.dumps([act.verb, *act.about], ensure_ascii=False, separators=(",", ":"))


def decode(ticket: str) -> Act:
    """The act that a button carries; raises `BadTicket` for anything else."""
    try:
        parts = json.loads(ticket[: MOST + 1])
    except ValueError as odd:
        raise BadTicket(ticket[:40]) from odd
    if not isinstance(parts, list) or not parts or not all(isinstance(part, str) for part in parts):
        raise BadTicket(ticket[:40])
    return Act(parts[0], tuple(parts[1:]))
