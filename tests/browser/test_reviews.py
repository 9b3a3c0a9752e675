"""Reviews in a browser: written by a colleague and a customer, scored, calibrated, released and opened, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Page, expect

from bot.workspace.sample import PEOPLE_CSV
from tests.browser.acts import (
    become,
    close,
    close_all,
    fill,
    go_to,
    messages,
    move_clock,
    press,
    press_of,
    stays_within_its_width,
    tick,
    window,
    write,
)
from tests.browser.conftest import PHONE, SUNDAY, Picture
from tests.messengers.slack import SlackTown

NAME = "H2 2025"

KEEP = "Explains a design so that everybody in the room can follow it"
CHANGE = "Ask earlier when a requirement is unclear"
BETTER = "Answer on the same day, please"
WHY = "Two large accounts were won back, which no goal counts"
MOVED = "Others with the same results have a B; the migration was shared work"
LINK = re.compile(r"http://\S+/r/[\w-]+")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[SlackTown]:
    """The sample company in a half-year review, on the Monday on which the last of it is written."""
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path, reviews=True)
    town.to(SUNDAY + timedelta(hours=20, minutes=30))  # after nine in the morning everywhere
    yield town
    town.close()


def test_a_half_year_from_a_colleagues_words_to_the_opened_result(
    page: Page, phone: Page, town: SlackTown, picture: Picture
) -> None:
    for one in (page, phone):
        press(one.get_by_role("region", name="Three things to try"), "Dismiss")
    a_colleague_writes_on_a_telephone(phone, picture)
    link = the_manager_invites_a_customer(page)
    the_customer_writes(page, link, picture)
    the_employee_reports(page)
    the_manager_scores_in_the_form(page, picture)
    the_manager_scores_side_by_side(page)
    the_manager_scores_in_one_line(page)
    move_clock(page, "+1 week", "Mon, Mar 9")
    hr_opens_a_calibration(page, town)
    move_clock(page, "Next morning", "Tue, Mar 10")
    a_manager_changes_a_rating(page, town, picture)
    hr_locks_it(page)
    hr_releases(page, town, picture)
    the_manager_looks_first(page)
    the_employee_opens_the_result(page, picture)
    an_employee_of_few_colleagues_opens_theirs(page)


def a_colleague_writes_on_a_telephone(phone: Page, picture: Picture) -> None:
    become(phone, "Jonas Weber")
    request = messages(phone).filter(has_text=f"write your reviews of colleagues for {NAME}").last
    expect(request).not_to_contain_text("李娜")  # whom one writes about without a name stands in no message
    request.get_by_role("button", name=re.compile("^Open the list")).last.click()
    press_of(phone, "Write: 李娜")
    form = window(phone)
    expect(form.get_by_role("heading", name="Review by a colleague · 李娜")).to_be_visible()
    for promise in ("Nobody is ever shown who wrote what", "at least 3 of you", "Nobody reads your draft."):
        expect(form).to_contain_text(promise)
    stays_within_its_width(phone)
    picture("review-form", phone)
    fill(form, What_should_this_person_keep=KEEP)
    press(form, "Send")
    expect(form.get_by_text("Please fill in this field.").first).to_be_visible()
    fill(form, What_should_this_person_do_more=CHANGE)
    expect(form.get_by_text("Whenever it mattered").first).to_be_visible()
    tick(form, "How often did this person help", "Nearly always")
    tick(form, "How often did this person keep", "I can't judge")
    press(form, "Send")
    expect(form).to_contain_text("Sent. You can change it until")
    press(form, "Next: Kavya Iyer")
    expect(form.get_by_role("heading", name="Review by a colleague · Kavya Iyer")).to_be_visible()
    close(form)
    expect(window(phone)).to_contain_text("1 of 2 done")
    close_all(phone)
    expect(messages(phone).last).not_to_contain_text("李娜")
    become(phone, "周婷")
    write(phone, "/review ")
    press_of(phone, "填写：Daniel Brooks")
    expect(window(phone)).to_contain_text("只邀请了 2 位同事评估Daniel Brooks")  # said before a word is typed
    expect(window(phone)).to_contain_text("你写的内容不会显示给任何人")
    stays_within_its_width(phone)
    close_all(phone)


def the_manager_invites_a_customer(page: Page) -> str:
    become(page, "Emily Carter")
    write(page, "/review external ")
    press_of(page, "Invite: Daniel Brooks")
    form = window(page)
    expect(form.get_by_role("heading", name="Somebody from outside reviews Daniel Brooks")).to_be_visible()
    fill(form, Who_is_it="Ms Wu", Which_company="Northwind")
    tick(form, "In which language", "English")
    press(form, "Send")
    expect(form).to_contain_text("Here is the link for Ms Wu.")
    found = LINK.search(form.inner_text())
    assert found
    close_all(page)
    return found[0]


def the_customer_writes(page: Page, link: str, picture: Picture) -> None:
    guest = page.context.new_page()
    guest.set_viewport_size(PHONE)
    guest.goto(link)
    main = guest.get_by_role("main")
    expect(main).to_contain_text("Review by a customer · Daniel Brooks")
    expect(main).to_contain_text("with your name (Ms Wu, Northwind)")
    stays_within_its_width(guest)
    guest.get_by_role("radio", name=re.compile("^As agreed")).check()
    picture("external", guest, words=guest.get_by_role("button", name="中文"))
    guest.get_by_role("textbox", name=re.compile("^What should we do")).fill(BETTER)
    press(guest, "中文")
    expect(main).to_contain_text("客户评价 · Daniel Brooks")
    expect(guest.get_by_role("radio", name=re.compile("^符合约定"))).to_be_checked()
    press(guest, "提交")
    expect(main.get_by_role("alert")).to_contain_text("尚未提交")
    expect(guest.get_by_role("textbox").last).to_have_value(BETTER)
    guest.get_by_role("textbox").first.fill("9")
    press(guest, "提交")
    expect(main.get_by_role("status")).to_contain_text("评价已提交")
    guest.goto(f"{link}?lang=en")
    expect(main).to_contain_text("nothing was sent twice")
    guest.close()


def the_employee_reports(page: Page) -> None:
    become(page, "Daniel Brooks")
    for label, value in (("Update$", "11"), ("Update: Raise the renewal rate", "91")):
        write(page, "/goal update ")
        press_of(page, label)
        fill(window(page), Where_does_it_stand=value)
        press(window(page), "Send")
        expect(window(page)).to_contain_text("Kept: ")
        close_all(page)
    become(page, "Emily Carter")


def the_manager_scores_in_the_form(page: Page, picture: Picture) -> None:
    write(page, "/score ")
    expect(window(page)).to_contain_text("0 of 2 done")
    press_of(page, "Write: Daniel Brooks")
    form = window(page)
    expect(form).to_contain_text("Win 12 new customers · from 0 to 12 customers · now 11 customers")
    tick(form, "How do you rate the results?", "Exceeds")
    fill(form, Which_results="Eleven of twelve customers, and the renewals of two large accounts")
    tick(form, "How does this person work together", "Exceeds")
    fill(form, Please_give_one="Trained two")
    tick(form, "How able is this person", "Exceeds")
    fill(form, What_are="Listens first, and knows every contract of the customer by heart")
    fill(form, What_should_grow="Plan ahead of the quarter; next: lead the Contoso account")
    tick(form, "Is this person ready", "Within a year")
    press(form, "Next")
    expect(form).to_contain_text("Computed so far: ")
    expect(form).to_contain_text("which proposes B · As expected")
    expect(form).to_contain_text("Review by a colleague")  # left out, and it says so in words
    picture("score", page, form)
    tick(form, "Which rating do you give?", "A")
    press(form, "Next")
    fill(form, Why_another_rating=WHY)
    press(form, "Next")
    for hint in ("All 3 ratings are the same.", "Rule: 3 ratings or more, all equal.", "A text is so short"):
        expect(form).to_contain_text(hint)
    press(form, "Send")
    expect(form).to_contain_text("Sent. You can change it until")
    expect(form.get_by_role("button", name="Next: Ana Ribeiro")).to_be_visible()
    close(form)
    expect(window(page)).to_contain_text("1 of 2 done")
    expect(window(page)).to_contain_text("sent · A · Beyond expectations")
    close_all(page)


def the_manager_scores_side_by_side(page: Page) -> None:
    write(page, "/score ")
    press_of(page, "Side by side: How do you rate the results?")
    table = window(page)
    expect(table.get_by_role("radiogroup")).to_have_count(2)
    expect(
        table.get_by_role("radio", name=re.compile("^Exceeds")).nth(1)
    ).to_be_checked()  # Daniel's, as it was sent
    tick(table, "How do you rate the results?", "Exceeds", 0)
    press(table, "Send")
    expect(table).to_contain_text("Kept in 1 draft: Ana Ribeiro.")
    close_all(page)


def the_manager_scores_in_one_line(page: Page) -> None:
    write(page, '/score Ana Ribeiro 4 "Kept every renewal" goals=105 behaviour=3 ability=3 ')
    said = window(page)
    for words in ("A · Beyond expectations", "4 · Exceeds expectations", "3 · Meets expectations"):
        expect(said).to_contain_text(words)
    expect(said).to_contain_text("Still missing, so nothing is sent yet:")
    expect(said).to_contain_text("What are this person's strengths?")
    press(said, "Open the form")
    form = window(page)
    expect(form.get_by_role("heading", name="Manager's review · Ana Ribeiro")).to_be_visible()
    fill(form, Which_results="Every renewal of the year, and one of them two months early")
    fill(form, Please_give_one="Took over the calls of a colleague who was ill")
    fill(form, What_are="Keeps her promises to customers, whatever it takes")
    fill(form, What_should_grow="Win new customers, too; next: two visits a month with Daniel")
    tick(form, "Is this person ready", "Not yet")
    press(form, "Next")
    expect(form).to_contain_text("Look through your answers.")
    press(form, "Send")
    expect(form).to_contain_text("Sent. You can change it until")
    close_all(page)


def hr_opens_a_calibration(page: Page, town: SlackTown) -> None:
    become(page, "Marta Klein")
    write(page, "/calibrate ")
    press(window(page), "New calibration session")
    form = window(page)
    tick(form, "Whose results is it about?", "Some departments")
    press(form, "Next")
    for department in ("Engineering", "Sales"):
        form.get_by_role("checkbox", name=department).check()
    press(form, "Next")
    who = form.get_by_role("combobox", name=re.compile("^Who takes part"))
    for name in ("Anna Becker", "Rafael Souza"):
        who.fill(name)
        form.get_by_role("option", name=re.compile(f"^{name}")).click()
    who.press("Tab")
    press(form, "Next")
    press(form, "Send")
    expect(form).to_contain_text("Engineering, Sales is open with 17 people.")
    close(form)
    expect(window(page)).to_contain_text("Going on")
    close_all(page)
    town.settle()


def a_manager_changes_a_rating(page: Page, town: SlackTown, picture: Picture) -> None:
    become(page, "Anna Becker")
    told = messages(page).filter(has_text=f"You take part in a calibration session of {NAME}.").last
    expect(told).not_to_contain_text("Jonas")
    press(told, "Open the session")
    session = window(page)
    expect(session).to_contain_text("Nobody has been moved.")
    expect(session).to_contain_text("guide 20%, so 1–5 fit")
    expect(session.get_by_role("button", name="Open: Anna Becker")).to_have_count(
        0
    )  # nobody sees their own row
    press(session, "Open: Jonas Weber")
    expect(session).to_contain_text("Every version so far")
    press(session, "Change the rating")
    form = window(page)
    expect(form).to_contain_text("Now: A · Beyond expectations, by 陈伟.")
    tick(form, "Which rating?", "B")
    press(form, "Send")
    expect(form.get_by_text("Please fill in this field.")).to_be_visible()  # no change without a reason
    fill(form, Why=MOVED)
    press(form, "Send")
    expect(form).to_contain_text("Jonas Weber: A · Beyond expectations → B · As expected.")
    close(form)
    expect(window(page)).to_contain_text(MOVED)
    press(window(page), "Back to the session")
    expect(window(page)).to_contain_text("Against their managers' ratings: 0 higher, 1 lower.")
    picture("calibration", page, window(page), window(page).get_by_text("By department"))
    press(window(page), "As a picture")
    sure = page.get_by_role("dialog").last
    expect(sure).to_contain_text("counts only, and no names")
    press(sure, "As a picture")
    expect(window(page)).to_contain_text("comes into your chat with me in a moment.")
    close_all(page)
    town.settle()
    expect(messages(page).last.locator("img").first).to_be_visible()


def hr_locks_it(page: Page) -> None:
    become(page, "Marta Klein")
    write(page, "/calibrate ")
    press_of(page, "Open: Engineering, Sales")
    press(window(page), "Lock")
    sure = page.get_by_role("dialog").last
    expect(sure).to_contain_text("nothing can be changed in this session any more")
    press(sure, "Lock")
    expect(window(page)).to_contain_text("What was decided in “Engineering, Sales” is final.")
    expect(window(page)).to_contain_text("Final: locked by Marta Klein")
    close_all(page)


def hr_releases(page: Page, town: SlackTown, picture: Picture) -> None:
    write(page, "/cycle release ")
    expect(window(page)).to_contain_text("Results to be opened: 22 people")
    picture("release", page, window(page))
    press(window(page), "Release")
    sure = page.get_by_role("dialog").last
    expect(sure).to_contain_text("nobody can tell any more who wrote without a name")
    press(sure, "Release")
    expect(window(page)).to_contain_text("You will be told when it is done.")
    close_all(page)
    town.to(town.now() + timedelta(minutes=2))
    expect(messages(page).last).to_contain_text(f"The results of {NAME} are released.")


def the_manager_looks_first(page: Page) -> None:
    move_clock(page, "Next morning", "Wed, Mar 11, 09:00")
    become(page, "陈伟")
    told = messages(page).filter(has_text=f"{NAME}的团队结果已发布给你").last
    expect(told).not_to_contain_text("符合预期")
    press(told, "查看")
    team = window(page)
    expect(team).to_contain_text("B · 符合预期")
    expect(team).to_contain_text("团队成员会晚于你看到自己的结果")
    press_of(page, "打开：李娜")
    expect(window(page)).to_contain_text(KEEP)
    close_all(page)
    become(page, "李娜")
    write(page, "/result ")
    expect(window(page)).to_contain_text("目前还没有可以查看的结果")
    close_all(page)
    move_clock(page, "明早", "3月12日")


def the_employee_opens_the_result(page: Page, picture: Picture) -> None:
    told = messages(page).filter(has_text=f"{NAME}的结果已发布，请查看。").last
    expect(told).not_to_contain_text("符合预期")
    go_to(page, "主页")
    home = page.get_by_role("main")
    expect(home).to_contain_text(f"你的结果 · {NAME}")
    expect(home).not_to_contain_text("符合预期")
    go_to(page, "perfloop")
    press(told, "查看")
    result = window(page)
    for words in (
        "B · 符合预期",
        "薪酬系数: 1",
        "目标: 94.12 · 权重 60%",
        "哪些做法值得保持？",
        KEEP,
        "≥ 3.5（最高 4）",
    ):
        expect(result).to_contain_text(words)
    expect(result).to_contain_text("陈伟会与你面谈沟通。")
    expect(result).not_to_contain_text("Jonas")
    picture("result-zh", page, result)
    press(result, "得分是如何计算的？")
    how = window(page)
    expect(how).to_contain_text("得分：60% × 94.1176 + 20% × ")
    expect(how).to_contain_text("版本只增不改。")
    picture("result-computed", page, how)
    close_all(page)
    expect(messages(page).last).to_contain_text(f"你的结果 · {NAME}：已查看。")
    expect(told).to_have_count(0)  # it asks for nothing any more


def an_employee_of_few_colleagues_opens_theirs(page: Page) -> None:
    become(page, "Daniel Brooks")
    write(page, "/result ")
    expect(window(page)).to_contain_text("no result of yours to read yet")  # it is not his own morning yet
    close_all(page)
    move_clock(page, "Next morning", "Thu, Mar 12, 09:00")
    write(page, "/result ")
    result = window(page)
    expect(result).to_contain_text("A · Beyond expectations")
    expect(result).to_contain_text("by Ms Wu, Northwind")
    press_of(page, "Read: Review by a customer")
    expect(window(page)).to_contain_text(BETTER)
    close_all(page)
