"""Heads divide their part among people: in other units, again, to too much, and never to a stranger."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.goals.kept import Goal, Terms
from tests.stories.company_goals import goal_of, id_of, in_tree, person_of, sent, shared_out


@pytest.fixture
def split(town: Any) -> Any:
    return shared_out(town)


def opened_split(town: Any) -> Any:
    """Rafael divides Sales' part."""
    rafael = town.player("rafael")
    in_tree(rafael, "Revenue")
    rafael.touch("Open", beside="Sales")
    rafael.touch("Divide")
    return rafael


def test_one_counts_contracts_and_too_much_is_named(split: Any) -> None:
    town = split
    emily, ting = f"person/{id_of(town, 'emily')}", f"person/{id_of(town, 'zhouting')}"
    rafael = opened_split(town)
    sent(rafael, people=[str(id_of(town, "emily")), str(id_of(town, "zhouting"))])
    sent(rafael, **{emily: "3,000,000", ting: "", "other": [ting]})
    sent(rafael, unit="contracts", target="40", factor="50k")
    assert "5,000,000 CNY for 4,000,000 CNY: 25% too much, 1,000,000 CNY more than needed." in rafael.window()
    sent(rafael, sentence="Win new customers", word="Let us talk about it on Monday")
    assert rafael.submit() == {}
    assert "2 goals are put before whom they concern" in rafael.window()
    mine = goal_of(town, "Win new customers", "zhouting")
    assert (mine.state, mine.terms.unit, mine.terms.target, mine.terms.factor) == (
        "proposed", "contracts", 40, 50_000
    )  # fmt: skip
    tree = in_tree(town.player("zhouting"), "Revenue")
    assert "Sales · Rafael Souza" in tree
    town.player("zhouting").touch("打开", beside="Sales")
    tree = town.player("zhouting").window()
    assert "支撑：Revenue" in tree
    assert "超额分解 1,000,000 CNY（多出 25%）" in tree
    assert "40 contracts = 2,000,000 CNY · 50% · 待确认" in tree

    rafael = opened_split(town)  # once more: what there is stands in the form and is changed
    sent(rafael)
    assert str(rafael.field(f"goal/{goal_of(town, 'Win new customers', 'emily').id}")) == "3000000"
    sent(rafael, **{f"goal/{goal_of(town, 'Win new customers', 'emily').id}": "2m"})
    assert str(rafael.field("factor")) == "50000"
    sent(rafael)
    assert "4,000,000 CNY of 4,000,000 CNY: 100% covered." in rafael.window()
    sent(rafael)
    assert rafael.submit() == {}
    assert "1 goal is put before whom it concerns" in rafael.window()
    assert goal_of(town, "Win new customers", "emily").terms.target == 2_000_000


def test_nobody_gets_a_part_who_is_not_below_or_has_left(split: Any) -> None:
    town = split
    rafael = opened_split(town)
    sent(rafael, others=[town.mention("kavya")])
    sent(rafael)
    sent(rafael, sentence="Not yours to give")
    rafael.submit()
    assert "Kavya Iyer does not report to whoever answers for this goal" in rafael.window()
    emily = person_of(town, "emily")
    rafael = opened_split(town)
    rafael.touch("Start over")
    sent(rafael, people=[str(emily.id)], others=[])
    sent(rafael)
    sent(rafael, sentence="One more push")
    town.records(lambda records: records.people.save(replace(emily, active=False)))
    rafael.submit()
    assert "Emily Carter has left" in rafael.window()


def test_a_person_divides_their_own_number_and_leave_is_no_hindrance(split: Any) -> None:
    town = split

    def work(records: Any) -> None:
        chen = records.people.by_email("chenwei@example.com")
        terms = Terms("修复缺陷", unit="个", target=Decimal(100))
        records.goals.save(Goal(0, chen.id, terms, records.cycles.all()[0].id))

    town.records(work)
    chen = town.player("chenwei")
    in_tree(chen, "修复缺陷")
    chen.touch("拆分")
    sent(chen, people=[str(id_of(town, name)) for name in ("lena", "lina", "jonas")])
    assert str(chen.field(f"person/{id_of(town, 'lina')}")) in ("33", "34")
    sent(chen, **{f"person/{id_of(town, 'lena')}": "10"})
    assert "缺口" in chen.window()
    sent(chen)
    assert chen.submit() == {}
    assert "已提出 3 个目标" in chen.window()
    assert goal_of(town, "修复缺陷", "lena").terms.target == 10


def test_hr_divides_for_others_but_nothing_that_it_may_not_read(split: Any) -> None:
    town = split
    emily = person_of(town, "emily")
    terms = Terms("Save for a house", unit="EUR", target=Decimal(9), visibility="private")
    town.records(lambda records: records.goals.save(Goal(0, emily.id, terms, records.cycles.all()[0].id)))
    marta = town.player("marta")
    in_tree(marta, "Revenue")
    marta.touch("Divide")
    sent(marta)
    sent(marta, **{f"goal/{goal_of(town, 'Our part of the revenue', 'priya').id}": "3m"})
    assert "10,000,000 CNY of 10,000,000 CNY: 100% covered." in marta.window()
    sent(marta)
    assert marta.submit() == {}
    asked = goal_of(town, "Our part of the revenue", "priya")
    assert asked.pending is not None
    assert asked.pending.target == 3_000_000
    assert "80% covered" in in_tree(marta), "what is agreed stands until Priya has agreed to the change"
    marta.command("/goal split")
    assert "Save for a house" not in marta.window() + marta.aside()


def test_percentages_are_linked_and_do_not_add_up(split: Any) -> None:
    town = split
    rafael = person_of(town, "rafael")
    terms = Terms("Customers who stay", unit="%", target=Decimal(95), visibility="public")
    town.records(lambda records: records.goals.save(Goal(0, rafael.id, terms, records.cycles.all()[0].id)))
    player = town.player("rafael")
    in_tree(player, "Customers who stay")
    player.touch("Divide")
    sent(player, people=[str(id_of(town, "emily"))])
    assert str(player.field(f"person/{id_of(town, 'emily')}")) == "95"
    sent(player)
    assert "Percentages do not add up" in player.window()
    sent(player)
    assert player.submit() == {}
    assert goal_of(town, "Customers who stay", "emily").terms.rule == "none"
    tree = in_tree(player, "Customers who stay")
    assert "0 goals add to it; 1 is linked without adding." in tree
    assert "95% (linked, not counted)" in tree


def test_a_goal_without_a_number_says_so(split: Any) -> None:
    town = split
    goal = goal_of(town, "Our part of the revenue", "rafael")

    def bare(records: Any) -> None:
        records.goals.save(replace(goal, terms=replace(goal.terms, shape="yes_no", target=None)))

    rafael = opened_split(town)
    sent(rafael, people=[str(id_of(town, "emily"))])
    town.records(bare)
    rafael.submit()
    assert "has no number to divide" in rafael.window()
    in_tree(rafael, "Revenue")
    rafael.touch("Open", beside="Sales")
    assert "It has no number of its own to be divided." in rafael.window()
