"""Whether Slack would take these blocks, this message, this view: each fault as pointer and sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.workspace.block_shapes import BLOCKS, ONLY_IN_MESSAGES, ONLY_IN_MODALS
from bot.workspace.composition import distinct, text
from bot.workspace.elements import action_ids
from bot.workspace.limits import LIMITS
from bot.workspace.shapes import Check, Finding, Findings, Json, Shape, anything, boolean, check_shape, string

__all__ = ["Finding", "message_findings", "view_findings"]

_VIEW: Mapping[str, Check] = {
    "callback_id": string(LIMITS["callback_id"], 0),
    "private_metadata": string(LIMITS["private_metadata"], 0),
    "external_id": string(LIMITS["external_id"], 0),
}
_MODAL = Shape(
    {"title": text(LIMITS["view_title"]), "blocks": anything},
    {
        **_VIEW,
        "submit": text(LIMITS["view_button"]),
        "close": text(LIMITS["view_button"]),
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = Shape({"blocks": anything}, _VIEW)


def message_findings(blocks: list[Any]) -> tuple[Findings, bool]:
    """What is wrong with a message's blocks, and whether they hold more characters than Slack takes."""
    found: Findings = []
    if len(blocks) > LIMITS["message_blocks"]:
        found.append(("/blocks", f"no more than {LIMITS['message_blocks']} items allowed"))
    _check_blocks(blocks, found, "message")
    for kind, most in (("table", 1), ("data_visualization", LIMITS["charts"])):
        if sum(isinstance(block, dict) and block.get("type") == kind for block in blocks) > most:
            found.append(("/blocks", f"no more than {most} blocks of type {kind} allowed"))
    return found, not found and _characters(blocks) > LIMITS["message_characters"]


def view_findings(view: Json, kind: str) -> tuple[Findings, bool]:
    """What is wrong with a view that should be a `kind` ("modal" or "home"), and whether it is too large."""
    if len(json.dumps(view, ensure_ascii=False).encode("utf-8", "surrogatepass")) > LIMITS["view_bytes"]:
        return [], True
    found: Findings = []
    if view.get("type") != kind or kind not in ("modal", "home"):
        return [("/type", f"must be {kind if kind in ('modal', 'home') else 'modal or home'}")], False
    check_shape(_MODAL if kind == "modal" else _HOME, view, "", found)
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        found.append(("/blocks", "must be an array"))
        return found, False
    if len(blocks) > LIMITS["view_blocks"]:
        found.append(("/blocks", f"no more than {LIMITS['view_blocks']} items allowed"))
    _check_blocks(blocks, found, kind)
    inputs = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if kind == "modal" and inputs and "submit" not in view:
        found.append(("", "missing required field: submit (the view has input blocks)"))
    return found, False


def _check_blocks(blocks: list[Any], found: Findings, surface: str) -> None:
    for index, block in enumerate(blocks):
        at = f"/blocks/{index}"
        kind = block.get("type") if isinstance(block, dict) else None
        elsewhere = (surface != "message" and kind in ONLY_IN_MESSAGES) or (
            surface != "modal" and kind in ONLY_IN_MODALS
        )
        if kind not in BLOCKS or elsewhere:
            found.append((f"{at}/type", f"unsupported type: {kind}"))
            continue
        before = len(found)
        check_shape(BLOCKS[kind], block, at, found)
        if len(found) == before:
            distinct(action_ids(block), "action_id in one block", at, found)
    known = [block for block in blocks if isinstance(block, dict)]
    ids = [block["block_id"] for block in known if isinstance(block.get("block_id"), str)]
    distinct(ids, "block_id", "/blocks", found)
    if not found:
        _check_sums(known, found)


def _check_sums(blocks: list[Json], found: Findings) -> None:
    """The rules that hold over all blocks of a payload."""
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > LIMITS["markdown_text"]:
        found.append(("/blocks", f"markdown blocks hold more than {LIMITS['markdown_text']} characters"))
    elements = [
        part for block in blocks for part in (block.get("element"), block.get("accessory"), *_parts(block))
    ]
    if sum(isinstance(part, dict) and part.get("focus_on_load") is True for part in elements) > 1:
        found.append(("/blocks", "only one element can have focus_on_load"))


def _parts(block: Json) -> list[Any]:
    return list(block.get("elements", ()))


def _characters(value: Any) -> int:
    """The characters of all texts in blocks."""
    count = 0
    queue: list[Any] = [value]
    while queue:
        part = queue.pop()
        if isinstance(part, list):
            queue.extend(part)
        elif isinstance(part, dict):
            for name, inner in part.items():
                if name == "text" and isinstance(inner, str):
                    count += len(inner)
                elif isinstance(inner, dict | list):
                    queue.append(inner)
    return count
