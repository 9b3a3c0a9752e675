"""The figures of a sentence with their units: "20 new customers", "1.2万元", "九成", "zero accidents"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from flows.core.typed import number, percent
from flows.core.typed_dates import SPELLED
from flows.core.typed_money import CODES
from flows.goals.kept import LARGEST, PLACES
from flows.goals.smart.phrases import chinese, either, english
from flows.goals.smart.units import noun_at, unit_at

MOST = 12  # figures that are read in one sentence: it bounds the work on hostile text
RANK = "rank"
BAR = "|"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its place; `unit` is "" where none is said. It ends at `stop`, and with its unit at `end`."""

    value: Decimal
    unit: str
    start: int
    end: int
    stop: int


def figures(text: str, taken: Iterable[tuple[int, int]]) -> tuple[Figure, ...]:
    """Every figure of a folded sentence that is a quantity; `taken` are places read as something else (dates)."""
    plain = without(text, [*taken, *(match.span() for match in NAMES.finditer(text))])
    found: list[Figure] = []
    for match in FIGURE.finditer(plain):
        figure = _figure(match, plain)
        if figure and abs(figure.value) <= LARGEST:
            short = round(figure.value, PLACES)
            found.append(figure if figure.value == short else replace(figure, value=short))
        if len(found) == MOST:
            break
    return tuple(found)


def without(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The text with a bar for each character at these places, so that everything else stays where it was."""
    for start, end in places:
        text = f"{text[:start]}{BAR * (end - start)}{text[end:]}"
    return text


def _figure(match: re.Match[str], text: str) -> Figure | None:
    """What a match of `FIGURE` says; None for what only looks like a figure."""
    start, end = match.span()
    kind, said = match.lastgroup, match[0]
    if kind == "rank":
        return Figure(
            number(re.sub(r"[^0-9一二三四五六七八九十]", "", said)) or Decimal(1), RANK, start, end, end
        )
    if kind == "none":
        return Figure(Decimal(0), unit_at(text, end)[0], start, end, end)
    if kind in ("share", "tenths"):
        value = percent(said)
        return Figure(value, "%", start, end, end) if value is not None else None
    if kind == "numeral":
        unit, behind = unit_at(text, end)
        value = number(said)
        sure = (len(said) > 1 and not set(said) <= set("十百千万亿")) or RISES.search(
            text[max(0, start - 2) : start]
        )
        return Figure(value, unit, start, behind, end) if value is not None and (unit or sure) else None
    if kind == "spelled":
        unit, behind = noun_at(text, end) if said == "one" else unit_at(text, end)
        return Figure(Decimal(WORDS[said]), unit, start, behind, end) if unit else None
    before = match["before"]
    value = number(said.removeprefix(before or "").strip())
    unit, behind = unit_at(text, end)
    if value is None:
        return None
    return Figure(value, CODES[before.strip()] if before else unit, start, behind, end)


PREFIXES = r"us\$|hk\$|nt\$|s\$|a\$|c\$|r\$|\$|¥|€|£|₹"
CODED = "usd|eur|gbp|cny|rmb|jpy|hkd|sgd|inr|chf"
SCALE = (
    r"(?:(?:k|m|mn|mio|bn|million|billion|thousand|w)(?![a-z0-9])"
    r"|[十百千万亿]+(?:[0-9零一二三四五六七八九]+[十百千万])?)"
)
DIGITS = "零一二两三四五六七八九十百千万亿"
SPELLED_OUT = SPELLED | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
WORDS = {word: value for word, value in SPELLED_OUT.items() if word not in ("a", "an")}
FIGURE = either(
    r"(?P<rank>\btop ?[0-9]{1,3}|前 ?(?:[0-9]{1,3}|[一二三四五六七八九十])名?(?=[名,。]|$|位))",
    r"(?P<none>\bzero\b|\bnone\b|\bno\b(?! (?:more|less|fewer|higher|lower|later|longer|one)\b)(?= [a-z])"
    r"|零(?![售部件星食基距])|(?<![一-龥])无(?=[一-龥]{0,4}(?:事故|投诉|差错|故障|缺陷|违规))|杜绝)",
    rf"(?P<share>百分之[{DIGITS}点0-9.]+)",
    r"(?P<tenths>[0-9一二三四五六七八九]成(?:[一二三四五六七八九半](?!成))?(?![功本交为立果员长都绩品熟型分套人年]))",
    rf"(?<![第周期{DIGITS}])(?P<numeral>[{DIGITS}]+)",
    rf"\b(?P<spelled>{'|'.join(WORDS)})\b",
    rf"(?<![a-z0-9.])(?P<figure>(?P<before>(?:{PREFIXES}|(?:{CODED}) ))?(?:(?<![0-9] )(?<![0-9])-)?"
    rf"[0-9]+(?:[.,][0-9]+)*(?: ?{SCALE})?)(?![0-9]|e[0-9])",
)
NAMES = either(  # figures that are part of a name: standards, versions, rooms, "24/7", "5S", 一心一意
    english(
        "iso, gb, iatf, din, en, ce, sox, soc, rfc, windows, version, release, v, web, covid, article, model, gen, p, t",
        "",
    )
    + r"[- /]?[0-9][0-9./-]{0,9}(?![0-9%])",
    english(
        "room, line, plant, shop, store, site, area, block, machine, zone, hall, batch, warehouse, station, grade",
        "",
    )
    + r"[- /]?[0-9][0-9./-]{0,9}(?![0-9%])",
    english("level, phase, step, stage, tier, class, ward, building, floor, unit, no[.], nr[.]", "")
    + r"[- /]?[0-9][0-9./-]{0,9}(?![0-9%])",
    r"\b24/7\b|\b24[*x]7\b|\b[0-9]s\b(?!ec)|\b[0-9]d\b|\b[a-z]{1,9}[0-9]{1,6}\b|[0-9]{1,3}\.[0-9]{1,3}版",
    r"[0-9一二三四五六七八九十]{1,4}(?:号|期|号楼|楼|栋)(?:线|楼|店|机|车间|仓|生产线|厂|项目|工程)",
    r"[一二三四五六七八九十]{1,2}(?:级|等(?!分)|代|型|类)|\b[0-9]{1,3}(?:st|nd|rd|th)\b",
    "一(?:心|意|次|直|定|切|些|步|起|致|流|体|线|样|般|共|系列|站式|对一|把手|个|人一)",
    chinese("进一步 万一 万无 千方百计 十分(?!钟) 百分百 五险 统一 唯一 单一"),
    r"\b20[0-9]{2} ?(?=:)|(?<!to )(?<!from )(?<![0-9,.])20[0-3][0-9](?= (?!customers|units)[a-z]|届|级|款|版)",
    r"(?:\b(?:against|than|since|over|vs\.?|versus|in|of) |比|较)(?:19|20)[0-9]{2}(?![0-9])",
    r"\b[0-9]{1,3}(?:-[0-9]{1,3}){2,3}\b|满分 ?[0-9]{1,4}分?|\bout of [0-9]{1,4}",
)
RISES = either("[到至达为从由]$")
