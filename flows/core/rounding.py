"""Rounding as people do it by hand: a figure in the middle goes up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def half_up(value: Decimal, to: Decimal) -> Decimal:
    """Rounded to the places of `to`; a value in the middle goes up (away from zero), where Python's own goes to the even."""
    return value.quantize(to, ROUND_HALF_UP)
