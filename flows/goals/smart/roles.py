"""Which figure of a sentence is the starting value, which the target, and which only says how much more or less."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from flows.goals.smart.figures import Figure
from flows.goals.smart.phrases import chinese, either, english


@dataclass(frozen=True, slots=True)
class Roles:
    """The figures by what they mean; `change` is signed, and in percent where it is a share or a multiple."""

    baseline: Figure | None = None
    target: Figure | None = None
    stretch: Figure | None = None
    change: Figure | None = None


def roles(text: str, figures: Sequence[Figure]) -> Roles:
    """The figures of a folded sentence by their meaning; those that only qualify ("within 30 days") come last."""
    pair = next(((a, b) for a, b in pairwise(figures) if _leads(text, a, b)), None)
    if pair:
        return Roles(*pair)
    starts = [figure for figure in figures if _is_start(text, figure, figures)]
    rest = [figure for figure in figures if figure not in starts]
    changes = [figure for figure in rest if _is_change(text, figure)]
    rest = [figure for figure in rest if figure not in changes]
    levels = [figure for figure in rest if not _qualifies(text, figure)]
    target = next(iter(levels or ([] if changes else rest)), None)
    multiple = _multiple(text)
    if multiple and target and not TO_BEFORE.search(text[max(0, target.start - 4) : target.start]):
        target = None  # "halve the invoices older than 60 days"
    beyond = next((figure for figure in rest if target and _ranges(text, target, figure)), None)
    change = None if target else _signed(text, changes[0]) if changes else multiple
    return Roles(starts[0] if starts else None, target, beyond, change)


def _leads(text: str, first: Figure, second: Figure) -> bool:
    """Whether the text leads from the one to the other: "from 12 to 20", "由12家增至20家", "70% → 80%"."""
    between = text[first.end : second.start]
    if ARROW.fullmatch(between):
        return True
    moves = bool(
        FROM.search(text[max(0, first.start - 14) : first.start]) or MOVES.search(text[: first.start])
    )
    if TO.fullmatch(between):
        return moves
    plain = between.strip() in ("到", "至")
    return bool(TO_ZH.fullmatch(between)) and (moves if plain else True)


def _ranges(text: str, first: Figure, second: Figure) -> bool:
    return second.start > first.start and bool(RANGE.fullmatch(text[first.end : second.start]))


def _is_start(text: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether it is where things stand: "now 14", "去年650万元", or in brackets behind another of the same unit."""
    if _times(text, figure):
        return False
    before, behind = text[max(0, figure.start - 44) : figure.start], text[figure.end : figure.end + 30]
    if (
        START_BEFORE.search(before)
        or START_BEHIND.match(behind)
        or (len(figures) == 1 and LATER.match(behind))
    ):
        return True
    first = figures[0]
    inside = before.rfind("(") > before.rfind(")")
    return inside and figure is not first and figure.unit in ("", first.unit)


def _is_change(text: str, figure: Figure) -> bool:
    before = text[max(0, figure.start - 8) : figure.start]
    if (
        (figure.value < 0 and figure.unit == "%")
        or BY.search(before)
        or (DOWN_BY.search(before) and not SAVED.search(before))
    ):
        return True
    if _times(text, figure):
        return True
    return bool(UP_BY.search(before)) and figure.unit == "%"


def _qualifies(text: str, figure: Figure) -> bool:
    """Whether it only narrows what is meant: "within 30 days", "orders above 50,000 yuan"."""
    return bool(NARROWS.search(text[max(0, figure.start - 12) : figure.start])) and bool(figure.unit)


def _signed(text: str, figure: Figure) -> Figure:
    before = text[: figure.start]
    if _times(text, figure):
        more = figure.value if UP_BY.search(before) else figure.value - 1  # 增长1.5倍, and 1.5倍 of today's
        return replace(figure, value=more * 100, unit="%")
    value, unit = figure.value, figure.unit
    falls = max((match.start() for match in FALLS.finditer(before)), default=-1)
    rises = max((match.start() for match in MOVES_UP.finditer(before)), default=-1)
    return replace(figure, value=-value if falls > rises and value > 0 else value, unit=unit)


