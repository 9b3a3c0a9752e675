"""Whether the bot lives and works, for whoever watches it: /healthz, /readyz and /metrics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import Metrics
from bot.rounds import Rounds
from bot.troubles import Part, Troubles

# What is wrong, in one sentence without contents or secrets; None when all is well.
Check = Callable[[], Awaitable[str | None]]


LATE = 60.0  # seconds, or so many ticks: then something is stuck
TICKS = 12


def checks(rounds: Rounds, troubles: Troubles, tick_seconds: float) -> dict[str, Check]:
    """What has to work: the database, the way to Slack, the token, and the metronome."""

    def told(part: Part) -> Check:
        async def look() -> str | None:
            return troubles.words(part)

        return look

    async def database() -> str | None:
        return troubles.words("database") or await rounds.database_answers()

    async def ticks() -> str | None:
        return await rounds.ticks(max(LATE, TICKS * tick_seconds))

    return {"database": database, "slack": told("slack"), "token": told("token"), "ticks": ticks}


def routes(
    checks: Mapping[str, Check], metrics: Metrics, *, refresh: Callable[[], Awaitable[None]] | None = None
) -> list[Route]:
    """The three routes: `checks` (by name: database, sender, …) decide /readyz, `refresh` precedes /metrics.

    A check that raises counts as failed and shows the error's kind alone: its message may hold a password.
    """

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        wrong = {name: words for name, check in checks.items() if (words := await _outcome(check))}
        return JSONResponse({"ready": not wrong, "wrong": wrong}, status_code=503 if wrong else 200)

    async def figures(_request: Request) -> Response:
        if refresh is not None:
            await refresh()
        return Response(metrics.render(), media_type=metrics.content_type)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", figures)]


async def _outcome(check: Check) -> str | None:
    try:
        return await check()
    except Exception as error:  # whatever it is, the answer is "not ready"
        return type(error).__name__
