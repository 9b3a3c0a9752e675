"""Numbers and conditions of a formula: each part must give what the part around it needs."""

from __future__ import annotations

import ast

from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.results.expression_text import HOW

CONDITION, NUMBER = "condition", "number"
MOST_PLACES = 4
TAKES = {
    "weighted": (0, 0), "has": (1, 1), "or_else": (2, 2), "min": (2, 9), "max": (2, 9), "round": (1, 2), "clip": (3, 3),
}  # fmt: skip
NEEDS = {
    NUMBER: Words(
        "`{part}` is yes or no, where a number is needed: write `… if {part} else …`.",
        "`{part}` 是条件，此处需要数字：请写 `… if {part} else …`。",
    ),
    CONDITION: Words(
        "`{part}` is a number, where a condition is needed: compare it, such as `{part} >= 60`.",
        "`{part}` 是数字，此处需要条件：请加上比较，例如 `{part} >= 60`。",
    ),
}


def gives_number(tree: ast.expr) -> bool:
    """Whether the formula gives a number, and not a yes or no; a Refusal where its parts don't fit together."""
    return _kind(tree) == NUMBER


def _kind(node: ast.expr) -> str:
    """Whether a part gives a number or a yes or no; a Refusal where its own parts don't fit it."""
    match node:
        case ast.Constant() | ast.Name():
            return NUMBER
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return _all(CONDITION, [operand])
        case ast.UnaryOp(operand=operand):
            return _all(NUMBER, [operand])
        case ast.BinOp(left=left, right=right):
            return _all(NUMBER, [left, right])
        case ast.BoolOp(values=values):
            return _all(CONDITION, values)
        case ast.Compare(left=left, comparators=others):
            _all(NUMBER, [left, *others])
            return CONDITION
        case ast.IfExp(test=test, body=body, orelse=orelse):
            _all(CONDITION, [test])
            return _all(NUMBER, [body, orelse])
        case ast.Call(func=ast.Name(id=name), args=given, keywords=[]) if name in TAKES:
            return _call(name, given)
    raise Refusal(Words("The formula can't be read. ", "公式无法识别。") + HOW)


def _call(name: str, given: list[ast.expr]) -> str:
    least, most = TAKES[name]
    if not least <= len(given) <= most:
        raise Refusal(
            "`{name}()` is given {n} parts, but takes {takes}.", "`{name}()` 给了 {n} 个参数，应为 {takes} 个。",
            name=name, n=len(given), takes=least if least == most else f"{least}–{most}",
        )  # fmt: skip
    _all(NUMBER, given)
    if name == "has":
        if not isinstance(given[0], ast.Name):
            raise Refusal("`has()` is given a component's name.", "`has()` 的参数应为组成项名称。")
        return CONDITION
    if name == "round" and len(given) > 1:
        places = given[1].value if isinstance(given[1], ast.Constant) else None
        if places not in range(MOST_PLACES + 1):
            raise Refusal(
                "`round()` is given the places as a number from 0 to {most}.",
                "`round()` 的小数位应为 0 到 {most} 的数字。",
                most=MOST_PLACES,
            )
    return NUMBER


def _all(kind: str, parts: list[ast.expr]) -> str:
    for part in parts:
        if _kind(part) != kind:
            raise Refusal(NEEDS[kind].fill(part=ast.unparse(part)[:60]))
    return kind
