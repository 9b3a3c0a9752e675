"""What bot and messenger said to each other: the newest entries, for the page's drawer and for tests."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]

KEPT = 500
TO_BOT, FROM_BOT = "to bot", "from bot"


@dataclass(frozen=True, slots=True)
class Entry:
    """One exchange. `at` is in epoch seconds by the workspace's clock, `ms` in real milliseconds."""

    n: int
    at: float
    direction: str
    kind: str
    summary: str
    request: Any
    response: Any
    ms: float
    problem: str | None


class Traffic:
    """The last `KEPT` entries; each of `listeners` hears of every new one."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._n = 0
        self.listeners: list[Callable[[Json], None]] = []

    def add(
        self,
        at: float,
        direction: str,
        kind: str,
        summary: str,
        request: Any,
        response: Any,
        ms: float,
        problem: str | None = None,
    ) -> Entry:
        self._n += 1
        entry = Entry(self._n, at, direction, kind, summary, request, response, round(ms, 1), problem)
        self._entries.append(entry)
        for listener in tuple(self.listeners):
            listener({"type": "traffic", "entry": asdict(entry)})
        return entry

    def after(self, n: int = 0) -> list[Entry]:
        """The kept entries with a number above `n`, oldest first."""
        return [entry for entry in self._entries if entry.n > n]
