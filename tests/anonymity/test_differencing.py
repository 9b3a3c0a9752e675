"""No group smaller than the threshold can be worked out from everything that is shown, by anybody, at any time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reviews.complement import shown_cells
from tests.anonymity.span import Group, rank, smallest_derivable

KINDS_OF_THRESHOLD = (3, 4, 5)


def parts_of(number: int, most: int | None = None) -> Iterator[tuple[int, ...]]:
    """Every way to split so many people into teams."""
    if number == 0:
        yield ()
    for first in range(min(number, most or number), 0, -1):
        for rest in parts_of(number - first, first):
            yield (first, *rest)


def organisation(sizes: tuple[int, ...], departments: int = 1) -> dict[str, Group]:
    """Teams of these sizes, in turn in so many departments, and the company."""
    groups: dict[str, Group] = {}
    first = 0
    for number, size in enumerate(sizes):
        groups[f"team {number}"] = frozenset(range(first, first + size))
        first += size
    for number in range(departments):
        groups[f"department {number}"] = frozenset().union(
            *(groups[f"team {team}"] for team in range(number, len(sizes), departments))
        )
    groups["company"] = frozenset(range(first))
    return groups


SHAPES = [shape for number in range(1, 13) for shape in parts_of(number)]


@pytest.mark.parametrize("least", KINDS_OF_THRESHOLD)
def test_in_no_organisation_of_up_to_twelve_people_is_a_small_group_worked_out(least: int) -> None:
    naive = shown_by_threshold = shown_at_all = 0
    for shape in SHAPES:
        for departments in (1, 2):
            groups = organisation(shape, departments)
            large = [group for group in groups.values() if len(group) >= least]
            naive += smallest_derivable(large, least) is not None
            shown = shown_cells(groups, least)
            assert smallest_derivable([groups[name] for name in shown], least) is None, (shape, departments)
            shown_by_threshold += len(large)
            shown_at_all += len(shown)
    assert naive > 2 * len(SHAPES) // 3, (
        "the threshold alone leaks in many of these, or the test sees nothing"
    )
    assert shown_at_all > 0.6 * shown_by_threshold


@pytest.mark.parametrize("least", KINDS_OF_THRESHOLD)
def test_what_one_reader_answered_themself_helps_them_to_nothing(least: int) -> None:
    for shape in SHAPES:
        groups = organisation(shape)
        readers = [frozenset({person}) for person in groups["company"]]
        shown = [groups[name] for name in shown_cells(groups, least, readers=readers)]
        assert all(smallest_derivable(shown, least, own) is None for own in readers), shape


def test_groups_that_overlap_in_a_few_people_are_not_both_shown() -> None:
    groups: dict[str, Group] = {"project": frozenset(range(6)), "team": frozenset(range(4, 10))}
    assert shown_cells(groups, 3) in ({"project"}, {"team"})


def test_a_remainder_that_is_too_small_costs_the_smallest_beside_it() -> None:
    groups = organisation((10, 10, 2))
    shown = shown_cells(groups, 3)
    assert len(shown & {"team 0", "team 1"}) == 1
    assert shown & {"company", "department 0"}


def test_what_was_shown_before_stays_and_what_comes_later_gives_way() -> None:
    before: dict[str, Group] = {"spring": frozenset(range(8))}
    later = before | {"summer": frozenset(range(9))}
    assert shown_cells(later, 3, before=before) == {"spring"}
    enough = before | {"summer": frozenset(range(11))}
    assert shown_cells(enough, 3, before=before) == {"spring", "summer"}


people = st.integers(0, 29)
anything = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2), st.frozensets(people, min_size=1), max_size=6
)


@settings(max_examples=200, deadline=None)
@given(anything, st.sampled_from(KINDS_OF_THRESHOLD), st.data())
def test_however_groups_lie_over_each_other_and_in_time(
    groups: dict[str, Group], least: int, data: st.DataObject
) -> None:
    names = sorted(groups)
    first = data.draw(st.sets(st.sampled_from(names))) if names else set()
    before = shown_cells({name: groups[name] for name in first}, least)
    shown = shown_cells(groups, least, before=before)
    assert before <= shown
    assert smallest_derivable([groups[name] for name in sorted(shown)], least) is None


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Group]:
    """A company of departments of teams of random sizes, with people who stand in a department alone."""
    groups: dict[str, Group] = {}
    first = 0
    whole: set[int] = set()
    for department in range(draw(st.integers(1, 4))):
        members: set[int] = set()
        for team in range(draw(st.integers(0, 4))):
            size = draw(st.integers(1, 12))
            groups[f"{department}.{team}"] = frozenset(range(first, first + size))
            members |= groups[f"{department}.{team}"]
            first += size
        alone = draw(st.integers(0, 3))
        members |= set(range(first, first + alone))
        first += alone
        groups[str(department)] = frozenset(members)
        whole |= members
    groups["all"] = frozenset(whole)
    return groups


@settings(max_examples=200, deadline=None)
@given(trees(), st.integers(3, 10))
def test_in_random_organisations(groups: dict[str, Group], least: int) -> None:
    shown = shown_cells(groups, least)
    assert smallest_derivable([groups[name] for name in sorted(shown)], min(least, 5)) is None
    alone = [name for name, group in groups.items() if len(group) >= least]
    if smallest_derivable([groups[name] for name in alone], least) is None and least <= 5:
        assert shown == set(alone), "where nothing can be worked out, everything large enough is shown"


def test_ranks() -> None:
    assert rank([[1, 1, 0], [0, 1, 1], [1, 2, 1]]) == 2
    assert rank([]) == 0
