"""Whatever statement or commit of a story fails, or loses its answer: nothing is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
import structlog

from bot.bench.faults_house import House
from bot.bench.faults_statements import Run, Stage, Story, Way
from bot.bench.faults_stories import CHECKIN, STORIES
from bot.exchange import Press

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
        found = asyncio.run(runs())
    return found, [entry["event"] for entry in logged]


@pytest.mark.parametrize("way", ["statement", "commit", "answer"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_whatever_fails_the_story_ends_as_if_nothing_had(story: Story, way: Way) -> None:
    found, logged = played(story, way, STATEMENTS if way == "statement" else 1)
    assert len(found) > 5
    assert [run for run in found if run.wrong] == []
    told = {"the database does not work", "the database works again", "request failed"}
    told |= {"interrupted messages will be looked for", "read back"}
    assert set(logged) <= told, "one line with one meaning, and no trace"
    assert logged.count("the database does not work") <= len(found)


async def give_up(here: House) -> None:
    """Somebody who presses once and, told that it went wrong, leaves it."""
    patient, here.patience = here.patience, 1
    await here.do(2, Press(CHECKIN, "message"))
    here.patience = patient


def test_what_is_not_done_again_would_be_noticed() -> None:
    found, logged = played(replace(STORIES[0], play=give_up), "commit")
    assert [run.wrong for run in found if run.wrong] != []
    assert "request failed" in logged
