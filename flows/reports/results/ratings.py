"""The report of how ratings are spread: by department, level and manager, as they were released."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from flows.core.rounding import half_up
from flows.core.words import Words, join, same
from flows.cycle.template import Guide, Template
from flows.people.person import Person
from flows.reports.records import ReportRecords
from flows.reports.report import WITHHELD, Asked, Cell, Figure, Report, ReportKind, Shares, Table
from flows.reports.results.seen import (
    GROUP,
    Tally,
    by_group,
    by_meant,
    ground_of,
    kinds_of,
    rows_of,
    together,
    whole_of,
)
from flows.results.calibrating.told import FITS, keys_words, off_words
from flows.results.distribution import MEANING, bands, counts, mean, share
from flows.results.rating import rating_words

TITLE = Words("How ratings are spread", "评级分布")
HUNDREDTH = Decimal("0.01")
PEOPLE = Figure(
    "people", Words("Rated", "有评级"), Words("How many have a released rating.", "有已发布评级的人数。")
)
STEP = Figure(
    "step",
    Words("Rating", "评级"),
    Words(
        "How many have this rating: the last that their manager or a calibration gave before the release.",
        "获得该评级的人数：以发布前上级评定或校准后的最后一次评级为准。",
    ),
)
MEAN = Figure(
    "mean",
    Words("Mean", "平均"),
    Words("The mean of the ratings, by the scale's values.", "按等级分值计算的评级平均值。"),
    "points",
    Words("Σ people × value ÷ people", "Σ 人数 × 分值 ÷ 人数"),
)
GUIDE = Figure(
    "guide", Words("Against the guide", "与指引对照"), MEANING["guide"], "text",
    Words(
        "share − tolerance (down to whole people) ≤ people ≤ share + tolerance (up)",
        "比例 − 容差（向下取整）≤ 人数 ≤ 比例 + 容差（向上取整）",
    ),
)  # fmt: skip
SMALL = Words("too few people for it", "人数不足，不适用")
BY = {
    "department": Words("By department", "按部门"),
    "level": Words("By level", "按职级"),
    "manager": Words("By manager", "按上级"),
}


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """The spread of the released ratings of one cycle, as far as it may be shown to this reader."""
    assert asked.cycle is not None  # noqa: S101 - the kind needs one
    ground = ground_of(records, reader, asked.cycle, asked.scope, now)
    template, seen = asked.cycle.template, ground.seen(ground.rated)
    tallies = by_group(ground.ratings, kinds_of(asked))
    rows = [(words, tallies[group] if group in seen else None) for group, words in rows_of(ground, asked)]
    rows.sort(key=lambda row: row[1] is None)
    whole = together(tallies, whole_of(ground, asked), seen)
    parts = parts_of(template)
    every = [(asked.scope.words, whole), *rows] if asked.scope.whole or len(rows) > 1 else rows
    shares = tuple(
        (words, tuple(counts(template, tally).values()) if tally else None) for words, tally in every
    )
    return Report(
        TITLE,
        asked.scope.words + same(f" · {asked.cycle.name}"),
        now,
        said(template, whole, [tally for _, tally in rows]),
        (
            Table(
                BY[by_meant(asked)], columns(template),
                tuple(row(template, words, tally) for words, tally in every), ground.note(),
            ),
        ),
        (Shares(TITLE, parts, shares),),
    )  # fmt: skip


def parts_of(template: Template) -> tuple[Words, ...]:
    """The scale's steps, or the parts that a scale without steps is cut into."""
    return tuple(
        rating_words(template, key) if template.free is None else same(key) for key in counts(template, {})
    )


def columns(template: Template) -> tuple[Figure, ...]:
    """One column for each part of the scale."""
    steps = [
        Figure(f"step {key}", same(key), STEP.definition + Words(" Here: ", "此列：") + words)
        for key, words in zip(counts(template, {}), parts_of(template), strict=True)
    ]
    return (GROUP, PEOPLE, *steps, MEAN, *([GUIDE] if template.guide.shares else []))


def row(template: Template, words: Words, tally: Tally | None) -> tuple[Cell, ...]:
    """One group's figures; a group that may not be shown has none."""
    width = len(columns(template)) - 1
    if tally is None:
        return (words, *[WITHHELD] * width)
    people = {rating: number for rating, number in tally.items() if rating}
    value = mean(template, people)
    rounded = None if value is None else half_up(value, HUNDREDTH)
    guide = [guide_words(template.guide, people)] if template.guide.shares else []
    return (words, sum(people.values()), *counts(template, people).values(), rounded, *guide)


def guide_words(guide: Guide, people: Mapping[str, int]) -> Words:
    """Whether the group fits the guide, and where it does not."""
    if sum(people.values()) < guide.pool:
        return SMALL
    off = [keys_words(band) + same(": ") + off_words(band) for band in bands(guide, people) if band.off]
    return join(off, "; ", "；") if off else FITS


def said(template: Template, whole: Tally | None, rows: Sequence[Tally | None]) -> Words:
    """How many there are, what most have, and how many groups are not shown."""
    if whole is None:
        words = Words("There are too few people to show a distribution.", "人数过少，不显示分布。")
    else:
        people = {rating: number for rating, number in whole.items() if rating}
        found = counts(template, people)
        most = max(found, key=lambda key: found[key])
        total = sum(people.values())
        name = dict(zip(found, parts_of(template), strict=True))[most]
        words = Words(
            "Of {n} people, {some} ({share}%) have {rating}.",
            "共 {n} 人有评级，其中 {some} 人（{share}%）为“{rating}”。",
        ).fill(n=f"{total:,}", some=f"{found[most]:,}", share=share(found[most], total), rating=name)
    if few := sum(tally is None for tally in rows):
        words += Words(" {few} of {n} groups are not shown.", "{n} 个分组中有 {few} 个不显示。").fill(
            few=few, n=len(rows)
        )
    return words


RATINGS = ReportKind(
    "ratings",
    TITLE,
    Words("How are the released ratings spread?", "已发布的评级是怎样分布的？"),
    (GROUP, PEOPLE, STEP, MEAN, GUIDE),
    make,
    needs_cycle=True,
    of_results=True,
    bys=("department", "level", "manager"),
)
