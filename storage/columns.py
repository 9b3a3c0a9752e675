"""Column types and serializers that keep any text a person can type, on either database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

REPLACEMENT = "\ufffd"


class Wording(TypeDecorator[str]):
    """Text. A NUL or half of a surrogate pair, which PostgreSQL or UTF-8 can't hold, becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else keepable(value)


class Sortable(Wording):
    """Text in byte order, which SQLite has anyway: the index then finds all that begin alike."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Text(collation="C") if dialect.name == "postgresql" else Text()


def keepable(text: str) -> str:
    """The text as both databases can hold it; the halves of a pair that belong together are joined."""
    if "\0" in text:
        text = text.replace("\0", REPLACEMENT)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def to_json(value: Any) -> str:
    """Compact JSON in plain UTF-8: a column of Chinese answers stays readable and a third of the size."""
    return keepable(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain))


def from_json(text: str | bytes) -> Any:
    """The value; most of what is kept about a person is an empty list, which needs no parser."""
    if text == "[]":
        return []
    return {} if text == "{}" else json.loads(text)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
