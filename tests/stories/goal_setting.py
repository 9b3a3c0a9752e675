"""How people in the stories set their goals: the form, the sheet and the one tap that proposes them."""

from __future__ import annotations

from typing import Any

CHINESE = "目标"  # the title of the sheet for who reads Chinese


def open_sheet(player: Any) -> None:
    """Open one's goals, whatever stood open."""
    if player.window():
        player.close()
    player.command("/goal")


def write_goal(player: Any, sentence: str, kind: str = "number", **more: object) -> None:
    """Write one goal from the open sheet; the answers that are not given stay as they are proposed."""
    player.touch("添加目标" if player.title() == CHINESE else "Add a goal")
    fill_goal(player, sentence, kind, **more)


def fill_goal(player: Any, sentence: str, kind: str = "number", **more: object) -> None:
    """Fill in the open form of a goal, screen by screen, look it through and send it."""
    player.fill(sentence=sentence, kind=kind)
    assert player.submit() == {}
    if more:
        player.fill(**more)
    assert player.submit() == {}
    assert player.submit() == {}


def write_goals(player: Any, *sentences: str) -> None:
    """Write goals on one's sheet, without proposing them."""
    for sentence in sentences:
        open_sheet(player)
        write_goal(player, sentence)
    player.close()


def propose(player: Any, name: str) -> None:
    """Propose all that is ready to the manager of that name."""
    open_sheet(player)
    player.touch(("提交给" if player.title() == CHINESE else "Propose to ") + name)
    player.close()
