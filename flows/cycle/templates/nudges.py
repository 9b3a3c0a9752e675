"""When a template has tasks spoken of, and on which days the company's offices rest or work against the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flows.core.words import Words
from flows.cycle.calendar import countries
from flows.cycle.template import NudgePolicy, OwnDays
from flows.cycle.templates.entry import Entry, Read, must_be, say
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.values import day, each, flag, hour, whole

OFTEN = {"UK": "GB", "EN": "GB", "ZH": "CN"}  # what is written for a country and is not its code
NEVER = "never"
A_YEAR = 366


def nudges(own_days: Mapping[str, OwnDays]) -> Read[NudgePolicy]:
    """When tasks are spoken of."""

    def read(part: Part, problems: Problems) -> NudgePolicy | None:
        usual = NudgePolicy()
        entry = Entry(part, ("hour", "before", "on_day", "after", "manager", "hr"), problems)
        days = each(whole(1, 60), 5, least=0)
        made = NudgePolicy(
            hour=entry.may("hour", hour, usual.hour),
            before=tuple(sorted(entry.may("before", days, usual.before), reverse=True)),
            on_day=entry.may("on_day", flag, usual.on_day),
            after=tuple(sorted(entry.may("after", days, usual.after))),
            manager=_or_none(entry.may("manager", _day_or_never, usual.manager)),
            hr=_or_none(entry.may("hr", _day_or_never, usual.hr)),
            own_days=own_days,
        )
        return made if entry.sound else None

    return read


def _day_or_never(part: Part, problems: Problems) -> int | None:
    """Days after the last one; 0 stands for never."""
    if part.value == NEVER:
        return 0
    if (
        isinstance(part.value, str)
        and part.value.isascii()
        and part.value.isdigit()
        and 1 <= int(part.value[:6]) <= 60
    ):
        return int(part.value[:6])
    must_be(part, problems, "a whole number from 1 to 60, or never", " 1 到 60 之间的整数，或 never")
    return None


def _or_none(days: int | None) -> int | None:
    return days or None


def holidays(part: Part, problems: Problems) -> dict[str, OwnDays] | None:
    """The company's own days by ISO country."""
    if not isinstance(part.value, Mapping):
        must_be(part, problems, "days by country, such as CN", "按国家代码（例如 CN）列出的日期")
        return None
    read = {
        code: _own_days(days, problems)
        for code, days in part.value.items()
        if _is_country(code, days.line, problems)
    }
    return {code: days for code, days in read.items() if days is not None}


def _is_country(code: str, line: int, problems: Problems) -> bool:
    if code in countries():
        return True
    meant = OFTEN.get(code.upper()) or (code.upper() if code.upper() in countries() else None)
    remedy = (
        Words("write {code}", "请写 {code}").fill(code=meant)
        if meant
        else Words("use two capital letters such as CN or DE", "请使用两个大写字母，例如 CN 或 DE")
    )
    say(
        problems,
        line,
        "“{code}” is no country code: {remedy}.",
        "“{code}” 不是国家代码：{remedy}。",
        code=code,
        remedy=remedy,
    )
    return False


def _own_days(part: Part, problems: Problems) -> OwnDays | None:
    entry = Entry(part, OwnDays.__slots__, problems)
    nothing: tuple[date, ...] = ()
    off, working = (frozenset(entry.may(word, each(day, A_YEAR), nothing)) for word in ("off", "working"))
    if both := sorted(off & working):
        en, zh = (
            "{day} is both off and a working day: keep one.",
            "{day} 既是休息日又是工作日：请只保留一处。",
        )
        entry.wrong("working", en, zh, day=both[0].isoformat())
    return OwnDays(off, working) if entry.sound else None
