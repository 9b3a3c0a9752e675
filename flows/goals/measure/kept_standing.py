"""How a goal stood at the last look, as it is kept for the reports, which go over a whole company at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KeptStanding:
    """One agreed goal on a day (UTC).

    `share` is what it counts for among its owner's goals, in percent: those with a value sum to 100, one without has 0.
    None is a goal that counts in no mean: private, of a department or the company, a key result, a bonus or a penalty.
    `attainment` and `paced` (what was to be expected by that day) are percent. `low`, `middle` and `high` are the
    forecast with its 80 % band in the goal's unit, and `ending` the percent that its middle reaches.
    """

    cycle: int
    person: int
    goal: int
    day: date
    share: Decimal | None = None
    attainment: Decimal | None = None
    paced: Decimal | None = None
    low: Decimal | None = None
    middle: Decimal | None = None
    high: Decimal | None = None
    ending: Decimal | None = None


class StandingRecords(Protocol):
    def keep(self, standings: Sequence[KeptStanding]) -> None:
        """Keep each instead of what is kept of the same goal and owner."""
        ...

    def drop_before(self, cycle: int, day: date) -> None:
        """Forget what was kept before that day: goals that are not agreed any more, or of somebody else by now."""
        ...

    def has_week(self, cycle: int, monday: date) -> bool:
        """Whether the sums of that week are kept."""
        ...

    def keep_week(self, cycle: int, monday: date) -> None:
        """Keep the sums of what stands now as that week's, by department and manager."""
        ...
