"""What the picture of a session shows, as plain values without a rated person's name, and the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.core.words import Words, count, join, same
from flows.cycle.template import Template
from flows.results.calibrating.asking import FEWEST
from flows.results.calibrating.groups import Kind, grouped
from flows.results.calibrating.spread import Figures
from flows.results.calibrating.told import (
    ALL,
    KINDS,
    band_words,
    keys_words,
    moved_words,
    name_of,
    people_words,
)
from flows.results.distribution import Band, Rated, counts

MOST_NAMED = 11  # groups of a kind with a bar of their own
SHOWN: tuple[Kind, ...] = ("department", "manager")
NOW, GIVEN, COMPUTED = (
    Words("Now", "现在"),
    Words("By the managers", "上级评定"),
    Words("Computed", "系统计算"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """People as one bar: how many have each rating, in the order of the picture's `keys`."""

    name: Words
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Picture:
    """A session in counts: everybody, the guide for them, their groups, and how it was before.

    `keys` are the ratings, the highest first where the scale says so. `bands` are empty where the guide says nothing.
    """

    title: str
    keys: tuple[str, ...]
    everybody: Bar
    bands: tuple[Band, ...]
    groups: tuple[tuple[Words, tuple[Bar, ...]], ...]
    stages: tuple[Bar, ...]
    moved: Words


def picture_of(figures: Figures, title: str) -> Picture:
    """The session as its reader sees it; groups of fewer than `FEWEST` people are not named."""
    template, people = figures.template, figures.people
    rated = [one for one in people if one.rating]
    stages = ((COMPUTED, "computed"), (GIVEN, "given"), (NOW, "rating"))
    return Picture(
        title,
        tuple(counts(template, ())),
        bar(template, ALL, people),
        next((one.bands for one in figures.compared if one.group.kind == "all"), ()),
        tuple((KINDS[kind], bars) for kind in SHOWN if (bars := bars_of(figures, kind, rated))),
        tuple(
            bar(template, name, people, which)
            for name, which in stages
            if any(getattr(one, which) for one in people)
        ),
        moved_words(template, people),
    )


def bar(template: Template, name: Words, people: Sequence[Rated], which: str = "rating") -> Bar:
    return Bar(name, tuple(counts(template, (getattr(one, which) for one in people)).values()))


def bars_of(figures: Figures, kind: Kind, people: Sequence[Rated]) -> tuple[Bar, ...]:
    """The groups of a kind, the largest first, and the small ones as one without names; nothing where that is all."""
    groups = grouped(kind, people)
    named = apart(groups)
    bars = [bar(figures.template, name_of(kind, name, figures.names), groups[name]) for name in named]
    rest = [one for name, members in groups.items() if name not in named for one in members]
    if rest:
        words = count(len(groups) - len(named), "{n} other group", "{n} other groups", "其他 {n} 组")
        bars.append(bar(figures.template, words, rest))
    return tuple(bars) if len(bars) > 1 else ()


def apart(groups: Mapping[str, Sequence[Rated]]) -> list[str]:
    """The largest groups, as far as they can be named: none is smaller than `FEWEST`, and neither are all others together.

    Else the difference to everybody would show the few that are left.
    """
    by_size = sorted(groups, key=lambda name: (-len(groups[name]), name))
    named = [name for name in by_size[:MOST_NAMED] if len(groups[name]) >= FEWEST]
    while named and 0 < sum(len(groups[name]) for name in groups if name not in named) < FEWEST:
        named.pop()
    return named


def bar_words(picture: Picture, bar: Bar) -> Words:
    """A bar in words: "Sales, 12 people: S 1, A 2, B 8, C 1"."""
    parts = [same(f"{key} {number}") for key, number in zip(picture.keys, bar.counts, strict=True)]
    return (
        bar.name + Words(", ", "，") + people_words(bar.total) + Words(": ", "：") + join(parts) + Words(".", "。")
    )  # fmt: skip


def spread_words(picture: Picture) -> Words:
    """The whole first picture in words, for whoever can't see it."""
    lines = [same(picture.title), bar_words(picture, picture.everybody)]
    lines += [
        keys_words(band) + Words(": ", "：") + band_words(band, picture.everybody.total) + Words(".", "。")
        for band in picture.bands
    ]
    for title, bars in picture.groups:
        lines += [title + Words(":", "："), *(bar_words(picture, one) for one in bars)]
    return join(lines, "\n", "\n")


def before_words(picture: Picture) -> Words:
    """The second picture in words."""
    lines = [same(picture.title), *(bar_words(picture, one) for one in picture.stages), picture.moved]
    return join(lines, "\n", "\n")
