"""What a person does on the workspace's page, found by role and name as a user would find it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


def become(page: Page, name: str) -> None:
    """Play somebody else: they are looked up in the list of people, which a phone keeps behind a button."""
    search = page.get_by_role("combobox", name=re.compile("^(Find a person|查找同事)$"))
    if not search.is_visible():
        page.get_by_role("button", name=re.compile("^(You are|你现在是)")).click()
    search.fill(name)
    page.get_by_role("option", name=re.compile(f"^{name}")).click()
    expect(page.get_by_role("button", name=re.compile(f"^(You are |你现在是){name}"))).to_be_visible()


def go_to(page: Page, place: str) -> None:
    """Open the home tab or a conversation by its name in the list at the left."""
    page.get_by_role("navigation", name=re.compile("^(Conversations|会话)$")).get_by_role(
        "link", name=re.compile(f"^{place}")
    ).click()


def move_clock(page: Page, button: str, now: str) -> None:
    """Press one of the clock's buttons and wait until it shows the moment `now`."""
    clock = page.get_by_role("group", name=re.compile("^(The company's clock|公司时钟)$"))
    clock.get_by_role("button", name=re.compile(f"^{re.escape(button)}")).click()
    expect(clock.get_by_role("time")).to_contain_text(now)


def messages(page: Page) -> Locator:
    """The messages of the open conversation, oldest first."""
    return page.get_by_role("log").get_by_role("article")


def write(page: Page, text: str) -> None:
    """Write a message, or a command, to perfloop."""
    composer = page.get_by_role("combobox", name=re.compile("^(Write to perfloop|给 perfloop 写消息)"))
    composer.fill(text)
    composer.press("Enter")


def window(page: Page) -> Locator:
    """The window on top of the stack."""
    return page.get_by_role("dialog")


def press(where: Page | Locator, label: str) -> None:
    where.get_by_role("button", name=label, exact=True).click()


def fill(where: Locator, **answers: str) -> None:
    """Fill in text fields by their labels, with underscores for blanks."""
    for label, said in answers.items():
        where.get_by_role("textbox", name=re.compile("^" + re.escape(label.replace("_", " ")))).fill(said)


def tick(where: Locator, question: str, answer: str, nth: int = 0) -> None:
    """Choose one of the answers of the nth group of this name."""
    group = where.get_by_role("radiogroup", name=re.compile("^" + re.escape(question))).nth(nth)
    group.get_by_role("radio", name=re.compile("^" + re.escape(answer))).check()


def close(where: Locator) -> None:
    """Close the window on top with the button below it; there is a cross above it too."""
    where.get_by_role("button", name=re.compile("^(Close|关闭)$")).last.click()


def press_of(page: Page, label: str, where: Locator | None = None) -> None:
    """Press the first button of this label, whatever row it stands beside."""
    (where or window(page)).get_by_role("button", name=re.compile(f"^{label}")).first.click()


def close_all(page: Page) -> None:
    """Close the whole stack of windows by the cross above them, and wait: the next may open only then."""
    window(page).get_by_role("button", name=re.compile("^(Close( all)?|(全部)?关闭)$")).first.click()
    expect(window(page)).to_have_count(0)


def stays_within_its_width(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")
