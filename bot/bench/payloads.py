"""What Slack would send for a command, a button and a submitted check-in, as signed requests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from bot.bench.load import http
from bot.ticket import encode
from bot.workspace.actions import fields_filled, loose_entry
from bot.workspace.conversations import Message
from bot.workspace.link import signed
from bot.workspace.payloads import action_ts, block_actions, command_form, view_submission
from bot.workspace.views import open_view
from bot.workspace.world import World
from flows.core.screen import Act

Json = dict[str, Any]

SECRET = "bench-signing-secret"  # noqa: S105
NOWHERE = "http://127.0.0.1/response/none"
DONE = "Signed two customers, closed eleven tickets and prepared the quarter's forecast with finance."
NEXT = "Visit the third customer, and hand the forecast over."


def request(world: World, form: Mapping[str, str]) -> bytes:
    """The form, signed at the world's present moment."""
    body = urlencode(form).encode()
    stamp = int(world.now())
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": str(stamp),
        "x-slack-signature": signed(SECRET, stamp, body),
    }
    return http("/slack/events", body, headers)


def form_of(world: World, person: str, name: str, text: str = "") -> dict[str, str]:
    """A slash command's form."""
    return command_form(world, world.user(person), world.dm(person), name, text, NOWHERE)


def command(world: World, person: str, name: str, text: str = "") -> tuple[str, bytes]:
    """A slash command, with the trigger that it carries."""
    form = form_of(world, person, name, text)
    return form["trigger_id"], request(world, form)


def button(world: World, person: str, act: Act, blocks: list[Json]) -> bytes:
    """A button of a message, pressed."""
    user, chat = world.user(person), world.dm(person)
    message = Message(world.next_ts(), world.bot["user_id"], "Your check-in is open.", blocks)
    entry = loose_entry(
        "actions", {"action_id": "act.0", "type": "button", "value": encode(act)}, action_ts(world)
    )
    payload = block_actions(world, user, entry, message=message, conversation=chat, response_url=NOWHERE)
    return request(world, {"payload": json.dumps(payload)})


def submission(world: World, person: str, body: Json) -> bytes:
    """A check-in's form, filled in and submitted."""
    user = world.user(person)
    view = open_view(world, user.id, body)
    said = {"week.done": {"answer": {"value": DONE}}, "week.next": {"answer": {"value": NEXT}}}
    view.typed = fields_filled(view.body["blocks"], {}, said)
    return request(world, {"payload": json.dumps(view_submission(world, user, view, []))})


def people(numbers: Iterable[int]) -> list[str]:
    return [f"p{number}@example.com" for number in numbers]
