"""Slack is away, the token is refused, the clock is set: one line says so, and everything goes on by itself afterwards."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.bench.faults_clock import SHIFTS, set_again_and_again
from bot.bench.faults_found import Found
from bot.bench.faults_slack import FAULTS, silent
from bot.messenger import SurelyNot, Unclear


def stands(found: Found) -> None:
    assert found.wrong == ()
    assert (found.lost, found.twice, found.stuck) == (0, 0, 0)
    assert found.recovered


@pytest.mark.parametrize(("fault", "what", "span"), FAULTS, ids=[name for name, _, _ in FAULTS])
def test_what_waited_comes_once_at_the_rate_urgent_things_first_and_nothing_that_is_over(
    fault: str, what: SurelyNot | Unclear, span: timedelta
) -> None:
    found = asyncio.run(silent(fault, what, span))
    stands(found)
    assert found.said == 1
    if isinstance(what, SurelyNot):
        assert found.lines == 2, "it began, and it is over"


def test_a_clock_that_is_set_is_followed_and_nobody_gets_two_messages_for_a_day() -> None:
    found = asyncio.run(set_again_and_again())
    stands(found)
    assert found.said == len(SHIFTS)
