"""Praise reaches whom it is for, stands in their diary, and suggests reviewers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.stories.colleagues import begun
from tests.stories.quarter import ON, go, launch

WHAT = "Took over the night shift for a week, so that the release went out"


def test_praise_is_told_kept_and_listed(quiet_town: Any) -> None:
    town = quiet_town
    priya, kavya = town.player("priya"), town.player("kavya")
    priya.command("/kudos")
    assert "It never counts in a score." in priya.window()
    priya.fill(whom=town.mention("kavya"), what=WHAT)
    assert priya.submit() == {}
    assert "Kavya Iyer will read it with the next digest." in priya.window()
    town.to(town.now() + timedelta(days=3))
    told = [text for text in kavya.messages() if "Priya Nair praises you:" in text]
    assert len(told) == 1
    assert WHAT in told[0]
    kavya.command("/kudos list")
    assert WHAT in kavya.window()
    assert "Priya Nair" in kavya.window()
    for other in ("priya", "chenwei", "marta"):
        player = town.player(other)
        player.command("/kudos list")
        assert WHAT not in player.window()


def test_one_line_is_enough(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    priya, na = town.player("priya"), town.player("lina")
    priya.command("/kudos lina@example.com: 主动整理了接口文档，大家都在用")
    assert "will read it with the next digest" in priya.aside()
    na.command("/kudos list")
    assert "主动整理了接口文档，大家都在用" in na.window()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("priya@example.com I am great", "Please choose a colleague, not yourself."),
        ("nobody@example.com thanks a lot", "This is what you typed: nobody@example.com thanks a lot"),
        ("<@U0NOBODY1> thanks a lot", "thanks a lot"),
        ("thanks for everything, Kavya!", "This is what you typed: thanks for everything, Kavya!"),
        (f"kavya@example.com {'x' * 1_100}", "Please shorten it by 100"),
        (f"kavya@example.com {'x' * 1_100}", f"kavya@example.com {'x' * 1_100}"),
    ],
)
def test_what_can_not_be_given_is_said(bare_quiet_town: Any, line: str, said: str) -> None:
    town = bare_quiet_town
    priya = town.player("priya")
    priya.command(f"/kudos {line}")
    assert said in priya.aside()
    for name in ("priya", "kavya"):
        player = town.player(name)
        player.command("/kudos list")
        assert "Nothing yet." in player.window()


def test_it_stands_in_the_diary_beside_the_review(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "goals")
    town.to(ON)
    town.player("priya").command(f"/kudos kavya@example.com {WHAT}")
    go(town, ON + timedelta(days=26))
    wei = town.player("chenwei")
    wei.command("/score kavya@example.com")
    wei.touch("打开工作记录")
    assert "Priya Nair 的点赞" in wei.window()
    assert WHAT in wei.window()


def test_whom_one_praised_is_suggested_as_a_reviewer(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.player("priya").command(f"/kudos kavya@example.com {WHAT}")
    begun(town)
    kavya = town.player("kavya")
    kavya.home()
    kavya.press_home("Choose colleagues")
    assert "Suggested colleagues\nPriya Nair\n" in kavya.window(), "who works in another department"
