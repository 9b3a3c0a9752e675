"""A goal's terms in words, and what differs between two of its versions: told the same way everywhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from flows.core.moments import day_words
from flows.core.words import Words, join, same
from flows.goals.amounts import figure, told
from flows.goals.kept import Method, Part, Perspective, Shape, Terms, Visibility

Row = tuple[Words, Words]
Titles = Mapping[int, Words]
"""How the goals above are called, by id, as far as the reader may know it."""

SHAPES: Mapping[Shape, Words] = {
    "number": Words("a number", "数值"),
    "milestones": Words("milestones", "里程碑"),
    "yes_no": Words("yes or no", "是否完成"),
    "objective": Words("an objective with key results", "目标与关键结果"),
}
METHODS: Mapping[Method, Words] = {
    "kpi": Words("KPI", "KPI"),
    "okr": Words("OKR", "OKR"),
    "bsc": Words("BSC", "BSC"),
}
PARTS: Mapping[Part, Words] = {
    "ordinary": Words("ordinary goal", "常规目标"),
    "bonus": Words("bonus item", "加分项"),
    "penalty": Words("penalty item", "扣分项"),
}
PERSPECTIVES: Mapping[Perspective, Words] = {
    "financial": Words("Financial", "财务"),
    "customer": Words("Customer", "客户"),
    "process": Words("Internal process", "内部流程"),
    "learning": Words("Learning and growth", "学习与成长"),
}
VISIBILITIES: Mapping[Visibility, Words] = {
    "public": Words("everybody in the company", "全公司"),
    "team": Words("the team and the managers above", "团队及上级"),
    "private": Words("only the managers above", "仅上级"),
}
LOWER, HIGHER = Words("lower", "越低越好"), Words("higher", "越高越好")
NOTHING = same("")


def _kind(terms: Terms, _titles: Titles) -> Words:
    return METHODS[terms.method] + Words(", ", "，") + SHAPES[terms.shape]


def _amount(terms: Terms, value: Decimal | None) -> Words:
    return NOTHING if value is None else told(value, terms.unit)


def _steps(terms: Terms, _titles: Titles) -> Words:
    line = Words("from {at}: {score}%", "达到 {at}：{score}%")
    return join(line.fill(at=told(at, terms.unit), score=figure(score)) for at, score in terms.steps)


def _weight(terms: Terms, _titles: Titles) -> Words:
    return NOTHING if terms.weight is None else same(f"{figure(terms.weight)}%")


def _parent(terms: Terms, titles: Titles) -> Words:
    if terms.parent is None:
        return NOTHING
    title = titles.get(terms.parent, Words("a goal above", "上级目标"))
    if terms.rule == "sum":
        return title + Words(" (adds up)", "（累加）")
    if terms.rule == "factor" and terms.factor is not None:
        return title + Words(" (times {factor})", "（乘以 {factor}）").fill(factor=figure(terms.factor))
    return title


LINES: tuple[tuple[Words, Callable[[Terms, Titles], Words]], ...] = (
    (Words("Goal", "目标"), lambda terms, _: same(terms.title)),
    (Words("Kind", "类型"), _kind),
    (Words("Starts from", "起点"), lambda terms, _: _amount(terms, terms.baseline)),
    (Words("Target", "目标值"), lambda terms, _: _amount(terms, terms.target)),
    (Words("Stretch", "挑战值"), lambda terms, _: _amount(terms, terms.stretch)),
    (Words("Better is", "方向"), lambda terms, _: LOWER if terms.lower else HIGHER),
    (Words("Milestones", "里程碑"), lambda terms, _: join(map(same, terms.milestones))),
    (Words("Score by steps", "分段计分"), _steps),
    (Words("Weight", "权重"), _weight),
    (Words("Counts as", "计分方式"), lambda terms, _: PARTS[terms.part]),
    (
        Words("Perspective", "维度"),
        lambda terms, _: PERSPECTIVES[terms.perspective] if terms.perspective else NOTHING,
    ),
    (Words("Due", "截止日期"), lambda terms, _: day_words(terms.due) if terms.due else NOTHING),
    (Words("Measured by", "衡量方式"), lambda terms, _: same(terms.measure)),
    (Words("Imported as", "导入指标"), lambda terms, _: same(terms.metric)),
    (Words("Serves", "对应上级目标"), _parent),
    (Words("Seen by", "可见范围"), lambda terms, _: VISIBILITIES[terms.visibility]),
)
USUAL = Terms("")
"""What is not said of a goal: it goes without saying."""


def terms_rows(terms: Terms, titles: Titles | None = None) -> tuple[Row, ...]:
    """Everything that was written, as (what, how much); what is usual or empty is left out."""
    rows = ((label, words(terms, titles or {}), words(USUAL, {})) for label, words in LINES)
    return tuple((label, said) for label, said, usual in rows if said != usual)


def differences(before: Terms, after: Terms, titles: Titles | None = None) -> tuple[Row, ...]:
    """What is another in `after`, as (what, "old → new"); nothing where they say the same."""
    found: list[Row] = []
    for label, words in LINES:
        old, new = words(before, titles or {}), words(after, titles or {})
        if old != new:
            found.append((label, _or_dash(old) + same(" → ") + _or_dash(new)))
    return tuple(found)


def _or_dash(words: Words) -> Words:
    return words if words != NOTHING else same("–")
