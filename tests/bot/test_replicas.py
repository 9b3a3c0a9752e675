"""Three replicas, of which one is killed, one restarted and one suspended: no message and no click lost or doubled."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from tests.bot.replicas import Replicas, replicas
from tests.bot.served import filled, words_of
from tests.bot.test_serve import NAMES, PEOPLE_CSV, members

LEASE = 2.0  # seconds; two minutes at a company
DOOR = "What you can do here"
SENT = "SELECT count(*), count(DISTINCT person) FROM checkin"
LONG = 60.0  # seconds of patience on a machine that is busy


async def hello_from_all(here: Replicas) -> None:
    """Everybody says something; each is one click to whichever replica it reaches, and one message in answer."""
    await asyncio.gather(*(here.here.workspace.say(name, None, "hello") for name in NAMES))


async def all_answered(here: Replicas, times: int) -> None:
    def answered() -> bool:
        return all(sum(DOOR in text for text in here.here.texts(name)) >= times for name in NAMES)

    await here.here.until(answered, LONG)
    await here.here.until(lambda: here.states() == {"sent"}, LONG)
    for name in NAMES:
        assert sum(DOOR in text for text in here.here.texts(name)) == times, name
    copies = here.copies()
    assert {copies[mark] for mark in here.marks()} == {1}, "each message that was written stands there once"


async def stopped_in_the_middle(here: Replicas, which: int) -> None:
    """Everybody says something; this replica is suspended while it has messages in hand."""
    process = here.lives[which].process
    assert process is not None
    saying = asyncio.create_task(hello_from_all(here))
    while True:
        await here.here.until(lambda: here.in_hand(which), LONG)
        process.send_signal(signal.SIGSTOP)
        if here.in_hand(which):
            break
        process.send_signal(signal.SIGCONT)
    await saying


async def woken(here: Replicas, which: int) -> None:
    process = here.lives[which].process
    assert process is not None
    process.send_signal(signal.SIGCONT)
    async with asyncio.timeout(LONG):
        while not await here.ready(which):
            pass


async def messages_survive(here: Replicas) -> None:
    """A kill, a rolling restart and a suspension, each while there are messages in hand."""
    await hello_from_all(here)
    await all_answered(here, 1)

    saying = asyncio.create_task(hello_from_all(here))
    await here.here.until(lambda: here.in_hand(0) or saying.done(), LONG)
    await here.lives[0].end(signal.SIGKILL)
    await saying
    await all_answered(here, 2)

    await here.start(0)
    rolling = asyncio.create_task(hello_from_all(here))
    assert await here.lives[1].end(signal.SIGTERM) == 0
    await rolling
    await here.start(1)
    await all_answered(here, 3)

    await stopped_in_the_middle(here, 2)
    await all_answered(here, 4)
    await woken(here, 2)
    await hello_from_all(here)
    await all_answered(here, 5)


async def sent(here: Replicas, who: str) -> str:
    """Send the form, again and again while Slack says that perfloop could not be reached; what the window then says."""
    view = here.here.top(who)
    said = filled(view, {"done": "x", "next": "y"})
    async with asyncio.timeout(LONG):
        while (await here.here.workspace.submit(who, view["id"], said)).problem is not None:
            pass
    return words_of(here.here.top(who))


async def forms_survive(here: Replicas) -> None:
    """Everybody sends a form while one replica sleeps and another is killed."""
    await here.here.start_programme("hanna")
    for name in NAMES:
        await here.here.command(name, "/checkin")
    sleeper, before = here.lives[1].process, here.proxy.passed_on
    assert sleeper is not None
    sleeper.send_signal(signal.SIGSTOP)
    sending = [asyncio.create_task(sent(here, name)) for name in NAMES]
    await here.here.until(lambda: here.proxy.passed_on > before, LONG)
    await here.lives[0].end(signal.SIGKILL)
    windows = await asyncio.gather(*sending)
    assert all("You can change it until" in words or "sent already" in words for words in windows)
    assert here.ask(SENT) == [(len(NAMES), len(NAMES))]
    await woken(here, 1)
    assert here.ask(SENT) == [(len(NAMES), len(NAMES))], "the sleeper keeps nothing a second time"


def test_one_is_killed_one_restarted_and_one_suspended_and_nothing_is_lost_or_doubled(
    tmp_path: Path, postgresql_url: str
) -> None:
    async def story() -> None:
        lease = {"PERFLOOP_LEASE_SECONDS": str(LEASE)}
        async with replicas(tmp_path, postgresql_url, members(), PEOPLE_CSV, **lease) as here:
            await asyncio.gather(*(here.start(which) for which in range(3)))
            await messages_survive(here)
            await forms_survive(here)
            assert [await here.lives[which].end() for which in (1, 2)] == [0, 0]
            assert not [line for life in here.lives for line in life.said("request failed")]

    asyncio.run(story())
