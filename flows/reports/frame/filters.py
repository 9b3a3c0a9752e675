"""What is chosen of a report: whose figures, of which cycle, compared with which, and by what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.cycle.owing import whole

VIEW = "report-view"
"""The name of the window that shows a report."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a window, a button or an order says of the report that is meant; what is left empty is the reader's own.

    `name` is the report's, `whose` a scope as `flows.reports.rights` writes it; `cycle` and `before` are ids, or 0.
    """

    name: str
    whose: str = ""
    cycle: int = 0
    by: str = ""
    before: int = 0

    @property
    def about(self) -> tuple[str, ...]:
        """The same as the parts of a button."""
        parts: tuple[str, ...] = (
            self.name,
            self.whose,
            str(self.cycle or ""),
            self.by,
            str(self.before or ""),
        )
        while len(parts) > 1 and not parts[-1]:
            parts = parts[:-1]
        return parts

    @property
    def as_subject(self) -> str:
        """The same as the subject of a form."""
        return json.dumps(self.about, ensure_ascii=False)

    @property
    def as_json(self) -> dict[str, Any]:
        """The same as an order keeps it."""
        return {name: getattr(self, name) for name in self.__slots__}


def filters_of(about: tuple[str, ...]) -> Filters:
    """What the parts of a button say."""
    name, whose, cycle, by, before = (*about, "", "", "", "", "")[:5]
    return Filters(name, whose, whole(cycle), by, whole(before))


def filters_at(subject: str) -> Filters:
    """What the subject of a form says; of no report where it is none of ours."""
    try:
        about = json.loads(subject)
    except (ValueError, RecursionError):
        return Filters("")
    texts = isinstance(about, list) and all(isinstance(part, str) for part in about)
    return filters_of(tuple(about)) if texts else Filters("")


def filters_in(order: Mapping[str, Any]) -> Filters:
    """What an order says."""
    return Filters(
        str(order.get("name", "")), str(order.get("whose", "")), int(order.get("cycle", 0)),
        str(order.get("by", "")), int(order.get("before", 0)),
    )  # fmt: skip
