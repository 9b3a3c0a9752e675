"""What follows from results: proposals inside a budget, two who approve, a letter of praise, and payroll."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flows.cycle.template import Rewards
from tests.stories.quarter import go
from tests.stories.releasing import OPENS, OVER, RELEASED, person, ready, release

DAY = timedelta(days=1)
PAYING = replace(RELEASED, rewards=Rewards(second=Decimal(20000)))
LETTER = "Dear Lina,\n你在客户发布周里沉着可靠。Thank you for the calm launch week."


def opened(town: Any, budgets: str = "Engineering 50,000\nSales 10000", seen_on: str = "2026-04-06") -> int:
    """Results are open to everybody, and HR has opened rewards with budgets."""
    cycle = ready(town, PAYING)
    release(town)
    go(town, OPENS + 2 * DAY)
    marta = town.player("marta")
    marta.command("/reward open")
    marta.fill(until="2026-03-31", seen_on=seen_on, channel=town.channel("general"))
    assert marta.submit() == {}
    assert "Open. Managers are asked to propose." in marta.window()
    set_budgets(town, budgets)
    town.to(town.now() + DAY / 2)
    return cycle


def set_budgets(town: Any, lines: str) -> str:
    marta = town.player("marta")
    marta.close()
    marta.command("/reward")
    marta.touch("Open", beside="Q1")
    marta.touch("Budgets")
    marta.fill(lines=lines)
    assert marta.submit() == {}
    return str(marta.window())


def propose(player: Any, name: str, kind: str, **said: str) -> str:
    """Fill the form of a proposal and send it; what the window says then."""
    player.close()
    player.command("/reward")
    english = player.title() == "Rewards"
    player.touch("Propose" if english else "提议", beside=name)
    player.fill(kind=kind)
    assert player.submit() == {}
    player.fill(**said)
    problems = player.submit()
    assert problems == {}, problems
    assert player.submit() == {}
    return str(player.window())


def open_reward(player: Any, beside: str) -> str:
    """HR opens one proposal from the cycle's list."""
    player.close()
    player.command("/reward")
    player.touch("Open" if player.title() == "Rewards" else "打开", beside="Q1")
    player.touch("Open" if player.title() == "Rewards" else "打开", beside=beside)
    return str(player.window())


def used(town: Any, cycle: int) -> dict[str, Decimal]:
    found = town.records(lambda records: records.rewards.budgets(cycle))
    return {one.department or str(one.manager): one.used for one in found}


def test_a_proposal_is_made_inside_the_budget_and_refused_above_it(quiet_town: Any) -> None:
    town = quiet_town
    cycle = opened(town)
    chenwei = town.player("chenwei")
    assert any("你可以根据Q1的结果" in text for text in chenwei.messages())
    chenwei.command("/reward")
    team = chenwei.window()
    assert "剩余 50,000 CNY，共 50,000 CNY" in team
    assert "李娜 · 系数 1.2" in team
    assert "超出预算：剩余 50,000 CNY" in propose(
        chenwei, "李娜", "bonus", amount="60,000", valid_from="2026-05-01", why="发布周的表现"
    )
    assert used(town, cycle)["Engineering"] == 0
    chenwei.touch("修改", beside="60,000")
    chenwei.fill(amount="3万")
    assert chenwei.submit() == {}
    assert chenwei.submit() == {}
    assert "已提议" in chenwei.window()
    assert "预算剩余：20,000 CNY" in chenwei.window()
    assert used(town, cycle)["Engineering"] == 30000
    told = propose(chenwei, "李娜", "bonus", amount="1000", valid_from="2026-05-01", why="x")
    assert "李娜的奖金已存在" in told
    kavya = town.player("kavya")
    kavya.command("/reward")
    assert "There is nothing for you here at the moment." in kavya.window()
