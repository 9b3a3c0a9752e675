"""How a number is divided: what a goal's target gives towards the one above it."""

from __future__ import annotations

from decimal import Decimal

from flows.goals.kept import LARGEST, PLACES, Terms


def contribution(terms: Terms, parent: Terms) -> Decimal | None:
    """What the target gives towards the parent's, in the parent's unit; None where it gives nothing.

    `sum` adds targets of one unit, except percentages, which don't add up. `factor` is the child's own stated rule
    for another unit: target x factor.
    """
    if terms.target is None or parent.target is None or terms.part != "ordinary":
        return None
    if terms.rule == "factor" and terms.factor is not None:
        return in_places(terms.target * terms.factor)
    if terms.rule == "sum" and terms.unit == parent.unit and terms.unit != "%":
        return terms.target
    return None


def in_places(value: Decimal) -> Decimal | None:
    """The value rounded half to even to `PLACES` decimals; None where it is too large to be kept, or no number."""
    if not value.is_finite() or abs(value) > LARGEST:
        return None
    return value.quantize(Decimal(1).scaleb(-PLACES)).normalize() + 0
