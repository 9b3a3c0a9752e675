"""A number of the company's goes down the tree: gaps are named, goals are linked, and never in a circle."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.goals.kept import Goal
from tests.stories.company_goals import (
    agreed,
    divided,
    goal_of,
    in_tree,
    revenue,
    sent,
    shared_out,
    written,
)
from tests.stories.quarter import ON, launch

TEN = "10,000,000 CNY"
EIGHT = "8,000,000 CNY"


@pytest.fixture
def company(town: Any) -> Any:
    return revenue(town)


@pytest.fixture
def split(town: Any) -> Any:
    return shared_out(town)


def test_ten_million_over_three_departments_leave_a_gap(company: Any) -> None:
    town = company
    grace = divided(town)
    assert f"{EIGHT} of {TEN}: 80% covered, 2,000,000 CNY is not covered" in grace.window()
    sent(grace, sentence="Our part of the revenue")
    assert "Nothing is sent before" in grace.window()
    assert grace.submit() == {}
    assert "3 goals are put before whom they concern" in grace.window()
    assert f"{EIGHT} of {TEN}: 80% covered" in grace.window()
    assert goal_of(town, "Our part of the revenue", "rafael").state == "proposed"
    agreed(town)
    tree = in_tree(grace)
    assert f"{EIGHT} of {TEN}: 80% covered, 2,000,000 CNY is not covered." in tree
    assert "Sales: 4,000,000 CNY · 40%" in tree
    tree = in_tree(town.player("lina"), "Revenue")
    assert f"目标 {TEN}，已分解 {EIGHT}，覆盖 80%，缺口 2,000,000 CNY。" in tree
    assert "3 个目标计入" in tree


def test_hr_writes_in_chinese_and_a_department_is_asked(town: Any) -> None:
    town.to(ON)
    launch(town)
    fang = town.player("liufang")
    written(fang, title="控制成本", person=town.mention("grace"), unit="人民币", target="1000万", way="lower")
    fang.command("/goal company")
    sent(fang, whose="department/Sales")
    assert fang.field("person") == town.mention("rafael")
    sent(
        fang, title="销售费用", unit="CNY", target="1200万", way="lower", parent=goal_of(town, "控制成本").key
    )
    assert fang.submit() == {}
    assert "已请Rafael Souza确认" in fang.window()
    assert "已分配 12,000,000 CNY，超出上限 10,000,000 CNY 共 2,000,000 CNY（多出 20%）" in fang.window()
    assert goal_of(town, "销售费用").state == "proposed"
    goal = goal_of(town, "控制成本")
    fang.command("/goal tree")
    fang.touch("打开", beside="控制成本")
    fang.touch("修改")
    sent(fang, target="1500万")
    assert goal_of(town, "控制成本").version == goal.version + 1
    assert "还有 3,000,000 CNY 余量" in in_tree(town.player("wangqiang"))


def test_an_hr_partner_writes_for_their_department_alone(company: Any) -> None:
    juliana = company.player("juliana")
    juliana.command("/goal company")
    assert "Sales" in juliana.window()
    assert "Engineering" not in juliana.window()
    assert "whole company" not in juliana.window()
    sent(juliana, whose="department/Sales")
    sent(juliana, title="Fewer returns", unit="%", target="2", way="lower")
    assert juliana.submit() == {}
    assert "It stands as agreed" in juliana.window()
    rafael = company.player("rafael")
    rafael.command("/goal company")
    assert "There is nothing here for you" in rafael.window() + rafael.aside()


def test_a_goal_is_linked_with_its_own_rule_and_never_in_a_circle(split: Any) -> None:
    town = split
    anna = town.player("anna")
    goal = goal_of(town, "Our part of the revenue", "anna")
    in_tree(anna, "Revenue")
    anna.touch("Open", beside="Engineering")
    anna.touch("Link to a goal above")
    assert "Our part of the revenue" in anna.window()
    sales = goal_of(town, "Our part of the revenue", "rafael")
    sent(anna, parent=sales.key)
    assert "nothing is divided yet" in anna.window()
    assert "75% covered" in anna.window()
    sent(anna, rule="sum")

    def turn_round(records: Any) -> None:
        other = records.goals.get(sales.id)
        records.goals.save(replace(other, terms=replace(other.terms, parent=goal.id)))

    town.records(turn_round)
    anna.submit()
    assert "circle" in anna.window()
    assert goal_of(town, "Our part of the revenue", "anna").pending is None


def test_each_sees_what_they_may_and_a_number_alone_is_not_told(split: Any) -> None:
    town = split
    sales = goal_of(town, "Our part of the revenue", "rafael")

    def two_goals(records: Any) -> None:
        for name, visibility, target in (("emily", "private", 1_500_000), ("zhouting", "public", 500_000)):
            person = records.people.by_email(f"{name}@example.com").id
            terms = replace(
                sales.terms,
                title=f"By {name}",
                parent=sales.id,
                visibility=visibility,
                target=Decimal(target),
            )
            records.goals.save(Goal(0, person, terms, sales.cycle))

    town.records(two_goals)
    lina = town.player("lina")
    in_tree(lina, "Revenue")
    lina.touch("打开", beside="Sales")
    assert "By zhouting" in lina.window()
    assert "emily" not in lina.window()
    assert "已分解 500,000 CNY" in lina.window()
    assert "有一个你无权查看的目标未计入" in lina.window()
    rafael = town.player("rafael")
    in_tree(rafael, "Revenue")
    rafael.touch("Open", beside="Sales")
    assert "2,000,000 CNY of 4,000,000 CNY: 50% covered" in rafael.window()
    rafael.touch("Open", beside="By emily")
    assert "Revenue › Our part of the revenue" in rafael.window()
    rafael.touch("Up")
    rafael.touch("Up")
    rafael.touch("The whole tree")
    assert "Sales: 4,000,000 CNY" in rafael.window()


def test_a_goal_above_that_was_withdrawn_is_named(split: Any) -> None:
    town = split
    marta = town.player("marta")
    in_tree(marta, "Revenue")
    marta.touch("Withdraw")
    assert "“Revenue” is withdrawn. What served it stays." in marta.window()
    anna = town.player("anna")
    in_tree(anna, "Our part of the revenue")
    assert "The goal above was withdrawn." in anna.window()
    assert "Revenue" not in in_tree(town.player("kavya")).replace("Our part of the revenue", "")


def test_a_long_list_is_shown_in_pages(split: Any) -> None:
    town = split
    sales = goal_of(town, "Our part of the revenue", "rafael")

    def many(records: Any) -> None:
        terms = replace(sales.terms, parent=sales.id, target=Decimal(10), title="A small part")
        for n in range(25):
            records.goals.save(Goal(0, sales.person, replace(terms, title=f"Part {n}"), sales.cycle))

    town.records(many)
    ana = town.player("ana")
    in_tree(ana, "Revenue")
    ana.touch("Open", beside="Sales")
    assert "25 goals add to it" in ana.window()
    assert "Part 19" in ana.window()
    assert "Part 20" not in ana.window()
    ana.touch("Show more")
    assert "Part 24" in ana.window()
    assert "Part 3" not in ana.window()


def test_before_the_launch_only_hr_sees_the_goals(quiet_town: Any) -> None:
    town = quiet_town
    town.to(ON)
    cycle = launch(town)
    town.records(
        lambda records: records.cycles.save(
            replace(records.cycles.get(cycle), state="draft", launched_at=None)
        )
    )
    marta = town.player("marta")
    written(marta, title="Secret plan", person=town.mention("grace"))
    marta.command("/goal company")
    sent(marta, whose="department/Sales")
    sent(marta, title="Too early", parent=goal_of(town, "Secret plan").key)
    marta.submit()
    assert "once the cycle runs" in marta.window()
    kavya = town.player("kavya")
    assert "No cycle runs at the moment" in in_tree(kavya)
