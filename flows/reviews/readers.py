"""Who will read a review, when, in what form and from how many answers on: said before anybody types a word."""

from __future__ import annotations

from collections.abc import Mapping

from flows.core.kinds import Text
from flows.core.words import Words, same
from flows.cycle.template import Review
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.anonymity import is_averaged, reachable, threshold_of
from flows.reviews.gathering import readers_in
from flows.reviews.owed import Asked, everybody_asked, writers_of

DRAFT = Words(" Nobody reads your draft.", "草稿只有你自己能看到。")


def readers_of(records: ResultRecords, asked: Asked) -> Words:
    """The whole promise, for the form itself; it names whom the review is about."""
    if asked.form.anonymous:
        return _unnamed(records, asked) + DRAFT
    manager = manager_of(records, asked)
    if asked.is_self and manager is None:
        return UNLED + DRAFT
    words = SELF if asked.is_self else BY_MANAGER if asked.form.kind == "manager" else BY_NAME
    return words.fill(manager=manager_words(manager), name=asked.about.name) + DRAFT


SELF = Words(
    "Once you send it, {manager} may read it; the managers above and HR may when all reviews are closed.",
    "提交后，{manager}可以阅读；全部评估截止后，更上级的管理者和 HR 也可以阅读。",
)
UNLED = Words(
    "HR may read it when all reviews are closed; nobody reviews you in this cycle yet.",
    "全部评估截止后，HR 可以阅读；本周期还没有指定你的评估人。",
)
BY_MANAGER = Words(
    "The managers above may read it when all reviews are closed, HR and whoever calibrates the results from the "
    "calibration on. {name} reads it after HR has released the results, not before.",
    "全部评估截止后，上级管理者可以阅读；校准开始后，HR 和参加校准的人可以阅读；HR 发布结果之后，{name}才能看到。",
)
BY_NAME = Words(
    "It carries your name. {manager}, and the managers above, may read it when all reviews are closed, HR from the "
    "calibration on. {name} reads it, with your name, after HR has released the results, not before.",
    "这份评估会显示你的姓名。全部评估截止后，{manager}和更上级的管理者可以阅读；校准开始后，HR 可以阅读；"
    "HR 发布结果之后，{name}才能看到，也会看到你的姓名。",
)


def manager_words(manager: Person | None) -> Words:
    """The manager as a reader: whoever stands in for them today reads as much."""
    name = same(manager.name) if manager else Words("their manager", "其上级")
    return name + Words(" or a deputy", "或其代理人")


def in_short(records: ResultRecords, asked: Asked) -> Words:
    """The same for a message, which never says about whom somebody writes without a name."""
    if not asked.form.anonymous:
        return readers_of(records, asked)
    return Words(
        "Nobody is shown what you alone wrote: answers appear without names, and only from {least} of them on. The "
        "form says more.",
        "没有人会看到你一个人写了什么：内容不显示姓名，并且至少有 {least} 份才会显示。表单中有详细说明。",
    ).fill(least=least_of(asked))  # fmt: skip


def _unnamed(records: ResultRecords, asked: Asked) -> Words:
    """Whether anything can be shown at all, and then to whom; a reader who was asked, too, costs one answer."""
    cycle, kind = asked.owed.cycle, asked.form.kind
    writers, name = writers_of(records, asked), same(asked.about.name)
    place, least = records.participants.get(cycle.id, asked.about.id), least_of(asked)
    readers = readers_in(records, cycle, [place])[place.person] if place else set()
    if not reachable(
        cycle.template, kind, len(writers), own=int(not everybody_asked(records, asked).isdisjoint(readers))
    ):
        few = FEW_REPORTS if kind == "upward" else FEW_COLLEAGUES
        return few[len(writers) != 1].fill(n=len(writers), name=name) + NOTHING_SHOWN.fill(least=least)
    manager = manager_of(records, asked)
    return SHOWN.fill(least=least, name=name, manager=manager_words(manager))


