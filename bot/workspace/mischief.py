"""Misbehaviour on purpose: which Web API calls go wrong, and how, by a seeded script or an explicit list."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to go wrong. `accepts`: the call takes effect all the same. `answer`: what the caller sees.

    `answer` is one that `send_wrongly` knows, or "error:<Slack's error name>". `seconds` is the
    Retry-After of a 429, the real delay of "slow", or the clock's seconds for which history lags.
    """

    accepts: bool
    answer: str
    seconds: float = 0.0


FAULTS: dict[str, Fault] = {
    "rate_limited": Fault(False, "429", 1.0),
    "rate_limited_bare": Fault(False, "429_bare"),
    "http_500": Fault(False, "500"),
    "http_503": Fault(False, "503"),
    "html": Fault(False, "html"),
    "truncated": Fault(False, "truncated"),
    "reset_before": Fault(False, "reset"),
    "hang_before": Fault(False, "hang"),
    "reset_after": Fault(True, "reset"),
    "http_500_after": Fault(True, "500"),
    "truncated_after": Fault(True, "truncated"),
    "hang_after": Fault(True, "hang"),
    "fatal_error": Fault(True, "error:fatal_error"),
    "internal_error": Fault(True, "error:internal_error"),
    "fatal_error_refused": Fault(False, "error:fatal_error"),
    "slow": Fault(True, "slow", 0.05),
    "history_lag": Fault(True, "lag", 0.1),
}


class Mischief:
    """Decides what goes wrong. With neither a rate nor a queued fault nothing ever does.

    `rates` maps a name of `FAULTS` to its share (0 to 1) of the calls to `method`; the same seed and the same
    order of calls give the same faults. What `next` has queued for a method goes first.
    """

    def __init__(
        self,
        seed: int = 0,
        rates: Mapping[str, float] | None = None,
        method: str = "chat.postMessage",
    ) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._method = method
        self._rates = list((rates or {}).items())
        unknown = [name for name, _ in self._rates if name not in FAULTS]
        if unknown or sum(share for _, share in self._rates) > 1:
            raise ValueError(f"rates must name known faults and sum to at most 1 (unknown: {unknown})")
        self._queued: dict[str, deque[Fault]] = {}

    def next(self, method: str, fault: str, *, seconds: float | None = None, times: int = 1) -> None:
        """Let the next `times` calls of `method` go wrong as `fault`: of `FAULTS`, or "error:<name>"."""
        known = Fault(False, fault) if fault.startswith("error:") else FAULTS[fault]
        if seconds is not None:
            known = replace(known, seconds=seconds)
        self._queued.setdefault(method, deque()).extend([known] * times)

    def decide(self, method: str) -> Fault | None:
        """What goes wrong with this call; to be asked once per call."""
        if queue := self._queued.get(method):
            return queue.popleft()
        if not self._rates or method != self._method:
            return None
        drawn = self._random.random()
        for name, share in self._rates:
            drawn -= share
            if drawn < 0:
                fault = FAULTS[name]
                varies = fault.answer in ("slow", "lag")
                return replace(fault, seconds=fault.seconds * self._random.random()) if varies else fault
        return None
