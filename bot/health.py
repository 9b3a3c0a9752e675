"""Whether the bot lives and works, for whoever watches it: /healthz, /readyz and /metrics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.metrics import Metrics

# What is wrong, in one sentence without contents or secrets; None when all is well.
Check = Callable[[], Awaitable[str | None]]


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
