"""Praise reaches whom it is for and the channel that was chosen, stands in their diary, and suggests reviewers."""

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
    priya.command("/kudos list")
    assert f"Given by you\nKavya Iyer · Sunday 1 March\n{WHAT}" in priya.window()
    for other in ("chenwei", "marta"):
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


def test_hr_sets_values_points_and_a_channel_and_praise_carries_them(quiet_town: Any) -> None:
    town = quiet_town
    marta, priya, li = town.player("marta"), town.player("priya"), town.player("lina")
    marta.command("/kudos values")
    assert "Ownership | 主动担当" in str(marta.field("values"))
    marta.fill(values="Ownership | 主动担当\nOwnership | 担当", points="100")
    assert "“Ownership” stands there twice." in marta.submit()["values"]
    marta.fill(values="Customers first | 客户至上\n简单直接", points="100")
    assert marta.submit() == {}
    assert "Values: Customers first, 简单直接. Points a month: 100." in marta.window()
    marta.close()
    marta.command("/kudos channel somewhere")
    assert "Please name the channel" in marta.aside()
    marta.command(f"/kudos channel {town.channel('general')}")
    assert "Praise can be posted to #general now." in marta.aside()
    priya.command("/kudos")
    priya.fill(whom=town.mention("lina"), what=WHAT, value="Customers first", points="120")
    priya.fill(where=channel_of(town, "general"))
    assert priya.submit() == {"points": "Please give at most 100."}
    priya.fill(points="80")
    assert priya.submit() == {}
    assert "It is posted to #general now." in priya.window()
    town.to(town.now() + timedelta(days=3))
    posted = [text for text in town.posts("general") if WHAT in text]
    assert len(posted) == 1
    assert "Priya Nair 为 李娜 点赞 · 客户至上 · 80 分" in posted[0]
    assert any("Priya Nair 为你点赞 · 客户至上 · 80 分" in text for text in li.messages())
    li.command("/kudos list")
    assert "一年内收到 80 分。积分不计入任何得分。" in li.window()
    priya.close()
    priya.command("/kudos")
    assert "You have 20 left this month. They count in no score." in priya.window()
    priya.close()
    town.to(town.now() + timedelta(days=31))
    priya.command("/kudos")
    assert "You have 100 left this month." in priya.window(), "and nothing is carried over"


def test_whoever_is_not_hr_sets_nothing(bare_quiet_town: Any) -> None:
    priya = bare_quiet_town.player("priya")
    for typed in ("/kudos values", "/kudos channel off"):
        priya.command(typed)
        assert "There is nothing here for you under that name." in priya.aside()


def test_praise_from_the_menu_of_a_message(quiet_town: Any) -> None:
    town = quiet_town
    priya, kavya = town.player("priya"), town.player("kavya")
    kavya.post("general", "The new release is live, thanks to the whole team")
    priya.pick("Praise for this", "The new release is live")
    assert "Kavya Iyer in #general: “The new release is live, thanks to the whole team”" in priya.window()
    assert "kavya" in str(priya.field("whom")).lower() or priya.field("whom") == town.mention("kavya")
    priya.fill(what=WHAT)
    assert priya.submit() == {}
    kavya.command("/kudos list")
    assert WHAT in kavya.window()


def channel_of(town: Any, name: str) -> str:
    """The channel's id, as the messenger knows it."""
    return str(town.channel(name)).partition("|")[0].removeprefix("<#")
