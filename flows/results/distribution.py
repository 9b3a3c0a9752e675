"""How ratings are spread: counts and shares, against the guide, before and after, and how strict each rater is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from flows.core.rounding import half_up
from flows.core.words import Words
from flows.cycle.template import Free, Guide, Template
from flows.results.formula import SCORE

LEAST_RATED = 3  # of one manager's people, before anything is said about how strict they are
PARTS = 5  # of a scale without steps, when people are counted
HALF_STEP = Decimal("0.5")
HUNDRED = Decimal(100)

Ratings = Iterable[str] | Mapping[str, int]
"""Ratings one by one, or how many there are of each; "" is none."""

MEANING: Mapping[str, Words] = {
    "share": Words(
        "The people with this rating, of all who have one.", "获得该评级的人数，占已有评级总人数的比例。"
    ),
    "guide": Words(
        "A group fits while each part lies between its share less the tolerance, rounded down to whole people, and its "
        "share plus the tolerance, rounded up.",
        "每一档的人数在“比例减去容差（向下取整到整人）”与“比例加上容差（向上取整到整人）”之间，即为符合指引。",
    ),
    "pool": Words(
        "A group too small for the guide is looked at with the people of the manager above, then with the other small "
        "ones, and else only with everybody.",
        "人数太少的组会与上一级管理者的人员合并，再与其他小组合并；仍然不足时，只随全体一起查看。",
    ),
    "strictness": Words(
        "The mean of the ratings that a manager gave, less the mean of all ratings here; strict or lenient from half "
        "a step of the scale on, and only shown for {n} people or more.",
        "该上级所给评级的平均值，减去全体评级的平均值；相差半档及以上为偏严或偏宽，至少 {n} 人才显示。",
    ).fill(n=LEAST_RATED),
    "moved": Words(
        "How many have a higher or a lower rating now than their manager gave.",
        "与上级所给评级相比，现在更高或更低的人数。",
    ),
}
"""What each figure is, in one sentence, for whoever asks."""


@dataclass(frozen=True, slots=True)
class Rated:
    """One person's ratings ("" while there is none) and the groups that they are counted in.

    `computed` is what the score proposed, `given` what the manager rated, `rating` what it is now.
    """

    person: int
    rating: str
    given: str
    computed: str
    manager: int | None
    department: str
    level: str


@dataclass(frozen=True, slots=True)
class Band:
    """One part of the guide for one group: so many `people` have one of `keys`; `least` to `most` fit."""

    keys: tuple[str, ...]
    percent: Decimal
    people: int
    least: int
    most: int

    @property
    def off(self) -> int:
        """How many people are too many; below 0, how many are too few."""
        return max(self.people - self.most, 0) + min(self.people - self.least, 0)


@dataclass(frozen=True, slots=True)
class Strictness:
    """How one manager rates: the mean of their people's ratings less that of all, in the scale's values and in steps."""

    manager: int
    people: int
    difference: Decimal
    word: Literal["strict", "medium", "lenient"]
    steps: Decimal


def tallied(ratings: Ratings) -> Counter[str]:
    """How many have each rating; no rating counts nowhere."""
    found: Counter[str] = Counter()
    found.update(ratings)
    del found[""]
    return found


def counts(template: Template, ratings: Ratings) -> dict[str, int]:
    """How many have each rating, in the scale's own order, steps that nobody has with 0; no rating counts nowhere.

    A scale without steps is cut into `PARTS` equal parts, the highest first; each has its lower end, the last both.
    """
    if template.free is not None:
        return parts_of(template.free, tallied(ratings))
    found = tallied(ratings)
    return {step.key: found[step.key] for step in template.scale}


def parts_of(free: Free, ratings: Mapping[str, int]) -> dict[str, int]:
    """How many lie in each part of a scale without steps."""
    wide = (free.most - free.least) / PARTS
    ends = [free.least + wide * nth for nth in range(PARTS + 1)]
    found: Counter[int] = Counter()
    for rating, people in ratings.items():
        found[min(int((Decimal(rating) - free.least) // wide), PARTS - 1) if wide else 0] += people
    return {
        f"{ends[nth].normalize():f}–{ends[nth + 1].normalize():f}": found[nth]
        for nth in reversed(range(PARTS))
    }


def share(people: int, total: int) -> Decimal:
    """The people in whole percent of the total, half up; 0 of nobody."""
    return whole(people * HUNDRED / total) if total else Decimal(0)


def whole(figure: Decimal) -> Decimal:
    return half_up(figure, Decimal(1))


def bands(guide: Guide, ratings: Ratings) -> tuple[Band, ...]:
    """Each part of the guide for these ratings, by whole people: the least is rounded down, the most up.

    So there is always a spread that fits, however few people there are.
    """
    found = tallied(ratings)
    total = found.total()
    parts = []
    for keys, percent in guide.shares:
        low, high = percent - guide.tolerance, percent + guide.tolerance
        least = int((total * max(low, Decimal(0)) / HUNDRED).to_integral_value(ROUND_FLOOR))
        most = int((total * min(high, HUNDRED) / HUNDRED).to_integral_value(ROUND_CEILING))
        parts.append(Band(keys, percent, sum(found[key] for key in keys), least, most))
    return tuple(parts)


def value_of(template: Template, rating: str) -> Decimal | None:
    """The rating as a number: its step's value, or itself on a scale without steps."""
    if template.free is not None:
        return Decimal(rating) if rating else None
    return next((step.value for step in template.scale if step.key == rating), None)


