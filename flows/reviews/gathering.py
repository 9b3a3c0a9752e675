"""The anonymous answers about people, phase by phase, with what decides whether anything of them may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.cycle.phase import LAST_ZONE as LAST_ZONE
from flows.cycle.phase import moments_in, window_of
from flows.cycle.records import Cycle, Participant
from flows.cycle.template import Phase, Review
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.anonymity import comments_of, group_of, threshold_of
from flows.reviews.owed import form_of
from flows.reviews.records import Flag, Pen, SealedAnswer, SealedGroup, Writer


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was sent about one person in one phase. `own` is 1 where one of its authors is among its readers.

    `flags` are HR's words about comments on this person. `closes` is the moment (UTC) from which on nothing of it can
    be written or changed any more, but for the wording of single comments.
    """

    cycle: Cycle
    phase: Phase
    form: Review
    about: int
    pens: Sequence[Pen]
    own: int
    flags: Sequence[Flag]
    closes: datetime

    @property
    def least(self) -> int:
        return threshold_of(self.cycle.template, self.form.kind)

    @property
    def group(self) -> SealedGroup:
        """Its averages, as everybody sees them who may."""
        return group_of(self.form, self.phase.name, self.about, self.pens, self.least, self.own)

    def comments(self, records: ResultRecords) -> dict[str, list[tuple[str, str]]]:
        """(pen, text) of the comments that are shown, by question.

        What HR withholds is not, nor what HR has asked for in other words as long as it stands as it was.
        """
        hidden = {flag.id for flag in self.flags if flag.state in ("reword", "withheld")}
        texts = comments_of(self.form, self.pens, self.least, self.own)
        without = {
            (pen, question)
            for question, given in (texts if hidden else {}).items()
            for pen, _ in given
            if records.pens.comment(self.cycle.id, pen, question) in hidden
        }
        return comments_of(self.form, self.pens, self.least, self.own, without) if without else texts

    def answers(self, records: ResultRecords) -> list[SealedAnswer]:
        """The same as values without any pen, each question in an order of its own that tells nothing."""
        return [
            SealedAnswer(self.about, self.phase.name, self.form.kind, question, text)
            for question, given in self.comments(records).items()
            for _, text in sorted(
                given, key=lambda one: records.pens.comment(self.cycle.id, one[0], question)
            )
        ]


def anonymous_phases(cycle: Cycle) -> list[Phase]:
    """The phases in which people write without a name."""
    return [phase for phase in cycle.template.phases if (form := form_of(cycle, phase)) and form.anonymous]


def gather(records: ResultRecords, cycle: Cycle, people: Sequence[int]) -> Iterator[Gathered]:
    """Everything about these people, of those who have a place in the cycle, where anybody was asked."""
    phases = {phase.name: phase for phase in anonymous_phases(cycle)}
    places = records.participants.many(cycle.id, people) if phases else []
    people = [one.person for one in places]
    asked: dict[tuple[str, int], list[Writer]] = defaultdict(list)
    for writer in records.pens.writers(cycle.id, list(phases), people):
        asked[writer.phase, writer.about].append(writer)
    if not asked:
        return
    pens = {
        (name, about): found for name, about, found in records.pens.everything(cycle.id, list(phases), people)
    }
    flags = records.flags.of_cycle(cycle.id)
    over = {name: over_everywhere(cycle, phase) for name, phase in phases.items()}
    readers = readers_in(records, cycle, places)
    for (name, about), writers in asked.items():
        phase, sent = phases[name], pens.get((name, about), [])
        reading = {one for writer in writers for one in (writer.owner, writer.person)} & readers[about]
        own = bool(reading) and records.pens.is_by(cycle.id, name, about, sent, reading)
        theirs = [flag for flag in flags if flag.about == about and flag.phase == name]
        form = cycle.template.reviews[phase.review or "peer"]
        closes = closes_at(over[name], writers)
        yield Gathered(cycle, phase, form, about, sent, int(own), theirs, closes)


def over_everywhere(cycle: Cycle, phase: Phase) -> datetime:
    """When the phase is over in every zone (UTC)."""
    return moments_in(window_of(cycle, phase), cycle.template.nudges.hour, LAST_ZONE)[2]


def closes_at(over: datetime, asked: Sequence[Writer]) -> datetime:
    """When the last of those asked can write no more, and the phase is over everywhere.

    It does not move back behind itself: more time is given to somebody only while they have time
    (`flows.cycle.hr.extending`), so that what was shown once stays as it is.
    """
    return max([over, *(one.until for one in asked if one.state in ("open", "done"))])


def readers_in(records: ResultRecords, cycle: Cycle, places: Sequence[Participant]) -> dict[int, set[int]]:
    """Who may read what is shown about each: the managers above, HR, and whoever calibrates their result."""
    hr = {person.id for person in records.people.hr()}
    sitting = sitting_about(records, cycle, [place.person for place in places])
    above: dict[int, int | None] = {}
    found: dict[int, set[int]] = {}
    for place, line in zip(places, lines(records, places, above), strict=True):
        found[place.person] = (hr | line | sitting.get(place.person, set())) - {place.person}
    return found


def sitting_about(records: ResultRecords, cycle: Cycle, people: Sequence[int]) -> dict[int, set[int]]:
    """Who calibrates the results of these people."""
    found = records.sessions.of_people(cycle.id, people)
    return {person: set(session.participants) for person, session in found.items()}


def lines(
    records: ResultRecords, places: Sequence[Participant], above: dict[int, int | None]
) -> Iterator[set[int]]:
    """The managers above each, from whoever reviews them in the cycle on; level by level for all of them at once."""
    wanted = {one.manager or one.person for one in places}
    while new := wanted - above.keys():
        people: list[Person] = records.people.many(sorted(new))
        above |= dict.fromkeys(new) | {person.id: person.manager for person in people}
        wanted = {manager for one in new if (manager := above[one])}
    for place in places:
        line: set[int] = set()
        one = place.manager or above[place.person]
        while one is not None and one not in line:
            line.add(one)
            one = above[one]
        yield line
