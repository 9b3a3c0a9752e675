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
            found.append(replace(figure, value=round(figure.value, PLACES)))
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
        return Figure(number(re.sub(r"[^0-9一二三四五六七八九十]", "", said)) or Decimal(1), RANK, start, end, end)
    if kind == "none":
        return Figure(Decimal(0), _unit(text, end)[0], start, end, end)
    if kind in ("share", "tenths"):
        value = percent(said)
        return Figure(value, "%", start, end, end) if value is not None else None
    if kind == "numeral":
        unit, behind = _unit(text, end)
        value = number(said)
        sure = len(said) > 1 and not set(said) <= set("十百千万亿") or RISES.search(text[max(0, start - 2) : start])
        return Figure(value, unit, start, behind, end) if value is not None and (unit or sure) else None
    if kind == "spelled":
        unit, behind = _unit(text, end)
        return Figure(Decimal(WORDS[said]), unit, start, behind, end) if unit else None
    before = match["before"]
    value = number(said.removeprefix(before or "").strip())
    unit, behind = _unit(text, end)
    if value is None:
        return None
    return Figure(value, CODES[before.strip()] if before else unit, start, behind, end)


def _unit(text: str, end: int) -> tuple[str, int]:
    """The unit that begins at `end`, and where it ends."""
    for pattern in (PERCENT, MONEY, MEASURE, PLAIN):
        match = pattern.match(text, end)
        if match:
            said = match["unit"]
            return ("%" if pattern is PERCENT else CODES[said] if pattern is MONEY else said), match.end()
    return _counted(text, end)


def _counted(text: str, end: int) -> tuple[str, int]:
    """What is counted in English: the first plural within the next few words ("20 new hospital customers")."""
    place = end
    for _ in range(7):
        word = WORD.match(text, place)
        if word is None or word["word"] in STOP:
            return "", end
        place = word.end()
        if is_plural(word["word"]):
            return word["word"], place
    return "", end


def is_plural(word: str) -> bool:
    """Whether an English word says things that can be counted."""
    if word in IRREGULAR:
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and word not in UNCOUNTED


