"""How a goal's number is covered by those below it, on both databases: only what contributes is added."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.cycle.records import Cycle
from flows.goals.kept import LARGEST, LIVE, Coverage, Goal, Terms
from flows.goals.tree.dividing import contribution
from storage.engine import Store
from tests.storage.test_goals import TEN, cycle, terms, version

__all__ = ["cycle"]


def test_eight_of_ten_million(store: Store, cycle: Cycle, hire: Any) -> None:
    ann = hire("Ann")
    with store.work() as records:
        save = records.goals.save
        top = save(Goal(0, ann.id, TEN, cycle.id, "company"))
        parts = [save(Goal(0, ann.id, terms(n * 10**6, top), cycle.id, "department")) for n in (4, 3, 1)]
        save(Goal(0, ann.id, terms(20, top, "contracts"), cycle.id))
        save(Goal(0, ann.id, terms(9, top), cycle.id, state="draft"))
        gone = save(Goal(0, ann.id, terms(9, top), cycle.id, state="withdrawn"))
        assert records.goals.coverage([top.id, parts[0].id]) == {top.id: Coverage(Decimal(8_000_000), 3, 1)}
        assert records.goals.cycle_coverage(cycle.id) == records.goals.coverage([top.id])
        assert [goal.id for goal in records.goals.children([top.id])] == [*(p.id for p in parts), gone.id - 2]
        assert records.goals.line_up(parts[0].id) == [top]
        below = save(
            Goal(0, ann.id, terms(80, parts[0], "contracts", rule="factor", factor=Decimal(50_000)), cycle.id)
        )
        assert records.goals.coverage([parts[0].id])[parts[0].id] == Coverage(Decimal(4_000_000), 1, 0)
        assert records.goals.line_up(below.id) == [parts[0], top]


def test_a_parent_that_changes_is_added_up_anew(store: Store, cycle: Cycle, hire: Any) -> None:
    ann = hire("Ann")
    with store.work() as records:
        save, given = records.goals.save, records.goals.coverage
        top = save(Goal(0, ann.id, TEN, cycle.id, "company"))
        for child in (
            terms(4, top),
            terms(5, top, "USD"),
            terms(2, top, "t", rule="factor", factor=Decimal(3)),
        ):
            save(Goal(0, ann.id, child, cycle.id))
        assert given([top.id])[top.id] == Coverage(Decimal(10), 2, 1)
        save(replace(top, terms=replace(TEN, unit="USD")))
        assert given([top.id])[top.id] == Coverage(Decimal(11), 2, 1)
        save(replace(top, terms=replace(TEN, lower=True)))
        assert given([top.id])[top.id] == Coverage(Decimal(6), 1, 2)
        save(replace(top, terms=replace(TEN, target=None)))
        assert given([top.id])[top.id] == Coverage(Decimal(0), 0, 3)
        save(top)
        assert given([top.id])[top.id] == Coverage(Decimal(10), 2, 1)


def test_the_largest_amounts_are_added_without_rounding(
    store: Store, cycle: Cycle, hire: Any, now: Any
) -> None:
    ann = hire("Ann")
    with store.work() as records:
        top = records.goals.save(Goal(0, ann.id, TEN, cycle.id))
        parts = [LARGEST] * 20 + [-LARGEST, Decimal("0.0001"), Decimal("-0.0003")]
        goals = [Goal(0, ann.id, terms(part, top), cycle.id) for part in parts]
        records.goals.add_many(goals, [version(goal, "imported", ann.id, now) for goal in goals])
        assert records.goals.coverage([top.id])[top.id] == Coverage(sum(parts, Decimal(0)), 23, 0)


@pytest.mark.parametrize("target", ["NaN", "1e308", "100000000000001", "0.00001"])
def test_an_amount_that_is_none_is_not_kept(store: Store, cycle: Cycle, hire: Any, target: str) -> None:
    ann = hire("Ann")
    with pytest.raises(Exception, match="too many digits"), store.work() as records:
        records.goals.save(Goal(0, ann.id, terms(target), cycle.id))


def test_a_loop_in_the_tables_ends_the_way_up(store: Store, cycle: Cycle, hire: Any) -> None:
    ann = hire("Ann")
    with store.work() as records:
        one = records.goals.save(Goal(0, ann.id, terms(1), cycle.id))
        two = records.goals.save(Goal(0, ann.id, terms(1, one), cycle.id))
        one = records.goals.save(replace(one, terms=terms(1, two)))
        assert records.goals.line_up(one.id) == [two]
        assert records.goals.line_up(999) == []


UNITS = st.sampled_from(["CNY", "USD", "%", "contracts"])
NUMBERS = st.one_of(st.none(), st.decimals(0, 10**12, places=4))
STATES = st.sampled_from(["draft", "proposed", "returned", "agreed", "withdrawn"])
RULES = st.sampled_from(
    [("sum", None), ("none", None), ("factor", Decimal("0.3")), ("factor", Decimal(50_000))]
)
SAVES = st.tuples(
    st.integers(0, 5), st.integers(0, 5), UNITS, NUMBERS, st.booleans(), RULES, STATES,
    st.sampled_from(["ordinary", "ordinary", "bonus"]),
)  # fmt: skip
"""(which goal, its parent's place, unit, target, lower is better, rule, state, part): place 5 is no parent."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAVES, max_size=25))
def test_coverage_is_the_sum_of_contributions_whatever_was_saved_when(
    store: Store, cycle: Cycle, hire: Any, saves: list[Any]
) -> None:
    with store.work() as records:
        ann = records.people.active()[0]
        made = [records.goals.save(Goal(0, ann.id, TEN, cycle.id)) for _ in range(5)]
        for which, above, unit, target, lower, (rule, factor), state, part in saves:
            parent = made[above].id if above < 5 and above != which % 5 else None
            wanted = Terms(
                "Part",
                unit=unit,
                target=target,
                lower=lower,
                parent=parent,
                rule=rule,
                factor=factor,
                part=part,
            )
            made[which % 5] = records.goals.save(replace(made[which % 5], terms=wanted, state=state))
        ids = [goal.id for goal in made]
        live = [goal for goal in made if goal.state in LIVE]
        expected = {}
        for parent in made:
            below = [goal for goal in live if goal.terms.parent == parent.id]
            given_each = [contribution(goal.terms, parent.terms) for goal in below]
            giving = [one for one in given_each if one is not None]
            if below:
                expected[parent.id] = Coverage(sum(giving, Decimal(0)), len(giving), len(below) - len(giving))
        assert records.goals.coverage(ids) == expected
        every = records.goals.cycle_coverage(cycle.id)
        assert {goal: every[goal] for goal in ids if goal in every} == expected
