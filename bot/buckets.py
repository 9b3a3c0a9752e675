"""How fast each method of a messenger may be called: token buckets that wait by the clock."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from bot.clock import Clock

# A bucket is filled by floating-point steps; a token that is this close to whole is one.
NEARLY = 1e-6
# Channels beyond this many are looked through for full buckets, which need not be remembered.
CHANNELS_KEPT = 1024

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Limit:
    """`per_minute` calls in the long run, `burst` (1 or more) at once after a silence."""

    per_minute: float
    burst: float = 1.0


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at `rate` per second up to `burst`. A rate of None knows no limit.

    `line` is who waits for a token: the most urgent first, the earliest among equals.
    """

    rate: float | None
    burst: float
    level: float
    at: float
    shut_until: float = 0.0
    line: list[Place] = field(default_factory=list)

    def fill(self, now: float) -> None:
        """Bring the level to `now`. Nothing comes back while the bucket is shut."""
        start = max(self.at, self.shut_until)
        if self.rate is not None and now > start:
            self.level = min(self.burst, self.level + (now - start) * self.rate)
        self.at = max(self.at, now)

    def wait(self, now: float, ahead: int = 0) -> float:
        """Seconds until a token is there for who stands behind `ahead` others; 0.0 is now."""
        self.fill(now)
        shut = max(0.0, self.shut_until - now)
        if self.rate is None:
            return shut
        missing = ahead + 1 - self.level
        return shut + (missing / self.rate if missing > NEARLY else 0.0)

    def take(self) -> None:
        if self.rate is not None:
            self.level -= 1


def full(limit: Limit | None, now: float) -> Bucket:
    """A bucket that has all its tokens."""
    if limit is None:
        return Bucket(None, 1.0, 1.0, now)
    return Bucket(limit.per_minute / 60, limit.burst, limit.burst, now)


class Buckets:
    """One bucket per method, so that no job waits for another's limit, and one per channel for posts.

    A method that `limits` does not name is free, and so are channels without `per_channel`.
    All waiting is by `clock`: on a clock that stands still a spent bucket stays spent.
    """

    def __init__(self, clock: Clock, limits: Mapping[str, Limit], per_channel: Limit | None = None) -> None:
        self._clock = clock
        self._limits = dict(limits)
        self._per_channel = per_channel
        self._methods: dict[str, Bucket] = {}
        self._channels: dict[str, Bucket] = {}
        self._numbers = count()
        self._among = 1

    def limits(self, method: str) -> bool:
        """Whether calls of the method are limited at all."""
        return method in self._limits

    def room(self, method: str) -> int | None:
        """How many calls may go at this moment beside those who wait already; None when there is no limit."""
        bucket = self._method(method)
        now = self._clock.monotonic()
        bucket.fill(now)
        if bucket.shut_until > now:
            return 0
        if bucket.rate is None:
            return None
        return max(0, int(bucket.level + NEARLY) - len(bucket.line))

    def shut(self, method: str) -> bool:
        """Whether the method is paused."""
        return self._method(method).shut_until > self._clock.monotonic()

    def waiting(self, method: str) -> int:
        """How many stand in line for the method."""
        return len(self._method(method).line)

    def wait(self, method: str, channel: str | None = None) -> float:
        """Seconds until a call might go; 0.0 is now. Takes nothing."""
        now = self._clock.monotonic()
        bucket = self._method(method)
        wait = bucket.wait(now, len(bucket.line))
        return max(wait, self._channel(channel).wait(now)) if channel else wait

    def grab(self, method: str, channel: str | None = None) -> bool:
        """Take a token of the method, and of the channel, if both are there now; else neither."""
        if self.wait(method, channel) > 0:
            return False
        self._method(method).take()
        if channel:
            self._channel(channel).take()
        return True

    async def take(self, method: str, urgency: int = 1) -> None:
        """Wait for a token of the method. The lower `urgency` goes first, and the earlier among equals."""
        bucket = self._method(method)
        place = (urgency, next(self._numbers))
        insort(bucket.line, place)
        try:
            while (wait := bucket.wait(self._clock.monotonic(), bisect_left(bucket.line, place))) > 0:
                await self._clock.sleep(wait)
            bucket.take()
        finally:
            bucket.line.remove(place)

    def pause(self, method: str, seconds: float) -> None:
        """Let nobody through for `seconds`, as the messenger asked, and then one. A longer pause stays."""
        bucket = self._method(method)
        now = self._clock.monotonic()
        bucket.fill(now)
        bucket.level = 1.0
        bucket.shut_until = max(bucket.shut_until, now + seconds)

    def share(self, among: int) -> None:
        """So many processes keep to these limits together, each to its part; a channel's own limit stays whole."""
        among = max(1, among)
        if among == self._among:
            return
        self._among, now = among, self._clock.monotonic()
        for method, bucket in self._methods.items():
            if (part := self._part(method)) is not None:
                bucket.fill(now)
                bucket.rate, bucket.burst = part.per_minute / 60, part.burst
                bucket.level = min(bucket.level, part.burst)

    def _part(self, method: str) -> Limit | None:
        whole = self._limits.get(method)
        if whole is None:
            return None
        return Limit(whole.per_minute / self._among, max(1.0, whole.burst / self._among))

    def _method(self, method: str) -> Bucket:
        bucket = self._methods.get(method)
        if bucket is None:
            bucket = self._methods[method] = full(self._part(method), self._clock.monotonic())
        return bucket

    def _channel(self, channel: str) -> Bucket:
        bucket = self._channels.get(channel)
        if bucket is None:
            now = self._clock.monotonic()
            if len(self._channels) >= CHANNELS_KEPT:
                self._forget_full(now)
            bucket = self._channels[channel] = full(self._per_channel, now)
        return bucket

    def _forget_full(self, now: float) -> None:
        for channel, bucket in list(self._channels.items()):
            bucket.fill(now)
            if bucket.rate is None or bucket.level >= bucket.burst - NEARLY:
                del self._channels[channel]
