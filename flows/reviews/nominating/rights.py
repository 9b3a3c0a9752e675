"""What a button or a form about reviewers means, as a thing for the policy function, which alone decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from flows.cycle.owing import APPROVE, REPLACE, parts_of, whole
from flows.cycle.records import Participant
from flows.people.person import Person
from flows.people.policy import Relation, Thing
from flows.results.records import ResultRecords
from flows.results.stages import thing_about
from flows.reviews.nominating.naming import NOMINATE, Naming, naming_in
from flows.reviews.records import Nomination

AtMoment = Callable[[datetime], Thing | None]
Load = Callable[[ResultRecords, Person, tuple[str, ...]], AtMoment | None]
TASKS = (NOMINATE, APPROVE, REPLACE)


def named_by(records: ResultRecords, about: Sequence[str]) -> tuple[Naming, Person, Participant] | None:
    """What "cycle/phase/person", or these three, mean: only somebody who takes part in a live cycle."""
    parts = about[:3] if len(about) > 2 else parts_of(about[0], 3) if about else None
    naming = naming_in(records, whole(parts[0]), parts[1]) if parts else None
    person = records.people.get(whole(parts[2])) if parts else None
    place = records.participants.get(naming.cycle.id, person.id) if naming and person else None
    if naming is None or person is None or place is None or place.place != "in":
        return None
    return naming, person, place


def thing_for(
    records: ResultRecords, actor: Person, naming: Naming, person: Person, now: datetime
) -> Thing | None:
    """The reviewers of one person as the policy sees them; whoever does the manager's task about them stands in."""
    kind = "peer_nomination" if naming.is_peer else "project_review"
    standing: frozenset[Relation] = frozenset()
    if does_it_for(records, actor, naming, person):
        standing = frozenset({"delegate"})
    return thing_about(records, actor, kind, naming.cycle, person, now, standing)


def does_it_for(records: ResultRecords, actor: Person, naming: Naming, person: Person) -> bool:
    """Whether a task about this person's reviewers is with the actor, whoever usually has it."""
    return actor.id != person.id and any(
        task.scope == naming.cycle.id and task.kind in TASKS and task.about == person.id
        for task in records.tasks.open_of(actor.id)
    )


def whose(*, peers: bool) -> Load:
    """Loads the reviewers that "cycle/phase/person" names: of a review by colleagues, or by leads."""

    def load(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> AtMoment | None:
        found = named_by(records, about)
        if found is None or found[0].is_peer != peers:
            return None
        return lambda now: thing_for(records, actor, found[0], found[1], now)

    return load


def nomination_named(
    records: ResultRecords, about: Sequence[str]
) -> tuple[Nomination, Naming, Person, Participant] | None:
    """The nomination whose number comes first, with what it is for and whom it is about."""
    found = records.nominations.get(whole(about[0])) if about else None
    known = named_by(records, (str(found.cycle), found.phase, str(found.about))) if found else None
    return (found, *known) if found and known else None


def whose_nomination(*, peers: bool) -> Load:
    """The same for the number of a single nomination."""

    def load(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> AtMoment | None:
        found = nomination_named(records, about)
        if found is None or found[1].is_peer != peers:
            return None
        return lambda now: thing_for(records, actor, found[1], found[2], now)

    return load
