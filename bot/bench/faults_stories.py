"""The short stories of which each step may fail: a check-in, a launch, a day's messages, a file."""

from __future__ import annotations

from datetime import timedelta

from bot.bench.faults_house import MONDAY, House, with_programme
from bot.bench.faults_statements import EXCUSES, Story
from bot.bench.staff import draft, quarter
from bot.exchange import Command, Heard, Press, Show, Submit
from flows.core.screen import Act

CHECKIN = Act("open", ("checkin", f"1/{MONDAY.isoformat()}"))
SAID = {"week.done": "Fixed the login page", "week.next": "Write the release notes", "week.mood": "4"}
FILE = Command("goal", "template")


async def programme_runs(here: House) -> None:
    await here.look(lambda records: with_programme(records, here.clock.now()))


async def check_in(here: House) -> None:
    """One answers in the form, another writes in the chat, and the message of the first is brought up to date."""
    opened = await here.do(2, Press(CHECKIN, "message"))
    await here.do(3, Heard("修好了登录页"))
    if opened is not None and isinstance(opened.what, Show) and opened.what.screen.place is not None:
        await here.do(2, Submit(opened.what.screen.place, SAID))
    await here.turn()


async def nothing_yet(_here: House) -> None:
    """Four people, and nothing has begun."""


async def drafted(here: House) -> None:
    """A cycle that may be launched: it begins on the next morning."""
    await here.look(lambda records: draft(records, quarter()))


async def launch(here: House) -> None:
    """HR launches, another of HR approves; snapshot, tasks and kick-off follow by themselves."""
    await here.do(1, Press(Act("do", ("cycle-launch", "1")), "message"))
    await here.do(2, Press(Act("do", ("cycle-approve", "1")), "message"))
    await here.turn()


async def asked_not_told(here: House) -> None:
    """The programme begins while everybody sleeps."""
    here.clock.advance(timedelta(hours=10).total_seconds())
    await programme_runs(here)


async def morning(here: House) -> None:
    """At nine of the next morning everybody's message is written and sent."""
    here.clock.advance(timedelta(hours=11).total_seconds())
    await here.turn()


async def file(here: House) -> None:
    """HR asks for a file, and again where the bot says that it could not be put there."""
    await here.do(1, FILE)
    for _ in range(2):
        await here.deliver()
        if here.chats.files:
            return
        here.clock.advance(200)  # what was in somebody's hand is taken up
        await here.deliver()
        excused = any(excuse in text for _, text in here.chats.texts() for excuse in EXCUSES)
        if excused and not here.chats.files:
            await here.do(1, FILE)


STORIES = (
    Story("a check-in is answered", programme_runs, check_in),
    Story("a cycle is launched", drafted, launch),
    Story("a morning's messages", asked_not_told, morning),
    Story("a file is asked for", nothing_yet, file, "file.failed"),
)
