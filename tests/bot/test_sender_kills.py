"""A process that is killed at any moment, and two that deliver at once: none lost, none twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack

import structlog
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.clock import VirtualClock
from storage.connect import make_engine
from storage.engine import Store
from tests.bot.fake_messenger import LOST, OK, START, Desk, FakeMessenger, Fault, desk, message, running

# A message that was unclear five times is parked; so many kills and faults together can't do that.
TROUBLES = 4


async def run_and_kill(here: Desk, steps: int) -> None:
    """Let the process take so many steps, and end it wherever it is then."""
    process = asyncio.create_task(here.sender.run())
    for _ in range(steps):
        await asyncio.sleep(0)
    on_its_way = set(here.sender._delivery.tasks)
    process.cancel()
    await asyncio.gather(process, *on_its_way, return_exceptions=True)


async def live_through(first: Desk, kills: Sequence[tuple[int, float]]) -> Desk:
    here = first
    for steps, pause in kills:
        await run_and_kill(here, steps)
        here.clock.advance(pause)
        here = desk(here.clock, here.store, here.slack, seats=4)
    async with running(here):
        await here.pass_time(900, 31)
    return here


@settings(deadline=None, max_examples=60)
@given(
    count=st.integers(1, 12),
    sensitive=st.sets(st.integers(0, 11)),
    faults=st.lists(st.sampled_from([OK, OK, LOST, "accepted", "late"]), max_size=TROUBLES - 2),
    kills=st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0.0, 1.0, 45.0, 200.0])), max_size=2),
    chats=st.integers(1, 4),
)
def test_whenever_it_is_killed_each_message_arrives_once(
    count: int, sensitive: set[int], faults: list[Fault], kills: list[tuple[int, float]], chats: int
) -> None:
    clock = VirtualClock(START, speed=0)
    first = desk(clock, slack=FakeMessenger(clock, iter(faults)), seats=4)
    keys = [f"{number:02}" for number in range(count)]
    first.write(
        *(
            message(key, f"C{number % chats}", sensitive=number in sensitive)
            for number, key in enumerate(keys)
        )
    )
    with structlog.testing.capture_logs():
        last = asyncio.run(live_through(first, kills))
    copies = Counter(last.slack.texts())
    assert all(number == 1 for number in copies.values()), "none twice"
    for number, key in enumerate(keys):
        if copies[key]:
            assert last.state(key) == "sent"
        else:
            assert number in sensitive, "none lost"
            assert last.state(key) == "parked"
    if not faults and not kills:
        for chat in range(chats):
            assert last.slack.texts(f"C{chat}") == keys[chat::chats]


def test_what_a_suspended_process_had_in_hand_is_sent_by_another_and_not_by_both(postgresql_url: str) -> None:
    async def story(engine: Engine) -> Desk:
        clock = VirtualClock(START, speed=0)
        stuck = desk(clock, Store(engine, clock.now))
        stuck.slack.gate = asyncio.Event()
        other = desk(clock, stuck.store, FakeMessenger(clock, posted=stuck.slack.posted))
        stuck.write(message("on its way"), message("in hand"))
        async with running(stuck):
            await stuck.slack.reached.wait()
            clock.advance(300)
            async with running(other):
                await other.pass_time(200)
                assert other.slack.texts() == ["on its way", "in hand"]
                stuck.slack.gate.set()
                await stuck.sender.idle()
                assert other.slack.texts() == ["on its way", "in hand"], "the sleeper deletes its own copy"
                await other.pass_time(3600, 60)
        return other

    engine = make_engine(postgresql_url)
    try:
        with structlog.testing.capture_logs():
            here = asyncio.run(story(engine))
        assert here.slack.texts() == ["on its way", "in hand"], (
            "the copy that no lease can hold back is deleted"
        )
        assert here.states(["on its way", "in hand"]) == {"sent"}
    finally:
        engine.dispose()


def test_two_processes_on_one_postgresql_send_each_message_once(postgresql_url: str) -> None:
    async def story() -> list[Desk]:
        clock = VirtualClock(START, speed=0)
        slack = FakeMessenger(clock)
        engine = make_engine(postgresql_url)
        try:
            with ThreadPoolExecutor(4) as threads:
                desks = [desk(clock, Store(engine, clock.now), slack, executor=threads) for _ in range(2)]
                desks[0].write(*(message(f"{number:03}", f"C{number % 30}") for number in range(300)))
                async with AsyncExitStack() as stack:
                    for one in desks:
                        await stack.enter_async_context(running(one))
                    await asyncio.gather(*(one.sender.idle() for one in desks))
                    await asyncio.gather(*(one.sender.idle() for one in desks))
                assert desks[0].states(f"{number:03}" for number in range(300)) == {"sent"}
                return desks
        finally:
            engine.dispose()

    desks = asyncio.run(story())
    assert sorted(desks[0].slack.texts()) == [f"{number:03}" for number in range(300)]
    assert all(one.figures.counts["sent"] > 0 for one in desks), "both had a part in it"
