"""What the reviews said about growing, for whoever writes a development plan: to be read beside it, never copied in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flows.core.kinds import Text
from flows.core.screen import Act, Button
from flows.core.words import Words, join, same
from flows.people.person import Person
from flows.plans.developing_kept import PlanRecords
from flows.reviews.reading import may_know, readable, review_thing
from flows.reviews.records import Review

ABOUT_GROWTH = ("grow", "develop", "skill", "learn", "career", "future", "support", "strength")
"""A question of a review is about growing where its name holds one of these."""

KINDS = ("self", "manager")
LONGEST = 400  # characters of one answer beside the form; all of it is in the review
MOST = 4


def reviews_of(records: PlanRecords, actor: Person, owner: Person, cycle: int, now: datetime) -> list[Review]:
    """The person's own and their manager's review, those that the actor may read now; the manager's first."""
    found = [one for one in records.reviews.about(cycle, [owner.id]) if one.kind in KINDS]
    return sorted(
        (one for one in found if readable(records, actor, one, now)), key=lambda one: (one.kind, one.id)
    )


def growth_words(
    records: PlanRecords, actor: Person, owner: Person, cycle: int | None, now: datetime
) -> Words | None:
    """What was answered to the questions about growing, as far as the actor may know of it; None where nothing was."""
    reviews = reviews_of(records, actor, owner, cycle, now) if cycle else []
    said = [words for review in reviews for words in answers(records, actor, review, now)][:MOST]
    return join(said, "\n", "\n") if said else None


def answers(records: PlanRecords, actor: Person, review: Review, now: datetime) -> Iterator[Words]:
    """Each answer with its question."""
    cycle = records.cycles.get(review.cycle)
    form = cycle.template.reviews.get(review.kind) if cycle else None
    thing = review_thing(records, actor, review, now)
    for question in form.questions if form else ():
        text = str(review.answers.get(question.name) or "").strip()
        about = any(word in question.name for word in ABOUT_GROWTH)
        if not about or not text or not isinstance(question.kind, Text) or thing is None or form is None:
            continue
        if may_know(actor, review, form.private.get(question.name), thing, now):
            short = text if len(text) <= LONGEST else text[:LONGEST] + "…"
            yield form.title + Words(": ", "：") + question.words + same(f"\n{short}")


def ways_to_reviews(
    records: PlanRecords, actor: Person, owner: Person, cycle: int | None, now: datetime
) -> tuple[Button, ...]:
    """The ways to these reviews."""
    found = []
    for review in reviews_of(records, actor, owner, cycle, now) if cycle else []:
        known = records.cycles.get(review.cycle)
        title = known.template.reviews[review.kind].title if known else same("–")
        found.append(Button(title, Act("see", ("review-read", str(review.id)))))
    return tuple(found[:2])
