"""When two people can talk: in the working hours of both, less leave, holidays, and what either has already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.nudges.milestones import works
from flows.cycle.template import NudgePolicy
from flows.interviews.records import Span
from flows.people.person import Person

CELL = 300  # seconds: times are looked at in stretches of five minutes, counted since 1970 in UTC
BREAK = 15  # minutes between two interviews of one manager
WANTED = 3  # times that are proposed
Hours = tuple[time, time]
HOURS: tuple[Hours, ...] = (
    (time(9, 30), time(17, 30)),
    (time(8, 30), time(18, 30)),
    (time(7, 30), time(20, 30)),
    (time(6, 30), time(21, 30)),
)
"""Local hours in which both may be asked to talk. Where the first give too few times, both give way by the same."""

LUNCH = (12 * 60, 13 * 60 + 30)
CORE = ((10 * 60, 12 * 60), (14 * 60, 17 * 60))
AT_THE_EDGE, AT_LUNCH, OUTSIDE = 1.0, 3.0, 4.0  # what a time costs, beside one for each day that it is later


@dataclass(frozen=True, slots=True)
class Seat:
    """A time that suits both. `start` is its first cell, `day` the manager's local day; less `cost` is better."""

    start: int
    day: int
    cost: float


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and what they have already (UTC)."""

    person: Person
    taken: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when (UTC) an interview of so many minutes may be held, by the company's own working days."""

    since: datetime
    until: datetime
    minutes: int
    policy: NudgePolicy

    @property
    def first(self) -> int:
        return cell_of(self.since, up=True)

    @property
    def last(self) -> int:
        return cell_of(self.until)

    @property
    def cells(self) -> int:
        """How many cells an interview takes."""
        return -(-self.minutes * 60 // CELL)


def seats(manager: Side, person: Side, stretch: Stretch, *, grid: bool = True) -> list[Seat]:
    """The times that suit both, cheapest first; in hours that are no wider than it takes to find three.

    They lie on one `grid` of the manager's day, so that no two overlap; without it they begin every quarter of an
    hour. There is a break between them and what the manager has already.
    """
    found: list[Seat] = []
    for hours in HOURS:
        found = list(_seats(manager, person, stretch, hours, grid=grid))
        if len(found) >= WANTED:
            break
    return sorted(found, key=lambda seat: (seat.cost, seat.start))


def _seats(manager: Side, person: Side, stretch: Stretch, hours: Hours, *, grid: bool) -> Iterator[Seat]:
    pad = timedelta(minutes=BREAK)
    taken = [(starts - pad, ends + pad) for starts, ends in manager.taken]
    free = free_of(manager.person, taken, stretch, hours) & free_of(
        person.person, person.taken, stretch, hours
    )
    free = runs(free, stretch.cells)
    step = -(-(stretch.minutes + BREAK) // 30) * 6 if grid else 3  # cells: on half hours, or on quarters
    zone, first, begins = manager.person.zone, stretch.first, local_day(stretch.since, manager.person.zone)
    for day in days_of(stretch, zone):
        opens, closes = _window(zone, day, hours)
        for start in range(opens, closes, step):
            if start >= first and free >> (start - first) & 1:
                cost = (day - begins).days + sum(
                    discomfort(one.person.zone, start, stretch.cells) for one in (manager, person)
                )
                yield Seat(start, day.toordinal(), cost)


def free_of(person: Person, taken: Iterable[Span], stretch: Stretch, hours: Hours) -> int:
    """The cells in which somebody can talk, as bits: bit 0 is the stretch's first cell."""
    first, size = stretch.first, max(0, stretch.last - stretch.first)
    free = 0
    for day in days_of(stretch, person.zone):
        if works(person, day, stretch.policy):
            free |= _bits(*_window(person.zone, day, hours), first, size)
    for starts, ends in taken:
        free &= ~_bits(cell_of(starts), cell_of(ends, up=True), first, size)
    return free


def days_of(stretch: Stretch, zone: str) -> Iterator[date]:
    """The local days of the stretch."""
    day, last = local_day(stretch.since, zone), local_day(stretch.until, zone)
    while day <= last:
        yield day
        day += DAY


def runs(free: int, cells: int) -> int:
    """The cells from which on so many in a row are free."""
    have = 1
    while have < cells:
        step = min(have, cells - have)
        free &= free >> step
        have += step
    return free


@lru_cache(maxsize=65536)
def discomfort(zone: str, start: int, cells: int) -> float:
    """What it costs somebody in that zone to talk then: nothing in the middle of a morning or an afternoon.

    Outside working hours it grows with the square of the hours, so that both give way by the same.
    """
    local = moment_of(start).astimezone(ZoneInfo(zone))
    begins = local.hour * 60 + local.minute
    ends = begins + cells * CELL // 60
    opens, closes = (one.hour * 60 + one.minute for one in HOURS[0])
    beyond = max(0, opens - begins) + max(0, ends - closes)
    if beyond:
        return OUTSIDE * (1 + (beyond / 60) ** 2)
    if begins < LUNCH[1] and ends > LUNCH[0]:
        return AT_LUNCH
    return 0.0 if any(begin <= begins and ends <= end for begin, end in CORE) else AT_THE_EDGE


def cell_of(moment: datetime, *, up: bool = False) -> int:
    """The cell that a moment lies in; `up`: the first that begins at it or later."""
    seconds = moment.timestamp()
    return int(-(-seconds // CELL)) if up else int(seconds // CELL)


def moment_of(cell: int) -> datetime:
    """When a cell begins (UTC)."""
    return datetime.fromtimestamp(cell * CELL, UTC)


def span_of(seat: Seat, minutes: int) -> Span:
    """From when to when (UTC)."""
    starts = moment_of(seat.start)
    return starts, starts + timedelta(minutes=minutes)


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


@lru_cache(maxsize=65536)
def _window(zone: str, day: date, hours: Hours) -> tuple[int, int]:
    """The cells of a local day's hours; a clock change inside them makes it shorter or longer."""
    opens, closes = (at_local(day, at, zone) for at in hours)
    return cell_of(opens, up=True), cell_of(closes)


def _bits(start: int, end: int, first: int, size: int) -> int:
    """The cells from `start` to `end` of the `size` ones that begin at `first`."""
    low, high = max(0, start - first), min(size, end - first)
    return ((1 << (high - low)) - 1) << low if high > low else 0
