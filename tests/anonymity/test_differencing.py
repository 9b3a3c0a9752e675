"""No group smaller than the threshold can be worked out from everything that reports show, by anybody, at any time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reports.cells import COMPANY, Counts, Group, Place, shown_groups, sizes_of
from tests.anonymity.span import Group as People
from tests.anonymity.span import rank, smallest_derivable

KINDS_OF_THRESHOLD = (3, 4, 5)


def members(people: Counts) -> dict[Group, People]:
    """Who stands in each group, by numbers."""
    found: dict[Group, set[int]] = {}
    everybody = (place for place, number in people.items() for _ in range(number))
    for one, place in enumerate(everybody):
        for group in place.groups:
            found.setdefault(group, set()).add(one)
    return {group: frozenset(some) for group, some in found.items()}


def smallest(people: Counts, groups: frozenset[Group], least: int) -> int | None:
    """The least number of people, too few, about whom these groups give something away."""
    known = members(people)
    return smallest_derivable([known[group] for group in sorted(groups, key=repr)], least)


def large(people: Counts, least: int) -> frozenset[Group]:
    """What the threshold alone would show."""
    return frozenset(group for group, size in sizes_of(people).items() if size >= least)


def parts_of(number: int, most: int | None = None) -> Iterator[tuple[int, ...]]:
    """Every way to split so many people into teams."""
    if number == 0:
        yield ()
    for first in range(min(number, most or number), 0, -1):
        for rest in parts_of(number - first, first):
            yield (first, *rest)


def organisation(sizes: tuple[int, ...], departments: int = 1, levels: int = 1) -> Counts:
    """Teams of these sizes, in turn in so many departments; in each of them the levels in turn."""
    found: Counter[Place] = Counter()
    for team, size in enumerate(sizes):
        for one in range(size):
            found[Place(f"D{team % departments}", f"L{one % levels}", team + 1)] += 1
    return found


SHAPES = [shape for number in range(1, 12) for shape in parts_of(number)]


@pytest.mark.parametrize("least", KINDS_OF_THRESHOLD)
def test_in_no_organisation_of_up_to_eleven_people_is_a_small_group_worked_out(least: int) -> None:
    naive = shown_at_all = shown_by_threshold = 0
    for shape in SHAPES:
        for departments, levels in ((1, 1), (2, 1), (1, 2), (2, 3)):
            people = organisation(shape, departments, levels)
            shown = shown_groups(people, least)
            assert smallest(people, shown, least) is None, (shape, departments, levels)
            naive += smallest(people, large(people, least), least) is not None
            shown_at_all += len(shown)
            shown_by_threshold += len(large(people, least))
    assert naive > len(SHAPES), "the threshold alone leaks in many of these, or the test sees nothing"
    assert shown_at_all > 0.6 * shown_by_threshold


def test_a_remainder_that_is_too_small_costs_the_smallest_beside_it() -> None:
    shown = shown_groups(organisation((12, 10, 2)), 3)
    assert shown == {COMPANY, ("department", "D0"), ("level", "L0"), ("manager", 1)}


def test_the_head_of_a_department_is_not_what_is_left_of_it() -> None:
    """Heads are in the team of whoever leads the company, so that each stands alone beside the teams below them."""
    people: Counts = {
        Place("Sales", "", 1): 1, Place("Legal", "", 1): 1, Place("Sales", "", 2): 8, Place("Legal", "", 3): 6,
        Place("Sales", "", 4): 5, Place("Legal", "", 5): 9,
    }  # fmt: skip
    shown = shown_groups(people, 4)
    assert shown == {
        COMPANY,
        ("department", "Sales"),
        ("department", "Legal"),
        ("manager", 2),
        ("manager", 5),
    }


def test_a_level_that_is_nearly_a_department_is_not_shown_beside_it() -> None:
    """Two drivers outside the drivers' department: the level less the department would be about these two."""
    people: Counts = {
        Place("Drivers", "driver", None): 20, Place("Office", "driver", None): 2, Place("Office", "clerk", None): 30,
    }  # fmt: skip
    assert smallest(people, large(people, 4), 4) == 2
    assert shown_groups(people, 4) == {COMPANY, ("department", "Drivers"), ("department", "Office")}


def test_what_is_bound_through_many_teams_is_all_shown() -> None:
    """No team has more than one of each level, and still nothing can be worked out."""
    people: Counts = {
        Place("Sales", level, team): 1 for team in range(1, 9) for level in ("a", "b", "c", "d", "e")
    }
    shown = shown_groups(people, 4)
    assert len(shown) == 1 + 1 + 8 + 5
    assert smallest(people, shown, 4) is None


def test_a_team_over_two_departments_is_not_shown() -> None:
    people: Counts = {Place("Sales", "", 1): 6, Place("Legal", "", 1): 6}
    assert shown_groups(people, 4) == {COMPANY, ("department", "Sales"), ("department", "Legal")}


def test_too_few_people_are_shown_nothing() -> None:
    assert shown_groups({Place("Sales", "a", 1): 3}, 4) == frozenset()
    assert shown_groups({}, 4) == frozenset()


places = st.builds(
    Place,
    st.sampled_from(["A", "B", "C", ""]),
    st.sampled_from(["x", "y", "z", "w", ""]),
    st.sampled_from([None, 1, 2, 3, 4, 5]),
)
anyhow = st.dictionaries(places, st.integers(1, 4), min_size=1, max_size=14)


@settings(max_examples=400, deadline=None)
@given(anyhow, st.sampled_from(KINDS_OF_THRESHOLD))
def test_however_groups_lie_over_each_other(people: Counts, least: int) -> None:
    shown = shown_groups(people, least)
    assert smallest(people, shown, least) is None
    assert shown <= large(people, least)
    assert (COMPANY in shown) == (sum(people.values()) >= least)


@st.composite
def trees(draw: st.DrawFn) -> Counts:
    """A company of departments of teams of random sizes, with people who stand in a department alone."""
    found: Counter[Place] = Counter()
    for department in range(draw(st.integers(1, 4))):
        for team in range(draw(st.integers(0, 4))):
            found[Place(f"D{department}", "", 10 * department + team + 1)] += draw(st.integers(1, 12))
        found[Place(f"D{department}", "", None)] += draw(st.integers(0, 3))
    return +found


@settings(max_examples=200, deadline=None)
@given(trees(), st.sampled_from(KINDS_OF_THRESHOLD))
def test_in_a_company_without_levels_all_is_shown_that_can_be(people: Counts, least: int) -> None:
    shown = shown_groups(people, least)
    assert smallest(people, shown, least) is None
    if smallest(people, large(people, least), least) is None:
        assert shown == large(people, least)


@settings(max_examples=100, deadline=None)
@given(anyhow, st.sampled_from(KINDS_OF_THRESHOLD), st.data())
def test_the_order_in_which_people_come_changes_nothing(
    people: dict[Place, int], least: int, data: st.DataObject
) -> None:
    other = dict(data.draw(st.permutations(list(people.items()))))
    assert shown_groups(other, least) == shown_groups(people, least)


def test_ranks() -> None:
    assert rank([[1, 1, 0], [0, 1, 1], [1, 2, 1]]) == 2
    assert rank([]) == 0
