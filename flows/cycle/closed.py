"""About whom nobody is asked any more without a name: what is shown of such a group together must not change afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from flows.core.owed import Task
from flows.cycle.phase import LAST_ZONE, moments_in, window_of
from flows.cycle.records import Cycle, CycleRecords
from flows.cycle.template import Phase


def is_unnamed(cycle: Cycle, phase: Phase) -> bool:
    """Whether people write in the phase without a name."""
    form = cycle.template.reviews.get(phase.review or "") if phase.work == "review" else None
    return form is not None and form.anonymous


def over_everywhere(cycle: Cycle, phase: Phase, extended: Mapping[str, date] | None = None) -> datetime:
    """When the phase is over in every zone (UTC); `extended` are last days of somebody's own."""
    return moments_in(window_of(cycle, phase, extended), cycle.template.nudges.hour, LAST_ZONE)[2]


def closes_at(over: datetime, untils: Iterable[datetime]) -> datetime:
    """When a group closes (UTC): its phase is `over` for whom it is about, and so is each task about them.

    Whatever their state: what is waived or done today may be open tomorrow, until its own end.
    """
    return max([over, *untils])


def closed_about(
    records: CycleRecords, cycle: Cycle, phase: Phase, people: Iterable[int], now: datetime
) -> set[int]:
    """About whom of these people nobody may be asked in the phase any more; nobody where reviews carry names."""
    about = sorted(set(people))
    if not about or not is_unnamed(cycle, phase):
        return set()
    closed = {person for person, name in records.closings.of(cycle.id, about) if name == phase.name}
    if now < over_everywhere(cycle, phase):
        return closed
    places = {one.person: one for one in records.participants.many(cycle.id, about)}
    untils: dict[int, list[datetime]] = defaultdict(list)
    for task in records.tasks.of_about(phase.work, cycle.id, phase.name, about):
        untils[task.about].append(task.until)
    for person in about:
        over = over_everywhere(cycle, phase, places[person].extended if person in places else None)
        if closes_at(over, untils[person]) <= now:
            closed.add(person)
    return closed


def still_asked(
    records: CycleRecords, cycle: Cycle, phase: Phase, tasks: Sequence[Task], now: datetime
) -> list[Task]:
    """Those of a phase's tasks that may be open: none about somebody whose group is closed."""
    closed = closed_about(records, cycle, phase, (task.about for task in tasks), now)
    return [task for task in tasks if task.about not in closed]
