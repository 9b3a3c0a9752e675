"""Misbehaviour is the same for the same seed, off by default, and looks from outside as it should."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.mischief import FAULTS, Fault, Mischief
from tests.workspace.office import ANNA, Json, Office, until

RATES = {"rate_limited": 0.1, "reset_after": 0.1, "slow": 0.2, "history_lag": 0.2}


@given(st.integers(), st.integers(1, 60))
def test_the_same_seed_gives_the_same_script(seed: int, calls: int) -> None:
    scripts = []
    for _ in range(2):
        mischief = Mischief(seed, RATES)
        scripts.append([mischief.decide("chat.postMessage") for _ in range(calls)])
    assert scripts[0] == scripts[1]


def test_rates_are_kept_in_the_long_run() -> None:
    mischief = Mischief(1, {"reset_after": 0.25})
    faults = [mischief.decide("chat.postMessage") for _ in range(4000)]
    assert 900 < sum(fault == FAULTS["reset_after"] for fault in faults) < 1100
    assert faults.count(None) == 4000 - sum(fault is not None for fault in faults)


def test_nothing_goes_wrong_by_default_or_with_other_methods() -> None:
    assert [Mischief().decide("chat.postMessage") for _ in range(100)] == [None] * 100
    certain = Mischief(0, {"html": 1.0})
    assert certain.decide("chat.update") is None
    assert certain.decide("chat.postMessage") == FAULTS["html"]


def test_a_queued_fault_goes_first_and_once() -> None:
    mischief = Mischief()
    mischief.next("chat.update", "http_500", times=2)
    mischief.next("chat.update", "error:account_inactive")
    assert [mischief.decide("chat.update") for _ in range(4)] == [
        FAULTS["http_500"],
        FAULTS["http_500"],
        Fault(False, "error:account_inactive"),
        None,
    ]


@pytest.mark.parametrize("rates", [{"nonsense": 0.1}, {"html": 0.6, "slow": 0.6}])
def test_rates_that_make_no_sense_are_refused(rates: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="rates must"):
        Mischief(0, rates)


async def answer_of(office: Office, patience: float = 5.0) -> tuple[Any, ...]:
    """What one post looks like from outside: status, Retry-After and body, or the name of the failure."""
    post = {"channel": ANNA, "text": "x"}
    headers = {"Authorization": "Bearer xoxb-local"}
    limit = aiohttp.ClientTimeout(total=patience)
    async with aiohttp.ClientSession(headers=headers, timeout=limit) as session:
        try:
            async with session.post(f"{office.url}/api/chat.postMessage", json=post) as answer:
                return answer.status, answer.headers.get("Retry-After"), await answer.text()
        except TimeoutError:
            return ("timeout",)
        except aiohttp.ClientConnectionError:
            return ("reset",)


def body(text: str) -> Callable[[tuple[Any, ...]], bool]:
    return lambda seen: text in seen[2]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("fault", "looks", "accepted"),
    [
        ("rate_limited", lambda seen: seen == (429, "1", '{"ok": false, "error": "ratelimited"}'), False),
        ("rate_limited_bare", lambda seen: seen[:2] == (429, None), False),
        ("http_500", lambda seen: seen[0] == 500, False),
        ("http_503", lambda seen: seen[0] == 503, False),
        ("html", body("<html>"), False),
        ("truncated", lambda seen: seen[0] == 200 and not seen[2].endswith("}"), False),
        ("reset_before", lambda seen: seen == ("reset",), False),
        ("hang_before", lambda seen: seen == ("timeout",), False),
        ("fatal_error_refused", body("fatal_error"), False),
        ("reset_after", lambda seen: seen == ("reset",), True),
        ("http_500_after", lambda seen: seen[0] == 500, True),
        ("truncated_after", lambda seen: seen[0] == 200 and not seen[2].endswith("}"), True),
        ("hang_after", lambda seen: seen == ("timeout",), True),
        ("fatal_error", body("fatal_error"), True),
        ("internal_error", body("internal_error"), True),
        ("slow", body('"ok": true'), True),
        ("error:channel_not_found", body("channel_not_found"), False),
    ],
)
async def test_each_fault_looks_as_it_should_and_takes_effect_or_not(
    office: Office,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    looks: Callable[[tuple[Any, ...]], bool],
    accepted: bool,
) -> None:
    office.world.misbehave.next("chat.postMessage", fault)
    seen = await answer_of(office, 0.2 if "hang" in fault else 5.0)
    assert looks(seen), seen
    assert len(office.workspace.messages(ANNA)) == accepted
    assert (await answer_of(office))[0] == 200
    assert office.world.problems == []
    assert [one.message for one in caplog.records if one.levelname == "ERROR"] == []


@pytest.mark.anyio
async def test_history_shows_a_message_only_after_its_lag(office: Office) -> None:
    async def seen() -> list[Json]:
        dm = office.workspace.dm(ANNA)
        return list((await office.client.conversations_history(channel=dm))["messages"])

    office.world.misbehave.next("chat.postMessage", "history_lag", seconds=30)
    await office.client.chat_postMessage(channel=ANNA, text="x")
    assert await seen() == []
    office.clock.advance(29)
    assert await seen() == []
    office.clock.advance(1)
    assert len(await seen()) == 1


@pytest.mark.anyio
async def test_a_hanging_call_does_not_hold_up_the_end(office: Office) -> None:
    office.world.misbehave.next("chat.postMessage", "hang_after")
    hanging = asyncio.ensure_future(answer_of(office))
    await until(lambda: bool(office.workspace.messages(ANNA)))
    office.workspace.door.closing.set()
    assert await hanging == ("reset",)
