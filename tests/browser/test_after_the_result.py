"""After the result in a browser: a time for the talk, the agenda, what both say was agreed, and both signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Locator, Page, expect

from bot.workspace.sample_reviews import named
from tests.browser.acts import (
    become,
    close_all,
    fill,
    messages,
    press,
    press_of,
    stays_within_its_width,
    tick,
    window,
    write,
)
from tests.browser.conftest import Picture
from tests.browser.released import with_results
from tests.messengers.slack import SlackTown

PROUD = "The offline mode: field engineers lose nothing any more when the network goes"
LEAD = "Lead the release of the spring version"
LEADS = "Lead the release of the spring version across both teams"
COURSE = "A course on accessibility"
LOOK = "每两周一次代码走查"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[SlackTown]:
    yield from with_results(tmp_path, achievements=PROUD, learned="To ask for help sooner")


def test_from_the_opened_result_to_both_signatures(
    page: Page, phone: Page, town: SlackTown, picture: Picture
) -> None:
    for one in (page, phone):
        press(one.get_by_role("region", name="Three things to try"), "Dismiss")
    the_employee_opens_the_result_and_takes_a_time(page)
    the_employee_prepares(page, phone, town, picture)
    the_manager_prepares(page)
    town.to(town.now() + timedelta(days=5))
    the_employee_says_what_was_agreed(phone)
    the_manager_says_it_too_and_sees_the_differences(page, picture)
    both_sign(page, phone)
    what_was_promised_is_an_action(page, town)


def the_employee_opens_the_result_and_takes_a_time(page: Page) -> None:
    become(page, "Kavya Iyer")
    write(page, "/result ")
    expect(window(page)).to_contain_text("A · Beyond expectations")
    close_all(page)
    write(page, "/interview ")
    press_of(page, "Open")
    talk = window(page)
    expect(talk).to_contain_text("Times are proposed: please choose one.")
    expect(talk).to_contain_text("(Asia/Shanghai)")
    press_of(page, "Take this time")
    expect(window(page)).to_contain_text("You both get an invitation for your calendars.")
    close_all(page)


def the_employee_prepares(page: Page, phone: Page, town: SlackTown, picture: Picture) -> None:
    become(phone, "Kavya Iyer")
    write(phone, "/interview ")
    press_of(phone, "Open")
    expect(window(phone)).to_contain_text("It is on ")
    press_of(phone, "Agenda")
    agenda = window(phone)
    expect(agenda).to_contain_text("How to prepare")
    expect(agenda).to_contain_text("What you might ask")
    expect(agenda).to_contain_text(PROUD)
    expect(agenda).not_to_contain_text("How to open the talk")
    stays_within_its_width(phone)
    press(agenda, "Send me this as a page")
    expect(window(phone)).to_contain_text("comes into your chat with me in a moment.")
    close_all(phone)
    town.settle()
    expect(messages(phone).get_by_role("link", name="Agenda").last).to_be_visible()
    (_, content), *_ = [one for one in town.player("kavya").files() if one[0].endswith(".html")]
    sheet = page.context.new_page()
    sheet.set_viewport_size({"width": 390, "height": 844})
    sheet.set_content(content.decode())
    expect(sheet.get_by_role("heading", name="How to prepare")).to_be_visible()
    stays_within_its_width(sheet)
    picture("interview-page", sheet)
    sheet.close()


def the_manager_prepares(page: Page) -> None:
    become(page, "陈伟")
    write(page, "/interview ")
    press_of(
        page, "打开", window(page).get_by_text("Kavya Iyer").first.locator("xpath=ancestor::*[.//button][1]")
    )
    expect(window(page)).to_contain_text("时间：")
    press_of(page, "面谈提纲")
    agenda = window(page)
    expect(agenda).to_contain_text("如何开场")
    expect(agenda).to_contain_text("双方评分对照")
    expect(agenda).not_to_contain_text("如何准备")
    close_all(page)


def the_employee_says_what_was_agreed(phone: Page) -> None:
    told = messages(phone).filter(has_text="Please say what was agreed").last
    expect(told).not_to_contain_text("Beyond")
    press(told, "Say what was agreed")
    form = window(phone)
    expect(form).to_contain_text("It stands in no message.")
    tick(form, "Was anything agreed?", "Yes")
    press(form, "Next")
    point(form, "Point 1", LEAD, "Kavya Iyer", "2026-05-15", "One more")
    press(form, "Next")
    point(form, "Point 2", COURSE, "Kavya Iyer", "2026-06-30", "That was all")
    stays_within_its_width(phone)
    press(form, "Next")
    expect(form).to_contain_text("Look through your answers.")
    press(form, "Send")
    expect(window(phone)).to_contain_text("What 陈伟 says is shown to you as soon as they have said it.")
    close_all(phone)


def point(form: Locator, title: str, what: str, who: str, by: str, more: str) -> None:
    expect(form.get_by_role("heading", name=title)).to_be_visible()
    form.get_by_role("textbox", name=re.compile("^(What was agreed|约定了什么)")).fill(what)
    tick(form, "由谁完成" if is_chinese(form) else "Who does it?", who)
    if by:
        form.get_by_label(re.compile("^(By when|什么时候完成)")).fill(by)
    tick(form, "还有吗" if is_chinese(form) else "And then?", more)


def is_chinese(form: Locator) -> bool:
    return "由谁完成" in form.inner_text()


def the_manager_says_it_too_and_sees_the_differences(page: Page, picture: Picture) -> None:
    told = messages(page).filter(has_text="请填写约定的事项").last
    press(told, "填写约定事项")
    form = window(page)
    tick(form, "是否有约定的事项", "有")
    press(form, "下一步")
    point(form, "第 1 条", LEADS, "Kavya Iyer", "2026-05-29", "还有一条")
    press(form, "下一步")
    point(form, "第 2 条", LOOK, "双方", "", "没有了")
    press(form, "下一步")
    expect(form).to_contain_text("请检查你的回答")
    press(form, "提交")
    expect(window(page)).to_contain_text("Kavya Iyer也已填写")
    press(window(page), "查看双方的内容")
    both = window(page)
    expect(both).to_contain_text("期限不同")
    expect(both).to_contain_text(f"只有Kavya Iyer提到“{COURSE}”。")
    expect(both).to_contain_text(f"只有陈伟提到“{LOOK}”。")
    picture("interview-agreed-zh", page, both, both.get_by_text("不一致之处"))
    press_of(page, "采纳")
    expect(window(page)).not_to_contain_text("期限不同")


def both_sign(page: Page, phone: Page) -> None:
    press(window(page), "签署")
    form = window(page)
    expect(form).to_contain_text("签署只表示你已知悉内容，不代表同意")
    form.get_by_role("radio", name="我已知悉", exact=True).check()
    press(form, "提交")
    expect(window(page)).to_contain_text("已请Kavya Iyer签署")
    close_all(page)
    write(phone, "/interview ")
    press_of(phone, "Open")
    expect(window(phone)).to_contain_text("You talked on ")
    press_of(phone, "What was agreed")
    expect(window(phone)).to_contain_text("Where you differ")
    press_of(phone, "Take over")
    expect(window(phone)).not_to_contain_text("Only 陈伟 named")
    press(window(phone), "Sign")
    form = window(phone)
    expect(form).to_contain_text("It does not say that you agree")
    stays_within_its_width(phone)
    tick(form, "How do you stand to it?", "I have taken note of it, and I don't agree")
    fill(form, Anything_that="The dates are close together")
    press(form, "Send")
    expect(window(phone)).to_contain_text("陈伟 has been asked to sign as well.")
    close_all(phone)
    write(page, "/interview ")
    press_of(
        page, "打开", window(page).get_by_text("Kavya Iyer").first.locator("xpath=ancestor::*[.//button][1]")
    )
    expect(window(page)).to_contain_text("进行面谈")
    press_of(page, "面谈约定")
    expect(window(page)).to_contain_text("The dates are close together")
    press(window(page), "签署")
    window(page).get_by_role("radio", name="我已知悉", exact=True).check()
    press(window(page), "提交")
    expect(window(page)).to_contain_text("面谈至此完成")
    close_all(page)


def what_was_promised_is_an_action(page: Page, town: SlackTown) -> None:
    def work(records: Any) -> list[tuple[str, str]]:
        return [
            (records.people.get(one.person).name, one.text)
            for name in ("kavya", "chenwei")
            for one in records.actions.open_of(named(records, name).id)
        ]

    assert town.records(work) == [
        ("Kavya Iyer", LEAD), ("Kavya Iyer", COURSE), ("Kavya Iyer", LOOK), ("陈伟", LOOK),
    ]  # fmt: skip
    write(page, "/plan actions ")
    expect(window(page)).to_contain_text(LOOK)
    close_all(page)
    become(page, "Kavya Iyer")
    write(page, "/result ")
    press_of(page, "Appeal")
    expect(window(page).get_by_role("heading", name="Appeal").first).to_be_visible()
    close_all(page)
