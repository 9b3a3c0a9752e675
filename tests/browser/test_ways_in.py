"""The same page on a telephone, by keyboard alone, and in both languages."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Locator, Page, expect

from tests.browser.acts import (
    become,
    close,
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
from tests.browser.conftest import PHONE, Picture

MOST_TABS = 80


def test_on_a_telephone(phone: Page, picture: Picture) -> None:
    become(phone, "Daniel Brooks")
    move_clock(phone, "Next morning", "Mon, Mar 2, 09:00")
    stays_within_its_width(phone)
    press(messages(phone).last, "Write")
    form = window(phone)
    expect(form).to_be_visible()
    assert form.bounding_box() == {"x": 0, "y": 0, **PHONE}
    fill(
        form, What_did_you_finish="Signed Northwind and Fabrikam", What_is_next="Demo for Contoso on Thursday"
    )
    press(form, "Next")
    tick(form, "How is it going?", "At risk", 0)
    tick(form, "How is it going?", "On track", 1)
    now = form.get_by_role("textbox", name=re.compile("^Where does it stand now")).first
    now.fill("quite far")
    press(form, "Next")
    expect(form.get_by_text("Please give a number")).to_be_visible()
    now.fill("7")
    form.get_by_role("heading", name="Goal: Win 12 new customers").scroll_into_view_if_needed()
    stays_within_its_width(phone)
    picture("phone", phone)
    press(form, "Next")
    press(form, "Send")
    expect(form).to_contain_text("Sent.")
    close(form)
    expect(messages(phone).last).to_contain_text("is sent. Thank you!")
    phone.get_by_role("link", name="Back to conversations").click()
    go_to(phone, "Home")
    expect(phone.get_by_role("main")).to_contain_text("Nothing is waiting for you.")
    stays_within_its_width(phone)


def test_by_keyboard_alone(page: Page) -> None:
    keys = page.keyboard
    expect(page.get_by_role("button", name=re.compile("^You are"))).to_be_visible()
    keys.press("Control+k")
    keys.type("Ana")
    keys.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^You are Ana Ribeiro"))).to_be_visible()
    tab_to(page, page.get_by_role("button", name=re.compile("^Next morning")))
    keys.press("Enter")
    expect(messages(page)).to_have_count(1)
    tab_to(page, messages(page).last.get_by_role("button", name="Write"))
    keys.press("Enter")
    expect(window(page).get_by_role("textbox").first).to_be_focused()
    keys.type("Renewed two accounts")
    keys.press("Tab")
    keys.type("Visit the three that hesitate")
    tab_to(page, window(page).get_by_role("radio").first)
    for _ in range(3):
        keys.press("ArrowDown")
    expect(window(page).get_by_role("radio", name=re.compile("^Good"))).to_be_checked()
    tab_to(page, window(page).get_by_role("button", name="Send"))
    keys.press("Enter")
    expect(window(page)).to_contain_text("Sent.")
    keys.press("Escape")
    expect(window(page)).to_have_count(0)
    expect(messages(page).last).to_contain_text("is sent. Thank you!")
    tab_to(page, page.get_by_role("combobox", name=re.compile("^Write to perfloop")))
    keys.type("/che")
    keys.press("Enter")  # takes the command that is offered
    keys.press("Enter")
    expect(window(page).get_by_role("textbox").first).to_have_value("Renewed two accounts")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until `wanted` has the focus."""
    for _ in range(MOST_TABS):
        if wanted.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {wanted} in {MOST_TABS} steps")


def test_in_both_languages(page: Page) -> None:
    become(page, "孙悦")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    move_clock(page, "明早", "09:00")
    press(messages(page).last, "填写")
    press(window(page), "下一步")
    expect(window(page).get_by_text("请填写此项。")).to_have_count(2)
    fill(window(page), 本周完成了什么="完成入职培训", 接下来做什么="独立上线第一个功能")
    press(window(page), "下一步")
    expect(window(page).get_by_role("heading", name=re.compile("^目标："))).to_have_count(2)
    close(window(page))
    become(page, "Grace Miller")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("combobox", name="Language of this page").select_option("中文")
    expect(page.get_by_role("heading", name="扮演")).to_be_visible()
    write(page, "/perf")
    expect(window(page)).to_contain_text("What you can do here")  # the bot keeps to the person's language
    close(window(page))
