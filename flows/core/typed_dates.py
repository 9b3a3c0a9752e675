"""What a person typed as a day, understood in English and Chinese.

Written by hand and strict: dateutil's parser takes "10" and "sat" for dates, so only its arithmetic is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from flows.core.typed import chinese, tidy

FIRST_YEAR, LAST_YEAR = 1900, 2199  # a year outside is a slip of the finger

MONTH_NAMES = """jan january/feb february/mar march/apr april/may/jun june/jul july/aug august
/sep sept september/oct october/nov november/dec december"""
WEEKDAY_NAMES = """mon monday 一/tue tues tuesday 二/wed wednesday 三/thu thur thurs thursday 四/fri friday 五
/sat saturday 六/sun sunday 日 天"""
MONTHS = {name: place for place, names in enumerate(MONTH_NAMES.split("/"), 1) for name in names.split()}
WEEKDAYS = {name: place for place, names in enumerate(WEEKDAY_NAMES.split("/")) for name in names.split()}
NEAR = {  # days from today
    -3: "大前天",
    -2: "day before yesterday|the day before yesterday|前天",
    -1: "yesterday|昨天|昨日",
    0: "today|今天|今日",
    1: "tomorrow|tmr|tmrw|明天|明日",
    2: "day after tomorrow|the day after tomorrow|后天",
    3: "大后天",
}
DAYS_OFF = {phrase: days for days, phrases in NEAR.items() for phrase in phrases.split("|")}
END_NAMES = (  # (what ends, how many from the current one, how it is said)
    ("month", 0, "end of month|end of the month|end of this month|month end|eom|月底|月末|本月底|这个月底"),
    ("month", 1, "end of next month|下月底|下个月底|下月末|下个月末"),
    (
        "quarter",
        0,
        "end of quarter|end of the quarter|end of this quarter|quarter end|eoq|季末|季度末|本季度末",
    ),
    ("quarter", 1, "end of next quarter|下季度末|下个季度末"),
    ("year", 0, "end of year|end of the year|end of this year|year end|eoy|年底|年末|今年底|今年年底"),
    ("year", 1, "end of next year|明年底|明年年底"),
)
ENDS = {phrase: (unit, ahead) for unit, ahead, phrases in END_NAMES for phrase in phrases.split("|")}
SPELLED = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
SPELLED |= {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

COUNT_EN = rf"([0-9]{{1,3}}|{'|'.join(SPELLED)})"
COUNT_ZH = r"([0-9]{1,3}|[零〇一二两三四五六七八九十百]{1,6})"
YEAR_ZH = r"([0-9]{4}|[零〇一二三四五六七八九]{4})"
ORDINAL = r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)?"
MONTH = rf"({'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
WEEKDAY = rf"({'|'.join(sorted(filter(str.isascii, WEEKDAYS), key=len, reverse=True))})"

FULL = (  # (pattern, what its groups are; "ab" is a day and a month in one order or the other)
    (re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"), "Ymd"),
    (re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})"), "Ymd"),
    (re.compile(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})"), "Ymd"),
    (re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"), "Ymd"),
    (re.compile(rf"{YEAR_ZH}年 ?{COUNT_ZH}月 ?{COUNT_ZH}[日号]?"), "Ymd"),
    (re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})"), "dmY"),
    (re.compile(rf"{ORDINAL}[ -]?(?:of )?{MONTH},?[ -]([0-9]{{4}})"), "dmY"),
    (re.compile(rf"{MONTH} ?{ORDINAL},? ([0-9]{{4}})"), "mdY"),
    (re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})[-/]([0-9]{4})"), "abY"),
)


def day(text: str, today: date) -> date | None:
    """The day that a person means, seen from `today` (their own local date); years 1900 to 2199.

    - "Friday", "周五": the next one, today included. "this Friday", "本周五": the one in this ISO week
      (Monday to Sunday), even if it is over. "next Friday", "下周五": the one in the next ISO week.
    - "12 March", "3月12日", "15号" without a year or a month: the next one, today included.
    - In figures: year first ("2027-3-12", "2027/3/12", "2027.3.12", "20270312"), or day, month and year with
      dots ("12.3.2027"). With slashes and the year last or missing, Europe and America read differently:
      "25/12" is understood and "3/12" is not, unless both readings are the same day.
    """
    plain = tidy(text).removeprefix("on ").rstrip("。.")
    if plain in DAYS_OFF:
        return today + timedelta(days=DAYS_OFF[plain])
    if plain in ENDS:
        return _end(*ENDS[plain], today)
    whole = full_date(plain)
    if whole is not None:
        return whole
    for pattern, meaning in RELATIVE:
        match = pattern.fullmatch(plain)
        if match:
            found = meaning(match, today)
            return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None


def full_date(text: str) -> date | None:
    """A date written out with its year, which means the same on any day: the forms that a file may hold."""
    plain = tidy(text)
    for pattern, order in FULL:
        match = pattern.fullmatch(plain)
        if match:
            part = dict(zip(order, match.groups(), strict=True))
            if "a" in part:
                return _only(_exact(part["Y"], *pair) for pair in _both_orders(part["a"], part["b"]))
            return _exact(part["Y"], part["m"], part["d"])
    return None


def count(text: str) -> int:
    """A count in digits, Chinese numerals or an English word; 0 where it is none."""
    if text in SPELLED:
        return SPELLED[text]
    value = int(text) if text.isdecimal() else chinese(text)
    return int(value) if value is not None else 0


def _exact(year: str | int, month: str, number: str) -> date | None:
    try:
        found = date(count(str(year)), MONTHS.get(month) or count(month), count(number))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _both_orders(first: str, second: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return (first, second), (second, first)


def _only(readings: Iterable[date | None]) -> date | None:
    """The day, if it can be read in only one way."""
    days = set(readings) - {None}
    return days.pop() if len(days) == 1 else None


def _coming(month: str, number: str, today: date) -> date | None:
    """The next such day of the year; a leap day waits for its year (at most eight)."""
    years = (_exact(today.year + ahead, month, number) for ahead in range(9))
    return next((found for found in years if found and found >= today), None)


def _coming_number(number: str, today: date) -> date | None:
    """The next day of a month with that number; a 31st waits for a month that has one."""
    months = (today + relativedelta(day=1, months=ahead) for ahead in range(3))
    days = (_exact(month.year, str(month.month), number) for month in months)
    return next((found for found in days if found and found >= today), None)


def _in_month(ahead: int, number: str, today: date) -> date | None:
    month = today + relativedelta(day=1, months=ahead)
    return _exact(month.year, str(month.month), number)


def _weekday(name: str, week: str | None, today: date) -> date:
    """The next such day, today included, or the one in an ISO week counted from this one."""
    if not week or week == "coming":
        return today + timedelta(days=(WEEKDAYS[name] - today.weekday()) % 7)
    return today + timedelta(days=WEEKDAYS[name] - today.weekday(), weeks=WEEKS[week])


def _after(amount: str, unit: str, sign: int, today: date) -> date:
    """Months and years keep the day of the month, or take the month's last."""
    number = sign * count(amount)
    if unit in ("week", "周", "星期", "礼拜"):
        return today + timedelta(weeks=number)
    if unit in ("month", "月"):
        return today + relativedelta(months=number)
    if unit in ("year", "年"):
        return today + relativedelta(years=number)
    return today + timedelta(days=number)


