"""Lays blocks out within Slack's limits: in parts, or in one piece with a note where it was shortened. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal

Block = dict[str, Any]
Surface = Literal["message", "modal", "home"]

BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
# msg_blocks_too_long is seen near 13,200 characters. A view may have 250 kB: a character has up to 4 bytes, and more
# where the SDK writes it as an escape.
ROOM: dict[Surface, int] = {"message": 11_000, "modal": 220_000, "home": 220_000}
ACTIONS = 25
KEPT = ("actions", "input")  # what a person can do stays, whatever has to go


def cut(groups: Iterable[Sequence[Block]], surface: Surface) -> list[list[Block]]:
    """Blocks in parts that each fit the surface; the blocks of one element stay together where they can."""
    parts: list[list[Block]] = [[]]
    size = 0
    for group in (piece for whole in groups for piece in _pieces(whole, surface)):
        weight = weight_of(group, surface)
        if parts[-1] and (len(parts[-1]) + len(group) > BLOCKS[surface] - 2 or size + weight > ROOM[surface]):
            parts.append([])
            size = 0
        parts[-1].extend(group)
        size += weight
    return parts


def _pieces(group: Sequence[Block], surface: Surface) -> list[Sequence[Block]]:
    if len(group) <= BLOCKS[surface] - 2 and weight_of(group, surface) <= ROOM[surface]:
        return [group]
    return [[block] for block in group]


def fit(blocks: Sequence[Block], surface: Surface, note: Sequence[Block]) -> list[Block]:
    """The blocks in one piece: fields and buttons stay, of the rest as much as fits, and the note where it ends."""
    if len(blocks) <= BLOCKS[surface] and weight_of(blocks, surface) <= ROOM[surface]:
        return list(blocks)
    kept = [block for block in blocks if block["type"] in KEPT][: BLOCKS[surface] - len(note)]
    room = BLOCKS[surface] - len(note) - len(kept)
    left = ROOM[surface] - weight_of(kept, surface)
    found: list[Block] = []
    full = False
    for block in blocks:
        if block["type"] in KEPT:
            found += [block] if any(block is one for one in kept) else []
        elif not full:
            room, left = room - 1, left - weight_of([block], surface)
            full = room < 0 or left < 0
            found += note if full else [block]
    return found


def weight_of(blocks: Sequence[Block], surface: Surface) -> int:
    """What blocks weigh, generously: characters in a message, bytes in a view."""
    characters = sum(len(json.dumps(block, ensure_ascii=False)) for block in blocks)
    if surface == "message":
        return characters
    return max(4 * characters, sum(len(json.dumps(block)) for block in blocks))


def numbered(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with neighbouring actions joined and an action id for each button, unique on the surface."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        both = (
            [*before["elements"], *block["elements"]]
            if before and before["type"] == block["type"] == "actions"
            else []
        )
        if 0 < len(both) <= ACTIONS:
            joined[-1] = actions(both)
        else:
            joined.append(block)
    number = 0
    for block in joined:
        pressed = block.get("elements", []) if block["type"] == "actions" else [block.get("accessory")]
        for element in pressed:
            if element:
                element["action_id"] = f"act.{number}"
                number += 1
    return joined


def actions(elements: list[Block]) -> Block:
    return {"type": "actions", "elements": elements}
