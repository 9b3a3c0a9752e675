"""What a Web API call carries, the errors it may end in, and the scopes it needs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from bot.workspace.blocks import Finding, message_findings, view_findings
from bot.workspace.conversations import Conversation
from bot.workspace.people import User
from bot.workspace.world import NotThereError, World

Json = dict[str, Any]

# Errors that a sound bot meets in the ordinary course of things; all others count as its mistakes.
EXPECTED_ERRORS = frozenset(
    {
        "account_inactive",
        "cant_delete_message",
        "cant_update_message",
        "channel_not_found",
        "exchanged_trigger_id",
        "expired_trigger_id",
        "fatal_error",
        "hash_conflict",
        "internal_error",
        "message_not_found",
        "not_found",
        "ratelimited",
        "thread_not_found",
        "user_disabled",
        "user_not_found",
        "users_not_found",
    }
)

SCOPES: dict[str, tuple[str, ...]] = {  # any one of these is enough
    "users.list": ("users:read",),
    "users.info": ("users:read",),
    "users.lookupByEmail": ("users:read.email",),
    "conversations.open": ("im:write", "mpim:write"),
    "conversations.list": ("channels:read", "im:read"),
    "conversations.info": ("channels:read", "im:read"),
    "conversations.members": ("channels:read", "im:read"),
    "conversations.history": ("channels:history", "im:history"),
    "conversations.replies": ("channels:history", "im:history"),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "chat.delete": ("chat:write",),
    "chat.postEphemeral": ("chat:write",),
    "files.getUploadURLExternal": ("files:write",),
    "files.info": ("files:read",),
    "files.completeUploadExternal": ("files:write",),
}


class ApiError(Exception):
    """A call answered with `{"ok": false, "error": name}`; `messages` are its JSON-pointer sentences."""

    def __init__(self, name: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(name)
        self.name = name
        self.messages = messages or []
        self.extra = extra


@dataclass(slots=True)
class Call:
    """One call. `scopes` is None where no manifest was given; `lag` delays what history shows, in seconds."""

    world: World
    method: str
    args: Json
    base_url: str
    scopes: frozenset[str] | None = None
    lag: float = 0.0

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise ApiError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in ("1", "true")

    def number(self, name: str, default: int, most: int) -> int:
        raw = self.args.get(name)
        if raw in (None, ""):
            return default
        if not str(raw).isdecimal() or int(raw) == 0:
            raise ApiError("invalid_arguments", [f"[ERROR] {name} must be a positive number"])
        return min(int(raw), most)

    def structure(self, name: str, error: str = "invalid_arguments") -> Any:
        """An argument that is JSON: an object in a JSON body, a string of JSON in a form."""
        value = self.args.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value) if value else None
            except ValueError:
                raise ApiError(error, [f"[ERROR] {name} is not valid JSON"]) from None
        return value

    def has_scope(self, *any_of: str) -> bool:
        return self.scopes is None or not self.scopes.isdisjoint(any_of)

    def require_scope(self, *any_of: str) -> None:
        if not self.has_scope(*any_of):
            provided = ",".join(sorted(self.scopes or ()))
            raise ApiError("missing_scope", needed=any_of[0], provided=provided)

    def user(self, name: str = "user") -> User:
        user = self.world.users.get(self.needed(name))
        if user is None:
            raise ApiError("user_not_found")
        return user

    def conversation(self, *, posting: bool = False) -> Conversation:
        """The conversation of the argument `channel`. Only when posting may that be a person's id."""
        which = self.needed("channel")
        if posting and which in self.world.users:
            return self.world.dm(which)
        try:
            found = self.world.conversation(which)
        except NotThereError:
            raise ApiError("channel_not_found") from None
        if found.id != which and not posting:
            raise ApiError("channel_not_found")
        return found

    def page(self, items: list[Any], default: int, most: int) -> tuple[list[Any], str]:
        """One page of `items` and the cursor of the next ("" at the end)."""
        cursor, limit = self.text("cursor"), self.number("limit", default, most)
        if cursor and not cursor.removeprefix("at:").isdecimal():
            raise ApiError("invalid_cursor")
        start = int(cursor.removeprefix("at:") or 0)
        end = start + limit
        return items[start:end], f"at:{end}" if end < len(items) else ""

    def blocks(self) -> list[Json] | None:
        """The checked blocks of a message: None if not given, an empty list if given as empty."""
        blocks = self.structure("blocks", "invalid_blocks_format")
        if blocks is None:
            return None
        if not isinstance(blocks, list):
            raise ApiError("invalid_blocks_format")
        findings, characters_error = message_findings(blocks)
        if findings:
            raise ApiError("invalid_blocks", pointed(findings))
        if characters_error:
            raise ApiError("msg_blocks_too_long")
        return blocks

    def view(self, kind: str) -> Json:
        """The checked view of a call."""
        view = self.structure("view")
        if not isinstance(view, dict):
            raise ApiError("invalid_arguments", ["[ERROR] missing required field: view"])
        findings, too_large = view_findings(view, kind)
        if too_large:
            raise ApiError("view_too_large")
        if findings:
            raise ApiError("invalid_arguments", pointed(findings, "/view"))
        return view


def pointed(findings: list[Finding], prefix: str = "") -> list[str]:
    """Slack's sentences: what is wrong, and the JSON pointer of where."""
    return [f"[ERROR] {sentence} [json-pointer:{prefix}{pointer}]" for pointer, sentence in findings]
