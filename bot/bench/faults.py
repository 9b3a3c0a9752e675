"""How the bot stands a fault: each statement failing once, disk, PostgreSQL, Slack, token and clock; none lost, none twice.

The tests take a part of it; here every statement and every commit of four stories fails.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.bench.databases import NoServer
from bot.bench.faults_clock import set_again_and_again
from bot.bench.faults_disk import FULL, READ_ONLY, damaged, damaged_while_running, kept_from_writing
from bot.bench.faults_found import Found, listening
from bot.bench.faults_server import PEOPLE, own_server, restarted
from bot.bench.faults_slack import FAULTS, silent
from bot.bench.faults_statements import WAYS, Run, Stage, Story
from bot.bench.faults_stories import STORIES
from bot.bench.report import Goal, show

Json = dict[str, Any]
WORDS = {
    "statement": "each statement fails once",
    "commit": "each commit fails once",
    "answer": "each commit's answer is lost",
}


async def run(*, every: int = 1, people: int = PEOPLE) -> Json:
    """Play and show. With `every` only so many-th statements fail; `people` write while the server is restarted."""
    found = [one async for one in drills(every, people)]
    rows = [asdict(one) | {"wrong": ", ".join(one.wrong)} for one in found]
    goals = [
        Goal("lost", sum(one.lost for one in found), 0),
        Goal("twice", sum(one.twice for one in found), 0),
        Goal("stuck", sum(one.stuck for one in found), 0),
        Goal("not as it should be", sum(len(one.wrong) for one in found), 0),
        Goal("recovered, of all drills", sum(one.recovered for one in found) / len(found), 1.0, least=True),
    ]
    return show("faults", rows, goals)


async def drills(every: int, people: int) -> AsyncIterator[Found]:
    """All of them, one after the other."""
    for story in STORIES:
        async for found in steps(story, every):
            yield found
    for name, pragmas in (("disk full", FULL), ("database read-only", READ_ONLY)):
        with tempfile.TemporaryDirectory() as folder:
            yield await kept_from_writing(Path(folder), name, pragmas)
    with tempfile.TemporaryDirectory() as folder:
        yield damaged(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        yield await damaged_while_running(Path(folder))
    with own_server() as server:
        if server is not None:
            yield await restarted(server, people)
        else:
            sys.stderr.write(f"{NoServer()} Its restarts are left out.\n")
    for name, what, span in FAULTS:
        yield await silent(name, what, span)
    yield await set_again_and_again()


async def steps(story: Story, every: int) -> AsyncIterator[Found]:
    """A story in which each step fails once, and the next time another."""
    with closing(Stage(story)) as stage:
        await stage.build()
        for way in WAYS:
            with listening() as lines:
                runs = [one async for one in stage.all((way,), every if way == "statement" else 1)]
            wrong = {name for one in runs for name in one.wrong}
            yield Found(
                f"{story.name}: {WORDS[way]}", "told who did it, and ended as if nothing had failed", len(runs),
                lost_in(runs, "left"), 0, 0, not wrong, max((one.tries for one in runs), default=0), lines.said,
                len(lines), tuple(sorted(wrong)),
            )  # fmt: skip


def lost_in(runs: list[Run], name: str) -> int:
    """In how many something was not done in the end."""
    return sum(name in one.wrong for one in runs)
