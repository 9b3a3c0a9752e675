"""Whose figures a report is about: the company, some departments, or everybody below a manager."""

from __future__ import annotations

from dataclasses import dataclass

from flows.core.words import Words


@dataclass(frozen=True, slots=True)
class Scope:
    """The people whom a report counts.

    `departments` is None for all. `below` is the manager whose whole line downwards is meant, without themselves;
    then `departments` is None. `words` name it to the reader ("Sales", "Mei's people", "the company").
    """

    words: Words
    departments: frozenset[str] | None = None
    below: int | None = None

    @property
    def whole(self) -> bool:
        """Whether it is everybody."""
        return self.departments is None and self.below is None
