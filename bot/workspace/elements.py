"""The shapes of Block Kit's interactive elements, and which block may hold which."""

from __future__ import annotations

from typing import Any

from bot.workspace.composition import (
    confirm,
    conversation_filter,
    dispatch_config,
    option,
    option_groups,
    options,
    rich_text,
    text,
)
from bot.workspace.fields import options_of
from bot.workspace.limits import LIMITS
from bot.workspace.shapes import (
    Check,
    Findings,
    Json,
    Shape,
    anything,
    boolean,
    clock_time,
    conversation_id,
    day,
    integer,
    items,
    number_text,
    one_of,
    one_shape,
    string,
    user_id,
    web_url,
    zone,
)

_ACTION: dict[str, Check] = {"action_id": string(LIMITS["action_id"])}
_FOCUS: dict[str, Check] = {"focus_on_load": boolean}
_CONFIRM: dict[str, Check] = {"confirm": confirm}
_HINT: dict[str, Check] = {"placeholder": text(LIMITS["placeholder"])}
_PICK = _ACTION | _FOCUS | _CONFIRM | _HINT
_TYPED = _ACTION | _FOCUS | _HINT | {"dispatch_action_config": dispatch_config}
_MANY: dict[str, Check] = {"max_selected_items": integer(1, LIMITS["options"])}


def _static(value: Json, at: str, found: Findings) -> None:
    if ("options" in value) == ("option_groups" in value):
        found.append((at, "must have either options or option_groups"))
    _initial_known(value, at, found)


def _initial_known(value: Json, at: str, found: Findings) -> None:
    """An initial option must be one of the options, to the letter."""
    known = options_of(value)
    first = value.get("initial_option")
    if first is not None and first not in known:
        found.append((f"{at}/initial_option", "initial option was not found in the options"))
    for index, chosen in enumerate(value.get("initial_options", ())):
        if chosen not in known:
            found.append((f"{at}/initial_options/{index}", "initial option was not found in the options"))


def _lengths(value: Json, at: str, found: Findings) -> None:
    if value.get("min_length", 0) > value.get("max_length", LIMITS["typed"]):
        found.append((f"{at}/min_length", "must not be greater than max_length"))


def _numbers(value: Json, at: str, found: Findings) -> None:
    limits = {
        name: float(value[name]) for name in ("min_value", "max_value", "initial_value") if name in value
    }
    if not value.get("is_decimal_allowed") and any("." in value[name] for name in limits):
        found.append((at, "must be whole numbers unless is_decimal_allowed"))
    low, high = limits.get("min_value", -1e300), limits.get("max_value", 1e300)
    if low > high:
        found.append((f"{at}/min_value", "must not be greater than max_value"))
    if not low <= limits.get("initial_value", low) <= high:
        found.append((f"{at}/initial_value", "must lie between min_value and max_value"))


_OPTIONS: dict[str, Check] = {"options": options(LIMITS["options"]), "option_groups": option_groups}
_FEW = options(LIMITS["few_options"], markup=True)
_ONE_FEW = option(markup=True)
_FEEDBACK = one_shape(
    Shape(
        {"text": text(LIMITS["button_text"]), "value": string(LIMITS["button_value"])},
        {"accessibility_label": string(LIMITS["button_text"])},
    )
)
_SLACK_FILE = one_shape(Shape({}, {"id": string(64), "url": web_url}))


def image_source(value: Json, at: str, found: Findings) -> None:
    if ("image_url" in value) == ("slack_file" in value):
        found.append((at, "must have either image_url or slack_file"))


IMAGE = Shape(
    {"alt_text": string(LIMITS["image_text"])},
    {"image_url": web_url, "slack_file": _SLACK_FILE},
    image_source,
)

