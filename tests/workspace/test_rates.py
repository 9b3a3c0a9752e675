"""The rates let through what Slack allows, and no more."""

import pytest

from bot.clock import VirtualClock
from bot.workspace.rates import Rates
from tests.workspace.office import START


def rates() -> tuple[VirtualClock, Rates]:
    clock = VirtualClock(START, speed=0)
    return clock, Rates(clock)


def test_one_post_a_second_and_channel_goes_on_for_ever() -> None:
    clock, limits = rates()
    for _ in range(600):
        assert limits.wait("chat.postMessage", "C1") == 0
        clock.advance(1)


def test_five_posts_a_second_over_many_channels_go_on_for_ever() -> None:
    clock, limits = rates()
    for number in range(3000):
        assert limits.wait("chat.postMessage", f"C{number % 50}") == 0
        clock.advance(0.2)


@pytest.mark.parametrize(("channels", "burst"), [(1, 5), (50, 30)])
def test_a_burst_ends_and_whoever_waits_as_told_goes_on(channels: int, burst: int) -> None:
    clock, limits = rates()
    posts = [limits.wait("chat.postMessage", f"C{number % channels}") for number in range(burst + 1)]
    assert posts == [0] * burst + [1]
    clock.advance(1)
    assert limits.wait("chat.postMessage", f"C{burst % channels}") == 0


def test_a_refused_post_uses_nothing_up() -> None:
    clock, limits = rates()
    for _ in range(1000):
        limits.wait("chat.postMessage", "C1")
    clock.advance(1)
    assert [limits.wait("chat.postMessage", "C1") for _ in range(2)] == [0, 1]


@pytest.mark.parametrize(
    ("method", "calls"),
    [
        ("users.list", 20),
        ("chat.update", 50),
        ("views.open", 100),
        ("auth.test", 600),
        ("conversations.open", 50),
    ],
)
def test_a_method_has_its_tiers_calls_in_each_minute(method: str, calls: int) -> None:
    clock, limits = rates()
    clock.advance(15)
    assert [limits.wait(method) for _ in range(calls)] == [0] * calls
    assert limits.wait(method) == 45
    assert limits.wait("users.info") == 0
    clock.advance(45)
    assert limits.wait(method) == 0
