"""What reports read of results as they were opened: counts and sums by where people stood at the release."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from flows.reports.cells import Place
from flows.reports.scope import Scope

Questions = Mapping[str, Sequence[str]]
"""The names of questions, each with the keys that are a step of its scale."""
Sums = Mapping[str, tuple[int, int]]
"""By question: how many people have a value, and the sum of their values in hundredths."""


class ReleasedKeeper(Protocol):
    """None of these has a row for each person: people of one place are one row, or a few. Who is not counted is in none."""

    def ratings(self, cycle: int) -> Sequence[tuple[Place, str, int]]:
        """(place, rating, how many)."""
        ...

    def given(self, cycle: int) -> Sequence[tuple[Place, str, int]]:
        """(place, what the manager rated, how many)."""
        ...

    def scores(self, cycle: int) -> Sequence[tuple[Place, int, int]]:
        """(place without its level, how many have a score, the sum of their scores in hundredths)."""
        ...

    def both(self, before: int, after: int) -> Sequence[tuple[Place, str, str, int]]:
        """(place in the later cycle without its level, rating in the earlier, rating in the later, how many) of those in both."""
        ...

    def reviewed(
        self, cycle: int, phase: str, kind: str, questions: Questions
    ) -> Sequence[tuple[Place, Sums]]:
        """The ratings in reviews with a name about people with a result; places without their level."""
        ...

    def published(self, cycle: int, phase: str, questions: Sequence[str]) -> Sequence[tuple[Place, Sums]]:
        """The same of the averages that are shown of reviews without names, one for each person with a result."""
        ...

    def leaders(self, cycle: int, scope: Scope) -> Mapping[int, str]:
        """The names of those who lead anybody with a result, of whom the scope counts; by id."""
        ...

    def places(self, cycle: int, people: Sequence[int]) -> Mapping[int, Place]:
        """Where these people stood, of those who are counted."""
        ...

    def outside(
        self, cycles: Sequence[int], scopes: Sequence[Scope], apart: Collection[int]
    ) -> Mapping[Place, int]:
        """How many are counted in all these cycles, but in one of them are in none of the scopes, as they stand there
        now; by place in the first, and without those `apart`."""
        ...
