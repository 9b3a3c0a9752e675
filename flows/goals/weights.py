"""The weights of one person's goals: what they sum to, how they are evened out, and what each counts for in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from flows.core.words import Words
from flows.goals.kept import Goal

HUNDRED = Decimal(100)


def weights_problem(goals: Sequence[Goal], perspectives: Mapping[str, Decimal]) -> Words | None:
    """What is wrong with the weights, in words that say what to do; None where they are right.

    `perspectives` are the percent that the cycle's template gives to each BSC perspective, empty where it has none.
    """
    raise NotImplementedError


def evened(goals: Sequence[Goal], perspectives: Mapping[str, Decimal]) -> dict[int, Decimal]:
    """New weights by goal id that sum to 100: in proportion to those there are, else equal; whole percents."""
    raise NotImplementedError


def effective(goals: Sequence[Goal], perspectives: Mapping[str, Decimal]) -> dict[int, Decimal]:
    """What each ordinary goal counts for, as a share of 1, by goal id; they sum to 1."""
    raise NotImplementedError
