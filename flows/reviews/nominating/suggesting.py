"""Who could review somebody: people who work with them, the closest first, each with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Literal

from flows.coaching.records import A_YEAR
from flows.core.words import Words
from flows.cycle.records import Participant
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.nominating.naming import Naming, namings

Tie = Literal["above", "below", "beside", "project", "praise", "team", "before", "returned"]
"""What joins two people; `flows.reviews.nominating.suggesting.TIES` says how closely, and says it."""

TIES: Mapping[Tie, tuple[int, Words]] = {
    "above": (5, Words("your goal serves theirs", "你的目标支撑对方的目标")),
    "below": (5, Words("their goal serves yours", "对方的目标支撑你的目标")),
    "beside": (4, Words("your goals serve the same one", "你们的目标支撑同一个上级目标")),
    "project": (4, Words("works in the same project", "同一项目")),
    "praise": (3, Words("praise between you", "你们之间有过点赞")),
    "team": (3, Words("same team", "同一团队")),
    "before": (2, Words("was named for you before", "以前评估过你")),
    "returned": (2, Words("you were named for them before", "你以前评估过对方")),
}
MOST = 8  # few enough for boxes that can be ticked at a glance
CLOSE = 12  # goals that serve one and the same: of more, everybody in a department would be close
EARLIER = 2  # cycles that are looked back at


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who could be named, and the strongest reason."""

    person: int
    tie: Tie

    @property
    def reason(self) -> Words:
        return TIES[self.tie][1]


def ranked(
    ties: Iterable[tuple[int, Tie]], load: Mapping[int, int], without: Collection[int] = ()
) -> list[Suggestion]:
    """Everybody to whom there is a tie, the closest first; of equals, whoever is asked for fewer reviews so far.

    Several ties add up, each kind once. The same ties in whatever order give the same list.
    """
    joined: dict[int, set[Tie]] = defaultdict(set)
    for person, tie in ties:
        if person not in without:
            joined[person].add(tie)

    def place(person: int) -> tuple[int, int, int]:
        return -sum(TIES[tie][0] for tie in joined[person]), load.get(person, 0), person

    return [
        Suggestion(person, min(joined[person], key=lambda tie: (-TIES[tie][0], list(TIES).index(tie))))
        for person in sorted(joined, key=place)
    ]


def ties_of(
    records: ResultRecords, naming: Naming, person: Person, place: Participant
) -> Iterator[tuple[int, Tie]]:
    """Everybody who has to do with the person, as far as perfloop knows: team, praise, goals, projects, reviews."""
    if place.manager is not None:
        for one in records.participants.led_by(naming.cycle.id, place.manager):
            yield one.person, "team"
    since = datetime.combine(naming.cycle.first, time(), UTC) - A_YEAR
    for other in records.praise.with_whom(person.id, since):
        yield other, "praise"
    yield from by_goals(records, naming, person)
    yield from by_reviews(records, naming, person)


def by_goals(records: ResultRecords, naming: Naming, person: Person) -> Iterator[tuple[int, Tie]]:
    """Who answers for a goal right above, right below or beside one of theirs.

    The goals of others beside it count only where everybody may see them. The company's own join nobody.
    """
    mine = records.goals.of_people(naming.cycle.id, [person.id])
    above = records.goals.many({goal.terms.parent for goal in mine if goal.terms.parent})
    for goal in above:
        if goal.level != "company":
            yield goal.person, "above"
    for goal in records.goals.children([goal.id for goal in mine]):
        yield goal.person, "below"
    for goal in above:
        beside = records.goals.children([goal.id])
        if len(beside) <= CLOSE:
            for other in beside:
                if other.terms.visibility == "public":
                    yield other.person, "beside"


def by_reviews(records: ResultRecords, naming: Naming, person: Person) -> Iterator[tuple[int, Tie]]:
    """Who has the same project lead, in this cycle or the last ones, and who was named for whom in the last ones."""
    this = naming.cycle
    earlier = [one for one in records.cycles.all() if one.id != this.id and one.first < this.first][:EARLIER]
    for cycle in (this, *earlier):
        for one in namings(cycle):
            if one.is_peer and cycle.id == this.id:
                continue  # who is named for whom now is told to nobody
            named = records.nominations.approved(cycle.id, one.phase.name, [person.id])
            for _, reviewer in named:
                yield reviewer, "before" if one.is_peer else "project"
                if not one.is_peer:
                    for other in records.nominations.of_reviewer(cycle.id, reviewer):
                        if other.kind == "project" and other.state == "approved":
                            yield other.about, "project"
    for cycle in earlier:
        for other in records.nominations.of_reviewer(cycle.id, person.id):
            if other.kind == "peer" and other.state == "approved":
                yield other.about, "returned"
