"""What the weekly look asks of the storage: who gets it, and who does not want it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class WeeklyKeeper(Protocol):
    def readers(self, after: int, limit: int) -> list[int]:
        """The ids of active people with a role, or who lead managers, above `after`; without those who want none."""
        ...

    def is_off(self, person: int) -> bool:
        """Whether they have switched it off."""
        ...

    def switch(self, person: int, now: datetime, *, on: bool) -> None:
        """Switch it on or off; twice is once."""
        ...
