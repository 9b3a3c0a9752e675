"""Two lists of what was agreed are laid side by side, and what is not the same has a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.interviews.differing import difference, likeness, pairs
from flows.interviews.talked import Point

NAMES = {"person": "Lina", "manager": "Mo"}
MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)
POINTS = st.builds(
    Point, st.text("abc 报告", min_size=1, max_size=8), st.sampled_from(["person", "manager", "both"]),
    st.sampled_from([None, MAY, JUNE]),
)  # fmt: skip
LISTS = st.lists(POINTS, max_size=6)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Finish the AWS course", "AWS course done", True),
        ("Lead the release in May", "lead the release, in may!", True),
        ("六月底前完成项目管理培训", "完成项目管理培训", True),
        ("Finish the AWS course", "Talk to Sales every week", False),
        ("完成项目管理培训", "每周与销售沟通", False),
        ("A", "B", False),
        ("!", "?", True),  # neither has a letter
    ],
)
def test_wordings_that_mean_the_same_are_known_in_either_language(one: str, other: str, alike: bool) -> None:
    assert (likeness(one, other) >= 0.45) is alike
    assert likeness(one, other) == likeness(other, one)


@given(LISTS, LISTS)
def test_every_point_stands_in_one_pair_and_the_sides_can_be_exchanged(
    mine: list[Point], theirs: list[Point]
) -> None:
    found = pairs(mine, theirs)
    assert [pair.person for pair in found if pair.person] == mine
    assert sorted(map(str, (pair.manager for pair in found if pair.manager))) == sorted(map(str, theirs))
    turned = pairs(theirs, mine)
    assert sum(pair.person is not None and pair.manager is not None for pair in found) == sum(
        pair.person is not None and pair.manager is not None for pair in turned
    )


@given(LISTS)
def test_the_same_list_has_no_differences(points: list[Point]) -> None:
    distinct = list({point.what.casefold(): point for point in points if point.what.isalnum()}.values())
    assert [difference(pair, NAMES) for pair in pairs(distinct, distinct)] == [None] * len(distinct)  # type: ignore[arg-type]


def test_each_difference_has_its_sentence() -> None:
    mine = [Point("Lead the release", "person", MAY), Point("A course on SQL", "person", None)]
    theirs = [Point("Lead the release.", "both", JUNE), Point("Meet weekly", "both")]
    told = [difference(pair, NAMES) for pair in pairs(mine, theirs)]  # type: ignore[arg-type]
    assert [words and words.en for words in told] == [
        "“Lead the release”: Who does it: Lina says Lina, Mo says both. "
        "By when: Lina says Monday 4 May, Mo says Monday 1 June.",
        "Only Lina named “A course on SQL”.",
        "Only Mo named “Meet weekly”.",
    ]
    assert told[0] is not None
    assert told[0].zh.startswith(
        "“Lead the release”：负责人不同：Lina写的是Lina，Mo写的是双方。期限不同：Lina"
    )
