"""Who may decide an appeal: nobody who had a part in the score, reports to somebody who had, or stands in for one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import chain as chained
from itertools import islice

from flows.cycle.calendar import DAY, local_day
from flows.cycle.records import Cycle
from flows.people.person import AUDITOR, OPERATOR, Person
from flows.results.appealing.records import Appeal, on
from flows.results.appealing.ties import tie
from flows.results.records import ResultRecords
from flows.results.stages import line_in

PANEL = 3  # people of level 2
LOOKED_AT = 300  # people who are looked at for a panel: HR may name others, who are looked at one by one
SLICE = 100
APART = frozenset({AUDITOR, OPERATOR})


@dataclass(frozen=True)
class Chain:
    """What ties people to one person's result in a cycle; looked up once, however many are asked about."""

    records: ResultRecords
    cycle: Cycle
    person: int

    @cached_property
    def had(self) -> frozenset[int]:
        """Who had a part in the score, and whom it is about.

        Whoever reviews them in the cycle, everybody who wrote a review with their name, whoever set a version of the
        result, and who took part in the calibration. Authors of anonymous reviews are nobody's to know.
        """
        records, cycle, person = self.records, self.cycle.id, self.person
        found: set[int | None] = {person}
        if place := records.participants.get(cycle, person):
            found.add(place.manager)
        for review in records.reviews.about(cycle, [person]):
            found |= {review.author, review.manager if review.kind == "manager" else None}
        found |= {version.by for version in records.ledger.of(cycle, person) if version.kind != "appealed"}
        if session := records.sessions.of_person(cycle, person):
            found |= {*session.participants, session.made_by, session.locked_by}
        return frozenset(one for one in found if one is not None)

    @cached_property
    def upward(self) -> tuple[int, ...]:
        """The line of managers above the person: the scorer's chain, which no panel is from."""
        place = self.records.participants.get(self.cycle.id, self.person)
        return line_in(self.records, place) if place else self.records.people.line_of(self.person)

    def tie_of(self, person: int) -> tuple[int, ...] | None:
        """What ties somebody to the score (`ties.tie`); None where they are free to decide."""
        return tie(person, self.had, self._above, self._stands)

    @cached_property
    def _known(self) -> dict[tuple[str, int], frozenset[int]]:
        return {}

    def _above(self, person: int) -> frozenset[int]:
        """The managers right above somebody, in the directory and in the cycle."""
        key = ("above", person)
        if key not in self._known:
            found, place = (
                self.records.people.get(person),
                self.records.participants.get(self.cycle.id, person),
            )
            both = {found.manager if found else None, place.manager if place else None}
            self._known[key] = frozenset(one for one in both if one is not None)
        return self._known[key]

    def _stands(self, person: int) -> frozenset[int]:
        """Who stands in for somebody, and for whom they do, in any arrangement that was not ended."""
        key = ("stands", person)
        if key not in self._known:
            delegations = self.records.delegations
            theirs = {one.deputy for one in delegations.of_person(person) if one.ended_at is None}
            others = {one.person for one in delegations.to_deputy(person) if one.ended_at is None}
            self._known[key] = frozenset(theirs | others)
        return self._known[key]


def chain_of(records: ResultRecords, appeal: Appeal) -> Chain | None:
    """What ties people to the result that is appealed against."""
    cycle = records.cycles.get(appeal.cycle)
    return Chain(records, cycle, appeal.person) if cycle else None


def there(person: Person | None, now: datetime) -> bool:
    """Whether somebody works here and will have time: who is away now and still in a week decides nothing new."""
    if person is None or not person.active:
        return False
    today = local_day(now, person.zone)
    away = person.is_away(today) and person.is_away(today + 7 * DAY)
    return not person.has_left(today) and not away


def may_decide(
    chain: Chain, person: Person | None, level: int, without: Collection[int], now: datetime
) -> bool:
    """Whether somebody may decide at a level: here, not among those left out, and free of the score.

    A panel is from outside the scorer's chain, so nobody above sits in it either.
    """
    if person is None or person.id in without or not there(person, now):
        return False
    if level > 1 and person.id in chain.upward:
        return False
    return chain.tie_of(person.id) is None


def left_out(records: ResultRecords, appeal: Appeal, level: int) -> frozenset[int]:
    """Who doesn't decide at this level whoever they are: who stepped back or was replaced, who decided before."""
    seats = records.appeals.seats(appeal.id)
    return frozenset(one.person for one in seats if not one.on or one.level < level)


def first_level(
    chain: Chain, appeal: Appeal, without: Collection[int], hr: Iterable[Person], now: datetime
) -> Person | None:
    """The manager's manager; where that one had a part in the score or is not there, somebody of HR who had none.

    One that is kept apart is HR's from the beginning.
    """
    above = chain.records.people.get(chain.upward[1]) if len(chain.upward) > 1 and not appeal.apart else None
    if above is not None and may_decide(chain, above, 1, without, now):
        return above
    return next((one for one in hr if may_decide(chain, one, 1, without, now)), None)


def panel(
    chain: Chain,
    appeal: Appeal,
    without: Collection[int],
    hr: Iterable[Person],
    now: datetime,
    most: int = PANEL,
) -> list[Person]:
    """Up to three people for level 2, of different departments where there are: leaders first, then HR, then others.

    In an order that is drawn for each appeal by its number, so that nobody chooses them and it isn't always the same.
    """
    found: list[Person] = []
    spare: list[Person] = []
    for person in islice(candidates(chain, appeal, hr), LOOKED_AT):
        if len(found) == most:
            break
        if may_decide(chain, person, 2, without, now):
            taken = {one.department for one in found}
            (spare if person.department in taken else found).append(person)
    return [*found, *spare][:most]


def candidates(chain: Chain, appeal: Appeal, hr: Iterable[Person]) -> Iterator[Person]:
    """Everybody who could be asked, each once: those far from the score are looked at first.

    Auditors and operators are left out: who looks at how others decide should not have to look at their own decision.
    """
    records = chain.records
    near = {one.department for one in records.people.many(sorted(chain.had))}
    leaders = records.people.many(records.participants.managers(chain.cycle.id))
    seen: set[int] = set()
    first = (list(hr), leaders) if appeal.apart else (leaders, list(hr))
    for several in chained(first, slices(records)):
        drawn = sorted(several, key=lambda one: (one.department in near, lot(appeal.id, one.id)))
        yield from (one for one in drawn if one.id not in seen and APART.isdisjoint(one.roles))
        seen |= {one.id for one in several}


def slices(records: ResultRecords) -> Iterator[list[Person]]:
    """Everybody in the directory, some at a time."""
    after = 0
    while several := records.people.slice(after, SLICE):
        after = several[-1].id
        yield several


def lot(appeal: int, person: int) -> str:
    """What decides the order in which people are asked; anybody can draw it again."""
    return sha256(f"{appeal}/{person}".encode()).hexdigest()


def still_fit(records: ResultRecords, chain: Chain, appeal: Appeal, now: datetime) -> list[int]:
    """Those of the present deciders who still may."""
    seated = on(records.appeals.seats(appeal.id), appeal.level)
    without = left_out(records, appeal, appeal.level)
    people = {one.id: one for one in records.people.many(seated)}
    return [one for one in seated if may_decide(chain, people.get(one), appeal.level, without, now)]
