"""The Web API's chat methods: post, update, delete, and ephemeral messages."""

from __future__ import annotations

from typing import Any

from bot.workspace.calls import ApiError, Call
from bot.workspace.conversations import Conversation, Message, slack_message
from bot.workspace.limits import LIMITS
from bot.workspace.views import put_ids

Json = dict[str, Any]


def post_message(call: Call) -> Json:
    """chat.postMessage. Text beyond 40,000 characters is cut off, as at Slack."""
    conversation = call.conversation(posting=True)
    _may_post(call, conversation)
    text, blocks = _contents(call)
    thread_ts = call.text("thread_ts") or None
    message = Message(
        ts=call.world.next_ts(),
        user=call.world.bot["user_id"],
        text=text[: LIMITS["text_cut"]],
        blocks=blocks,
        thread_ts=thread_ts,
        metadata=_metadata(call),
        visible_from=call.world.now() + call.lag if call.lag else 0.0,
    )
    call.world.post(conversation, message)
    shown = slack_message(message, call.world.team, call.world.bot, metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


def update_message(call: Call) -> Json:
    """chat.update. A text without blocks drops the old blocks; blocks without a text keep the old text."""
    conversation = call.conversation()
    message = _own_message(call, conversation, "cant_update_message")
    if len(call.text("text")) > LIMITS["update_text"]:
        raise ApiError("msg_too_long")
    blocks = call.blocks()
    if blocks is None and not call.text("text") and call.args.get("metadata") is None:
        raise ApiError("no_text")
    if blocks is not None:
        put_ids(call.world, blocks)
        message.blocks = blocks
        message.text = call.text("text", message.text)
    elif call.text("text"):
        message.text, message.blocks = call.text("text"), []
    if call.args.get("metadata") is not None:
        message.metadata = _metadata(call)
    message.edited = f"{call.world.now():.6f}"
    call.world.show(conversation, message, "changed")
    shown = slack_message(message, call.world.team, call.world.bot, metadata=True)
    return {"channel": conversation.id, "ts": message.ts, "text": message.text, "message": shown}


def delete_message(call: Call) -> Json:
    """chat.delete"""
    conversation = call.conversation()
    message = _own_message(call, conversation, "cant_delete_message")
    conversation.remove(message)
    call.world.show(conversation, message, "deleted")
    return {"channel": conversation.id, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: seen by one person, in no history, not to be updated."""
    conversation = call.conversation(posting=True)
    _may_post(call, conversation)
    user = call.user()
    if user.id not in conversation.members:
        raise ApiError("user_not_in_channel")
    text, blocks = _contents(call)
    message = Message(call.world.next_ts(), call.world.bot["user_id"], text, blocks, to=user.id)
    call.world.post(conversation, message)
    return {"message_ts": message.ts}


def _may_post(call: Call, conversation: Conversation) -> None:
    if conversation.user and call.world.users[conversation.user].member.deleted:
        raise ApiError("account_inactive")
    if call.world.bot["user_id"] not in conversation.members and not (
        call.scopes and "chat:write.public" in call.scopes
    ):
        raise ApiError("not_in_channel")
    thread = call.text("thread_ts")
    if thread and call.method == "chat.postMessage" and thread not in conversation.messages:
        raise ApiError("thread_not_found")


def _contents(call: Call) -> tuple[str, list[Json]]:
    markdown = call.text("markdown_text")
    if markdown:
        if call.args.get("text") or call.args.get("blocks"):
            raise ApiError("markdown_text_conflict")
        if len(markdown) > LIMITS["markdown_text"]:
            raise ApiError("msg_too_long")
        return markdown, []
    text, blocks = call.text("text"), call.blocks()
    if not text and not blocks and not call.args.get("attachments"):
        raise ApiError("no_text")
    put_ids(call.world, blocks or [])
    return text, blocks or []


def _metadata(call: Call) -> Json | None:
    """Message metadata: an `event_type` and an `event_payload` object."""
    given = call.structure("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) - {"event_type", "event_payload", "entities"}:
        raise ApiError("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or not isinstance(given.get("event_payload"), dict):
        raise ApiError("invalid_metadata_schema")
    return given


def _own_message(call: Call, conversation: Conversation, error: str) -> Message:
    message = conversation.messages.get(call.needed("ts"))
    if message is None or message.to is not None:
        raise ApiError("message_not_found")
    if message.user != call.world.bot["user_id"]:
        raise ApiError(error)
    return message