FEW_COLLEAGUES = (
    Words("Only you were asked to review {name}", "只邀请了你来评估{name}"),
    Words("Only {n} colleagues were asked to review {name}", "只邀请了 {n} 位同事评估{name}"),
)
FEW_REPORTS = (
    Words("Only you are asked about {name}", "只邀请了你来评估{name}"),
    Words("Only {n} people are asked about {name}", "只邀请了 {n} 人评估{name}"),
)
NOTHING_SHOWN = Words(
    ", and at least {least} who don't read the answers themselves must answer before anything is shown: nothing of "
    "what you write will be shown to anybody.",
    "，而至少要有 {least} 人作答（不计能看到汇总的人）才会显示内容：你写的内容不会显示给任何人。",
)
SHOWN = Words(
    "Nobody is ever shown who wrote what, HR included.\n"
    "• Only if at least {least} of you answer, not counting anybody who reads the answers, all are shown together: "
    "averages rounded to halves, and comments without names in a mixed order.\n"
    "• {manager}, the managers above and HR see them when all reviews are closed, {name} after HR has released the "
    "results.\n"
    "• HR can have me ask you for other words without learning who you are.\n"
    "• How you write can still tell who you are.",
    "没有人能看到哪条内容是谁写的，HR 也不能。\n"
    "• 至少有 {least} 人作答时（不计能看到汇总的人），才会汇总显示：取整到 0.5 的平均分，以及不显示姓名、打乱顺序的评语。\n"
    "• 全部评估截止后，{manager}、更上级的管理者和 HR 可以看到；HR 发布结果之后，{name}可以看到。\n"
    "• HR 可以通过我请你修改措辞，但不会知道你是谁。\n"
    "• 不过，行文习惯仍可能让人认出你。",
)


def least_of(asked: Asked) -> int:
    """From how many answers on something of this review is shown."""
    return threshold_of(asked.owed.cycle.template, asked.form.kind)


def manager_of(records: ResultRecords, asked: Asked) -> Person | None:
    """Who reviews the one it is about in this cycle; of a manager who takes no part in it, theirs in the directory."""
    place = records.participants.get(asked.owed.cycle.id, asked.about.id)
    found = place.manager if place else asked.about.manager
    return records.people.get(found) if found else None


def beside(asked: Asked) -> Mapping[str, Words]:
    """What stands with single questions: who alone reads the answer, or that nobody does."""
    form, found = asked.form, {}
    for question in form.questions:
        if form.anonymous and not isinstance(question.kind, Text) and not is_averaged(question):
            found[question.name] = Words(
                "The answers to this are shown to nobody.", "这一项的回答不会显示给任何人。"
            )
        elif question.name in form.private:
            found[question.name] = private_words(form, asked.about, question.name)
    return found


def private_words(form: Review, about: Person, question: str) -> Words:
    """Who alone reads the answer to a private question."""
    whom, unnamed = form.private[question], form.anonymous
    if whom == "hr":
        return ONLY_HR[unnamed]
    if form.kind == "self":
        return Words(
            "Only your manager, the managers above and HR read this.",
            "只有你的上级、更上级的管理者和 HR 能看到这一项。",
        )
    return NOT_THEMSELVES[unnamed].fill(name=about.name)


ONLY_HR = (
    Words("Only HR reads this.", "只有 HR 能看到这一项。"),
    Words(
        "Only HR sees the answers to this, together and without names.",
        "只有 HR 能看到这一项的汇总，且不显示姓名。",
    ),
)
NOT_THEMSELVES = (
    Words(
        "{name} never reads this: only their manager, the managers above and HR do.",
        "{name}看不到这一项，只有其上级、更上级的管理者和 HR 能看到。",
    ),
    Words(
        "{name} never sees the answers to this. Their manager, the managers above and HR do, together and without names.",
        "{name}看不到这一项；其上级、更上级的管理者和 HR 能看到汇总，且不显示姓名。",
    ),
)
