"""A browser on the workspace's page; without Chromium or Playwright these tests are skipped and say so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from bot.workspace.sample import PEOPLE_CSV
from tests.messengers.slack import SlackTown

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, ViewportSize

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--no-first-run", "--disable-gpu"]  # fmt: skip
SUNDAY = datetime(2026, 3, 1, 18, tzinfo=UTC)  # 13:00 in New York, and nowhere Monday morning yet
WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
SHEET: ViewportSize = {"width": 1000, "height": 640}  # the size of a picture of the whole page …
PART: ViewportSize = {"width": 460, "height": 560}  # … and of a part of it; those stand in one row
FONT = "'Liberation Sans'"  # of an English page in pictures: the default of a bare machine is broad and loud
PATIENCE = 15_000  # milliseconds until something that should appear has failed to
PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="take the README's pictures anew")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which Playwright drives."""
    api: Any = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"there is no {CHROMIUM}: apt-get install chromium")
    try:
        playwright = api.sync_playwright().start()
    except Exception as error:
        pytest.skip(f"Playwright's driver can't start here: {error}")
    api.expect.set_options(timeout=PATIENCE)
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()
    playwright.stop()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[SlackTown]:
    """The sample company on the Sunday before its first check-in; its clock moves only by the page's buttons."""
    town = SlackTown(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path)
    yield town
    town.close()


@pytest.fixture
def page(browser: Browser, town: SlackTown) -> Iterator[Page]:
    """The workspace's page as an English browser opens it for the first time."""
    yield from opened(browser, town, WIDE)


@pytest.fixture
def phone(browser: Browser, town: SlackTown) -> Iterator[Page]:
    """The same on a telephone."""
    yield from opened(browser, town, PHONE, has_touch=True, is_mobile=True)


def opened(browser: Browser, town: SlackTown, size: ViewportSize, **more: Any) -> Iterator[Page]:
    """A page of its own; whatever its console complains about fails the test, and whatever Slack would refuse."""
    context = browser.new_context(
        viewport=size, device_scale_factor=2, locale="en-US", reduced_motion="reduce", **more
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(town.trial.url)
    yield page
    context.close()
    assert complaints == []
    assert town.trial.workspace.world.problems == []


class Picture(Protocol):
    """Keeps a picture of the page, or of one part of it as a narrow page shows it, with these words in sight."""

    def __call__(
        self, name: str, page: Page, part: Locator | None = None, words: Locator | None = None
    ) -> None: ...


@pytest.fixture
def picture(request: pytest.FixtureRequest, tmp_path: Path) -> Picture:
    """Pictures go to the test's own folder; with `--pictures` to docs/pictures, where the README shows them."""
    folder = PICTURES if request.config.getoption("--pictures", default=False) else tmp_path

    def take(name: str, page: Page, part: Locator | None = None, words: Locator | None = None) -> None:
        size = page.viewport_size or WIDE
        width, height = min(size["width"], SHEET["width"]), min(size["height"], SHEET["height"])
        page.set_viewport_size({"width": width, "height": height} if part is None else PART)
        if part is not None and (box := part.bounding_box()):  # whatever else is on the page comes on top
            page.set_viewport_size(
                {"width": PART["width"], "height": 2 * PART["height"] - round(box["height"])}
            )
        if words is not None:
            words.scroll_into_view_if_needed()
        page.mouse.move(0, 0)
        page.evaluate(
            "font => document.documentElement.style.fontFamily = font", FONT if english(page) else ""
        )
        (part or page).screenshot(path=folder / f"{name}.png", animations="disabled", caret="hide")
        page.set_viewport_size(size)

    return take


def english(page: Page) -> bool:
    return page.locator("html").get_attribute("lang") == "en"
