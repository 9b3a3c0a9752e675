"""Which figure of a sentence is the starting value, which the target, and which only says how much more or less."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from flows.goals.smart.figures import Figure


@dataclass(frozen=True, slots=True)
class Roles:
    """The figures by what they mean; `change` is signed, and in percent where it is a share or a multiple."""

    baseline: Figure | None = None
    target: Figure | None = None
    stretch: Figure | None = None
    change: Figure | None = None


def roles(text: str, figures: Sequence[Figure]) -> Roles:
    """The figures of a folded sentence by their meaning; those that only qualify ("within 30 days") come last."""
    pair = next(((a, b) for a, b in zip(figures, figures[1:], strict=False) if _leads(text, a, b)), None)
    if pair:
        return Roles(*pair)
    starts = [figure for figure in figures if _is_start(text, figure, figures)]
    rest = [figure for figure in figures if figure not in starts]
    changes = [figure for figure in rest if _is_change(text, figure)]
    rest = [figure for figure in rest if figure not in changes]
    levels = [figure for figure in rest if not _qualifies(text, figure)]
    target = next(iter(levels or ([] if changes else rest)), None)
    beyond = next((figure for figure in rest if target and _ranges(text, target, figure)), None)
    change = _signed(text, changes[0]) if changes and not target else None if target else _multiple(text)
    return Roles(starts[0] if starts else None, target, beyond, change)


def _leads(text: str, first: Figure, second: Figure) -> bool:
    """Whether the text leads from the one to the other: "from 12 to 20", "由12家增至20家", "70% → 80%"."""
    between = text[first.end : second.start]
    if ARROW.fullmatch(between):
        return True
    moves = bool(FROM.search(text[max(0, first.start - 14) : first.start]) or MOVES.search(text[: first.start]))
    if TO.fullmatch(between):
        return moves
    plain = between.strip() in ("到", "至")
    return bool(TO_ZH.fullmatch(between)) and (moves if plain else True)


def _ranges(text: str, first: Figure, second: Figure) -> bool:
    return second.start > first.start and bool(RANGE.fullmatch(text[first.end : second.start]))


def _is_start(text: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether it is where things stand: "now 14", "去年650万元", or in brackets behind another of the same unit."""
    before, behind = text[max(0, figure.start - 44) : figure.start], text[figure.end : figure.end + 30]
    if START_BEFORE.search(before) or START_BEHIND.match(behind):
        return True
    first = figures[0]
    inside = before.rfind("(") > before.rfind(")")
    return inside and figure is not first and figure.unit in ("", first.unit)


def _is_change(text: str, figure: Figure) -> bool:
    before = text[max(0, figure.start - 8) : figure.start]
    if BY.search(before) or (DOWN_BY.search(before) and not SAVED.search(before)):
        return True
    return bool(UP_BY.search(before)) and (figure.unit == "%" or text[figure.end : figure.end + 1] == "倍")


def _qualifies(text: str, figure: Figure) -> bool:
    """Whether it only narrows what is meant: "within 30 days", "orders above 50,000 yuan"."""
    return bool(NARROWS.search(text[max(0, figure.start - 12) : figure.start])) and bool(figure.unit)


def _signed(text: str, figure: Figure) -> Figure:
    behind = text[figure.end : figure.end + 1]
    value = figure.value * 100 if behind == "倍" else figure.value
    unit = "%" if behind == "倍" else figure.unit
    before = text[: figure.start]
    falls = max((match.start() for match in FALLS.finditer(before)), default=-1)
    rises = max((match.start() for match in MOVES_UP.finditer(before)), default=-1)
    return replace(figure, value=-value if falls > rises else value, unit=unit)


def _multiple(text: str) -> Figure | None:
    """A change that is said without a figure: "double", 翻一番, 减半."""
    for pattern, value in MULTIPLES:
        match = pattern.search(text)
        if match:
            return Figure(Decimal(value), "%", match.start(), match.end(), match.end())
    return None


ARROW = re.compile(r" ?(?:-+>|=+>|→|➜|⇒|➡\ufe0f?) ?")
FROM = re.compile(r"(?:\bfrom|从|由|自)[^0-9,。;]{0,8}$", re.ASCII)
TO = re.compile(
    r"(?: (?:a|per|each|every) [a-z]+| ?\([^()]{0,30}\))? ?(?:(?:up|down|back) )?to "
    r"(?:(?:under|below|over|above|about|around|at least|at most|less than|more than|only|no more than) )?",
    re.ASCII,
)
TO_ZH = re.compile(r"[^,。;0-9]{0,10}[到至为成](?:每[月周天日年季]度?|约|不到|低于|不超过)?")
RANGE = re.compile(r" ?(?:-|~|～|至|到|to) ?", re.ASCII)
START_BEFORE = re.compile(
    r"(?:\b(?:from|currently|today|presently|was|were|instead of|rather than|(?<!target )(?<!goal )is(?: at)?|are(?: at)?"
    r"|last (?:year|quarter|month|week)(?:'s)?(?: [a-z-]+){0,3}|20[0-9]{2} ?:|now(?: at)?|against|baseline(?: of)?)"
    r"|(?:从|由|目前|现在|现有|当前|现为|已有|原来|原先|去年|上个?(?:季度|季|月|年|期)|同期|(?<![同环占对])比(?![例率重值])|较|仅有|只有|基线)"
    r"[^0-9,。;()到至增降减提升涨]{0,10})[ :(|]*$",
    re.ASCII,
)
START_BEHIND = re.compile(
    r"[^.;,。()0-9]{0,20}(?:\b(?:we have|today|so far|currently|at present|last year|at the moment)\b|\bnow\b(?! until| on)|的基础上)", re.ASCII
)
BY = re.compile(r"\b(?:by|down|another) $", re.ASCII)
DOWN_BY = re.compile(r"(?:下降|降低|减少|缩短|压缩|节约|下调|少|降|减)了?约?$")
SAVED = re.compile(r"(?:降本|节约|节省)了?约?$")
UP_BY = re.compile(r"(?:增长|提高|提升|增加|上升|上涨|上调|增|涨|升|多)了?约?$")
NARROWS = re.compile(r"(?:\b(?:within|after|every|each|above|over|exceeding|worth|in|under)|超过|以上|满) $|(?:超过|满)$", re.ASCII)
MOVES_UP = re.compile(r"\b(?:increas|rais|grow|lift|boost|improv|expand|up\b|gain)|提高|提升|增|涨|升|扩", re.ASCII)
FALLS = re.compile(r"\b(?:reduc|cut|lower|decreas|shorten|shrink|drop|sav|down\b)|降|减|缩|压|少", re.ASCII)
MOVES = re.compile(rf"{MOVES_UP.pattern}|{FALLS.pattern}", re.ASCII)
MULTIPLES = (
    (re.compile(r"\bdoubl(?:e|ed|ing)\b|翻一?番|翻倍", re.ASCII), 100),
    (re.compile(r"\btripl(?:e|ed|ing)\b|翻两番", re.ASCII), 200),
    (re.compile(r"\bhalv(?:e|ed|ing)\b|\bby half\b|减半", re.ASCII), -50),
)
