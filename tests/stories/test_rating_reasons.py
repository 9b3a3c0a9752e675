"""Each rating has a reason of its own, hints come before sending, and a table changes what was sent or says why not."""

from __future__ import annotations

from typing import Any

from tests.stories.quarter import ON, go, launch
from tests.stories.reviewing import person
from tests.stories.test_scoring import RATED

GOOD = "总能把复杂问题拆开，带动全组一起解决"


def reasons(town: Any, cycle: int, name: str) -> list[tuple[str, str]]:
    whose = person(town, name).id
    versions = town.records(lambda records: records.ledger.of(cycle, whose))
    return [(one.rating, one.why) for one in versions if one.kind == "manager"]


def rated_a(town: Any) -> tuple[int, Any]:
    """Kavya has been given an A with its reason."""
    cycle = launch(town, "manager-review", RATED)
    town.to(ON)
    wei = town.player("chenwei")
    wei.command(f'/score kavya@example.com A "交付准时" goals=85 behaviour=3 ability=3 strengths="{GOOD}"')
    return cycle, wei


def test_another_rating_by_command_never_takes_over_the_reason_of_the_first(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle, wei = rated_a(town)
    assert reasons(town, cycle, "kavya") == [("A", "交付准时")]
    wei.close()
    wei.command("/score kavya@example.com C")
    assert "还缺少以下内容，尚未提交" in wei.window()
    assert "为什么与计算结果不同？" in wei.window()
    assert reasons(town, cycle, "kavya") == [("A", "交付准时")], "nothing is sent without a reason of its own"
    wei.close()
    wei.command('/score kavya@example.com "两个项目延期"')
    assert reasons(town, cycle, "kavya")[1:] == [("C", "两个项目延期")]
    wei.close()
    wei.command("/score kavya@example.com A")
    assert reasons(town, cycle, "kavya")[2:] == [("A", "交付准时")], "its own reason is still there"


def test_another_rating_in_the_form_asks_for_its_reason(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle, wei = rated_a(town)
    wei.close()
    wei.command("/score kavya@example.com")
    wei.touch("修改", beside="最终评级")
    wei.fill(rating="C")
    assert wei.submit() == {}
    assert "为什么与计算结果不同？" in wei.window()
    assert wei.field("reason") in (None, "")
    wei.fill(reason="两个项目延期")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert reasons(town, cycle, "kavya") == [("A", "交付准时"), ("C", "两个项目延期")]


def test_a_reason_that_is_too_long_is_refused_and_never_cut(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town, "manager-review", RATED)
    town.to(ON)
    wei = town.player("chenwei")
    line = f'goals=85 behaviour=3 ability=3 strengths="{GOOD}"'
    wei.command(f'/score kavya@example.com B {line} "{"好" * 1100}"')
    assert "请删去 100 个" in wei.aside() + wei.window()
    assert reasons(town, cycle, "kavya") == []


def test_a_form_of_one_screen_shows_its_hints_before_it_is_sent(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review")
    town.to(ON)
    wei = town.player("chenwei")
    wei.command("/score kavya@example.com")
    wei.fill(results="3", why="做得好")
    assert wei.submit() == {}
    assert "文字说明过短" in wei.window()
    assert wei.submit() == {}
    assert "已提交" in wei.window()


def test_a_form_of_one_screen_without_anything_to_hint_at_is_sent_at_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "self-review")
    town.to(ON)
    wei = town.player("kavya")
    wei.command("/review")
    wei.touch("Write")
    wei.fill(proud="The release went out early", learned="To ask", results="3")
    assert wei.submit() == {}
    assert "Sent" in wei.window()


def table(town: Any, **choices: str) -> Any:
    wei = town.player("chenwei")
    wei.command("/score")
    wei.touch("并排评分", beside="协作如何？")
    wei.fill(**{f"person-{person(town, name).id}.behaviour": step for name, step in choices.items()})
    return wei


def test_a_table_sends_again_what_was_sent(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle, wei = rated_a(town)
    wei.close()
    wei = table(town, kavya="2", arjun="3")
    for beside in ("目标都还没有数据。", "没有任何记录", "上级管理者可以阅读"):
        assert beside in wei.window(), beside
    assert wei.submit() == {}
    assert "已更新并重新提交：Kavya Iyer" in wei.window()
    assert "已记入 1 份草稿：Arjun Mehta" in wei.window()
    whose = person(town, "kavya").id
    review = town.records(lambda records: records.reviews.find(cycle, "manager-review", whose, "manager"))
    assert review.answers["behaviour"] == "2"


def test_a_table_after_the_phase_says_that_it_is_closed(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    town.to(ON)
    wei = table(town, kavya="2")
    go(town, ON.replace(month=4, day=1))
    wei.submit()
    assert "关闭" in wei.window()
    assert "这里没有你可以查看的内容" not in wei.window()
