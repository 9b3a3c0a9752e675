"""A second process is kept off an SQLite file that is in use: whatever it wants to do, it says so in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.engine import open_store
from tests.bot.conftest import CommandLine

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
SERVED = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "secret", "PERFLOOP_PORT": "0"}
PEOPLE = "email,name,manager_email,department,role\nana@example.com,Ana,,Sales,\n"


@pytest.fixture
def held(sqlite_url: str) -> Iterator[str]:
    """The URL of a file that a bot is using."""
    with closing(open_store(sqlite_url, lambda: NOW)):
        yield sqlite_url


@pytest.mark.parametrize("command", ["serve", "import", "migrate", "move", "move into"])
def test_a_second_process_is_refused_in_one_line(
    perfloop: CommandLine, held: str, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(PEOPLE)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    open_store(other, lambda: NOW).close()
    given = {
        "serve": ["serve"],
        "import": ["import", file],
        "migrate": ["migrate"],
        "move": ["move", held, f"sqlite:///{tmp_path / 'new.db'}"],
        "move into": ["move", other, held],
    }
    ended = perfloop(*given[command], PERFLOOP_DATABASE_URL=held, **SERVED)
    assert ended.code == 1
    (line,) = ended.err.splitlines()
    assert "perfloop.db" in line
    assert "is using" in line
    assert "Stop it first" in line
