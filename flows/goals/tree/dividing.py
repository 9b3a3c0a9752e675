"""How a number is divided: what a goal's target gives towards the one above it."""

from __future__ import annotations

from decimal import Decimal

from flows.goals.amounts import PERCENT
from flows.goals.kept import LARGEST, PLACES, Terms


def contribution(terms: Terms, parent: Terms) -> Decimal | None:
    """What the target gives towards the parent's, in the parent's unit; None where it gives nothing.

    `sum` adds targets of one unit and one direction (a limit adds nothing to what is to be reached), except
    percentages, which don't add up. `factor` is the child's own stated rule for another unit: target x factor.
    """
    if terms.target is None or parent.target is None or terms.part != "ordinary":
        return None
    if terms.rule == "factor" and terms.factor is not None:
        return in_places(terms.target * terms.factor)
    return terms.target if terms.rule == "sum" and adds_up(terms, parent) else None


def adds_up(terms: Terms, parent: Terms) -> bool:
    """Whether both targets are amounts of the same, so that the one is a part of the other."""
    return terms.unit == parent.unit != PERCENT and terms.lower == parent.lower


def evenly(total: Decimal, parts: int) -> list[Decimal]:
    """The amount in so many parts that sum to it: whole ones where it is whole; the first are one step larger.

    Units: those of `total`, which has at most `PLACES` decimals.
    """
    step = Decimal(1) if total == total.to_integral_value() else Decimal(1).scaleb(-PLACES)
    each, left = divmod(int(total / step), parts)
    return [(each + (place < left)) * step for place in range(parts)]


def in_places(value: Decimal) -> Decimal | None:
    """The value rounded half to even to `PLACES` decimals; None where it is too large to be kept, or no number."""
    if not value.is_finite() or abs(value) > LARGEST:
        return None
    return value.quantize(Decimal(1).scaleb(-PLACES)).normalize() + 0
