"""Figures and health say how the bot does, and nothing about anybody."""

import asyncio

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from bot import __version__
from bot.health import routes
from bot.metrics import Metrics


def ask(path: str, offered: list[Route]) -> httpx.Response:
    async def get() -> httpx.Response:
        bot = httpx.ASGITransport(Starlette(routes=offered))
        async with httpx.AsyncClient(transport=bot, base_url="http://bot") as client:
            return await client.get(path)

    return asyncio.run(get())


async def fine() -> str | None:
    return None


async def stopped() -> str | None:
    return "it has not been seen for 90 s"


async def broken() -> str | None:
    raise ConnectionError("postgresql://u:hunter2@db refused")


def test_what_may_become_of_a_message_is_there_before_the_first_one() -> None:
    lines = Metrics().render().decode().splitlines()
    for outcome in ("sent", "edited", "unsure", "parked", "dropped"):
        assert f'perfloop_deliveries_total{{outcome="{outcome}"}} 0.0' in lines
    for outcome in ("kept", "refused"):
        assert f'perfloop_metric_rows_total{{outcome="{outcome}"}} 0.0' in lines


def test_every_figure_is_counted() -> None:
    metrics = Metrics()
    metrics.acked("block_actions", 0.02)
    metrics.jumped()
    metrics.works("slack", up=False)
    metrics.backlog(orders=4, sweeps=2, oldest_sweep=7.5)
    metrics.connections(3, 8)
    metrics.refused("command")
    metrics.failed("view_submission")
    metrics.delivered("sent")
    metrics.delivered("sent")
    metrics.limited("chat.postMessage")
    metrics.rows("kept", 1000)
    metrics.ticked(0.25, missed=2, at=1_800_000_000)
    metrics.outbox({"waiting": 3, "parked": 1}, 12.5)
    lines = metrics.render().decode().splitlines()
    for line in (
        'perfloop_ack_seconds_bucket{kind="block_actions",le="0.01"} 0.0',
        'perfloop_ack_seconds_bucket{kind="block_actions",le="0.025"} 1.0',
        "perfloop_clock_jumps_total 1.0",
        'perfloop_up{part="slack"} 0.0',
        "perfloop_file_orders 4.0",
        "perfloop_sweeps 2.0",
        "perfloop_oldest_sweep_seconds 7.5",
        "perfloop_database_connections 3.0",
        "perfloop_database_connections_limit 8.0",
        "perfloop_last_tick_timestamp_seconds 1.8e+09",
        "perfloop_nudges_missed_total 2.0",
        f'perfloop_build_info{{version="{__version__}"}} 1.0',
        'perfloop_refusals_total{kind="command"} 1.0',
        'perfloop_errors_total{kind="view_submission"} 1.0',
        'perfloop_deliveries_total{outcome="sent"} 2.0',
        'perfloop_rate_limited_total{method="chat.postMessage"} 1.0',
        'perfloop_metric_rows_total{outcome="kept"} 1000.0',
        "perfloop_ticks_total 1.0",
        "perfloop_tick_seconds 0.25",
        'perfloop_messages{state="waiting"} 3.0',
        'perfloop_messages{state="stale"} 0.0',
        "perfloop_oldest_waiting_seconds 12.5",
    ):
        assert line in lines


def test_a_state_that_empties_falls_back_to_zero() -> None:
    metrics = Metrics()
    metrics.outbox({"unsure": 2}, 0)
    metrics.outbox({}, 0)
    assert b'perfloop_messages{state="unsure"} 0.0' in metrics.render()


def test_two_bots_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.refused("event")
    assert b'perfloop_refusals_total{kind="event"}' not in other.render()


def test_a_living_bot_is_healthy_even_when_it_is_not_ready() -> None:
    assert ask("/healthz", routes({"database": broken}, Metrics())).status_code == 200


def test_a_bot_is_ready_when_every_check_is_fine() -> None:
    answer = ask("/readyz", routes({"database": fine, "sender": fine}, Metrics()))
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "wrong": {}})


def test_what_is_not_ready_is_named_with_its_reason() -> None:
    answer = ask("/readyz", routes({"database": fine, "sender": stopped}, Metrics()))
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "wrong": {"sender": "it has not been seen for 90 s"}}


def test_a_check_that_breaks_shows_its_kind_and_no_password() -> None:
    answer = ask("/readyz", routes({"database": broken}, Metrics()))
    assert answer.status_code == 503
    assert answer.json()["wrong"] == {"database": "ConnectionError"}
    assert "hunter2" not in answer.text


def test_metrics_are_brought_up_to_date_when_asked_for() -> None:
    metrics = Metrics()

    async def refresh() -> None:
        metrics.outbox({"waiting": 7}, 1)

    answer = ask("/metrics", routes({}, metrics, refresh=refresh))
    assert answer.headers["content-type"].startswith("text/plain")
    assert 'perfloop_messages{state="waiting"} 7.0' in answer.text
