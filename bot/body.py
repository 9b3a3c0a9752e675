"""The lines of a request's body as they come: memory stays flat, and a body that is too large or stalls ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

STALLED = 30.0  # seconds without a byte


class TooLarge(Exception):
    """The body has more bytes than it may have."""


class Stalled(Exception):
    """No byte came for `STALLED` seconds."""


async def in_time(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The chunks as they come; raises Stalled when they stop coming, for a body on its way holds up others."""
    while True:
        try:
            async with asyncio.timeout(STALLED):
                chunk = await anext(chunks, None)
        except TimeoutError:
            raise Stalled from None
        if chunk is None:
            return
        yield chunk


async def lines_of(
    chunks: AsyncIterator[bytes], most: int, longest: int, at_once: int
) -> AsyncIterator[list[bytes]]:
    """The lines, without their ends, in lists of at most `at_once`.

    Raises TooLarge beyond `most` bytes. It stops behind a line of more than `longest` bytes that has not ended.
    """
    size, rest, waiting = 0, b"", []
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise TooLarge
        *lines, rest = (rest + chunk).split(b"\n")
        waiting += lines
        while len(waiting) >= at_once:
            yield waiting[:at_once]
            del waiting[:at_once]
        if len(rest) > longest:
            break
    waiting += [rest] if rest else []
    while waiting:
        yield waiting[:at_once]
        del waiting[:at_once]


async def drain(chunks: AsyncIterator[bytes], most: int) -> None:
    """Read on without keeping anything, at most so many bytes: who still sends would not hear the answer."""
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > most:
            return
