"""Who can't be named to review somebody, and why: said for each person who was chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flows.core.words import Words
from flows.cycle.calendar import DAY, local_day
from flows.cycle.phase import Window
from flows.cycle.records import Participant
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.nominating.naming import LIVE, Naming, fell_out, live, namings
from flows.reviews.records import Nomination


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What it takes to say who fits: the person with their place, and what is known of those who were chosen.

    `nominations` are all about the person in this phase, `elsewhere` who is named for them in another one.
    `load` says for how many people somebody is named as a colleague, `reports` are whom the person leads.
    """

    naming: Naming
    person: Person
    place: Participant
    now: datetime
    nominations: Sequence[Nomination] = ()
    elsewhere: Collection[int] = ()
    load: Mapping[int, int] = field(default_factory=dict)
    reports: Collection[int] = ()

    @property
    def named(self) -> set[int]:
        """Who is one of the reviewers, or may still be."""
        return {one.reviewer for one in live(self.nominations)}


def surroundings(
    records: ResultRecords,
    naming: Naming,
    person: Person,
    place: Participant,
    chosen: Collection[int],
    now: datetime,
) -> Surroundings:
    """What is known around one person's reviewers and these people, read in a handful of queries."""
    cycle = naming.cycle.id
    others = [
        one.reviewer
        for other in namings(naming.cycle)
        if other.phase.name != naming.phase.name
        for one in records.nominations.about(cycle, other.phase.name, person.id)
        if one.state in LIVE
    ]
    return Surroundings(
        naming, person, place, now,
        nominations=records.nominations.about(cycle, naming.phase.name, person.id),
        elsewhere=frozenset(others),
        load=records.nominations.load(cycle, sorted(chosen)),
        reports=frozenset(one.person for one in records.participants.led_by(cycle, person.id)),
    )  # fmt: skip


def problem_with(candidate: Person | None, known: Surroundings, *, own: bool) -> Words | None:
    """Why somebody can't be one of the reviewers; None for whoever can. `own`: the person names them themselves."""
    if candidate is None or not candidate.active or candidate.has_left(local_day(known.now, candidate.zone)):
        return GONE
    if candidate.id == known.person.id:
        return ONESELF if own else THEMSELVES
    kinds, peers = known.naming.cycle.template.reviews.keys(), known.naming.is_peer
    if candidate.id == known.place.manager and "manager" in kinds:
        return (YOUR_MANAGER if own else THEIR_MANAGER).fill(person=known.person.name)
    if candidate.id in known.reports and "upward" in kinds:
        return (YOUR_REPORT if own else THEIR_REPORT).fill(person=known.person.name)
    if candidate.id in known.named:
        return None
    if candidate.id in known.elsewhere:
        return OTHER_KIND
    before = next((one for one in fell_out(known.nominations) if one.reviewer == candidate.id), None)
    if before is not None:
        return TURNED_DOWN if before.state == "rejected" else CANT
    if is_missing(candidate, known.naming.window(known.place)):
        return MISSING
    if peers and known.load.get(candidate.id, 0) >= known.naming.rule.load:
        return FULL.fill(most=known.naming.rule.load)
    return None


def is_missing(person: Person, window: Window) -> bool:
    """Whether somebody is not there to write: gone before the reviews are due, or away on all their days."""
    if person.left_on is not None and person.left_on < window.due:
        return True
    days = (window.due - window.opens).days + 1
    return all(person.is_away(window.opens + number * DAY) for number in range(days))


ONESELF = Words(
    "that is yourself; you write about yourself in the self review", "不能提名自己，自己的看法请写在自评里"
)
THEMSELVES = Words("the review is about them", "评估的就是本人")
GONE = Words("does not work here any more", "已不在职")
MISSING = Words("is not there while the reviews are written", "填写评估期间不在岗")
YOUR_MANAGER = Words("reviews you as your manager already", "已作为上级评估你")
THEIR_MANAGER = Words("reviews {person} as their manager already", "已作为上级评估{person}")
YOUR_REPORT = Words("is asked about you as one of your people already", "已作为你的下属对你进行评估")
THEIR_REPORT = Words("is asked about {person} as one of their people already", "已作为{person}的下属进行评估")
OTHER_KIND = Words(
    "is named for another review of the same person already", "已被邀请填写关于同一人的另一份评估"
)
TURNED_DOWN = Words("the manager has said no to this one", "上级未同意此人")
CANT = Words("has said that they can't, or is not there any more", "已表示无法评估，或已不在")
FULL = Words(
    "is asked for {most} reviews already, and nobody is asked for more", "已被邀请 {most} 份评估，达到上限"
)
