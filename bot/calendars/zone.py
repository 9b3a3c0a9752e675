"""A time zone as calendars write it: each clock change with what the clocks show before, as a rule where there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

BEFORE, AFTER = (
    timedelta(days=400),
    timedelta(days=1200),
)  # three of each change, at least, where there are two a year
A_DAY, A_SECOND = timedelta(days=1), timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 (local time, as VTIMEZONE wants it)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks go from one offset to another; `wall` is what they would have shown without it."""

    wall: datetime
    was: timedelta
    becomes: timedelta
    name: str


def timezone_of(zone: ZoneInfo, around: datetime) -> icalendar.Timezone:
    """The zone as it is around an aware moment: one clock change before it, and those of the years after."""
    found = icalendar.Timezone()
    found.add("TZID", zone.key)
    changes = list(changes_between(zone, around - BEFORE, around + AFTER))
    lowest = min((change.becomes for change in changes), default=timedelta(0))
    for alike in _kinds(changes):
        rule = yearly(alike)
        for change in alike[:1] if rule else alike:
            part = icalendar.TimezoneStandard() if change.becomes == lowest else icalendar.TimezoneDaylight()
            _describe(part, change)
            if rule:
                part.add("RRULE", rule)
            found.add_component(part)
    if not changes:
        part = icalendar.TimezoneStandard()
        offset = around.astimezone(zone).utcoffset() or timedelta(0)
        _describe(part, Change(EPOCH, offset, offset, around.astimezone(zone).tzname() or zone.key))
        found.add_component(part)
    return found


def changes_between(zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[Change]:
    """The clock changes of a zone between two aware moments, in order."""
    moment = since.astimezone(UTC).replace(microsecond=0)
    while moment < until:
        after = moment + A_DAY
        was, becomes = _offset(zone, moment), _offset(zone, after)
        if was != becomes:
            low, high = moment, after
            while high - low > A_SECOND:
                middle = low + (high - low) // 2 // A_SECOND * A_SECOND
                low, high = (middle, high) if _offset(zone, middle) == was else (low, middle)
            wall = (high + was).replace(tzinfo=None)
            yield Change(wall, was, becomes, high.astimezone(zone).tzname() or zone.key)
        moment = after


def yearly(changes: Sequence[Change]) -> dict[str, object] | None:
    """The rule that gives these changes and no others of their years: "the last Sunday in March"; None without one."""
    years = [change.wall.year for change in changes]
    if len(changes) < 2 or years != list(range(years[0], years[0] + len(years))):
        return None
    first = changes[0].wall
    if len({(one.wall.month, one.wall.weekday(), one.wall.time()) for one in changes}) > 1:
        return None
    nths = {(one.wall.day - 1) // 7 + 1 for one in changes}
    last = all((one.wall + 7 * A_DAY).month != one.wall.month for one in changes)
    if not last and len(nths) > 1:
        return None
    which = "-1" if last else str(nths.pop())
    return {"FREQ": "YEARLY", "BYMONTH": first.month, "BYDAY": which + WEEKDAYS[first.weekday()]}


def _kinds(changes: Sequence[Change]) -> list[list[Change]]:
    kinds: dict[tuple[timedelta, timedelta], list[Change]] = {}
    for change in changes:
        kinds.setdefault((change.was, change.becomes), []).append(change)
    return list(kinds.values())


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta(0)


def _describe(part: icalendar.TimezoneStandard | icalendar.TimezoneDaylight, change: Change) -> None:
    part.add("DTSTART", change.wall)
    part.add("TZNAME", change.name)
    part.add("TZOFFSETFROM", change.was)
    part.add("TZOFFSETTO", change.becomes)
