"""PostgreSQL goes away and comes back while people write: nothing is lost or doubled, one line for each time."""

from __future__ import annotations

import asyncio

import pytest

from bot.bench.faults_server import own_server, restarted

PEOPLE, EVERY = 300, 2


def test_restarted_again_and_again_while_three_hundred_write() -> None:
    with own_server() as server:
        if server is None:
            pytest.skip("PostgreSQL can't start here")
        found = asyncio.run(restarted(server, PEOPLE, EVERY))
    assert found.wrong == ()
    assert (found.lost, found.twice, found.stuck) == (0, 0, 0)
    assert found.recovered
    assert found.times >= 4
    assert found.lines <= 2 * found.times, (
        "that it began and that it is over; what people were told has its own reference"
    )
