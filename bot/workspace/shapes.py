"""How a JSON value is checked against a shape; the small checks from which every block's shape is built."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import available_timezones

Json = dict[str, Any]
Finding = tuple[str, str]
Findings = list[Finding]
Check = Callable[[Any, str, Findings], None]


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of one kind of object besides `type`: needed ones, possible ones, and what binds them."""

    needed: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    also: Check | None = None


def check_shape(shape: Shape, value: Json, at: str, found: Findings) -> None:
    """Append a (JSON pointer, sentence) for each way in which `value` is not of `shape`."""
    before = len(found)
    for name in shape.needed:
        if name not in value:
            found.append((at, f"missing required field: {name}"))
    for name, part in value.items():
        check = shape.needed.get(name) or shape.may.get(name)
        if check is not None:
            check(part, f"{at}/{name}", found)
        elif name != "type":
            found.append((f"{at}/{name}", f"no such field: {name}"))
    if shape.also is not None and len(found) == before:
        shape.also(value, at, found)


def typed_shape(shapes: Mapping[str, Shape], what: str) -> Check:
    """A check for objects whose `type` says which of `shapes` they must have."""

    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.append((at, "must be an object"))
        elif (shape := shapes.get(str(value.get("type")))) is None:
            found.append((f"{at}/type", f"unsupported type of {what}: {value.get('type')}"))
        else:
            check_shape(shape, value, at, found)

    return check


def one_shape(shape: Shape) -> Check:
    """A check for objects without a `type`."""

    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.append((at, "must be an object"))
        elif "type" in value:
            found.append((f"{at}/type", "no such field: type"))
        else:
            check_shape(shape, value, at, found)

    return check


def string(most: int, least: int = 1, pattern: str = "", says: str = "has a wrong format") -> Check:
    known = re.compile(pattern) if pattern else None

    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, str):
            found.append((at, "must provide a string"))
        elif len(value) < least:
            found.append((at, f"must be more than {least - 1} characters"))
        elif len(value) > most:
            found.append((at, f"must be less than {most + 1} characters"))
        elif known is not None and not known.fullmatch(value):
            found.append((at, says))

    return check


def integer(least: int, most: int) -> Check:
    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            found.append((at, "must provide an integer"))
        elif not least <= value <= most:
            found.append((at, f"must be between {least} and {most}"))

    return check


def boolean(value: Any, at: str, found: Findings) -> None:
    if not isinstance(value, bool):
        found.append((at, "must be a boolean"))


def number(value: Any, at: str, found: Findings) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        found.append((at, "must be a number"))


def anything(value: Any, at: str, found: Findings) -> None:
    """For fields whose insides this workspace does not judge."""


def one_of(*names: str) -> Check:
    def check(value: Any, at: str, found: Findings) -> None:
        if value not in names:
            found.append((at, f"must be one of: {', '.join(names)}"))

    return check


def items(check_one: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, at: str, found: Findings) -> None:
        if not isinstance(value, list):
            found.append((at, "must be an array"))
            return
        if len(value) > most:
            found.append((at, f"no more than {most} items allowed"))
        elif len(value) < least:
            found.append((at, f"no fewer than {least} items allowed"))
        for index, part in enumerate(value):
            check_one(part, f"{at}/{index}", found)

    return check


def day(value: Any, at: str, found: Findings) -> None:
    """A date as YYYY-MM-DD."""
    try:
        if len(value) != 10 or date.fromisoformat(value).isoformat() != value:
            raise ValueError
    except (TypeError, ValueError):
        found.append((at, "must be a date in the format YYYY-MM-DD"))


def zone(value: Any, at: str, found: Findings) -> None:
    if value not in available_timezones():
        found.append((at, "must be an IANA time zone"))


clock_time = string(5, 5, r"([01]\d|2[0-3]):[0-5]\d", "must be a time in the format HH:mm")
number_text = string(32, 1, r"-?\d+(\.\d+)?", "must be a number written as a string")
web_url = string(3000, 1, r"https?://\S+", "must be a URL with http or https")
user_id = string(32, 1, r"[UW][A-Z0-9]{8,}", "must be a user id")
conversation_id = string(32, 1, r"[CDGUW][A-Z0-9]{8,}", "must be a conversation id")
