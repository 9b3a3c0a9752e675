"""Fetches a file that somebody dropped into the chat, has it read apart, and keeps what it says."""

from __future__ import annotations

import asyncio
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.file_orders import Doing, InDatabase
from bot.sheet_apart import read_apart
from bot.unreadable import Unreadable
from flows.core.file_orders import FileOrder, end
from flows.core.words import Words
from flows.goals.importing.dropped import Table
from flows.goals.importing.taking import has_read
from flows.people.person import Person
from storage.work import Work

log = structlog.get_logger(__name__)

NOT_FETCHED = Words(
    "I could not fetch the file ({error}). Please drop it again; if that does not help, tell your operator this word.",
    "无法获取该文件（{error}）。请重新发送；如果仍然失败，请把括号里的内容告诉管理员。",
)


class NotFetched(Exception):
    """The messenger did not give the file; the message is its word for why."""


class Fetch(Protocol):
    """Gets a file's bytes from the messenger. Raises NotFetched, or Unreadable for one that is too large."""

    async def __call__(self, file: str, url: str) -> bytes: ...


def dropped_by(fetch: Fetch, in_database: InDatabase, clock: Clock) -> Doing:
    """What is done for the order of a dropped file."""

    async def do(order: FileOrder, _person: Person) -> None:
        table: Table | None = None
        problem: Words | None = None
        try:
            content = await fetch(str(order.about["file"]), str(order.about["url"]))
            table = await asyncio.to_thread(read_apart, content)
        except Unreadable as no:
            problem = no.words
        except NotFetched as no:
            log.warning("a dropped file could not be fetched", error=str(no))
            problem = NOT_FETCHED.fill(error=str(no))

        def keep(records: Work) -> None:
            has_read(records, order, table, problem, clock.now())
            end(records, order)

        await in_database(keep)

    return do
