"""Whether two goals say the same: by what they are about, their figures and their direction, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from flows.goals.smart.figures import without
from flows.goals.smart.folding import folded
from flows.goals.smart.phrases import words
from flows.goals.smart.reading import Sentence, read

LOOKED_AT = 40  # other goals
CLOSEST = 3  # of these, read in full
SAME, SAME_FIGURES = 0.75, 0.6  # Dice's coefficient from which two goals are one, and with the same figures


def twin(sentence: Sentence, others: Sequence[str], today: date) -> str | None:
    """The title among `others` that says the same as the sentence."""
    mine = bigrams(sentence.text)
    rough = [(dice(mine, bigrams(folded(title))), title) for title in others[:LOOKED_AT] if title.strip()]
    near = sorted((known for known in rough if known[0] > 0.2), reverse=True)[:CLOSEST]
    return next((title for _, title in near if same(sentence, read(title, today))), None)


def same(one: Sentence, other: Sentence) -> bool:
    """Whether both are about the same, in no opposite directions, and no figured names (ISO 9001, 14001) differ."""
    if one.text == other.text:
        return True
    if one.said.lower is not None and other.said.lower is not None and one.said.lower != other.said.lower:
        return False
    if len({_told(match["verb"]) for match in map(VERB.match, (one.text, other.text)) if match}) > 1:
        return False
    mine, theirs = about(one), about(other)
    names, their_names = (set(NUMBERED.findall(_plain(known))) for known in (one, other))
    if names and their_names and names != their_names:
        return False
    figures = _figures(one)
    return dice(mine, theirs) >= (SAME_FIGURES if figures and figures == _figures(other) else SAME)


def shared(title: str, other: str) -> bool:
    """Whether two titles have anything of what they are about in common."""
    return bool(_content(TIMES.sub(" ", folded(title))) & _content(TIMES.sub(" ", folded(other))))


def about(sentence: Sentence) -> frozenset[str]:
    """What the sentence is about: stems of its English words and pairs of its Chinese characters, without figures."""
    return _content(_plain(sentence))


def _plain(sentence: Sentence) -> str:
    places = [(time.start, time.end) for time in sentence.times]
    places += [
        (figure.start, figure.end if _drops(figure.unit) else figure.stop) for figure in sentence.figures
    ]
    return without(sentence.text, places)


def _told(verb: str) -> str:
    """What a sentence tells to do; all verbs of changing and reaching are one."""
    return "" if verb in EMPTY else _stem(verb)


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient: twice what is common over the sum of both; 0 where either is empty."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def bigrams(text: str) -> frozenset[str]:
    plain = SPACES.sub("", text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def _content(text: str) -> frozenset[str]:
    stems = {_stem(word) for word in WORDS.findall(text) if word not in EMPTY}
    chinese = "".join(HAN.findall(EMPTY_ZH.sub(" ", text.replace("降本", "成本"))))
    return frozenset(stems) | {chinese[place : place + 2] for place in range(len(chinese) - 1)}


def _stem(word: str) -> str:
    """Without its ending: "saves", "saved" and "savings" are one."""
    return next(
        (word.removesuffix(end) for end in ENDINGS if word.endswith(end) and len(word) - len(end) > 2), word
    )


def _drops(unit: str) -> bool:
    return not unit or unit == "%" or not unit.isascii() or unit.isupper()


def _figures(sentence: Sentence) -> frozenset[Decimal]:
    return frozenset(figure.value for figure in sentence.figures)


SPACES = re.compile(r"[\s,.;:!?()\-/]+")
WORDS = re.compile(r"[a-z]+|[0-9]+")
HAN = re.compile(r"[一-龥]")
ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "e", "y")
EMPTY = words(
    """a an the my our of in on at to from by for with within per each every and or until till end as so that is are be it all
    new increase increased raise raised grow lift boost improve improved reduce reduced cut lower lowered decrease shorten
    shortened bring get up down least most more than under below above day week month quarter year days yuan usd eur gbp cny
    rmb euros dollars now today currently will should i we have has sign signed win won gain hire hired recruit recruited
    launch launched ship pass passed complete completed finish finished deliver delivered publish published sell sold achieve
    reach make place introduce"""
)
EMPTY_ZH = re.compile(
    "提高|提升|增长|增加|上升|下降|降低|减少|缩短|压缩|压降|收窄|节约|节省|完成|实现|达到|以上|以下|以内|之前|目前|截至|新签|签约|新增|招聘|发布|上线|推出|通过|取得|签下|到岗|发展|每[月周天日年季]度?"
    "|[从由将把到至为的了前底内以被由降升增减涨后约]"
)
VERB = re.compile(r"[^a-z]*(?P<verb>[a-z]+) (?:[0-9]{1,3} [a-z]|(?:the|an?|our|my|all) )")
NUMBERED = re.compile(
    r"[0-9]+|[一二三四五六七八九十]+(?=厂|区|楼|线|科|组|期|院|校|店|队|病区|车间|班|所|站|部)"
)
TIMES = re.compile(
    r"[0-9一二三四]季度?|[0-9一二三四五六七八九十]{1,3}[月日号]底?|季度|月底|本[月季年]|[0-9]+"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])\b",
    re.ASCII,
)
