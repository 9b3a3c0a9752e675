"""Development plans and actions on days that go otherwise: managers change, old buttons, wishes, long texts, and the chat."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.build import catalog
from bot.exchange import Press
from bot.front import Front
from flows.core.desk import NotThere
from flows.core.kinds import Text
from flows.core.page import Question
from flows.core.screen import Act
from flows.core.words import Words
from flows.cycle.template import Review
from flows.plans.records import Action
from flows.reviews.records import Review as Sent
from tests.stories.quarter import MONDAY, ON, WHY
from tests.stories.releasing import OVER, RELEASED, launched, rate, release
from tests.stories.test_a_quarter import person
from tests.stories.test_development_plan import (
    BOOK,
    DAY,
    TALK,
    action_keys,
    agreed,
    begun,
    open_actions,
    write_plan,
)
from tests.stories.test_people_change import change, deputize


def written(town: Any) -> Any:
    """Kavya has sent her plan, and nobody has answered."""
    begun(town)
    kavya = town.player("kavya")
    kavya.command("/plan")
    kavya.touch("Write it")
    write_plan(kavya)
    kavya.close()
    return kavya


def plan_of(town: Any, name: str = "kavya") -> Any:
    me = person(town, name).id
    return town.records(lambda records: records.development.of_person(me)[0])


def asked(town: Any) -> list[str]:
    """Who has an open task of answering about Kavya's plan."""
    plan = plan_of(town)

    def work(records: Any) -> list[str]:
        tasks = records.tasks.of_about("plan-answer", plan.id, "", [plan.person])
        return [records.people.get(task.person).email for task in tasks if task.state == "open"]

    found: list[str] = town.records(work)
    return found


def refused(town: Any, name: str, act: Act) -> bool:
    """Whether what a button leads to is not there for this person."""
    found, desk = catalog()
    actor, front, now = person(town, name), Front(found, desk), town.now()

    def look(records: Any) -> None:
        if act.verb == "see":
            front.see(records, actor, act, now)
        else:
            front.press(records, actor, Press(act, "modal", None), now)

    try:
        town.records(look)
    except NotThere:
        return True
    return False


def open_plan(player: Any) -> None:
    if player.window():
        player.close()
    player.command("/plan")


def test_without_a_manager_a_plan_stands_at_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    olivia = town.player("olivia")
    olivia.command("/plan")
    olivia.touch("Write it")
    assert "You have no manager in the directory" in olivia.window()
    write_plan(olivia)
    assert "Kept: it stands as agreed" in olivia.window()
    assert open_actions(town, "olivia") == [BOOK, TALK]
    open_plan(olivia)
    assert "Agreed" in olivia.window()


