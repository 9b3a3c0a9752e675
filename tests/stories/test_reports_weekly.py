"""On Monday mornings HR and managers of managers are told the counts, in their digest, once; and the home tab has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.stories.quarter import ON, QUARTER, go, launch
from tests.stories.test_reports import finish

DAY, WEEK = timedelta(days=1), timedelta(days=7)
NEXT_MONDAY = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)
TOLD = "“Self review” (Q2): 3/24 done, 12%; by plan 25%."
ALONE = replace(QUARTER, phases=(replace(QUARTER.phases[2], starts=0, days=26),))
"""Four weeks for the self reviews, and nothing else."""


def begun(town: Any) -> int:
    cycle = launch(town, "self-review", ALONE)
    go(town, ON + 2 * DAY)
    finish(town, cycle, "self-review", "kavya", "emily", "ana")
    return cycle


def weekly(town: Any, name: str) -> list[str]:
    """The messages in which somebody is told how far everybody is."""
    return [one for one in town.player(name).messages() if "by plan" in one or "；计划" in one]


def test_hr_and_heads_are_told_counts_on_monday_and_nobody_else(quiet_town: Any) -> None:
    town = quiet_town
    begun(town)
    go(town, NEXT_MONDAY)
    marta, anna, juliana = (weekly(town, name)[-1] for name in ("marta", "anna", "juliana"))
    assert TOLD in marta
    assert "“Self review” (Q2): 1/11 done, 9%; by plan 25%." in anna
    assert "2/5 done, 40%" in juliana
    for name in ("kavya", "emily", "chenwei", "priya", "rahul", "olivia"):
        assert weekly(town, name) == [], name
    for one in (marta, anna, juliana):
        assert not [name for name in ("Kavya", "Emily", "Ana ", "陈伟") if name in one]
    told = len(town.player("marta").messages())
    go(town, NEXT_MONDAY + DAY)
    assert len(town.player("marta").messages()) == told, "once a week"
    assert "“自评”（Q2）：已完成 3/24，12%；计划 30%。" in weekly(town, "liufang")[-1], (
        "when it was morning again"
    )


def test_one_tap_ends_it_and_another_begins_it_again(quiet_town: Any) -> None:
    town = quiet_town
    begun(town)
    go(town, NEXT_MONDAY)
    anna = town.player("anna")
    before = {name: len(weekly(town, name)) for name in ("anna", "marta")}
    assert before["anna"] > 0
    anna.press("Not every week")
    anna.command("/report list")
    assert "Nothing comes by itself." in anna.window()
    go(town, NEXT_MONDAY + WEEK)
    assert len(weekly(town, "marta")) == before["marta"] + 1
    assert len(weekly(town, "anna")) == before["anna"]
    anna.command("/report list")
    anna.touch("Switch on")
    assert "You get the counts in your digest." in anna.window()
    go(town, NEXT_MONDAY + 2 * WEEK)
    assert len(weekly(town, "anna")) == before["anna"] + 1


def test_without_a_cycle_nothing_comes(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    go(town, NEXT_MONDAY)
    assert weekly(town, "marta") == []
    town.player("chenwei").command("/report list")
    assert "周一" not in town.player("chenwei").window()


def test_the_home_tab_has_the_worst_of_it_and_the_way_to_it(quiet_town: Any) -> None:
    town = quiet_town
    begun(town)
    go(town, NEXT_MONDAY)
    marta, emily = town.player("marta"), town.player("emily")
    assert TOLD in marta.home()
    marta.press_home("Completion")
    assert "Completion · the company · Q2" in marta.window()
    assert "“Self review” (Q2): 1/2 done, 50%; by plan 25%." in emily.home()
    assert "Reports" not in town.player("kavya").home()
