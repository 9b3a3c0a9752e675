"""A development plan from its first draft to what is unfinished of it, as an employee, a manager and HR live through it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from flows.core.words import Words
from flows.cycle.template import Phase
from flows.goals.kept import Goal, Terms
from flows.reviews.evidence import looking, trained
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
    assert f"{BOOK}: 已完成" in wei.window()
    assert "Pair with Arjun: 不再需要：Arjun has moved to another team" in wei.window()


def action_keys(town: Any, name: str, *texts: str) -> list[str]:
    """How the form calls what it asks about these actions."""
    me = person(town, name).id
    found = town.records(lambda records: {one.text: one.id for one in records.actions.about(me)})
    return [f"Action:{found[text]}" for text in texts]


CATALOGUE = (
    "code,title,title_zh,hours,mode,link,skills,cost,currency\n"
    "API-1,Designing APIs,接口设计,8,online,https://example.com/api,API design,1200,CNY\n"
    "TALK-1,Speaking in public,公开演讲,2,on site,,speaking,,\n"
)


def test_trainings_are_imported_taken_approved_attended_and_stand_in_the_plan(quiet_town: Any) -> None:
    town = quiet_town
    agreed(town)
    marta, kavya, wei = town.player("marta"), town.player("kavya"), town.player("chenwei")
    marta.drop("trainings.csv", CATALOGUE.replace(",CNY", ",").encode())
    town.settle()
    marta.press("Look and import")
    assert "line 2: What costs something needs its currency" in marta.window()
    marta.close()
    marta.drop("trainings.csv", CATALOGUE.encode())
    town.settle()
    marta.press("Look and import")
    assert "New: 2" in marta.window()
    marta.touch("Import")
    assert "Imported: 2 new, 0 changed" in marta.window()
    marta.close()

    kavya.command("/plan trainings")
    assert "8 h · online · API design · 1,200 CNY, your manager approves" in kavya.window()
    kavya.touch("Enrol", beside="Designing APIs")
    assert "Asked for: your manager approves “Designing APIs”" in kavya.window()
    kavya.touch("Enrol", beside="Speaking in public")
    assert "You are enrolled in “Speaking in public”." in kavya.window()
    kavya.close()
    town.to(town.now() + DAY)
    assert not any("API" in text for text in wei.messages())
    assert "待审批的培训：Kavya Iyer" in wei.home()
    wei.press_home("查看")
    assert "接口设计" in wei.window()
    wei.touch("批准")
    wei.close()
    town.to(town.now() + 2 * DAY)
    assert any("There is a decision on the training" in text for text in kavya.messages())
    kavya.command("/plan")
    assert "Designing APIs · enrolled" in kavya.window()
    kavya.close()

    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("出勤", beside="接口设计")
    wei.fill(how="attended", on="2027-01-01")
    assert wei.submit() == {}
    assert "这一天还没到" in wei.window()
    wei.fill(how="attended", on="2026-03-03")
    assert wei.submit() == {}
    wei.close()
    kavya.command("/plan")
    assert "Designing APIs · attended on Tuesday 3 March" in kavya.window()
    kavya.close()
    marta.command("/plan trainings")
    marta.touch("Who takes part: API-1")
    assert "attended on Tuesday 3 March" in marta.window()
    me = person(town, "kavya").id

    def noted(records: Any) -> list[str]:
        cycle = records.cycles.in_state("live")[0]
        seen = looking(cycle, records.people.get(me), town.now())
        return [one.words.en for one in trained(records, seen, ())]

    assert town.records(noted) == ["Training: Designing APIs"]


def test_what_is_unfinished_is_taken_over_into_the_next_cycle_or_let_go(quiet_town: Any) -> None:
    town = quiet_town
    before = agreed(town)
    kavya, wang = town.player("kavya"), town.player("wangqiang")
    mine = [
        Goal(0, person(town, "kavya").id, Terms(title), before) for title in ("Fewer crashes", "Old tools")
    ]
    town.records(lambda records: [records.goals.save(goal) for goal in mine])
    go(town, ON + 2 * WEEK)
    after = launch(town, "goals", GROWING, name="Q3")
    kavya.command("/goal")
    kavya.touch("From last time (4)")
    assert "Nothing goes on by itself" in kavya.window()
    for text in ("Fewer crashes", "Old tools", BOOK, TALK):
        assert text in kavya.window()
    kavya.touch("Take over", beside="Fewer crashes")
    kavya.touch("Let go: Old tools")
    kavya.touch("Take over", beside=BOOK)
    assert "Taken over: Read the book on API design" in kavya.window()
    kavya.touch(f"Let go: {TALK}")
    kavya.close()
    kavya.command("/goal")
    with pytest.raises(AssertionError, match="there is no 'From last time"):
        kavya.touch("From last time (1)")
    assert "Old tools" not in kavya.window()
    assert "Fewer crashes" in kavya.window()
    assert open_actions(town, "kavya") == [BOOK]
    me = person(town, "kavya").id
    kept = town.records(lambda records: records.carried.of(after, me))
    assert sorted((one.kind, one.taken) for one in kept) == [
        ("action", False), ("action", True), ("goal", False), ("goal", True),
    ]  # fmt: skip
    wang.command("/goal")
    wang.touch("上期未完成（3）")
    assert "不会自动延续" in wang.window()
