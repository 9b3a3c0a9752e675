"""Whatever statement or commit of a story fails, or loses its answer: nothing is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cache

import pytest
import structlog

from bot.bench.faults_house import House, found, house
from bot.bench.faults_statements import PEOPLE, Failing, Run, Stage, Story, Way, told
from bot.bench.faults_stories import CHECKIN, STORIES
from bot.bench.staff import NOON
from bot.clock import VirtualClock
from bot.exchange import Press
from storage.engine import open_store

ON_POSTGRESQL: list[tuple[Way, int]] = [
    *(("statement", number) for number in (5, 20, 44)),
    *(("commit", number) for number in (2, 4)),
    *(("answer", number) for number in (2, 4)),
]
STATEMENTS = 5  # every so many-th: all of them take minutes, and `perfloop bench faults` takes them


def played(story: Story, way: Way, every: int = 1) -> tuple[list[Run], list[str]]:
    """A run for each failure, and what was logged."""

    async def runs() -> list[Run]:
        stage = Stage(story)
        try:
            await stage.build()
            return [run async for run in stage.all((way,), every)]
        finally:
            stage.close()

    with structlog.testing.capture_logs() as logged:
        played = asyncio.run(runs())
    return played, [entry["event"] for entry in logged]


@pytest.mark.parametrize("way", ["statement", "commit", "answer"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_whatever_fails_the_story_ends_as_if_nothing_had(story: Story, way: Way) -> None:
    runs, logged = played(story, way, STATEMENTS if way == "statement" else 1)
    assert len(runs) > 5
    assert [run for run in runs if run.wrong] == []
    known = {"the database does not work", "the database works again", "request failed"}
    known |= {"interrupted messages will be looked for", "read back"}
    assert set(logged) <= known, "one line with one meaning, and no trace"
    assert logged.count("the database does not work") <= len(runs)


@cache
def expected() -> dict[tuple[str, str], int]:
    """What stands in the chats after the first story when nothing fails."""

    async def whole() -> dict[tuple[str, str], int]:
        stage = Stage(STORIES[0])
        try:
            await stage.build()
            return (await stage.run()).texts
        finally:
            stage.close()

    return asyncio.run(whole())


@pytest.mark.parametrize(("way", "number"), ON_POSTGRESQL)
def test_on_postgresql_a_sample_of_them_ends_the_same(way: Way, number: int, postgresql_url: str) -> None:
    async def failing() -> dict[tuple[str, str], int]:
        store = open_store(postgresql_url, lambda: NOON)
        clock = VirtualClock(NOON, speed=0)
        try:
            found(store.engine, PEOPLE)
            async with house(store.engine, clock, store=store) as here:
                await STORIES[0].before(here)
                await here.settle()
                step = Failing(store.engine)
                step.arm(way, number)
                await STORIES[0].play(here)
                await here.settle()
                assert step.reached
                assert here.untold == 0
                assert await here.look(here.left) == 0
                return dict(told(here.chats, ""))
        finally:
            store.close()

    with structlog.testing.capture_logs():
        assert asyncio.run(failing()) == expected()


async def give_up(here: House) -> None:
    """Somebody who presses once and, told that it went wrong, leaves it."""
    patient, here.patience = here.patience, 1
    await here.do(2, Press(CHECKIN, "message"))
    here.patience = patient


def test_what_is_not_done_again_would_be_noticed() -> None:
    runs, logged = played(replace(STORIES[0], play=give_up), "commit")
    assert [run.wrong for run in runs if run.wrong] != []
    assert "request failed" in logged