def step_of(template: Template) -> Decimal:
    """The mean distance of two neighbouring steps; a quarter of the range where the scale has none."""
    if template.free is not None:
        return (template.free.most - template.free.least) / 4
    values = [step.value for step in template.scale]
    return (max(values) - min(values)) / (len(values) - 1) if len(values) > 1 else Decimal(1)


def mean(template: Template, ratings: Ratings) -> Decimal | None:
    """The mean of the ratings as numbers; None of nobody."""
    known = [
        (value, people)
        for rating, people in (ratings if isinstance(ratings, Mapping) else tallied(ratings)).items()
        if (value := value_of(template, rating)) is not None
    ]
    total = sum(people for _, people in known)
    return sum((value * people for value, people in known), Decimal(0)) / total if total else None


def strictness(template: Template, people: Sequence[Rated]) -> list[Strictness]:
    """How strict each manager of `LEAST_RATED` rated people or more is, by the ratings they gave; strictest first."""
    given: dict[int, Counter[str]] = {}
    for one in people:
        if one.manager is not None and value_of(template, one.given) is not None:
            given.setdefault(one.manager, Counter())[one.given] += 1
    enough = {manager: found for manager, found in given.items() if found.total() >= LEAST_RATED}
    return strictness_by(template, enough, [one.given for one in people])


def strictness_by(
    template: Template, given: Mapping[int, Mapping[str, int]], everybody: Ratings
) -> list[Strictness]:
    """How strict managers are by the ratings that each gave, against all that were given; strictest first.

    Half a step of the scale below the mean of all is strict, half a step above it lenient.
    """
    found, whole = [], mean(template, everybody)
    for manager, ratings in given.items():
        own = mean(template, ratings)
        if own is None or whole is None:
            continue
        steps = (own - whole) / (step_of(template) or Decimal(1))
        word: Literal["strict", "medium", "lenient"] = (
            "strict" if steps <= -HALF_STEP else "lenient" if steps >= HALF_STEP else "medium"
        )
        people = tallied(ratings).total()
        found.append(Strictness(manager, people, half_up(own - whole, SCORE), word, half_up(steps, SCORE)))
    return sorted(found, key=lambda one: (one.difference, one.manager))


def moved(template: Template, people: Iterable[Rated]) -> tuple[int, int]:
    """How many have a higher rating now than their manager gave, and how many a lower one."""
    up = down = 0
    for one in people:
        before, now = value_of(template, one.given), value_of(template, one.rating)
        if before is not None and now is not None:
            up, down = up + (now > before), down + (now < before)
    return up, down
