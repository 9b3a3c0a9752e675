"""The answers of a check-in as JSON: decimals as text, enum members by their value."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flows.checkins.questions import Health


def plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as JSON: decimals as text, enum members by their value."""
    return {name: _json(value) for name, value in answers.items()}


def _json(value: Any) -> Any:
    if isinstance(value, Health):
        return value.value
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_json(part) for part in value]
    return str(value)
