"""A development plan from its first draft to what is unfinished of it, as an employee, a manager and HR live through it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flows.core.words import Words
from flows.cycle.template import Phase
from flows.goals.kept import Goal, Terms
from tests.stories.quarter import ON, QUARTER, WEEK, go, launch
from tests.stories.test_a_quarter import person

GROWING = replace(
    QUARTER, phases=(*QUARTER.phases, Phase("plan", Words("Development plan", "发展计划"), 50, 14, "plan"))
)
BOOK, TALK = "Read the book on API design", "Give a talk to the team"
DAY = timedelta(days=1)


def write_plan(player: Any, skills: str = "API design", **more: object) -> None:
    """Fill in the open form screen by screen, look it through and send it."""
    player.fill(skills=skills, support="Two hours a week")
    assert player.submit() == {}
    player.fill(**{"what1": BOOK, "until1": "2026-03-12", "what2": TALK, "until2": "2026-05-28"} | more)
    assert player.submit() == {}
    assert player.submit() == {}


def begun(town: Any) -> int:
    cycle = launch(town, "plan", GROWING)
    town.to(ON)
    return cycle


def agreed(town: Any) -> int:
    """Kavya's plan as both have agreed to it."""
    cycle = begun(town)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    kavya.command("/plan")
    kavya.touch("Write it")
    write_plan(kavya)
    kavya.close()
    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("同意")
    wei.close()
    return cycle


def check_in(player: Any, words: str) -> None:
    """Answer the check-in of somebody without goals up to what it asks about actions."""
    player.command("/checkin")
    player.fill(done=words, next="More of it")
    assert player.submit() == {}


def open_actions(town: Any, name: str) -> list[str]:
    me = person(town, name).id
    found: list[str] = town.records(lambda records: [one.text for one in records.actions.open_of(me)])
    return found


def test_a_plan_is_written_sent_back_agreed_and_followed_in_two_check_ins(town: Any) -> None:
    begun(town)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    assert "Development plan · Q2" in kavya.home()
    kavya.command("/plan")
    assert "There is no development plan yet." in kavya.window()
    kavya.touch("Write it")
    assert "陈伟 reads it and agrees or asks for changes" in kavya.window()
    write_plan(kavya)
    assert "Sent to 陈伟, who agrees or asks for changes." in kavya.window()
    kavya.close()
    assert open_actions(town, "kavya") == []

    wei.command("/plan team")
    assert "等待你处理" in wei.window()
    wei.touch("打开", beside="Kavya Iyer")
    assert "需要提升的能力" in wei.window()
    assert "API design" in wei.window()
    assert "Give a talk to the team（5月28日（周四）前） · 待确认" in wei.window()
    wei.touch("请对方修改")
    wei.fill(comment="请再加一项")
    assert wei.submit() == {}
    wei.close()

    kavya.command("/plan")
    assert "Changes are asked of Kavya Iyer" in kavya.window()
    assert "请再加一项" in kavya.window()
    kavya.touch("Change")
    assert kavya.field("skills") == "API design"
    write_plan(kavya, what3="Pair with Arjun", until3="2026-03-16")
    kavya.close()
    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("同意")
    assert "计划已确认" in wei.window()
    wei.close()
    assert open_actions(town, "kavya") == [BOOK, "Pair with Arjun", TALK]
    town.to(ON + DAY)
    assert any("Your development plan is agreed." in text for text in kavya.messages())
    for player in (kavya, wei):
        assert not any(BOOK in text or "API design" in text for text in player.messages())

    check_in(kavya, "Began the book")
    assert f"{BOOK} (until Thursday 12 March)" in kavya.window()
    assert TALK not in kavya.window()  # it is due in May
    book, pair = action_keys(town, "kavya", BOOK, "Pair with Arjun")
    kavya.fill(**{f"{book}.how": "on_the_way", f"{pair}.how": "on_the_way"})
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    kavya.close()

    town.to(ON + WEEK)
    check_in(kavya, "Read the book")
    kavya.fill(**{f"{book}.how": "done", f"{pair}.how": "dropped"})
    assert kavya.submit() == {}
    assert "Why is it not needed any more?" in kavya.window()
    kavya.fill(why="Arjun has moved to another team")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    assert "Sent" in kavya.window()
    kavya.close()
    assert open_actions(town, "kavya") == [TALK]
    kavya.command("/plan")
    assert f"{BOOK} (until Thursday 12 March) · done" in kavya.window()
    assert "dropped: Arjun has moved to another team" in kavya.window()
    kavya.close()
    wei.command("/checkin team")
    wei.touch("打开", beside="Kavya Iyer")
    assert f"{BOOK}: 已完成" in wei.window().replace("\n", "") or "已完成" in wei.window()
    assert "不再需要：Arjun has moved to another team" in wei.window()


def action_keys(town: Any, name: str, *texts: str) -> list[str]:
    """How the form calls what it asks about these actions."""
    me = person(town, name).id
    found = town.records(lambda records: {one.text: one.id for one in records.actions.about(me)})
    return [f"Action:{found[text]}" for text in texts]


def test_what_is_unfinished_is_taken_over_into_the_next_cycle_or_let_go(quiet_town: Any) -> None:
    town = quiet_town
    before = agreed(town)
    kavya, wang = town.player("kavya"), town.player("wangqiang")
    mine = [Goal(0, person(town, "kavya").id, Terms(title), before) for title in ("Fewer crashes", "Old tools")]
    town.records(lambda records: [records.goals.save(goal) for goal in mine])
    go(town, ON + 2 * WEEK)
    after = launch(town, "goals", GROWING, name="Q3")
    kavya.command("/goal")
    kavya.touch("From last time (4)")
    assert "Nothing goes on by itself" in kavya.window()
    for text in ("Fewer crashes", "Old tools", BOOK, TALK):
        assert text in kavya.window()
    kavya.touch("Take over", beside="Fewer crashes")
    kavya.touch("Let go", beside="Old tools")
    kavya.touch("Take over", beside=BOOK)
    assert "Taken over: Read the book on API design" in kavya.window()
    kavya.touch("Let go", beside=TALK)
    kavya.close()
    kavya.command("/goal")
    assert "From last time" not in kavya.window()
    assert "Old tools" not in kavya.window()
    assert "Fewer crashes" in kavya.window()
    assert open_actions(town, "kavya") == [BOOK]
    me = person(town, "kavya").id
    kept = town.records(lambda records: records.carried.of(after, me))
    assert sorted((one.kind, one.taken) for one in kept) == [
        ("action", False), ("action", True), ("goal", False), ("goal", True),
    ]  # fmt: skip
    wang.command("/goal")
    assert "上期未完成" in wang.window()
