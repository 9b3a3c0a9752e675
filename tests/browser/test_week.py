"""A week of check-ins in a browser, as an employee, a manager and HR live through it on the local workspace's page."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Page, expect

from tests.browser.acts import (
    become,
    close,
    fill,
    go_to,
    messages,
    move_clock,
    press,
    tick,
    window,
    write,
)
from tests.browser.conftest import Picture

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
    a_colleague_answers_in_the_chat(page, picture)
    one_puts_it_off_and_one_skips(page)
    for day in ("Tue, Mar 3", "Wed, Mar 4", "Thu, Mar 5", "Fri, Mar 6"):
        move_clock(page, "Next morning", f"{day}, 09:00")
    for hour in range(10, 17):
        move_clock(page, "+1 hour", f"Fri, Mar 6, {hour}:00")
    expect(page.get_by_role("heading", name="Monday, March 2")).to_be_visible()
    the_manager_reads_and_replies(page, picture)
    the_writer_reads_the_reply(page)
    a_late_one_refreshes_the_digest(page, picture)
    hr_sees_counts(page, picture)


def the_employee_writes(page: Page, picture: Picture) -> None:
    prompt = messages(page).last
    expect(prompt).to_contain_text("Your check-in for week 10 is open.")
    picture("prompt", page, page.get_by_role("main"))
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
    picture("report", page, form, form.get_by_text("1 of 3"))
    press(form, "Next")

    goals = form.get_by_role("heading", name=re.compile("^Goal: "))
    expect(goals).to_have_count(2)
    tick(form, "How is it going?", "On track", 0)
    tick(form, "How is it going?", "Off track", 1)
    expect(form.get_by_text(re.compile("^Last: 5 customers"))).to_be_visible()
    far = form.get_by_role("textbox", name=re.compile("^Where does it stand now, in customers"))
    far.first.fill("quite far")
    press(form, "Next")
    expect(form.get_by_text("Please give a number, such as 85, 1,200 or 8.5k.")).to_be_visible()
    expect(far.first).to_have_value("quite far")
    far.first.fill("7")
    press(form, "Next")

    expect(form.get_by_role("heading", name="Off track: Raise the renewal rate")).to_be_visible()
    fill(form, What_would_help=RENEWALS)
    press(form, "Next")
    expect(form.get_by_text("Demo for Contoso on Thursday")).to_be_visible()
    press(form, "Edit: What is next?")
    fill(form, What_is_next="Demo for Contoso on Friday")
    press(form, "Next")
    expect(form.get_by_text("Demo for Contoso on Friday")).to_be_visible()
    press(form, "Send")
    expect(form.get_by_text("Sent. You can change it until")).to_be_visible()
    close(form)
    expect(prompt).to_contain_text("Your check-in for week 10 is sent. Thank you!")
    expect(prompt.get_by_role("button", name="Write")).to_have_count(0)


def a_colleague_answers_in_the_chat(page: Page, picture: Picture) -> None:
    become(page, "张敏")
    last = messages(page).last
    expect(last).to_contain_text("周报可以填写了")
    write(page, "完成了支付模块的回归测试")
    expect(last).to_contain_text("接下来做什么？")
    write(page, "写自动化用例")
    expect(last).to_contain_text("遇到了什么阻碍？")
    write(page, "返回")
    expect(last).to_contain_text("目前的回答：写自动化用例")
    write(page, "写自动化用例，并发布测试报告")
    expect(last).to_contain_text("遇到了什么阻碍？")
    write(page, "测试环境每天重启两次")
    expect(last).to_contain_text("谁能帮上忙？")
    write(page, "赵雷")
    expect(last).to_contain_text("没有找到 赵雷")
    write(page, "赵磊")
    expect(last).to_contain_text("需要申请资源吗？")
    write(page, "跳过")
    expect(last).to_contain_text("这一周感觉如何？")
    picture("chat", page, page.get_by_role("main"))
    press(last, "4 · 不错")
    expect(last).to_contain_text("一对一沟通想聊什么？")
    write(page, "跳过")
    expect(last).to_contain_text("都问完了，要提交吗？")
    expect(last).to_contain_text("写自动化用例，并发布测试报告")
    press(last, "提交")
    expect(last).to_contain_text("已提交，谢谢！")


def one_puts_it_off_and_one_skips(page: Page) -> None:
    become(page, "Kavya Iyer")
    later = messages(page).last.get_by_role("combobox", name="Remind me later")
    later.click()
    page.get_by_role("option", name="tomorrow morning").click()
    expect(messages(page).filter(has_text="put off until Tuesday 3 March")).to_be_visible()
    become(page, "Emily Carter")
    press(messages(page).last, "Skip this one")
    fill(window(page), Why="On a tour of customers all week")
    window(page).get_by_role("button", name="Send").click()
    expect(window(page)).to_contain_text("Skipped.")
    close(window(page))
    expect(messages(page).last).to_contain_text("is skipped")


def the_manager_reads_and_replies(page: Page, picture: Picture) -> None:
    digest = messages(page).last
    for row in ("Answered", "1 of 2", "Ana Ribeiro", "Blocked", "Off track", "1 × Good"):
        expect(digest).to_contain_text(row)
    expect(digest).not_to_contain_text(LEGAL)
    press(digest, "Read them")
    press(window(page), "Open: Daniel Brooks")
    for words in (LEGAL, RENEWALS, "7 customers", "Good"):
        expect(window(page)).to_contain_text(words)
    press(window(page), "Reply")
    expect(window(page)).to_contain_text("Read by Daniel Brooks.")
    fill(window(page), What_do_you_want=REPLY)
    press(window(page), "Send")
    expect(window(page)).to_contain_text("Sent. The writer is told.")
    close(window(page))
    expect(window(page)).to_contain_text(REPLY)  # the report below has heard of it
    picture("reply", page, window(page), window(page).get_by_role("button", name="Reply"))
    press(window(page), "Close all")


def the_writer_reads_the_reply(page: Page) -> None:
    become(page, "Daniel Brooks")
    told = messages(page).last
    expect(told).to_contain_text("Emily Carter replied to your check-in.")
    expect(told).not_to_contain_text(REPLY)
    press(told, "Open")
    expect(window(page)).to_contain_text(REPLY)
    close(window(page))


def a_late_one_refreshes_the_digest(page: Page, picture: Picture) -> None:
    become(page, "Ana Ribeiro")
    write(page, "/checkin ")
    form = window(page)
    fill(
        form,
        What_did_you_finish="Renewed two accounts in Recife",
        What_is_next="Visit the three that hesitate",
    )
    tick(form, "How was your week?", "Great")
    press(form, "Send")
    expect(form).to_contain_text("marked as late")
    close(form)
    become(page, "Emily Carter")
    digest = messages(page).filter(has_text="Your team's check-ins")
    expect(digest).to_have_count(1)
    for row in ("2 of 2", "Late", "1 × Great, 1 × Good", "(edited)"):
        expect(digest).to_contain_text(row)
    picture("digest", page, page.get_by_role("main"))


def hr_sees_counts(page: Page, picture: Picture) -> None:
    become(page, "Marta Klein")
    go_to(page, "Home")
    home = page.get_by_role("main")
    expect(home).to_contain_text("The programme")
    expect(home).to_contain_text("Sales")
    picture("home-hr", page)
    go_to(page, "perfloop")
    write(page, "/checkin status")
    expect(window(page)).to_contain_text("Counts only")
    expect(window(page)).not_to_contain_text(LEGAL)
    close(window(page))
