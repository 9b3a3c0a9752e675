"""What a sentence says about a goal: its number, unit, starting value, target, direction and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from flows.goals.smart.figures import Figure, figures, without
from flows.goals.smart.folding import HAN, LATIN, folded
from flows.goals.smart.phrases import chinese, either, english
from flows.goals.smart.roles import Roles, roles
from flows.goals.smart.tasks import DONE
from flows.goals.smart.times import Time, due_of, times
from flows.goals.smart.units import is_plural
from flows.goals.smart.words import DOWN, UP, VAGUE

Period = Literal["", "day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read from a sentence; None (or "") for what it does not say.

    `unit` is as `Terms.unit`: "%", an ISO 4217 code or what is counted. `change` is a distance rather than a level
    ("by 20 %": +20, "降低三成": -30), in `change_unit`. `per` is what the number is for ("a month", 每月). `due` is
    the last day by which, `lower` whether less is better. `yes_no`: it is either done or not ("launch the shop").
    """

    unit: str = ""
    lower: bool | None = None
    baseline: Decimal | None = None
    target: Decimal | None = None
    stretch: Decimal | None = None
    change: Decimal | None = None
    change_unit: str = ""
    per: Period = ""
    due: date | None = None
    yes_no: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the rules read it: `text` folded, what was found in it with its places, and what it says."""

    text: str
    times: tuple[Time, ...]
    due: Time | None
    figures: tuple[Figure, ...]
    roles: Roles
    said: Understood


def understood(sentence: str, today: date, last: date | None = None) -> Understood:
    """What the sentence says, seen from `today`; `last` is what "by the end of the cycle" means. Never raises."""
    return read(sentence, today, last).said


def read(sentence: str, today: date, last: date | None = None) -> Sentence:
    """The same with the places of what was found, for the rules. At most `folding.LONGEST` characters are read."""
    text = folded(sentence)
    found = times(text, today, last)
    due = due_of(found, today)
    plain = without(
        text, [(time.start, time.end) for time in found if time.last]
    )  # "last year" says something
    known = figures(text, [(time.start, time.end) for time in found])
    if DONE.search(text):
        known = tuple(figure for figure in known if not _is_name(text, figure))
    part = roles(plain, known)
    unit = _unit(plain, part, known)
    amounts = part.baseline, part.target, part.stretch, part.change
    baseline, target, stretch, change = (figure.value if figure else None for figure in amounts)
    said = Understood(
        unit=unit,
        lower=_lower(text, baseline, target, change),
        baseline=baseline,
        target=target,
        stretch=stretch,
        change=change,
        change_unit=part.change.unit if part.change else "",
        per=_period(text),
        due=due.last if due else None,
        yes_no=not known and not VAGUE.search(text) and _is_deed(plain, due),
    )
    return Sentence(text, found, due, known, part, said)


def _is_deed(text: str, due: Time | None) -> bool:
    """Whether it is done or not: by its verb, or by its day, where more is said than the name of a measure."""
    said = len(HAN.findall(text)) / 2 + len(LATIN.findall(text))
    return bool(DONE.search(text)) or (due is not None and said >= DEED)


def _is_name(text: str, figure: Figure) -> bool:
    """Whether the figure is a part of a thing's name ("the 360 review", "系统3.0"), in a sentence of what is done."""
    if figure.unit or MARKED.search(text[max(0, figure.start - 12) : figure.start]):
        return False
    return bool(NAMED.match(text, figure.end)) or text[figure.start : figure.end].endswith(".0")


def _unit(text: str, part: Roles, known: tuple[Figure, ...]) -> str:
    """The unit that stands at the target or the starting value, else what the sentence counts or scores."""
    for figure in (part.target, part.stretch, part.baseline):
        if figure and figure.unit:
            return figure.unit
    if not known or not (part.target or part.baseline):
        return ""
    scored = SCORED.search(text)
    if scored:
        return scored[0].upper() if scored[0] in ("nps", "csat", "gpa", "oee") else scored[0]
    before = text[: known[0].start][-60:]
    counted = COUNTED.search(before)
    if counted:
        return counted["what"]
    if MEASURED.search(before):
        return ""
    return next((word for word in reversed(re.findall(r"[a-z-]+", before)) if is_plural(word)), "")


def _lower(
    text: str, baseline: Decimal | None, target: Decimal | None, change: Decimal | None
) -> bool | None:
    """Whether less is better, by the values, else by the words; None where neither says it."""
    if baseline is not None and target is not None and baseline != target:
        return target < baseline
    if change:
        return change < 0
    down, up = bool(DOWN.search(text)), bool(UP.search(text))
    return down if down != up else None


def _period(text: str) -> Period:
    match = PER.search(text)
    return PERIODS[next(filter(None, match.groups()))] if match else ""


DEED = 4  # words besides the day; two Chinese characters are one
PERIODS: dict[str, Period] = {
    **dict.fromkeys(("day", "天", "日"), "day"),
    **dict.fromkeys(("week", "周", "星期"), "week"),
    **dict.fromkeys(("month", "个月", "月"), "month"),
    **dict.fromkeys(("quarter", "季度", "季"), "quarter"),
    **dict.fromkeys(("year", "年"), "year"),
}
PER = either(
    r"(?:\b(?:a|per|each|every) |/ ?)(day|week|month|quarter|year)\b",
    "[每/](季度|季|个月|月|周|星期|天|日|年)|(月|周|日|年)均",
)
SCORED = either(
    english("nps, csat, gpa, oee, ctr, score, rating, index, satisf[a-z]*, grades?, marks?, out of [0-9]+"),
    chinese("评分 得分 分数 指数 满意度 绩点 净推荐值"),
)
MARKED = either(
    english("to, of, at, from, under, below, above, over, than, least, most, reach", " ?$"),
    "[到至为从由达于过:=≥≤<>] ?$",
)
NAMED = either(
    r"[-/]?[a-z一-龥](?<![以左万亿个元约多余的之前内])",
    r"[ -](?!(?:by|in|on|at|to|until|till|before|for|from|a|per|each|every|this|and|or)\b)[a-z]",
)
COUNTED = either(
    r"(?P<what>客户|会员|用户|粉丝|订单|门店|网点|商户|经销商|合作伙伴|线索|投诉|客诉|故障|事故|缺陷"
    r"|[一-龥]数(?<![分指系参倍基]数)|\b(?:headcount|attendance|enrol?lment|turnout|footfall)\b)"
    r"(?:数量|总数|数|量)?[^,。;0-9]{0,40}$"
)
MEASURED = either(
    english(
        "time, duration, length, cost, price, value, rate, share, ratio, volume, weight, revenue, turnover, profit"
    )
)
