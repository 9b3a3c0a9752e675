"""How two lists of what was agreed differ: which points mean the same, and what about them is not the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.core.moments import day_words
from flows.core.words import Words, same
from flows.interviews.talked import Doer, Point, Side

ALIKE = 0.45  # of the pairs of letters that two wordings have in common, from which on they mean the same


@dataclass(frozen=True, slots=True)
class Pair:
    """A point of either list, or of both where they mean the same."""

    person: Point | None
    manager: Point | None

    def of(self, side: Side) -> Point | None:
        return self.person if side == "person" else self.manager

    @property
    def same_who(self) -> bool:
        return self.person is not None and self.manager is not None and self.person.who == self.manager.who

    @property
    def same_day(self) -> bool:
        return self.person is not None and self.manager is not None and self.person.by == self.manager.by

    @property
    def is_agreed(self) -> bool:
        """Whether both named it, with the same person and the same day; the wording may be anybody's."""
        return self.same_who and self.same_day


def pairs(person: Sequence[Point], manager: Sequence[Point]) -> list[Pair]:
    """Both lists as one: the most alike belong together first, each point to one other at most.

    In the order of the employee's list, then what only the manager named.
    """
    known = sorted(
        (-likeness(one.what, other.what), nth, mth)
        for nth, one in enumerate(person)
        for mth, other in enumerate(manager)
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for unlike, nth, mth in known:
        if -unlike >= ALIKE and nth not in found and mth not in taken:
            found[nth] = mth
            taken.add(mth)
    both = [Pair(one, manager[found[nth]] if nth in found else None) for nth, one in enumerate(person)]
    return both + [Pair(None, other) for mth, other in enumerate(manager) if mth not in taken]


def likeness(one: str, other: str) -> float:
    """How much two wordings have in common, from 0 to 1: the same pairs of letters, whatever the language."""
    mine, theirs = letters(one), letters(other)
    if mine == theirs:
        return 1.0
    first, second = pairs_in(mine), pairs_in(theirs)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def letters(text: str) -> str:
    """The text without case, blanks and punctuation."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def pairs_in(text: str) -> Counter[str]:
    """The pairs of letters that follow each other, with how often."""
    return Counter(text[place : place + 2] for place in range(len(text) - 1))


def difference(pair: Pair, names: Mapping[Side, str]) -> Words | None:
    """What is not the same about a point, in a sentence; None where both said the same."""
    if pair.manager is None and pair.person is not None:
        return ONLY.fill(name=names["person"], what=pair.person.what)
    if pair.person is None and pair.manager is not None:
        return ONLY.fill(name=names["manager"], what=pair.manager.what)
    if pair.person is None or pair.manager is None or pair.is_agreed:
        return None
    parts = same("")
    if not pair.same_who:
        parts += WHO.fill(
            one=names["person"], its=doer(pair.person.who, names), other=names["manager"],
            theirs=doer(pair.manager.who, names),
        )  # fmt: skip
    if not pair.same_day:
        parts += Words(" ", "") if parts.en else same("")
        parts += DAY.fill(
            one=names["person"], its=day(pair.person), other=names["manager"], theirs=day(pair.manager)
        )
    return Words("“{what}”: ", "“{what}”：").fill(what=pair.person.what) + parts


ONLY = Words("Only {name} named “{what}”.", "只有{name}提到“{what}”。")
WHO = Words(
    "Who does it: {one} says {its}, {other} says {theirs}.",
    "负责人不同：{one}写的是{its}，{other}写的是{theirs}。",
)
DAY = Words(
    "By when: {one} says {its}, {other} says {theirs}.",
    "期限不同：{one}写的是{its}，{other}写的是{theirs}。",
)


def doer(who: Doer, names: Mapping[Side, str]) -> Words:
    """Who does it, by name."""
    if who == "both":
        return Words("both", "双方")
    return same(names[who])


def day(point: Point) -> Words:
    """By which day."""
    return day_words(point.by) if point.by else Words("no day", "未定日期")


def told(point: Point, names: Mapping[Side, str]) -> Words:
    """A point in one line: what, who, by when."""
    words = same(f"{point.what} · ") + doer(point.who, names)
    return words + Words(" · by {day}", " · {day}前").fill(day=day_words(point.by)) if point.by else words
