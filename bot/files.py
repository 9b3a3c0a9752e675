"""A file for somebody's own chat with the bot, what puts it there, and the no to a cycle that is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class File:
    """`instead` says a picture in words, for whoever can't see it."""

    name: str
    title: str
    content: bytes
    instead: str = ""


class Upload(Protocol):
    """Puts files into a person's chat, by account, or into a channel; the messenger's word for it when it refuses."""

    async def __call__(self, place: str, files: Sequence[File]) -> str | None: ...


class NoSuchCycle(Exception):
    """The cycle that was named can't be rehearsed; the message says what can."""
