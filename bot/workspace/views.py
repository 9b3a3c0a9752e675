"""Modals and home tabs: a stack for each person, hashes, and what is typed into their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.workspace.fields import Values, kept_values, state_values

if TYPE_CHECKING:
    from bot.workspace.world import World

Json = dict[str, Any]

DEEPEST = 3


@dataclass(slots=True)
class View:
    """An open modal or a published home tab; `body` is what the bot sent, `typed` what its person put in."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    typed: Values = field(default_factory=dict)

    @property
    def values(self) -> Values:
        """Slack's `view.state.values`."""
        return state_values(self.body["blocks"], self.typed)


def new_hash(world: World) -> str:
    return f"{int(world.now())}.{world.next_number():08x}"


def put_ids(world: World, blocks: list[Json]) -> None:
    """Give every block, and every element that takes one, the id Slack would make up for it."""
    for block in blocks:
        if not block.get("block_id"):
            block["block_id"] = f"b{world.next_number():x}"
        elements = [*block.get("elements", ()), block.get("element"), block.get("accessory")]
        for element in elements:
            if isinstance(element, dict) and needs_action_id(block, element) and not element.get("action_id"):
                element["action_id"] = f"a{world.next_number():x}"


def needs_action_id(block: Json, element: Json) -> bool:
    return (
        block.get("type") in ("actions", "section", "input", "context_actions")
        and element.get("type") != "image"
    )


def open_view(world: World, user: str, body: Json) -> View:
    """Show a modal as the first of a new stack."""
    view = _made(world, user, body, None, None)
    world.stacks[user] = [view]
    world.show_views(user)
    return view


def push_view(world: World, user: str, body: Json) -> View | None:
    """Show a modal on top of the ones that are open; None if there are three already, or none."""
    stack = world.stacks.get(user, [])
    if not stack or len(stack) >= DEEPEST:
        return None
    view = _made(world, user, body, stack[0].id, stack[-1].id)
    stack.append(view)
    world.show_views(user)
    return view


def update_view(world: World, view: View, body: Json) -> View:
    """Show something else in an open modal. What was typed stays in fields that keep both their ids."""
    put_ids(world, body["blocks"])
    view.typed = kept_values(view.body["blocks"], body["blocks"], view.typed)
    view.body, view.hash = body, new_hash(world)
    if view.body["type"] == "home":
        world.show_home(view.user)
    else:
        world.show_views(view.user)
    return view


def publish_home(world: World, user: str, body: Json) -> View:
    """Show a home tab."""
    if user in world.homes:
        return update_view(world, world.homes[user], body)
    world.homes[user] = _made(world, user, body, None, None)
    world.show_home(user)
    return world.homes[user]


def close_view(world: World, view: View) -> None:
    """Take a modal, and whatever lies on it, off the stack."""
    stack = world.stacks.get(view.user, [])
    if view in stack:
        del stack[stack.index(view) :]
        world.show_views(view.user)


def _made(world: World, user: str, body: Json, root: str | None, previous: str | None) -> View:
    put_ids(world, body["blocks"])
    view_id = f"V{world.next_number():010d}"
    return View(view_id, user, body, new_hash(world), root or view_id, previous)


def page_view(view: View, team: Json, bot: Json) -> Json:
    """Slack's view object."""
    body = view.body
    return {
        "id": view.id,
        "team_id": team["id"],
        "type": body["type"],
        "blocks": body["blocks"],
        "private_metadata": body.get("private_metadata", ""),
        "callback_id": body.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": body.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": body.get("clear_on_close", False),
        "notify_on_close": body.get("notify_on_close", False),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": bot["app_id"],
        "external_id": body.get("external_id", ""),
        "app_installed_team_id": team["id"],
        "bot_id": bot["bot_id"],
    }
