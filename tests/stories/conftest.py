"""The company that the stories are about, played over every messenger."""

from __future__ import annotations

from collections.abc import Iterator
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


def opened(messenger: str, home: Path, **options: Any) -> Iterator[Any]:
    kind = SlackTown if messenger == "slack" else PlainTown
    town = kind(SUNDAY, PEOPLE_CSV.read_bytes(), home, **options)
    try:
        yield town
    finally:
        town.close()
