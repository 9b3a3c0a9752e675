"""A company after its results: talks, appeals, plans, trainings, rewards and meetings are all under way, for the stories."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flows.core.words import Words
from flows.cycle.template import Phase, Rewards
from tests.stories import test_feedback as feedback
from tests.stories.appealing import file
from tests.stories.quarter import go
from tests.stories.releasing import OPENS, RELEASED, ready, release
from tests.stories.rewarding import DAY, fresh, propose, set_budgets
from tests.stories.test_development_plan import CATALOGUE
from tests.stories.test_suggestions import suggest

TALKS = Phase("talks", Words("Feedback talks", "绩效面谈"), 14, 21, "interview")
GROWTH = Phase("plan", Words("Development plan", "发展计划"), 14, 21, "plan")
AFTERWARDS = replace(
    RELEASED, phases=(*RELEASED.phases, TALKS, GROWTH), rewards=Rewards(second=Decimal(20000))
)
SAID = "Zsaid: the fix of last night works <!channel>"


def under_way(town: Any) -> int:
    """Results are open, and of everything that follows there is one of Kavya's, led by 陈伟; texts begin with Z."""
    cycle = ready(town, AFTERWARDS)
    release(town)
    go(town, OPENS + 2 * DAY)
    marta, wei, kavya = town.player("marta"), town.player("chenwei"), town.player("kavya")
    marta.command("/reward open")
    marta.fill(until="2026-03-31", seen_on="2026-04-06", channel=town.channel("general"))
    assert marta.submit() == {}
    set_budgets(town, "Engineering 50,000\nSales 10000")
    marta.close()
    town.to(town.now() + DAY / 2)
    propose(wei, "Kavya Iyer", "bonus", amount="5000", valid_from="2026-05-01", why="Zwhy of the bonus")
    wei.close()
    file(kavya, facts="Zfacts of the appeal")
    fresh(kavya)
    improvement(town)
    wei.command("/1on1 kavya@example.com")
    wei.touch("写记录")
    wei.fill(said="Znote of the meeting", readers="shared")
    assert wei.submit() == {}
    wei.fill(action="Zaction of the meeting", who=town.mention("kavya"), due="2026-03-30")
    assert wei.submit() == {}
    assert wei.submit() == {}
    wei.close()
    kavya.command("/plan")
    kavya.touch("Write it")
    kavya.fill(skills="Zskill of the plan", support="Ztime")
    assert kavya.submit() == {}
    kavya.fill(what1="Zbook of the plan", until1="2026-04-12")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    kavya.close()
    wei.command("/feedback kavya@example.com")
    feedback.write(wei)
    fresh(wei)
    wei.command("/kudos kavya@example.com Zpraise")
    wei.command("/feedback ask kavya@example.com Zquestion")
    suggest(kavya, "Zsuggestion")
    fresh(kavya)
    kavya.post("general", SAID)
    kavya.write("Zprivate: said to perfloop alone")
    kavya.pick("Save as evidence", SAID)
    kavya.fill(what="Zevidence")
    assert kavya.submit() == {}
    fresh(kavya)
    marta.drop("trainings.csv", CATALOGUE.encode())
    marta.press("Look and import")
    marta.touch("Import")
    marta.close()
    kavya.command("/plan trainings")
    kavya.touch("Enrol", beside="Designing APIs")
    kavya.close()
    town.to(town.now() + timedelta(hours=1))
    return cycle


def improvement(town: Any) -> None:
    """陈伟 has written an improvement plan about Kavya, and HR has agreed."""
    wei, marta = town.player("chenwei"), town.player("marta")
    wei.command("/plan improvement")
    wei.touch("新建")
    for said in (
        {"whom": town.mention("kavya")},
        {"why": "Zwhy of the plan", "examples": "Zexamples"},
        {"what": "Zexpected", "measure": "Zmeasure", "by": "2026-04-20", "support": "Zsupport", "more": "no"},
        {"rhythm": "weekly", "ends": "2026-05-20"},
        {"then": "ask"},
        {},
    ):
        wei.fill(**said)
        assert wei.submit() == {}
    wei.close()
    marta.command("/plan improvement")
    marta.touch("Open it")
    marta.touch("Answer")
    for said in ({"answer": "agree"}, {}, {}):
        marta.fill(**said)
        assert marta.submit() == {}
    marta.close()
