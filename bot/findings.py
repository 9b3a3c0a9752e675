"""What somebody who looks the bot over has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: `what` it was and how it is, and the `remedy` where it is not well."""

    state: Literal["ok", "warn", "fail"]
    what: str
    remedy: str = ""
