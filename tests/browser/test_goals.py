"""Goals in a browser, from both sides: proposed in English, answered in Chinese, changed, agreed, and then measured."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Page, expect

from tests.browser.acts import (
    become,
    close,
    close_all,
    fill,
    go_to,
    messages,
    press,
    press_of,
    stays_within_its_width,
    window,
    write,
)
from tests.browser.conftest import Picture
from tests.messengers.slack import SlackTown
from tests.stories.quarter import ON, launch

DAY = timedelta(days=1)
CRASHES = "Cut app crashes from 40 to 25 a week as soon as possible"
COMMENT = "25 次还是太多，我们的目标是 10 次"


def test_a_goal_is_negotiated_from_both_sides_and_then_moves(
    page: Page, town: SlackTown, picture: Picture
) -> None:
    town.to(ON)
    launch(town)
    become(page, "Jonas Weber")
    press(page.get_by_role("region", name="Three things to try"), "Dismiss")
    the_employee_proposes(page)
    town.to(ON)  # what is on its way arrives before the clock moves on: its signature would be too old
    town.to(ON + 2 * DAY)  # Tuesday's message to the manager was the kickoff already
    become(page, "陈伟")
    the_manager_asks_for_changes(page)
    town.to(ON + 2 * DAY)
    town.to(ON + 3 * DAY)
    become(page, "Jonas Weber")
    the_employee_changes_it(page, picture)
    become(page, "陈伟")
    the_manager_agrees(page, picture)
    become(page, "Jonas Weber")
    the_employee_reports(page, picture)
    the_pictures_come(page, town)


def test_a_goal_is_written_in_chinese_on_a_telephone(phone: Page, town: SlackTown, picture: Picture) -> None:
    town.to(ON)
    launch(town)
    become(phone, "李娜")
    write(phone, "/goal new ")
    form = window(phone)
    fill(form, 用一句话写出目标="尽快提高结账页转化率")
    press(form, "下一步")
    expect(form).to_contain_text("“提高”不够具体：写明从多少到多少。")
    stays_within_its_width(phone)
    form.get_by_role("textbox", name=re.compile("^单位")).fill("%")
    form.get_by_role("textbox", name=re.compile("^现状值")).fill("从来没有")
    form.get_by_role("textbox", name=re.compile("^目标值")).fill("3.5")
    press(form, "下一步")
    expect(form.get_by_role("textbox", name=re.compile("^现状值"))).to_have_value("从来没有")
    fill(form, 现状值="2.8")
    picture("goals-phone", phone)
    press(form, "下一步")
    press(form, "提交")
    expect(form).to_contain_text("已保存为草稿")
    close_all(phone)
    write(phone, "/goal ")
    press(window(phone), "提交给陈伟")
    expect(window(phone)).to_contain_text("已向陈伟提交 1 个目标。")
    stays_within_its_width(phone)


def the_employee_proposes(page: Page) -> None:
    press(messages(page).filter(has_text="Please set your goals for Q2.").last, "Write")
    press(window(page), "Add a goal")
    form = window(page)
    fill(form, The_goal_in_one_sentence=CRASHES)
    press(form, "Next")
    expect(form).to_contain_text("is no date: name the day.")
    expect(form.get_by_role("textbox", name=re.compile("^What is counted"))).to_have_value("crashes")
    expect(form.get_by_role("textbox", name=re.compile("^From"))).to_have_value("40")
    expect(form.get_by_role("textbox", name=re.compile("^To"))).to_have_value("25")
    expect(form.get_by_role("radio", name="Lower")).to_be_checked()
    press(form, "Next")
    press(form, "Send")
    expect(form).to_contain_text("is kept as a draft.")
    close(form)
    expect(window(page)).to_contain_text("draft, only you see it")  # the sheet below has heard of it
    press(window(page), "Propose to 陈伟")
    expect(window(page)).to_contain_text("1 goal proposed to 陈伟.")
    close_all(page)


def the_manager_asks_for_changes(page: Page) -> None:
    press(messages(page).filter(has_text="Jonas Weber在Q2有 1 个目标等待你答复。").last, "答复")
    expect(window(page)).to_contain_text(CRASHES)
    press(window(page), "请对方修改")
    form = window(page)
    fill(form, 需要修改什么=COMMENT)
    press(form, "提交")
    expect(form).to_contain_text("已请对方修改 1 个目标。")
    close_all(page)


def the_employee_changes_it(page: Page, picture: Picture) -> None:
    told = messages(page).filter(has_text="changes are asked in 1 goal").last
    expect(told).not_to_contain_text("10 次")  # what was said about it stands in the window alone
    press(told, "Answer")
    expect(window(page)).to_contain_text(COMMENT)
    press_of(page, "Write it differently")
    form = window(page)
    fill(form, The_goal_in_one_sentence="Cut app crashes from 40 to 10 a week")
    press(form, "Next")
    fill(form, To="10")
    press(form, "Next")
    press(form, "Send")
    expect(form).to_contain_text("is kept.")
    close_all(page)
    write(page, "/goal ")
    expect(window(page)).to_contain_text("from 40 to 10 crashes")
    picture("goals-sheet", page, window(page))
    press(window(page), "Propose to 陈伟")
    expect(window(page)).to_contain_text("1 goal proposed to 陈伟.")
    close_all(page)


def the_manager_agrees(page: Page, picture: Picture) -> None:
    go_to(page, "主页")
    home = page.get_by_role("main")
    expect(home).to_contain_text("待答复的目标：Jonas Weber · Q2")
    press_of(page, "答复", home)
    expect(window(page)).to_contain_text("25 crashes → 10 crashes")
    expect(window(page)).to_contain_text(COMMENT)
    picture("goals-answer", page, window(page))
    press(window(page), "同意")
    expect(window(page)).to_contain_text("已确认。")
    close_all(page)


def the_employee_reports(page: Page, picture: Picture) -> None:
    go_to(page, "Home")
    home = page.get_by_role("main")
    expect(home).to_contain_text("Cut app crashes from 40 to 10 a week")
    go_to(page, "perfloop")
    write(page, "/goal update ")
    press_of(page, "Update: Cut app crashes")
    form = window(page)
    fill(form, Where_does_it_stand="31")
    press(form, "Send")
    expect(form).to_contain_text("Kept: 31 crashes – 30% reached.")
    close_all(page)
    write(page, "/goal ")
    press_of(page, "Open")
    expect(window(page)).to_contain_text("31 crashes")
    picture("goal-card", page, window(page))
    close_all(page)


def the_pictures_come(page: Page, town: SlackTown) -> None:
    write(page, "/goal pictures ")
    town.settle()
    expect(messages(page).last.locator("img").first).to_be_visible()
