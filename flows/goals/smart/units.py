"""The units that stand behind a figure: percent, currencies, measures, and what English counts in the plural."""

from __future__ import annotations

from flows.core.typed_money import CODES
from flows.goals.smart.phrases import chinese, either, words


def unit_at(text: str, end: int) -> tuple[str, int]:
    """The unit that begins at `end`, and where it ends; "" where none does."""
    for pattern in (PERCENT, MONEY, MEASURE):
        match = pattern.match(text, end)
        if match:
            said = match["unit"]
            return ("%" if pattern is PERCENT else CODES[said] if pattern is MONEY else said), match.end()
    return _counted(text, end)


def noun_at(text: str, end: int) -> tuple[str, int]:
    """The word that begins at `end`: what "one" counts."""
    word = WORD.match(text, end)
    return (word["word"], word.end()) if word and word["word"] not in STOP else ("", end)


def is_plural(word: str) -> bool:
    """Whether an English word says things that can be counted."""
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    return word in IRREGULAR or (len(word) > 3 and ends and word not in UNCOUNTED)


def _counted(text: str, end: int) -> tuple[str, int]:
    """What is counted in English: the first plural within the next few words ("20 new hospital customers")."""
    place = end
    for _ in range(7):
        word, place = noun_at(text, place)
        if not word:
            break
        if is_plural(word):
            return word, place
    return "", end


PERCENT = either(r" ?(?P<unit>%|percent\b|per cent\b|pct\b|percentage points\b|pp\b|个?百分点)")
MONEY = either(
    r" ?(?P<unit>元|块钱|块|人民币|美元|美金|欧元|英镑|日元|港元|港币|新台币|\$|€|£|¥"
    r"|(?:yuan|rmb|cny|usd|eur|gbp|jpy|hkd|euros?|dollars?|pounds?|yen)\b)"
)
LONG_ZH = chinese("个工作日 工作日 个?小时 分钟 毫秒 公里 公斤 千克 平方米 人次 课时 个?月")
SHORT_ZH = (
    "吨秒天周年人名位家户个件台套辆架部次场篇份单项条起例批只支张本门节册款种期站店座间亩米升箱包盒瓶棵头所颗道组"
    "班届宗笔分星度粒轮点档针"
)
MEASURE = either(
    rf" ?(?P<unit>{LONG_ZH}|[{SHORT_ZH}]|[一-龥](?<![提增降减升涨缩压到至以上下左右内外前后多余约万亿倍])(?=$|[,。;)|])"
    r"|(?:ms|s|secs?|mins?|h|hrs?|hours?|days?|weeks?|months?|minutes?|seconds?|km|kg|kwh|mwh|tonnes?|tons?|t|gb|tb"
    r"|ftes?|pts|points?|stars?|times|x)\b)"
)
WORD = either(r"(?: (?:of the |of our |of )?(?:[0-9]+ )?|-)(?P<word>[a-z][a-z'-]*)")
STOP = words(
    """a an the by in on at to from until till for of per each every with within and or so that than as is are was were be
    into onto before after instead against compared up down under over below above while when who which through since next
    last this during via more less not but it we i they our my have has now today currently out"""
)
IRREGULAR = words("people children staff men women criteria")
UNCOUNTED = words(
    """sales revenues earnings profits costs expenses takings savings news business access process progress success this
    always across plus thus less us its was has does yes bonus status goals logistics operations address series"""
)
