"""HR says what becomes of one comment: other words, with a reason that only its author reads, or it is withheld."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Choice, Text
from flows.core.owed import Notice
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import Words
from flows.cycle.owing import parts_of, whole
from flows.people.person import Person
from flows.people.sheet import shorten
from flows.results.records import ResultRecords
from flows.reviews.owed import KIND as REVIEW
from flows.reviews.owed import Moment
from flows.reviews.records import Flag, FlagState
from flows.reviews.wording.comments import KIND, STATES, Comment, comments_about, of_person

LOOK = "comments.look"  # the notice to everybody who was asked about the same person
REWORD, WITHHELD, KEPT = "reword", "withheld", "kept"
STATE: Mapping[str, FlagState] = {REWORD: "reword", WITHHELD: "withheld", KEPT: "kept"}


@dataclass(frozen=True, slots=True)
class Deciding:
    """One comment, and the cycle whose key encrypts what HR writes about it."""

    cycle: int
    comment: Comment


def named(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """Whose comment it is, for the policy."""
    parts = parts_of(about[0], 3) if about else None
    return of_person(records, actor, parts[:2] if parts else ())


def deciding(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Deciding:
    """The comment that the subject names, as it reads now."""
    parts = parts_of(subject, 3)
    cycle = records.cycles.get(whole(parts[0])) if parts else None
    if parts is None or cycle is None:
        raise NotThere
    for comment in comments_about(records, actor, cycle, whole(parts[1]), now):
        if comment.id == parts[2]:
            return Deciding(cycle.id, comment)
    raise Refusal(
        "This comment is not here any more: its author has taken it back, or the results are released. "
        "Open the list again on /cycle comments.",
        "这条评语已不在这里：作者已撤回，或者结果已发布。请通过 /cycle comments 重新打开列表。",
    )


def decide(ask: Ask, known: Deciding) -> Mapping[str, Any]:
    """What becomes of it, and why."""
    least = known.comment.gathered.least
    note = Words(
        "“{text}”\n\nNeither you nor anybody else learns who wrote it. Asked for other words, everybody who was asked "
        "about this person gets the same neutral notice; only the author sees the comment and your reason. What is not "
        "changed before the release is not shown. Where fewer than {least} comments are left to a question, none is.",
        "“{text}”\n\n你和其他人都不会知道这是谁写的。如请作者修改，所有被邀请评估此人的同事都会收到同样的中性提醒，只有作者能看到"
        "这条评语和你的理由。发布前仍未修改的内容不会显示。某个问题剩余的评语少于 {least} 条时，全部不显示。",
    ).fill(text=shorten(known.comment.text, 300), least=least)
    questions = (
        Question("what", Words("What should become of it?", "如何处理？"), Choice(CHOICES)),
        Question("why", Words("Why?", "理由"), Text(3, most=500), hint=WHO_READS),
    )
    return ask.form(Questionnaire("decision", known.comment.question.words, questions, note=note))


CHOICES = (
    Option(REWORD, Words("Ask its author for other words", "请作者修改")),
    Option(WITHHELD, Words("Withhold it", "不予显示")),
    Option(KEPT, Words("Show it as it is", "按原文显示")),
)
WHO_READS = Words(
    "The author reads it where you ask for other words; it is forgotten at the release.",
    "请作者修改时，作者会看到这里的理由；发布结果后即删除。",
)


def keep(
    records: ResultRecords, actor: Person, subject: str, said: Mapping[str, Any], now: datetime
) -> Words:
    """Keep HR's word, and have everybody who was asked look once more; nothing tells who is meant."""
    known = deciding(records, actor, subject, now)
    comment, it = known.comment, known.comment.gathered
    state = STATE[said["what"]]
    records.flags.save(
        Flag(
            comment.id,
            known.cycle,
            it.about,
            it.phase.name,
            comment.question.name,
            state,
            said["why"],
            actor.id,
        )
    )
    records.audit.note(now, actor.id, f"comment.{state}", f"cycle/{known.cycle}", {})
    if state == REWORD:
        asked = records.tasks.of_about(REVIEW, known.cycle, it.phase.name, [it.about])
        about = {"cycle": known.cycle, "phase": it.phase.name}
        records.notices.add(
            [
                Notice(0, f"{LOOK}/{known.cycle}/{it.phase.name}/{one}/{now.date()}", one, LOOK, about, now)
                for one in sorted({task.person for task in asked if task.state != "waived"})
            ]
        )
    return STATES[state]


decide_on_comment = flow(
    "comment-decide", Words("A comment", "评语"), may=(KIND, "edit"), of=named, facts=deciding, keep=keep,
    sealed=lambda known: known.cycle, again=True,
)(decide)  # fmt: skip
