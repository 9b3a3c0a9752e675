"""A quarter whose results are open and whose rewards HR has opened, for the stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flows.cycle.template import Rewards
from tests.stories.quarter import go
from tests.stories.releasing import OPENS, RELEASED, ready, release

DAY = timedelta(days=1)
PAYING = replace(RELEASED, rewards=Rewards(second=Decimal(20000)))


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


def fresh(player: Any) -> None:
    """Close what is open."""
    if player.window():
        player.close()


def set_budgets(town: Any, lines: str) -> str:
    marta = town.player("marta")
    fresh(marta)
    marta.command("/reward")
    marta.touch("Open", beside="Q1")
    marta.touch("Budgets")
    marta.fill(lines=lines)
    assert marta.submit() == {}
    return str(marta.window())


def propose(player: Any, name: str, kind: str, **said: str) -> str:
    """Fill the form of a proposal and send it; what the window says then."""
    fresh(player)
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
    fresh(player)
    player.command("/reward")
    player.touch("Open" if player.title() == "Rewards" else "打开", beside="Q1")
    player.touch("Open" if player.title() == "Rewards" else "打开", beside=beside)
    return str(player.window())


def used(town: Any, cycle: int) -> dict[str, Decimal]:
    found = town.records(lambda records: records.rewards.budgets(cycle))
    return {one.department or str(one.manager): one.used for one in found}
