"""A whole quarter as an employee, a manager of nine and HR live through it, with check-ins in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.build import catalog
from bot.front import Front
from flows.core.desk import NotThere
from flows.core.screen import Act
from flows.goals.kept import Goal, Terms
from tests.stories.goal_setting import fill_goal, propose, write_goals
from tests.stories.quarter import LONG, ON, WEEK, go, launch

DAY = timedelta(days=1)


def send_self_review(player: Any, proud: str = "The login page", results: str = "2") -> None:
    player.command("/review")
    player.touch("Write")
    player.fill(proud=proud, learned="To ask early", results=results)
    assert player.submit() == {}


def test_an_employee_proposes_their_goals_and_the_manager_reads_them(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "goals")
    town.to(ON)
    kavya = town.player("kavya")
    write_goals(kavya, "Cut the app's start from 6 to 2 seconds", "Fewer crashes")
    wei = town.player("chenwei")
    assert "已完成 0/9" in wei.home()
    propose(kavya, "陈伟")
    assert "已完成 1/9" in wei.home()
    wei.press_home("打开", "目标 · Q2")
    wei.touch("打开", beside="Kavya Iyer")
    assert "Kavya Iyer · Q2" in wei.window()
    assert "Cut the app's start from 6 to 2 seconds\n等待你确认 · 从 6 到 2 seconds" in wei.window()
    assert "Fewer crashes\n等待你确认" in wei.window()


def test_a_goal_with_another_name_stays_the_same_goal(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "goals")
    town.to(ON)
    kavya = town.player("kavya")
    write_goals(kavya, "Rebuild the app's start", "Fewer crashes")
    before = goals_of(town, "kavya", cycle)
    kavya.command("/goal")
    kavya.touch("Open", beside="Rebuild the app's start")
    kavya.touch("Change")
    fill_goal(kavya, "Start in two seconds")
    after = goals_of(town, "kavya", cycle)
    assert [goal.title for goal in after] == ["Start in two seconds", "Fewer crashes"]
    assert [goal.id for goal in after] == [goal.id for goal in before]


def test_goals_from_before_are_taken_over(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "goals")
    town.to(ON)
    arjun = town.player("arjun")
    known = goals_of(town, "arjun", None)
    for goal in known:
        arjun.command("/goal")
        arjun.touch("Take over", beside=goal.title)
        assert "is taken over as a draft. Look it through before you propose it." in arjun.window()
    after = goals_of(town, "arjun", cycle)
    assert [(goal.id, goal.title, goal.state) for goal in after] == [
        (goal.id, goal.title, "draft") for goal in known
    ]


def test_without_a_cycle_each_command_says_that_there_is_nothing_and_why(quiet_town: Any) -> None:
    town = quiet_town
    kavya = town.player("kavya")
    kavya.command("/goal")
    assert "There is no cycle that you set goals in at the moment." in kavya.window()
    kavya.command("/goal new")
    assert "There is no cycle that you set goals in at the moment." in kavya.aside()
    kavya.command("/review")
    assert "There is no review for you to write at the moment" in kavya.window()
    kavya.command("/todo")
    assert "There is nothing to tick off at the moment" in kavya.window()


def test_a_to_do_is_ticked_off_and_taken_back(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "talk")
    town.to(ON)
    kavya = town.player("kavya")
    kavya.command("/todo")
    assert "Talk your goals through with your manager." in kavya.window()
    kavya.touch("Done")
    assert "Goal talk · Q2: done. Until Sunday 15 March, 24:00 you can say that it is not." in kavya.window()
    kavya.touch("Not done yet")
    assert "Goal talk · Q2: open again, due Sunday 8 March" in kavya.window()
    kavya.touch("Done")
    kavya.home()
    assert "Not done yet" in kavya.home_buttons()
    go(town, ON + 2 * WEEK)
    kavya.command("/todo")
    assert "There is nothing to tick off" in kavya.window()


def test_a_self_review_is_drafted_on_one_day_and_finished_on_another(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "self-review", LONG)
    town.to(ON)
    kavya = town.player("kavya")
    mine = Goal(0, person(town, "kavya").id, Terms("Fewer crashes"), cycle)
    town.records(lambda records: records.goals.save(mine))
    kavya.command("/review")
    kavya.touch("Write")
    assert (
        "Once you send it, 陈伟 or a deputy may read it; the managers above and HR may when all reviews are closed. "
        "Nobody reads your draft." in kavya.window()
    )
    assert "Your goals:\n• Fewer crashes" in kavya.window()
    kavya.fill(proud="Halved the crashes", learned="To measure first", results="3")
    assert kavya.submit() == {}
    kavya.close()
    town.to(ON + 2 * DAY)
    town.restart()
    kavya.home()
    kavya.press_home("Continue (2 of 3)")
    kavya.fill(more11="Kotlin")
    assert kavya.submit() == {}
    assert "Halved the crashes" in kavya.window()
    assert kavya.submit() == {}
    assert "Sent. You can change it until" in kavya.window()
    kavya.command("/review")
    kavya.touch("Change")
    kavya.touch("Edit", beside="What did you learn?")
    kavya.fill(learned="To measure before and after")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    kept = town.records(lambda records: records.reviews.find(cycle, "self-review", mine.person, "self"))
    assert kept.answers["learned"] == "To measure before and after"
    assert kept.edited_at is not None


def test_the_manager_reads_a_self_review_only_once_it_is_sent(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "self-review", LONG)
    town.to(ON)
    kavya, wei = town.player("kavya"), town.player("chenwei")
    kavya.command("/review")
    kavya.touch("Write")
    kavya.fill(proud="Halved the crashes", learned="To measure", results="3")
    assert kavya.submit() == {}
    kavya.close()
    wei.home()
    wei.press_home("打开", beside="自评 · Q2")
    assert "Kavya Iyer：未完成" in wei.window()
    kavya.command("/review")
    kavya.touch("Continue (2 of 3)")
    assert kavya.submit() == {}
    assert kavya.submit() == {}
    wei.home()
    wei.press_home("打开", beside="自评 · Q2")
    wei.touch("打开", beside="Kavya Iyer")
    assert "Halved the crashes" in wei.window()
    assert "3 · 超出预期" in wei.window()


def test_a_self_review_is_read_by_the_manager_at_once_and_by_the_line_and_hr_when_all_is_closed(
    quiet_town: Any,
) -> None:
    town = quiet_town
    launch(town, "self-review")
    town.to(ON)
    send_self_review(town.player("kavya"), proud="Only for some eyes")
    names = ("kavya", "chenwei", "anna", "marta", "jonas", "emily")
    assert [name for name in names if sees(town, name, "review-read", "1")] == ["kavya", "chenwei"]
    go(town, ON + 28 * DAY)
    assert [name for name in names if sees(town, name, "review-read", "1")] == list(names[:4])


def test_a_manager_reviews_nine_people_with_progress(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "self-review")
    town.to(ON)
    send_self_review(town.player("kavya"))
    go(town, ON + 10 * DAY)
    wei = town.player("chenwei")
    assert "上级评估 · Q2\n共 9 人，已完成 0 人" in wei.home()
    wei.press_home("打开列表", "上级评估")
    assert "已完成 0/9" in wei.window()
    wei.touch("填写", beside="Kavya Iyer")
    assert "校准开始后，HR 和参加校准的人可以阅读；HR 发布结果之后，Kavya Iyer才能看到。" in wei.window()
    wei.fill(results="3", why="数据说明一切")
    assert wei.submit() == {}
    assert "文字说明过短" in wei.window(), "it hints, and does not block"
    assert wei.submit() == {}
    wei.close()
    assert "共 9 人，已完成 1 人" in wei.home()
    wei.press_home("打开列表", "上级评估")
    assert "已完成 1/9" in wei.window()
    assert "自评 · Kavya Iyer\n已提交" in wei.window()
    wei.touch("查看", beside="自评 · Kavya Iyer")
    assert "The login page" in wei.window()
    assert not sees(town, "kavya", "review-read", "2")
    assert not sees(town, "marta", "review-read", "2")
    assert all("数据说明一切" not in text for text in everything_said(town))


def test_nobody_writes_a_review_that_is_another_ones(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town, "manager-review")
    town.to(ON)
    kavya = person(town, "kavya")
    subject = f"{cycle}/manager-review/{kavya.id}"
    assert opens(town, "chenwei", "review", subject)
    for name in ("kavya", "anna", "marta", "emily"):
        assert not opens(town, name, "review", subject)
    assert not opens(town, "chenwei", "review", f"{cycle}/manager-review/{person(town, 'ana').id}")
    for wrong in (
        "",
        "1",
        "a/b/c",
        f"{cycle}/manager-review",
        f"{cycle}//{kavya.id}",
        f"{cycle}/goals/{kavya.id}",
    ):
        assert not opens(town, "chenwei", "review", wrong)


def test_another_manager_starts_a_review_of_their_own_and_the_draft_stays_with_its_author(
    quiet_town: Any,
) -> None:
    town = quiet_town
    cycle = launch(town, "manager-review")
    town.to(ON)
    kavya, anna = person(town, "kavya"), person(town, "anna")
    subject = f"{cycle}/manager-review/{kavya.id}"
    wei, boss = town.player("chenwei"), town.player("anna")
    wei.command("/review")
    wei.touch("填写", beside="Kavya Iyer")
    wei.fill(why="只有我看得到的草稿")
    wei.submit()
    wei.close()

    def give(records: Any) -> None:
        (task,) = records.tasks.for_person("review", cycle, "manager-review", kavya.id, [kavya.manager])
        records.tasks.save(replace(task, person=anna.id, owner=anna.id))
        place = records.participants.get(cycle, kavya.id)
        records.participants.save(replace(place, manager=anna.id))

    town.records(give)
    assert not opens(town, "chenwei", "review", subject)
    boss.command("/review")
    boss.touch("Write", beside="Kavya Iyer")
    assert boss.field("why") == ""
    boss.fill(results="2")
    assert boss.submit() == {}
    kept = town.records(lambda r: r.reviews.find(cycle, "manager-review", kavya.id, "manager"))
    assert kept.author == anna.id


def test_a_closed_phase_takes_nothing_more_and_keeps_what_was_typed(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "self-review")
    town.to(ON)
    kavya = town.player("kavya")
    kavya.command("/review")
    kavya.touch("Write")
    kavya.fill(proud="Almost in time", learned="To be early", results="2")
    go(town, ON + 17 * DAY)
    kavya.submit()
    assert "this closed on" in kavya.window()
    assert "Almost in time" in kavya.window()
    kavya.close()
    kavya.command("/review")
    assert "Write" not in kavya.window()


def test_a_whole_quarter_with_check_ins_in_between(town: Any) -> None:
    cycle = launch(town, "goals")
    town.to(ON)
    kavya, wei, marta = (town.player(name) for name in ("kavya", "chenwei", "marta"))
    assert "Goals · Q2 · due" in kavya.home()
    assert "Check-in, week 10 · due" in kavya.home()
    write_goals(kavya, "Fewer crashes")
    propose(kavya, "陈伟")
    kavya.command("/checkin")
    kavya.fill(done="Fixed the login page", next="The release notes")
    kavya.submit()
    (goal,) = goals_of(town, "kavya", cycle)
    kavya.fill(**{f"Progress:{goal.id}.health": "on_track"})  # the check-in asks about what was just written
    kavya.submit()
    kavya.close()
    assert "Goals: 1 of 24 done (4%)" in marta.home()
    go(town, ON + WEEK)
    kavya.home()
    kavya.press_home("Done")
    assert "Goal talk · Q2\ndone" in kavya.home()
    go(town, ON + 2 * WEEK)
    send_self_review(kavya)
    assert "自评 · Q2\n已完成 1/9" in wei.home()
    go(town, ON + 24 * DAY)
    for _ in range(9):
        wei.home()
        wei.press_home("打开列表", beside="上级评估 · Q2")
        wei.touch("填写")
        wei.fill(results="2")
        assert wei.submit() == {}
        if "规则：" in wei.window():  # from the third equal one on it hints
            assert wei.submit() == {}
        wei.close()
    assert "上级评估 · Q2\n已完成 9/9" in wei.home()
    assert "Manager review: 9 of " in marta.home()


def goals_of(town: Any, name: str, cycle: int | None) -> list[Any]:
    whose = person(town, name).id
    if cycle is None:
        found: list[Any] = town.records(lambda records: records.goals.of_person(whose))
        return found
    written: list[Any] = town.records(lambda records: records.goals.of_cycle(cycle, whose))
    return written


def person(town: Any, name: str) -> Any:
    return town.records(lambda records: records.people.by_email(f"{name}@example.com"))


def everything_said(town: Any) -> list[str]:
    return [text for name in ("kavya", "chenwei", "anna", "marta") for text in town.player(name).messages()]


def sees(town: Any, name: str, *view: str) -> bool:
    """Whether the person is shown a view, whatever button they would press to get there."""
    return _allowed(town, name, lambda front, *who: front.see(who[0], who[1], Act("see", view), town.now()))


def opens(town: Any, name: str, flow: str, subject: str) -> bool:
    """Whether the person gets into a flow, whatever button they would press to get there."""
    return _allowed(town, name, lambda front, *who: front.desk.open(*who, flow, subject, town.now()))


def _allowed(town: Any, name: str, attempt: Any) -> bool:
    actor, front = person(town, name), Front(*catalog())
    try:
        town.records(lambda records: attempt(front, records, actor))
    except NotThere:
        return False
    return True
