"""Slack is away for a day, breaks every call for a day, or refuses the token for an hour."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.bench.faults_chats import BROKEN, TOKEN, UNREACHABLE, Chats
from bot.bench.faults_found import Found, listening
from bot.bench.faults_house import House, found, house, with_programme
from bot.bench.staff import NOON
from bot.buckets import Limit
from bot.clock import VirtualClock
from bot.messenger import SurelyNot, Unclear
from flows.core.records import Message
from storage.engine import open_store
from storage.work import Work

PEOPLE = 20
PER_MINUTE = 240
RATE = Limit(PER_MINUTE, PER_MINUTE / 60)
DAY, HOUR, STEPS = timedelta(days=1), timedelta(hours=1), 24
OVER = NOON + timedelta(days=4, hours=11)  # until Sunday evening a check-in may still be sent
PAST = ("week 47 is still open", "第 47 周的周报还没有提交")
BERLIN = ZoneInfo("Europe/Berlin")
FAULTS: tuple[tuple[str, SurelyNot | Unclear, timedelta], ...] = (
    ("Slack can't be reached for a day", UNREACHABLE, DAY),
    ("Slack answers 500 for a day", BROKEN, DAY),
    ("Slack can't be reached until the week is over", UNREACHABLE, 5 * DAY),
    ("token revoked for an hour", TOKEN, HOUR),
)


async def silent(fault: str, what: SurelyNot | Unclear, span: timedelta) -> Found:
    """A week's check-in opens while nothing can be sent; what was owed comes afterwards, at the rate, urgent things first."""
    clock = VirtualClock(NOON, speed=0)
    chats = Chats(clock, what)
    with listening() as lines, closing(open_store("sqlite://", clock.now)) as store:
        found(store.engine, PEOPLE)
        async with house(store.engine, clock, chats, limit=RATE, store=store) as here:
            await here.look(with_programme)
            await here.look(letters)
            await here.live(NOON + span, span / STEPS)
            told = here.troubles.words("token" if what is TOKEN else "slack")
            tried, chats.fault = chats.tried, None
            await here.live(clock.now() + timedelta(minutes=40), timedelta(seconds=15))
            await here.live(clock.now() + HOUR, HOUR / 6)
            over = not (here.troubles.words("slack") or here.troubles.words("token"))
            left = await here.look(here.left)
            return judged(fault, here, lines.said, len(lines), told, over=over, left=left, tried=tried)


def letters(records: Work) -> None:
    """One line of each urgency that does not depend on the day, to everybody; the least urgent are written first."""
    for urgency in (2, 1, 0):
        for person in range(1, PEOPLE + 1):
            about = {"error": f"u{urgency}"}
            records.messages.write(
                Message(f"line/{urgency}/{person}", "file.failed", about, NOON, person, urgency=urgency)
            )


def judged(
    fault: str, here: House, said: int, lines: int, told: str | None, *, over: bool, left: int, tried: int
) -> Found:
    """What came, to whom, when and in which order."""
    posted = here.chats.posted
    marks = Counter(one.mark for one in posted)
    line = [one for one in posted if "(u" in one.words or "（u" in one.words]
    order = [next(n for n in (0, 1, 2) if f"u{n}" in one.words) for one in line]
    days = Counter((one.address, one.at.astimezone(BERLIN).date()) for one in posted if one not in line)
    asked = {one.address for one in posted if one not in line}
    wrong = [] if told and over else ["/readyz does not tell"]
    wrong += ["a burst"] * (here.chats.most_within(timedelta(seconds=59)) > PER_MINUTE + RATE.burst)
    wrong += ["out of the order of urgency"] * (order != sorted(order))
    wrong += [f"{sum(1 for n in days.values() if n > 1)} got two a day"] * any(n > 1 for n in days.values())
    past = sum(1 for one in posted if any(words in one.words for words in PAST))
    wrong += [f"{past} were reminded of what is over"] * (here.clock.now() > OVER and past > 0)
    lost = 3 * PEOPLE - len(line) + PEOPLE - len(asked)
    return Found(
        fault, "waited, tried once a minute, sent what still mattered", tried, lost, sum(marks.values()) - len(marks),
        left, over and not left and not lost, 0, said, lines, tuple(wrong),
    )  # fmt: skip
