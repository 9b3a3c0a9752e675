"""What stands in the fields of a view: Slack's `state.values`, and what its client checks by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]

# Which key of a state entry holds an element's value, and which of the element's own keys it starts from.
VALUE_KEYS: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "files"),
}
LISTS = frozenset(
    kind
    for kind, (key, _) in VALUE_KEYS.items()
    if key in ("files",) or kind.startswith("multi_") or kind == "checkboxes"
)
REQUIRED = "Please complete this required field."


def fields_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every (block, element) of a view or message that holds a value."""
    for block in blocks:
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", ())):
            if isinstance(element, dict) and element.get("type") in VALUE_KEYS:
                yield block, element


def state_values(blocks: list[Json], typed: Values) -> Values:
    """`state.values`: what was typed, and what untouched fields began with."""
    values: Values = {}
    for block, element in fields_of(blocks):
        at, action = block["block_id"], element["action_id"]
        entry = typed.get(at, {}).get(action) or _initial(element)
        values.setdefault(at, {})[action] = entry
    return values


def merged(blocks: list[Json], typed: Values, given: Values) -> Values:
    """`typed` with `given` over it. A value for a field that is not there raises KeyError."""
    known = {(block["block_id"], element["action_id"]): element for block, element in fields_of(blocks)}
    result = {at: dict(actions) for at, actions in typed.items()}
    for at, actions in given.items():
        for action, entry in actions.items():
            element = known[at, action]
            result.setdefault(at, {})[action] = {"type": element["type"], **_full(element, entry)}
    return result


def kept_values(old: list[Json], new: list[Json], typed: Values) -> Values:
    """What stays typed when blocks change: the fields whose block_id, action_id and type are as before."""
    before = {(block["block_id"], element["action_id"]): element["type"] for block, element in fields_of(old)}
    kept: Values = {}
    for block, element in fields_of(new):
        at, action = block["block_id"], element["action_id"]
        if action in typed.get(at, {}) and before.get((at, action)) == element["type"]:
            kept.setdefault(at, {})[action] = typed[at][action]
    return kept


def input_errors(blocks: list[Json], values: Values) -> dict[str, str]:
    """What Slack's client says under the fields of a form, by block_id, before it lets anybody submit."""
    errors = {}
    for block, element in fields_of(blocks):
        if block["type"] == "input":
            entry = values[block["block_id"]][element["action_id"]]
            problem = _input_error(element, entry, bool(block.get("optional")))
            if problem:
                errors[block["block_id"]] = problem
    return errors


def _input_error(element: Json, entry: Json, optional: bool) -> str | None:
    kind = element["type"]
    value = entry.get(VALUE_KEYS[kind][0])
    if value in (None, "", []):
        return None if optional else REQUIRED
    if kind == "plain_text_input":
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        if len(value) < least:
            return f"Please enter at least {least} characters."
        if len(value) > most:
            return f"Please enter no more than {most} characters."
    if kind == "number_input":
        return _number_error(element, value)
    if kind == "email_text_input" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not re.fullmatch(r"[a-zA-Z][\w+.-]*://\S+", value):
        return "Please enter a valid URL."
    most_items = element.get("max_selected_items")
    if isinstance(value, list) and most_items and len(value) > most_items:
        return f"Please select no more than {most_items} items."
    return None


def _number_error(element: Json, value: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a valid number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(value) < float(least):
        return f"Please enter a number that is at least {least}."
    if most is not None and float(value) > float(most):
        return f"Please enter a number that is at most {most}."
    return None


def _initial(element: Json) -> Json:
    key, start = VALUE_KEYS[element["type"]]
    empty: Any = [] if element["type"] in LISTS else None
    entry = {"type": element["type"], key: element.get(start, empty)}
    if element["type"] == "timepicker" and element.get("timezone"):
        entry["timezone"] = element["timezone"]
    return entry


def _full(element: Json, entry: Json) -> Json:
    """An entry with whole options, so that a test may name an option by its value alone."""
    key = VALUE_KEYS[element["type"]][0]
    if key not in entry:
        return {key: [] if element["type"] in LISTS else None}
    value = entry[key]
    if key in ("selected_option", "selected_options") and "external" not in element["type"]:
        pick = {option["value"]: option for option in options_of(element)}
        if key == "selected_option":
            value = None if value is None else pick[_option_value(value)]
        else:
            value = [pick[_option_value(option)] for option in value]
    return {key: value}


def options_of(element: Json) -> list[Json]:
    """All options of a select, checkbox or radio element, those in groups included."""
    groups = [group["options"] for group in element.get("option_groups", ())]
    return [*element.get("options", ()), *(option for group in groups for option in group)]


def _option_value(option: Json | str) -> str:
    return option if isinstance(option, str) else str(option["value"])
