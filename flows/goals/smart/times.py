"""When a sentence says that a goal is due: days, weeks, months, quarters and years in English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from flows.core.typed_dates import FIRST_YEAR, LAST_YEAR, MONTHS, SPELLED, WEEKDAYS, count, day

MOST = 12  # times that are read in one sentence: it bounds the work on hostile text
SPOKEN = {"first": 1, "second": 2, "third": 3, "fourth": 4, "一": 1, "二": 2, "三": 3, "四": 4}
AHEAD = {"last": -1, "上": -1, "上个": -1, "去": -1, "next": 1, "coming": 1, "下": 1, "下个": 1, "明": 1}
UNITS = {
    "季度": "quarter",
    "季": "quarter",
    "月": "month",
    "周": "week",
    "星期": "week",
    "年": "year",
    "年度": "year",
}
PARTS = {
    "中旬": 20,
    "中": 15,
    "上旬": 10,
    "初": 10,
    "mid": 15,
}  # the day of the month that a part of it ends on


@dataclass(frozen=True, slots=True)
class Time:
    """A time that a sentence names, with its place. `last`: its last day. `firm`: said as the end ("by", 前)."""

    last: date | None
    start: int
    end: int
    firm: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """From which day a sentence is read, and the last one of its cycle."""

    today: date
    last: date | None


def times(text: str, today: date, last: date | None) -> tuple[Time, ...]:
    """Every time in a folded sentence, in order; `last` is what "the end of the cycle" means."""
    seen, found = Seen(today, last), list[Time]()
    for pattern, meaning in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if len(found) >= MOST or any(time.start < end and start < time.end for time in found):
                continue
            firm = bool(FIRM_BEFORE.search(text[max(0, start - 26) : start]) or FIRM_AFTER.match(text, end))
            if firm or pattern not in ONLY_FIRM:
                past = PAST_BEFORE.search(text[max(0, start - 14) : start])
                found.append(Time(None if past else meaning(match, seen), start, end, firm))
    return tuple(sorted(found, key=lambda time: time.start))


def due_of(found: tuple[Time, ...], today: date) -> Time | None:
    """The one that says until when: one still to come before one that is over, then one said as the end."""
    dated = [
        (time.last < today, not time.firm, time)
        for time in found
        if time.last and (time.firm or time.last >= today)
    ]
    return min(dated, key=lambda known: known[:2])[2] if dated else None


def month_end(month: int, year: int | None, today: date) -> date | None:
    """The last day of that month; without a year, of the next one that is not over."""
    if not (1 <= month <= 12 and FIRST_YEAR <= (year or today.year) <= LAST_YEAR):
        return None
    end = date(year or today.year, month, 1) + relativedelta(day=31)
    return end if year or end >= today else end + relativedelta(years=1, day=31)


def _year(said: str | None, today: date) -> int | None:
    """ "2027", "二〇二七年", "明年"; None where no year is said."""
    plain = (said or "").replace(" ", "").removesuffix("年")
    return (
        today.year + {"今": 0, "明": 1, "去": -1}[plain]
        if plain in ("今", "明", "去")
        else count(plain)
        if plain
        else None
    )


def _day(match: re.Match[str], seen: Seen) -> date | None:
    said = match[0].replace(" ", "") if "月" in match[0] else match[0]
    return day(said, seen.today) or day(f"{said}日", seen.today)


def _month(match: re.Match[str], seen: Seen) -> date | None:
    month = MONTHS.get(match["month"]) or count(match["month"])
    end = month_end(month, _year(match["year"], seen.today), seen.today)
    part = match["part"]
    return end.replace(day=PARTS[part]) if end and part in PARTS else end


def _dotted(match: re.Match[str], seen: Seen) -> date | None:
    return day(f"{match['month']}月{match['day']}日", seen.today)


def _quarter(match: re.Match[str], seen: Seen) -> date | None:
    number = SPOKEN.get(match["number"]) or int(match["number"])
    return month_end(3 * number, _year(match["year"], seen.today), seen.today)


def _half(match: re.Match[str], seen: Seen) -> date | None:
    return month_end(6 if match["half"] in ("1", "first", "上") else 12, None, seen.today)


def _whole_year(match: re.Match[str], seen: Seen) -> date | None:
    return month_end(12, int(match["year"]), seen.today)


def _named(match: re.Match[str], seen: Seen) -> date | None:
    """This, seen.last or next week, month, quarter or year; a cycle or a term ends with the cycle."""
    ahead, unit = AHEAD.get(match["which"] or "", 0), UNITS.get(match["unit"], match["unit"])
    if ahead < 0:
        return None
    if unit == "week":
        return seen.today + timedelta(days=6 - seen.today.weekday(), weeks=ahead)
    if unit == "month":
        return seen.today + relativedelta(months=ahead, day=31)
    if unit == "quarter":
        return seen.today + relativedelta(months=2 - (seen.today.month - 1) % 3 + 3 * ahead, day=31)
    return date(seen.today.year + ahead, 12, 31) if unit == "year" else seen.last


def _ending(match: re.Match[str], seen: Seen) -> date | None:
    """The end of the month or the quarter that runs."""
    months = 0 if (match["unit"] or match["kind"]) in ("m", "月") else 2 - (seen.today.month - 1) % 3
    return seen.today + relativedelta(months=months, day=31)


def _end_of_year(_match: re.Match[str], seen: Seen) -> date | None:
    return date(seen.today.year, 12, 31)


def _cycle(_match: re.Match[str], seen: Seen) -> date | None:
    return seen.last


def _within(match: re.Match[str], seen: Seen) -> date | None:
    number, unit = (6, "month") if match["number"] == "半" else (count(match["number"]), match["unit"])
    unit = UNITS.get(unit, unit)
    return seen.today + (
        timedelta(weeks=number)
        if unit == "week"
        else relativedelta(months=number * (12 if unit == "year" else 1))
    )


def _week(match: re.Match[str], seen: Seen) -> date | None:
    number = int(match["number"])
    return date.fromisocalendar(seen.today.year, number, 7) if 1 <= number <= 52 else None


def _ascii(pattern: str) -> re.Pattern[str]:
    """A word in Latin letters ends where Chinese begins: "在Q1完成"."""
    return re.compile(pattern, re.ASCII)


FIRM_BEFORE = _ascii(
    r"(?:\b(?:by|until|till|before|through|no later than|end of|mid|deadline:?|due:?|end)|截至|截止到?|截止日期:?|最晚|最迟)"
    r"[ -]?(?:the )?(?:end of )?(?:the )?$"
)
FIRM_AFTER = _ascii(r" ?(?:之前|以前|前|底|末|止|之?内|以内)")
PAST_BEFORE = _ascii(r"(?:\b(?:since|than|against|versus|vs\.?|over)|(?<![同环])比|较|自从) ?(?:the )?$")

MONTH_EN = "|".join(sorted((name for name in MONTHS if name != "may"), key=len, reverse=True))
DAY_EN = r"(?:the )?[0-9]{1,2}(?:st|nd|rd|th)?"
NUMERAL = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
YEAR = r"(?:[0-9]{4}|[零〇一二三四五六七八九]{4}|今|明|去) ?年 ?"
WEEKDAY = "|".join(sorted(filter(str.isascii, WEEKDAYS), key=len, reverse=True))
SLASHED = _ascii(r"(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}(?![0-9/])")
WEEK_DAY = _ascii(rf"\b(?:tomorrow|{WEEKDAY})\b|(?:本|下)?(?:周|星期)[一二三四五六日]")
MAY = _ascii(r"\b(?P<month>may)\b(?: (?P<year>[0-9]{4}))?(?P<part>)")
DOTTED = _ascii(r"(?<![0-9.])(?P<month>1[0-2]|0?[1-9])\.(?P<day>[12][0-9]|3[01]|0?[1-9])(?![0-9.])")
ONLY_FIRM = frozenset(
    {SLASHED, DOTTED, WEEK_DAY, MAY}
)  # a fraction, a habit and a verb, unless "by" stands before them

Meaning = Callable[[re.Match[str], Seen], "date | None"]
PATTERNS: tuple[tuple[re.Pattern[str], Meaning], ...] = (  # what says more comes first
    (_ascii(r"(?<![0-9])[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"), _day),
    (_ascii(r"(?<![0-9])[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{4}(?![0-9])"), _day),
    (_ascii(rf"\b(?:{MONTH_EN}|may)\.? ?{DAY_EN}(?:,? [0-9]{{4}})?(?![0-9a-z%])"), _day),
    (_ascii(rf"(?<![0-9.,]){DAY_EN}[ -]?(?:of )?(?:{MONTH_EN}|may)(?:\.|\b)(?:,?[ -]?[0-9]{{4}})?"), _day),
    (_ascii(rf"(?:{YEAR})?(?<![0-9]){NUMERAL} ?月 ?{NUMERAL}(?: ?[日号]|(?=之?前|底|止))"), _day),
    (
        _ascii(
            rf"(?P<year>{YEAR})?(?<![0-9])(?P<month>{NUMERAL}) ?月(?! ?[度均结薪租费账])(?P<part>中旬|上旬|下旬|中|初)?"
        ),
        _month,
    ),
    (_ascii(rf"\b(?:(?P<part>mid)[ -])?(?P<month>{MONTH_EN})\b\.?(?:,? (?P<year>[0-9]{{4}}))?"), _month),
    (MAY, _month),
    (_ascii(r"\bq(?P<number>[1-4])(?:[ /-]?(?:of )?(?P<year>[0-9]{4}))?(?![0-9a-z])"), _quarter),
    (_ascii(r"\b(?P<number>first|second|third|fourth) quarter(?: of)?(?: (?P<year>[0-9]{4}))?"), _quarter),
    (_ascii(rf"(?P<year>{YEAR})?第?(?P<number>[一二三四1-4])季度?"), _quarter),
    (_ascii(r"\bh(?P<half>[12])\b"), _half),
    (_ascii(r"\b(?P<half>first|second) half of the year"), _half),
    (_ascii(r"(?<!去年)(?P<half>[上下])半年"), _half),
    (
        _ascii(r"年底|年末|年内|全年|今年(?!同期)|\beoy\b|\byear[- ]end|\bend of (?:the )?year|\ball year"),
        _end_of_year,
    ),
    (_ascii(r"\bend of (?:the |this )?(?P<unit>week|month|quarter|cycle|term)(?P<which>)"), _named),
    (
        _ascii(
            r"\b(?P<which>this|next|last|coming|current)(?:'s)? (?P<unit>week|month|quarter|year|cycle|term)"
        ),
        _named,
    ),
    (_ascii(r"(?P<which>[本上下]个?|这个?|当|去|明)(?P<unit>季度|季|月|周期|周|星期|年度|学期|年)"), _named),
    (_ascii(r"\b(?P<unit>quarter|month)[- ]end(?P<which>)"), _named),
    (_ascii(r"\beo(?P<unit>q|m)\b|(?<![一二三四1-4])(?P<kind>季度?|月)[末底]"), _ending),
    (_ascii(r"学期末|期末|周期末|今年同期"), _cycle),
    (
        _ascii(
            rf"\b(?:with)?in (?:the next )?(?P<number>[0-9]{{1,2}}|{'|'.join(SPELLED)}) (?P<unit>week|month)s?\b"
        ),
        _within,
    ),
    (_ascii(rf"(?P<number>半|{NUMERAL}) ?个?(?P<unit>月|周|星期|年)(?:之|以)?内"), _within),
    (_ascii(r"\b(?:cw|kw|week|wk) ?(?P<number>[0-9]{1,2})\b"), _week),
    (_ascii(r"第(?P<number>[0-9]{1,2})周"), _week),
    (_ascii(r"\b(?:in|by|during|of|throughout|for) (?P<year>20[0-9]{2})\b(?! ?:)"), _whole_year),
    (_ascii(r"(?P<year>20[0-9]{2})年"), _whole_year),
    (SLASHED, _day),
    (DOTTED, _dotted),
    (WEEK_DAY, _day),
)
