"""A schedule as JSON, and back: how a programme keeps it, and a round that goes on by the rules it began with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from flows.cycle.calendar import Rhythm, Schedule


def dump(schedule: Schedule) -> dict[str, Any]:
    """Days and hours in ISO format; they are local ones."""
    return {
        "rhythm": schedule.rhythm.value,
        "first": schedule.first.isoformat(),
        "weekday": schedule.weekday,
        "opens": schedule.opens.isoformat(),
        "digest_weekday": schedule.digest_weekday,
        "digest": schedule.digest.isoformat(),
    }


def load(kept: Mapping[str, Any]) -> Schedule:
    """What `dump` made."""
    return Schedule(
        rhythm=Rhythm(kept["rhythm"]),
        first=date.fromisoformat(kept["first"]),
        weekday=kept["weekday"],
        opens=time.fromisoformat(kept["opens"]),
        digest_weekday=kept["digest_weekday"],
        digest=time.fromisoformat(kept["digest"]),
    )
