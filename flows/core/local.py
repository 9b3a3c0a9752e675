"""One instant for what people mean by a local date and time, clock changes included."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

SECOND = timedelta(seconds=1)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """The UTC instant at which the clocks of `zone` first show `wall` (a naive date and time).

    A time that happens twice means the first one. A time that a clock change skips means the first
    instant after the gap; where that is already the next day (America/Nuuk skips 23:00 to 24:00) the last
    second before the gap, so that what is meant for a day stays on it.
    """
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    change = _change_between(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first, zone)
    before = change - SECOND
    if change.astimezone(zone).date() > wall.date() == before.astimezone(zone).date():
        return before
    return change


def _change_between(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """The first whole second in (before, after] that has the later offset; found by halving."""
    old = before.astimezone(zone).utcoffset()
    low, high = 0, round((after - before) / SECOND)
    while high - low > 1:
        middle = (low + high) // 2
        if (before + middle * SECOND).astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return (before + high * SECOND).replace(microsecond=0)
