"""Files that are ordered in the chat are made one after the other and sent once; what goes wrong is said."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clock import VirtualClock
from bot.file_orders import FileOrders, InDatabase, Maker, sent_by
from bot.files import File
from flows.people.person import Person
from storage.engine import Store, open_store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANN = Person(
    0, "ann@example.com", "Ann", None, "Sales", "L3", "T", (), "UTC", "en", None, None, "U1", True
)  # fmt: skip


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(open_store("sqlite://", lambda: NOW)) as opened:
        yield opened


def made(records: Any, order: Any, reader: Any, _now: datetime) -> Any:
    name = f"{order.about['n']}.txt"
    return lambda: [File(name, reader.name, b"x")]


def nothing(_records: Any, _order: Any, _reader: Any, _now: datetime) -> None:
    return None


def broken(_records: Any, _order: Any, _reader: Any, _now: datetime) -> Any:
    raise RuntimeError("the maker is broken")


def done(
    store: Store, maker: Maker, *, answer: str | None = None, orders: int = 1
) -> tuple[list[str], list[Any]]:
    """What was sent to whom, and how the orders stand."""
    sent: list[str] = []

    async def upload(account: str, files: Sequence[File]) -> str | None:
        sent.extend(f"{account} {file.name}" for file in files)
        return answer

    async def run() -> None:
        with ThreadPoolExecutor(1) as executor:
            clock = VirtualClock(NOW, speed=0)
            in_database = InDatabase(store, executor)
            worker = FileOrders(in_database, clock, {"letter": sent_by(maker, upload, in_database, clock)})
            store.afterwards(worker.wake, "files")

            def ask(records: Any) -> list[int]:
                ann = records.people.save(ANN)
                return [records.file_orders.ask("letter", ann.id, {"n": n}, NOW).id for n in range(orders)]

            ids = await in_database(ask)
            await worker.idle()
            await worker.stop()
            kept.extend(await in_database(lambda records: [records.file_orders.get(one) for one in ids]))
            for one in ids:
                letter = await in_database(lambda records, one=one: records.messages.by_key(f"file/{one}"))
                said.append(letter is not None)

    kept: list[Any] = []
    said: list[bool] = []
    asyncio.run(run())
    assert said == [order.state == "failed" for order in kept]
    return sent, kept


def test_they_are_sent_in_turn(store: Store) -> None:
    sent, orders = done(store, made, orders=3)
    assert sent == ["U1 0.txt", "U1 1.txt", "U1 2.txt"]
    assert {order.state for order in orders} == {"done"}


def test_what_the_messenger_refuses_is_said_with_its_word(store: Store) -> None:
    _, [order] = done(store, made, answer="missing_scope")
    assert (order.state, order.failure) == ("failed", "missing_scope")


def test_a_broken_maker_holds_up_nobody_and_leaves_a_number(store: Store) -> None:
    sent, orders = done(store, broken, orders=2)
    assert sent == []
    assert all(order.state == "failed" and order.failure for order in orders)


def test_who_may_not_have_it_any_more_gets_nothing(store: Store) -> None:
    sent, [order] = done(store, nothing)
    assert (sent, order.state) == ([], "done")
