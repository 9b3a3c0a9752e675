"""An improvement plan from the draft to its end: extended and met, paused by a leave, changed, and kept private."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from flows.cycle.people.changes import person_changed
from flows.plans.improving.ledger import broken_at

START = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)  # Monday morning in Shanghai and Kolkata
DAY = timedelta(days=1)
WHY = "Deliveries come late, and nobody hears of it before"
EXAMPLES = "The release of 12 February was three days late; the team learnt of it on the day"
FIRST = "Say two days ahead when a delivery will be late"
SECOND = "Deliver two reviewed features a week"
SECRETS = (WHY, EXAMPLES, FIRST, SECOND, "mprovement", "改进", "Two of three came in time")
"""What no message may ever say."""


def begun(town: Any, ends: str = "2026-04-10") -> Any:
    """A manager has written a plan about Kavya and asked HR; the manager's player."""
    town.to(START)
    wei = town.player("chenwei")
    wei.command("/plan improvement")
    wei.touch("新建")
    wei.fill(whom=town.mention("kavya"))
    assert wei.submit() == {}
    wei.fill(why=WHY, examples=EXAMPLES)
    assert wei.submit() == {}
    wei.fill(what=FIRST, measure="No surprise in the weekly round", by="2026-03-20", support="A talk each Monday",
             more="yes")  # fmt: skip
    assert wei.submit() == {}
    wei.fill(what=SECOND, measure="Merged and reviewed", by=ends, support="Pairing with Arjun", more="no")
    assert wei.submit() == {}
    wei.fill(rhythm="weekly", ends=ends)
    assert wei.submit() == {}
    wei.fill(then="ask")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "已请 HR 审阅" in wei.window()
    return wei


def published(town: Any, ends: str = "2026-04-10") -> Any:
    """The same, agreed to by HR."""
    wei = begun(town, ends)
    agree(town)
    return wei


def agree(town: Any, comment: str = "") -> None:
    marta = town.player("marta")
    marta.command("/plan improvement")
    marta.touch("Open it")
    marta.touch("Answer")
    marta.fill(answer="agree")
    assert marta.submit() == {}
    marta.fill(comment=comment)
    assert marta.submit() == {}
    assert marta.submit() == {}
    assert "it has taken effect" in marta.window()


def opened(town: Any, name: str, label: str = "Open it") -> Any:
    """Somebody looks at the plan that comes first in their list."""
    player = town.player(name)
    player.command("/plan improvement")
    player.touch(label)
    return player


def meets(town: Any, mark: str = "on_track", note: str = "") -> Any:
    wei = opened(town, "chenwei", "打开")
    wei.touch("记录面谈")
    wei.fill(held="held")
    assert wei.submit() == {}
    wei.fill(**{"Progress:1.mark": mark, "Progress:2.mark": mark})
    assert wei.submit() == {}
    wei.fill(besides=note)
    assert wei.submit() == {}
    assert wei.submit() == {}
    return wei


def the_plan(town: Any) -> Any:
    return town.records(lambda records: records.improvements.get(1))


def the_steps(town: Any) -> list[str]:
    return town.records(lambda records: [step.kind for step in records.improvements.steps(1)])


def the_actions(town: Any) -> list[tuple[str, str, date]]:
    return town.records(
        lambda records: [(one.text, one.state, one.due) for one in records.actions.of("improvement", 1)]
    )


def said(town: Any, *names: str) -> str:
    return "\n".join(text for name in names for text in town.player(name).messages())


EVERYBODY = ("kavya", "chenwei", "marta", "liufang", "anna", "arjun", "grace")


