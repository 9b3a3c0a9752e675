"""The running workspace of these tests."""

from collections.abc import AsyncIterator

import pytest

from tests.workspace.office import Office, office_of


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def office(anyio_backend: str) -> AsyncIterator[Office]:
    async with office_of() as running:
        yield running
