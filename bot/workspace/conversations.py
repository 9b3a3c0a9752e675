"""A conversation and its messages, and the shapes Slack shows them in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    """One message. `to` is set on an ephemeral one, `visible_from` (epoch seconds) if history lags."""

    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: str | None = None
    to: str | None = None
    failed: bool = False
    visible_from: float = 0.0
    client_msg_id: str | None = None
    files: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Conversation:
    """A direct message with the bot (`kind` "im", with `user`) or a channel. Messages are in `ts` order."""

    id: str
    kind: str
    name: str
    members: list[str]
    user: str | None = None
    messages: dict[str, Message] = field(default_factory=dict)
    threads: dict[str, list[str]] = field(default_factory=dict)

    def add(self, message: Message) -> None:
        self.messages[message.ts] = message
        if message.thread_ts and message.to is None:
            self.threads.setdefault(message.thread_ts, []).append(message.ts)

    def remove(self, message: Message) -> None:
        del self.messages[message.ts]
        replies = self.threads.get(message.thread_ts or "", [])
        if message.ts in replies:
            replies.remove(message.ts)
            if not replies:
                del self.threads[message.thread_ts or ""]


def slack_message(message: Message, team: Json, bot: Json, *, metadata: bool = False) -> Json:
    """A message as Slack's methods and payloads show it."""
    answer: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    answer["team"] = team["id"]
    if message.user == bot["user_id"]:
        answer |= {"bot_id": bot["bot_id"], "app_id": bot["app_id"]}
    if message.blocks:
        answer["blocks"] = message.blocks
    if message.client_msg_id:
        answer["client_msg_id"] = message.client_msg_id
    if message.thread_ts:
        answer["thread_ts"] = message.thread_ts
    if message.edited:
        answer["edited"] = {"user": message.user, "ts": message.edited}
    if message.files:
        answer["files"] = message.files
    if metadata and message.metadata:
        answer["metadata"] = message.metadata
    return answer


def page_message(message: Message) -> Json:
    """A message as the page shows it."""
    return {
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "edited": message.edited is not None,
        "thread_ts": message.thread_ts,
        "ephemeral": message.to is not None,
        "failed": message.failed,
        "files": message.files,
    }


def slack_channel(conversation: Conversation, bot_user: str) -> Json:
    """A conversation as Slack's methods show it."""
    if conversation.kind == "im":
        return {"id": conversation.id, "is_im": True, "user": conversation.user, "is_archived": False}
    return {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": False,
        "is_archived": False,
        "is_general": conversation.name == "general",
        "is_member": bot_user in conversation.members,
        "num_members": len(conversation.members),
    }


def channel_name(department: str) -> str:
    """The name of a department's channel."""
    return "-".join(department.lower().split())