def _end(unit: str, ahead: int, today: date) -> date:
    """The last day of the calendar month, quarter or year."""
    if unit == "month":
        return today + relativedelta(months=ahead, day=31)
    if unit == "quarter":
        return today + relativedelta(months=2 - (today.month - 1) % 3 + 3 * ahead, day=31)
    return date(today.year + ahead, 12, 31)


WEEKS = {
    "this": 0,
    "next": 1,
    "last": -1,
    "本": 0,
    "这": 0,
    "这个": 0,
    "下": 1,
    "下个": 1,
    "下下": 2,
    "下下个": 2,
}
WEEKS |= {"上": -1, "上个": -1, "上上": -2}
UNIT_ZH = r"(天|日|周|个?(?:星期|礼拜)|个月|年)"

RELATIVE: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (re.compile(rf"(?:(this|next|last|coming) )?{WEEKDAY}"), lambda m, today: _weekday(m[2], m[1], today)),
    (re.compile(rf"{WEEKDAY} (this|next|last) week"), lambda m, today: _weekday(m[1], m[2], today)),
    (
        re.compile(r"(本|这个?|下个?|下下个?|上个?|上上)?(?:周|星期|礼拜)([一二三四五六日天])"),
        lambda m, today: _weekday(m[2], m[1], today),
    ),
    (
        re.compile(rf"in {COUNT_EN} (day|week|month|year)s?"),
        lambda m, today: _after(m[1], m[2], 1, today),
    ),
    (
        re.compile(rf"{COUNT_EN} (day|week|month|year)s? (from now|from today|later|ago)"),
        lambda m, today: _after(m[1], m[2], -1 if m[3] == "ago" else 1, today),
    ),
    (
        re.compile(rf"{COUNT_ZH} ?{UNIT_ZH}[之以]?([后前])"),
        lambda m, today: _after(m[1], m[2].removeprefix("个"), -1 if m[3] == "前" else 1, today),
    ),
    (re.compile(rf"{ORDINAL}[ -]?(?:of )?{MONTH}"), lambda m, today: _coming(m[2], m[1], today)),
    (re.compile(rf"{MONTH} ?{ORDINAL}"), lambda m, today: _coming(m[1], m[2], today)),
    (re.compile(rf"{COUNT_ZH}月 ?{COUNT_ZH}[日号]?"), lambda m, today: _coming(m[1], m[2], today)),
    (
        re.compile(rf"(今年|明年) ?{COUNT_ZH}月 ?{COUNT_ZH}[日号]?"),
        lambda m, today: _exact(today.year + (m[1] == "明年"), m[2], m[3]),
    ),
    (
        re.compile(rf"(本|这个|下个?)月 ?{COUNT_ZH}[日号]"),
        lambda m, today: _in_month(int(m[1].startswith("下")), m[2], today),
    ),
    (
        re.compile(rf"{ORDINAL} (?:of )?(this|next) month"),
        lambda m, today: _in_month(int(m[2] == "next"), m[1], today),
    ),
    (re.compile(rf"{COUNT_ZH}[日号]"), lambda m, today: _coming_number(m[1], today)),
    (re.compile(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th)"), lambda m, today: _coming_number(m[1], today)),
    (
        re.compile(r"([0-9]{1,2})/([0-9]{1,2})"),
        lambda m, today: _only(_coming(*pair, today) for pair in _both_orders(m[1], m[2])),
    ),
)
