"""A message as the messenger hands it over when somebody chooses an entry of its menu."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Place = Literal["direct", "private", "public"]
"""A conversation of a few people (or with the bot), a channel for those who were let in, or one for everybody."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Who wrote it (the account; "" for an app), what it says, and where: `channel` is a name, "" in a conversation.

    `link` leads there. `said_at` is aware. Whoever picked it could read it; nobody else has to be able to.
    """

    account: str
    author: str
    text: str
    place: Place
    channel: str
    link: str
    said_at: datetime
