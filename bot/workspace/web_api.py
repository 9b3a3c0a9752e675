"""Slack's Web API on loopback: token, rate and scope, then the method; the traffic has every call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import SystemClock
from bot.workspace import calls_chat, calls_files, calls_people, calls_views
from bot.workspace.calls import EXPECTED_ERRORS, SCOPES, ApiError, Call
from bot.workspace.http_answers import read_body, send_json, send_wrongly
from bot.workspace.link import BotLink
from bot.workspace.mischief import Fault
from bot.workspace.rates import Rates
from bot.workspace.traffic import FROM_BOT, Traffic
from bot.workspace.world import World

Json = dict[str, Any]

METHODS: dict[str, Callable[[Call], Json]] = {
    "api.test": calls_files.api_test,
    "apps.connections.open": calls_files.connections_open,
    "auth.test": calls_people.auth_test,
    "blocks.validate": calls_files.blocks_validate,
    "bots.info": calls_people.bots_info,
    "chat.delete": calls_chat.delete_message,
    "chat.postEphemeral": calls_chat.post_ephemeral,
    "chat.postMessage": calls_chat.post_message,
    "chat.update": calls_chat.update_message,
    "conversations.history": calls_people.conversations_history,
    "conversations.info": calls_people.conversations_info,
    "conversations.list": calls_people.conversations_list,
    "conversations.members": calls_people.conversations_members,
    "conversations.open": calls_people.conversations_open,
    "conversations.replies": calls_people.conversations_replies,
    "files.completeUploadExternal": calls_files.complete_upload,
    "files.getUploadURLExternal": calls_files.get_upload_url,
    "files.info": calls_files.files_info,
    "users.info": calls_people.users_info,
    "users.list": calls_people.users_list,
    "users.lookupByEmail": calls_people.users_lookup_by_email,
    "views.open": calls_views.views_open,
    "views.publish": calls_views.views_publish,
    "views.push": calls_views.views_push,
    "views.update": calls_views.views_update,
}


@dataclass(slots=True)
class ApiDoor:
    """What the Web API works on. `scopes` is None where no manifest was given, `rates` without limits."""

    world: World
    link: BotLink
    traffic: Traffic
    scopes: frozenset[str] | None = None
    rates: Rates | None = None
    base_url: str = "http://127.0.0.1"
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    real: SystemClock = field(default_factory=SystemClock)


def web_api(door: ApiDoor) -> ASGIApp:
    """The ASGI application behind `/api/`."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        body = await read_body(receive)
        began = door.real.monotonic()
        method = scope["path"].rpartition("/api/")[2]
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        fault = door.world.misbehave.decide(method)
        args: Json = {}
        status, extra = 200, _scope_headers(door)
        try:
            args = _arguments(body, headers.get(b"content-type", ""), scope["query_string"])
            _check_token(door, method, headers.get(b"authorization", ""), args)
            wait = door.rates.wait(method, str(args.get("channel", ""))) if door.rates else 0
            if wait:
                status, extra = 429, {"Retry-After": str(wait)}
                raise ApiError("ratelimited")
            answer = _answer(door, method, args, fault)
        except ApiError as error:
            answer = _refused(error)
        ms = (door.real.monotonic() - began) * 1000
        _write_down(door, method, args, answer, ms, fault)
        now = door.world.now()
        if fault is None or status != 200:
            await send_json(send, status, answer, now, extra)
        else:
            await send_wrongly(fault.answer, answer, fault.seconds, scope, receive, send, now, door.closing)

    return app


def _arguments(body: bytes, content_type: str, query: bytes) -> Json:
    args: Json = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)) if query else {}
    if not body:
        return args
    if content_type.startswith("application/json"):
        try:
            given = json.loads(body)
        except ValueError:
            raise ApiError("invalid_json") from None
        if not isinstance(given, dict):
            raise ApiError("json_not_object")
        return {**args, **given} if args else given
    if content_type.startswith("application/x-www-form-urlencoded"):
        try:
            return args | dict(parse_qsl(body.decode(), keep_blank_values=True))
        except UnicodeDecodeError:
            raise ApiError("invalid_form_data") from None
    raise ApiError("invalid_post_type")


def _check_token(door: ApiDoor, method: str, authorization: str, args: Json) -> None:
    token = authorization.removeprefix("Bearer ").strip() or str(args.pop("token", ""))
    if not token:
        raise ApiError("not_authed")
    if token not in (door.link.token, door.link.app_token):
        raise ApiError("invalid_auth")
    if (method == "apps.connections.open") != (token == door.link.app_token):
        raise ApiError("not_allowed_token_type")


def _answer(door: ApiDoor, method: str, args: Json, fault: Fault | None) -> Json:
    """What the method says. A call that goes wrong before it is accepted has no effect."""
    if method not in METHODS:
        raise ApiError("unknown_method", req_method=method)
    if fault is not None and not fault.accepts:
        return {"ok": True}
    lag = fault.seconds if fault is not None and fault.answer == "lag" else 0.0
    call = Call(door.world, method, args, door.base_url, door.scopes, lag)
    if method in SCOPES:
        call.require_scope(*SCOPES[method])
    return {"ok": True, **METHODS[method](call)}


def _refused(error: ApiError) -> Json:
    answer: Json = {"ok": False, "error": error.name, **error.extra}
    if error.messages:
        answer["errors"] = [message.removeprefix("[ERROR] ") for message in error.messages]
        answer["response_metadata"] = {"messages": error.messages}
    return answer


def _write_down(door: ApiDoor, method: str, args: Json, answer: Json, ms: float, fault: Fault | None) -> None:
    problem = None
    if not answer["ok"]:
        said = answer.get("response_metadata", {}).get("messages", ())
        problem = "; ".join([answer["error"], *said])
        if answer["error"] not in EXPECTED_ERRORS:
            door.world.note_problem(f"{method}: {problem}")
    elif fault is not None:
        problem = f"made to fail: {fault.answer}"
    target = args.get("channel") or args.get("user_id") or args.get("view_id") or ""
    summary = f"{method} {target}".rstrip()
    door.traffic.add(door.world.now(), FROM_BOT, method, summary, args, answer, ms, problem)


def _scope_headers(door: ApiDoor) -> dict[str, str]:
    return {} if door.scopes is None else {"X-OAuth-Scopes": ",".join(sorted(door.scopes))}
