"""How ratings are spread: tables of the guide by whole people, of pooling and of strictness, and what always holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.words import Words
from flows.cycle.template import Free, Guide, Step, Template
from flows.results.calibrating.groups import compare, forbidden, nowhere, pooled
from flows.results.distribution import (
    MEANING,
    Rated,
    bands,
    counts,
    moved,
    share,
    step_of,
    strictness,
    value_of,
)

SCALE = tuple(
    Step(key, Words(key, key), Decimal(value))
    for key, value in (("S", 5), ("A", 4), ("B", 3), ("C", 2), ("D", 1))
)
TEMPLATE = Template("half-year", Words("Half year", "半年"), "half_year", (), scale=SCALE)
TENTHS = Template("free", Words("Free", "自由"), "year", (), free=Free(Decimal(1), Decimal(5), 1))
GUIDE = Guide(
    ((("S", "A"), Decimal(20)), (("B",), Decimal(70)), (("C", "D"), Decimal(10))), tolerance=Decimal(10)
)
EXACT = replace(GUIDE, tolerance=Decimal(0))


def rated(person: int, rating: str, manager: int | None = 1, given: str = "", **groups: str) -> Rated:
    department, level = groups.get("department", "Sales"), groups.get("level", "L3")
    return Rated(person, rating, given or rating, "", manager, department, level)


def people(ratings: str, first: int = 1, manager: int | None = 1, **groups: str) -> list[Rated]:
    return [rated(first + nth, rating, manager, **groups) for nth, rating in enumerate(ratings)]


def test_ratings_are_counted_in_the_scales_order_and_a_missing_one_nowhere() -> None:
    assert counts(TEMPLATE, ["B", "", "S", "B"]) == {"S": 1, "A": 0, "B": 2, "C": 0, "D": 0}
    assert list(counts(TEMPLATE, [])) == ["S", "A", "B", "C", "D"]


def test_a_scale_without_steps_is_counted_in_five_parts() -> None:
    found = counts(TENTHS, ["1", "1.7", "1.8", "3.4", "5", "4.2", ""])
    assert list(found.items()) == [("4.2–5", 2), ("3.4–4.2", 1), ("2.6–3.4", 0), ("1.8–2.6", 1), ("1–1.8", 2)]
    assert sum(counts(replace(TENTHS, free=Free(Decimal(2), Decimal(2))), ["2"]).values()) == 1


@pytest.mark.parametrize(("part", "total", "percent"), [(1, 3, 33), (1, 8, 13), (2, 3, 67), (0, 0, 0)])
def test_a_share_is_in_whole_percent_half_up(part: int, total: int, percent: int) -> None:
    assert share(part, total) == percent


@pytest.mark.parametrize(
    ("guide", "number", "ranges"),
    [
        (
            GUIDE,
            10,
            [(1, 3), (6, 8), (0, 2)],
        ),  # by people: 20 % of ten less ten points is one, not 1.0 or 0.9
        (EXACT, 10, [(2, 2), (7, 7), (1, 1)]),
        (EXACT, 13, [(2, 3), (9, 10), (1, 2)]),  # 2.6, 9.1 and 1.3 people: nobody is cut in two
        (GUIDE, 13, [(1, 4), (7, 11), (0, 3)]),
        (GUIDE, 0, [(0, 0), (0, 0), (0, 0)]),
        (replace(GUIDE, tolerance=Decimal(100)), 5, [(0, 5), (0, 5), (0, 5)]),
    ],
)
def test_the_guide_counts_whole_people(guide: Guide, number: int, ranges: list[tuple[int, int]]) -> None:
    assert [(band.least, band.most) for band in bands(guide, ["B"] * number)] == ranges


def test_what_is_too_many_and_what_is_too_few() -> None:
    off = [band.off for band in bands(EXACT, ["S", "A", "A", *"BBBBBBB"])]
    assert off == [1, 0, -1]
    assert [band.people for band in bands(EXACT, ["S", "A", "", "D"])] == [2, 0, 1]


def test_small_teams_are_looked_at_with_the_managers_above_then_together_then_only_with_all() -> None:
    above = {"11": "1", "12": "1", "21": "2", "31": None, "1": None, "2": None}.get
    everybody = [
        *people("BBBBB", 100, 11), *people("BBBB", 200, 12), *people("BB", 300, 1),  # 11 together under 1
        *people("BBB", 400, 21), *people("BBBB", 500, 2), *people("BBB", 600, 31),  # 7 and 3: at the top
    ]  # fmt: skip
    groups, few = pooled("manager", everybody, 10, above)
    assert [(group.names, group.at, len(group.people)) for group in groups] == [
        (("1", "11", "12"), "1", 11),
        (("2", "21", "31"), "", 10),
    ]
    assert few == ()
    assert all(group.is_pooled for group in groups)
    assert groups[0].key == "manager:1:11:12"
    groups, few = pooled("manager", everybody[:-1], 10, above)
    assert [group.names for group in groups] == [("1", "11", "12")]
    assert few == ("2", "21", "31")


def test_a_large_team_stands_alone_and_takes_the_small_one_below_it() -> None:
    above = {"11": "1", "1": None}.get
    alone, _ = pooled("manager", people("B" * 10, 100, 11), 10, above)
    assert [(group.names, group.is_pooled) for group in alone] == [(("11",), False)]
    both, _ = pooled("manager", [*people("BB", 1, 11), *people("B" * 12, 100, 1)], 10, above)
    assert [(group.names, len(group.people)) for group in both] == [(("1", "11"), 14)]
    under, _ = pooled("manager", people("B" * 3, 1, 11), 3, above)
    assert not under[0].is_pooled


def test_two_who_are_each_others_managers_end_no_pooling() -> None:
    above = {"1": "2", "2": "1"}.get
    groups, few = pooled("manager", [*people("BB", 1, 1), *people("BB", 9, 2)], 10, above)
    assert groups == []
    assert few == ("1", "2")


def test_everybody_is_compared_first_and_the_same_people_are_not_compared_twice() -> None:
    sales, people_ = (
        people("B" * 11),
        people("AAAA", 50, 2, department="People", level="L4"),
    )
    compared, few = compare(GUIDE, [*sales, *people_], nowhere)
    assert [(one.group.kind, one.group.names) for one in compared] == [
        ("all", ()), ("department", ("Sales",)), ("manager", ("1",)), ("level", ("L3",)),
    ]  # fmt: skip
    assert few == {"department": ("People",), "manager": ("2",), "level": ("L4",)}
    assert [one.differs for one in compared] == [False, True, True, True]
    only, _ = compare(GUIDE, sales, nowhere)
    assert [one.group.kind for one in only] == ["all"]


def test_fewer_than_the_pool_are_compared_with_nothing() -> None:
    compared, _ = compare(GUIDE, people("SSSSSSSSS"), nowhere)
    assert [(one.bands, one.differs) for one in compared] == [((), False)]


def test_only_a_forced_guide_forbids_and_only_for_everybody_and_departments() -> None:
    everybody = [*people("B" * 12), *people("SSSSCBBBBBBB", 50, 2, department="People", level="L4")]
    forced = replace(GUIDE, forced=True)
    compared, _ = compare(forced, everybody, nowhere)
    assert {one.group.kind for one in compared if one.differs} == {"department", "manager", "level"}
    assert [one.group.key for one in forbidden(forced, compared)] == ["department:Sales"]
    assert forbidden(GUIDE, compared) == []


def test_strictness_is_said_of_three_people_on_by_what_the_manager_gave() -> None:
    strict = [rated(n, "S", 1, "C") for n in range(3)]
    lenient = people("SSA", 10, 2)
    medium = people("BBBB", 20, 3)
    few = people("SS", 30, 4)
    found = strictness(TEMPLATE, [*strict, *lenient, *medium, *few])
    assert [(one.manager, one.people, one.difference, one.word) for one in found] == [
        (1, 3, Decimal("-1.50"), "strict"),
        (3, 4, Decimal("-0.50"), "strict"),
        (2, 3, Decimal("1.17"), "lenient"),
    ]
    close = strictness(TEMPLATE, [*people("ABB", 1, 1), *people("BBB", 9, 2)])
    assert {one.word for one in close} == {"medium"}


def test_nobody_counts_in_a_strictness_without_a_rating_or_a_manager() -> None:
    assert strictness(TEMPLATE, [*people(["", "", "B"]), *people("BBB", 9, None)]) == []  # type: ignore[arg-type]
    assert strictness(TEMPLATE, []) == []


def test_a_step_is_the_mean_distance_on_the_scale() -> None:
    values = ("5", "4", "3.75", "3.5", "3.25", "3")
    ali = replace(TEMPLATE, scale=tuple(Step(v, Words(v, v), Decimal(v)) for v in values))
    assert step_of(ali) == Decimal("0.4")
    assert step_of(TENTHS) == 1
    assert step_of(replace(TEMPLATE, scale=SCALE[:1])) == 1
    assert value_of(TENTHS, "3.5") == Decimal("3.5")
    assert [value_of(TEMPLATE, key) for key in ("S", "", "Z")] == [5, None, None]


def test_moves_are_counted_up_and_down_the_scale() -> None:
    everybody = [
        rated(1, "A", given="B"),
        rated(2, "C", given="B"),
        rated(3, "B"),
        rated(4, "A", given="S"),
        rated(5, ""),
    ]
    assert moved(TEMPLATE, everybody) == (1, 2)


def test_every_figure_says_what_it_is_in_both_languages() -> None:
    assert set(MEANING) == {"share", "guide", "pool", "strictness", "moved"}
    assert all(words.en.endswith(".") and words.zh.endswith("。") for words in MEANING.values())
    assert "3 people" in MEANING["strictness"].en


# What always holds.

ratings = st.lists(st.sampled_from(["S", "A", "B", "C", "D", ""]), max_size=60)
tolerances = st.decimals(0, 100, places=1)


@st.composite
def companies(draw: st.DrawFn) -> tuple[list[Rated], dict[str, str]]:
    """People below managers of whom each but the first has another above them."""
    managers = draw(st.integers(1, 8))
    above = {str(n): str(draw(st.integers(1, n - 1))) for n in range(2, managers + 1)}
    found = [
        rated(
            100 + n,
            draw(st.sampled_from("SABCD")),
            draw(st.one_of(st.none(), st.integers(1, managers))),
            department=draw(st.sampled_from(["Sales", "People", ""])),
            level=draw(st.sampled_from(["L1", "L2"])),
        )
        for n in range(draw(st.integers(0, 40)))
    ]
    return found, above


@given(ratings)
def test_every_rating_is_counted_once(given_: Sequence[str]) -> None:
    assert sum(counts(TEMPLATE, given_).values()) == sum(1 for rating in given_ if rating)
    assert sum(band.people for band in bands(GUIDE, given_)) == sum(1 for rating in given_ if rating)


@given(st.integers(0, 200), tolerances)
def test_there_is_always_a_spread_that_fits(number: int, tolerance: Decimal) -> None:
    parts = bands(replace(GUIDE, tolerance=tolerance), ["B"] * number)
    assert sum(band.least for band in parts) <= number <= sum(band.most for band in parts)


@given(ratings, tolerances, tolerances)
def test_more_tolerance_never_refuses_what_fitted(
    given_: Sequence[str], first: Decimal, second: Decimal
) -> None:
    narrow, wide = sorted((first, second))
    for tight, loose in zip(
        bands(replace(GUIDE, tolerance=narrow), given_),
        bands(replace(GUIDE, tolerance=wide), given_),
        strict=True,
    ):
        assert abs(loose.off) <= abs(tight.off)


@given(companies(), st.integers(1, 12))
def test_pooling_loses_nobody_and_leaves_no_small_group(
    company: tuple[list[Rated], dict[str, str]], least: int
) -> None:
    everybody, above = company
    for kind in ("department", "manager", "level"):
        groups, few = pooled(kind, everybody, least, above.get if kind == "manager" else lambda _: None)
        assert all(len(group.people) >= least for group in groups)
        named = [name for group in groups for name in group.names] + list(few)
        assert len(named) == len(set(named))
        left = [one for one in everybody if all(one not in group.people for group in groups)]
        assert len(left) < least
        assert len(left) + sum(len(group.people) for group in groups) == len(everybody)


@given(companies())
def test_the_strictness_of_all_managers_weighs_up_to_nothing(
    company: tuple[list[Rated], dict[str, str]],
) -> None:
    everybody = [replace(one, manager=one.manager or 1) for one in company[0]]
    sizes = {m: sum(one.manager == m for one in everybody) for m in {one.manager for one in everybody}}
    if any(size < 3 for size in sizes.values()):
        return
    found = strictness(TEMPLATE, everybody)
    assert {one.manager: one.people for one in found} == sizes
    assert abs(sum((one.difference * one.people for one in found), Decimal(0))) <= Decimal("0.005") * len(
        everybody
    )
