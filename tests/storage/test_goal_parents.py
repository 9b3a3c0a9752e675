"""What a goal may serve, what is refused, and what a reader may know of the goals below one, on both databases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.core.refusal import Refusal
from flows.cycle.records import Cycle
from flows.goals.kept import Goal, Terms
from flows.goals.tree.tree import DEEPEST, below_of, parents_for, refuse_loop, refuse_parent
from flows.goals.tree.tree_words import below
from flows.people.person import Person
from storage.engine import Store
from tests.storage.conftest import a_cycle
from tests.storage.test_goals import cycle

__all__ = ["cycle"]


@pytest.fixture
def people(hire: Any) -> dict[str, Person]:
    """Ann and Ben report to Mia, she to Kim; Zoe is of another line."""
    kim = hire("Kim", department="HQ")
    mia, zoe = hire("Mia", kim), hire("Zoe", kim, department="HQ")
    return {"kim": kim, "mia": mia, "zoe": zoe, "ann": hire("Ann", mia), "ben": hire("Ben", mia)}


@pytest.fixture
def put(store: Store, cycle: Cycle, people: dict[str, Person]) -> Any:
    def made(whose: str, title: str, parent: Goal | None = None, target: int | None = 5, **more: Any) -> Goal:
        terms = Terms(
            title, more.pop("shape", "number"), unit="CNY", target=None if target is None else Decimal(target),
            parent=parent.id if parent else None, rule="sum" if parent else "none",
            visibility=more.pop("visibility", "team"),
        )  # fmt: skip
        goal = Goal(0, people[whose].id, terms, more.pop("cycle", cycle.id), **more)
        with store.work() as records:
            return records.goals.save(goal)

    return made


def test_what_somebody_can_serve_comes_nearest_first(
    store: Store, cycle: Cycle, people: dict[str, Person], put: Any, now: Any
) -> None:
    company = put("kim", "Company", level="company", visibility="public")
    sales = put("mia", "Sales", company, level="department", department="Sales", visibility="public")
    put("zoe", "HQ", level="department", department="HQ", visibility="public")
    bosses = put("mia", "Mia's", visibility="public")
    put("mia", "Mia's, private", visibility="private")
    put("mia", "Mia's draft", visibility="public", state="draft")
    put("zoe", "Zoe's", visibility="public")
    objective = put("ann", "To be liked", shape="objective", target=None)
    put("ann", "Ann's key result", objective)
    own = put("ann", "Ann's", bosses)
    with store.work() as records:
        found = parents_for(records, people["ann"], cycle.id, now, own)
        assert found == [objective, bosses, sales, company]
        under = parents_for(records, people["mia"], cycle.id, now, bosses)
        assert bosses not in under
        assert under == [sales, company]
        assert below_of(records, company) == {company.id, sales.id}
        assert parents_for(records, people["zoe"], cycle.id, now)[-1] == company


def test_what_is_refused_as_a_parent(
    store: Store, cycle: Cycle, people: dict[str, Person], put: Any, now: Any
) -> None:
    older = a_cycle(store, people["kim"], now, name="Q3")
    top = put("kim", "Top", visibility="public")
    mine = put("ann", "Mine", put("mia", "Between", top))
    objective = put("ben", "To be liked", shape="objective", target=None)
    result = put("ben", "A key result", objective)
    served = put("ann", "Ann serves Ben's", objective)
    old = put("kim", "Old", cycle=older.id, visibility="public")
    refused = [
        (top, mine, "circle"),
        (mine, mine, "circle"),
        (mine, put("kim", "Gone", state="withdrawn"), "not there any more"),
        (mine, put("kim", "Draft", state="draft"), "not there any more"),
        (mine, old, "“Old” belongs to another cycle"),
        (mine, put("kim", "Hidden", cycle=older.id), "That goal belongs to another cycle"),
        (mine, result, "key result"),
    ]
    with store.work() as records:
        for goal, parent, words in refused:
            with pytest.raises(Refusal, match=words):
                refuse_parent(records, goal, parent.id)
        with pytest.raises(Refusal, match="not there any more"):
            refuse_parent(records, mine, 999)
        assert refuse_parent(records, mine, objective.id) == objective
        assert refuse_parent(records, mine, served.id) == served
        assert refuse_parent(records, replace(mine, id=0), top.id) == top


def test_no_deeper_than_any_company(store: Store, put: Any) -> None:
    line = [put("kim", "0")]
    for n in range(1, DEEPEST + 1):
        line.append(put("kim", str(n), line[-1]))
    with store.work() as records:
        refuse_loop(records, 0, line[-2].id)
        with pytest.raises(Refusal, match=f"There are {DEEPEST} goals above that one already"):
            refuse_loop(records, 0, line[-1].id)


def test_one_hidden_number_is_not_told_by_the_sum(
    store: Store, people: dict[str, Person], put: Any, now: Any
) -> None:
    top = put("kim", "Top", target=100, visibility="public")
    anns = put("ann", "Ann's", top, 30, visibility="public")
    put("ben", "Ben's, private", top, 20, visibility="private")
    linked = put("ben", "Only linked", top, None, visibility="private")
    with store.work() as records:
        coverage = records.goals.coverage([top.id])[top.id]
        for_ann = below(records, people["ann"], top, coverage, now)
        assert for_ann.seen == (anns,)
        assert for_ann.coverage == replace(coverage, given=Decimal(30), children=1)
        assert "not counted" in for_ann.unsaid.en
        for_mia = below(records, people["mia"], top, coverage, now)
        assert (len(for_mia.seen), for_mia.coverage, for_mia.unsaid.en) == (3, coverage, "")
        assert linked in for_mia.seen
    put("ben", "Ben's second", top, 5, visibility="private")
    with store.work() as records:
        coverage = records.goals.coverage([top.id])[top.id]
        for_ann = below(records, people["ann"], top, coverage, now)
        assert for_ann.coverage == coverage
        assert "are included" in for_ann.unsaid.en


def test_who_stands_at_the_top_of_each_department(store: Store, hire: Any, people: dict[str, Person]) -> None:
    hire("Loner")  # of Sales, with nobody above and nobody below
    gone = hire("Gone", department="Labs", active=False)
    lab = hire("Lab", gone, department="Labs")
    with store.work() as records:
        found = records.people.heads(["Sales", "HQ", "Labs", "None"])
        assert {name: person.name for name, person in found.items()} == {
            "Sales": "Mia", "HQ": "Kim", "Labs": lab.name
        }  # fmt: skip
        assert records.people.heads([]) == {}
