"""What the rule book says of results: what they are made of, the scale, how ratings spread, and how results open."""

from __future__ import annotations

from decimal import Decimal

from flows.core.screen import Element, Facts, Heading, Line, Note, Quote
from flows.core.words import Words, count, join, same
from flows.cycle.template import Guide, Step, Template
from flows.cycle.templates.questions import FROM_REVIEWS
from flows.goals.agreeing.telling import PERSPECTIVES
from flows.results.scale import scale_words

GOALS = Words("Goals", "目标")
HOW_COUNTED = Words(
    "Each part counts from 0 to 100. A rating counts as its step out of the highest: 3 of 5 is 60. What others say counts as "
    "their average, and only once they can write no more. Scores have two decimals, rounded half up.",
    "每个构成项按 0–100 分计算。评分按所选等级占最高等级的比例折算，例如 5 分制的 3 分为 60 分；"
    "他人的评价取平均分，且在填写关闭后才计入。得分保留两位小数，四舍五入。",
)
LEFT_OUT = Words(
    " A part that is missing is left out and the other weights are taken in proportion; it never counts as zero.",
    "缺少的构成项不计入，其余权重按比例调整，绝不按 0 分计算。",
)
NEEDED = Words(
    " A part that is missing never counts as zero: where the formula needs it, nothing is computed.",
    "缺少的构成项绝不按 0 分计算：公式需要它时，不计算得分。",
)
CAPPED = Words(" Goals count by what was reached of them, up to {cap}.", "目标按达成率计算，最高 {cap} 分。")
BY_A_PERSON = Words(
    "The rating is always set by a person, with a reason where it differs from the computed one. After results are released, "
    "each of you can open how your own was computed, down to its sources.",
    "评级始终由人确定，与计算结果不同时必须说明理由。结果公布后，每人都可以查看自己结果的完整计算过程和数据来源。",
)  # fmt: skip
BY_FORMULA = Words("The score is computed by this formula:", "得分按以下公式计算：")


def result(template: Template) -> list[Element]:
    """What a result is made of and how it is computed; nothing where the cycle ends without one."""
    if not template.weights and not template.formula:
        return []
    body: list[Element] = [Heading(Words("How the score is made", "得分如何计算"))]
    if template.formula:
        body += [Line(BY_FORMULA), Quote(template.formula)]
    if template.weights:
        rows = ((part_named(template, name), percent(weight)) for name, weight in template.weights.items())
        body.append(Facts(tuple(rows)))
    capped = CAPPED.fill(cap=figure(template.goal_cap)) if template.goal_methods else same("")
    body.append(Note(HOW_COUNTED + (NEEDED if template.formula else LEFT_OUT) + capped))
    if template.perspectives:
        body.append(Line(Words("Perspectives of the goals", "目标的维度权重")))
        body.append(
            Facts(
                tuple(
                    (words, percent(template.perspectives[name]))
                    for name, words in PERSPECTIVES.items()
                    if name in template.perspectives
                )
            )
        )
    return [*body, Note(BY_A_PERSON)]


def part_named(template: Template, name: str) -> Words:
    """A part of the result: goals, a question of the manager's review, or what others say."""
    manager = template.reviews.get("manager")
    question = next((one for one in manager.questions if one.name == name), None) if manager else None
    if question:
        return question.words
    review = template.reviews.get(FROM_REVIEWS.get(name, ""))
    return review.title if review else GOALS


def scale(template: Template) -> list[Element]:
    """The rating scale, what each step takes, and what it pays."""
    if template.free:
        return [Heading(SCALE), Line(scale_words(template)), Note(ON_THE_WAY)]
    if not template.scale:
        return []
    body: list[Element] = [Heading(SCALE), Facts(tuple(map(told_step, template.scale)))]
    if template.weights or template.formula:
        body.append(Note(FROM if any(step.least is not None for step in template.scale) else ON_THE_WAY))
    if any(step.coefficient is not None for step in template.scale):
        body.append(Note(PAY))
    return body


SCALE = Words("The rating scale", "评级")
FROM = Words(
    "Each score proposes the best step that it reaches.",
    "得分达到某一等级的起始分，即建议该等级（取最高的一级）。",
)
ON_THE_WAY = Words(
    "The score is a place on the way from the lowest to the highest value, and proposes what is nearest there.",
    "得分按比例对应到最低值与最高值之间，建议最接近的评级。",
)
PAY = Words(
    "The coefficient is what a bonus is multiplied by. It stands apart from the score and goes with the final rating.",
    "系数用于计算奖金，与得分无关，随最终评级确定。",
)


def told_step(step: Step) -> tuple[Words, Words]:
    """A step's key, and its label with what it takes and pays."""
    parts = [step.label]
    if step.least is not None:
        parts.append(Words("from {points} points on", "{points} 分起").fill(points=figure(step.least)))
    if step.coefficient is not None:
        parts.append(Words("coefficient {n}", "系数 {n}").fill(n=figure(step.coefficient)))
    return same(step.key), join(parts, " · ", " · ")


def spread(guide: Guide) -> list[Element]:
    """How ratings may be spread, and what that means for a single person."""
    if not guide.shares:
        return []
    rows = tuple((same(" · ".join(keys)), percent(share)) for keys, share in guide.shares)
    words = FORCED if guide.forced else WARNS
    return [
        Heading(Words("How ratings usually spread", "评级分布指引")),
        Facts(rows),
        Note(words.fill(tolerance=figure(guide.tolerance), pool=guide.pool)),
    ]


WARNS = Words(
    "A group that differs by more than {tolerance} points is talked about in the calibration; it forces nobody's rating. "
    "Groups of fewer than {pool} people are looked at together.",
    "某个群体的分布相差超过 {tolerance} 个百分点时，会在校准中讨论，但不强制任何人的评级。不足 {pool} 人的群体合并查看。",
)
FORCED = Words(
    "It is binding: while a group differs by more than {tolerance} points, its calibration can't be finished, and a release "
    "takes a reason. Groups of fewer than {pool} people are looked at together.",
    "该分布为强制要求：某个群体相差超过 {tolerance} 个百分点时，校准无法完成，发布也须说明原因。不足 {pool} 人的群体合并查看。",
)


def opening(template: Template) -> list[Element]:
    """How results open, and the time to look and to appeal; nothing where there are none."""
    if not template.scale and not template.free:
        return []
    rule = template.opening
    first = count(
        rule.lead,
        "HR opens all results at once: to managers first, {n} working day later to everybody.",
        "HR opens all results at once: to managers first, {n} working days later to everybody.",
        "HR 统一公布结果：先向管理者开放，{n} 个工作日后向所有人开放。",
    )
    then = Words(
        " You have {view} working days to look at yours, and {appeal} working days to appeal if you disagree; an appeal never "
        "makes it worse.",
        "你有 {view} 个工作日查看结果；如有异议，可在 {appeal} 个工作日内申诉，申诉不会使结果变差。",
    ).fill(view=rule.view, appeal=rule.appeal)  # fmt: skip
    return [Heading(Words("When results open", "结果公布与申诉")), Line(first + then)]


def percent(share: Decimal) -> Words:
    return same(f"{figure(share)} %")


def figure(number: Decimal) -> str:
    """A number without needless zeros: 92.50 is 92.5, 100 stays 100."""
    return f"{number.normalize():f}"
