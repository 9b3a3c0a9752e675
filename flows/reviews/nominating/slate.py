"""What the form of naming reviewers shows: suggestions with their reasons, who is named already, and who stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.core.desk import NotThere
from flows.core.kinds import Choices, People
from flows.core.page import Question, Questionnaire
from flows.core.play import Answers
from flows.core.said import Option
from flows.core.words import Words, same
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.nominating.fitting import Surroundings, problem_with, surroundings
from flows.reviews.nominating.naming import is_open_to, live, planned
from flows.reviews.nominating.opening import refuse_unless_open
from flows.reviews.nominating.rights import named_by
from flows.reviews.nominating.suggesting import MOST, Suggestion, Tie, ranked, ties_of
from flows.reviews.nominating.wording import who_is_wanted
from flows.reviews.records import Nomination

FORM = "colleagues"
PEERS, LEADS = Words("Name colleagues", "提名同事"), Words("Name project leads", "指定项目负责人")


@dataclass(frozen=True, slots=True)
class Slate:
    """What the form shows: whose reviewers, who fits best, whom the actor can still take back, and who stays."""

    known: Surroundings
    actor: Person
    suggestions: tuple[tuple[Person, Suggestion], ...]
    own: frozenset[int]
    fixed: tuple[Nomination, ...]

    @property
    def is_own(self) -> bool:
        return self.actor.id == self.known.person.id


def slate(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Slate:
    """Everything that the form shows; refuses when nobody can be named (any more, or by this person)."""
    found = named_by(records, (subject,))
    if found is None:
        raise NotThere
    naming, person, place = found
    refuse_unless_open(records, naming, person, place, actor, now)
    ties = list(ties_of(records, naming, person, place)) if naming.is_peer else []
    known = surroundings(records, naming, person, place, {one for one, _ in ties}, now)
    asked = planned(records, naming)
    own = {
        one.reviewer for one in live(known.nominations) if is_open_to(one, actor.id, person.id, asked=asked)
    }
    fixed = tuple(one for one in live(known.nominations) if one.reviewer not in own)
    return Slate(
        known, actor, suggested(records, known, ties, {one.reviewer for one in fixed}, actor),
        frozenset(own), fixed,
    )  # fmt: skip


def suggested(
    records: ResultRecords,
    known: Surroundings,
    ties: Sequence[tuple[int, Tie]],
    without: set[int],
    actor: Person,
) -> tuple[tuple[Person, Suggestion], ...]:
    """The closest people who can be named, and the rest of those who are named already and can be taken back."""
    best = ranked(ties, known.load, without | {known.person.id})
    people = {one.id: one for one in records.people.many([one.person for one in best])}
    own = actor.id == known.person.id
    fitting = [
        (people[one.person], one)
        for one in best
        if one.person in people
        and one.person != actor.id
        and problem_with(people[one.person], known, own=own) is None
    ]
    return tuple(fitting[:MOST])


def page_of(its: Slate) -> Questionnaire:
    """Boxes for who is suggested, and a field for anybody else."""
    options = tuple(
        Option(str(person.id), same(person.name), one.reason, person.id) for person, one in its.suggestions
    )
    others = Question("others", ELSE if options else WHO, People(), optional=True)
    boxes = [Question("suggested", SUGGESTED, Choices(options), optional=True)] if options else []
    title = PEERS if its.known.naming.is_peer else LEADS
    name = same("") if its.is_own else same(f" · {its.known.person.name}")
    return Questionnaire(FORM, title + name, (*boxes, others), note=who_is_wanted(its.known, len(its.fixed)))


SUGGESTED = Words("Suggested colleagues", "推荐人选")
ELSE = Words("Anybody else?", "其他人选")
WHO = Words("Who?", "选择人员")


def prefill(its: Slate) -> Answers:
    """Whom the actor has named so far and can still take back."""
    boxes = {person.id for person, _ in its.suggestions}
    others = sorted(its.own - boxes)
    ticked = [str(person.id) for person, _ in its.suggestions if person.id in its.own]
    answers = {"others": others or None, **({"suggested": ticked or None} if boxes else {})}
    return {FORM: answers} if its.own else {}
