"""HR and managers look at how results came out: never before everybody may, never at too few, never at those above them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.stories.quarter import go, launch
from tests.stories.releasing import OPENS, ready, release

DAY = timedelta(days=1)
COLLEAGUES = ("wangqiang", "zhangmin", "jonas")


def open_to_all(town: Any) -> int:
    """Everybody in the quarter has a B but for two, and may look at their own result."""
    cycle = ready(town, lina=COLLEAGUES)
    release(town)
    go(town, OPENS + DAY)
    return cycle


def test_hr_sees_how_ratings_are_spread_once_everybody_may_look(quiet_town: Any) -> None:
    town = quiet_town
    ready(town, lina=COLLEAGUES)
    marta = town.player("marta")
    marta.command("/report ratings")
    assert "The results of Q1 are not released yet." in marta.window()
    release(town)
    marta.command("/report ratings")
    assert "The results of Q1 open to everybody on Wednesday 18 March" in marta.window()
    go(town, OPENS + DAY)
    marta.command("/report ratings")
    window = marta.window()
    assert "How ratings are spread · the company · Q1" in window
    assert "Of 17 people, 15 (88%) have B · Good." in window
    assert "Rated 12 · A 1 · B 10 · C 1 · Mean 2" in window  # Engineering
    assert "HR and the managers above them are not counted" in window  # her own manager takes part as well
    marta.touch("What is this?")
    assert "the last that their manager or a calibration gave before the release" in marta.window()


def test_a_manager_sees_their_own_line_alone(quiet_town: Any) -> None:
    town = quiet_town
    open_to_all(town)
    wei = town.player("chenwei")
    wei.command("/report ratings")
    assert "评级分布 · 陈伟的团队 · Q1" in wei.window()
    assert "Sales" not in wei.window()
    assert "全公司: " not in wei.window()
    wei.command("/report strengths")
    assert "优势与差距 · 陈伟的团队 · Q1" in wei.window()
    wei.command("/report strictness")
    assert "评级宽严 ·" not in wei.window()


def test_whoever_leads_nobody_and_is_not_hr_has_no_reports(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    open_to_all(town)
    lina = town.player("lina")
    lina.command("/report ratings")
    assert "评级分布" not in lina.window()


def test_both_files_come_into_the_askers_own_chat(quiet_town: Any) -> None:
    town = quiet_town
    open_to_all(town)
    marta = town.player("marta")
    marta.command("/report ratings")
    for button in ("As a picture", "As a sheet"):
        marta.touch(button)
    orders = town.records(lambda records: records.audit.latest("report.export", OPENS))
    assert sorted(detail["file"] for _, _, detail in orders) == ["report-picture", "report-sheet"]
    assert {detail["name"] for _, _, detail in orders} == {"ratings"}
    assert not any("B · Good" in text or "89%" in text for text in marta.messages())


def test_who_is_withheld_at_the_release_changes_no_figure_when_they_are_opened(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    ready(town)
    marta = town.player("marta")
    marta.command("/cycle withhold")
    marta.fill(person=town.mention("lina"), why="A question about her contract")
    assert marta.submit() == {}
    release(town)
    go(town, OPENS + DAY)
    marta.command("/report ratings")
    before = marta.window()
    assert "Of 16 people, 15 (94%) have B · Good." in before
    assert "A 0 · B 10 · C 1" in before  # Engineering, without her A
    marta.command("/cycle results")
    marta.touch("Who is withheld")
    marta.touch("Open it", beside="李娜")
    assert "can read 李娜's result now" in marta.window()
    marta.command("/report ratings")
    assert marta.window() == before


def test_while_the_next_cycle_runs_the_last_released_one_is_meant(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    open_to_all(town)
    launch(town, name="Q2")
    marta = town.player("marta")
    marta.command("/report ratings")
    assert "How ratings are spread · the company · Q1" in marta.window()
    marta.command("/report ratings Q2")
    assert "The results of Q2 are not released yet." in marta.window()
