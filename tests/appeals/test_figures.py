"""Figures about appeals tell nothing about fewer than four, and nothing follows from those that are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cycle.template import NudgePolicy
from flows.results.appealing.figures import FEWEST, OTHERS, Counted, by_department, figures, working_days
from tests.people.test_policy import person

rows = st.lists(
    st.builds(
        Counted, st.sampled_from(["A", "B", "C", "D"]), st.sampled_from(["decided", "withdrawn", "level1"]),
        st.sampled_from(["", "upheld", "rejected"]), st.one_of(st.none(), st.integers(0, 30)),
    ),
    max_size=20,
)  # fmt: skip


@given(rows)
def test_a_department_is_told_alone_only_with_enough_and_the_rest_is_never_too_small(
    several: list[Counted],
) -> None:
    whole = figures(several)
    assert (whole is None) == (len(several) < FEWEST)
    parts = by_department(several)
    assert all(one.number >= FEWEST for one in parts.values())
    if whole is not None:
        assert sum(one.number for one in parts.values()) == whole.number, (
            "no department is left out of the sum"
        )
    for name in parts:
        if name != OTHERS:
            assert parts[name].number == sum(row.department == name for row in several)


def test_a_single_one_beside_a_large_department_is_counted_with_it() -> None:
    several = [Counted("A", "decided", "upheld", 4)] * 5 + [Counted("B", "decided", "rejected", 9)]
    assert [(name, one.number) for name, one in by_department(several).items()] == [(OTHERS, 6)]
    found = figures(several)
    assert found is not None
    assert found.days == 4
    assert found.outcomes == {"upheld": 5, "rejected": 1}


@pytest.mark.parametrize(
    ("zone", "start", "end", "days"),
    [
        ("Europe/Berlin", "2026-03-18T15:00", "2026-03-18T20:00", 0),
        ("Europe/Berlin", "2026-03-20T15:00", "2026-03-23T08:00", 1),
        ("Europe/Berlin", "2026-04-02T08:00", "2026-04-07T08:00", 1),  # Good Friday and Easter Monday
        (
            "Asia/Shanghai",
            "2026-02-13T08:00",
            "2026-02-14T08:00",
            1,
        ),  # a Saturday that is worked before the festival
    ],
)
def test_working_days_are_those_of_the_persons_calendar(zone: str, start: str, end: str, days: int) -> None:
    who = replace(person(1), zone=zone)
    first, last = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (start, end))
    assert working_days(first, last, who, NudgePolicy()) == days
