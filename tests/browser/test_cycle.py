"""A cycle in a browser: HR launches it, an employee is asked, puts it off and does it, HR writes to all and recalls it."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import (
    become,
    close_all,
    fill,
    go_to,
    messages,
    move_clock,
    press,
    stays_within_its_width,
    tick,
    window,
    write,
)
from tests.browser.conftest import Picture
from tests.messengers.slack import SlackTown

NAME = "Q2 2026"
FIRST = "2026-03-16"  # the Monday on which the quarter begins: its OKRs are drafted from 2 March on
TEXT = "please finish your goals by Wednesday."
REHEARSAL = 90_000  # milliseconds that a rehearsal may take on a busy machine


def test_a_cycle_from_its_launch_to_a_recalled_broadcast(
    page: Page, town: SlackTown, picture: Picture
) -> None:
    become(page, "Marta Klein")
    press(page.get_by_role("region", name="Three things to try"), "Dismiss")
    hr_sets_it_up(page)
    hr_rehearses(page, town, picture)
    hr_launches(page, picture)
    become(page, "Daniel Brooks")
    move_clock(page, "Next morning", "Mon, Mar 2, 09:00")
    the_employee_puts_it_off(page, picture)
    the_employee_does_it(page)
    a_colleague_reads_it_in_their_language(page, picture)
    hr_writes_to_all(page, picture)
    hr_recalls_it(page)


def test_hr_sets_a_cycle_up_in_chinese_on_a_telephone(phone: Page, picture: Picture) -> None:
    become(phone, "刘芳")
    write(phone, "/cycle new ")
    form = window(phone)
    form.get_by_label(re.compile("^从哪一天开始")).fill(FIRST)
    tick(form, "使用哪个模板？", "季度 OKR")
    fill(form, 周期名称="2026 第二季度")
    stays_within_its_width(phone)
    press(form, "下一步")
    tick(form, "面向哪些人？", "通讯录中的所有人")
    press(form, "下一步")
    expect(form.get_by_text("不包括这些人")).to_be_visible()
    press(form, "下一步")
    expect(form.get_by_text("季度 OKR")).to_be_visible()
    press(form, "提交")
    expect(form).to_contain_text("已保存为草稿，共 24 人。")
    close_all(phone)
    write(phone, "/cycle ")
    window(phone).get_by_role("button", name=re.compile("^打开")).click()
    expect(window(phone)).to_contain_text("制定 OKR")
    stays_within_its_width(phone)
    picture("phone-cycle-zh", phone)
    press(window(phone), "预览")
    expect(window(phone)).to_contain_text("制定 OKR")
    stays_within_its_width(phone)


def hr_sets_it_up(page: Page) -> None:
    write(page, "/cycle new ")
    form = window(page)
    press(form, "Next")
    expect(form.get_by_text("Please").first).to_be_visible()  # nothing was chosen yet
    form.get_by_label(re.compile("^On which day does it begin")).fill(FIRST)
    tick(form, "Which template?", "Quarterly OKR")
    fill(form, What_is_it_called=NAME)
    press(form, "Next")
    tick(form, "Who is meant?", "Everyone in the directory")
    press(form, "Next")
    expect(form.get_by_text("Leave these people out")).to_be_visible()
    press(form, "Next")
    expect(form.get_by_text("Quarterly OKR")).to_be_visible()
    press(form, "Send")
    expect(form).to_contain_text(f"{NAME} is kept as a draft for 24 people.")
    close_all(page)


def hr_rehearses(page: Page, town: SlackTown, picture: Picture) -> None:
    open_cycle(page)
    press(window(page), "Rehearse")
    expect(window(page)).to_contain_text("The rehearsal has begun.")
    close_all(page)
    town.settle()
    found = messages(page).filter(has_text="It can be launched now.")
    expect(found).to_contain_text("messages to 24 people", timeout=REHEARSAL)
    press(found, "See what was found")
    expect(window(page)).to_contain_text("The busiest person")
    picture("rehearsal", page, window(page))
    close_all(page)


def hr_launches(page: Page, picture: Picture) -> None:
    open_cycle(page)
    press(window(page), "Launch")
    sure = page.get_by_role("dialog").last
    expect(sure).to_contain_text("From here on people are written to.")
    press(sure, "Launch")
    expect(window(page)).to_contain_text(f"{NAME} is launched for 24 people.")
    expect(window(page)).to_contain_text("Draft OKRs")
    picture("cycle", page, window(page))
    close_all(page)


def the_employee_puts_it_off(page: Page, picture: Picture) -> None:
    kickoff = messages(page).last
    expect(kickoff).to_contain_text("A new quarter is about to begin")
    expect(kickoff).to_contain_text(f"Please set your goals for {NAME}.")
    picture("kickoff", page, page.get_by_role("main"))
    go_to(page, "Home")
    home = page.get_by_role("main")
    expect(home).to_contain_text(f"Draft OKRs · {NAME} · due Wednesday 11 March")
    expect(home).to_contain_text("○ Align and agree")
    picture("home-cycle", page)
    home.get_by_role("combobox", name="Remind me later").last.click()
    page.get_by_role("option", name="tomorrow morning").click()
    go_to(page, "perfloop")
    expect(kickoff).to_contain_text("(edited)")  # it no longer leads into what was put off
    move_clock(page, "Next morning", "Tue, Mar 3, 09:00")


def the_employee_does_it(page: Page) -> None:
    nudge = messages(page).last
    expect(nudge).to_contain_text(f"your goals for {NAME}")
    expect(messages(page).get_by_role("button", name="Write")).not_to_have_count(0)
    press_of(nudge, "goals", "Write")
    sheet = window(page)
    press(sheet, "Add a goal")
    form = window(page)
    form.get_by_role("textbox", name=re.compile("^The goal in one sentence")).fill("Win 12 new customers")
    press(form, "Next")
    expect(form).to_contain_text("2 of 3")
    press(form, "Next")
    press(form, "Send")
    expect(form).to_contain_text("is kept as a draft.")
    close_all(page)
    press_of(nudge, "goals", "Write")
    expect(window(page)).to_contain_text("draft, only you see it")
    press(window(page), "Propose to Emily Carter")
    expect(window(page)).to_contain_text("1 goal proposed to")
    close_all(page)
    expect(messages(page).filter(has_text=f"{NAME}: done. Thank you!")).not_to_have_count(0)
    go_to(page, "Home")
    expect(page.get_by_role("main")).not_to_contain_text(f"Draft OKRs · {NAME} · due")
    go_to(page, "perfloop")


def a_colleague_reads_it_in_their_language(page: Page, picture: Picture) -> None:
    become(page, "张敏")
    expect(messages(page).first).to_contain_text("新的季度即将开始")
    go_to(page, "主页")
    expect(page.get_by_role("main")).to_contain_text(re.compile(f"制定 OKR.*{NAME}"))
    picture("home-cycle-zh", page)
    go_to(page, "perfloop")


def hr_writes_to_all(page: Page, picture: Picture) -> None:
    become(page, "Marta Klein")
    write(page, "/broadcast ")
    form = window(page)
    fill(form, In_English=f"<!channel> {TEXT}", In_Chinese="请在周三前填写完目标。")
    press(form, "Next")
    expect(form).to_contain_text("<!channel>")  # it says what to change, and keeps what was typed
    fill(form, In_English=f"*Everyone*: {TEXT}")
    press(form, "Next")
    tick(form, "Where does it go?", "To each reader directly")
    press(form, "Next")
    tick(form, "Who is meant?", "Everyone in the directory")
    press(form, "Next")
    expect(form.get_by_text("Leave these people out")).to_be_visible()
    press(form, "Next")
    tick(form, "When?", "As soon as it is confirmed")
    press(form, "Next")
    form.get_by_text("Yes, send it to 24 people").click()
    press(form, "Next")
    press(form, "Preview as people will see it")
    expect(window(page)).to_contain_text("请在周三前填写完目标。")
    picture("broadcast", page, window(page))
    page.keyboard.press("Escape")
    press(form, "Send")
    expect(window(page)).to_contain_text("24 people will get it now")
    close_all(page)
    move_clock(page, "+1 hour", "16:00")
    expect(card(page)).to_contain_text("24 of 24")
    picture("broadcast-card", page, page.get_by_role("main"), card(page).get_by_text("24 of 24"))
    become(page, "Daniel Brooks")
    expect(messages(page).filter(has_text=TEXT)).to_have_count(1)


def hr_recalls_it(page: Page) -> None:
    become(page, "Marta Klein")
    press(card(page), "Recall")
    press(page.get_by_role("dialog").last, "Recall")
    move_clock(page, "+1 hour", "17:00")
    expect(card(page)).to_contain_text(re.compile("[Rr]ecalled"))
    become(page, "Daniel Brooks")
    expect(messages(page).first).to_be_visible()
    expect(messages(page).filter(has_text=TEXT)).to_have_count(0)


def open_cycle(page: Page) -> None:
    write(page, "/cycle ")
    window(page).get_by_role("button", name=re.compile("^Open")).click()
    expect(window(page)).to_contain_text("Phases")


def card(page: Page) -> Locator:
    """The broadcast's card in its author's chat."""
    return messages(page).filter(has_text="Broadcast:").last


def press_of(message: Locator, words: str, label: str) -> None:
    """Press the last button of this label: what was put off comes after what is due anyway."""
    expect(message).to_contain_text(words)
    message.get_by_role("button", name=label, exact=True).last.click()
