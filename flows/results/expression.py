"""A template's own formula: a small language of numbers, components and comparisons, checked before it is used.

It is evaluated in Decimal of 28 digits. A component that is missing makes the whole missing, because it never counts
as zero; a formula copes with that by `has(x)`, `or_else(x, y)` or `weighted()`, the usual weighted mean over those
that exist. `round` is half up.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from operator import eq, ge, gt, le, lt, ne, neg, not_, pos
from typing import Any

from simpleeval import SimpleEval  # type: ignore[import-untyped]  # it has no types of its own

from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.results.expression_kinds import gives_number
from flows.results.expression_text import listed, parsed, written

Values = Mapping[str, Decimal | None]
NUMBERS = Context(prec=28, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow])
PROBES = (Decimal(100), Decimal(), Decimal(120), Decimal(50))

BY_ZERO = Words("The formula divides by zero here.", "公式在此处除以零。")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a formula gives for one person: its value, or None and why there is none."""

    value: Decimal | None
    why: Words | None = None


class Missing(Exception):
    """A component was needed that this person does not have."""


def problem(text: str, names: Collection[str]) -> Words | None:
    """What is wrong with the formula over components of these names, and what to change; None where it is right."""
    try:
        formula = Formula(text, names)
    except Refusal as refusal:
        return refusal.words
    if not formula.uses and "weighted" not in text:
        return Words(
            "The formula names no component, so everybody would have the same result. Use {names}, or weighted().",
            "公式没有用到任何组成项，所有人的结果都会一样。请使用 {names} 或 weighted()。",
        ).fill(names=listed(names))
    weights = dict.fromkeys(names, Decimal(1))
    for probe in PROBES:
        alike: dict[str, Decimal | None] = dict.fromkeys(names, probe)
        usual: dict[str, Decimal | None] = dict.fromkeys(names, Decimal(100))
        for values in (alike, *({**usual, name: probe} for name in formula.uses)):
            if formula.of(values, weights).why == BY_ZERO:
                return _by_zero(values)
    return None


def evaluate(text: str, values: Values, weights: Mapping[str, Decimal]) -> Outcome:
    """The formula's value for one person's components; None among them stands for a missing one.

    `weights` are those of the template, for `weighted()`. Raises Refusal where `problem` would name something; of many
    people, build one `Formula`.
    """
    return Formula(text, values).of(values, weights)


class Formula:
    """A formula that has been read and checked, to be used for many people."""

    __slots__ = ("_evaluator", "_names", "_tree", "_weighted", "uses")

    def __init__(self, text: str, names: Collection[str]) -> None:
        self._tree = parsed(text, names)
        self._names = {written(name): name for name in names}
        if not gives_number(self._tree):
            raise Refusal(
                "The formula gives yes or no, but a result is a number: add what it is then, `… if … else …`.",
                "公式得出的是“是/否”，而结果应为数字：请用 `… if … else …` 说明各自的数值。",
            )
        found = (self._names.get(node.id) for node in ast.walk(self._tree) if isinstance(node, ast.Name))
        self.uses = frozenset(name for name in found if name)
        self._weighted: Decimal | None = None
        calls = {**CALLED, "weighted": self._mean}
        self._evaluator = SimpleEval(operators=SIGNS, functions=calls, names={})
        self._evaluator.nodes = {
            kind: read for kind, read in self._evaluator.nodes.items() if kind in LANGUAGE
        } | {ast.Constant: _number}

    def of(self, values: Values, weights: Mapping[str, Decimal]) -> Outcome:
        """Its value, not rounded; or why it has none for this person."""
        with localcontext(NUMBERS):
            self._weighted = weighted_mean(values, weights)
            self._evaluator.names = {short: values.get(name) for short, name in self._names.items()}
            try:
                value = self._evaluator.eval("", self._tree)
                return Outcome(_there(value))
            except Missing:
                return Outcome(
                    None, _missing([name for name in sorted(self.uses) if values.get(name) is None])
                )
            except (DivisionByZero, InvalidOperation):
                return Outcome(None, BY_ZERO)
            except Overflow:
                return Outcome(None, Words("The formula's value is too large.", "公式的结果过大。"))

    def _mean(self) -> Decimal | None:
        return self._weighted


def weighted_mean(values: Values, weights: Mapping[str, Decimal]) -> Decimal | None:
    """Σ w x value ÷ Σ w over those that exist and have a weight; None where none does."""
    known = [
        (weights[name], value) for name, value in values.items() if value is not None and weights.get(name)
    ]
    total = sum((weight for weight, _ in known), Decimal())
    return sum((weight * value for weight, value in known), Decimal()) / total if total else None


def _there(value: Decimal | None) -> Decimal:
    if value is None:
        raise Missing
    return value


def _with_all(does: Callable[..., Any]) -> Callable[..., Any]:
    """The operation, which is missing where one of what it is given is."""
    return lambda *given: does(*map(_there, given))


def _or_else(value: Decimal | None, other: Decimal | None) -> Decimal:
    return _there(other if value is None else value)


def _rounded(value: Decimal, places: Decimal = Decimal()) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)


def _clipped(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    return min(max(value, low), high)


def _number(node: ast.Constant) -> Decimal:
    return Decimal(repr(node.value))  # as it was typed: the shortest text that gives this float again


SIGNS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: _with_all(lambda left, right: left + right),
    ast.Sub: _with_all(lambda left, right: left - right),
    ast.Mult: _with_all(lambda left, right: left * right),
    ast.Div: _with_all(lambda left, right: left / right),
    ast.USub: _with_all(neg), ast.UAdd: _with_all(pos), ast.Not: not_,
    ast.Lt: _with_all(lt), ast.LtE: _with_all(le), ast.Gt: _with_all(gt), ast.GtE: _with_all(ge),
    ast.Eq: _with_all(eq), ast.NotEq: _with_all(ne),
}  # fmt: skip
CALLED: dict[str, Callable[..., Any]] = {
    "has": lambda value: value is not None,
    "or_else": _or_else,
    "min": _with_all(min),
    "max": _with_all(max),
    "round": _with_all(_rounded),
    "clip": _with_all(_clipped),
}
LANGUAGE = (ast.Name, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Call)


def _missing(names: Collection[str]) -> Words:
    return Words(
        "The formula needs {names}, and there is nothing yet.", "公式需要 {names}，目前没有数据。"
    ).fill(names=listed(names))


def _by_zero(values: Values) -> Words:
    said = ", ".join(f"{written(name)} = {value:f}" for name, value in values.items() if value is not None)
    return Words(
        "The formula divides by zero for {values}: guard it, such as `… / max(x, 1)`.",
        "当 {values} 时公式除以零：请避免，例如写 `… / max(x, 1)`。",
    ).fill(values=said[:200])
