"""How a score came about, as a screen: the formula in its numbers, and each part down to where it comes from.

It is drawn from what is kept with a version alone, so an old one reads as it did.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flows.core.rounding import half_up
from flows.core.screen import Button, Element, Facts, Heading, Line, Note, Quote, Row
from flows.core.words import Words, count, join, same
from flows.cycle.template import Template
from flows.goals.amounts import figure, percent, told
from flows.goals.kept import Source
from flows.goals.measure.standing import Standing
from flows.results.expression import Formula
from flows.results.formula import FINEST, HUNDRED, Score, Term
from flows.results.inputs import Of, Rules, rescored, rules_of, sheet_of, standings_of, worth
from flows.results.scale import proposal_words
from flows.reviews.published import NOT_YOURS
from flows.reviews.rules_result import part_named

Kept = Mapping[str, Any]
Way = Callable[[str, int], Button | None]
"""The button to a source ("goal", "review") of that id, for a reader who may open it."""

NOTHING = same("")
MADE = Words("How the score is made", "得分的构成")
PRIVATE = Words("A goal that is not open to you", "一个未对你公开的目标")
MISSING: Mapping[str, Words] = {
    "not_yet": Words("counts once nobody can write any more", "在填写截止后才计入"),
    "nobody": Words("nobody has given it", "没有人评价"),
    "too_few": Words("too few have answered, so it counts for nobody", "作答人数不足，不计入"),
    "not_written": Words("the manager's review has not been sent", "上级评估尚未提交"),
    "not_judged": Words("it could not be judged", "评估人表示无法判断"),
    "no_goals": Words("no goal is agreed", "没有已确认的目标"),
    "no_values": Words("no goal has a value yet", "目标都还没有数据"),
}
"""Why a part is missing."""

TYPED = Words("No data say it: the manager has given this number.", "没有数据来源：由上级填写。")
SOURCES: Mapping[Source, Words] = {
    "checkin": Words("weekly report", "周报"), "goal": Words("reported for the goal", "在目标中填报"),
    "import": Words("imported", "导入"), "api": Words("sent by another system", "由其他系统传入"),
}  # fmt: skip


def whole(
    template: Template,
    inputs: Kept,
    own: Callable[[int], bool],
    way: Way,
    hidden: Collection[str] = (),
) -> list[Element]:
    """All of the computation. `own` says whether a private goal may be named to the reader.

    `hidden` are the names of parts that the reader isn't shown, having been asked about the person themself.
    """
    rules = rules_of(inputs)
    parts = {one["name"]: one for one in inputs.get("components", ())}
    score = rescored(inputs, rules, Formula(rules.formula, parts) if rules.formula else None)
    body: list[Element] = [Heading(MADE), *_made(template, rules, score, hidden)]
    if missing := [term.name for term in score.terms if term.value is None and term.name not in hidden]:
        body.append(Note(_left_out(template, parts, missing, by_weight=not rules.formula)))
    if score.score is not None and inputs.get("proposed"):
        body.append(Line(proposal_words(template, score.score, inputs["proposed"])))
    for term in score.terms:
        if term.name in hidden:
            body += [Heading(part_named(template, term.name)), Line(NOT_YOURS)]
        elif part := parts.get(term.name):
            body += _part(template, rules, part, term, own, way)
    return body


def _made(template: Template, rules: Rules, score: Score, hidden: Collection[str]) -> list[Element]:
    """The formula in its numbers; the sum is left out where one of them is hidden."""
    known = [term for term in score.terms if term.value is not None and term.name not in hidden]
    rows = tuple((part_named(template, term.name), _counted(term)) for term in known)
    body: list[Element] = [Facts(rows)] if rows else []
    if rules.formula:
        body.append(Quote(rules.formula))
    result = same(_number(score.score)) if score.score is not None else score.why or NOTHING
    if not rules.formula and score.score is not None and not hidden:
        result = same(f"{_weighted(known)} = ") + result
    return [*body, Line(Words("Score: {result}", "得分：{result}").fill(result=result))]


def _weighted(known: Sequence[Term]) -> str:
    """The weighted mean with every digit that it was made from, so that it can be done again by hand."""
    total = sum((term.weight for term in known), Decimal())
    if total == HUNDRED or len(known) == 1:
        return " + ".join(f"{figure(term.share or Decimal())}% × {_number(term.value)}" for term in known)
    text = " + ".join(f"{figure(term.weight)} × {_number(term.value)}" for term in known)
    return f"({text}) ÷ {figure(total)}"


def _counted(term: Term) -> Words:
    """What a part is and what it adds."""
    value = same(_number(term.value))
    if term.points is None:
        return value
    return value + Words(" · weight {weight}% · adds {points}", " · 权重 {weight}% · 贡献 {points} 分").fill(
        weight=figure(term.weight), points=_number(term.points)
    )


def _left_out(template: Template, parts: Kept, missing: Sequence[str], *, by_weight: bool) -> Words:
    told_ones = join(
        part_named(template, name)
        + Words(" ({why})", "（{why}）").fill(
            why=MISSING.get(parts.get(name, {}).get("missing", ""), NOTHING)
        )
        for name in missing
    )
    words = Words("Left out: {parts}.", "未计入：{parts}。").fill(parts=told_ones)
    if by_weight:
        words += Words(
            " The weights of the others are taken in proportion; what is missing never counts as zero.",
            "其余部分的权重按比例折算；缺失的部分绝不按 0 分计算。",
        )
    return words


def _part(
    template: Template, rules: Rules, part: Kept, term: Term, own: Callable[[int], bool], way: Way
) -> list[Element]:
    """One part down to its sources."""
    heading = part_named(template, part["name"])
    if term.value is not None:
        heading += same(f" · {_number(term.value)}")
    if "typed" in part:
        button = way("review", part["review"])
        return [Heading(heading), Row(TYPED, button) if button else Line(TYPED)]
    if part.get("goals"):
        return [Heading(heading), *_goals(part["goals"], rules, own, way)]
    if part.get("value") is None:
        return []
    if "rated" in part:
        words = Words("Rated ", "评分 ") + counted_words(part["rated"], part["of"])
        button = way("review", part["review"])
        return [Heading(heading), Row(words, button) if button else Line(words)]
    return [Heading(heading), *_averages(template, part, way)]


def counted_words(given: str, of: Of) -> Words:
    """A step, or an average of steps, with what it counts for."""
    if isinstance(of, str):
        words = Words("{given} of {of}: {given} ÷ {of} × 100", "{given}（最高 {of}）：{given} ÷ {of} × 100")
        return words.fill(given=given, of=of)
    points = figure(half_up(worth(Decimal(given), of), FINEST))
    words = Words("{given} of {of}, which counts {points}", "{given}（最高 {of}），计 {points} 分")
    return words.fill(given=given, of=max(of, key=int), points=points)


def _averages(template: Template, part: Kept, way: Way) -> list[Element]:
    """The average of each question out of its highest step, and how many gave it where they are named."""
    phase = template.phase(part["phase"])
    form = template.reviews.get(phase.review or "") if phase else None
    asked = {one.name: one.words for one in form.questions} if form else {}
    rows = tuple(
        (
            asked.get(name, same(name)),
            counted_words(average, part["of"][name]),
        )
        for name, average in part["averages"].items()
    )
    numbers = part.get("reviews") or part.get("guests")
    how = (
        count(
            len(numbers), "The average of {n} review.", "The averages of {n} reviews.", "{n} 份评估的平均分。"
        )
        if numbers
        else Words(
            "Averages of everybody who answered, rounded to halves. Nobody can tell who said what.",
            "所有作答人的平均分（取整到 0.5），没有人能知道是谁给出的。",
        )
    )
    more = Words(
        " What counts is the mean of what the questions count for.",
        "各题折算后取平均。",
    )
    buttons = [button for one in part.get("reviews", ()) if (button := way("review", one))]
    return [
        Facts(rows),
        Note(how + more),
        *(Row(Words("A review of it", "其中一份评估"), one) for one in buttons),
    ]


def _goals(goals: Sequence[Kept], rules: Rules, own: Callable[[int], bool], way: Way) -> list[Element]:
    """The whole of the goals, then each with its value, where that is from, its formula and its share."""
    sheet = sheet_of(goals, rules)
    shares = {line.goal: line.share for line in sheet.lines}
    body: list[Element] = [Line(sheet.formula)]
    for kept, found in zip(goals, standings_of(goals, rules.cap), strict=True):
        name = same(found.goal.title) if own(found.goal.id) or not kept.get("private") else PRIVATE
        words = join(_goal(kept, found, shares.get(found.goal.id)), " · ", " · ")
        button = way("goal", found.goal.id)
        body.append(Row(words, button, name) if button else Line(name + same("\n") + words))
    return body


def _goal(kept: Kept, found: Standing, share: Decimal | None) -> list[Words]:
    """Its value and where that is from, the formula, and what it counts for."""
    parts: list[Words] = []
    if found.goal.state != "agreed":
        return [Words("not agreed, so it does not count by itself", "尚未确认，本身不计入")]
    if found.value is not None:
        parts.append(found.valued if found.valued.en else told(found.value, found.goal.terms.unit))
    if "source" in kept:
        parts.append(SOURCES.get(kept["source"], NOTHING))
    parts.append(found.formula)
    if share is not None:
        parts.append(Words("counts for {share}", "占 {share}").fill(share=percent(share)))
    return parts


def _number(value: Decimal | None) -> str:
    """A number with every decimal that counts: a part has four at most, a score two."""
    return "–" if value is None else figure(half_up(value, FINEST))
