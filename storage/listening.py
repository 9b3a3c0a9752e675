"""Replicas ring for each other: a commit with something to do notifies all, and each hears it on one connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from typing import Literal, get_args

from psycopg import AsyncConnection, Error
from sqlalchemy import URL, bindparam, func, select

News = Literal["mail", "files", "calendars"]

CHANNEL = "perfloop"
REPLICA = "perfloop replica"  # how a listening connection is named: there is one for each replica
NOTIFY = select(func.pg_notify(CHANNEL, bindparam("said")))
COUNT = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"

EVERY = 30.0  # seconds between two counts of the replicas
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds until a lost connection is made anew


def written(owner: str, news: Collection[News]) -> str:
    """The news as they are notified; whose they are stands first, as nobody needs to be told their own."""
    return " ".join([owner, *sorted(news)])


async def listen(
    url: URL,
    owner: str,
    heard: Callable[[Collection[News]], None],
    counted: Callable[[int], None],
    lost: Callable[[Exception], None],
) -> None:
    """Listen until cancelled. `heard` is told others' news, and once all of them whenever listening begins, since some
    may have been missed; `counted` how many replicas listen; `lost` why the connection broke or can't be made.
    """
    pause = FIRST_PAUSE
    while True:
        try:
            async with await _connect(url) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                pause = FIRST_PAUSE
                counted(await _count(connection))
                heard(get_args(News))
                while True:
                    async for notice in connection.notifies(timeout=EVERY):
                        whose, *news = notice.payload.split()
                        if whose != owner:
                            heard([known for known in get_args(News) if known in news])
                    counted(await _count(connection))
        except (Error, OSError) as error:
            lost(error)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _count(connection: AsyncConnection) -> int:
    row = await (await connection.execute(COUNT, [REPLICA])).fetchone()
    return row[0] if row else 1


async def _connect(url: URL) -> AsyncConnection:
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    # A server that has gone without a word is noticed within a minute.
    return await AsyncConnection.connect(
        address, autocommit=True, application_name=REPLICA,
        keepalives=1, keepalives_idle=30, keepalives_interval=10, keepalives_count=3,
    )  # fmt: skip
