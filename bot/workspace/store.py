"""Keeps a world in one JSON file, written aside and moved into place, so that there is always a whole one."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.clock import Clock, SystemClock
from bot.workspace.conversations import Conversation, Message
from bot.workspace.people import Member, User
from bot.workspace.views import View
from bot.workspace.world import World

Json = dict[str, Any]

FORMAT = 1


def save_world(world: World, path: Path) -> None:
    """Write everything but trigger ids and response addresses, which do not outlive a process."""
    _write(path, json.dumps(frozen(world), ensure_ascii=False))


def load_world(path: Path, clock: Clock) -> World:
    """The world that was saved at `path`; ValueError if the file is not one. The clock is not moved."""
    kept = _read(path)
    world = World(clock=clock, team=kept["team"]["name"], bot_name=kept["bot"]["name"])
    world.team, world.bot = kept["team"], kept["bot"]
    world.users = {
        one["id"]: User(one["id"], _member(one["member"]), one["updated"]) for one in kept["users"]
    }
    world.conversations = {one["id"]: _conversation(one) for one in kept["conversations"]}
    world.homes = {one["user"]: View(**one) for one in kept["homes"]}
    world.stacks = {user: [View(**one) for one in stack] for user, stack in kept["stacks"].items()}
    world.unread = {user.id: kept["unread"].get(user.id, {}) for user in world.users.values()}
    world.files = kept["files"]
    world.counter, world.last_ts = kept["counter"], kept["last_ts"]
    world.find_again()
    return world


def moment_saved(path: Path) -> datetime | None:
    """The clock's time (aware, UTC) when the file was written; None if there is no file."""
    return datetime.fromtimestamp(_read(path)["now"], UTC) if path.exists() else None


async def keep_saving(world: World, path: Path, closing: asyncio.Event, seconds: float = 1.0) -> None:
    """Save after changes, at most every `seconds` and a twentieth of the time, and once more at `closing`."""
    real = SystemClock()
    pause = seconds
    waiting = asyncio.ensure_future(closing.wait())
    while not closing.is_set():
        await asyncio.wait({waiting}, timeout=pause)
        if world.changed:
            world.changed = False
            began = real.monotonic()
            text = json.dumps(frozen(world), ensure_ascii=False)
            pause = max(seconds, 20 * (real.monotonic() - began))
            await asyncio.to_thread(_write, path, text)
    save_world(world, path)


def frozen(world: World) -> Json:
    """The world as JSON."""
    return {
        "format": FORMAT,
        "now": world.now(),
        "team": world.team,
        "bot": world.bot,
        "users": [asdict(user) for user in world.users.values()],
        "conversations": [_flat_conversation(one) for one in world.conversations.values()],
        "homes": [_flat(home) for home in world.homes.values()],
        "stacks": {user: [_flat(view) for view in stack] for user, stack in world.stacks.items() if stack},
        "unread": world.unread,
        "files": world.files,
        "counter": world.counter,
        "last_ts": world.last_ts,
    }


def _flat(value: Any) -> Json:
    """A dataclass as a dict without copying what is in it: `asdict` would copy every block."""
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _flat_conversation(conversation: Conversation) -> Json:
    return {
        "id": conversation.id,
        "kind": conversation.kind,
        "name": conversation.name,
        "members": conversation.members,
        "user": conversation.user,
        "messages": [_flat(message) for message in conversation.messages.values()],
    }


def _member(kept: Json) -> Member:
    return Member(**{**kept, "roles": tuple(kept["roles"])})


def _conversation(kept: Json) -> Conversation:
    messages = [Message(**one) for one in kept.pop("messages")]
    conversation = Conversation(**kept)
    for message in messages:
        conversation.add(message)
    return conversation


def _read(path: Path) -> Json:
    try:
        kept = json.loads(path.read_text("utf-8", "surrogatepass"))
        if kept["format"] != FORMAT:
            raise ValueError("another format")
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is not a workspace this version can read ({error})") from error
    return dict(kept)


def _write(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", errors="surrogatepass") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
