"""The shapes of Block Kit's composition objects: texts, options, groups, confirmations and rich text."""

from __future__ import annotations

from typing import Any

from bot.workspace.limits import LIMITS
from bot.workspace.shapes import (
    Check,
    Findings,
    Shape,
    anything,
    boolean,
    check_shape,
    items,
    one_of,
    one_shape,
    string,
    typed_shape,
    web_url,
)


def text(most: int, *, markup: bool = False) -> Check:
    """A text object of 1 to `most` characters: plain, or with `markup` also mrkdwn."""
    shapes = {"plain_text": Shape({"text": string(most)}, {"emoji": boolean})}
    if markup:
        shapes["mrkdwn"] = Shape({"text": string(most)}, {"verbatim": boolean})
    return typed_shape(shapes, "text")


def option(*, markup: bool = False, url: bool = False) -> Check:
    """One option; only in an overflow menu with a `url`, only in checkboxes and radio buttons with markup."""
    fields = {"text": text(LIMITS["option_text"], markup=markup), "value": string(LIMITS["option_value"])}
    may = {"description": text(LIMITS["option_text"], markup=markup)}
    if url:
        may["url"] = web_url
    return one_shape(Shape(fields, may))


def options(most: int, *, markup: bool = False, url: bool = False) -> Check:
    """A list of 1 to `most` options with different values."""
    listed = items(option(markup=markup, url=url), most)

    def check(value: Any, at: str, found: Findings) -> None:
        before = len(found)
        listed(value, at, found)
        if len(found) == before:
            distinct([part["value"] for part in value], "option value", at, found)

    return check


def distinct(values: list[str], what: str, at: str, found: Findings) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            found.append((at, f"duplicate {what}: {value}"))
        seen.add(value)


option_groups = items(
    one_shape(Shape({"label": text(LIMITS["group_label"]), "options": options(LIMITS["options"])})),
    LIMITS["options"],
)

confirm = one_shape(
    Shape(
        {
            "title": text(LIMITS["confirm_title"]),
            "text": text(LIMITS["confirm_text"], markup=True),
            "confirm": text(LIMITS["confirm_button"]),
            "deny": text(LIMITS["confirm_button"]),
        },
        {"style": one_of("primary", "danger")},
    )
)

dispatch_config = one_shape(
    Shape(
        {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)},
    )
)

conversation_filter = one_shape(
    Shape(
        {},
        {
            "include": items(one_of("im", "mpim", "private", "public"), 4),
            "exclude_external_shared_channels": boolean,
            "exclude_bot_users": boolean,
        },
    )
)

_STYLE = one_shape(
    Shape(
        {},
        dict.fromkeys(
            ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"),
            boolean,
        ),
    )
)
_INLINE = items(
    typed_shape(
        {
            "text": Shape({"text": string(LIMITS["text_cut"])}, {"style": _STYLE}),
            "link": Shape(
                {"url": string(LIMITS["url"])},
                {"text": string(LIMITS["text_cut"]), "unsafe": boolean, "style": _STYLE},
            ),
            "emoji": Shape(
                {"name": string(255)}, {"unicode": string(255), "skin_tone": anything, "style": _STYLE}
            ),
            "user": Shape({"user_id": string(32)}, {"style": _STYLE}),
            "channel": Shape({"channel_id": string(32)}, {"style": _STYLE}),
            "usergroup": Shape({"usergroup_id": string(32)}, {"style": _STYLE}),
            "broadcast": Shape({"range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
            "date": Shape(
                {"timestamp": anything, "format": string(255)}, {"url": web_url, "fallback": string(255)}
            ),
            "color": Shape({"value": string(7)}),
        },
        "rich text element",
    ),
    10_000,
    0,
)
_SECTION = Shape({"elements": _INLINE})
_RICH_TEXT = {
    "rich_text_section": _SECTION,
    "rich_text_preformatted": Shape({"elements": _INLINE}, {"border": anything, "language": string(64)}),
    "rich_text_quote": Shape({"elements": _INLINE}, {"border": anything}),
    "rich_text_list": Shape(
        {
            "elements": items(typed_shape({"rich_text_section": _SECTION}, "list item"), 10_000),
            "style": one_of("bullet", "ordered"),
        },
        {"indent": anything, "offset": anything, "border": anything},
    ),
}
rich_text_elements = items(typed_shape(_RICH_TEXT, "rich text"), 10_000, 0)


def rich_text(value: Any, at: str, found: Findings) -> None:
    """A whole rich text object, as a field's initial value or a table's cell."""
    if not isinstance(value, dict) or value.get("type") != "rich_text":
        found.append((at, "must be a rich_text object"))
        return
    check_shape(Shape({"elements": rich_text_elements}), value, at, found)
