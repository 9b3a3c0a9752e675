"""HR puts a sheet into the chat on the page, by the paper clip and by dropping it, and imports it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.acts import become, go_to, messages, press, window
from tests.messengers.slack import SlackTown
from tests.stories.quarter import ON, launch

WRONG = b"Goal,Email,Target\nClose deals,daniel@example.com,=1+1\n"
RIGHT = b"Goal,Email,Target\nClose deals,daniel@example.com,12\n"
DROP = """async ([name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, { type: "text/csv" }));
  for (const type of ["dragover", "drop"])
    document.getElementById("log").dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def test_a_sheet_goes_into_the_chat_and_its_goals_are_imported(town: SlackTown, page: Page) -> None:
    town.to(ON)
    launch(town)
    become(page, "Marta Klein")
    go_to(page, "perfloop")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add files").click()
    chooser.value.set_files({"name": "goals.csv", "mimeType": "text/csv", "buffer": WRONG})
    town.settle()
    expect(messages(page).last).to_contain_text("C2 holds a formula")
    page.evaluate(DROP, ["goals.csv", RIGHT.decode()])
    expect(messages(page).filter(has_text="Reading “goals.csv”").nth(1)).to_be_visible()
    town.settle()
    press(messages(page).last, "Look and import")
    expect(window(page)).to_contain_text("New")
    press(window(page), "Import")
    press(page.locator("#confirm"), "Import")  # are you sure?
    expect(window(page).first).to_contain_text("1 new, 0 changed")
    expect(messages(page).last).to_contain_text("is imported")
