"""The shapes of Block Kit's blocks."""

from __future__ import annotations

from typing import Any

from bot.workspace.composition import rich_text, rich_text_elements, text
from bot.workspace.elements import (
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    image_source,
)
from bot.workspace.limits import LIMITS
from bot.workspace.shapes import (
    Check,
    Findings,
    Json,
    Shape,
    anything,
    boolean,
    integer,
    items,
    number,
    one_of,
    one_shape,
    string,
    typed_shape,
    web_url,
)

_ID: dict[str, Check] = {"block_id": string(LIMITS["block_id"])}


def _section(value: Json, at: str, found: Findings) -> None:
    if "text" not in value and "fields" not in value:
        found.append((at, "must have text or fields"))


def _input(value: Json, at: str, found: Findings) -> None:
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        found.append((f"{at}/dispatch_action", "not allowed with a file_input"))


def _table(value: Json, at: str, found: Findings) -> None:
    if len({len(row) for row in value["rows"]}) > 1:
        found.append((f"{at}/rows", "all rows must have the same number of cells"))
    if _cell_characters(value["rows"]) > LIMITS["table_characters"]:
        found.append((f"{at}/rows", f"no more than {LIMITS['table_characters']} characters allowed"))


def _cell_characters(part: Any) -> int:
    if isinstance(part, list):
        return sum(map(_cell_characters, part))
    if isinstance(part, dict):
        own = len(part["text"]) if isinstance(part.get("text"), str) else 0
        return own + sum(_cell_characters(inner) for inner in part.values() if isinstance(inner, dict | list))
    return 0


def _card(value: Json, at: str, found: Findings) -> None:
    if not {"hero_image", "title", "actions", "body"} & value.keys():
        found.append((at, "must have one of hero_image, title, actions, body"))


def _container(value: Json, at: str, found: Findings) -> None:
    if "title" not in value and "rich_text_title" not in value:
        found.append((at, "must have title or rich_text_title"))
    if value.get("is_collapsible") and value.get("has_header_divider"):
        found.append((f"{at}/has_header_divider", "not allowed with is_collapsible"))


def _cell(value: Any, at: str, found: Findings) -> None:
    if isinstance(value, dict) and value.get("type") == "rich_text":
        rich_text(value, at, found)
    else:
        _raw_cell(value, at, found)


_raw_cell = typed_shape(
    {
        "raw_text": Shape({"text": string(LIMITS["table_characters"], 0)}),
        "raw_number": Shape({"value": number}, {"text": string(255)}),
    },
    "cell",
)
_ROW = items(_cell, LIMITS["table_columns"])
_COLUMN = one_shape(Shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}))


def _column(value: Any, at: str, found: Findings) -> None:
    if value is not None:
        _COLUMN(value, at, found)


_LABEL = string(LIMITS["chart_label"])
_POINT = one_shape(Shape({"label": _LABEL, "value": number}))
_SERIES = one_shape(Shape({"name": _LABEL, "data": items(_POINT, LIMITS["chart_points"])}))
_AXIS = one_shape(
    Shape(
        {"categories": items(_LABEL, LIMITS["chart_points"])},
        {"x_label": string(LIMITS["chart_title"]), "y_label": string(LIMITS["chart_title"])},
    )
)
_LINES = Shape({"series": items(_SERIES, LIMITS["chart_series"]), "axis_config": _AXIS})
_CHART = typed_shape(
    {
        "pie": Shape({"segments": items(_POINT, LIMITS["chart_series"])}),
        "bar": _LINES,
        "area": _LINES,
        "line": _LINES,
    },
    "chart",
)
_IMAGE = typed_shape({"image": IMAGE}, "image")
_TITLE = text(LIMITS["card_title"], markup=True)
_CARD = Shape(
    {},
    {
        **_ID,
        "hero_image": _IMAGE,
        "icon": _IMAGE,
        "title": _TITLE,
        "subtitle": _TITLE,
        "body": text(LIMITS["card_body"], markup=True),
        "actions": items(typed_shape({"button": IN_ACTIONS["button"]}, "card action"), 5),
    },
    _card,
)

