"""Local moments, working days, and the rounds of a rhythm: when a check-in opens, is summed up and closes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from flows.core.local import instant

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6

# China moves some of its weekends every year, by a State Council notice late in the year before; other
# countries move few or none, so that a year without any says nothing about whether it is known.
MOVES_WEEKENDS_EVERY_YEAR = frozenset({"CN"})

# tzdata points these at some city (EST at Panama), but who says them means an offset, not a country.
PLACELESS = frozenset({"CET", "EET", "EST", "HST", "MET", "MST", "WET"})


def at_local(day: date, at: time, zone: str) -> datetime:
    """The UTC instant of a local date and time in an IANA zone; `flows.core.local.instant` has the rule.

    Raises ValueError for a zone that does not exist.
    """
    return instant(datetime.combine(day, at.replace(tzinfo=None)), _zone(zone))


def local_day(moment: datetime, zone: str) -> date:
    """The date on the calendars of an IANA zone at an aware moment; ValueError for an unknown zone."""
    return moment.astimezone(_zone(zone)).date()


def country_of(zone: str) -> str | None:
    """The ISO 3166 country of an IANA zone, from tzdata's own tables; None for UTC and unknown names.

    A former name counts as the zone it now points to (Asia/Calcutta is India).
    """
    if zone in PLACELESS:
        return None
    countries, targets = _zone_tables()
    return countries.get(zone) or countries.get(targets.get(zone, ""))


def countries() -> frozenset[str]:
    """Every ISO 3166 country that has a zone."""
    return frozenset(_zone_tables()[0].values())


@dataclass(frozen=True, slots=True)
class Offices:
    """When offices of one country rest in one year."""

    weekend: frozenset[int]
    holidays: frozenset[date]
    worked_weekends: frozenset[date]


def is_working_day(day: date, country: str | None) -> bool:
    """Whether offices work that day: not a weekend or public holiday, or a make-up day for one.

    An unknown country works Monday to Friday.
    """
    offices = _offices(country, day.year) if country else None
    if offices is None:
        return day.weekday() < SATURDAY
    if day.weekday() in offices.weekend:
        return day in offices.worked_weekends
    return day not in offices.holidays


def next_working_day(day: date, country: str | None) -> date:
    """The first working day from `day` on, `day` itself included."""
    while not is_working_day(day, country):
        day += DAY
    return day


def make_up_days_known(country: str | None, year: int) -> bool:
    """Whether the working weekends of that year are published; if not, its working days are a forecast."""
    if country not in MOVES_WEEKENDS_EVERY_YEAR:
        return True
    offices = _offices(country, year)
    return offices is not None and any(day.year == year for day in offices.worked_weekends)


class Rhythm(Enum):
    """How often a round comes."""

    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rhythm with its days and local times; weekdays count from Monday = 0.

    No round opens before `first`. Weekly and biweekly rounds are counted from the first `weekday` on or
    after it; a monthly round opens on the first such weekday of its month.
    """

    rhythm: Rhythm
    first: date
    weekday: int
    opens: time
    digest_weekday: int
    digest: time


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of a schedule in local dates; `closes_on` is the last day on which it may be edited."""

    key: str
    opens_on: date
    digest_on: date
    closes_on: date


def round_on(schedule: Schedule, day: date) -> Round | None:
    """The round that contains that local day; None before the first one opens."""
    first = _first_opening(schedule)
    if day < first:
        return None
    if schedule.rhythm is Rhythm.MONTHLY:
        opens = _opening_of_month(day.year, day.month, schedule.weekday)
        if day < opens:
            last_month = day.replace(day=1) - DAY
            opens = _opening_of_month(last_month.year, last_month.month, schedule.weekday)
        return _round(schedule, opens)
    weeks = 7 if schedule.rhythm is Rhythm.WEEKLY else 14
    return _round(schedule, day - (day - first) % timedelta(days=weeks))


def next_round(schedule: Schedule, after: date) -> Round:
    """The first round that opens later than `after`."""
    current = round_on(schedule, after)
    return _round(schedule, current.closes_on + DAY if current else _first_opening(schedule))


def opening_day(turn: Round, country: str | None, away: Sequence[tuple[date, date]] = ()) -> date | None:
    """The day a person is first asked: the first working day from opening through digest outside their leave.

    `away` holds first and last days, both included. None when there is no such day: they skip this round.
    """
    for offset in range((turn.digest_on - turn.opens_on).days + 1):
        day = turn.opens_on + offset * DAY
        if is_working_day(day, country) and not any(start <= day <= end for start, end in away):
            return day
    return None


def _round(schedule: Schedule, opens: date) -> Round:
    """The digest comes on the last digest weekday before the next round opens."""
    if schedule.rhythm is Rhythm.MONTHLY:
        month = opens.replace(day=28) + 4 * DAY
        following = _opening_of_month(month.year, month.month, schedule.weekday)
    else:
        following = opens + timedelta(days=7 if schedule.rhythm is Rhythm.WEEKLY else 14)
    closes = following - DAY
    digest = closes - timedelta(days=(closes.weekday() - schedule.digest_weekday) % 7)
    return Round(opens.isoformat(), opens, digest, closes)


def _first_opening(schedule: Schedule) -> date:
    opens = _weekday_from(schedule.first, schedule.weekday)
    if schedule.rhythm is Rhythm.MONTHLY and opens.day > 7:
        month = opens.replace(day=28) + 4 * DAY
        return _opening_of_month(month.year, month.month, schedule.weekday)
    return opens


def _opening_of_month(year: int, month: int, weekday: int) -> date:
    return _weekday_from(date(year, month, 1), weekday)


def _weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (
        KeyError,
        OSError,
        ValueError,
    ) as unknown:  # a folder's name is an OSError, an odd path a ValueError
        raise ValueError(f"unknown time zone {name!r}") from unknown


@lru_cache(maxsize=1)
def _zone_tables() -> tuple[dict[str, str], dict[str, str]]:
    """The country of each zone (zone.tab has one per zone), and what each former name points to."""
    folder = files("tzdata.zoneinfo")
    rows = (line.split("\t") for line in folder.joinpath("zone.tab").read_text("utf-8").splitlines())
    countries = {row[2]: row[0] for row in rows if len(row) > 2 and not row[0].startswith("#")}
    links = (line.split() for line in folder.joinpath("tzdata.zi").read_text("utf-8").splitlines())
    return countries, {link[2]: link[1] for link in links if link[:1] == ["L"]}


@lru_cache(maxsize=4096)
def _offices(country: str, year: int) -> Offices | None:
    """None for a country the calendar does not know.

    One frozen value per country and year: the library's own objects fill themselves on reading, which
    several threads can't share.
    """
    import holidays  # here because it costs 0.16 s and 18 MB, which a bot spends when it first asks

    try:
        # With the year after: a January holiday can turn a weekend of December into working days.
        calendar = holidays.country_holidays(country, years=(year, year + 1), expand=False)
    except NotImplementedError:
        return None
    weekend = set(calendar.weekend)
    if weekend == {SUNDAY}:
        weekend.add(SATURDAY)  # the law of Hong Kong and a few others counts Saturday, their offices rest
    return Offices(
        frozenset(weekend),
        frozenset(day for day in calendar if day.year == year),
        frozenset(day for day in calendar.weekend_workdays if day.year == year),
    )
