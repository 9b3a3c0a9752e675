"""What results would be under another template: the same data by other weights, another formula or another scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flows.core.rounding import half_up
from flows.core.words import Words, join, same
from flows.cycle.template import Template
from flows.goals.amounts import figure
from flows.results.computing import rules_in
from flows.results.expression import Formula
from flows.results.formula import SCORE, Score, Term, score_of
from flows.results.inputs import Rules, value_of
from flows.results.ledger import plain
from flows.results.scale import proposed
from flows.reviews.rules_result import part_named

Part = Mapping[str, Any]
NOTHING = Term("", Decimal(), None)


@dataclass(frozen=True, slots=True)
class Way:
    """A template as a way of making scores, ready for many people."""

    template: Template
    rules: Rules
    formula: Formula | None
    names: Mapping[str, None]
    """The components that it looks at, in its order."""

    def score(self, parts: Mapping[str, Part], kept: Rules) -> Score:
        """The score that these components make, which were kept under rules; what is not among them is missing."""
        as_kept = (self.rules.cap, self.rules.perspectives) == (kept.cap, kept.perspectives)
        values: dict[str, Decimal | None] = dict.fromkeys(self.names)
        for name in self.names.keys() & parts.keys():
            part = parts[name]
            value = part["value"] if as_kept else value_of(part, self.rules)
            values[name] = None if value is None else Decimal(value)
        return score_of(values, self.rules.weights, self.formula, self.rules.cap)


def way_of(template: Template) -> Way:
    rules, formula, names = rules_in(template)
    return Way(template, rules, formula, dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Trial:
    """One person's score and proposed rating, as they are and as they would be, and what makes the difference."""

    person: int
    before: Decimal | None
    after: Decimal | None
    was: str
    becomes: str
    why: Words

    @property
    def scored(self) -> bool:
        """Whether there is a score on both sides, so that one can be higher."""
        return self.before is not None and self.after is not None

    @property
    def change(self) -> Decimal:
        """By how much the score would rise."""
        return (self.after or Decimal()) - (self.before or Decimal())


def tried(here: Way, there: Way, person: int, parts: Mapping[str, Part]) -> Trial:
    """One person under both templates, from the same kept components."""
    before, after = here.score(parts, here.rules), there.score(parts, here.rules)
    return Trial(
        person, before.score, after.score, proposed(here.template, before.score),
        proposed(there.template, after.score), _why(here, there, before, after),
    )  # fmt: skip


def has_same_scale(here: Template, there: Template) -> bool:
    """Whether ratings of both can be compared: the same steps, or the same numbers."""
    return here.free == there.free and {(step.key, step.value) for step in here.scale} == {
        (step.key, step.value) for step in there.scale
    }


def moves(trial: Trial, *, comparable: bool) -> bool:
    """Whether somebody would move: to another rating, or where ratings can't be compared, to another score."""
    return trial.was != trial.becomes if comparable else trial.before != trial.after


def differences(here: Way, there: Way) -> list[Words]:
    """What of the two makes other scores or other ratings, each with both sides."""
    found = [*_weights(here, there), *_rules(here.template, there.template)]
    if not has_same_scale(here.template, there.template):
        return [*found, Words("another rating scale", "评级标准不同")]
    other = {step.key: step.least for step in there.template.scale}
    for step in here.template.scale:
        if step.least != other[step.key]:
            words = Words("{step} from {before} → {after} points on", "{step}的起始分 {before} → {after}")
            before, after = plain(step.least) or "–", plain(other[step.key]) or "–"
            found.append(words.fill(step=step.key, before=before, after=after))
    return found


def _weights(here: Way, there: Way) -> Iterator[Words]:
    ours, theirs = here.rules.weights, there.rules.weights
    for name in dict.fromkeys([*ours, *theirs]):
        before, after = ours.get(name, Decimal()), theirs.get(name, Decimal())
        if before != after:
            yield named(here, there, name) + same(f" {figure(before)}% → {figure(after)}%")


def _rules(here: Template, there: Template) -> Iterator[Words]:
    if here.formula != there.formula:
        yield Words("another formula", "公式不同")
    if here.goal_cap != there.goal_cap:
        caps = f" {figure(here.goal_cap)}% → {figure(there.goal_cap)}%"
        yield Words("goals end at", "目标上限") + same(caps)
    if here.perspectives != there.perspectives:
        yield Words("other weights of the goals' perspectives", "目标维度的权重不同")


def named(here: Way, there: Way, name: str) -> Words:
    """A part of the result, as that template calls it which has it."""
    return part_named((here if name in here.names else there).template, name)


def _why(here: Way, there: Way, before: Score, after: Score) -> Words:
    """What changes most for one person."""
    if after.score is None:
        return after.why or same("")
    if before.score is None or before.score == after.score:
        return Words("the scale proposes it", "由评级标准决定") if before.score is not None else same("")
    if here.formula or there.formula:
        return Words("another formula", "公式不同")
    ours, theirs = ({term.name: term for term in score.terms} for score in (before, after))
    names = dict.fromkeys([*ours, *theirs])
    most = max(names, key=lambda name: abs(_points(theirs.get(name)) - _points(ours.get(name))))
    sides = join((_side(ours.get(most, NOTHING)), _side(theirs.get(most, NOTHING))), " → ", " → ")
    return named(here, there, most) + same(" ") + sides


def _points(term: Term | None) -> Decimal:
    return (term.points if term else None) or Decimal()


def _side(term: Term) -> Words:
    """What a part counts for: "60% × 108"."""
    if term.share is None or term.value is None:
        return Words("not counted", "不计入")
    return same(f"{figure(term.share)}% × {figure(half_up(term.value, SCORE))}")
