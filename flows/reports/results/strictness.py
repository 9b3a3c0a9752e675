"""The report of how strict each manager rates, beside all others: for HR, and never about themselves or those above them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from flows.core.words import Words, same
from flows.goals.amounts import figure
from flows.people.person import Person
from flows.reports.cells import COMPANY, Group
from flows.reports.records import ReportRecords
from flows.reports.report import Asked, Bar, Bars, Figure, Report, ReportKind, Table
from flows.reports.results.seen import Ground, Tally, by_group, ground_of, tallied
from flows.results.calibrating.told import WORDS
from flows.results.distribution import Strictness, strictness_by

TITLE = Words("How strict managers rate", "评级宽严")
MANAGER = Figure(
    "manager",
    Words("Manager", "上级"),
    Words(
        "Who led these people when the results were released. Nobody finds themselves or the managers above them here.",
        "结果发布时这些人员的上级。任何人都看不到自己，也看不到自己的上级。",
    ),
    "text",
)
RATED = Figure("rated", Words("Rated", "评级人数"), Words("How many people they rated.", "由其评级的人数。"))
DIFFERENCE = Figure(
    "difference",
    Words("Difference", "差值"),
    Words(
        "The mean of the ratings that the manager gave, less the mean of all ratings given, by the scale's values.",
        "该上级所给评级的平均值减去全体所给评级的平均值，按等级分值计算。",
    ),
    "points",
    Words(
        "mean of their ratings − mean of all ratings given", "该上级所给评级的平均值 − 全体所给评级的平均值"
    ),
)
STEPS = Figure(
    "steps",
    Words("In steps", "相差档数"),
    Words(
        "The difference, divided by the mean distance of two steps of the scale.",
        "差值除以评级等级之间的平均间距。",
    ),
    "points",
)
WORD = Figure(
    "word",
    Words("Rates", "宽严"),
    Words(
        "Strict from half a step below the mean of all on, lenient from half a step above it on.",
        "比全体平均低半档及以上为偏严，高半档及以上为偏宽。",
    ),
    "text",
)
NOT_SHOWN = Words(
    " {n} managers are not in the list: too few of their people are rated, these are of several departments, or they are "
    "yourself or stand above you.",
    "另有 {n} 位上级未列出：评级人数过少、团队跨部门，或是你本人及你的上级。",
)
MOST_NAMED = 3


def make(records: ReportRecords, reader: Person, asked: Asked, now: datetime) -> Report:
    """How the managers of the scope rate, strictest first."""
    assert asked.cycle is not None  # noqa: S101 - the kind needs one
    ground = ground_of(records, reader, asked.cycle, asked.scope, now)
    gave = tallied(records.reports.results.given(asked.cycle.id))
    given, everybody = shown_of(ground, by_group(gave, (None, "manager")), reader)
    found = strictness_by(asked.cycle.template, given, everybody)
    note = ground.note()
    if left := len(ground.leaders) - len(found):
        note += NOT_SHOWN.fill(n=f"{left:,}")
    rows = tuple(
        (same(ground.leaders[one.manager]), one.people, one.difference, one.steps, WORDS[one.word])
        for one in found
    )
    return Report(
        TITLE,
        asked.scope.words + same(f" · {asked.cycle.name}"),
        now,
        said(found),
        (Table(TITLE, (MANAGER, RATED, DIFFERENCE, STEPS, WORD), rows, note),),
        (bars(found),),
    )


def shown_of(
    ground: Ground, tallies: Mapping[Group, Tally], reader: Person
) -> tuple[Mapping[int, Tally], Tally]:
    """What each manager gave, of those whom the reader may be told of, and what all gave.

    All are the company where it may be shown; else only the people of managers who may, so that nobody works out what
    is between the two.
    """
    seen = ground.seen(ground.everybody)
    whole = [tallies[COMPANY]] if COMPANY in seen and is_whole(ground, tallies[COMPANY]) else None
    teams = {
        int(group[1]): tallies[group]
        for group in seen
        if group[0] == "manager" and is_whole(ground, tallies[group])
    }
    told = {one for one in ground.leaders if one != reader.id and one not in ground.above}
    given = {manager: tally for manager, tally in teams.items() if manager in told}
    return given, sum(whole or teams.values(), Tally())


def is_whole(ground: Ground, given: Tally) -> bool:
    """Whether those who were rated are enough, and those beside them who were not are nobody or enough too."""
    rated = given.total() - given[""]
    return rated >= ground.least and (given[""] == 0 or given[""] >= ground.least)


def said(found: Sequence[Strictness]) -> Words:
    """How many are strict, and how many lenient."""
    if not found:
        return Words("No manager can be shown.", "没有可以显示的上级。")
    many = Counter(one.word for one in found)
    return Words(
        "Of {n} managers, {strict} are strict and {lenient} lenient by half a step or more.",
        "{n} 位上级中，{strict} 位偏严、{lenient} 位偏宽（相差半档及以上）。",
    ).fill(n=f"{len(found):,}", strict=f"{many['strict']:,}", lenient=f"{many['lenient']:,}")


def bars(found: Sequence[Strictness]) -> Bars:
    """How many managers rate so many steps from the mean; it names nobody."""
    half = Decimal("0.5")
    many = Counter(int((one.steps / half).to_integral_value()) for one in found)
    span = range(min(many, default=0), max(many, default=0) + 1)
    return Bars(
        Words("Managers by steps from the mean of all", "各上级与全体平均相差的档数"),
        tuple(
            Bar(
                same(("+" if nth > 0 else "") + figure(nth * half)),
                Decimal(many[nth]),
                same(f"{many[nth]:,}"),
                alarm=abs(nth) >= 1,
            )
            for nth in span
        ),
        alarm=Words("strict or lenient", "偏严或偏宽"),
    )


STRICTNESS = ReportKind(
    "strictness",
    TITLE,
    Words("Who rates stricter or more leniently than the others?", "哪些上级评级偏严或偏宽？"),
    (MANAGER, RATED, DIFFERENCE, STEPS, WORD),
    make,
    needs_cycle=True,
    of_results=True,
    readers="hr",
)
