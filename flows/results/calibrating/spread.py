"""The figures of a session on its screen: against the guide, by group, how strict raters are, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.core.said import carried
from flows.core.screen import Act, Button, Element, Facts, Heading, Line, Note, Row
from flows.core.words import Words, same
from flows.cycle.template import Template
from flows.results.calibrating.groups import KINDS, Compared, Kind, compare, grouped
from flows.results.calibrating.rights import Table
from flows.results.calibrating.seats import line_above
from flows.results.calibrating.told import (
    KINDS as TITLES,
)
from flows.results.calibrating.told import (
    UNRATED,
    Names,
    band_words,
    counted,
    few_words,
    group_words,
    keys_words,
    moved_words,
    name_of,
    people_words,
    strictness_words,
    verdict,
)
from flows.results.distribution import Rated, strictness
from flows.results.records import ResultRecords

RATINGS = Words("Ratings", "评级分布")
EXCUSE = Words("Give a reason", "说明原因")
CHANGE = Words("Change the reason", "修改原因")


@dataclass(frozen=True, slots=True)
class Figures:
    """What the figures are made of: the people whom the reader sees, compared with the guide, and managers' names."""

    template: Template
    people: tuple[Rated, ...]
    compared: tuple[Compared, ...]
    few: dict[Kind, tuple[str, ...]]
    names: Names

    def of(self, kind: Kind) -> list[Compared]:
        return [one for one in self.compared if one.group.kind == kind]

    @property
    def differing(self) -> list[Compared]:
        return [one for one in self.compared if one.differs]


def figures_of(records: ResultRecords, table: Table) -> Figures:
    """The figures over the rows that the reader sees, and over no other."""
    template = table.cycle.template
    people = tuple(row.rated() for row in table.rows)
    compared, few = compare(
        template.guide, people, line_above(records, table.cycle.id, table.rows)
    ) if template.guide.shares else ([], {})  # fmt: skip
    wanted = {one.manager for one in people if one.manager is not None}
    wanted |= {int(one.group.at) for one in compared if one.group.kind == "manager" and one.group.at}
    names = {person.id: person.name for person in records.people.many(wanted)}
    return Figures(template, people, tuple(compared), few, names)


def spread(figures: Figures, table: Table) -> list[Element]:
    """All figures, everybody's first."""
    body: list[Element] = [Heading(RATINGS), *overall(figures, table)]
    for kind in KINDS:
        body += by_kind(figures, table, kind)
    if strict := strictness(figures.template, figures.people):
        body.append(Heading(Words("How strict the raters are", "评级宽严")))
        body += [Line(strictness_words(one, figures.names)) for one in strict]
    return body


def overall(figures: Figures, table: Table) -> list[Element]:
    """Computed, by the managers, and now; then everybody against the guide."""
    template, people = figures.template, figures.people
    rows = [(Words("Now", "现在"), counted(template, people))]
    if any(one.given for one in people):
        rows.insert(0, (Words("By the managers", "上级评定"), counted(template, people, "given")))
    if any(one.computed for one in people):
        rows.insert(0, (Words("Computed", "系统计算"), counted(template, people, "computed")))
    body: list[Element] = [Facts(tuple(rows)), Line(moved_words(template, people))]
    for one in figures.of("all"):
        total = sum(band.people for band in one.bands)
        body += (
            [Facts(tuple((keys_words(band), band_words(band, total)) for band in one.bands))]
            if one.bands
            else [Note(too_few(figures))]
        )
        body += told(figures, table, one) if one.differs else []
    return body


def too_few(figures: Figures) -> Words:
    return Words(
        "The guide is for {pool} people or more; here are {people}, so it is not applied.",
        "分布指引适用于 {pool} 人及以上；这里只有{people}，不作比较。",
    ).fill(pool=figures.template.guide.pool, people=people_words(len(figures.people)))


def by_kind(figures: Figures, table: Table, kind: Kind) -> list[Element]:
    """The groups of a kind with their counts, then those that differ from the guide, and who is put together."""
    groups = grouped(kind, figures.people)
    if len(groups) < 2:
        return []
    rows = [
        (
            name_of(kind, name, figures.names) + same(f" ({len(people)})"),
            counted(figures.template, people) if any(one.rating for one in people) else UNRATED,
        )
        for name, people in groups.items()
    ]
    body: list[Element] = [Heading(TITLES[kind]), Facts(tuple(rows))]
    for one in figures.of(kind):
        if one.group.is_pooled or one.differs:
            body += told(figures, table, one)
    if figures.few.get(kind) and figures.of("all")[0].bands:
        body.append(Note(few_words(kind, figures.few[kind], figures.names, figures.template.guide.pool)))
    return body


def told(figures: Figures, table: Table, one: Compared) -> list[Element]:
    """A group's verdict; where it differs, the reason for it, or the way to give one for whoever leads the session.

    The reasons are for whoever sees everybody: that there is one would tell the others about rows that they don't see.
    """
    name = group_words(one.group, figures.names) + same(f" ({len(one.group.people)})")
    reason = table.session.exceptions.get(one.group.key) if table.everyone else None
    words = same("") if not one.differs else same("✓ " if reason else "⚠ ")
    words += verdict(one)
    if one.group.is_pooled:
        words += Words("; looked at together", "；合并查看")
    if reason:
        words += Words(". Exception: ", "。例外原因：") + same(reason)
    if one.differs and table.steers and table.everyone and table.is_open:
        subject = f"{table.session.id}/{carried(one.group.key)}"
        return [
            Row(
                words,
                Button(CHANGE if reason else EXCUSE, Act("open", ("calibration-exception", subject))),
                name,
            )
        ]
    return [Line(name + Words(": ", "：") + words)]


def unexplained(figures: Figures, table: Table) -> Sequence[Compared]:
    """The groups that differ from the guide without a reason."""
    return [one for one in figures.differing if one.group.key not in table.session.exceptions]