def _times(text: str, figure: Figure) -> bool:
    return figure.unit == "x" or text[figure.end : figure.end + 1] == "倍"


def _multiple(text: str) -> Figure | None:
    """A change that is said without a figure: "double", 翻一番, 减半."""
    for pattern, value in MULTIPLES:
        match = pattern.search(text)
        if match:
            return Figure(Decimal(value), "%", match.start(), match.end(), match.end())
    return None


ARROW = either(r" ?(?:-+>|=+>|→|➜|⇒|➡\ufe0f?) ?")
FROM = either(r"(?:\bfrom|从|由|自)[^0-9,。;]{0,8}$")
TO = either(
    r"(?: (?:a|per|each|every) [a-z]+| ?\([^()]{0,30}\))? ?(?:(?:up|down|back) )?to "
    r"(?:(?:under|below|over|above|about|around|at least|at most|less than|more than|only|no more than) )?"
)
TO_BEFORE = either(r"(?:\bto|[到至达]) ?$")
TO_ZH = either("[^,。;0-9]{0,10}[到至为成](?:每[月周天日年季]度?|约|不到|低于|不超过)?")
RANGE = either(" ?(?:-|~|～|至|到|to) ?")
BEHIND_START = r"[ :(|]*$"
START_BEFORE = either(
    english(
        "from, currently, today, presently, was, were, instead of, rather than, now(?: at)?, against",
        BEHIND_START,
    ),
    english("had, found, counted, recorded, saw", BEHIND_START),
    english("(?<!target )(?<!goal )is(?: at)?, are(?: at)?, baseline(?: of)?, 20[0-9][0-9] ?:", BEHIND_START),
    r"\blast (?:year|quarter|month|week)(?:'s)?(?: [a-z-]+){0,3}" + BEHIND_START,
    f"(?:{chinese('从 由 目前 现在 现有 当前 现为 已有 原来 原先 去年 同期 较 仅有 只有 基线 上一?[次轮] 此前')}"
    "|上个?(?:季度|季|月|年|期)"
    "|(?<![同环占对])比(?![例率重值]))[^0-9,。;()到至增降减提升涨]{0,10}" + BEHIND_START,
)
START_BEHIND = either(
    r"[^.;,。()0-9]{0,20}(?:" + english("we have, today, so far, currently, at present, at the moment, now(?! until| on)")
    + r"|\b(?<!on )(?<!than )(?<!over )(?<!to )last year\b|的基础上)"
)  # fmt: skip
LATER = either(  # "61 tickets; fewer by March": what follows is the way, without a figure
    r"[^,.;。0-9]{0,12}[,.;。][^0-9]{0,40}(?:"
    + english("fewer, well below, below that, lower it, bring it, has to go, should find")
    + "|要(?:更|明显|有明显|降|减|提|增|改善))"
)
BY = either(r"\b(?:by|down|another) $")
DOWN_BY = either("(?:下降|降低|减少|缩短|压缩|节约|节能|下调|少|降|减)了?约?$")
SAVED = either("(?:降本|节约|节省)了?约?$")
UP_BY = either(r"(?:增长|提高|提升|增加|上升|上涨|上调|增|涨|升|多)了?约?$|\b(?:up|save|saves) $")
NARROWS = either(
    r"\b(?:within|after|every|each|above|over|exceeding|worth|in|under|than) $|(?:超过|以上|满) ?$"
)
MOVES_UP = either(
    english("increas, rais, grow, lift, boost, improv, expand, up\\b, gain", ""),
    chinese("提高 提升 增 涨 升 扩"),
)
FALLS = either(
    english("reduc, cut, lower, decreas, shorten, shrink, drop, sav, down\\b", ""), chinese("降 减 缩 压 少")
)
MOVES = either(MOVES_UP.pattern, FALLS.pattern)
MULTIPLES = (
    (either(english("double, doubled, doubling"), "翻一?番|翻倍"), 100),
    (either(english("triple, tripled, tripling"), "翻两番"), 200),
    (either(english("halve, halved, halving, by half"), "减半"), -50),
)
