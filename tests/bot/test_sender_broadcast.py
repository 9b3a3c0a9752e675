"""A large broadcast holds up nobody: not while it is sent, not while it is corrected or taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.buckets import Limit
from bot.clock import VirtualClock
from bot.letters import Gone
from bot.messenger import Outcome, Payload, Sent, SurelyNot, Unclear
from flows.core.owed import Message
from flows.core.records import Written
from storage.work import Work
from tests.bot.fake_messenger import START, Desk, FakeMessenger, desk, message, running
from tests.bot.test_sender import play
from tests.bot.test_sender_kills import run_and_kill

MANY = 5000
LIMITS = {"post": Limit(240, 4), "edit": Limit(45, 5), "delete": Limit(45, 5)}
TAKEN_BACK = SurelyNot("cant_delete_message", permanent=True)


def broadcast(number: int) -> list[Message]:
    return [message(f"broadcast/1/{n:09d}", f"C{n}", urgency=2, sensitive=True) for n in range(number)]


def recalling(_records: Work, written: Written) -> Payload | Gone | None:
    """A broadcast that is recalled, among other messages."""
    if not written.message.key.startswith("broadcast/"):
        return {"text": written.message.key}
    return Gone({"text": "This message was recalled."}) if written.ts else None


def sent_already(here: Desk, messages: Sequence[Message]) -> None:
    """They stand in their chats."""
    here.do(lambda records: records.messages.write_many(messages))

    def deliver(records: Work) -> None:
        for row in records.outbox.claim(START, len(messages), sending=True):
            channel = row.message.channel or ""
            outcome = here.slack._take(channel, {"text": row.message.key}, row.id)
            assert isinstance(outcome, Sent)
            records.outbox.mark_sent(row.id, channel, outcome.ts, START)

    here.do(deliver)


def test_a_nudge_written_later_leaves_before_five_thousand_that_wait() -> None:
    async def story(here: Desk) -> None:
        here.do(lambda records: records.messages.write_many(broadcast(MANY)))
        await here.pass_time(2, 0.25)
        before = len(here.slack.posted)
        assert 0 < before < 20
        here.write(message("nudge", "C70001"), message("answer", "C70002", urgency=0))
        await here.pass_time(2, 0.25)
        soon = here.slack.texts()[before : before + 4]
        assert {"nudge", "answer"} <= set(soon)

    play(story, limits=LIMITS)


def test_five_thousand_corrections_starve_neither_a_nudge_nor_an_answer_nor_their_edits() -> None:
    async def story(here: Desk) -> None:
        sent_already(here, [*broadcast(MANY), message("old nudge", "C70000")])
        here.do(lambda records: records.messages.refresh_all("broadcast/1/"))
        await here.pass_time(10, 0.5)
        corrected = len(here.slack.edits)
        assert 5 <= corrected <= 20
        here.write(message("nudge", "C70001"), message("answer", "C70002", urgency=0))
        here.do(lambda records: records.messages.refresh_all("old nudge"))
        await here.sender.idle()
        assert here.slack.texts()[-2:] == ["answer", "nudge"], "posts have a rate of their own"
        await here.pass_time(4, 0.5)
        assert "C70000" in [channel for channel, _, _ in here.slack.edits[corrected : corrected + 4]]

    play(story, limits=LIMITS)


def test_a_recall_that_gets_no_answer_holds_up_no_correction_of_a_nudge() -> None:
    async def story(here: Desk) -> None:
        sent_already(here, [*broadcast(200), message("old nudge", "C70000")])
        here.slack.delete_gate = asyncio.Event()
        here.do(lambda records: records.messages.refresh_all("broadcast/1/"))
        await here.let_run(200)
        here.do(lambda records: records.messages.refresh_all("old nudge"))
        await here.let_run(200)
        assert [channel for channel, _, _ in here.slack.edits] == ["C70000"]
        here.slack.delete_gate.set()
        await here.pass_time(60, 1)
        assert len(here.slack.posted) == 1

    play(story, letters=recalling)


def test_a_limit_on_edits_stops_no_posts_and_no_deletions() -> None:
    async def story(here: Desk) -> None:
        sent_already(here, [*broadcast(20), message("old nudge", "C70000")])
        here.slack.edit_faults = iter([SurelyNot("ratelimited", "rate", retry_after=300.0)])
        here.do(lambda records: records.messages.refresh_all("old nudge"))
        await here.sender.idle()
        here.write(message("nudge", "C70001"))
        await here.sender.idle()
        assert here.slack.texts()[-1] == "nudge"

    with structlog.testing.capture_logs():
        assert play(story, limits=LIMITS).figures.counts["limited edit"] == 1


def test_a_recall_deletes_every_copy_and_edits_where_that_is_not_possible() -> None:
    async def story(here: Desk) -> None:
        sent_already(here, [*broadcast(12), message("stays", "C70000")])
        here.slack.delete_faults = iter([TAKEN_BACK])
        here.do(lambda records: records.messages.refresh_all("broadcast/1/"))
        await here.pass_time(60, 1)
        assert len(here.slack.posted) == 2, "the one that can't be deleted, and the other message"
        assert [payload["text"] for *_, payload in here.slack.edits] == ["This message was recalled."]
        standing = here.do(lambda records: records.messages.standing("broadcast/1/"))
        assert standing == [("sent", None, False, 12)]

    play(story, letters=recalling, limits=LIMITS)


def test_one_that_is_recalled_before_it_leaves_is_dropped() -> None:
    async def story(here: Desk) -> None:
        here.do(lambda records: records.messages.write_many(broadcast(3)))
        await here.sender.idle()
        assert here.slack.posted == []
        assert here.do(lambda records: records.messages.states("broadcast/1/")) == {"dropped": 3}

    play(story, letters=recalling)


def test_a_copy_of_somebody_who_has_left_is_taken_back_too() -> None:
    async def story(here: Desk) -> None:
        mei = here.hire("U7", active=False)
        sent_already(here, [message("broadcast/1/1", None, person=mei.id, urgency=2)])
        assert len(here.slack.posted) == 1
        here.do(lambda records: records.messages.refresh_all("broadcast/1/"))
        await here.sender.idle()
        assert here.slack.posted == []

    play(story, letters=recalling)


@settings(deadline=None, max_examples=40)
@given(
    faults=st.lists(st.sampled_from([Unclear("reset"), SurelyNot("ratelimited", "rate", retry_after=1.0)]), max_size=3),
    kills=st.lists(st.tuples(st.integers(0, 60), st.sampled_from([0.0, 1.0, 45.0])), max_size=3),
)  # fmt: skip
def test_whenever_it_is_killed_a_recall_takes_back_every_copy(
    faults: list[Outcome], kills: list[tuple[int, float]]
) -> None:
    async def story() -> Desk:
        clock = VirtualClock(START, speed=0)
        here = desk(clock, slack=FakeMessenger(clock), letters=recalling)
        sent_already(here, broadcast(20))
        here.slack.delete_faults = iter(faults)
        here.do(lambda records: records.messages.refresh_all("broadcast/1/"))
        for steps, pause in kills:
            await run_and_kill(here, steps)
            clock.advance(pause)
            here = desk(clock, here.store, here.slack, letters=recalling)
        async with running(here):
            await here.pass_time(600, 20)
        return here

    with structlog.testing.capture_logs():
        here = asyncio.run(story())
    assert here.slack.posted == []
    assert not here.do(lambda records: records.outbox.counts()).get("stale")


@settings(deadline=None, max_examples=30)
@given(kills=st.lists(st.tuples(st.integers(0, 80), st.sampled_from([0.0, 1.0, 45.0, 200.0])), max_size=3))
def test_whenever_it_is_killed_each_reader_gets_a_broadcast_once(kills: list[tuple[int, float]]) -> None:
    async def story() -> Desk:
        clock = VirtualClock(START, speed=0)
        here = desk(clock, slack=FakeMessenger(clock), limits={"post": Limit(240, 4)})
        here.do(lambda records: records.messages.write_many(broadcast(40)))
        for steps, pause in kills:
            await run_and_kill(here, steps)
            clock.advance(pause)
            here = desk(clock, here.store, here.slack, limits={"post": Limit(240, 4)})
        async with running(here):
            await here.pass_time(600, 20)
        return here

    with structlog.testing.capture_logs():
        here = asyncio.run(story())
    texts = here.slack.texts()
    assert len(texts) == len(set(texts)), "nobody gets it twice"
    states = here.do(lambda records: records.messages.states("broadcast/1/"))
    assert states.get("sent", 0) == len(texts)
    assert states.get("sent", 0) + states.get("parked", 0) == 40, "what is unclear waits for a person"
