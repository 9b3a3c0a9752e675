"""Which groups of a company may be shown side by side, so that no arithmetic over them gives away too few people.

The family is fixed: everybody, each department, each level, and the people of each manager. Whoever sees the sums of
some groups can add and subtract them with any factors. What comes out must be about nobody, or about at least `least`
people; it is so for all readers together, because everybody is shown the same groups.

A manager's people are shown only where they are all of one department. Then the shown groups are sums of *leaves* (a
shown manager's people; what is left of a shown department; what is left of all others) and of levels, and everything
that can be worked out gives each person a number of their leaf plus one of their level. Leaves and levels are the two
sides of a graph with an edge for each person. Where such a sum is zero for all but a few, these few are edges without
which the graph falls apart. So nothing about fewer than `least` can be worked out if no part of the graph falls apart by
taking fewer edges away; and where all leaves and levels are shown, only then. Leaves that are large enough hold
together by themselves; `bound` looks at the levels.

What it costs: teams over several departments are never shown, and a remainder that is too small costs the smallest
group beside it. `tests/anonymity/test_differencing.py` holds it against ranks over the rationals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from flows.reports.report import By

LEAST = 4  # people of whom a report tells anything, whatever the template says
Group = tuple[By | None, str | int]
"""A department or a level by its name, a manager's people by the manager's id; `COMPANY` is everybody."""
COMPANY: Group = (None, "")

Leaf = tuple[str, str | int]
REST = ""  # what stands in no shown group; no department and no level is called that


class Place(NamedTuple):
    """Where somebody stands in a cycle: "" and None where they have no department, level or manager."""

    department: str
    level: str
    manager: int | None

    @property
    def groups(self) -> tuple[Group, ...]:
        """Everything that they are counted in."""
        found: list[Group] = [COMPANY]
        found += [("department", self.department)] if self.department else []
        found += [("level", self.level)] if self.level else []
        return (*found, *([("manager", self.manager)] if self.manager is not None else ()))


Counts = Mapping[Place, int]
"""How many people there are of each place."""


def shown_groups(people: Counts, least: int = LEAST) -> frozenset[Group]:
    """The groups that may be shown. What stands in the way is withheld, the smallest first, and everybody last."""
    sizes = sizes_of(people)
    if sizes.get(COMPANY, 0) < least:
        return frozenset()
    mixed = over_departments(people)
    large = {group for group, size in sizes.items() if size >= least and group not in mixed}
    departments = kept_apart({group for group in large if group[0] == "department"}, sizes, least)
    teams = teams_kept(people, {group for group in large if group[0] == "manager"}, departments, least)
    levels = kept_apart({group for group in large if group[0] == "level"}, sizes, least)
    levels = bound(people, levels, teams, departments, sizes, least)
    return frozenset({COMPANY, *departments, *teams, *levels})


def sizes_of(people: Counts) -> dict[Group, int]:
    """How many stand in each group."""
    sizes: dict[Group, int] = defaultdict(int)
    for place, number in people.items():
        for group in place.groups:
            sizes[group] += number
    return sizes


def over_departments(people: Counts) -> set[Group]:
    """The managers whose people are of several departments."""
    home: dict[int, str] = {}
    return {
        ("manager", place.manager)
        for place in people
        if place.manager is not None and home.setdefault(place.manager, place.department) != place.department
    }


def kept_apart(groups: Collection[Group], sizes: Mapping[Group, int], least: int) -> set[Group]:
    """Of groups that share nobody, those to show: those beside them are nobody, or enough."""
    shown = sorted(groups, key=lambda group: order(group, sizes))
    rest = sizes[COMPANY] - sum(sizes[group] for group in shown)
    while 0 < rest < least and shown:
        rest += sizes[shown.pop(0)]
    return set(shown)


def order(group: Group, sizes: Mapping[Group, int]) -> tuple[int, str]:
    """The smallest is withheld first; of equal ones always the same."""
    return sizes[group], str(group[1])


def teams_kept(
    people: Counts, teams: Collection[Group], departments: Collection[Group], least: int
) -> set[Group]:
    """Of the managers' people those to show: what else is in their department is nobody, or enough.

    Departments that are not shown are one together.
    """
    inside: dict[str, dict[Group, int]] = defaultdict(lambda: defaultdict(int))
    rest: dict[str, int] = defaultdict(int)
    for place, number in people.items():
        home = place.department if ("department", place.department) in departments else REST
        team: Group = ("manager", place.manager or 0)
        if team in teams:
            inside[home][team] += number
        else:
            rest[home] += number
    shown: set[Group] = set()
    for home, sizes in inside.items():
        left = sorted(sizes, key=lambda group: order(group, sizes))
        while 0 < rest[home] < least and left:
            rest[home] += sizes[left.pop(0)]
        shown |= set(left)
    return shown


def bound(
    people: Counts,
    levels: set[Group],
    teams: Collection[Group],
    departments: Collection[Group],
    sizes: Mapping[Group, int],
    least: int,
) -> set[Group]:
    """Of the levels those to show, so that no fewer than `least` people hold the graph together anywhere."""
    shown = set(levels)
    while shown:
        leaves: dict[Leaf, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for place, number in people.items():
            level = place.level if ("level", place.level) in shown else REST
            leaves[leaf_of(place, teams, departments)][level] += number
        loose = loose_pairs([*leaves.values()], least)
        if not loose:
            break
        for near in loose:
            named = [group for group in shown if group[1] in near]
            shown -= {min(named, key=lambda group: order(group, sizes))} if named else set()
    return shown


def leaf_of(place: Place, teams: Collection[Group], departments: Collection[Group]) -> Leaf:
    """The smallest piece of the company that can be told of whoever stands there, levels aside."""
    if place.manager is not None and ("manager", place.manager) in teams:
        return ("manager", place.manager)
    return ("department", place.department if ("department", place.department) in departments else REST)


def loose_pairs(leaves: Iterable[Mapping[str, int]], least: int) -> list[frozenset[str]]:
    """Two lots of levels each that touch in some leaf, and which too few people may hold together.

    Two levels stay together, whoever is taken away, if in all leaves together the smaller of the two counts comes to
    `least`: on whichever side of a cut a leaf is, it loses one of them. Such levels are one from then on, which may
    bind them to others. What touches and is not bound in the end may fall apart by fewer.
    """
    found: list[dict[str, int]] = [{**leaf} for leaf in leaves]
    lots: dict[str, set[str]] = {level: {level} for leaf in found for level in leaf}
    while True:
        found = [leaf for leaf in found if len(leaf) > 1]
        common: dict[tuple[str, str], int] = defaultdict(int)
        for leaf in found:
            for one, other in combinations(sorted(leaf), 2):
                common[one, other] += min(leaf[one], leaf[other])
        into = joined([pair for pair, number in common.items() if number >= least])
        if not into:
            return [frozenset(lots[one] | lots[other]) for one, other in sorted(common)]
        for level, lot in into.items():
            if level != lot:
                lots[lot] |= lots.pop(level)
        found = [merged(leaf, into) for leaf in found]


def joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each of the pairs is called when both of a pair are one: by the first of all that are one with it."""
    into: dict[str, str] = {}

    def root(level: str) -> str:
        while into.setdefault(level, level) != level:
            into[level] = into[into[level]]
            level = into[level]
        return level

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        into[second] = first
    return {level: root(level) for level in list(into)}


def merged(leaf: Mapping[str, int], into: Mapping[str, str]) -> dict[str, int]:
    """A leaf's counts by lots of levels."""
    found: dict[str, int] = defaultdict(int)
    for level, number in leaf.items():
        found[into.get(level, level)] += number
    return dict(found)
