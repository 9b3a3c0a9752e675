"""What a reader is shown of results: what everybody is shown, less what would tell them of a few whom they may not see.

Whoever may see the results of all but a few of a group by themselves works out these from the group's figures. HR could
do that to the managers above them, so from the release on HR and everybody above them are counted for nobody. Whoever
else is counted and may not be looked up by a reader, as somebody who was not HR then, takes the group away from that
reader. Nobody is shown another number: two numbers that differ by one person are that person's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import may
from flows.reports.cells import COMPANY, LEAST, Counts, Group, Place, shown_groups, sizes_of
from flows.reports.records import ReportRecords
from flows.reports.report import Asked, By, Figure
from flows.reports.scope import Scope
from flows.results.releasing.opening import FIRST_ZONE
from flows.results.stages import above_in, things_about

ALL: tuple[By | None, ...] = (None, "department", "level", "manager")
Tally = Counter[str]
"""What is counted of people: how many have each rating, or how many have a value and the sum of these."""

GROUP = Figure(
    "group",
    Words("Group", "分组"),
    Words(
        "A department, a level, or the people of a manager, as they stood when the results were released.",
        "部门、职级，或某位上级的团队；以结果发布时的归属为准。",
    ),
    "text",
)
NOT_RELEASED = Words(
    "The results of {name} are not released yet. Their figures are here once everybody may look at their own.",
    "“{name}”的结果尚未发布。待所有员工都可以查看自己的结果之后，这里才会显示统计。",
)
NOT_OPEN = Words(
    "The results of {name} open to everybody on {day}; their figures are here from then on.",
    "“{name}”的结果将于 {day} 向所有员工开放，届时这里才会显示统计。",
)
NOTHING = Words(
    "{name} has no released result that counts here: what was released is not kept any longer, or nobody had one.",
    "“{name}”没有可以统计的已发布结果：结果已过保留期，或当时没有人有结果。",
)
TOO_FEW = Words(
    "As released; appeals change nothing here. Not shown: groups of fewer than {n}, and those from which fewer could be "
    "worked out.",
    "以发布时的结果为准，申诉不会改变这些数字。不足 {n} 人的分组，以及可能由此推算出更少人数的分组，均不显示。",
)
NOT_COUNTED = Words(
    " HR and the managers above them are not counted, for whoever reads this could work theirs out.",
    "HR 及其各级上级不计入，否则查看报告的人可能推算出他们的结果。",
)


@dataclass(frozen=True)
class Ground:
    """A cycle's released results, everybody who is counted by place; `far` are those whom the reader may not look up."""

    cycle: Cycle
    ratings: Mapping[Place, Mapping[str, int]]
    far: Counts
    leaders: Mapping[int, str]
    above: frozenset[int]

    @property
    def least(self) -> int:
        return max(LEAST, self.cycle.template.anonymity.upward)

    @cached_property
    def everybody(self) -> Counts:
        """Who has a result, rated or not."""
        return {place: sum(found.values()) for place, found in self.ratings.items()}

    @cached_property
    def rated(self) -> Counts:
        """Who has a rating."""
        counted = {place: sum(found.values()) - found.get("", 0) for place, found in self.ratings.items()}
        return {place: number for place, number in counted.items() if number}

    def seen(self, people: Counts) -> frozenset[Group]:
        """The groups that may be shown of figures about these people, who are some or all of everybody."""
        shown = shown_groups(people, self.least)
        if not self.far:
            return shown
        far, everybody = self.sizes
        counted, unseen = sizes_of(people), sum(self.far.values())

        def may_stand(group: Group) -> bool:
            inside = far.get(group, 0)
            surely = counted[group] - (everybody[group] - inside)  # at least so many of them are counted
            return not inside or (inside == unseen and surely >= self.least)

        return frozenset(group for group in shown if may_stand(group))

    @cached_property
    def sizes(self) -> tuple[Mapping[Group, int], Mapping[Group, int]]:
        """How many in each group are out of the reader's sight, and how many there are."""
        return sizes_of(self.far), sizes_of(self.everybody)

    def note(self) -> Words:
        """What is shown, and who is not counted."""
        return TOO_FEW.fill(n=self.least) + NOT_COUNTED


