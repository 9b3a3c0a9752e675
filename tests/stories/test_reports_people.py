"""Whoever leads people or looks after them sees who was forgotten, and how appeals, plans and the weeks go."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flows.coaching.records import Praise
from flows.reports.rights import COMPANY
from tests.stories.appealing import check, file, opened, theirs
from tests.stories.conftest import MONDAY_BERLIN

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def praised(town: Any, name: str) -> None:
    """Somebody is praised now."""

    def work(records: Any) -> None:
        about, by = (records.people.by_email(f"{one}@example.com").id for one in (name, "grace"))
        records.praise.keep(Praise(0, about, by, "Well done", town.now()))

    town.records(work)


def met(town: Any, manager: str, name: str) -> None:
    """They had their 1:1, and the manager says so."""
    player = town.player(manager)
    player.command(f"/1on1 {name}@example.com")
    player.touch("今天已沟通" if manager == "chenwei" else "We met today")
    player.close()


def test_a_manager_sees_who_was_forgotten_and_opens_their_1on1(quiet_town: Any) -> None:
    town = quiet_town
    met(town, "chenwei", "kavya")
    met(town, "chenwei", "jonas")
    praised(town, "kavya")
    town.to(town.now() + 2 * DAY)
    wei = town.player("chenwei")
    wei.command("/report quiet")
    window = wei.window()
    assert "长期缺少反馈与沟通" in window
    assert "陈伟的团队" in window
    assert "Kavya Iyer" not in window, "she has had both"
    assert "从未" in window
    assert "Lena Hoffmann" not in window, "she is on leave"
    assert "今天休假" in window
    wei.touch("给出反馈", beside="Jonas Weber")
    assert "给 Jonas Weber" in wei.window()
    wei.close()
    wei.command("/report quiet")
    wei.touch("打开一对一", beside="Arjun Mehta")
    assert "一对一 · Arjun Mehta" in wei.window()
    wei.touch("今天已沟通")
    wei.close()
    wei.command("/report quiet")
    assert "7 人中有 4 人超过 14 天没有一对一沟通" in wei.window()
    wei.touch("给出反馈", beside="Arjun Mehta")


def test_hr_sees_everybody_but_themselves_and_those_above_and_a_partner_their_department(
    quiet_town: Any,
) -> None:
    town = quiet_town
    town.to(town.now() + DAY)
    marta = town.player("marta")
    marta.command("/report quiet")
    window = marta.window()
    assert "had no feedback for 30 days" in window
    assert "are counted and not named" in window
    for name in ("Marta Klein", "刘芳", "Grace Miller"):
        assert not [line for line in window.splitlines() if line.startswith(name)], name
    marta.touch("What is this?")
    assert "Who wrote, and what, is told to nobody." in marta.window()
    juliana = town.player("juliana")
    juliana.command("/report quiet")
    assert "Daniel Brooks" in juliana.window()
    assert "Kavya Iyer" not in juliana.window()
    assert town.player("kavya").messages() == []


def test_two_rounds_without_a_checkin_are_named_and_one_is_not(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.press("Write")
    kavya.fill(done="Fixed the login page", next="The release")
    kavya.submit()
    town.to(MONDAY_BERLIN + 2 * WEEK)
    wei = town.player("chenwei")
    wei.command("/report quiet")
    assert "连续两轮没有提交周报" in wei.window()
    anna = town.player("anna")
    anna.command("/report quiet")
    assert "sent no check-in twice in a row" in anna.window()


def test_the_weeks_show_where_the_figures_go_and_say_when_it_is_too_early(bare_town: Any) -> None:
    town = bare_town
    marta = town.player("marta")
    marta.command("/report trends")
    assert "There is no full week with data" in marta.window() + marta.aside()
    for _ in range(3):
        praised(town, "kavya")
        town.to(town.now() + WEEK)
    marta.command("/report trends")
    assert "Praise given" in marta.window()
    assert "Fewer than 6 weeks, so not forecast" in marta.window()
    for _ in range(6):
        praised(town, "kavya")
        praised(town, "lina")
        town.to(town.now() + WEEK)
    marta.command("/report trends")
    window = marta.window()
    assert "expected in four weeks" in window
    assert "80 % band" in window
    emily = town.player("emily")
    emily.command("/report trends")
    assert "fewer than 4 people" in emily.window() + emily.aside()


def test_hr_reads_appeals_as_figures_and_a_manager_has_no_such_report(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    cycle = opened(town)
    for name in ("kavya", "jonas", "arjun", "lina"):
        file(town.player(name))
    check(town, theirs(town, cycle, "arjun"), "inadmissible", "No facts")
    marta = town.player("marta")
    marta.command("/report appeals")
    window = marta.window()
    assert "4 appeals, 3 of them open" in window
    assert "By ground" in window
    assert "By stage" in window
    for name in ("Kavya", "Jonas", "Arjun", "李娜", "No facts"):
        assert name not in window
    wei = town.player("chenwei")
    wei.command("/report")
    assert "申诉统计" not in wei.window()
    wei.close()
    wei.command("/report appeals")
    assert "处理中" not in wei.window() + wei.aside()


def test_two_of_hr_who_compare_do_not_learn_that_one_of_them_has_appealed(bare_quiet_town: Any) -> None:
    """刘芳 leads Marta, who may not see her appeal; with it counted for others, one more would tell."""
    town = bare_quiet_town
    opened(town)
    for name in ("kavya", "jonas", "arjun"):
        file(town.player(name))
    file(town.player("lina"), apart="yes")
    file(town.player("liufang"))
    marta, fang = town.player("marta"), town.player("liufang")
    marta.command("/report appeals")
    assert "3 appeals, 3 of them open" in marta.window()
    fang.command("/report appeals")
    assert "共 3 份申诉，其中 3 份处理中" in fang.window()
    for player, few in ((marta, "Fewer than 4: nothing more is told"), (fang, "少于 4 份")):
        player.command("/appeal figures")
        assert few in player.window()


def test_plans_are_sums_for_hr_and_improvement_plans_no_number_while_there_are_few(
    bare_quiet_town: Any,
) -> None:
    town = bare_quiet_town
    opened(town)
    marta = town.player("marta")
    marta.command("/report plans")
    window = marta.window()
    assert "have an agreed development plan" in window
    assert "Improvement plans" in window
    assert "too few to show" in window
    wei = town.player("chenwei")
    wei.command("/report plans")
    assert "已约定发展计划" in wei.window()
    assert "改进计划" not in wei.window()


def test_a_held_talk_is_kept_by_day(bare_quiet_town: Any) -> None:
    town = bare_quiet_town
    met(town, "chenwei", "kavya")
    met(town, "chenwei", "kavya")

    def work(records: Any) -> list[tuple[date, int]]:
        return list(records.reports.trends.talks(COMPANY, town.now().date() - DAY))

    assert [number for _, number in town.records(work)] == [1]