def test_a_new_manager_answers_what_was_proposed_to_the_one_before(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    kavya = written(town)
    assert asked(town) == ["chenwei@example.com"]
    wei, priya = town.player("chenwei"), town.player("priya")
    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    change(town, "kavya", manager=person(town, "priya").id)
    town.to(town.now() + timedelta(minutes=2))
    assert asked(town) == ["priya@example.com"]
    wei.touch("同意")
    assert plan_of(town).state == "proposed"
    priya.command("/plan team")
    priya.touch("Open", beside="Kavya Iyer")
    priya.touch("Agree")
    assert plan_of(town).state == "agreed"
    assert asked(town) == []
    open_plan(kavya)
    assert "Agreed" in kavya.window()


def test_who_has_seen_another_plan_has_not_agreed_to_this_one(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    kavya = written(town)
    wei = town.player("chenwei")
    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    open_plan(kavya)
    kavya.touch("Change")
    write_plan(kavya, skills="Everything else")
    wei.touch("同意")
    assert "计划在你打开后又有改动" in wei.window()
    assert plan_of(town).state == "proposed"
    wei.touch("同意")
    assert plan_of(town).state == "agreed"
    assert plan_of(town).content.skills == "Everything else"


def test_a_change_needs_both_again_and_until_then_the_plan_stays(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    agreed(town)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    open_plan(kavya)
    kavya.touch("Change")
    assert "Until both agree, what was agreed stays." in kavya.window()
    write_plan(kavya, what2="Write an article", until2="2026-04-10")
    assert open_actions(town, "kavya") == [BOOK, TALK]
    open_plan(kavya)
    assert "+ Write an article (until Friday 10 April)" in kavya.window()
    assert f"− {TALK}" in kavya.window()
    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("请对方修改")
    wei.fill(comment="先做完报告")
    wei.submit()
    assert "维持原来的约定" in wei.window()
    assert (plan_of(town).pending, open_actions(town, "kavya")) == (None, [BOOK, TALK])
    open_plan(kavya)
    kavya.touch("Change")
    write_plan(kavya, what2="Write an article", until2="2026-04-10")
    open_plan(kavya)
    kavya.touch("Take my change back")
    assert plan_of(town).pending is None
    open_plan(kavya)
    kavya.touch("Change")
    write_plan(kavya, what2="Write an article", until2="2026-04-10")
    wei.close()
    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("同意")
    assert open_actions(town, "kavya") == [BOOK, "Write an article"]
    open_plan(kavya)
    kavya.touch("History")
    for words in (
        "陈伟 left it as agreed before",
        "先做完报告",
        "Kavya Iyer took the change back",
        "陈伟 agreed",
    ):
        assert words in kavya.window()


def test_a_manager_may_ask_for_a_change_and_the_employee_agrees(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    agreed(town)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("修改")
    assert "对方会立即看到并答复" in wei.window()
    wei.fill(skills="系统设计")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "已提交给Kavya Iyer" in wei.window()
    assert asked(town) == ["kavya@example.com"]
    open_plan(kavya)
    assert "系统设计" in kavya.window()
    kavya.touch("Agree")
    assert plan_of(town).content.skills == "系统设计"
    assert asked(town) == []


def test_a_deputy_answers_and_others_have_nothing_to_look_at(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town)
    deputize(town, "chenwei", "priya", "2026-03-02", "2026-03-06")
    kavya = town.player("kavya")
    open_plan(kavya)
    kavya.touch("Write it")
    write_plan(kavya)
    assert asked(town) == ["priya@example.com"]
    plan = plan_of(town)
    see = Act("see", ("plan", str(plan.cycle), str(plan.person)))
    for name in ("lina", "emily", "marta", "olivia"):
        assert refused(town, name, see), name
    assert not refused(town, "priya", see)
    assert refused(town, "lina", Act("do", ("plan-agree", str(plan.id), "1")))
    town.to(ON + DAY)
    priya = town.player("priya")
    priya.home()
    priya.press_home("Look at it")
    priya.touch("Agree")
    assert plan_of(town).state == "agreed"


def test_what_does_not_go_together_is_said_and_kept(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town)
    kavya = town.player("kavya")
    open_plan(kavya)
    kavya.touch("Write it")
    kavya.fill(skills="x" * 3001)
    assert "takes 3,000" in kavya.submit()["skills"]
    kavya.fill(skills="长" * 3000)
    assert kavya.submit() == {}
    kavya.fill(what1=BOOK, until1="2026-02-01", until2="2026-04-01")
    assert kavya.submit() == {}
    kavya.submit()
    assert "The day of action 1 has passed" in kavya.window()
    kavya.touch("Edit", beside="Action 1: by when?")
    kavya.fill(until1="2026-04-01")
    assert kavya.submit() == {}
    kavya.submit()
    assert "Action 2 has a day, but not what it is." in kavya.window()
    kavya.touch("Edit", beside="Action 1: by when?")
    kavya.fill(what2=BOOK.upper())
    assert kavya.submit() == {}
    kavya.submit()
    assert "Action 2 is there twice." in kavya.window()
    kavya.touch("Edit", beside="Action 1: by when?")
    kavya.fill(what2=TALK)
    assert kavya.submit() == {}
    kavya.submit()
    assert "Sent to 陈伟" in kavya.window()
    assert plan_of(town).content.skills == "长" * 3000


def test_actions_are_done_put_off_and_given_up_by_whoever_may(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    agreed(town)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    kavya.command("/plan actions")
    kavya.touch("Done", beside=BOOK)
    assert open_actions(town, "kavya") == [TALK]
    kavya.touch("Not done after all")
    assert open_actions(town, "kavya") == [BOOK, TALK]
    kavya.touch("Put off")
    kavya.fill(due="2026-02-01")
    kavya.submit()
    assert "That day has passed" in kavya.window()
    kavya.fill(due="2026-06-05", why="Waiting for the second edition")
    kavya.submit()
    assert open_actions(town, "kavya") == [TALK, BOOK]
    me = person(town, "kavya").id
    first = town.records(lambda records: records.actions.open_of(me)[0])
    assert refused(town, "lina", Act("do", ("action-done", str(first.id))))
    wei.command("/plan team")
    wei.touch("打开", beside="Kavya Iyer")
    wei.touch("行动")
    wei.touch("已完成", beside=TALK)
    assert open_actions(town, "kavya") == [BOOK]
    open_plan(kavya)
    kavya.touch("Change")  # what is put off stands in the form with its new day, and what is done no more
    assert kavya.submit() == {}
    assert (kavya.field("what1"), kavya.field("until1"), kavya.field("what2")) == (BOOK, "2026-06-05", "")


def test_a_manager_reaches_the_actions_of_who_has_no_plan(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    me, boss = person(town, "lina"), person(town, "chenwei")
    new = Action(0, me.id, "meeting", 1, "整理接口文档", None, "open", boss.id, town.now())
    town.records(lambda records: records.actions.add(new))
    wei = town.player("chenwei")
    wei.command("/plan team")
    wei.touch("行动", beside="李娜")
    wei.touch("已完成", beside="整理接口文档")
    assert open_actions(town, "lina") == []
    assert "已完成：整理接口文档" in wei.window()


def test_what_an_improvement_plan_fixes_is_only_reported_on(bare_town: Any) -> None:
    town = bare_town
    town.to(ON)
    kavya = town.player("kavya")
    me, boss = person(town, "kavya"), person(town, "chenwei")
    fixed = Action(0, me.id, "improvement", 1, "Answer within a day", MONDAY, "open", boss.id, town.now())
    kept = town.records(lambda records: records.actions.add(fixed))
    kavya.command("/plan actions")
    assert "agreed in private" in kavya.window()
    with pytest.raises(AssertionError, match="there is no 'Put off'"):
        kavya.touch("Put off")
    kavya.close()
    kavya.command("/checkin")
    kavya.fill(done="A lot", next="More")
    assert kavya.submit() == {}
    (key,) = action_keys(town, "kavya", fixed.text)
    kavya.fill(**{f"{key}.how": "dropped"})
    assert kavya.submit() != {}
    kavya.fill(**{f"{key}.how": "done"})
    assert kavya.submit() == {}
    kavya.submit()
    assert town.records(lambda records: records.actions.get(kept.id)).state == "done"
    kavya.close()
    kavya.command("/checkin")  # it was pressed by mistake
    kavya.touch("Edit", beside="How is it going?")
    kavya.fill(**{f"{key}.how": "on_the_way"})
    assert kavya.submit() == {}
    kavya.submit()
    assert town.records(lambda records: records.actions.get(kept.id)).state == "open"


def test_in_the_chat_no_message_says_what_an_action_is(bare_town: Any) -> None:
    town = bare_town
    town.to(ON)
    kavya, me = town.player("kavya"), person(town, "kavya")
    new = Action(0, me.id, "meeting", 1, BOOK, date(2026, 3, 5), "open", me.id, town.now())
    kept = town.records(lambda records: records.actions.add(new))
    for said in ("Login page", "Release", "skip", "skip", "skip", "skip", "skip"):
        kavya.write(said)
    last = kavya.messages()[-1]
    assert "Something that you agreed to do until Thursday 5 March\nHow is it going?" in last
    assert "What it is stands in the form only" in last
    kavya.write("not any more")
    assert "Why is it not needed any more?" in kavya.messages()[-1]
    kavya.write("We sold that product")
    kavya.write("send")
    assert "Sent" in kavya.messages()[-1]
    assert not any(BOOK in text for text in kavya.messages())
    found = town.records(lambda records: records.actions.get(kept.id))
    assert (found.state, found.why) == ("dropped", "We sold that product")


def test_what_the_review_said_about_growing_stands_beside_once_it_is_open(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    growth = Question("growth", Words("What should grow?", "需要提升什么？"), Text(4))
    manager = Review("manager", Words("Manager review", "上级评估"), (*RELEASED.reviews["manager"].questions, growth),
                     private=RELEASED.reviews["manager"].private)  # fmt: skip
    assert WHY in manager.questions
    cycle = launched(town, replace(RELEASED, reviews={**RELEASED.reviews, "manager": manager}))
    rate(town, cycle)
    me = person(town, "kavya").id

    def grow(records: Any) -> None:
        sent: Sent = next(one for one in records.reviews.about(cycle, [me]) if one.kind == "manager")
        records.reviews.keep(replace(sent, answers={**sent.answers, "growth": "Speak up in meetings"}))

    town.records(grow)
    town.to(OVER)
    release(town)
    kavya = town.player("kavya")
    kavya.command("/plan")
    kavya.touch("Write it")
    assert "Speak up in meetings" not in kavya.window()
    kavya.close()
    town.to(OVER + 4 * DAY)
    kavya.command("/plan")
    assert "Kavya Iyer · Q1" in kavya.window()
    kavya.touch("Write it")
    assert "Manager review: What should grow?" in kavya.window()
    assert "Speak up in meetings" in kavya.window()
    assert kavya.field("skills") == ""  # to be read beside, never pasted
