"""What needs to know every duty: the digest, why it came, to hand a task over, and to say that it does not apply."""

from __future__ import annotations

from flows.core.catalog import Catalog
from flows.cycle.nudges.digest import CARRIED, carrying, day_letter
from flows.cycle.nudges.handing import hand_over_flow
from flows.cycle.nudges.waive import does_not_apply_flow
from flows.cycle.nudges.why import why_view


def dealings(catalog: Catalog) -> list[object]:
    """Letters, views and flows made over the whole catalogue, to be added to it."""
    carriers = [carrying(catalog, catalog.letters[name]) for name in CARRIED if name in catalog.letters]
    return [
        day_letter(catalog), *carriers, why_view(catalog), hand_over_flow(catalog), does_not_apply_flow(catalog)
    ]  # fmt: skip