ELEMENTS: dict[str, Shape] = {
    "button": Shape(
        {"text": text(LIMITS["button_text"])},
        _ACTION
        | _CONFIRM
        | {
            "value": string(LIMITS["button_value"], 0),
            "url": web_url,
            "style": one_of("primary", "danger"),
            "accessibility_label": string(LIMITS["button_text"]),
        },
    ),
    "image": IMAGE,
    "overflow": Shape({"options": options(LIMITS["overflow_options"], url=True)}, _ACTION | _CONFIRM),
    "checkboxes": Shape(
        {"options": _FEW},
        _ACTION | _CONFIRM | _FOCUS | {"initial_options": items(_ONE_FEW, LIMITS["few_options"])},
        _initial_known,
    ),
    "radio_buttons": Shape(
        {"options": _FEW}, _ACTION | _CONFIRM | _FOCUS | {"initial_option": _ONE_FEW}, _initial_known
    ),
    "static_select": Shape({}, _PICK | _OPTIONS | {"initial_option": option()}, _static),
    "multi_static_select": Shape(
        {}, _PICK | _OPTIONS | _MANY | {"initial_options": items(option(), LIMITS["options"])}, _static
    ),
    "external_select": Shape({}, _PICK | {"min_query_length": integer(0, 3000), "initial_option": option()}),
    "multi_external_select": Shape(
        {},
        _PICK
        | _MANY
        | {"min_query_length": integer(0, 3000), "initial_options": items(option(), LIMITS["options"])},
    ),
    "users_select": Shape({}, _PICK | {"initial_user": user_id}),
    "multi_users_select": Shape({}, _PICK | _MANY | {"initial_users": items(user_id, LIMITS["options"], 0)}),
    "conversations_select": Shape(
        {},
        _PICK
        | {
            "initial_conversation": conversation_id,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": conversation_filter,
        },
    ),
    "multi_conversations_select": Shape(
        {},
        _PICK
        | _MANY
        | {
            "initial_conversations": items(conversation_id, LIMITS["options"], 0),
            "default_to_current_conversation": boolean,
            "filter": conversation_filter,
        },
    ),
    "channels_select": Shape(
        {}, _PICK | {"initial_channel": conversation_id, "response_url_enabled": boolean}
    ),
    "multi_channels_select": Shape(
        {}, _PICK | _MANY | {"initial_channels": items(conversation_id, LIMITS["options"], 0)}
    ),
    "datepicker": Shape({}, _PICK | {"initial_date": day}),
    "timepicker": Shape({}, _PICK | {"initial_time": clock_time, "timezone": zone}),
    "datetimepicker": Shape(
        {}, _ACTION | _CONFIRM | _FOCUS | {"initial_date_time": integer(1_000_000_000, 9_999_999_999)}
    ),
    "plain_text_input": Shape(
        {},
        _TYPED
        | {
            "initial_value": string(LIMITS["typed"], 0),
            "multiline": boolean,
            "min_length": integer(0, LIMITS["typed"]),
            "max_length": integer(1, LIMITS["typed"]),
        },
        _lengths,
    ),
    "number_input": Shape(
        {"is_decimal_allowed": boolean},
        _TYPED | {"initial_value": number_text, "min_value": number_text, "max_value": number_text},
        _numbers,
    ),
    "email_text_input": Shape({}, _TYPED | {"initial_value": string(LIMITS["typed"])}),
    "url_text_input": Shape({}, _TYPED | {"initial_value": string(LIMITS["typed"])}),
    "rich_text_input": Shape(
        {},
        _TYPED
        | {
            "initial_value": rich_text,
            "min_lines": integer(1, LIMITS["lines"]),
            "max_lines": integer(1, LIMITS["lines"]),
        },
    ),
    "file_input": Shape(
        {}, _ACTION | {"filetypes": items(string(20), 100), "max_files": integer(1, LIMITS["files"])}
    ),
    "feedback_buttons": Shape({"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, _ACTION),
    "icon_button": Shape(
        {"icon": one_of("trash"), "text": text(LIMITS["button_text"])},
        _ACTION | _CONFIRM | {"value": string(LIMITS["button_value"]), "visible_to_user_ids": anything},
    ),
}

_SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
_MULTI = {"multi_" + kind for kind in _SELECTS}
_CHOICES = _SELECTS | {"checkboxes", "radio_buttons", "datepicker", "timepicker"}
_WRITTEN = {"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"}


def _only(kinds: set[str]) -> dict[str, Shape]:
    return {kind: ELEMENTS[kind] for kind in sorted(kinds)}


IN_SECTION = _only(_CHOICES | _MULTI | {"button", "image", "overflow"})
IN_ACTIONS = _only(_CHOICES | _MULTI | {"button", "overflow", "datetimepicker", "rich_text_input"})
IN_INPUT = _only(_CHOICES | _MULTI | _WRITTEN | {"datetimepicker", "file_input"})
IN_CONTEXT = {
    "image": IMAGE,
    "plain_text": Shape({"text": string(LIMITS["text"])}, {"emoji": boolean}),
    "mrkdwn": Shape({"text": string(LIMITS["text"])}, {"verbatim": boolean}),
}
IN_CONTEXT_ACTIONS = _only({"feedback_buttons", "icon_button"})


def action_ids(block: Json) -> list[Any]:
    """The action ids that are given in a block, in order."""
    elements = [*block.get("elements", ()), block.get("element"), block.get("accessory")]
    return [
        element["action_id"] for element in elements if isinstance(element, dict) and "action_id" in element
    ]
