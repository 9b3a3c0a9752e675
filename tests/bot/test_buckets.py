"""Rates: nobody is faster than allowed, nobody waits for another's limit, and the urgent go first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.buckets import CHANNELS_KEPT, Buckets, Limit
from bot.clock import VirtualClock
from bot.slack.client import slack_limits, tier

START = datetime(2026, 8, 3, 9, tzinfo=UTC)
Story = Callable[[VirtualClock], Awaitable[None]]


def play(story: Story) -> None:
    asyncio.run(story(VirtualClock(START, speed=0)))


async def settle() -> None:
    """Let every task run until it waits."""
    for _ in range(20):
        await asyncio.sleep(0)


def grabbed(buckets: Buckets, method: str, channel: str | None = None) -> int:
    count = 0
    while count < 1000 and buckets.grab(method, channel):
        count += 1
    return count


def test_a_burst_goes_at_once_and_then_one_call_a_step() -> None:
    clock = VirtualClock(START, speed=0)
    buckets = Buckets(clock, {"post": Limit(60, 3)})
    assert buckets.room("post") == 3
    assert grabbed(buckets, "post") == 3
    assert buckets.wait("post") == pytest.approx(1.0)
    clock.advance(0.5)
    assert not buckets.grab("post")
    clock.advance(0.5)
    assert grabbed(buckets, "post") == 1
    clock.advance(3600)
    assert grabbed(buckets, "post") == 3


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.sampled_from([20, 50, 100, 240]))
def test_no_minute_sees_more_calls_than_the_tier_allows(steps: list[float], per_minute: int) -> None:
    clock = VirtualClock(START, speed=0)
    buckets = Buckets(clock, {"call": tier(per_minute)})
    made: list[float] = []
    for step in steps:
        clock.advance(step)
        made += [clock.monotonic()] * grabbed(buckets, "call")
    busiest = max((sum(1 for at in made if start <= at < start + 60) for start in made), default=0)
    assert busiest <= per_minute


def test_what_is_allowed_is_used() -> None:
    clock = VirtualClock(START, speed=0)
    buckets = Buckets(clock, slack_limits(300))
    made = 0
    while clock.monotonic() < 600:
        made += grabbed(buckets, "chat.postMessage")
        clock.advance(buckets.wait("chat.postMessage"))
    assert 0.99 * 3000 <= made <= 3005


def test_a_method_without_a_limit_is_free_and_a_shut_one_is_not() -> None:
    clock = VirtualClock(START, speed=0)
    buckets = Buckets(clock, {})
    assert buckets.room("views.open") is None
    assert grabbed(buckets, "views.open") == 1000
    buckets.pause("views.open", 5)
    assert buckets.room("views.open") == 0
    assert not buckets.grab("views.open")
    clock.advance(5)
    assert buckets.grab("views.open")


def test_one_channel_waits_and_the_others_do_not() -> None:
    clock = VirtualClock(START, speed=0)
    buckets = Buckets(clock, {"post": Limit(6000, 100)}, Limit(60, 1))
    assert buckets.grab("post", "D1")
    assert not buckets.grab("post", "D1")
    assert buckets.grab("post", "D2")
    assert buckets.room("post") == 98, "a refused post takes from neither bucket"
    clock.advance(1)
    assert buckets.grab("post", "D1")


def test_a_pause_of_one_method_holds_up_no_other_and_is_obeyed_to_the_second() -> None:
    clock = VirtualClock(START, speed=0)
    buckets = Buckets(clock, slack_limits())
    buckets.pause("users.list", 30)
    buckets.pause("users.list", 5)
    assert buckets.wait("users.list") == pytest.approx(30)
    assert buckets.grab("chat.postMessage")
    clock.advance(29.9)
    assert not buckets.grab("users.list")
    clock.advance(0.1)
    assert grabbed(buckets, "users.list") == 1, "after a pause it begins slowly"


def test_an_answer_to_a_person_never_waits_behind_a_broadcast() -> None:
    async def story(clock: VirtualClock) -> None:
        buckets = Buckets(clock, {"call": Limit(60, 1)})
        went: list[str] = []

        async def call(name: str, urgency: int) -> None:
            await buckets.take("call", urgency)
            went.append(name)

        calls = [("first", 2), ("bulk", 2), ("nudge", 1), ("more bulk", 2), ("answer", 0)]
        tasks = [asyncio.create_task(call(*one)) for one in calls]
        for _ in range(len(calls)):
            await settle()
            clock.advance(1)
        await asyncio.gather(*tasks)
        assert went == ["first", "answer", "nudge", "bulk", "more bulk"]

    play(story)


def test_who_gives_up_waiting_leaves_the_line() -> None:
    async def story(clock: VirtualClock) -> None:
        buckets = Buckets(clock, {"call": Limit(60, 1)})
        await buckets.take("call")
        waiting = [asyncio.create_task(buckets.take("call")) for _ in range(3)]
        await settle()
        waiting[0].cancel()
        await settle()
        for _ in range(3):
            clock.advance(1)
            await settle()
        assert [task.done() for task in waiting] == [True, True, True]
        clock.advance(1)
        assert buckets.room("call") == 1

    play(story)


def test_a_thousand_channels_are_not_remembered_for_ever() -> None:
    clock = VirtualClock(START, speed=0)
    buckets = Buckets(clock, {}, Limit(60, 1))
    for number in range(10 * CHANNELS_KEPT):
        assert buckets.grab("post", f"D{number}")
        clock.advance(0.01)
    assert len(buckets._channels) <= CHANNELS_KEPT
    assert not buckets.grab("post", f"D{10 * CHANNELS_KEPT - 1}")
