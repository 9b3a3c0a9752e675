"""Slack's rate limits, by method and channel, measured on the workspace's clock."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.clock import Clock

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls per minute of one method
METHOD_TIERS = {
    "users.list": 2,
    "users.info": 4,
    "users.lookupByEmail": 3,
    "conversations.open": 3,
    "conversations.list": 2,
    "conversations.info": 3,
    "conversations.history": 3,
    "conversations.replies": 3,
    "conversations.members": 4,
    "chat.update": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "views.open": 4,
    "views.push": 4,
    "views.update": 4,
    "views.publish": 4,
    "files.getUploadURLExternal": 4,
    "files.completeUploadExternal": 4,
    "files.info": 4,
    "apps.connections.open": 3,
}
AUTH_TEST_PER_MINUTE = 600


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float


class Rates:
    """Whether a call may go through now. Slack names "1 message per second and channel, bursts tolerated" and
    "several hundred a minute" for the workspace: the defaults are a burst of 5 and 300 a minute."""

    def __init__(
        self,
        clock: Clock,
        *,
        workspace_per_minute: float = 300.0,
        workspace_burst: float = 30.0,
        channel_per_second: float = 1.0,
        channel_burst: float = 5.0,
        methods: dict[str, float] | None = None,
    ) -> None:
        self._clock = clock
        self._workspace = (workspace_per_minute / 60.0, workspace_burst)
        self._channel = (channel_per_second, channel_burst)
        self._methods = methods or {}
        self._buckets: dict[str, _Bucket] = {}
        self._windows: dict[str, tuple[int, int]] = {}

    def wait(self, method: str, channel: str | None = None) -> int:
        """0 and the call is counted, or the whole seconds of Retry-After."""
        if method == "chat.postMessage":
            return self._post(channel or "")
        limit = self._methods.get(method) or TIERS.get(METHOD_TIERS.get(method, 0))
        if limit is None:
            limit = AUTH_TEST_PER_MINUTE if method == "auth.test" else math.inf
        minute, second = divmod(self._clock.monotonic(), 60.0)
        window, used = self._windows.get(method, (-1, 0))
        used = used if window == int(minute) else 0
        if used >= limit:
            return math.ceil(60.0 - second) or 1
        self._windows[method] = (int(minute), used + 1)
        return 0

    def _post(self, channel: str) -> int:
        """Both buckets must have room, and a refused call takes from neither."""
        now = self._clock.monotonic()
        asked = [("", *self._workspace), ("#" + channel, *self._channel)]
        buckets = [self._filled(key, rate, burst, now) for key, rate, burst in asked]
        for (_, rate, _), bucket in zip(asked, buckets, strict=True):
            if bucket.level < 1.0 - 1e-9:
                return max(1, math.ceil((1.0 - bucket.level) / rate))
        for bucket in buckets:
            bucket.level -= 1.0
        return 0

    def _filled(self, key: str, rate: float, burst: float, now: float) -> _Bucket:
        bucket = self._buckets.setdefault(key, _Bucket(burst, now))
        bucket.level = min(burst, bucket.level + (now - bucket.at) * rate)
        bucket.at = now
        return bucket
