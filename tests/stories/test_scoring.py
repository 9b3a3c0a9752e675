"""Managers score: in the form with hints and a final rating, in one line, and side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flows.core.kinds import Rating, Text
from flows.core.page import Question
from flows.core.words import Words
from flows.cycle.planning import plan_snapshot
from flows.cycle.records import Audience, Cycle
from flows.cycle.template import Review, Step
from tests.stories.quarter import ON, QUARTER, STEPS, go, launch
from tests.stories.test_a_quarter import opens, person, sees
from tests.stories.test_people_change import change, deputize

BEHAVIOUR = Question("behaviour", Words("How is the teamwork?", "协作如何？"), Rating(STEPS))
ABILITY = Question("ability", Words("How able is this person?", "能力如何？"), Rating(STEPS))
STRENGTHS = Question("strengths", Words("What are the strengths?", "主要优势？"), Text(3))
SCALE = (
    Step("A", Words("Above", "超出预期"), Decimal(3), Decimal(85), Decimal("1.2")),
    Step("B", Words("Met", "达到预期"), Decimal(2), Decimal(60), Decimal("1.0")),
    Step("C", Words("Below", "低于预期"), Decimal(1), Decimal(0), Decimal("0.8")),
)
GOOD = "总能把复杂问题拆开，带动全组一起解决"
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
        assert said in wei.window(), line
        assert f"/score kavya@example.com {line}" in wei.window(), "it is there to be copied"
    wei.command("/score kavya@example.com")
    assert wei.field("behaviour") in (None, "")


def test_a_refused_line_is_shown_to_be_copied_and_nothing_claims_that_it_is_kept(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    town.to(ON)
    wei, long = town.player("chenwei"), "好" * 1100
    before = wei.messages()
    wei.command(f'/score kavya@example.com B "{long}"')
    assert long in wei.window()
    assert "没有记录" in wei.window()
    assert "已保留" not in wei.window()
    go(town, ON.replace(month=4, day=1))
    wei.command('/score kavya@example.com 3 "终于写完"')
    assert "关闭" in wei.window()
    assert "终于写完" in wei.window()
    assert "已保留" not in wei.window()
    wei.close()
    wei.command("/score <@U0ARJUN|arjun> 9 “好”")
    assert "/score arjun@example.com 9 “好”" in wei.window(), "a mention can't be copied, an address can"
    assert all(long not in text and "终于写完" not in text for text in [*before, *wei.messages()])


def refusal(player: Any, line: str) -> str:
    """The sentence that a refused line is answered with."""
    player.close()
    player.command(f"/score {line}")
    return str(player.window()).partition("\n")[0]


def test_not_allowed_and_not_there_read_the_same(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    town.to(ON)
    change(town, "arjun", manager=person(town, "anna").id)
    heard = {
        refusal(town.player(who), f"{whom}{line}")
        for who, whom in (
            ("kavya", "kavya@example.com"),
            ("kavya", "chenwei@example.com"),
            ("kavya", "陈伟"),
            ("jonas", "<@U0KAVYA>"),
            ("jonas", "<@U0NOBODY>"),
            ("jonas", "nobody@example.com"),
            ("marta", "kavya@example.com"),
        )
        for line in ("", " A", " 3 good", " behaviour=3")
    }
    assert len(heard) == 1
    assert "There is nobody of that name whom you score now." in heard.pop()
    manager = {
        refusal(town.player("chenwei"), whom)
        for whom in ("arjun@example.com A", "anna@example.com", "nobody@example.com", "陈伟 A", "<@U9> A")
    }
    assert len(manager) == 1, "a former report reads as somebody who never was one"
    assert "现在没有叫这个名字、需要你评分的人" in manager.pop()


def test_a_deputy_scores_and_the_manager_is_told_who_does_it(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = launch(town, "manager-review", RATED)
    town.to(ON)
    deputize(town, "chenwei", "emily", "2026-03-02", "2026-03-06")
    town.to(ON + timedelta(hours=1))
    wei, emily = town.player("chenwei"), town.player("emily")
    told = refusal(wei, "kavya@example.com A")
    assert "上级评估：Kavya Iyer · Q2" in told
    assert "3月6日" in told
    assert "Emily Carter" in told
    assert refusal(town.player("jonas"), "kavya@example.com A").startswith("There is nobody of that name")
    emily.close()
    emily.command(f'/score kavya@example.com A "On time" goals=85 behaviour=3 ability=3 strengths="{GOOD}"')
    assert "the review is sent" in emily.window()
    assert [one[0] for one in ledger(town, cycle, "kavya")] == ["computed", "manager"]
    assert "已由Emily Carter代你完成" in refusal(wei, "kavya@example.com A")


def test_before_the_phase_the_manager_alone_is_told_when_it_opens(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "self-review", RATED)
    town.to(ON)
    assert "3月12日" in refusal(town.player("chenwei"), "kavya@example.com A")
    assert "开始评分" in refusal(town.player("chenwei"), "Kavya Iyer")
    for name in ("kavya", "jonas", "anna"):
        assert refusal(town.player(name), "kavya@example.com A") not in ("",)
        assert "12 March" not in refusal(town.player(name), "kavya@example.com A")


def rename(town: Any, name: str, to: str) -> None:
    before = person(town, name)
    town.records(lambda records: records.people.save(replace(before, name=to)))


def test_two_of_ones_people_of_one_name_are_told_apart_by_their_addresses(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    town.to(ON)
    rename(town, "arjun", "李娜")
    rename(town, "ana", "Kavya Iyer")
    wei = town.player("chenwei")
    assert "你有 2 位下属都叫“李娜”" in refusal(wei, "李娜 A")
    wei.close()
    wei.command("/score arjun@example.com A")
    assert "已记录" in wei.window(), "an address tells them apart"
    wei.close()
    wei.command("/score Kavya Iyer A")
    assert "已记录" in wei.window(), "one who is somebody else's is never meant"


def test_of_two_cycles_the_one_that_is_open_is_meant(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    old = launch(town, "manager-review", RATED, "Q1")
    go(town, ON + timedelta(days=31))
    first = date(2026, 4, 2) - timedelta(days=24)
    town.records(lambda records: begin(records, first, town.now()))
    town.settle()
    town.to(town.now() + timedelta(days=1))
    wei = town.player("chenwei")
    wei.command("/score kavya@example.com behaviour=3")
    assert "上级评估：Kavya Iyer · Q2" in wei.window()
    assert "已记录" in wei.window()
    assert f"{old}/" not in wei.windows[-1].screen.place.about[1]
    wei.close()
    wei.command("/score kavya@example.com")
    assert wei.field("behaviour") == "3"
    go(town, town.now() + timedelta(days=40))
    assert "Q2" in refusal(wei, "kavya@example.com A"), "of those that are over, the latest says so"


def begin(records: Any, first: date, now: Any) -> None:
    hr = records.people.by_email("marta@example.com").id
    cycle = Cycle(0, "live", "Q2", first, RATED, Audience(), hr, now, launched_by=hr, launched_at=now)
    plan_snapshot(records, records.cycles.save(cycle), now)


def test_a_line_shows_its_hints_and_until_when_it_can_be_changed(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    town.to(ON)
    wei = town.player("chenwei")
    wei.command("/score kavya@example.com strengths=好人一个")
    assert "文字说明过短" in wei.window(), "while something is missing, too"
    wei.close()
    wei.command("/score kavya@example.com A “好的” goals=85，behaviour=3，ability=3")
    assert "评估已提交" in wei.window()
    assert "前可以修改" in wei.window()
    assert "文字说明过短" in wei.window()
    wei.touch("打开表单")


def test_the_example_and_the_names_are_the_templates_own(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review", RATED)
    town.to(ON)
    wei = town.player("chenwei")
    wei.command("/score")
    assert "/score @某人 A “理由”，或 /score @某人 behaviour=3" in wei.window()
    for name in (
        "behaviour: 协作如何？",
        "ability: 能力如何？",
        "strengths: 主要优势？",
        "goals: 目标总体达成率",
    ):
        assert name.replace(": ", "") in wei.window().replace(": ", ""), name
    wei.close()
    wei.command("/score kavya@example.com A")
    assert "/score @某人 A “理由”" in wei.window()


def test_without_a_scale_the_example_has_none(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    launch(town, "manager-review")
    town.to(ON)
    wei = town.player("chenwei")
    wei.command("/score")
    assert "输入一行命令：/score @某人 results=3" in wei.window()
    assert "目标总体达成率" not in wei.window()


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
