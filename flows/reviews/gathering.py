"""The anonymous answers about people, phase by phase, with what decides whether anything of them may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.cycle.closed import closes_at, is_unnamed, over_everywhere
from flows.cycle.records import Cycle, Participant
from flows.cycle.template import Phase, Review
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.reviews.anonymity import comments_of, group_of, threshold_of
from flows.reviews.records import Flag, Pen, SealedAnswer, SealedGroup, Writer


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was sent about one person in one phase. `own` is 1 where one of those asked was among its first readers.

    `flags` are HR's words about comments on this person. Nothing of it can be written or changed any more, but for the
    wording of single comments.
    """

    cycle: Cycle
    phase: Phase
    form: Review
    about: int
    pens: Sequence[Pen]
    own: int
    flags: Sequence[Flag]

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
    return [phase for phase in cycle.template.phases if is_unnamed(cycle, phase)]


def gather(
    records: ResultRecords, cycle: Cycle, people: Sequence[int], now: datetime, *, for_good: bool = False
) -> list[Gathered]:
    """The groups about these people that are closed at `now` (aware), of those who have a place in the cycle.

    Whoever looks at one first closes it: its readers of that moment are kept with it, and from then on nobody is asked
    about that person any more. `for_good`: it is the seal, which nothing can follow, so all of them are closed.
    """
    phases = {phase.name: phase for phase in anonymous_phases(cycle)}
    places = {one.person: one for one in records.participants.many(cycle.id, people)} if phases else {}
    asked: dict[tuple[int, str], list[Writer]] = defaultdict(list)
    for writer in records.pens.writers(cycle.id, list(phases), list(places)):
        asked[writer.about, writer.phase].append(writer)
    over = {name: over_everywhere(cycle, phase) for name, phase in phases.items()}
    closed = records.closings.of(cycle.id, list(places)) if asked else {}
    ended = {
        (about, name): writers
        for (about, name), writers in asked.items()
        if (about, name) not in closed
        and (for_good or closing(cycle, phases[name], over[name], places[about], writers) <= now)
    }
    closed |= close(records, cycle, [places[about] for about in sorted({about for about, _ in ended})], ended)
    if not closed:
        return []
    about = sorted({person for person, _ in closed})
    pens = {(one, name): found for name, one, found in records.pens.everything(cycle.id, list(phases), about)}
    flags = records.flags.of_cycle(cycle.id)
    return [
        Gathered(
            cycle, phases[name], cycle.template.reviews[phases[name].review or "peer"], person,
            pens.get((person, name), []), int(bool(closed[person, name])),
            [flag for flag in flags if flag.about == person and flag.phase == name],
        )
        for person, name in asked
        if (person, name) in closed
    ]  # fmt: skip


def closing(
    cycle: Cycle, phase: Phase, over: datetime, place: Participant, asked: Sequence[Writer]
) -> datetime:
    """When a group closes; `over` is the end of its phase for people without a last day of their own."""
    if phase.name in place.extended:
        over = over_everywhere(cycle, phase, place.extended)
    return closes_at(over, (one.until for one in asked))


def close(
    records: ResultRecords,
    cycle: Cycle,
    places: Sequence[Participant],
    asked: Mapping[tuple[int, str], Sequence[Writer]],
) -> dict[tuple[int, str], frozenset[int]]:
    """Close these groups with their readers of now, of those who were asked; where another was quicker, with theirs.

    Who was asked is what counts, not who wrote: whether a group is shown would otherwise tell the one from the other.
    """
    if not asked:
        return {}
    readers = readers_in(records, cycle, places)
    theirs = {(about, phase): askable(writers) & readers[about] for (about, phase), writers in asked.items()}
    records.closings.close(cycle.id, theirs)
    kept = records.closings.of(cycle.id, [place.person for place in places])
    return {which: kept[which] for which in asked}


def askable(asked: Sequence[Writer]) -> set[int]:
    """Everybody who was asked, whatever has become of it."""
    return {one for writer in asked for one in (writer.owner, writer.person)}


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
