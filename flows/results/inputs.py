"""What a score was made of, as JSON that is kept with it, and the same score out of that JSON at any later date.

{"rule": 1, "cap": "120", "weights": {name: percent}, "formula": text, "perspectives": {name: percent},
"components": [...], "proposed": rating}; decimals are texts, and what is empty is left out. A component has its "name"
and "value" (null: missing, and "missing" says why), and where the value comes from:
- goals: "goals", each with its "goal" id, "terms", "value", "attainment", how the value came about ("valued"), and the
  last reading that counts ("reading", "day", "source");
- goals without any data, where the manager has typed what was reached: "typed", "review" id and "by" besides "goals";
- a rating of the manager's review: "review" id, "phase", "by", "rated" and "of", the highest step (or {step: points});
- what others gave: "phase", "averages" and the same "of", by question; with names also "reviews" or "guests".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from flows.core.rounding import half_up
from flows.core.words import Words
from flows.cycle.template import GOAL_CAP
from flows.goals.kept import Goal
from flows.goals.measure.attainment import Attained, attained, objective
from flows.goals.measure.standing import Standing, is_result_of
from flows.goals.measure.whole import Sheet, sheet_attainment
from flows.goals.terms_json import from_json as terms_of
from flows.goals.terms_json import to_json as terms_json
from flows.results.expression import Formula
from flows.results.formula import FINEST, HUNDRED, Score, score_of

Of = str | Mapping[str, str]
"""The highest step of a rating; or, where its template says so, the points of each step."""

RULE = 1  # of how components make a score; a later one will know by it what an older version was computed by
GOALS = "goals"
TYPED_GOALS = (
    "goals%"  # where a manager's review keeps what was typed for goals without data; no question is called so
)
NEVER_COUNTED = ("due", "measure", "rule", "factor", "visibility")
"""Terms of a goal from which no attainment follows."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a result on the common scale (None: missing), with where it comes from as plain JSON."""

    name: str
    value: Decimal | None
    source: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        value = None if self.value is None else text(self.value)
        return {"name": self.name, "value": value, **self.source}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a template says about a score."""

    weights: Mapping[str, Decimal]
    cap: Decimal = GOAL_CAP
    formula: str | None = None
    perspectives: Mapping[str, Decimal] | None = None

    def as_json(self) -> dict[str, Any]:
        kept: dict[str, Any] = {"rule": RULE, "cap": text(self.cap), "weights": texts(self.weights)}
        if self.formula:
            kept["formula"] = self.formula
        if self.perspectives:
            kept["perspectives"] = texts(self.perspectives)
        return kept


def rules_of(inputs: Mapping[str, Any]) -> Rules:
    """The rules that the inputs were computed by."""
    return Rules(
        numbers(inputs.get("weights", {})), Decimal(inputs.get("cap", GOAL_CAP)), inputs.get("formula"),
        numbers(inputs.get("perspectives", {})),
    )  # fmt: skip


def recompute(inputs: Mapping[str, Any]) -> Decimal | None:
    """The score that follows from kept inputs, down from the goals' values and the given ratings."""
    rules = rules_of(inputs)
    names = [one["name"] for one in inputs.get("components", ())]
    return rescored(inputs, rules, Formula(rules.formula, names) if rules.formula else None).score


def rescored(inputs: Mapping[str, Any], rules: Rules, formula: Formula | None = None) -> Score:
    """The same components under these rules: another cap and other perspectives are counted from the values again."""
    values = {one["name"]: value_of(one, rules) for one in inputs.get("components", ())}
    return score_of(values, rules.weights, formula, rules.cap)


def value_of(component: Mapping[str, Any], rules: Rules) -> Decimal | None:
    """A component's value out of its sources."""
    if "typed" in component:
        return min(Decimal(component["typed"]), rules.cap)
    if "goals" in component:
        return sheet_of(component["goals"], rules).whole
    if component.get("value") is None:
        return None
    if "rated" in component:
        return on_scale({"": component["rated"]}, {"": component["of"]})
    return on_scale(component["averages"], component["of"])


def on_scale(averages: Mapping[str, str], of: Mapping[str, Of]) -> Decimal | None:
    """Ratings on the common scale: the mean over the questions of what each counts for; None without any."""
    parts = [worth(Decimal(value), of[name]) for name, value in averages.items()]
    return half_up(sum(parts, Decimal()) / len(parts), FINEST) if parts else None


def worth(value: Decimal, of: Of) -> Decimal:
    """What a step, or an average between steps, counts for: its points, in between on the straight line between both
    neighbours; of steps without points value ÷ highest step x 100."""
    if isinstance(of, str):
        return value / Decimal(of) * HUNDRED
    known = sorted((Decimal(step), Decimal(points)) for step, points in of.items())
    for (low, least), (high, most) in pairwise(known):
        if value <= high:
            return least + (most - least) * (max(value, low) - low) / (high - low)
    return known[-1][1]


def goal_json(standing: Standing) -> dict[str, Any]:
    """One goal with all that its attainment follows from."""
    goal, terms = standing.goal, terms_json(standing.goal.terms)
    kept: dict[str, Any] = {
        "goal": goal.id,
        "terms": {name: value for name, value in terms.items() if name not in NEVER_COUNTED},
        "value": None if standing.value is None else text(standing.value),
        "attainment": None if standing.attainment is None else text(standing.attainment),
    }
    if goal.state != "agreed":
        kept["state"] = goal.state
    if goal.terms.visibility == "private":
        kept["private"] = True
    if standing.valued.en:
        kept["valued"] = [standing.valued.en, standing.valued.zh]
    if standing.readings:
        last = standing.readings[-1]
        kept |= {"reading": last.id, "day": last.day.isoformat(), "source": last.source}
    return kept


def sheet_of(goals: Sequence[Mapping[str, Any]], rules: Rules) -> Sheet:
    """The person's goals as one number, as `flows.goals.measure.whole` makes it of them."""
    return sheet_attainment(standings_of(goals, rules.cap), rules.perspectives or {}, rules.cap)


def standings_of(goals: Sequence[Mapping[str, Any]], cap: Decimal) -> list[Standing]:
    """Where each goal stood, from its kept value on: attainment, score and the formula in its numbers."""
    kept = [
        (Goal(one["goal"], 0, terms_of(one["terms"]), state=one.get("state", "agreed")), one) for one in goals
    ]
    found: dict[int, Standing] = {}
    for goal, one in sorted(kept, key=lambda pair: pair[0].terms.shape == "objective"):
        value = None if one["value"] is None else Decimal(one["value"])
        reached = (
            _objective(goal, found) if goal.terms.shape == "objective" else attained(goal.terms, value, cap)
        )
        valued = Words(*one["valued"]) if "valued" in one else Words("", "")
        found[goal.id] = Standing(
            goal, (), value, reached.percent, reached.formula, score=reached.score, valued=valued
        )
    return [found[goal.id] for goal, _ in kept]


def _objective(goal: Goal, found: Mapping[int, Standing]) -> Attained:
    results = [one for one in found.values() if is_result_of(one.goal, goal)]
    return objective([(one.goal.terms.weight, one.attainment, one.score) for one in results])


def text(value: Decimal) -> str:
    """A decimal without exponent and needless zeros."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def texts(values: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: text(value) for name, value in values.items()}


def numbers(kept: Mapping[str, str]) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in kept.items()}
