"""How amounts and units of goals are said: "8,000,000 CNY", "20 customers", "92.5 %"."""

from __future__ import annotations

from decimal import Decimal

from flows.core.rounding import half_up
from flows.core.typed import tidy
from flows.core.typed_money import CODES, NAMES
from flows.core.words import Words, same

PERCENT = "%"
PERCENT_WORDS = frozenset({"%", "％", "percent", "per cent", "pct", "percentage points", "百分比", "百分之"})
TENTH = Decimal("0.1")
LONGEST_UNIT = 40  # characters


def figure(value: Decimal) -> str:
    """The number with grouped thousands and no needless zeros; it reads the same in both languages."""
    plain = f"{value:,f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"


def told(value: Decimal | None, unit: str) -> Words:
    """An amount with its unit; "–" where there is none."""
    if value is None:
        return same("–")
    if unit == PERCENT:
        return same(f"{figure(value)}%")
    return same(f"{figure(value)} {unit}" if unit else figure(value))


def unit_of(text: str) -> str:
    """The unit as it is kept: "%" and ISO codes for what is typed for them, else the typed words."""
    plain = tidy(text)
    if plain in PERCENT_WORDS:
        return PERCENT
    return CODES.get(plain, " ".join(text.split())[:LONGEST_UNIT])


def is_currency(unit: str) -> bool:
    """Whether the unit is an ISO 4217 code that is understood."""
    return unit in NAMES


def percent(share: Decimal) -> str:
    """A share in percent with at most one decimal: "80%", "66.7%"."""
    return f"{figure(half_up(share, TENTH))}%"
