"""What is said about reviewers before anybody names them: how many are wanted, who sees it, and what will be shown."""

from __future__ import annotations

from flows.core.words import Words, count, join
from flows.reviews.nominating.fitting import Surroundings
from flows.reviews.nominating.naming import Naming


def who_is_wanted(known: Surroundings, settled: int) -> Words:
    """How many, with those that are settled already."""
    naming = known.naming
    if not naming.is_peer:
        words = Words(
            "Name only who leads {name} in a project or on a dotted line; nobody has to have one. {most} at most.",
            "请只填写在项目或虚线关系中负责{name}工作的人，没有可以不填。最多 {most} 人。",
        ).fill(name=known.person.name, most=naming.rule.most)
    else:
        words = Words(
            "At least {least}, at most {most}: people who have seen the work from close by.",
            "至少 {least} 人，最多 {most} 人，请选择近距离了解工作情况的人。",
        ).fill(least=naming.least, most=naming.rule.most)
    if settled:
        words += count(
            settled, " {n} of them is settled already and stays.", " {n} of them are settled already and stay.",
            "其中 {n} 人已确定，保持不变。",
        )  # fmt: skip
    return words


def readers(known: Surroundings) -> Words:
    """Who sees the names, and how what they write is shown."""
    naming = known.naming
    if not naming.is_peer:
        return Words(
            "They write with their name: the managers above and HR read it, and so does {name} once the results are released.",
            "这份评估会显示填写人的姓名：上级管理者和 HR 可以阅读，结果发布后{name}也能看到。",
        ).fill(name=known.person.name)  # fmt: skip
    seen = Words(
        "The manager sees whom you name; HR sees only how many. Those you name see that they are asked.",
        "上级能看到你提名了谁，HR 只能看到人数；被提名的人会收到邀请。",
    )
    if not naming.is_anonymous:
        return seen + Words(" What they write carries their name.", "对方填写的内容会显示姓名。")
    return seen + Words(
        " Nobody ever sees who wrote what, and only if at least {least} answer is anything shown at all.",
        "没有人能看到哪条内容是谁写的，至少有 {least} 人作答才会显示汇总。",
    ).fill(least=naming.threshold)


def will_show(known: Surroundings, number: int) -> list[Words]:
    """What is worth knowing about so many reviewers: that more are wanted, that nothing could be shown."""
    naming = known.naming
    found: list[Words] = []
    if number < naming.least:
        found.append(TOO_FEW.fill(least=naming.least))
    if (warned := nothing_shown(naming, number)) is not None:
        found.append(warned)
    return found


def nothing_shown(naming: Naming, number: int) -> Words | None:
    """That so few reviewers can't reach the threshold; None where they can."""
    if not naming.is_peer or not number or naming.reaches(number):
        return None
    words = count(
        number,
        "With {n} colleague nothing of what they write can be shown to anybody: at least {{least}} have to answer.",
        "With {n} colleagues nothing of what they write can be shown to anybody: at least {{least}} have to answer.",
        "只有 {n} 位同事时，他们写的内容不会显示给任何人：至少要有 {{least}} 人作答。",
    )
    return words.fill(least=naming.threshold)


TOO_FEW = Words("At least {least} are wanted, so please name more.", "至少需要 {least} 人，请继续补充。")


def summary(naming: Naming, number: int) -> Words:
    """How many there are, of how many are wanted."""
    words = count(number, "{n} named", "{n} named", "已提名 {n} 人")
    if naming.is_peer:
        words += Words(" (at least {least}, at most {most})", "（至少 {least} 人，最多 {most} 人）").fill(
            least=naming.least, most=naming.rule.most
        )
    warned = nothing_shown(naming, number)
    return join([words, warned], ". ", "。") if warned else words
