"""The report of before and after: how the ratings of two cycles differ, and who of the same people moved up or down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from flows.core.rounding import half_up
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.cycle.template import Template
from flows.people.person import Person
from flows.reports.cells import Group, Place
from flows.reports.records import ReportRecords
from flows.reports.report import WITHHELD, Asked, Cell, Change, Changes, Figure, Report, ReportKind, Table
from flows.reports.results.seen import (
    GROUP,
    Ground,
    Tally,
    by_group,
    far_from,
    ground_of,
    kinds_of,
    rows_of,
    together,
    whole_of,
)
from flows.results.distribution import mean, value_of

TITLE = Words("Before and after", "前后对比")
HUNDREDTH = Decimal("0.01")
UP, DOWN, SAME, PEOPLE_OF, SUM_OF = "up", "down", "same", "people", "sum"
BEFORE = Figure(
    "before",
    Words("Before", "之前"),
    Words(
        "The mean in the earlier cycle, of everybody who was in the group then.",
        "较早周期的平均值，按当时的归属计算。",
    ),
    "points",
)
AFTER = Figure(
    "after",
    Words("After", "之后"),
    Words(
        "The mean in the later cycle, of everybody who was in the group then.",
        "较晚周期的平均值，按当时的归属计算。",
    ),
    "points",
)
CHANGE = Figure(
    "change",
    Words("Change", "变化"),
    Words("The mean after, less the mean before.", "之后的平均值减去之前的平均值。"),
    "points",
)
BOTH = Figure(
    "both",
    Words("In both", "两期都有"),
    Words(
        "How many have a rating in both cycles, by the group of the later.",
        "两个周期都有评级的人数，按较晚周期的归属计算。",
    ),
)
HIGHER = Figure(
    "higher",
    Words("Higher", "上升"),
    Words("Of those in both, how many have a higher rating now.", "两期都有评级的人中，评级上升的人数。"),
)
LOWER = Figure(
    "lower",
    Words("Lower", "下降"),
    Words("Of those in both, how many have a lower rating now.", "两期都有评级的人中，评级下降的人数。"),
)
COLUMNS = (GROUP, BEFORE, AFTER, CHANGE, BOTH, HIGHER, LOWER)
BY_RATING = Words(" The means are of ratings, by the scale's values.", "平均值按评级等级的分值计算。")
BY_SCORE = Words(
    " The two cycles rate on different scales, so the means are of the computed scores, of 0 to 100, and nobody is said to "
    "have moved.",
    "两个周期的评级等级不同，因此平均值按系统计算的得分（0 至 100）计算，也不统计升降人数。",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One cycle's means by group, of the groups that this reader is shown."""

    ground: Ground
    tallies: Mapping[Group, Tally]
    seen: frozenset[Group]
    by_rating: bool

    def mean_in(self, groups: Iterable[Group]) -> Decimal | None:
        """The mean of those of the groups that are shown, with two decimals; None where none is."""
        tally = together(self.tallies, groups, self.seen)
        if not tally:
            return None
        if self.by_rating:
            found = mean(self.ground.cycle.template, tally)
        else:
            found = Decimal(tally[SUM_OF]) / tally[PEOPLE_OF] / 100
        return None if found is None else half_up(found, HUNDREDTH)


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """Two cycles side by side, by the groups of the later one."""
    before, after = asked.before, asked.cycle
    assert before is not None and after is not None  # noqa: S101, PT018 - the kind needs both
    alike = comparable(before.template, after.template)
    sides = [
        side_of(records, ground_of(records, reader, cycle, asked.scope, now), asked, by_rating=alike)
        for cycle in (before, after)
    ]
    ground = sides[1].ground
    moved = moves(records, reader, ground, before, now) if alike else replace(ground, ratings={})
    seen, tallies = moved.seen(moved.rated), by_group(moved.ratings, kinds_of(asked))
    every = [(whole_of(ground, asked), asked.scope.words)]
    every += [([group], words) for group, words in rows_of(ground, asked)]
    changes = tuple(Change(words, *(side.mean_in(groups) for side in sides)) for groups, words in every)
    rows = [
        row(change, together(tallies, groups, seen) if alike else None, alike=alike)
        for change, (groups, _) in zip(changes, every, strict=True)
    ]
    names = same(before.name), same(after.name)
    return Report(
        TITLE,
        asked.scope.words + same(f" · {before.name} → {after.name}"),
        now,
        said(rows[0]),
        (Table(TITLE, COLUMNS, tuple(rows), ground.note() + (BY_RATING if alike else BY_SCORE)),),
        (Changes(TITLE, *names, changes),),
    )


