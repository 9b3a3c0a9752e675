"""The home tab at each stage of a quarter, for an employee, a manager of nine and HR, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flows.cycle.records import Audience, Cycle
from tests.stories.goal_setting import propose, write_goals
from tests.stories.quarter import ON, QUARTER, WEEK, go, launch

DAY = timedelta(days=1)


def test_an_employee_sees_where_the_cycle_is_and_what_comes_next(quiet_town: Any) -> None:
    town = quiet_town
    launch(town)
    kavya, lina = town.player("kavya"), town.player("lina")
    assert "○ Goals · ○ Goal talk · ○ Self review · ○ Manager review · ○ Calibration" in kavya.home()
    assert "Next: Goals opens on Monday 2 March." in kavya.home()
    town.to(ON)
    assert "● Goals (until 8 Mar) · ○ Goal talk" in kavya.home()
    assert "Goals · Q2 · due Sunday 8 March, 23:59" in kavya.home()
    assert "● 目标（截至 3月8日） · ○ 目标沟通" in lina.home()
    assert "接下来：“目标沟通”将于 3月9日（周一） 开始。" in lina.home()
    go(town, ON + WEEK)
    home = kavya.home()
    assert "● Goals (was due 8 Mar) · ● Goal talk (until 15 Mar)" in home
    assert "Goals · Q2 · late (was due Sunday 8 March, 23:59)" in home
    assert home.index("Goals · Q2 · late") < home.index("Goal talk · Q2 · due")
    go(town, ON + 2 * WEEK)
    assert "✓ Goals" in kavya.home()


def test_what_is_done_stands_there_until_it_can_no_longer_be_changed(quiet_town: Any) -> None:
    town = quiet_town
    launch(town)
    town.to(ON)
    kavya = town.player("kavya")
    kavya.home()
    kavya.press_home("Write", beside="")
    kavya.close()
    write_goals(kavya, "Fewer crashes")
    propose(kavya, "陈伟")
    assert "Goals · Q2\ndone" in kavya.home()
    go(town, ON + WEEK)
    kavya.home()
    kavya.press_home("Done")
    assert "Goal talk · Q2\ndone" in kavya.home()
    kavya.press_home("Not done yet")
    assert "Goal talk · Q2 · due Sunday 15 March, 23:59" in kavya.home()
    go(town, ON + 3 * WEEK)
    assert "Goals · Q2" not in kavya.home()


def test_the_check_in_and_the_cycle_stand_side_by_side_by_due_date(town: Any) -> None:
    launch(town)
    town.to(ON)
    home = town.player("kavya").home()
    assert home.index("Check-in, week 10 · due Friday 6 March") < home.index(
        "Goals · Q2 · due Sunday 8 March"
    )


def test_a_task_is_put_off_and_said_not_to_apply_from_the_home_tab(quiet_town: Any) -> None:
    town = quiet_town
    launch(town)
    town.to(ON)
    kavya = town.player("kavya")
    kavya.home()
    assert {"Remind me later", "tomorrow morning", "Does not apply"} - {"Remind me later"} <= set(
        kavya.home_buttons()
    )
    kavya.press_home("Does not apply")
    kavya.fill(reason="I leave the team next week")
    assert kavya.submit() == {}
    assert "Goals · Q2 · due" not in kavya.home()


def test_a_manager_sees_the_team_and_who_is_late(quiet_town: Any) -> None:
    town = quiet_town
    launch(town)
    town.to(ON)
    wei = town.player("chenwei")
    assert "目标 · Q2\n已完成 0/9" in wei.home()
    kavya = town.player("kavya")
    write_goals(kavya, "Fewer crashes")
    propose(kavya, "陈伟")
    go(town, ON + 9 * DAY)
    home = wei.home()
    assert "目标 · Q2\n已完成 1/9" in home
    assert "已逾期：" in home
    assert "王强（3 天）" in home
    assert "Kavya Iyer（" not in home
    wei.press_home("打开", beside="目标 · Q2")
    assert "王强：逾期 3 天" in wei.window()
    assert "Kavya Iyer\n已完成" in wei.window()


def test_reviews_of_several_people_are_one_entry(quiet_town: Any) -> None:
    town = quiet_town
    launch(town, "manager-review")
    town.to(ON)
    emily = town.player("emily")
    assert "Manager review · Q2\n2 people, 0 done · due Wednesday 11 March, 23:59" in emily.home()
    for number in (1, 2):
        emily.press_home("Open the list")
        emily.touch("Write")
        emily.fill(results="2")
        assert emily.submit() == {}
        emily.close()
        emily.home()
        assert number == 2 or "2 people, 1 done" in emily.home()
    assert "Manager review · Q2\n2 of 2 done" in emily.home()


def test_hr_sees_completion_by_phase_and_department_and_what_waits(quiet_town: Any) -> None:
    town = quiet_town
    launch(town)

    def prepare(records: Any) -> None:
        marta = records.people.by_email("marta@example.com").id
        for name, state, asked_by in (("Next", "draft", None), ("Probation", "rehearsed", marta)):
            made = Cycle(0, state, name, date(2026, 6, 1), QUARTER, Audience(), marta, town.now())
            records.cycles.save(replace(made, asked_by=asked_by))

    town.records(prepare)
    town.to(ON)
    kavya = town.player("kavya")
    write_goals(kavya, "Fewer crashes")
    propose(kavya, "陈伟")
    home = town.player("marta").home()
    assert "Next\ndraft" in home
    assert "Probation\nwaits for a second person's approval" in home
    assert "Goals: 1 of 24 done (4%)" in home
    assert "Engineering: Goals 1/12" in home
    assert "Sales: Goals 0/" in home
    partner = town.player("juliana").home()
    assert "Sales: Goals 0/" in partner
    assert "Engineering" not in partner
    assert "Next\ndraft" not in partner
    assert "Goals: 1 of" not in kavya.home()


def test_a_paused_cycle_says_so_and_a_closed_one_is_gone(quiet_town: Any) -> None:
    town = quiet_town
    cycle = launch(town)
    town.to(ON)
    kavya, lina = town.player("kavya"), town.player("lina")

    def change(**other: Any) -> None:
        town.records(lambda records: records.cycles.save(replace(records.cycles.get(cycle), **other)))

    change(paused_at=town.now())
    assert "HR has paused this cycle: nobody is reminded." in kavya.home()
    assert "HR 已暂停本周期" in lina.home()
    assert "Goals · Q2 · due" in kavya.home()
    change(paused_at=None, state="closed", closed_at=town.now())
    assert "Goal talk" not in kavya.home()
