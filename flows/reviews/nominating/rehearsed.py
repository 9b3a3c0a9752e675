"""In a rehearsal nobody names anybody, so colleagues are named as they might be: the reviews then show what they ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from flows.core.catalog import Catalog, SweepKind
from flows.cycle.phase import window_of
from flows.cycle.planning import SLICE, plan_phase, planned_at
from flows.cycle.records import Participant, Sweep
from flows.results.records import ResultRecords
from flows.reviews.nominating.naming import Naming, naming_in
from flows.reviews.records import Nomination


def as_if_named(catalog: Catalog, cycle: int) -> Catalog:
    """The catalogue for the rehearsal of one cycle: before its reviews by colleagues are planned, some are named."""

    def step(records: ResultRecords, work: Sweep, now: datetime) -> Sweep:
        if work.about["cycle"] == cycle:
            name_some(records, cycle, work, now)
        planned: Sweep = plan_phase.step(records, work, now)
        return planned

    return catalog.having([SweepKind(plan_phase.name, step)])


def name_some(records: ResultRecords, cycle: int, work: Sweep, now: datetime) -> None:
    """Name as few colleagues as the template allows, for everybody in the slice that is planned next."""
    naming = naming_in(records, cycle, work.about["phase"])
    if naming is None or not naming.is_peer or naming.phase.name != work.about["phase"]:
        return
    if now >= planned_at(window_of(naming.cycle, naming.phase)):
        places = records.participants.slice(cycle, work.cursor, SLICE)
        records.nominations.add(list(pretended(naming, places)))


def pretended(naming: Naming, places: Sequence[Participant]) -> Iterator[Nomination]:
    """For each the next few of the same department, in a ring, so that everybody is asked about equally many."""
    rings: dict[str, list[Participant]] = defaultdict(list)
    for place in places:
        rings[place.department].append(place)
    for ring in rings.values():
        for at, about in enumerate(ring):
            around = [*ring[at + 1 :], *ring[:at]]
            others = [one for one in around if about.person != one.manager and one.person != about.manager]
            for one in others[: naming.least]:
                yield Nomination(
                    0, naming.cycle.id, naming.phase.name, "peer", about.person, one.person, "approved", about.person
                )  # fmt: skip
