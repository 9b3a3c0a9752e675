"""Column types and serializers that keep any text a person can type, on either database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

REPLACEMENT = "\ufffd"
AMOUNT_PLACES, AMOUNT_MOST = 4, 10**18


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


class Amount(TypeDecorator[Decimal]):
    """A Decimal of at most 4 decimals and 10¹⁴, as whole ten-thousandths: either database sums it without rounding.

    Whoever keeps one has seen to its size and places (`flows.goals.tree.dividing.in_places`); ValueError otherwise.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        whole = value.scaleb(AMOUNT_PLACES)
        if not value.is_finite() or whole != whole.to_integral_value() or abs(whole) > AMOUNT_MOST:
            raise ValueError("an amount has too many digits to be kept")
        return int(whole)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else amount(value)


def amount(kept: int) -> Decimal:
    """The amount that a whole number of ten-thousandths stands for."""
    whole, rest = divmod(kept, 10**AMOUNT_PLACES)
    return Decimal(whole) if not rest else Decimal(kept).scaleb(-AMOUNT_PLACES).normalize()


class Exact(TypeDecorator[Decimal]):
    """A Decimal of any number of places, as its text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value)


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
    return keepable(COMPACT.encode(value))


def from_json(text: str | bytes) -> Any:
    """The value; most of what is kept about a person is an empty list, which needs no parser."""
    if text == "[]":
        return []
    return {} if text == "{}" else json.loads(text)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
"""Made once: `json.dumps` makes one for each value."""
