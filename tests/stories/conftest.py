"""The company that the stories are about, played over every messenger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.workspace.sample import PEOPLE_CSV
from tests.messengers.plain import PlainTown
from tests.messengers.slack import SlackTown

SUNDAY = datetime(
    2026, 3, 1, 18, tzinfo=UTC
)  # before Monday morning anywhere in Asia; no holidays in that week
MONDAY_BERLIN = datetime(2026, 3, 2, 8, 5, tzinfo=UTC)  # 09:05 in Berlin, 16:05 in Shanghai


@pytest.fixture(params=["plain", "slack"])
def messenger(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def town(messenger: str, tmp_path: Path) -> Iterator[Any]:
    """The sample company on the Sunday before its first check-in."""
    yield from opened(messenger, tmp_path, running_programme=True)


@pytest.fixture
def quiet_town(messenger: str, tmp_path: Path) -> Iterator[Any]:
    """The same company before HR has started anything."""
    yield from opened(messenger, tmp_path, running_programme=False)


@pytest.fixture
def bare_town_at(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """The same on the bare screens alone, for rules of time where a messenger adds nothing."""
    yield from _opening("plain", tmp_path)


@pytest.fixture
def bare_town(tmp_path: Path) -> Iterator[Any]:
    """The sample company on the bare screens alone."""
    yield from opened("plain", tmp_path, running_programme=True)


@pytest.fixture
def bare_quiet_town(tmp_path: Path) -> Iterator[Any]:
    """The same on the bare screens, before HR has started anything."""
    yield from opened("plain", tmp_path, running_programme=False)


def _opening(messenger: str, home: Path) -> Iterator[Callable[..., Any]]:
    with ExitStack() as stack:
        yield lambda start, **options: stack.enter_context(
            contextmanager(opened)(messenger, home, start, **options)
        )


def opened(messenger: str, home: Path, start: datetime = SUNDAY, **options: Any) -> Iterator[Any]:
    kind = SlackTown if messenger == "slack" else PlainTown
    town = kind(start, PEOPLE_CSV.read_bytes(), home, **options)
    try:
        yield town
    finally:
        town.close()
