"""What groups said of somebody without names: averages and comments, or the one sentence that too few answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.page import Question
from flows.core.screen import Element, Facts, Heading, Line, Note, Quote
from flows.core.words import Words
from flows.cycle.records import Cycle
from flows.cycle.template import Review
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.results.stages import thing_about
from flows.reviews.anonymity import average_words, steps_of, threshold_of
from flows.reviews.published import NOT_YOURS, kept_from, published, published_comments
from flows.reviews.records import SealedAnswer, SealedGroup

TOO_FEW = Words(
    "Too few have answered: it takes at least {least}. Nothing of it is shown to anybody, now or later.",
    "作答人数不足（至少需要 {least} 人），内容不会向任何人显示，以后也不会。",
)
HOW = Words(
    "Averages are rounded to halves, comments stand in a mixed order. Nobody can tell who wrote what.",
    "平均分取整到 0.5，评语顺序已打乱，没有人能知道哪条内容是谁写的。",
)


def said_by_groups(
    records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime
) -> list[Element]:
    """Each group in the order of the phases, as far as the policy lets the actor look, and they were not asked themself."""
    thing = thing_about(records, actor, "peer_aggregate", cycle, person, now)
    if thing is None or not may(actor, "view", thing, now):
        return []
    groups = {group.phase: group for group in published(records, cycle, [person.id], now)}
    comments = published_comments(records, cycle, person.id, now)
    hidden = kept_from(records, cycle, actor.id, [person.id])
    body: list[Element] = []
    for phase in cycle.template.phases:
        group = groups.get(phase.name)
        form = cycle.template.reviews.get(group.kind) if group else None
        if group is None or form is None:
            continue
        body.append(Heading(form.title))
        if (person.id, phase.name) in hidden:
            body.append(Line(NOT_YOURS))
            continue
        if not group.shown:
            body.append(Line(TOO_FEW.fill(least=threshold_of(cycle.template, group.kind))))
            continue
        theirs = [one for one in comments if one.phase == phase.name]
        asked = [one for one in form.questions if may_know(actor, form, one.name, thing, now)]
        body += said(asked, group, theirs)
    return body


def out_of(question: Question) -> Words:
    """The highest that could be given."""
    return Words(" of {most}", "（最高 {most}）").fill(most=max(steps_of(question)))


def may_know(actor: Person, form: Review, question: str, thing: Thing, now: datetime) -> bool:
    """Whether the reader may know of a question: what is private has readers of its own."""
    private = form.private.get(question)
    return private is None or may(actor, "view", replace(thing, kind=f"private_{private}"), now)


def said(
    questions: Sequence[Question], group: SealedGroup, comments: Sequence[SealedAnswer]
) -> list[Element]:
    """The averages in one table, then the comments by question, in the order that was drawn for each."""
    rows = [
        (one.words, average_words(one, group.averages[one.name]) + out_of(one))
        for one in questions
        if one.name in group.averages
    ]
    body: list[Element] = [Facts(tuple(rows))] if rows else []
    for question in questions:
        texts = [one.answer for one in comments if one.question == question.name]
        body += [Line(question.words), *(Quote(text) for text in texts)] if texts else []
    return [*body, Note(HOW)]
