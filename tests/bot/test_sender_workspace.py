"""The sender, Slack's client and the local workspace together: every fault over real connections."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest
import structlog

from bot.buckets import Buckets
from bot.clock import VirtualClock
from bot.slack.client import PER_CHANNEL, SlackClient, slack_limits, web_client
from bot.slack.post import SlackPost
from bot.workspace.mischief import FAULTS
from tests.bot.fake_messenger import Desk, desk, message, running
from tests.workspace.office import ANNA, START, WANG, Office, office_of

# Answers that never come are waited for in real time.
PATIENCE = 0.3


async def deliver(office: Office, keys: list[str], seconds: float, **more: Any) -> Desk:
    clock = office.clock
    async with web_client(office.workspace.bot.token, f"{office.url}/api/", seconds=PATIENCE) as web:
        buckets = Buckets(clock, slack_limits(), PER_CHANNEL)
        port = SlackPost(SlackClient(web, buckets, clock))
        here = desk(clock, slack=port, buckets=buckets)  # type: ignore[arg-type]
        for number, key in enumerate(keys):
            channel = (ANNA, WANG)[number % 2]
            here.write(message(key, channel, due_at=START, **more))
        async with running(here):
            await here.pass_time(seconds, 5)
    return here


def texts(office: Office) -> Counter[str]:
    return Counter(said["text"] for who in (ANNA, WANG) for said in office.workspace.messages(who))


def play(fault: str, seconds: float, **more: Any) -> tuple[Counter[str], set[str], list[str]]:
    """Three messages, of which the second meets the fault: what is in the chats, their states, complaints."""

    async def story() -> tuple[Counter[str], set[str], list[str]]:
        async with office_of(clock=VirtualClock(START, speed=0), rates=True) as office:
            office.world.misbehave.next("chat.postMessage", "slow", seconds=0.0)
            office.world.misbehave.next("chat.postMessage", fault)
            keys = ["one", "two", "three"]
            here = await deliver(office, keys, seconds, **more)
            assert office.world.misbehave.decide("chat.postMessage") is None, "the fault was met"
            return texts(office), here.states(keys), office.world.problems

    with structlog.testing.capture_logs():
        return asyncio.run(story())


@pytest.mark.parametrize("fault", [*FAULTS, "error:internal_error", "error:ratelimited"])
def test_whatever_the_messenger_does_each_message_is_there_once(fault: str) -> None:
    said, states, problems = play(fault, 200)
    assert said == {"one": 1, "two": 1, "three": 1}
    assert states == {"sent"}
    assert problems == []
