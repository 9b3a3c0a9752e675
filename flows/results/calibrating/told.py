"""Distributions in words: how many have each rating, where a group differs from the guide, and how strict raters are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flows.core.words import Words, count, join, same
from flows.cycle.template import Template
from flows.results.calibrating.groups import Compared, Group, Kind
from flows.results.distribution import Band, Rated, Strictness, counts, moved, share

KINDS: Mapping[Kind, Words] = {
    "department": Words("By department", "按部门"),
    "manager": Words("By manager", "按上级"),
    "level": Words("By level", "按职级"),
}
ALL = Words("Everybody here", "全体")
NONE = Words("(none)", "（未填写）")
UNRATED = Words("no rating yet", "暂无评级")
FITS = Words("fits the guide", "符合指引")
WORDS: Mapping[str, Words] = {
    "strict": Words("strict", "偏严"),
    "medium": Words("medium", "适中"),
    "lenient": Words("lenient", "偏宽"),
}
Names = Mapping[int, str]
"""The names of managers, by id."""


def people_words(number: int) -> Words:
    return count(number, "{n} person", "{n} people", "{n} 人")


def name_of(kind: Kind, name: str, names: Names) -> Words:
    """A group's name: a department's or a level's own, a manager's by their id."""
    if kind == "manager" and name:
        return same(names.get(int(name), "?"))
    return same(name) if name else NONE


def group_words(group: Group, names: Names) -> Words:
    """A group by its name; one that was put together by the names in it."""
    if group.kind == "all":
        return ALL
    told = join((name_of(group.kind, name, names) for name in group.names), " + ", " + ")
    if group.kind == "manager" and group.at not in (*group.names, ""):
        return told + Words(" (under {name})", "（上级：{name}）").fill(name=names.get(int(group.at), "?"))
    return told


def counted(template: Template, people: Iterable[Rated], which: str = "rating") -> Words:
    """How many have each rating, in one line: "S 1 · A 2 · B 8"; and how many have none."""
    ratings = [getattr(one, which) for one in people]
    parts = [same(f"{key} {number}") for key, number in counts(template, ratings).items()]
    if missing := ratings.count(""):
        parts.append(count(missing, "{n} without a rating", "{n} without a rating", "{n} 人暂无评级"))
    return join(parts, " · ", " · ") if parts else UNRATED


def band_words(band: Band, total: int) -> Words:
    """How many are in a part of the guide, and how many fit."""
    found = Words(
        "{people}, {share}%; guide {percent}%, so {range} fit", "{people}，{share}%；指引 {percent}%，即 {range} 人"
    ).fill(
        people=people_words(band.people), share=share(band.people, total), percent=band.percent,
        range=same(str(band.least) if band.least == band.most else f"{band.least}–{band.most}"),
    )  # fmt: skip
    return found + (Words("; ", "；") + off_words(band) if band.off else same(""))


def off_words(band: Band) -> Words:
    """How far it is off, in people."""
    if band.off > 0:
        return count(band.off, "{n} too many", "{n} too many", "多 {n} 人")
    return count(-band.off, "{n} too few", "{n} too few", "少 {n} 人")


def keys_words(band: Band) -> Words:
    return same(", ".join(band.keys))


def verdict(one: Compared) -> Words:
    """Where the group differs from the guide, or that it fits."""
    parts = [keys_words(band) + same(": ") + off_words(band) for band in one.bands if band.off]
    return join(parts, "; ", "；") if parts else FITS


def few_words(kind: Kind, few: Sequence[str], names: Names, pool: int) -> Words:
    """Which groups are too few even together, so that they are only in everybody."""
    return Words(
        "Fewer than {pool} people even together, so only looked at with everybody: {names}.",
        "合并后仍不足 {pool} 人，只随全体一起查看：{names}。",
    ).fill(pool=pool, names=join(name_of(kind, name, names) for name in few))


def strictness_words(one: Strictness, names: Names) -> Words:
    """One manager's strictness: "Chen Wei: lenient, +0.58 (9 people)"."""
    sign = "+" if one.difference > 0 else ""
    return (
        same(names.get(one.manager, "?")) + Words(": ", "：") + WORDS[one.word]
        + Words(", {difference} ({people})", "，{difference}（{people}）").fill(
            difference=f"{sign}{one.difference}", people=people_words(one.people)
        )
    )  # fmt: skip


def moved_words(template: Template, people: Sequence[Rated]) -> Words:
    """How many are higher and lower now than their managers rated them."""
    up, down = moved(template, people)
    if not (up or down):
        return Words("Nobody has been moved.", "尚未调整任何人。")
    return Words(
        "Against their managers' ratings: {up} higher, {down} lower.",
        "与上级评定相比：上调 {up} 人，下调 {down} 人。",
    ).fill(up=up, down=down)
