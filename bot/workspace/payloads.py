"""The payloads Slack sends: commands, actions, submissions, shortcuts and events, field by field."""

from __future__ import annotations

import uuid
from typing import Any

from bot.workspace.conversations import Conversation, Message, slack_message
from bot.workspace.people import User
from bot.workspace.views import View, page_view
from bot.workspace.world import World

Json = dict[str, Any]

VERIFICATION_TOKEN = "local"  # noqa: S105


def command_form(
    world: World, user: User, conversation: Conversation, command: str, text: str, response_url: str
) -> Json:
    """The form of a slash command."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": world.team["id"],
        "team_domain": world.team["domain"],
        "channel_id": conversation.id,
        "channel_name": _channel_name(conversation),
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": world.bot["app_id"],
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": world.new_trigger(user.id),
    }


def block_actions(
    world: World,
    user: User,
    action: Json,
    *,
    view: View | None = None,
    message: Message | None = None,
    conversation: Conversation | None = None,
    response_url: str | None = None,
    state: Json | None = None,
) -> Json:
    """A click or a choice, in a view or in a message."""
    payload = _common(world, "block_actions", user) | {
        "trigger_id": world.new_trigger(user.id, view.id if view and view.body["type"] == "modal" else None),
        "actions": [action],
    }
    if view is not None:
        payload["container"] = {"type": "view", "view_id": view.id}
        payload["view"] = page_view(view, world.team, world.bot)
    if message is not None and conversation is not None:
        payload["container"] = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": conversation.id,
            "is_ephemeral": message.to is not None,
        }
        payload["channel"] = {"id": conversation.id, "name": _channel_name(conversation)}
        if message.to is None:
            payload["message"] = slack_message(message, world.team, world.bot, metadata=True)
        payload["state"] = {"values": state or {}}
        payload["response_url"] = response_url
    return payload


def view_submission(world: World, user: User, view: View, response_urls: list[Json]) -> Json:
    return _common(world, "view_submission", user) | {
        "trigger_id": world.new_trigger(user.id, view.id),
        "view": page_view(view, world.team, world.bot),
        "response_urls": response_urls,
    }


def view_closed(world: World, user: User, view: View, is_cleared: bool) -> Json:
    shown = page_view(view, world.team, world.bot)
    return _common(world, "view_closed", user) | {"view": shown, "is_cleared": is_cleared}


def message_action(
    world: World,
    user: User,
    callback_id: str,
    conversation: Conversation,
    message: Message,
    response_url: str,
) -> Json:
    """A shortcut from a message's menu."""
    return _common(world, "message_action", user) | {
        "callback_id": callback_id,
        "action_ts": action_ts(world),
        "trigger_id": world.new_trigger(user.id),
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": {"id": conversation.id, "name": _channel_name(conversation)},
        "message": slack_message(message, world.team, world.bot, metadata=True),
    }


def global_shortcut(world: World, user: User, callback_id: str) -> Json:
    """A shortcut from the composer; it has no conversation to answer in."""
    return _common(world, "shortcut", user) | {
        "callback_id": callback_id,
        "action_ts": action_ts(world),
        "trigger_id": world.new_trigger(user.id),
    }


def event_envelope(world: World, event: Json) -> Json:
    """What wraps each event of the Events API."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": world.team["id"],
        "context_team_id": world.team["id"],
        "context_enterprise_id": None,
        "api_app_id": world.bot["app_id"],
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{world.next_number():09X}",
        "event_time": int(world.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": world.team["id"],
                "user_id": world.bot["user_id"],
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def message_event(world: World, conversation: Conversation, message: Message) -> Json:
    """A person's message, as the event the bot gets of it."""
    return {
        **slack_message(message, world.team, world.bot),
        "channel": conversation.id,
        "event_ts": message.ts,
        "channel_type": "im" if conversation.kind == "im" else "channel",
        **({"subtype": "file_share"} if message.files else {}),
    }


def home_opened(world: World, user: User, tab: str) -> Json:
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": world.dm(user.id).id,
        "tab": tab,
        "event_ts": action_ts(world),
    }
    if tab == "home" and user.id in world.homes:
        event["view"] = page_view(world.homes[user.id], world.team, world.bot)
    return event


def new_client_msg_id(world: World) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{world.team['id']}/{world.next_number()}"))


def _common(world: World, kind: str, user: User) -> Json:
    return {
        "type": kind,
        "user": {
            "id": user.id,
            "username": user.handle,
            "name": user.handle,
            "team_id": world.team["id"],
        },
        "api_app_id": world.bot["app_id"],
        "token": VERIFICATION_TOKEN,
        "team": {"id": world.team["id"], "domain": world.team["domain"]},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def action_ts(world: World) -> str:
    """When an action happened, unlike any other."""
    number = world.next_number() % 1_000_000
    return f"{int(world.now())}.{number:06d}"


def _channel_name(conversation: Conversation) -> str:
    return "directmessage" if conversation.kind == "im" else conversation.name
