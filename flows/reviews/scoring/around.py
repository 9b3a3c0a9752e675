"""What a manager's review is held against for its hints: the same manager's others, those of others, the diary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from statistics import fmean
from typing import Any

from flows.core.kinds import Text
from flows.core.words import Words, same
from flows.cycle.template import Review as Form
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.anonymity import rated, steps_of
from flows.reviews.owed import Asked
from flows.reviews.records import Review
from flows.reviews.scoring.hints import Around, Given, hints

SAMPLE = 500  # people of the cycle whose reviews stand for everybody's: enough for a mean, and one query


def given_in(form: Form, answers: Mapping[str, Any]) -> Given:
    """A review's answers as the hints see them: ratings from the lowest (0.0) to the highest step (1.0), and texts."""
    ratings, texts = {}, {}
    for question in form.questions:
        step, steps = rated(question, answers), steps_of(question)
        if step is not None and len(steps) > 1:
            ratings[question.name] = (step - min(steps)) / (max(steps) - min(steps))
        elif isinstance(question.kind, Text) and (written := answers.get(question.name)):
            texts[question.name] = str(written)
    return Given(ratings, texts)


def around(
    records: ResultRecords, actor: Person, asked: Asked, evidence: Sequence[date], first: date, last: date
) -> Around:
    """What is known at the moment about everything besides this review."""
    cycle, phase = asked.owed.cycle, asked.owed.phase.name
    written = [review for review in records.reviews.by_author(cycle.id, actor.id) if is_of(review, phase)]
    own = [given_in(asked.form, review.answers) for review in written if review.about != asked.about.id]
    people = [place.person for place in records.participants.slice(cycle.id, 0, SAMPLE)]
    others = [
        mean
        for review in records.reviews.about(cycle.id, people)
        if is_of(review, phase) and review.author != actor.id
        if (mean := given_in(asked.form, review.answers).mean) is not None
    ]
    return Around(own, (fmean(others), len(others)) if others else None, evidence, first, last)


def is_of(review: Review, phase: str) -> bool:
    return review.kind == "manager" and review.phase == phase


def hinted(form: Form, known: Around, answers: Mapping[str, Any]) -> list[Words]:
    """The hints in words, each with its rule; they advise and block nothing."""
    return [
        same("💡 ") + hint.words + same("\n") + hint.rule for hint in hints(given_in(form, answers), known)
    ]
