"""Reading one review that was sent: with its author's name, for whom the policy says; one's own without a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.screen import Act, Element, Heading, Line, Note, Quote, Screen
from flows.core.screens import told
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Relation, Thing, may, relations
from flows.results.records import ResultRecords
from flows.results.stages import thing_about
from flows.reviews.owed import Moment, named
from flows.reviews.readers import private_words
from flows.reviews.records import Review

TITLE = Words("Reviews", "评估")
READ = Words("Read", "查看")

KINDS = {"self": "self_review", "manager": "manager_review", "project": "project_review"}
NAMED_COLLEAGUE = "peer_review"
"""The policy's kind of a review by colleagues or one's people that carries names."""

CLOSE: frozenset[Relation] = frozenset({"self", "author", "manager", "line", "former_manager", "delegate"})
"""Who reads a review without a line in the audit log: everybody but HR."""


def review_thing(records: ResultRecords, actor: Person, sent: Review, now: datetime) -> Thing | None:
    """A review that was sent, for the policy: whose it is, how its cycle stands, and who wrote it."""
    cycle, person = records.cycles.get(sent.cycle), records.people.get(sent.about)
    if cycle is None or person is None:
        return None
    standing: set[Relation] = set()
    if sent.author == actor.id:
        standing.add("author")
    if sent.manager == actor.id:
        standing.add("former_manager")  # or the present one, who may do no less
    kind = KINDS.get(sent.kind, NAMED_COLLEAGUE)
    return thing_about(records, actor, kind, cycle, person, now, frozenset(standing))


def readable(records: ResultRecords, actor: Person, sent: Review, now: datetime) -> bool:
    """Whether the policy lets the actor read it now."""
    thing = review_thing(records, actor, sent, now)
    return thing is not None and may(actor, "view", thing, now)


def whose_review(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The review that a button names."""
    sent = records.reviews.get(whole(about[0])) if about else None
    return lambda now: review_thing(records, actor, sent, now) if sent else None


@view("review-read", may=("review", "view"), of=whose_review)
def review_read(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """One review that was sent: each question that the reader may know of, with its answer."""
    sent = records.reviews.get(whole(about[0]))
    thing = review_thing(records, actor, sent, now) if sent else None
    cycle = records.cycles.get(sent.cycle) if sent else None
    person, author = (
        records.people.get(sent.about if sent else 0),
        records.people.get(sent.author if sent else 0),
    )
    if sent is None or thing is None or cycle is None or person is None or author is None:
        raise NotThere
    if relations(actor, thing).isdisjoint(CLOSE):
        detail = {"cycle": cycle.id, "kind": sent.kind, "about": person.id, "author": author.id}
        records.audit.note(now, actor.id, "review.read", f"review/{sent.id}", detail)
    form = cycle.template.reviews[sent.kind]
    when = day_and_time(sent.edited_at or sent.sent_at, actor.zone)
    by = Words("Sent {when}", "提交于 {when}").fill(when=when)
    if author.id != person.id:
        by = Words("Written by {author}, sent {when}", "由{author}填写，提交于 {when}").fill(
            author=author.name, when=when
        )
    body: list[Element] = [Heading(form.title + same(f" · {person.name} · {cycle.name}")), Note(by)]
    reader = reader_of(records, actor, now)
    for question in form.questions:
        if not may_know(actor, sent, form.private.get(question.name), thing, now):
            continue
        body += [Line(question.words), Quote(told(question, sent.answers, reader).say(reader.language))]
        body += [Note(private_words(form, person, question.name))] if question.name in form.private else []
    return Screen(TITLE, tuple(body), place=Act("see", ("review-read", str(sent.id))))


def may_know(actor: Person, sent: Review, private: str | None, thing: Thing, now: datetime) -> bool:
    """Whether the reader of a review may know of one question in it: what is private has readers of its own."""
    if private is None or sent.author == actor.id:  # nobody is kept from what they wrote themselves
        return True
    return may(actor, "view", replace(thing, kind=f"private_{private}"), now)


def own_unnamed(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """What the actor has sent about somebody without a name; it is theirs to read until the seal."""

    def at(now: datetime) -> Thing | None:
        asked = named(records, actor, about[0]) if about else None
        if asked is None or not asked.form.anonymous:
            return None
        author: frozenset[Relation] = frozenset({"author"})
        return thing_about(records, actor, "peer_raw", asked.owed.cycle, asked.about, now, author)

    return at


@view("review-own", may=("peer_raw", "view"), of=own_unnamed)
def review_own(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """One's own review without a name, as it was sent."""
    asked = named(records, actor, about[0])
    if asked is None:
        raise NotThere
    task = asked.owed.task
    body: list[Element] = [Heading(asked.title)]
    if records.pens.is_sealed(task.scope):
        body.append(Line(SEALED))
        return Screen(TITLE, tuple(body))
    answers = records.pens.mine(task.scope, task.subject, actor.id, asked.about.id)
    if answers is None:
        raise NotThere
    body.append(Note(Words("Only you can read this here.", "这里的内容只有你自己能看到。")))
    reader = reader_of(records, actor, now)
    for question in asked.form.questions:
        body += [Line(question.words), Quote(told(question, answers, reader).say(reader.language))]
    return Screen(TITLE, tuple(body), place=Act("see", ("review-own", about[0])))


SEALED = Words(
    "The answers are sealed: nobody can tell any more which ones are yours, and you can't change them.",
    "回答已封存：任何人都无法再分辨哪些是你写的，也不能再修改。",
)