def test_a_plan_is_extended_and_met(quiet_town: Any) -> None:
    town = quiet_town
    published(town)
    assert the_plan(town).state == "published"
    assert [text for text, _, _ in the_actions(town)] == [FIRST, SECOND]
    town.to(START + DAY)
    assert "There is something for you to read in private." in said(town, "kavya")

    kavya = opened(town, "kavya")
    assert FIRST in kavya.window()
    assert "Expectation 1" in kavya.window()
    assert "asked HR" not in kavya.window()
    kavya.touch("I have read it")
    assert "It does not say that you agree with it." in kavya.window()
    kavya.fill(comment="I was never told of the date of 12 February")
    assert kavya.submit() == {}
    assert the_plan(town).state == "acknowledged"

    town.to(START + 7 * DAY)
    meets(town, "on_track", "Two of three came in time")
    town.to(START + 8 * DAY)
    kavya = opened(town, "kavya")
    assert "Two of three came in time" in kavya.window()
    assert "On track" in kavya.window()
    kavya.touch("Add a comment")
    kavya.fill(comment="The third was blocked by the test system")
    assert kavya.submit() == {}
    assert "blocked by the test system" in opened(town, "chenwei", "打开").window()

    wei = opened(town, "chenwei", "打开")
    wei.touch("延长或结束")
    wei.fill(outcome="extend", why="She was ill for a week in between")
    assert wei.submit() == {}
    wei.fill(ends="2026-04-24")
    assert wei.submit() == {}
    assert wei.submit() == {}
    agree(town)
    plan = the_plan(town)
    assert (plan.state, plan.version, plan.extended) == ("published", 2, 1)
    assert plan.terms.ends == date(2026, 4, 24)
    assert {due for _, _, due in the_actions(town)} == {date(2026, 4, 24)}
    kavya = opened(town, "kavya")
    kavya.touch("I have read it")
    assert kavya.submit() == {}
    assert the_plan(town).state == "acknowledged"

    town.to(START + 14 * DAY)
    meets(town, "met")
    assert {state for _, state, _ in the_actions(town)} == {"done"}
    wei = opened(town, "chenwei", "打开")
    wei.touch("延长或结束")
    wei.fill(outcome="met", why="Both are met since the middle of March")
    assert wei.submit() == {}
    agree(town, "Well done, both of you")
    town.to(START + 16 * DAY)
    kavya = opened(town, "kavya")
    assert "Ended: the expectations were met" in kavya.window()
    assert "Well done, both of you" in kavya.window()
    assert the_steps(town) == [
        "asked", "published", "acknowledged", "meeting", "commented", "asked", "extended", "acknowledged", "meeting",
        "asked", "met",
    ]  # fmt: skip
    assert town.records(lambda r: broken_at(r.improvements.get(1), r.improvements.steps(1))) is None
    spoken = said(town, *EVERYBODY)
    assert [secret for secret in SECRETS if secret in spoken] == []
    assert "有一项内容需要你私下查看" in said(town, "chenwei")
    open_now = town.records(lambda records: records.tasks.of_scope(["private"], 1, state="open"))
    assert open_now == []


