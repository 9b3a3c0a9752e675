"""A million metric values sent to `/api/metrics`: how fast they are kept, and what memory that takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from itertools import islice
from typing import Any

from starlette.applications import Starlette

from bot.bench.goal_company import NIGHT
from bot.bench.staff import email, hire
from bot.clock import SystemClock, VirtualClock
from bot.intake import PATH, Intake
from bot.metrics import Metrics
from bot.upload import MOST_ROWS
from storage.engine import Store, open_store
from storage.records.rows import CHUNK, chunks

PEOPLE = 10_000
DAYS = 100  # for each person a value a day
FIRST = date(2026, 9, 1)
BODY = 256 * 1_048_576
PLAIN = (
    "INSERT INTO reading (series, period, day, value, source, at, by, token, confidence, note, current) "
    "VALUES (?, ?, ?, ?, 'api', ?, NULL, 1, NULL, '', 1) ON CONFLICT DO NOTHING"
)


def sent(url: str, rows: int) -> dict[str, float]:
    """Seconds for so many values over the real way in, on the ASGI side of it."""
    real, clock = SystemClock(), VirtualClock(NIGHT, speed=0)
    with closing(open_store(url, clock.now)) as store, ThreadPoolExecutor(store.threads) as executor:
        secret = ready(store)
        app = Starlette(routes=[Intake(store, executor, clock, Metrics(), BODY).route()])
        began = real.monotonic()
        status = asyncio.run(post(app, secret, csv(rows)))
        return {"status": status, "s": real.monotonic() - began}


def plain(url: str, rows: int) -> float:
    """Seconds in which the driver alone inserts the same rows, some thousand at a time, each durable."""
    real = SystemClock()
    with closing(open_store(url, lambda: NIGHT)) as store:
        ready(store)
        at = NIGHT.isoformat(sep=" ")
        began = real.monotonic()
        with closing(store.engine.raw_connection()) as connection:
            for part in chunks(values(rows), CHUNK):
                cursor = connection.cursor()
                cursor.execute("BEGIN")
                cursor.executemany(
                    PLAIN,
                    [
                        (f"metric/orders/person/{person}", day, day, value * 10_000, at)
                        for person, day, value in part
                    ],
                )
                connection.commit()
        return real.monotonic() - began


def ready(store: Store) -> str:
    """The company and a token of its HR; the secret."""
    hire(store.engine, PEOPLE)
    with store.work() as records:
        return records.tokens.make("bench", (), (), 1, NIGHT)[1]


def values(rows: int) -> Iterator[tuple[int, str, int]]:
    """(person, ISO day, value), day by day as a nightly export writes them."""
    days = ((FIRST + timedelta(days=nth)).isoformat() for nth in range(DAYS))
    found = ((person, day, person % 97) for day in days for person in range(1, PEOPLE + 1))
    return islice(found, min(rows, MOST_ROWS))


async def csv(rows: int) -> AsyncIterator[bytes]:
    yield b"metric,subject,period,value\n"
    for part in chunks(values(rows), CHUNK):
        yield "".join(f"orders,{email(person)},{day},{value}\n" for person, day, value in part).encode()


async def post(app: Any, secret: str, body: AsyncIterator[bytes]) -> int:
    """Send a body in pieces to the application; its status."""
    status = 0

    async def receive() -> dict[str, Any]:
        piece = await anext(body, None)
        return {"type": "http.request", "body": piece or b"", "more_body": piece is not None}

    async def send(message: Any) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]

    headers = [(b"authorization", f"Bearer {secret}".encode()), (b"content-type", b"text/csv")]
    scope = {
        "type": "http", "method": "POST", "path": PATH, "raw_path": PATH.encode(), "query_string": b"",
        "headers": headers, "http_version": "1.1", "scheme": "http", "root_path": "",
    }  # fmt: skip
    await app(scope, receive, send)
    return status
