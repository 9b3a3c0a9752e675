"""What becomes of a message: sent once, in order, while it is needed, and whatever Slack answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import structlog

from bot.buckets import Limit
from bot.messenger import Payload, SurelyNot, Unclear, Unreadable
from flows.core.records import Written
from storage.work import Work
from tests.bot.fake_messenger import LOST, START, Desk, Fault, desk, message, running


def play(story: Callable[[Desk], Awaitable[None]], here: Desk | None = None, **how: Any) -> Desk:
    here = here or desk(**how)

    async def run() -> None:
        async with running(here):
            await story(here)

    asyncio.run(run())
    return here


def answers(here: Desk, *faults: Fault) -> Desk:
    here.slack.faults = iter(faults)
    return here


def test_a_message_reaches_its_channel_once_and_its_place_is_kept() -> None:
    async def story(here: Desk) -> None:
        (written,) = here.write(message("hello"))
        await here.sender.idle()
        (posted,) = here.slack.posted
        assert (posted.channel, posted.mark, posted.payload) == ("C1", written, {"text": "hello"})
        kept = here.do(lambda records: records.messages.get(written))
        assert kept is not None
        assert (kept.state, kept.channel, kept.ts) == ("sent", "C1", posted.ts)

    assert play(story).figures.counts == {"sent": 1}


def test_a_message_to_a_person_goes_to_their_account() -> None:
    async def story(here: Desk) -> None:
        mei = here.hire("U7")
        here.write(message("hello", None, person=mei.id))
        await here.sender.idle()
        assert [one.channel for one in here.slack.posted] == ["U7"]

    play(story)


@pytest.mark.parametrize(("account", "active", "state"), [("U7", False, "dropped"), (None, True, "waiting")])
def test_who_left_is_not_written_to_and_who_has_no_account_yet_is_waited_for(
    account: str | None, active: bool, state: str
) -> None:
    async def story(here: Desk) -> None:
        mei = here.hire(account, active)
        here.write(message("hello", None, person=mei.id))
        await here.sender.idle()
        assert here.state("hello") == state
        assert here.slack.calls == []

    play(story)


def test_a_message_that_nobody_needs_any_more_is_dropped() -> None:
    def letters(_records: Work, written: Written) -> Payload | None:
        return None if written.message.key == "old" else {"text": "…"}

    async def story(here: Desk) -> None:
        here.write(message("old"), message("new"))
        await here.sender.idle()
        assert (here.state("old"), here.state("new")) == ("dropped", "sent")

    assert play(story, letters=letters).figures.counts == {"dropped": 1, "sent": 1}


def test_a_message_waits_for_its_moment() -> None:
    async def story(here: Desk) -> None:
        here.write(message("later", due_at=START + timedelta(hours=1)))
        await here.sender.idle()
        assert here.slack.posted == []
        here.clock.advance(3599)
        await here.sender.idle()
        assert here.slack.posted == []
        here.clock.advance(1)
        await here.sender.idle()
        assert here.slack.texts() == ["later"]

    play(story, poll=10_000)


def test_a_chat_is_told_in_order_and_many_chats_side_by_side() -> None:
    async def story(here: Desk) -> None:
        for number in range(40):
            here.write(message(f"{number:02}", f"C{number % 4}"))
        await here.sender.idle()
        for chat in range(4):
            assert here.slack.texts(f"C{chat}") == [
                f"{number:02}" for number in range(40) if number % 4 == chat
            ]
        assert here.slack.most_at_once == 4

    play(story)


def test_no_more_than_the_seats_are_spoken_to_at_once() -> None:
    async def story(here: Desk) -> None:
        here.write(*(message(str(number), f"C{number}") for number in range(30)))
        await here.sender.idle()
        assert len(here.slack.posted) == 30
        assert here.slack.most_at_once == 5

    play(story, seats=5)


def test_an_answer_goes_before_a_nudge_and_a_nudge_before_a_broadcast() -> None:
    async def story(here: Desk) -> None:
        here.write(*(message(f"bulk {number}", f"C{number}", urgency=2) for number in range(20)))
        here.write(message("nudge", "C50"), message("answer", "C60", urgency=0))
        await here.pass_time(60, 1)
        assert here.slack.texts()[:2] == ["answer", "nudge"]
        assert len(here.slack.posted) == 22

    play(story, limits={"post": Limit(60)})


def test_the_allowed_rate_is_used_and_not_exceeded() -> None:
    async def story(here: Desk) -> None:
        here.write(*(message(str(number), f"C{number}") for number in range(500)))
        await here.pass_time(60, 0.25)
        assert 0.98 * 240 <= len(here.slack.posted) <= 240 + 4
        assert here.do(lambda records: records.outbox.counts())["sending"] == 0, "none is held back in hand"

    play(story, limits={"post": Limit(240, 4)})


def test_a_channels_own_rate_holds_up_nobody_else() -> None:
    async def story(here: Desk) -> None:
        here.write(*(message(f"busy {number}", "C1") for number in range(5)), message("calm", "C2"))
        await here.sender.idle()
        assert here.slack.texts() == ["busy 0", "calm"]
        await here.pass_time(4, 1)
        assert here.slack.texts("C1") == [f"busy {number}" for number in range(5)]

    play(story, per_channel=Limit(60))


def test_when_slack_says_slow_down_nobody_speaks_until_then_and_the_order_stays() -> None:
    async def story(here: Desk) -> None:
        answers(here, SurelyNot("ratelimited", "rate", retry_after=30))
        here.write(message("first"), message("second"), message("elsewhere", "C2"))
        await here.pass_time(29, 1)
        assert here.slack.texts() == ["elsewhere"], "it was on its way already"
        assert here.state("first") == "waiting"
        await here.pass_time(5, 1)
        assert here.slack.texts("C1") == ["first", "second"]
        assert here.parked() == []

    assert play(story).figures.counts["limited post"] == 1


@pytest.mark.parametrize("error", ["invalid_blocks", "msg_too_long"])
def test_what_slack_will_never_take_waits_for_a_person_and_holds_up_nobody(error: str) -> None:
    async def story(here: Desk) -> None:
        answers(here, SurelyNot(error, permanent=True))
        here.write(message("bad"), message("good"))
        await here.sender.idle()
        assert (here.state("bad"), here.state("good")) == ("parked", "sent")
        assert [row.error for row in here.parked()] == [error]

    assert play(story).figures.counts == {"parked": 1, "sent": 1}


def test_a_poisoned_row_is_parked_after_five_tries_and_all_others_are_sent() -> None:
    async def story(here: Desk) -> None:
        here.write(*(message(str(number), f"C{number % 7}") for number in range(200)), message("poison"))
        await here.pass_time(3600, 60)
        assert here.state("poison") == "parked"
        assert here.states(str(number) for number in range(200)) == {"sent"}

    def letters(_records: Work, written: Written) -> Payload | None:
        if written.message.key == "poison":
            tries.append(1)
            raise ValueError("a secret that must not be logged")
        return {"text": written.message.key}

    tries: list[int] = []
    with structlog.testing.capture_logs() as logged:
        here = play(story, letters=letters)
    assert len(tries) == 5
    assert here.figures.counts["parked"] == 1
    failures = [entry for entry in logged if entry["event"] == "a letter failed"]
    assert len(failures) == 5
    assert len({entry["reference"] for entry in failures}) == 5


def test_a_recipient_that_always_fails_unclearly_ends_with_a_person_too() -> None:
    async def story(here: Desk) -> None:
        answers(here, *[LOST] * 5)
        here.write(message("unlucky"))
        await here.pass_time(1800, 10)
        assert here.state("unlucky") == "parked"
        assert len(here.slack.calls) == 5

    play(story)


def test_a_lost_message_is_repeated_after_two_looks_with_the_same_mark() -> None:
    async def story(here: Desk) -> None:
        answers(here, LOST)
        here.write(message("hello"))
        await here.pass_time(89, 1)
        assert here.slack.posted == []
        await here.pass_time(10, 1)
        assert here.slack.texts() == ["hello"]
        assert len(set(here.slack.calls)) == 1
        assert here.state("hello") == "sent"

    play(story)


@pytest.mark.parametrize("fault", ["accepted", "late"])
def test_a_message_that_arrived_unnoticed_is_found_and_not_repeated(fault: str) -> None:
    async def story(here: Desk) -> None:
        answers(here, fault)
        here.write(message("hello"))
        await here.pass_time(120, 5)
        assert here.slack.texts() == ["hello"]
        assert len(here.slack.calls) == 1
        assert here.state("hello") == "sent"

    play(story)


def test_a_sensitive_message_is_held_for_a_person_instead_of_being_repeated() -> None:
    async def story(here: Desk) -> None:
        answers(here, LOST, "accepted")
        here.write(message("lost", sensitive=True), message("arrived", sensitive=True))
        await here.pass_time(600)
        assert (here.state("lost"), here.state("arrived")) == ("parked", "sent")
        assert here.slack.texts() == ["arrived"]

    play(story)


def test_where_history_may_not_be_read_an_unclear_message_waits_for_a_person() -> None:
    async def story(here: Desk) -> None:
        answers(here, LOST)
        here.slack.unreadable = Unreadable("missing_scope", lasting=True)
        here.write(message("hello"))
        await here.pass_time(120)
        assert [(row.error, row.attempts) for row in here.parked()] == [("missing_scope", 0)]
        assert len(here.slack.calls) == 1

    play(story)


def test_where_history_can_not_be_read_just_now_it_is_read_later() -> None:
    async def story(here: Desk) -> None:
        answers(here, "accepted")
        here.slack.unreadable = Unreadable("internal_error", lasting=False)
        here.write(message("hello"))
        await here.pass_time(600)
        assert here.state("hello") == "unsure"
        here.slack.unreadable = None
        await here.pass_time(60)
        assert here.state("hello") == "sent"
        assert len(here.slack.calls) == 1

    play(story)


def test_a_copy_that_came_very_late_is_deleted_within_the_hour() -> None:
    async def story(here: Desk) -> None:
        answers(here, LOST)
        (mark,) = here.write(message("hello"))
        await here.pass_time(300)
        ours = here.slack.posted[0]
        here.slack.posted.append(replace(ours, ts="9999999999.000001"))
        await here.pass_time(3600, 60)
        assert [one.ts for one in here.slack.posted] == [ours.ts]
        assert ours.mark == mark

    play(story)


def test_a_revoked_token_stops_everything_tells_the_operator_once_and_resumes_by_itself() -> None:
    async def story(here: Desk) -> None:
        here.slack.token = "token_revoked"
        here.write(*(message(str(number), f"C{number}") for number in range(50)))
        await here.pass_time(600, 5)
        assert here.slack.posted == []
        assert here.do(lambda records: records.outbox.counts())["waiting"] == 50
        assert len(here.slack.calls) <= 32 + 10, "one try a minute"
        here.slack.token = None
        await here.pass_time(65, 5)
        assert len(here.slack.posted) == 50
        assert here.do(lambda records: records.outbox.counts())["waiting"] == 0

    with structlog.testing.capture_logs() as logged:
        here = play(story)
    assert here.figures.counts == {"failed token": 1, "sent": 50}
    assert [entry["error"] for entry in logged if entry["log_level"] == "error"] == ["token_revoked"]
    assert [entry["event"] for entry in logged].count("slack takes the token again") == 1


def test_an_hour_without_a_network_loses_nothing_parks_nothing_and_does_not_hammer() -> None:
    async def story(here: Desk) -> None:
        answers(here, *[SurelyNot("ClientConnectorError", "rate")] * 100)
        here.write(*(message(str(number)) for number in range(20)))
        await here.pass_time(3600, 5)
        assert len(here.slack.calls) < 100
        assert here.states(str(number) for number in range(20)) == {"waiting"}
        here.slack.faults = iter(())
        await here.pass_time(120, 5)
        assert here.slack.texts() == [str(number) for number in range(20)]

    play(story)


def test_a_slack_that_answers_500_to_all_is_left_alone_for_a_while() -> None:
    async def story(here: Desk) -> None:
        answers(here, *[Unclear("http_500")] * 1000)
        here.write(*(message(str(number), f"C{number}") for number in range(300)))
        await here.pass_time(300, 5)
        assert len(here.slack.calls) < 60, "most have not even been tried"

    play(story, seats=4)


def refresh(here: Desk, *ids: str) -> None:
    here.do(lambda records: records.messages.refresh(ids))


def test_what_was_sent_is_edited_to_the_state_of_things() -> None:
    state = {"text": "open"}

    async def story(here: Desk) -> None:
        (written,) = here.write(message("task"))
        await here.sender.idle()
        state["text"] = "done"
        refresh(here, written)
        await here.sender.idle()
        assert here.slack.edits == [("C1", here.slack.posted[0].ts, {"text": "done"})]
        assert here.do(lambda records: records.outbox.counts())["stale"] == 0
        await here.pass_time(300)
        assert len(here.slack.edits) == 1

    here = play(story, letters=lambda _records, _written: dict(state))
    assert here.figures.counts == {"sent": 1, "edited": 1}


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message"])
def test_a_message_that_is_gone_is_not_edited_again(error: str) -> None:
    async def story(here: Desk) -> None:
        (written,) = here.write(message("task"))
        await here.sender.idle()
        here.slack.edit_faults = iter([SurelyNot(error, permanent=True)])
        refresh(here, written)
        await here.pass_time(300)
        assert len(here.slack.edits) == 1
        assert here.state("task") == "sent"

    play(story)


@pytest.mark.parametrize(
    "fault", [LOST, SurelyNot("ratelimited", "rate", retry_after=10), SurelyNot("strange")]
)
def test_an_edit_that_failed_or_may_have_is_made_again(fault: Any) -> None:
    async def story(here: Desk) -> None:
        (written,) = here.write(message("task"))
        await here.sender.idle()
        here.slack.edit_faults = iter([fault])
        refresh(here, written)
        await here.pass_time(120)
        assert len(here.slack.edits) == 2
        assert here.do(lambda records: records.outbox.counts())["stale"] == 0

    play(story)


def test_a_message_that_nobody_needs_stays_as_it_is_once_it_is_there() -> None:
    def letters(_records: Work, written: Written) -> Payload | None:
        return {"text": "hello"} if written.state == "sending" else None

    async def story(here: Desk) -> None:
        (written,) = here.write(message("task"))
        await here.sender.idle()
        refresh(here, written)
        await here.sender.idle()
        assert here.slack.edits == []
        assert here.do(lambda records: records.outbox.counts())["stale"] == 0

    play(story, letters=letters)


def test_edits_have_a_rate_of_their_own() -> None:
    async def story(here: Desk) -> None:
        written = here.write(*(message(str(number), f"C{number}") for number in range(30)))
        await here.sender.idle()
        refresh(here, *written)
        await here.sender.idle()
        assert len(here.slack.edits) == 5
        here.write(message("new"))
        await here.sender.idle()
        assert here.slack.texts()[-1] == "new"
        await here.pass_time(40, 1)
        assert len(here.slack.edits) == 30

    play(story, limits={"edit": Limit(45, 5)})


def test_a_stop_lets_what_is_on_its_way_arrive_and_claims_nothing_more() -> None:
    async def story() -> Desk:
        here = desk(seats=3, per_channel=Limit(60))
        here.slack.gate = asyncio.Event()
        here.write(*(message(f"{number}", "C1" if number < 2 else f"C{number}") for number in range(10)))
        task = asyncio.create_task(here.sender.run())
        await here.slack.reached.wait()
        stopping = asyncio.create_task(here.sender.stop())
        await asyncio.sleep(0)
        here.slack.gate.set()
        await stopping
        await task
        return here

    here = asyncio.run(story())
    assert here.slack.texts() == ["0", "2"]
    counts = here.do(lambda records: records.outbox.counts())
    assert (counts["sending"], counts["unsure"], counts["waiting"]) == (0, 0, 8)


def test_what_is_not_finished_in_time_is_looked_for_at_the_next_start() -> None:
    async def story() -> Desk:
        here = desk()
        here.slack.gate = asyncio.Event()
        here.write(message("slow"))
        task = asyncio.create_task(here.sender.run())
        await here.slack.reached.wait()
        await here.sender.stop(grace=0.01)
        await task
        assert here.state("slow") == "sending"
        here.slack.gate = None
        again = desk(here.clock, here.store, here.slack)
        async with running(again):
            await again.pass_time(120)
        return again

    here = asyncio.run(story())
    assert here.slack.texts() == ["slow"]
    assert here.state("slow") == "sent"


def test_a_database_that_fails_for_a_moment_costs_no_message() -> None:
    class Failing:
        """Stands before the store and fails at some of its transactions."""

        def __init__(self, store: Any) -> None:
            self._store, self.turn = store, 0

        def __getattr__(self, name: str) -> Any:
            return getattr(self._store, name)

        def work(self) -> Any:
            self.turn += 1
            if self.turn % 3 == 0:
                raise OSError("disk full")
            return self._store.work()

    async def story(here: Desk) -> None:
        here.write(*(message(str(number), f"C{number}") for number in range(50)))
        await here.pass_time(1200)
        assert sorted(here.slack.texts()) == sorted(str(number) for number in range(50))
        assert here.states(str(number) for number in range(50)) == {"sent"}

    here = desk()
    here.sender._store = Failing(here.store)  # type: ignore[assignment]
    with structlog.testing.capture_logs():
        play(story, here)


def test_idle_comes_back_at_once_when_nothing_runs() -> None:
    asyncio.run(desk().sender.idle())
