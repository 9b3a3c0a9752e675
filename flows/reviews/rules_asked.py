"""What the rule book says of the reviews: who writes each, who reads it, and every question with its anchors."""

from __future__ import annotations

from collections.abc import Mapping

from flows.core.kinds import Choice, Choices, Rating
from flows.core.page import Question
from flows.core.screen import Element, Facts, Heading, Line, Note
from flows.core.words import Words, join, same
from flows.cycle.template import Nominator, Private, Review, ReviewKind, Template

WRITTEN: Mapping[ReviewKind, Words] = {
    "self": Words(
        "Everyone writes it about themselves. The manager, the managers above and HR read it.",
        "由本人填写。上级、更上级的管理者和 HR 可以阅读。",
    ),
    "manager": Words(
        "The manager writes it about each of their people. The managers above and HR read it; the person it is about does "
        "once results are released.",
        "由上级为每位下属填写。更上级的管理者和 HR 可以阅读；结果公布后本人可以看到。",
    ),
    "peer": Words("Colleagues who were named write it.", "由受邀的同事填写。"),
    "upward": Words("Everyone writes it about their manager.", "由每人为自己的上级填写。"),
    "project": Words(
        "Leads of projects and dotted-line managers write it, named by the manager or HR.",
        "由上级或 HR 指定的项目负责人或虚线上级填写。",
    ),
    "external": Words(
        "Customers write it by a link that the manager or HR sends; they need no account.",
        "由客户通过上级或 HR 发送的链接填写，客户无需账号。",
    ),
}
WITH_NAMES = Words(
    "It carries the writer's name. The manager, the managers above and HR read it; the person it is about does once results "
    "are released.",
    "会显示填写人的姓名。上级、更上级的管理者和 HR 可以阅读；结果公布后本人可以看到。",
)
NOBODY_TOLD = Words(
    "Nobody is ever shown who wrote what, HR included.", "没有人能看到哪条内容是谁写的，HR 也不能。"
)
FROM = Words(
    "Only from {least} answers on, not counting a reader's own, is anything shown; below that nothing is, ever.",
    "至少有 {least} 份回答（不含查看者自己的）才会显示，不足时任何内容都不会显示。",
)
HOW_SHOWN = Words(
    "Averages are rounded to halves; comments stand without names in an order drawn anew for each question. When results are "
    "released the answers are sealed: from then on nobody can tell who wrote what. How somebody writes can still give them away.",
    "平均分取整到 0.5；评语不显示姓名，且每道题的顺序都随机打乱。结果公布时回答会被封存，此后再也无法得知是谁写的。"
    "不过，行文习惯仍可能让人认出作者。",
)  # fmt: skip
PRIVATE: Mapping[Private, Words] = {
    "manager": Words(
        "Only the manager, the managers above and HR read the answer.",
        "只有上级、更上级的管理者和 HR 能看到回答。",
    ),
    "hr": Words("Only HR reads the answer.", "只有 HR 能看到回答。"),
}  # fmt: skip
OPTIONAL = Words(" (may be left empty)", "（选填）")
NAMES: Mapping[Nominator, Words] = {
    "employee": Words("the employee", "员工本人"),
    "manager": Words("the manager", "上级"),
    "hr": Words("HR", " HR "),
}


def asked_in(template: Template, review: Review) -> list[Element]:
    """One questionnaire from its title to its last anchor."""
    body: list[Element] = [Heading(review.title), Line(who_writes(template, review))]
    for question in review.questions:
        body.append(Line(question.words + (OPTIONAL if question.optional else same(""))))
        if lines := below(review, question):
            body.append(Note(join(lines, "\n", "\n")))
    return body


def who_writes(template: Template, review: Review) -> Words:
    """Who writes it, who reads it, and whether it carries a name."""
    written = WRITTEN[review.kind]
    if review.kind in ("self", "manager"):
        return written
    if not review.anonymous:
        return join([written, WITH_NAMES], " ", "")
    return join([written, NOBODY_TOLD, FROM.fill(least=least_of(template, review)), HOW_SHOWN], " ", "")


def least_of(template: Template, review: Review) -> int:
    """From how many answers on something of an anonymous review is shown."""
    return template.anonymity.upward if review.kind == "upward" else template.anonymity.peers


def anonymity(template: Template) -> list[Element]:
    """Which reviews carry names and which don't, and what that means; nothing where nobody is asked about others."""
    rows = tuple(
        (review.title, FROM_SHORT.fill(least=least_of(template, review)) if review.anonymous else NAMED)
        for kind, review in template.reviews.items()
        if kind not in ("self", "manager")
    )
    if not rows:
        return []
    hidden = any(review.anonymous for review in template.reviews.values())
    note = [Note(join([NOBODY_TOLD, HOW_SHOWN], " ", ""))] if hidden else []
    return [Heading(Words("Anonymity", "匿名规则")), Facts(rows), *note]


FROM_SHORT = Words(
    "without names; shown from {least} answers on, not counting a reader's own",
    "匿名；至少有 {least} 份回答（不含查看者自己的）才显示",
)
NAMED = Words("with the writer's name", "显示填写人姓名")


def below(review: Review, question: Question) -> list[Words]:
    """What belongs to a question: what there is to choose, each with what it looks like, and who alone reads the answer."""
    kind = question.kind
    lines: list[Words] = []
    if isinstance(kind, Rating):
        for option in kind.offered:
            anchor = Words(": ", "：") + option.anchor if option.anchor else same("")
            number = same("") if option not in kind.options else same(f"{option.key} · ")
            worth = (
                Words(" ({points} points)", "（{points} 分）").fill(points=option.value)
                if option.value
                else same("")
            )
            lines.append(number + option.label + worth + anchor)
    elif isinstance(kind, Choice | Choices):
        lines.append(join((option.label for option in kind.options), " / ", " / "))
    if question.name in review.private:
        lines.append(PRIVATE[review.private[question.name]])
    return lines


def told_nominations(template: Template) -> Words | None:
    """Who names reviewing colleagues and how many; None where nobody is named."""
    if "peer" not in template.reviews:
        return None
    rule = template.nominations
    *others, last = (NAMES[one] for one in rule.by)
    names = join(others) + Words(" or ", "或") + last if others else last
    words = Words("{least} to {most} colleagues are named, by {names}.", "由{names}提名 {least}–{most} 位同事。").fill(
        least=rule.least, most=rule.most, names=names
    )  # fmt: skip
    if rule.approve:
        words += Words(
            " The manager says yes or no to each; what is undecided when the reviews open counts as yes.",
            "上级逐一确认；评估开始时尚未处理的视为同意。",
        )
    return words + Words(
        " Whoever is asked may decline with a reason. Nobody is asked for more than {load} reviews of colleagues.",
        "受邀者可以说明理由后婉拒；每人最多受邀评估 {load} 位同事。",
    ).fill(load=rule.load)
