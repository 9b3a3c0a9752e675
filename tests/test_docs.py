"""The pages of `docs/` that show code are executed: what they say works."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import flows.people
from bot.workspace.sample import PEOPLE_CSV
from flows.core.catalog import Catalog, Flow
from tests.messengers.plain import PlainTown
from tests.messengers.slack import SlackTown
from tests.stories.conftest import SUNDAY

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "add-a-flow.md"
BLOCK = re.compile(r"^`(?P<file>[\w/]+\.py)`[^`]*\n```python\n(?P<code>.*?)```", re.DOTALL | re.MULTILINE)
BLOCKS = {found["file"]: found["code"] for found in BLOCK.finditer(PAGE.read_text("utf-8"))}
FLOW, STORY = "flows/people/language.py", "tests/stories/test_language.py"
MODULE = "flows.people.language"


def stories() -> dict[str, Callable[[Any], None]]:
    told: dict[str, Any] = {}
    exec(compile(BLOCKS[STORY], STORY, "exec"), told)  # noqa: S102 - our own page
    return {name: story for name, story in told.items() if name.startswith("test_")}


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The page's file stands beside the others of its folder."""
    folder = tmp_path / "added"
    folder.mkdir()
    (folder / "language.py").write_text(BLOCKS[FLOW], "utf-8")
    monkeypatch.setattr(flows.people, "__path__", [*flows.people.__path__, str(folder)])
    yield
    sys.modules.pop(MODULE, None)
    monkeypatch.delattr(flows.people, "language", raising=False)


def test_the_page_has_a_flow_and_its_stories() -> None:
    assert set(BLOCKS) == {FLOW, STORY}
    assert len(stories()) == 2
    assert not (ROOT / FLOW).exists()


def test_the_flow_is_found_by_itself(added: None) -> None:
    found = Catalog.find(flows)
    assert isinstance(found.flows["language"], Flow)
    assert found.commands()["perf language"] is found.flows["language"]


@pytest.mark.parametrize("story", stories().values(), ids=stories())
@pytest.mark.parametrize("kind", [PlainTown, SlackTown])
def test_the_stories_are_true(added: None, kind: Any, story: Callable[[Any], None], tmp_path: Path) -> None:
    town = kind(SUNDAY, PEOPLE_CSV.read_bytes(), tmp_path)
    try:
        story(town)
    finally:
        town.close()


@pytest.mark.parametrize("command", [["ruff", "check"], ["ruff", "format", "--check"]])
def test_its_code_keeps_the_rules_of_the_house(command: list[str], tmp_path: Path) -> None:
    for file, code in BLOCKS.items():
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text(code, "utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    checked = subprocess.run(
        [sys.executable, "-m", *command, "--no-cache", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