def comparable(one: Template, other: Template) -> bool:
    """Whether a rating means the same in both: the same steps with the same values, or the same range."""
    if one.free is not None or other.free is not None:
        return one.free == other.free
    return [(step.key, step.value) for step in one.scale] == [(step.key, step.value) for step in other.scale]


def side_of(records: ReportRecords, ground: Ground, asked: Asked, *, by_rating: bool) -> Side:
    """A cycle's ratings by group, or its scores."""
    if by_rating:
        return Side(ground, by_group(ground.ratings, kinds_of(asked)), ground.seen(ground.rated), by_rating)
    scores = {
        place: Counter({PEOPLE_OF: people, SUM_OF: total})
        for place, people, total in records.reports.results.scores(ground.cycle.id)
    }
    seen = ground.seen({place: tally[PEOPLE_OF] for place, tally in scores.items()})
    return Side(ground, by_group(scores, kinds_of(asked)), seen, by_rating)


def moves(records: ReportRecords, reader: Person, ground: Ground, before: Cycle, now: datetime) -> Ground:
    """How many of the same people have a higher, a lower or the same rating, by where they stand in the later cycle.

    Whoever may look somebody up in one of the cycles alone would learn the other rating from how they moved, so whom
    the reader may not look up in both is out of their sight.
    """
    template, found = ground.cycle.template, dict[Place, Tally]()
    for place, earlier, later, number in records.reports.results.both(before.id, ground.cycle.id):
        old, new = value_of(template, earlier), value_of(template, later)
        way = ""
        if old is not None and new is not None:
            way = UP if new > old else DOWN if new < old else SAME
        found.setdefault(place, Counter())[way] += number
    return replace(ground, ratings=found, far=far_from(records, reader, [ground.cycle, before], now))


def row(means: Change, moved: Tally | None, *, alike: bool) -> tuple[Cell, ...]:
    """One group's figures."""
    before, after = means.before, means.after
    change: Cell = WITHHELD if before is None or after is None else after - before
    told: list[Cell] = [None] * 3
    if alike:
        told = [moved.total() - moved[""], moved[UP], moved[DOWN]] if moved else [WITHHELD] * 3
    return (means.label, shown_or(before), shown_or(after), change, *told)


def shown_or(value: Decimal | None) -> Cell:
    return WITHHELD if value is None else value


def said(whole: tuple[Cell, ...]) -> Words:
    """How the mean has changed, and how many moved."""
    _, before, after, _, both, higher, lower = whole
    if before is WITHHELD or after is WITHHELD:
        return Words("There are too few people to compare.", "人数过少，无法对比。")
    words = Words("The mean went from {before} to {after}.", "平均值从 {before} 变为 {after}。").fill(
        before=before, after=after
    )
    if isinstance(both, int) and isinstance(higher, int) and isinstance(lower, int):
        words += Words(
            " Of {n} people in both cycles, {up} have a higher and {down} a lower rating.",
            "两个周期都有评级的 {n} 人中，{up} 人上升，{down} 人下降。",
        ).fill(n=f"{both:,}", up=f"{higher:,}", down=f"{lower:,}")
    return words


CHANGES = ReportKind(
    "changes",
    TITLE,
    Words("How did results change from one cycle to the next?", "与上一周期相比，结果有什么变化？"),
    COLUMNS,
    make,
    needs_cycle=True,
    of_results=True,
    compares=True,
    bys=("department", "manager"),
)
