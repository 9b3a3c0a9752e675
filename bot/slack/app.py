"""Bolt behind our own door: one listener per kind of payload, over HTTP and Socket Mode alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.logs import request
from bot.slack.directory import Directory
from bot.slack.edge import Edge
from bot.slack.picked import read_shortcut
from bot.slack.read import (
    Read,
    object_of,
    read_action,
    read_closed,
    read_command,
    read_event,
    read_submission,
)
from bot.slack.verify import LARGEST, REASONS, Unacceptable, check, parse

log = structlog.get_logger(__name__)

EVENTS = ("app_home_opened", "message.im", "team_join", "user_change")
ALL = re.compile(r".*", re.DOTALL)
Reader = Callable[[Mapping[str, Any]], Read | None]


def bolt(edge: Edge, directory: Directory, client: AsyncWebClient, token: str) -> AsyncApp:
    """Bolt's app. Requests are verified and parsed before they reach it, and every listener answers by itself.

    `process_before_response`: without it every request waits 10 ms in a poll, and is acknowledged before it is
    kept.
    """

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=None, bot_token=token)

    app = AsyncApp(
        client=client,
        signing_secret="checked before",  # noqa: S106 - our own verifier stands in front
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        ignoring_self_events_enabled=False,  # read_event leaves out what bots say
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    def takes(kind: str, read: Reader) -> Callable[[dict[str, Any]], Any]:
        async def listener(body: dict[str, Any]) -> BoltResponse:
            return await edge.take(kind, read, body)

        return listener

    async def event(body: dict[str, Any]) -> BoltResponse:
        told = object_of(body, "event")
        if told.get("type") in ("team_join", "user_change"):
            return await edge.attempt("event", directory.changed(told.get("user")))
        return await edge.take("event", read_event, body)

    app.command(ALL)(takes("command", read_command))
    app.shortcut(ALL)(takes("shortcut", read_shortcut))
    app.action(ALL)(takes("action", read_action))
    app.view_submission(ALL)(takes("submission", read_submission))
    app.view_closed(ALL)(takes("closed", read_closed))
    app.event(ALL)(event)
    return app


def events_route(app: AsyncApp, secret: str, now: Callable[[], datetime]) -> Route:
    """`POST /slack/events`: everything that Slack sends over HTTP."""
    signing_secret = secret.encode()

    async def events(asked: Request) -> Response:
        try:
            body = await read_body(asked)
            check(asked.headers, body, signing_secret, now())
            payload = parse(asked.headers.get("content-type", ""), body)
        except Unacceptable as no:
            return PlainTextResponse(REASONS[no.status], no.status)
        except ClientDisconnect:  # nobody is left to be answered
            return PlainTextResponse(REASONS[400], 400)
        if payload.get("type") == "url_verification":
            return PlainTextResponse(str(payload.get("challenge", "")))
        return await dispatch(app, payload)

    return Route("/slack/events", events, methods=["POST"])


async def dispatch(app: AsyncApp, payload: dict[str, Any]) -> Response:
    """Hand a parsed payload to Bolt; it is in Socket Mode's shape, so Bolt need not parse it a second time."""
    try:
        answer = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
    except Exception:  # Bolt looks into a payload before we do; our own errors end at the edge
        answer = BoltResponse(status=500)
    if answer.status == 500:
        with request("payload") as reference:
            log.warning("a payload of a strange shape", reference=reference)
        return PlainTextResponse(REASONS[400], 400)
    status = 200 if answer.status == 404 else answer.status  # what we don't know is taken note of, no more
    if not answer.body:
        return Response(status_code=status)
    if answer.body.startswith("{"):
        return Response(answer.body, status, media_type="application/json")
    return JSONResponse(answer.body, status)


async def read_body(asked: Request) -> bytes:
    """The whole body; `Unacceptable(413)` for one that no payload of Slack's is as large as."""
    body = bytearray()
    async for chunk in asked.stream():
        body += chunk
        if len(body) > LARGEST:
            raise Unacceptable(413)
    return bytes(body)


def socket_mode(app: AsyncApp, app_token: str, base_url: str, proxy: str | None) -> AsyncSocketModeHandler:
    """Socket Mode on the same app."""
    web = AsyncWebClient(app_token, base_url, proxy=proxy)
    return AsyncSocketModeHandler(app, app_token, web_client=web, proxy=proxy)
