"""How moments and days are said: in the reader's own zone, in both languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from flows.core.words import Words

WEEKDAYS_ZH = "一二三四五六日"


def day_and_time(moment: datetime, zone: str) -> Words:
    """An aware moment on a person's wall clock: "Friday 16 January, 16:00".

    Midnight ends a day: "Sunday 18 January, 24:00", never Monday 00:00.
    """
    local = moment.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) == (0, 0):
        return day_words(local.date() - timedelta(days=1)) + Words(", 24:00", "24:00")
    return day_words(local.date()) + Words(f", {local:%H:%M}", f"{local:%H:%M}")


@lru_cache(maxsize=1024)  # lists say the same few days over and over
def day_words(day: date) -> Words:
    """A day with its weekday: "Friday 16 January", "1月16日（周五）"."""
    return Words(
        f"{day:%A} {day.day} {day:%B}", f"{day.month}月{day.day}日（周{WEEKDAYS_ZH[day.weekday()]}）"
    )