PREFIXES = "|".join(sorted(map(re.escape, ("us$", "hk$", "nt$", "s$", "a$", "c$", "r$", "$", "¥", "€", "£", "₹")), key=len, reverse=True))
CODED = "usd|eur|gbp|cny|rmb|jpy|hkd|sgd|inr|chf"
SCALE = r"(?:(?:k|m|mn|mio|bn|million|billion|thousand|w)(?![a-z0-9])|[十百千万亿]+(?:[0-9零一二三四五六七八九]+[十百千万])?)"
DIGITS = "零一二两三四五六七八九十百千万亿"
SPELLED_OUT = SPELLED | {"zero": 0, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
WORDS = {word: value for word, value in SPELLED_OUT.items() if word not in ("a", "an", "one", "zero")}
FIGURE = re.compile(
    r"(?P<rank>\btop ?[0-9]{1,3}|前 ?(?:[0-9]{1,3}|[一二三四五六七八九十])名?(?=[名,。]|$|位))"
    r"|(?P<none>\bzero\b|\bno\b(?! (?:more|less|fewer|higher|lower|later|longer|one)\b)(?=(?: [a-z-]+){1,4})"
    r"|零(?![售部件星食基距])|(?<![一-龥])无(?=[一-龥]{0,4}(?:事故|投诉|差错|故障|缺陷|违规))|杜绝)"
    rf"|(?P<share>百分之[{DIGITS}点0-9.]+)"
    r"|(?P<tenths>[0-9一二三四五六七八九]成(?:[一二三四五六七八九半](?![成]))?(?![功本交为立果员长都绩品熟型分套人年]))"
    rf"|(?<![第周期{DIGITS}])(?P<numeral>[{DIGITS}]+)"
    rf"|\b(?P<spelled>{'|'.join(WORDS)})\b"
    rf"|(?<![a-z0-9.])(?P<figure>(?P<before>(?:{PREFIXES}|(?:{CODED}) ))?(?:(?<![0-9] )(?<![0-9])-)?"
    rf"[0-9]+(?:[.,][0-9]+)*(?: ?{SCALE})?)",
    re.ASCII,
)
# Figures that are part of a name: standards, versions, rooms, lines, "24/7", "5S", "1 of many" things.
NAMES = re.compile(
    r"\b(?:iso|gb|iatf|din|en|ce|sox|soc|rfc|windows|version|release|v|room|line|grade|level|phase|step|stage|tier|class|ward"
    r"|building|floor|unit|no\.|nr\.|article|model|gen|covid|web|p|t)[- /]?[0-9][0-9./-]{0,9}(?![0-9%])"
    r"|\b24/7\b|\b24[*x]7\b|\b[0-9]s\b(?!ec)|\b[0-9]d\b|\b[a-z]{1,9}[0-9]{1,6}\b|[0-9]{1,3}\.[0-9]{1,3}版"
    r"|[0-9一二三四五六七八九十]{1,4}(?:号|期|号楼|楼|栋)(?:线|楼|店|机|车间|仓|生产线|厂|项目|工程)"
    r"|一(?:心|意|次|直|定|切|些|步|起|致|流|体|线|样|般|共|系列|站式|对一|把手|个|人一)|进一步|万一|万无|千方百计|十分(?!钟)|百分百|五险|统一|唯一|单一"
    r"|\b20[0-9]{2} ?(?=:)|\b(?:19|20)[0-9]{2}\b(?= (?:audit|plan|budget|survey|season|report))"
    r"|(?<!to )(?<!from )(?<![0-9,.])20[0-3][0-9](?= (?!customers|units)[a-z]|届|级|款|版)|\b[0-9]{1,3}(?:-[0-9]{1,3}){2,3}\b"
    r"|满分 ?[0-9]{1,4}分?|\bout of [0-9]{1,4}"
    r"|(?:\b(?:against|than|since|over|vs\.?|versus|in|of) |比|较)(?:19|20)[0-9]{2}(?![0-9])",
    re.ASCII,
)
PERCENT = re.compile(r" ?(?P<unit>%|percent\b|per cent\b|pct\b|percentage points\b|pp\b|个?百分点)", re.ASCII)
MONEY = re.compile(
    r" ?(?P<unit>元|块钱|块|人民币|美元|美金|欧元|英镑|日元|港元|港币|新台币|\$|€|£|¥"
    r"|(?:yuan|rmb|cny|usd|eur|gbp|jpy|hkd|euros?|dollars?|pounds?|yen)\b)",
    re.ASCII,
)
MEASURE = re.compile(
    r" ?(?P<unit>个工作日|工作日|个?小时|分钟|毫秒|公里|公斤|千克|平方米|吨|秒|天|周|(?:个)?月|年|人次|人|名|位|家|户|个|件|台|套|辆|架|部"
    r"|次|场|篇|份|单|项|条|起|例|批|只|支|张|本|门|节|册|款|种|期|站|店|座|间|亩|米|升|箱|包|盒|瓶|棵|头|所|颗|道|组|班|届|宗|笔|分|星|度|粒|轮|课时|点)"
)
PLAIN = re.compile(
    r" ?(?P<unit>(?:ms|s|secs?|mins?|h|hrs?|hours?|days?|weeks?|months?|minutes?|seconds?|km|kg|kwh|mwh|tonnes?|tons?|t|gb|tb"
    r"|fte|ftes|pts|points?|stars?|times|x)\b)",
    re.ASCII,
)
RISES = re.compile(r"[到至达为从由]$")
WORD = re.compile(r"(?:[ -](?:of the |of our |of )?(?:[0-9]+ )?)(?P<word>[a-z][a-z'-]*)")
STOP = frozenset(
    "a an the by in on at to from until till for of per each every with within and or so that than as is are was were be "
    "into onto before after instead against compared up down under over below above while when who which through since "
    "next last this during via more less each not but it we i they our my have has now today currently in out".split()
)
IRREGULAR = frozenset("people children staff men women papers pieces employees pupils criteria sales-people".split())
UNCOUNTED = frozenset(
    "sales revenues earnings profits costs expenses takings savings news business access process progress success this "
    "always across plus thus less us its was has does yes bonus status goals logistics operations address series".split()
)
