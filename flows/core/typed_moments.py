"""What a person typed as a day with a time, understood in English and Chinese."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from flows.core.local import instant
from flows.core.typed import tidy
from flows.core.typed_dates import COUNT_EN, COUNT_ZH, count, day

HOURS = {hour: hour for hour in range(25)}  # 24:00 is the end of the day
MORNING = {hour: hour for hour in range(13)}
AFTERNOON = {hour: hour + 12 for hour in range(1, 12)} | {hour: hour for hour in range(12, 20)}
EVENING = {hour: hour + 12 for hour in range(5, 13)} | {hour: hour for hour in range(17, 25)}
PARTS = {  # the hour of the day that an hour means in each part of it; "晚上1点" could be either night
    "": HOURS,
    "凌晨": {hour: hour for hour in range(7)} | {12: 0},
    "中午": {11: 11, 12: 12, 13: 13, 1: 13, 2: 14},
    **dict.fromkeys(("清晨", "早上", "早晨", "早", "上午"), MORNING),
    **dict.fromkeys(("下午", "傍晚"), AFTERNOON),
    **dict.fromkeys(("晚上", "晚", "夜里"), EVENING),
    "am": {hour: hour % 12 for hour in range(1, 13)},
    "pm": {hour: hour % 12 + 12 for hour in range(1, 13)},
}

PART = r"(?P<part>凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚|夜里)"
NUMERAL = r"[0-9]{1,2}|[零〇一二两三四五六七八九十]{1,3}"
CLOCKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{PART}? ?(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})",
        rf"{PART}? ?(?P<hour>{NUMERAL})[点时](?:钟|整|(?P<minute>半|[一三]刻|{NUMERAL})分?)?",
        r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2}))? ?(?P<half>[ap])\.?m\.?",
    )
)
MINUTES = {None: 0, "半": 30, "一刻": 15, "三刻": 45}
SHORT = {
    "今晚": "今天晚上",
    "明晚": "明天晚上",
    "今早": "今天早上",
    "明早": "明天早上",
    "noon": "12:00",
    "正午": "12:00",
}

SOON_EN = re.compile(rf"in (?:{COUNT_EN} (minute|min|hour)s?)")
SOON_ZH = re.compile(rf"{COUNT_ZH}个?(分钟|小时|钟头)[之以]?后")
HALF_AN_HOUR = frozenset({"in half an hour", "半小时后", "半个小时后", "半个钟头后"})
WITH_OFFSET = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[t ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(z|[+-][0-9]{2}:[0-9]{2})"
)


def moment(text: str, now: datetime) -> datetime | None:
    """The moment that a person means, aware and in the zone of `now` (aware: the person's own clock).

    - A day as `typed_dates.day` reads it, and a time on either side of it: "next Friday 15:00",
      "3pm tomorrow", "下周五下午3点", "明天9点半". An hour without am or pm is on the 24-hour clock, and
      needs minutes or 点.
    - A time alone is the next such time: today if it is still to come, otherwise tomorrow.
    - "in 2 hours", "半小时后": so much later by a stopwatch, through any clock change.
    - "2027-03-12T15:00+08:00": that instant.
    A day alone has no moment. `flows.core.local.instant` says what a clock change does to a local time.
    """
    plain = tidy(text)
    soon = _soon(plain, now)
    if soon is not None:
        return soon
    for short, long in SHORT.items():
        plain = plain.replace(short, long)
    for cut in range(len(plain) + 1):
        before, behind = plain[:cut], plain[cut:]
        if before[-1:].isdigit() and behind[:1].isdigit():
            continue
        for day_text, time_text in ((before, behind), (behind, before)):
            minutes = _clock(time_text.strip(" ,").removeprefix("at ").removeprefix("@").lstrip())
            if minutes is not None:
                found = _at(
                    day_text.strip(" ,").removesuffix(" at").removesuffix("的").rstrip(" ,"), minutes, now
                )
                if found is not None:
                    return found
    return None


def _clock(text: str) -> int | None:
    """Minutes since midnight, up to 1440 for the end of the day."""
    for pattern in CLOCKS:
        match = pattern.fullmatch(text)
        if match:
            said = match.groupdict()
            part = f"{said['half']}m" if said.get("half") else said.get("part") or ""
            hour = PARTS[part].get(_numeral(said["hour"]))
            minute = MINUTES.get(said["minute"]) if said["minute"] in MINUTES else _numeral(said["minute"])
            if hour is None or minute is None or minute > 59 or hour * 60 + minute > 24 * 60:
                return None
            return hour * 60 + minute
    return None


def _numeral(text: str) -> int:
    return count(text.lstrip("零〇")) if text.strip("零〇") else 0


def _at(day_text: str, minutes: int, now: datetime) -> datetime | None:
    zone = now.tzinfo or UTC
    local_day = day(day_text, now.date()) if day_text else now.date()
    if local_day is None:
        return None
    found = instant(datetime.combine(local_day, time()) + timedelta(minutes=minutes), zone)
    if not day_text and found <= now:
        found = instant(datetime.combine(local_day, time()) + timedelta(days=1, minutes=minutes), zone)
    return found.astimezone(zone)


def _soon(plain: str, now: datetime) -> datetime | None:
    """What is said as a distance from now, or as an instant of its own."""
    later = None
    match = SOON_EN.fullmatch(plain) or SOON_ZH.fullmatch(plain)
    if match:
        later = timedelta(minutes=count(match[1]) * (60 if match[2] in ("hour", "小时", "钟头") else 1))
    elif plain in HALF_AN_HOUR:
        later = timedelta(minutes=30)
    elif plain in ("now", "现在"):
        later = timedelta()
    if later is not None:
        return (now.astimezone(UTC) + later).astimezone(now.tzinfo)
    if WITH_OFFSET.fullmatch(plain):
        try:
            return datetime.fromisoformat(plain.upper()).astimezone(now.tzinfo)
        except (OverflowError, ValueError):
            return None
    return None
