"""What an agenda shows of the reviews: strengths and gaps by question, and what both sides wrote, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from flows.core.kinds import Text
from flows.core.page import Question
from flows.core.screen import Element, Line, Note, Quote
from flows.core.words import Words, same
from flows.cycle.template import Review as Form
from flows.interviews.sides import Both
from flows.interviews.talked import TalkRecords
from flows.people.person import Person
from flows.people.policy import may
from flows.results.shown.groups import may_know
from flows.results.stages import thing_about
from flows.reviews.about_somebody import everything_about
from flows.reviews.anonymity import average_words, rated, steps_of
from flows.reviews.published import kept_from, published
from flows.reviews.reading import may_know as may_know_in
from flows.reviews.reading import review_thing
from flows.reviews.records import Review

STRONG, WEAK = 0.75, 0.5  # of the way up a scale: from which on it is a strength, below which it is a gap
MOST = 3  # strengths, and gaps: a talk has room for no more
APART = 0.25  # of the whole scale: from which on both sides see the period differently
LONGEST = 600  # characters of one answer; all of it stands in the review


@dataclass(frozen=True, slots=True)
class Mark:
    """One question that was rated: by whom, how, and how far up its scale that is (0 to 1)."""

    question: Words
    by: Words
    given: Words
    share: float


@dataclass(frozen=True, slots=True)
class Seen:
    """The self review and the manager's, as far as the reader may read them, with their answers to what they may know."""

    own: Mapping[str, object]
    managers: Mapping[str, object]
    own_form: Form | None
    managers_form: Form | None
    by: str = ""


def seen(records: TalkRecords, actor: Person, both: Both, now: datetime) -> Seen:
    """Both reviews; an empty one where there is none, or it is not the reader's to read."""
    found = everything_about(records, actor, both.cycle, both.person, now)
    own = next((one for one in found if one.kind == "self"), None)
    manager = next((one for one in found if one.kind == "manager"), None)
    author = records.people.get(manager.author) if manager else None
    forms = both.cycle.template.reviews
    return Seen(
        answers_of(records, actor, both, own, now), answers_of(records, actor, both, manager, now),
        forms["self"] if own else None, forms["manager"] if manager else None,
        author.name if author else "",
    )  # fmt: skip


def answers_of(
    records: TalkRecords, actor: Person, both: Both, sent: Review | None, now: datetime
) -> Mapping[str, object]:
    """What the reader may know of a review: private questions have readers of their own."""
    thing = review_thing(records, actor, sent, now) if sent else None
    if sent is None or thing is None:
        return {}
    private = both.cycle.template.reviews[sent.kind].private
    return {
        name: answer
        for name, answer in sent.answers.items()
        if may_know_in(actor, sent, private.get(name), thing, now)
    }


def marks(records: TalkRecords, actor: Person, both: Both, reviews: Seen, now: datetime) -> Iterator[Mark]:
    """Every rated question: of the manager's review, then of what groups said without names."""
    form = reviews.managers_form
    for question in form.questions if form else ():
        step = rated(question, reviews.managers)
        if step is not None:
            yield mark(question, form.title if form else same(""), of(step, question), step)
    yield from group_marks(records, actor, both, now)


def group_marks(records: TalkRecords, actor: Person, both: Both, now: datetime) -> Iterator[Mark]:
    """The averages that are published and open to the reader."""
    cycle, person = both.cycle, both.person
    thing = thing_about(records, actor, "peer_aggregate", cycle, person, now)
    if thing is None or not may(actor, "view", thing, now):
        return
    groups = published(records, cycle, [person.id], now)
    hidden = kept_from(records, cycle, actor.id, [person.id])
    for group in groups:
        form = cycle.template.reviews.get(group.kind)
        if form is None or not group.shown or (person.id, group.phase) in hidden:
            continue
        for question in form.questions:
            average = group.averages.get(question.name)
            if average is not None and may_know(actor, form, question.name, thing, now):
                words = average_words(question, average) + same(f" / {max(steps_of(question))}")
                yield mark(question, form.title, words, float(average))


def mark(question: Question, by: Words, given: Words, value: float) -> Mark:
    steps = steps_of(question)
    span = max(steps) - min(steps)
    return Mark(question.words, by, given, (value - min(steps)) / span if span else 1.0)


def of(step: int, question: Question) -> Words:
    return same(f"{step} / {max(steps_of(question))}")


def strengths(found: Sequence[Mark]) -> list[Mark]:
    return sorted((one for one in found if one.share >= STRONG), key=lambda one: -one.share)[:MOST]


def gaps(found: Sequence[Mark]) -> list[Mark]:
    return sorted((one for one in found if one.share < WEAK), key=lambda one: one.share)[:MOST]


def mark_words(one: Mark) -> Words:
    return named(one.question) + one.given + Words(" ({by})", "（{by}）").fill(by=one.by)


def named(question: Words) -> Words:
    """A question with what parts it from its answer."""
    return Words(
        *(said + (" " if said.endswith(("?", "？")) else ": ") for said in (question.en, question.zh))
    )


def higher(reviews: Seen) -> int:
    """1 where the self review is well above the manager's over the questions of both, -1 where well below, else 0."""
    found = [(mine - theirs) for _, mine, theirs in compared(reviews)]
    mean = fmean(found) if found else 0.0
    return (mean >= APART) - (mean <= -APART)


def compared(reviews: Seen) -> Iterator[tuple[Question, float, float]]:
    """The questions that both rated, each as a share of its scale."""
    theirs = {one.name: one for one in (reviews.managers_form.questions if reviews.managers_form else ())}
    for question in reviews.own_form.questions if reviews.own_form else ():
        other = theirs.get(question.name)
        mine, its = rated(question, reviews.own), rated(other, reviews.managers) if other else None
        if other is None or mine is None or its is None or not steps_of(other):
            continue
        yield (
            question, mark(question, same(""), same(""), mine).share,
            mark(other, same(""), same(""), its).share,
        )  # fmt: skip


def rating_lines(both: Both, reviews: Seen) -> list[Element]:
    """Where both rated the same question, how each did: differences first, each named."""
    apart: list[Element] = []
    alike: list[Element] = []
    for question, mine, theirs in compared(reviews):
        step, other = rated(question, reviews.own), rated(question, reviews.managers)
        values = {"one": both.person.name, "mine": step, "other": reviews.by, "theirs": other}
        if mine == theirs:
            same_words = Words("both {mine}", "双方均为 {mine}").fill(mine=step)
            alike.append(Line(named(question.words) + same_words))
        else:
            words = Words("{one} {mine}, {other} {theirs}", "{one} {mine}，{other} {theirs}").fill(**values)
            apart.append(Line(same("↕ ") + named(question.words) + words))
    return [*apart, *alike]


def written(both: Both, reviews: Seen) -> list[Element]:
    """What each wrote in their own words."""
    body: list[Element] = []
    for name, form, answers in (
        (both.person.name, reviews.own_form, reviews.own),
        (reviews.by, reviews.managers_form, reviews.managers),
    ):
        texts = [
            (question, str(answers[question.name]))
            for question in (form.questions if form else ())
            if isinstance(question.kind, Text) and answers.get(question.name)
        ]
        body += [Note(Words("{name} wrote", "{name}写道").fill(name=name))] if texts else []
        for question, text in texts:
            body += [Line(question.words), Quote(cut(text))]
    return body


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