def ground_of(records: ReportRecords, reader: Person, cycle: Cycle, scope: Scope, now: datetime) -> Ground:
    """The results of a cycle that are open to everybody; refuses those of one whose are not, or not kept any more."""
    release = records.releases.get(cycle.id)
    if release is None or release.released_at is None or release.employees_at is None:
        raise Refusal(NOT_RELEASED, name=cycle.name)
    if now < release.employees_at:
        day = day_words(local_day(release.employees_at, FIRST_ZONE))
        raise Refusal(NOT_OPEN, name=cycle.name, day=day)
    ratings = tallied(records.reports.results.ratings(cycle.id))
    if not ratings:
        raise Refusal(NOTHING, name=cycle.name)
    far = far_from(records, reader, [cycle], now)
    leaders = records.reports.results.leaders(cycle.id, scope)
    return Ground(cycle, ratings, far, leaders, above_in(records, reader, cycle))


def far_from(records: ReportRecords, reader: Person, cycles: Sequence[Cycle], now: datetime) -> Counts:
    """Who is counted in all these cycles and may not be looked up by the reader in each, by place in the first of them.

    What lies outside their departments and their line is counted by the database; of those above the reader, and of
    themselves, the policy is asked one by one.
    """
    kept, numbers = records.reports.results, [cycle.id for cycle in cycles]
    scopes = [Scope(same(""), below=reader.id)]
    if reader.is_hr:
        scopes.append(Scope(same(""), departments=reader.hr_scope))
    apart = {reader.id}.union(*(above_in(records, reader, cycle) for cycle in cycles))
    far = Counter(kept.outside(numbers, scopes, apart))
    places = [kept.places(number, sorted(apart)) for number in numbers]
    people = records.people.many(set(places[0]).intersection(*places))
    seen = [things_about(records, reader, "score_final", cycle, people, now) for cycle in cycles]
    for person in people:
        if not all(may(reader, "view", things.get(person.id), now) for things in seen):
            far[places[0][person.id]] += 1
    return far


def tallied(rows: Iterable[tuple[Place, str, int]]) -> dict[Place, dict[str, int]]:
    """How many have what, by place."""
    found: dict[Place, dict[str, int]] = {}
    for place, what, number in rows:
        found.setdefault(place, {})[what] = number
    return found


def by_group(
    counted: Mapping[Place, Mapping[str, int]], kinds: Collection[By | None] = ALL
) -> dict[Group, Tally]:
    """The same counts by group, of these kinds of group."""
    found: dict[Group, Tally] = {}
    for place, numbers in counted.items():
        for group in place.groups:
            if group[0] in kinds:
                tally = found.setdefault(group, Counter())
                for what, number in numbers.items():
                    tally[what] += number
    return found


def by_meant(asked: Asked) -> By:
    """By what the rows are: a manager's line is shown by manager, and levels reach over all departments."""
    if asked.scope.below is not None:
        return "manager"
    return "department" if asked.scope.departments is not None and asked.by == "level" else asked.by


def rows_of(ground: Ground, asked: Asked) -> list[tuple[Group, Words]]:
    """The groups that the report is about, by name, whether they may be shown or not.

    The people of managers above the reader are no row.
    """
    by = by_meant(asked)
    if by == "manager":
        return [
            (("manager", manager), same(name))
            for manager, name in ground.leaders.items()
            if manager not in ground.above
        ]
    names = {place.department if by == "department" else place.level for place in ground.everybody}
    within = asked.scope.departments if by == "department" else None
    return [((by, name), same(name)) for name in sorted(names) if name and (within is None or name in within)]


def whole_of(ground: Ground, asked: Asked) -> list[Group]:
    """The groups that make up the scope, none of which has somebody of another."""
    if asked.scope.whole:
        return [COMPANY]
    if asked.scope.departments is not None:
        return [("department", name) for name in sorted(asked.scope.departments)]
    return [("manager", manager) for manager in ground.leaders]


def together(
    tallies: Mapping[Group, Tally], groups: Iterable[Group], seen: Collection[Group]
) -> Tally | None:
    """The sum of those that are shown; None where none is."""
    found = Counter[str]()
    shown = [tallies[group] for group in groups if group in seen]
    for tally in shown:
        found.update(tally)
    return found if shown else None


def kinds_of(asked: Asked) -> frozenset[By | None]:
    """The kinds of group that its rows and their sum are made of."""
    whole: By | None = "department" if asked.scope.departments is not None else None
    return frozenset({by_meant(asked), "manager" if asked.scope.below is not None else whole})
