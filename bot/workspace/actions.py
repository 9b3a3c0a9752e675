"""Finds what a person clicked or filled in, and makes Slack's `actions[]` entry of it."""

from __future__ import annotations

from typing import Any

from bot.workspace.fields import VALUE_KEYS, merged
from bot.workspace.world import NotThereError

Json = dict[str, Any]


def action_entry(blocks: list[Json], block_id: str, action: Json | str, action_ts: str) -> Json:
    """The entry for an element of `blocks`. `action` is as in `actions[]`, or only the action_id of a button.

    Raises NotThereError if nobody could have clicked that.
    """
    given = {"action_id": action} if isinstance(action, str) else action
    block, element = _element(blocks, block_id, given["action_id"])
    entry: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": action_ts,
    }
    if element["type"] == "button":
        entry |= {name: element[name] for name in ("text", "value", "style", "url") if name in element}
    elif element["type"] == "overflow":
        value = given.get("selected_option", given.get("value"))
        wanted = value["value"] if isinstance(value, dict) else value
        chosen = [option for option in element["options"] if option["value"] == wanted]
        if not chosen:
            raise NotThereError(f"there is no choice {wanted!r} in {block_id}")
        entry["selected_option"] = chosen[0]
    elif element["type"] in VALUE_KEYS:
        entry |= fields_filled(blocks, {}, {block_id: {element["action_id"]: given}})[block_id][
            element["action_id"]
        ]
    return entry


def fields_filled(blocks: list[Json], typed: Json, given: Json) -> Json:
    """`typed` with `given` over it; NotThereError if a field or an option of it does not exist."""
    try:
        return merged(blocks, typed, given)
    except KeyError as missing:
        raise NotThereError(f"there is no field or option {missing}") from None


def loose_entry(block_id: str, action: Json | str, action_ts: str) -> Json:
    """An entry for what may not be there: a click on what a slow page still showed, or a forged one."""
    given = {"action_id": action, "type": "button"} if isinstance(action, str) else action
    return {"type": "button", **given, "block_id": block_id, "action_ts": action_ts}


def _element(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json]:
    for block in blocks:
        if block.get("block_id") == block_id:
            for element in (block.get("element"), block.get("accessory"), *block.get("elements", ())):
                if isinstance(element, dict) and element.get("action_id") == action_id:
                    return block, element
    raise NotThereError(f"there is nothing to click at {block_id}/{action_id}")


def response_urls(view_blocks: list[Json], values: Json) -> list[tuple[str, str, str]]:
    """(block_id, action_id, conversation) of every choice that asked for a response_url."""
    wanted = []
    for block in view_blocks:
        element = block.get("element") or {}
        if block["type"] == "input" and element.get("response_url_enabled"):
            entry = values[block["block_id"]][element["action_id"]]
            chosen = entry.get("selected_conversation") or entry.get("selected_channel")
            if chosen:
                wanted.append((block["block_id"], element["action_id"], chosen))
    return wanted
