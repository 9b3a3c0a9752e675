"""Nothing leaves after its claim may have run out, wherever the process was stopped before the first byte."""

from __future__ import annotations

import asyncio

import pytest
import structlog
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.buckets import Buckets
from bot.clock import SystemClock, VirtualClock
from bot.fence import TooLate, check, leaving_before
from bot.messenger import Outcome, Sent, SurelyNot
from bot.slack.client import SlackClient, web_client
from bot.slack.post import SlackPost
from bot.web import serving
from storage.connect import make_engine
from storage.engine import Store
from tests.bot.fake_messenger import START, Desk, FakeMessenger, desk, message, running

CLAIM = 90.0  # seconds


def posted_after(asleep: float) -> tuple[Outcome, int]:
    """A post over a real connection by a process that is stopped for so long before it: what came of it, and how
    many requests the messenger got."""
    taken: list[Request] = []

    async def take(asked: Request) -> JSONResponse:
        taken.append(asked)
        return JSONResponse({"ok": True, "channel": "C1", "ts": "1.1"})

    async def story() -> Outcome:
        clock = VirtualClock(START, speed=0)
        app = Starlette(routes=[Route("/api/chat.postMessage", take, methods=["POST"])])
        async with serving(app, "127.0.0.1", 0) as url, web_client("xoxb", f"{url}/api/") as web:
            port = SlackPost(SlackClient(web, Buckets(clock, {}), clock))
            with leaving_before(clock, clock.monotonic() + CLAIM):
                under_way = asyncio.create_task(port.post("C1", {"text": "hello"}, "mark"))
            clock.advance(asleep)
            return await under_way

    return asyncio.run(story()), len(taken)


def test_a_request_leaves_while_its_claim_holds() -> None:
    assert posted_after(CLAIM - 1) == (Sent("C1", "1.1"), 1)


def test_a_request_whose_claim_ran_out_while_the_process_was_stopped_never_leaves() -> None:
    assert posted_after(CLAIM) == (SurelyNot("TooLate", "claim"), 0)


def test_what_belongs_to_no_claim_leaves_whenever_it_likes() -> None:
    clock = VirtualClock(START, speed=0)
    with leaving_before(clock, 0.0), pytest.raises(TooLate):
        check()
    check()


def test_the_machines_clock_goes_on_while_it_sleeps() -> None:
    before = SystemClock().monotonic()
    assert 0 <= SystemClock().monotonic() - before < CLAIM


def test_a_process_stopped_at_the_doorstep_posts_nothing_when_it_wakes(postgresql_url: str) -> None:
    async def story(engine: Engine) -> Desk:
        clock = VirtualClock(START, speed=0)
        stuck = desk(clock, Store(engine, clock.now))
        stuck.slack.doorstep = asyncio.Event()
        other = desk(clock, stuck.store, FakeMessenger(clock, posted=stuck.slack.posted))
        stuck.write(message("on its way"), message("in hand"), message("elsewhere", "C2"))
        async with running(stuck):
            await stuck.slack.reached.wait()
            clock.advance(300)
            async with running(other):
                await other.pass_time(200)
                stuck.slack.doorstep.set()
                await stuck.sender.idle()
                assert len(other.slack.texts()) == 3, "the sleeper has held its own back"
                await other.pass_time(600, 60)
        return other

    engine = make_engine(postgresql_url)
    try:
        with structlog.testing.capture_logs() as log:
            here = asyncio.run(story(engine))
        assert sorted(here.slack.texts()) == ["elsewhere", "in hand", "on its way"]
        assert here.states(["on its way", "in hand", "elsewhere"]) == {"sent"}
        assert [line for line in log if line["event"] == "held back after a suspension"]
    finally:
        engine.dispose()


def test_an_edit_by_a_process_that_slept_does_not_undo_a_newer_one(postgresql_url: str) -> None:
    async def story(engine: Engine) -> tuple[int, int]:
        clock = VirtualClock(START, speed=0)
        stuck = desk(clock, Store(engine, clock.now))
        other = desk(clock, stuck.store, FakeMessenger(clock, posted=stuck.slack.posted))
        (note,) = stuck.write(message("note"))
        async with running(stuck):
            await stuck.sender.idle()
            stuck.slack.doorstep = asyncio.Event()
            stuck.do(lambda records: records.messages.refresh([note]))
            await stuck.slack.reached.wait()
            clock.advance(60)
            async with running(other):
                await other.pass_time(60)
                stuck.slack.doorstep.set()
                await stuck.sender.idle()
        return len(stuck.slack.edits), len(other.slack.edits)

    engine = make_engine(postgresql_url)
    try:
        assert asyncio.run(story(engine)) == (0, 1)
    finally:
        engine.dispose()
