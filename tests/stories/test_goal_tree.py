"""A number of the company's goes down the tree: divided over departments and people, with gaps and excesses named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from flows.goals.agreeing import agree, awaits
from flows.goals.following import follow
from flows.goals.kept import Goal, Terms
from tests.stories.quarter import ON, launch

TEN = "10,000,000 CNY"
EIGHT = "8,000,000 CNY"


def sent(player: Any, **answers: object) -> None:
    """Answer the page that is open; what is proposed in the other fields stands."""
    player.fill(**answers)
    assert player.submit() == {}


def written(player: Any, whose: str = "company", **more: object) -> None:
    """HR writes a goal with /goal company; what is not said stands as proposed."""
    player.command("/goal company")
    sent(player, whose=whose)
    sent(player, **more)
    assert player.submit() == {}


def goal_of(town: Any, title: str, name: str = "", state: str = "") -> Goal:
    """The one goal of that title, of that person's where several have it."""

    def work(records: Any) -> Goal:
        person = records.people.by_email(f"{name}@example.com") if name else None
        cycle = records.cycles.all()[0].id
        every = [*records.goals.above(cycle)]
        for one in records.people.active():
            every += records.goals.of_cycle(cycle, one.id)
        found = [
            goal
            for goal in every
            if goal.title == title
            and (person is None or goal.person == person.id)
            and state in ("", goal.state)
        ]
        assert len(found) == 1, [(goal.title, goal.level, goal.person) for goal in every]
        return found[0]

    return town.records(work)


def agreed(town: Any) -> None:
    """Whoever is asked agrees to all that waits for them."""

    def work(records: Any) -> None:
        cycle = records.cycles.all()[0].id
        waiting = [goal for goal in records.goals.above(cycle) if awaits(goal)]
        for person in records.people.active():
            waiting += [goal for goal in records.goals.of_cycle(cycle, person.id) if awaits(goal)]
        for goal in waiting:
            records.goals.save(*agree(goal, goal.person, town.now()))
            follow(records, cycle, goal.person, town.now())

    town.records(work)


def in_tree(player: Any, *titles: str) -> str:
    """The tree, and in it the goals of these titles one below the other."""
    player.command("/goal tree")
    for title in titles:
        player.touch("打开" if "目标树" in player.title() else "Open", beside=title)
    return player.window()


@pytest.fixture
def company(town: Any) -> Any:
    """A quarter that runs, and the company's revenue, for which Grace answers."""
    town.to(ON)
    launch(town)
    written(
        town.player("marta"), title="Revenue", person=town.mention("grace"), unit="yuan", target="10 million"
    )
    return town


def divided(town: Any) -> Any:
    """Grace divides it over three departments: 4, 3 and 1 million."""
    grace = town.player("grace")
    in_tree(grace, "Revenue")
    grace.touch("Divide")
    sent(grace, departments=["Engineering", "Sales", "Operations"])
    sent(grace, Operations=town.mention("priya"))
    assert [str(grace.field(f"department/{name}")) for name in ("Engineering", "Operations", "Sales")] == [
        "3333334", "3333333", "3333333"
    ]  # fmt: skip
    sent(grace, **{"department/Sales": "4m", "department/Engineering": "3m", "department/Operations": "1m"})
    return grace


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


@pytest.fixture
def split(company: Any) -> Any:
    """The company's revenue is divided over three departments, and their heads have agreed."""
    grace = divided(company)
    sent(grace, sentence="Our part of the revenue")
    assert grace.submit() == {}
    agreed(company)
    return company


def id_of(town: Any, name: str) -> int:
    return int(town.player(name).person.id)


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
    sent(rafael, people=[id_of(town, "emily"), id_of(town, "zhouting")])
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
    emily = town.player("emily").person
    rafael = opened_split(town)
    rafael.touch("Start over")
    sent(rafael, people=[emily.id], others=[])
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
    sent(chen, people=[id_of(town, "lena"), id_of(town, "lina"), id_of(town, "jonas")])
    assert str(chen.field(f"person/{id_of(town, 'lina')}")) in ("33", "34")
    sent(chen, **{f"person/{id_of(town, 'lena')}": "10"})
    assert "缺口" in chen.window()
    sent(chen)
    assert chen.submit() == {}
    assert "已提出 3 个目标" in chen.window()
    assert goal_of(town, "修复缺陷", "lena").terms.target == 10


def test_hr_writes_in_chinese_and_a_department_is_asked(town: Any) -> None:
    town.to(ON)
    launch(town)
    fang = town.player("liufang")
    written(fang, title="控制成本", person=town.mention("grace"), unit="人民币", target="1000万", way="lower")
    fang.command("/goal company")
    sent(fang, whose="department/Sales")
    assert fang.field("person") == town.mention("rafael")
    sent(fang, title="销售费用", unit="CNY", target="1200万", way="lower")
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
    sent(juliana, title="Fewer returns", unit="%", target="2", way="lower", parent="")
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
    assert "circle" in anna.window() or "one of" in anna.window()
    assert goal_of(town, "Our part of the revenue", "anna").pending is None
