"""The question when to talk: a moment as people type it, and none that a clock change skips."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from flows.core.kinds import Moment
from flows.core.refusal import Refusal
from flows.core.said import Kept, Reader, Said, one
from flows.core.typed_moments import moment

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class TimeToTalk(Moment):
    """A moment in the answerer's own zone. What the clocks there skip is refused: nobody could say when it is."""

    def understand(self, said: Said, reader: Reader) -> Kept:
        kept = Moment.understand(self, said, reader)
        found = self.value(kept)
        meant = moment(one(said), reader.local.astimezone(timezone(reader.local.utcoffset() or timedelta())))
        if meant is not None and is_after_gap(found) and wall(meant) < wall(found):
            raise Refusal(
                "The clocks go forward that night, and {time} does not exist on that day. Please choose another time.",
                "当天时钟拨快，{time} 这个时间不存在，请选择其他时间。",
                time=f"{meant:%H:%M}",
            )
        return kept


def wall(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def is_after_gap(moment: datetime) -> bool:
    """Whether the clocks have just been put forward."""
    zone = moment.tzinfo if isinstance(moment.tzinfo, ZoneInfo) else None
    if zone is None:
        return False
    before = (moment.astimezone(UTC) - SECOND).astimezone(zone)
    return (before.utcoffset() or timedelta()) < (moment.utcoffset() or timedelta())
