"""The two sides of an interview: who they are, what they may do by the policy, and by when each is asked for what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.core.desk import NotThere
from flows.core.words import Words, same
from flows.cycle.owing import GRACE, whole
from flows.cycle.records import Cycle
from flows.interviews.records import Interview, InterviewRecords
from flows.interviews.talked import SIDES, Side, Talk
from flows.people.person import Person
from flows.people.policy import Relation, Thing, relations
from flows.results.releasing.opening import end_of
from flows.results.stages import thing_about, things_about
from flows.reviews.owed import Moment

KIND = "interview"
LOOK, SAY = (KIND, "view"), (KIND, "submit")
SAY_DAYS, LATE_DAYS, SIGN_DAYS, UNSIGNED_DAYS = 3, 5, 5, 10
"""Working days of whoever is asked: to say what was agreed, how late that opens the other's, to sign, to be recorded."""

CLOSE: frozenset[Relation] = frozenset({"self", "manager", "delegate", "line"})
"""Who reads what was agreed without a line in the audit log: everybody but HR."""


@dataclass(frozen=True, slots=True)
class Both:
    """An interview with its cycle and both people."""

    interview: Interview
    cycle: Cycle
    person: Person
    manager: Person

    @property
    def names(self) -> Mapping[Side, str]:
        return {"person": self.person.name, "manager": self.manager.name}

    @property
    def ended(self) -> datetime:
        """When the talk was over (UTC)."""
        return self.interview.ends_at or self.interview.changed_at

    def of(self, side: Side) -> Person:
        return self.person if side == "person" else self.manager

    def side_of(self, actor: Person) -> Side:
        """The side for which the actor speaks: whoever stands in for the manager does it for them."""
        return "person" if actor.id == self.person.id else "manager"

    def each(self) -> Iterator[tuple[Side, Person]]:
        yield from ((side, self.of(side)) for side in SIDES)

    def titled(self, words: Words) -> Words:
        return words + same(f" · {self.cycle.name}")

    def is_over(self, now: datetime) -> bool:
        """Whether they have talked: somebody has said so, or the time that was set has passed."""
        it = self.interview
        return it.state == "held" or (it.state == "booked" and it.ends_at is not None and it.ends_at <= now)

    def say_by(self, who: Person) -> datetime:
        return end_of(self.ended, SAY_DAYS, who, self.cycle.template.nudges)

    def late_from(self, who: Person) -> datetime:
        """From when on it is not waited for what this one says."""
        return end_of(self.say_by(who), LATE_DAYS, who, self.cycle.template.nudges)

    def opened_at(self, talk: Talk, now: datetime) -> datetime | None:
        """Since when each may read what the other said, and sign; None while one is waited for."""
        if talk.is_said:
            return max(one.at for one in talk.said.values())
        late = [self.late_from(who) for side, who in self.each() if side not in talk.said]
        return max(late) if talk.said and max(late) <= now else None

    def sign_by(self, opened: datetime, who: Person) -> datetime:
        return end_of(opened, SIGN_DAYS, who, self.cycle.template.nudges)

    def unsigned_from(self, opened: datetime, who: Person) -> datetime:
        """From when on a signature counts as missing."""
        return end_of(opened, UNSIGNED_DAYS, who, self.cycle.template.nudges)


def both_of_many(records: InterviewRecords, several: Sequence[Interview]) -> list[Both]:
    """The same of several, in their order, their people read at once."""
    records.people.many({one for it in several for one in (it.person, it.manager)})
    return [both for one in several if (both := both_of(records, one))]


def both_of(records: InterviewRecords, interview: Interview | None) -> Both | None:
    """The interview with its people; None where one of them is not there."""
    if interview is None:
        return None
    cycle = records.cycles.get(interview.cycle)
    person, manager = records.people.get(interview.person), records.people.get(interview.manager)
    return Both(interview, cycle, person, manager) if cycle and person and manager else None


def named(records: InterviewRecords, about: tuple[str, ...]) -> Both | None:
    """The interview whose number comes first in what a button is about, or in a subject "12/3"."""
    number = about[0].partition("/")[0] if about else ""
    return both_of(records, records.interviews.get(whole(number)))


def found(records: InterviewRecords, about: tuple[str, ...]) -> Both:
    """The same; NotThere where there is none."""
    both = named(records, about)
    if both is None:
        raise NotThere
    return both


def whose_interview(records: InterviewRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The interview that a button names, as the policy sees it for the actor."""
    both = named(records, about)
    return lambda now: thing_in(records, actor, both, now) if both else None


def thing_in(records: InterviewRecords, actor: Person, both: Both, now: datetime) -> Thing | None:
    """It for the policy: whoever holds the talk is its manager, also after somebody else leads the employee."""
    holds: frozenset[Relation] = frozenset({"manager"} if actor.id == both.manager.id else ())
    return thing_about(records, actor, KIND, both.cycle, both.person, now, holds)


def things_in(
    records: InterviewRecords, actor: Person, several: Sequence[Both], now: datetime
) -> dict[int, Thing]:
    """The same of several, by the interviews' ids, in a handful of queries for each cycle."""
    groups: dict[tuple[int, bool], list[Both]] = defaultdict(list)
    for both in several:
        groups[both.cycle.id, actor.id == both.manager.id].append(both)
    found: dict[int, Thing] = {}
    for (_, leads), some in groups.items():
        holds: frozenset[Relation] = frozenset({"manager"} if leads else ())
        people = [both.person for both in some]
        things = things_about(records, actor, KIND, some[0].cycle, people, now, holds)
        found |= {both.interview.id: things[both.person.id] for both in some if both.person.id in things}
    return found


def stands_as(records: InterviewRecords, actor: Person, both: Both, now: datetime) -> Side | None:
    """On which side the actor stands, be it for the manager; None for whoever takes no part in it."""
    if actor.id == both.person.id:
        return "person"
    thing = thing_in(records, actor, both, now)
    is_theirs = thing is not None and not relations(actor, thing).isdisjoint({"manager", "delegate"})
    return "manager" if is_theirs else None


def asking_times(both: Both, who: Person) -> tuple[datetime, datetime, datetime]:
    """(opens, due, until) in UTC of saying what was agreed."""
    return both.ended, both.say_by(who), both.late_from(who) + GRACE


def signing_times(both: Both, opened: datetime, who: Person) -> tuple[datetime, datetime, datetime]:
    """(opens, due, until) in UTC of signing."""
    return opened, both.sign_by(opened, who), both.unsigned_from(opened, who)
