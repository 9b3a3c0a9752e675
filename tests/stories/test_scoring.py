"""Managers score: in the form with hints and a final rating, in one line, and side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from flows.core.kinds import Rating, Text
from flows.core.page import Question
from flows.core.words import Words
from flows.cycle.template import Review, Step
from tests.stories.quarter import ON, QUARTER, STEPS, go, launch
from tests.stories.test_a_quarter import opens, person, sees

BEHAVIOUR = Question("behaviour", Words("How is the teamwork?", "协作如何？"), Rating(STEPS))
ABILITY = Question("ability", Words("How able is this person?", "能力如何？"), Rating(STEPS))
STRENGTHS = Question("strengths", Words("What are the strengths?", "主要优势？"), Text(3))
SCALE = (
    Step("A", Words("Above", "超出预期"), Decimal(3), Decimal(85), Decimal("1.2")),
    Step("B", Words("Met", "达到预期"), Decimal(2), Decimal(60), Decimal("1.0")),
    Step("C", Words("Below", "低于预期"), Decimal(1), Decimal(0), Decimal("0.8")),
)
RATED = replace(
    QUARTER,
    reviews={
        **QUARTER.reviews,
        "manager": Review("manager", Words("Manager review", "上级评估"), (BEHAVIOUR, ABILITY, STRENGTHS)),
    },
    goal_methods=("kpi",),
    weights={"goals": Decimal(50), "behaviour": Decimal(30), "ability": Decimal(20)},
    scale=SCALE,
)


def ledger(town: Any, cycle: int, name: str) -> list[tuple[str, str, str]]:
    whose = person(town, name).id
    versions = town.records(lambda records: records.ledger.of(cycle, whose))
    return [(one.kind, str(one.score), one.rating) for one in versions]


def test_a_manager_rates_in_the_form_and_says_why_it_differs(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "manager-review", RATED)
    town.to(ON)
    wei = town.player("chenwei")
    wei.command("/score")
    assert "已完成 0/9" in wei.window()
    wei.touch("填写", beside="Kavya Iyer")
    wei.fill(behaviour="3", ability="2", strengths="好")
    assert wei.submit() == {}
    assert "目标总体达成率" in wei.window()
    wei.fill(goals="90")
    assert wei.submit() == {}
    assert "目前计算得分：88.33，建议评级：A · 超出预期" in wei.window()
    wei.fill(rating="B")
    assert wei.submit() == {}
    assert "为什么与计算结果不同？" in wei.window()
    assert wei.submit() != {}
    wei.fill(reason="一半目标由他人完成")
    assert wei.submit() == {}
    assert "文字说明过短" in wei.window()
    assert "规则：" in wei.window()
    assert wei.submit() == {}
    assert ledger(town, cycle, "kavya") == [("computed", "88.33", "A"), ("manager", "88.33", "B")]
    wei.command("/score")
    assert "已完成 1/9" in wei.window()
    assert all(
        "88.33" not in text and "一半目标" not in text
        for text in [*wei.messages(), *town.player("kavya").messages()]
    )


def test_one_line_is_recorded_and_says_what_is_missing_until_nothing_is(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "manager-review", RATED)
    town.to(ON)
    wei = town.player("chenwei")
    kavya = "<@" + town.mention("kavya").removeprefix("account:") + ">"
    wei.command(f"/score {kavya} goals=85 behaviour=3")
    assert "已记录：" in wei.window()
    assert "协作如何？" in wei.window()
    assert "还缺少以下内容，尚未提交" in wei.window()
    assert "能力如何？" in wei.window()
    wei.close()
    wei.command(
        f'/score {kavya} A "交付准时，带动全组" ability=3 strengths="总能把复杂问题拆开，带动全组一起解决"'
    )
    assert "内容完整，评估已提交。" in wei.window()
    assert ledger(town, cycle, "kavya") == [("computed", "92.50", "A"), ("manager", "92.50", "A")]
    wei.close()
    wei.command(f"/score {kavya} behaviour=1")
    assert ledger(town, cycle, "kavya")[2:] == [("computed", "72.50", "B")]


def test_a_line_that_is_not_understood_changes_nothing_and_says_what_can_be_given(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    town.to(ON)
    wei = town.player("chenwei")
    for line, said in (
        ("9", "不在评级范围内"),
        ("behaviour=7", "behaviour: "),
        ("speed=3", "无法识别“speed”"),
        ("goals=abc", "不是数字"),
        ("goals=1000", "不能大于 300"),
        ("behaviour=3 behaviour=2", "写了两次"),
    ):
        wei.command(f"/score kavya@example.com {line}")
        assert said in wei.aside(), line
    wei.command("/score kavya@example.com")
    assert wei.field("behaviour") in (None, "")


def test_not_allowed_and_not_there_read_the_same(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    town.to(ON)
    heard = []
    for who, whom in (
        ("kavya", "kavya"),
        ("kavya", "chenwei"),
        ("jonas", "kavya"),
        ("chenwei", "anna"),
        ("marta", "kavya"),
    ):
        player = town.player(who)
        for line in ("", " 3 good", " behaviour=3"):
            player.command(f"/score {whom}@example.com{line}")
            heard.append(player.aside())
    assert len({text for text in heard if text[0].isascii()}) == 1
    assert "There is nothing here for you under that name." in heard[0]


def test_after_the_phase_nothing_is_scored(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    go(town, ON.replace(month=4, day=1))
    wei = town.player("chenwei")
    wei.command("/score kavya@example.com 3 good")
    assert wei.aside()
    assert ledger(town, 1, "kavya") == []


def test_one_question_about_the_whole_team_side_by_side(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "manager-review", RATED)
    town.to(ON)
    wei = town.player("chenwei")
    wei.command("/score")
    wei.touch("并排评分", beside="协作如何？")
    assert "Kavya Iyer" in wei.window()
    kavya, arjun = person(town, "kavya"), person(town, "arjun")
    wei.fill(**{f"person-{kavya.id}.behaviour": "3", f"person-{arjun.id}.behaviour": "1"})
    assert wei.submit() == {}
    assert "已记入 2 份草稿" in wei.window()
    wei.command("/score kavya@example.com")
    assert wei.field("behaviour") == "3"
    assert not sees(town, "kavya", "score-said", f"{cycle}/manager-review/{kavya.id}")
    assert opens(town, "chenwei", "score-table", f"{cycle}/manager-review/behaviour")
    assert not opens(town, "kavya", "score-table", f"{cycle}/manager-review/behaviour")
    assert not opens(town, "chenwei", "score-table", f"{cycle}/self-review/proud")