def test_a_leave_pauses_it_and_the_dates_move(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    published(town)
    kavya = town.player("kavya")
    kavya.command("/perf away")
    kavya.fill(first="2026-03-09", last="2026-03-13")
    assert kavya.submit() == {}
    town.to(START + 8 * DAY)
    assert the_plan(town).state == "paused"
    wei = opened(town, "chenwei", "打开")
    assert "因休假暂停" in wei.window()
    assert "记录面谈" not in wei.window()
    town.to(START + 15 * DAY)
    plan = the_plan(town)
    assert plan.state == "published"
    assert plan.terms.ends == date(2026, 4, 20)  # five working days later; the 14th is a holiday in India
    assert [one.by for one in plan.terms.expectations] == [date(2026, 3, 30), date(2026, 4, 20)]
    assert plan.meeting == date(2026, 3, 16)
    assert [due for _, _, due in the_actions(town)] == [date(2026, 3, 30), date(2026, 4, 20)]
    assert "goes on; the dates move by 5 working days" in opened(town, "kavya").window()


def test_hr_pauses_and_has_it_go_on(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    published(town)
    marta = opened(town, "marta")
    marta.touch("Pause")
    marta.fill(why="The project is stopped")
    assert marta.submit() == {}
    town.to(START + 4 * DAY)
    assert the_plan(town).state == "paused"
    marta = opened(town, "marta")
    marta.touch("Go on")
    assert the_plan(town).state == "published"
    assert the_plan(town).terms.ends == date(2026, 4, 16)


def test_hr_sends_it_back_and_a_later_change_is_confirmed_anew(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town)
    marta = opened(town, "marta")
    marta.touch("Answer")
    marta.fill(answer="return")
    assert marta.submit() == {}
    marta.fill(why="Please name the support in hours")
    assert marta.submit() == {}
    assert marta.submit() == {}
    wei = opened(town, "chenwei", "打开")
    assert "Please name the support in hours" in wei.window()
    kavya = town.player("kavya")
    kavya.command("/plan improvement")
    assert "There is no improvement plan here for you." in kavya.window()
    wei.touch("请 HR 审阅")
    agree(town)
    kavya = opened(town, "kavya")
    kavya.touch("I have read it")
    assert kavya.submit() == {}

    wei = opened(town, "chenwei", "打开")
    wei.touch("修改")
    wei.fill(why="The second expectation was too much beside the release")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "没有任何改动" in wei.window()
    wei.touch("修改", beside=SECOND)
    wei.fill(what="Deliver one reviewed feature a week")
    assert wei.submit() == {}
    assert wei.submit() == {}
    agree(town)
    assert (the_plan(town).version, the_plan(town).state) == (2, "published")
    assert "Deliver one reviewed feature a week" in opened(town, "kavya").window()
    assert [(text, state) for text, state, _ in the_actions(town)] == [
        (FIRST, "open"), (SECOND, "dropped"), ("Deliver one reviewed feature a week", "open"),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["arjun", "jonas", "priya"])
def test_nobody_else_sees_it(bare_quiet_town: Any, who: str) -> None:
    town = bare_quiet_town
    published(town)
    player = town.player(who)
    player.command("/plan improvement")
    assert "Kavya" not in player.window()


def test_what_is_not_read_and_not_held_is_recorded_and_blocks_nothing(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    published(town, "2026-03-27")
    town.to(START + 14 * DAY)
    assert the_steps(town) == ["asked", "published", "unread", "missed"]
    meets(town, "behind")
    assert the_steps(town)[-1] == "meeting"
    town.to(START + 28 * DAY)
    assert the_plan(town).state == "published"
    tasks = town.records(lambda records: records.tasks.of_scope(["private"], 1, state="open"))
    assert [task.subject for task in tasks if task.subject.startswith("decide")] == ["decide/2026-03-27"]
    assert "There is something" in said(town, "kavya")


def test_the_new_manager_takes_over_and_the_one_before_may_read(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    published(town)

    def move(records: Any) -> None:
        kavya, jonas = (records.people.by_email(f"{name}@example.com") for name in ("kavya", "jonas"))
        after = records.people.save(replace(kavya, manager=jonas.id))
        person_changed(records, kavya, after, town.now())

    town.records(move)
    town.to(START + 2 * DAY)
    jonas = opened(town, "jonas")
    assert FIRST in jonas.window()
    assert "Jonas Weber leads it from now on" in jonas.window()
    jonas.touch("Note a meeting")
    assert "Did you meet?" in jonas.window()
    wei = opened(town, "chenwei", "打开")
    assert FIRST in wei.window()
    assert "记录面谈" not in wei.window()


def test_the_paper_has_all_of_it_and_its_name_says_nothing(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    published(town)
    for name in ("kavya", "marta"):
        player = opened(town, name)
        player.touch("Send me the PDF")
        town.to(town.now() + timedelta(minutes=5))
        (found,) = player.files()
        assert found[0] == "document.pdf"
        assert found[1].startswith(b"%PDF-")
    assert "发送 PDF" not in opened(town, "chenwei", "打开").window()


def test_two_plans_about_one_person_are_refused_and_what_was_typed_is_kept(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    begun(town)
    wei = town.player("chenwei")
    wei.command("/plan improvement")
    wei.touch("新建")
    wei.fill(whom=town.mention("kavya"))
    assert wei.submit() == {}
    wei.fill(why="Again", examples="The same")
    assert wei.submit() == {}
    wei.fill(what="x", measure="y", by="2026-03-20", support="z", more="no")
    assert wei.submit() == {}
    wei.fill(rhythm="weekly", ends="2026-04-01")
    assert wei.submit() == {}
    wei.fill(then="keep")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "已有一份未结束的计划" in wei.window()
    assert "Again" in wei.window()


def test_where_there_is_no_manager_hr_writes_it_and_somebody_else_in_hr_looks(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.to(START + timedelta(hours=9))
    town.records(lambda r: r.people.save(replace(r.people.by_email("arjun@example.com"), manager=None)))
    written_by(town, "liufang", "arjun", "新建")
    liu = opened(town, "liufang", "打开")
    with pytest.raises(AssertionError, match="there is no"):
        liu.touch("处理")  # nobody agrees to what they asked for themselves
    agree(town)
    assert the_plan(town).state == "published"
    assert the_plan(town).manager == town.records(lambda r: r.people.by_email("liufang@example.com").id)


def test_one_cannot_write_a_plan_about_whom_one_does_not_lead(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.to(START)
    wei = town.player("chenwei")
    wei.command("/plan improvement")
    wei.touch("新建")
    wei.fill(whom=town.mention("daniel"))
    assert wei.submit() == {}
    wei.fill(why=WHY, examples=EXAMPLES)
    assert wei.submit() == {}
    wei.fill(what=FIRST, measure="x", by="2026-05-20", support="y", more="no")
    assert wei.submit() == {}
    wei.fill(rhythm="weekly", ends="2026-04-10")
    assert wei.submit() == {}
    wei.fill(then="keep")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "晚于计划的结束日期" in wei.window()
    assert WHY in wei.window()
    wei.touch("修改", beside="2026年5月20日")
    wei.fill(by="2026-03-20")
    assert wei.submit() == {}
    assert wei.submit() == {}
    assert "只能为直接下属" in wei.window()
    assert WHY in wei.window()
    assert town.records(lambda records: records.improvements.all(over=False)) == []


def test_an_older_version_is_not_confirmed_and_twice_is_once(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    published(town)
    kavya = opened(town, "kavya")
    kavya.touch("I have read it")
    wei = opened(town, "chenwei", "打开")
    wei.touch("延长或结束")
    wei.fill(outcome="extend", why="More time")
    assert wei.submit() == {}
    wei.fill(ends="2026-05-08")
    assert wei.submit() == {}
    assert wei.submit() == {}
    agree(town)
    kavya.fill(comment="I read the first one")
    assert kavya.submit() == {}
    assert "There is a newer version by now." in kavya.window()
    assert the_plan(town).acknowledged == 0
    marta = opened(town, "marta")
    assert "Answer" not in marta.window()


def test_who_leaves_ends_it_and_a_dropped_draft_was_never_there(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    published(town)

    def leave(records: Any) -> None:
        kavya = records.people.by_email("kavya@example.com")
        records.people.save(replace(kavya, active=False))

    town.records(leave)
    town.to(START + 2 * DAY)
    assert the_plan(town).state == "withdrawn"
    assert {state for _, state, _ in the_actions(town)} == {"dropped"}
    assert "当事人已离职" in opened(town, "chenwei", "打开").window()


def test_the_head_of_a_department_above_the_line_is_told_how_many(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    published(town)
    anna = opened(town, "anna")  # she stands above the manager, and at the top of the department
    assert FIRST in anna.window()
    anna.command("/plan improvement")
    assert "Engineering: 1 plan" in anna.window()
    grace = town.player("grace")
    grace.command("/plan improvement")
    assert "Engineering" not in grace.window()


def test_who_is_all_there_is_of_hr_goes_ahead_and_the_record_says_so(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.to(START + timedelta(hours=9))
    town.records(lambda r: r.people.save(replace(r.people.by_email("liufang@example.com"), roles=())))
    written_by(town, "marta", "lina", "Write one")
    assert the_plan(town).state == "published"
    town.to(START + DAY)
    assert "有一项内容需要你私下查看。" in said(town, "lina")
    lina = opened(town, "lina", "打开")
    assert "没有其他 HR 可以复核" in lina.window()
    lina.touch("我已阅读")
    assert "不代表你同意其中的内容" in lina.window()
    lina.fill(comment="事实有出入：2 月 12 日我在休假")
    assert lina.submit() == {}
    assert "事实有出入" in opened(town, "chenwei", "打开").window()


def test_without_anybody_in_hr_nothing_is_published_and_what_was_typed_stays(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    town.to(START)
    for name in ("marta", "liufang"):
        town.records(
            lambda r, name=name: r.people.save(replace(r.people.by_email(f"{name}@example.com"), roles=()))
        )
    wei = written_by(town, "chenwei", "kavya", "新建")
    assert "目前没有 HR 负责该员工所在的部门" in wei.window()
    assert WHY in wei.window()
    assert town.records(lambda records: records.improvements.all(over=False)) == []


def written_by(town: Any, by: str, about: str, label: str) -> Any:
    """Somebody writes a short plan and asks HR."""
    player = town.player(by)
    player.command("/plan improvement")
    player.touch(label)
    for answers in (
        {"whom": town.mention(about)},
        {"why": WHY, "examples": EXAMPLES},
        {"what": FIRST, "measure": "x", "by": "2026-03-20", "support": "y", "more": "no"},
        {"rhythm": "biweekly", "ends": "2026-04-10"},
        {"then": "ask"},
        {},
    ):
        player.fill(**answers)
        assert player.submit() == {}
    return player
