"""The score: Σ weight x component over those that exist, or a template's own formula; pure arithmetic in Decimal.

A component is on the common scale of 0 to 100, the goals up to the template's cap. One that is missing is left out and
the weights of the others are taken in proportion; it never counts as zero. Scores are kept to two decimals, rounded
half up: 82.345 is 82.35.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from flows.core.rounding import half_up
from flows.core.words import Words
from flows.cycle.template import GOAL_CAP
from flows.results.expression import NUMBERS, Formula, Values, weighted_mean

HUNDRED = Decimal(100)
SCORE = Decimal("0.01")  # a score's places
FINEST = Decimal("0.0001")  # a component's, as those of goals

NOTHING = Words("Nothing is known yet.", "目前没有任何数据。")
NO_WEIGHTS = Words(
    "The template gives weights to nothing, so no score is computed.", "模板没有设置权重，因此不计算得分。"
)


@dataclass(frozen=True, slots=True)
class Term:
    """What one component counts for: `share` of 100 after the missing ones are left out, and `points` of the score.

    Both are None for a component that is missing, and `points` where a formula of its own makes the score.
    """

    name: str
    weight: Decimal
    value: Decimal | None
    share: Decimal | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The computed score with two decimals; None where there is none, and `why`. `terms` are in the template's order."""

    score: Decimal | None
    terms: tuple[Term, ...]
    why: Words | None = None

    @property
    def left_out(self) -> tuple[str, ...]:
        """The components that have a weight and no value."""
        return tuple(term.name for term in self.terms if term.value is None)


def score_of(
    values: Values,
    weights: Mapping[str, Decimal],
    formula: Formula | None = None,
    cap: Decimal = GOAL_CAP,
) -> Score:
    """The score of one person's components; it ends at 0 and at `cap`.

    `values` are by component, None for a missing one; without `formula` only those that have a weight count.
    """
    with localcontext(NUMBERS):
        terms = _terms(values, weights, formula)
        if formula is not None:
            found = formula.of(values, weights)
            value, why = found.value, found.why
        else:
            value, why = weighted_mean(values, weights), NOTHING if any(weights.values()) else NO_WEIGHTS
        if value is None:
            return Score(None, terms, why)
        return Score(half_up(min(max(value, Decimal()), cap), SCORE), terms)


def _terms(values: Values, weights: Mapping[str, Decimal], formula: Formula | None) -> tuple[Term, ...]:
    """What each counts for. A formula of its own has no shares; what it uses stands behind what has a weight."""
    names = [name for name, weight in weights.items() if weight]
    if formula is not None:
        names += [name for name in values if name in formula.uses and name not in names]
        return tuple(Term(name, weights.get(name, Decimal()), values.get(name)) for name in names)
    known = {name: value for name in names if (value := values.get(name)) is not None}
    total = sum((weights[name] for name in known), Decimal())
    found = []
    for name in names:
        if name in known:
            share = weights[name] / total
            points = half_up(share * known[name], SCORE)
            found.append(Term(name, weights[name], known[name], half_up(share * HUNDRED, SCORE), points))
        else:
            found.append(Term(name, weights[name], None))
    return tuple(found)
