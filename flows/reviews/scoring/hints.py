"""Hints for a manager before a review is sent: plain statistics, each with its rule. They advise and never block.

The rules are for the errors that raters are known for: halo (all items equal), central tendency (all people equal),
leniency and strictness (far from the usual), and recency (evidence of the last weeks only).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean

from flows.core.words import Words

ITEMS, PEOPLE, OTHERS = (
    3,
    3,
    20,
)  # so many ratings, reviews of one's own, reviews of others are worth a comparison
FAR, FAR_FROM_OTHERS = 0.35, 0.25  # of the whole scale: 1.4 and 1 of the four steps between 1 and 5
SHORT_EN, SHORT_ZH = 30, 12  # characters of a text that says little; a Chinese one says more with fewer
MONTH = timedelta(days=31)
LONG = timedelta(days=62)  # a period of which one month is not most


@dataclass(frozen=True, slots=True)
class Given:
    """What one review says: `ratings` by question on 0.0 (lowest step) to 1.0 (highest), `texts` by question."""

    ratings: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def mean(self) -> float | None:
        """The mean of the ratings; None without any."""
        return fmean(self.ratings.values()) if self.ratings else None


@dataclass(frozen=True, slots=True)
class Around:
    """What a review is held against.

    `own` are the reviewer's other reviews of the phase, `others` is the mean of everybody's and how many they are,
    `evidence` the days of what the diary notes about the person between `first` and `last`.
    """

    own: Sequence[Given] = ()
    others: tuple[float, int] | None = None
    evidence: Sequence[date] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """`words` say what was seen, `rule` when it is said."""

    name: str
    words: Words
    rule: Words


def hints(this: Given, around: Around) -> list[Hint]:
    """Everything worth a second look, in a fixed order."""
    return [hint for rule in RULES for hint in rule(this, around)]


def items_equal(this: Given, _around: Around) -> Iterator[Hint]:
    """Halo: one impression colours every item."""
    if len(this.ratings) >= ITEMS and len(set(this.ratings.values())) == 1:
        yield Hint(
            "items-equal",
            Words(
                "All {n} ratings are the same. Is there nothing in which this person is stronger or weaker?",
                "{n} 项评分全部相同。是否有相对更强或更弱的方面？",
            ).fill(n=len(this.ratings)),
            Words("Rule: {n} ratings or more, all equal.", "规则：评分不少于 {n} 项，且全部相同。").fill(
                n=ITEMS
            ),
        )


def people_equal(this: Given, around: Around) -> Iterator[Hint]:
    """Central tendency: everybody gets the same."""
    means = [mean for given in around.own if (mean := given.mean) is not None]
    if this.mean is not None and len(means) >= PEOPLE and all(abs(one - this.mean) < 1e-9 for one in means):
        yield Hint(
            "people-equal",
            Words(
                "This person and the {n} others whom you reviewed have the same average.",
                "此人与你评过的另外 {n} 人平均分完全相同。",
            ).fill(n=len(means)),
            Words(
                "Rule: {n} other reviews of yours or more, all with this average.",
                "规则：你的其他评估不少于 {n} 份，且平均分都相同。",
            ).fill(n=PEOPLE),
        )


def far_from_own(this: Given, around: Around) -> Iterator[Hint]:
    """One person far from how the same manager rates everybody else."""
    means = [mean for given in around.own if (mean := given.mean) is not None]
    if this.mean is None or len(means) < PEOPLE or abs(this.mean - fmean(means)) < FAR:
        return
    higher = this.mean > fmean(means)
    yield Hint(
        "far-from-own",
        Words(
            "These ratings are far {way} those that you gave others. If that is meant, an example helps.",
            "这些评分明显{way}你给其他人的评分。如果确实如此，请附上事例。",
        ).fill(way=Words("above", "高于") if higher else Words("below", "低于")),
        Words(
            "Rule: {share} % of the scale or more from your average of {n} people or more.",
            "规则：与你对不少于 {n} 人的平均分相差达到量表的 {share}%。",
        ).fill(share=round(100 * FAR), n=PEOPLE),
    )


def far_from_others(this: Given, around: Around) -> Iterator[Hint]:
    """Leniency or strictness: the same manager rates all people higher or lower than other managers do."""
    means = [mean for given in (*around.own, this) if (mean := given.mean) is not None]
    if around.others is None or around.others[1] < OTHERS or len(means) < PEOPLE:
        return
    apart = fmean(means) - around.others[0]
    if abs(apart) < FAR_FROM_OTHERS:
        return
    yield Hint(
        "far-from-others",
        Words(
            "On the whole you rate {way} than other managers do.", "总体上你的评分比其他上级更{way}。"
        ).fill(way=Words("higher", "宽松") if apart > 0 else Words("lower", "严格")),
        Words(
            "Rule: your average over {n} people or more is {share} % of the scale or more from that of {m} others or more.",
            "规则：你对不少于 {n} 人的平均分，与不少于 {m} 份其他评估的平均分相差达到量表的 {share}%。",
        ).fill(n=PEOPLE, share=round(100 * FAR_FROM_OTHERS), m=OTHERS),
    )


def without_evidence(this: Given, around: Around) -> Iterator[Hint]:
    """A rating at an end of the scale with nothing that shows why."""
    extreme = any(rating in (0.0, 1.0) for rating in this.ratings.values())
    if extreme and not around.evidence and not any(says_something(text) for text in this.texts.values()):
        yield Hint(
            "no-evidence",
            Words(
                "There is a rating at the end of the scale, and neither a text nor the diary shows why.",
                "有评分处于量表两端，但文字和记录中都没有依据。",
            ),
            Words(
                "Rule: a highest or lowest step, an empty diary, and no text of more than one line.",
                "规则：出现最高或最低等级，没有任何记录，且没有超过一行的文字说明。",
            ),
        )


def one_line(this: Given, _around: Around) -> Iterator[Hint]:
    """A text that is there and says next to nothing."""
    short = [name for name, text in this.texts.items() if text.strip() and not says_something(text)]
    if short:
        yield Hint(
            "one-line",
            Words(
                "A text is so short that it can't be understood without you: {n} of {m}.",
                "有文字说明过短，他人难以理解：{m} 处中有 {n} 处。",
            ).fill(n=len(short), m=len(this.texts)),
            Words(
                "Rule: fewer than {en} characters, in Chinese {zh}.",
                "规则：少于 {zh} 个汉字（英文 {en} 个字符）。",
            ).fill(en=SHORT_EN, zh=SHORT_ZH),
        )


def last_month_only(_this: Given, around: Around) -> Iterator[Hint]:
    """Recency: all that is remembered happened lately."""
    if around.first is None or around.last is None or around.last - around.first < LONG:
        return
    if around.evidence and min(around.evidence) > around.last - MONTH:
        yield Hint(
            "last-month",
            Words(
                "Everything that is noted about this person is from the last month. What happened before?",
                "所有记录都来自最近一个月。之前的表现如何？",
            ),
            Words(
                "Rule: the period has more than two months, and no note is older than {n} days at its end.",
                "规则：周期超过两个月，且没有早于最后 {n} 天的记录。",
            ).fill(n=MONTH.days),
        )


def says_something(text: str) -> bool:
    """Whether a text is more than one short line."""
    written = text.strip()
    chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in written)
    return len(written) >= SHORT_EN or chinese >= SHORT_ZH


RULES = (
    items_equal, people_equal, far_from_own, far_from_others, without_evidence, one_line, last_month_only,
)  # fmt: skip
