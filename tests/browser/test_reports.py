"""Reports in a browser: opened, narrowed down, explained, and taken along as a picture and a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

from playwright.sync_api import Page, expect

from tests.browser.acts import (
    become,
    close_all,
    messages,
    press,
    press_of,
    stays_within_its_width,
    window,
    write,
)
from tests.browser.conftest import Picture
from tests.browser.released import NAME, with_results
from tests.messengers.slack import SlackTown


@pytest.fixture
def town(tmp_path: Path) -> Iterator[SlackTown]:
    yield from with_results(tmp_path)


def test_a_report_is_opened_explained_and_taken_along(
    page: Page, phone: Page, town: SlackTown, picture: Picture
) -> None:
    for one in (page, phone):
        press(one.get_by_role("region", name="Three things to try"), "Dismiss")
    hr_opens_it_and_asks_what_it_means(page, picture)
    hr_takes_it_along(page, town)
    a_manager_reads_theirs_in_chinese_on_a_telephone(phone, picture)


def hr_opens_it_and_asks_what_it_means(page: Page, picture: Picture) -> None:
    become(page, "Marta Klein")
    write(page, "/report ")
    expect(window(page)).to_contain_text("How are the released ratings spread?")
    picture("reports", page, window(page))
    close_all(page)
    write(page, f"/report ratings {NAME}")
    shown = window(page)
    expect(shown).to_contain_text(f"the company · {NAME}")
    expect(shown).to_contain_text("Operations: too few to show")
    press_of(page, "What is this\\?")
    expect(window(page)).to_contain_text("How many have this rating")
    close_all(page)


def hr_takes_it_along(page: Page, town: SlackTown) -> None:
    for label in ("As a picture", "As a sheet"):
        write(page, f"/report ratings {NAME}")
        press_of(page, label)
        sure = page.locator("#confirm")
        expect(sure).to_contain_text("Whoever may export this workspace can read what is in it.")
        press(sure, label)
        expect(window(page)).to_contain_text("comes into your chat with me in a moment.")
        close_all(page)
        town.settle()
    picture = messages(page).locator("img").last
    expect(picture).to_be_visible()
    assert "Engineering" in (picture.get_attribute("alt") or "")
    expect(messages(page).get_by_role("link", name="How ratings are spread", exact=True).last).to_be_visible()


def a_manager_reads_theirs_in_chinese_on_a_telephone(phone: Page, picture: Picture) -> None:
    become(phone, "陈伟")
    write(phone, "/report 完成情况 ")
    expect(window(phone)).to_contain_text("陈伟的团队")
    stays_within_its_width(phone)
    picture("report-phone", phone)