BLOCKS: dict[str, Shape] = {
    "section": Shape(
        {},
        {
            **_ID,
            "text": text(LIMITS["section_text"], markup=True),
            "fields": items(text(LIMITS["field_text"], markup=True), LIMITS["section_fields"]),
            "accessory": typed_shape(IN_SECTION, "element in a section"),
            "expand": boolean,
        },
        _section,
    ),
    "divider": Shape({}, _ID),
    "header": Shape({"text": text(LIMITS["header"])}, _ID),
    "image": Shape(IMAGE.needed, {**_ID, **IMAGE.may, "title": text(LIMITS["image_text"])}, image_source),
    "context": Shape(
        {"elements": items(typed_shape(IN_CONTEXT, "element in a context"), LIMITS["context_elements"])}, _ID
    ),
    "actions": Shape(
        {"elements": items(typed_shape(IN_ACTIONS, "element in actions"), LIMITS["actions_elements"])}, _ID
    ),
    "context_actions": Shape(
        {
            "elements": items(
                typed_shape(IN_CONTEXT_ACTIONS, "element in context actions"),
                LIMITS["context_actions_elements"],
            )
        },
        _ID,
    ),
    "input": Shape(
        {"label": text(LIMITS["input_label"]), "element": typed_shape(IN_INPUT, "element in an input")},
        {**_ID, "hint": text(LIMITS["input_label"]), "optional": boolean, "dispatch_action": boolean},
        _input,
    ),
    "rich_text": Shape({"elements": rich_text_elements}, _ID),
    "markdown": Shape({"text": string(LIMITS["markdown_text"])}, _ID),
    "alert": Shape(
        {"text": text(LIMITS["text"], markup=True)},
        {**_ID, "level": one_of("default", "info", "warning", "error", "success")},
    ),
    "table": Shape(
        {"rows": items(_ROW, LIMITS["table_rows"])},
        {**_ID, "column_settings": items(_column, LIMITS["table_columns"], 0)},
        _table,
    ),
    "data_table": Shape(
        {"rows": items(_ROW, LIMITS["data_table_rows"], 2), "caption": string(LIMITS["text"])},
        {**_ID, "page_size": integer(1, 100), "row_header_column_index": anything},
        _table,
    ),
    "data_visualization": Shape({"title": string(LIMITS["chart_title"]), "chart": _CHART}, _ID),
    "card": _CARD,
    "carousel": Shape(
        {"elements": items(typed_shape({"card": _CARD}, "card"), LIMITS["carousel_cards"])}, _ID
    ),
    "video": Shape(
        {
            "alt_text": string(LIMITS["image_text"]),
            "title": text(LIMITS["video_title"]),
            "thumbnail_url": web_url,
            "video_url": web_url,
        },
        {
            **_ID,
            "author_name": string(LIMITS["video_author"]),
            "description": text(200),
            "provider_name": string(255),
            "provider_icon_url": web_url,
            "title_url": web_url,
        },
    ),
}
BLOCKS["container"] = Shape(
    {"child_blocks": items(typed_shape(dict(BLOCKS), "block in a container"), LIMITS["container_blocks"])},
    {
        **_ID,
        "title": text(LIMITS["container_title"]),
        "rich_text_title": rich_text,
        "subtitle": text(LIMITS["container_title"], markup=True),
        "width": one_of("narrow", "standard", "wide", "full"),
        "icon": _IMAGE,
        "is_collapsible": boolean,
        "default_collapsed": boolean,
        "has_header_divider": boolean,
    },
    _container,
)

ONLY_IN_MODALS = frozenset({"alert"})
ONLY_IN_MESSAGES = frozenset(
    {
        "markdown",
        "table",
        "data_table",
        "data_visualization",
        "card",
        "carousel",
        "container",
        "context_actions",
    }
)
