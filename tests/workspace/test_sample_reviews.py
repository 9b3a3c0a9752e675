"""The sample company in a half-year review: what waits for whom, and that it can be lived through to the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.workspace.sample import PEOPLE_CSV
from bot.workspace.sample_reviews import half_before
from tests.messengers.slack import SlackTown
from tests.stories.quarter import ON
from tests.stories.rating import score

SUNDAY = ON - timedelta(hours=20, minutes=30)
DAY = timedelta(days=1)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[SlackTown]:
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, reviews=True)
    town.to(ON)
    yield town
    town.close()


def test_a_few_reviews_wait_and_all_else_is_written(town: SlackTown) -> None:
    jonas = town.player("jonas")
    jonas.command("/review")
    assert "0 of 2 done" in jonas.window()
    assert "李娜" in jonas.window()
    wei = town.player("chenwei")
    wei.command("/score")
    assert "已完成 9/9" in wei.window()
    assert "已提交 · C · 略低预期" in wei.window()
    assert not any("上级评估 · H2 2025" in text for text in wei.messages()), (
        "nobody is asked for what is there"
    )
    emily = town.player("emily")
    emily.command("/score")
    assert "0 of 2 done" in emily.window()


@pytest.mark.parametrize(
    ("report", "told"),
    [
        ("completion", "20/22 done"),
        ("goals", "4 of 13 goals with a value are behind"),
        ("risks", "Owner Daniel Brooks · Why off track"),
        ("coverage", "Covered 80%"),
    ],
)
def test_the_reports_have_figures_on_the_first_day(town: SlackTown, report: str, told: str) -> None:
    marta = town.player("marta")
    marta.command(f"/report {report}")
    assert told in marta.window()


def test_it_is_lived_through_in_two_weeks(town: SlackTown) -> None:
    emily, marta, lina = (town.player(name) for name in ("emily", "marta", "lina"))
    score(emily, "daniel@example.com", "B")
    town.to(ON + 7 * DAY)
    marta.command("/cycle release")
    assert "without a rating (1): Ana Ribeiro" in marta.window()
    marta.close()
    marta.command("/cycle withhold")
    marta.fill(person=town.mention("ana"), why="Her manager rates her when she is back")
    assert marta.submit() == {}
    marta.close()
    marta.command("/cycle release")
    assert "the template has a calibration, and there was none" in marta.window()
    marta.touch("Release with a reason")
    marta.fill(why="Twenty people, whom their managers have talked over")
    assert marta.submit() == {}
    town.to(ON + 8 * DAY)
    lina.command("/result")
    assert "目前还没有可以查看的结果" in lina.window()
    lina.close()
    town.to(ON + 10 * DAY)
    lina.command("/result")
    assert "B · 符合预期" in lina.window()
    assert "主动分享组件库的用法" in lina.window()


@pytest.mark.parametrize(
    ("monday", "half"), [((2026, 3, 2), "H2 2025"), ((2026, 6, 29), "H2 2025"), ((2026, 7, 6), "H1 2026")]
)
def test_the_half_year_before_is_looked_back_on(monday: tuple[int, int, int], half: str) -> None:
    assert half_before(date(*monday)) == half
