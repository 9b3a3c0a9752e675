"""How far people are, for HR: of what is written without a name no more than tells nothing about one group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from flows.core.records import Task
from flows.cycle.closed import is_unnamed, over_everywhere
from flows.cycle.hr.scope import departments_of
from flows.cycle.progress import Share, by_phase, in_all
from flows.cycle.records import Cycle, CycleRecords
from flows.cycle.template import Phase
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.reviews.anonymity import enough, threshold_of

KIND = "peer_completion"
LEAST_GROUPS = 3  # a number about fewer groups than that is nearly one about each of them


def shares_of(
    records: CycleRecords, actor: Person, cycle: Cycle, kinds: Sequence[str]
) -> Mapping[str, Mapping[str, Share]]:
    """Phase → department → how far, of the departments that the reader looks after, where reviews carry names."""
    if cycle.launched_at is None or not kinds:
        return {}
    unnamed = {phase.name for phase in cycle.template.phases if is_unnamed(cycle, phase)}
    counted = records.tasks.counted(kinds, cycle.id)
    return by_phase((row for row in counted if row[0] not in unnamed), actor.hr_scope)


def share_in(
    records: ResultRecords,
    actor: Person,
    cycle: Cycle,
    phase: Phase,
    shares: Mapping[str, Mapping[str, Share]],
    now: datetime,
) -> Share:
    """How far a phase is; nothing where that must not be told.

    What is written without a name has one number for the whole company, and only once nothing of it changes any
    more: two numbers would tell what came between them.
    """
    if not is_unnamed(cycle, phase):
        return in_all(shares.get(phase.name, {}).values())
    if cycle.launched_at is None or now < over_for_all(records, cycle, phase):
        return Share()
    thing = Thing(KIND, departments=departments_of(records, cycle), stage="C")
    if not may(actor, "count", thing, now):
        return Share()
    counted = records.tasks.counted((phase.work,), cycle.id)
    share = in_all(by_phase(row for row in counted if row[0] == phase.name).get(phase.name, {}).values())
    groups = len(records.pens.asked(cycle.id, [phase.name]))
    return (
        share if groups >= LEAST_GROUPS and tells_little(cycle, phase, share.done, share.total) else Share()
    )


def over_for_all(records: CycleRecords, cycle: Cycle, phase: Phase) -> datetime:
    """When it is over everywhere, also for those who got more time (UTC): the number would rise by what they send."""
    own = [one.extended for one in records.participants.extended(cycle.id) if phase.name in one.extended]
    return max(over_everywhere(cycle, phase, extended) for extended in (None, *own))


def tells_little(cycle: Cycle, phase: Phase, some: int, of: int) -> bool:
    """Whether enough did and enough did not, besides the reader, who knows which of the two they are."""
    least = threshold_of(cycle.template, phase.review or "peer")
    return enough(some, least, own=1) and enough(of - some, least, own=1)


def nameable(
    records: ResultRecords,
    actor: Person,
    cycle: Cycle,
    phase: Phase,
    people: Iterable[tuple[Person, int]],
    now: datetime,
) -> Iterator[Person]:
    """Of (who, how many are late) those whom the reader may be told by name, of what is written without one.

    Nobody of whom they are the manager, nobody who owes only what is about the reader; and whoever is HR learns
    nothing of themselves and those above them (the policy says so). Upward reviews name nobody.
    """
    if phase.review == "upward":
        return
    mine = {one.person for one in records.participants.led_by(cycle.id, actor.id)}
    mine |= {person.id for person in records.people.reports_of(actor.id)}
    above = frozenset(records.people.line_of(actor.id))
    about = [
        task
        for task in records.tasks.of_about(phase.work, cycle.id, phase.name, [actor.id])
        if late(task, now)
    ]
    of_reader = {task.owner for task in about}
    for person, number in people:
        thing = Thing(KIND, person, stage="O", above_actor=person.id in above)
        if person.id in mine or not may(actor, "count", thing, now):
            continue
        if number > (person.id in of_reader):
            yield person


def late(task: Task, now: datetime) -> bool:
    """Whether it is past due and not done, or was never done."""
    return task.state == "expired" or (task.state == "open" and task.due_at < now)


def number_late(
    records: ResultRecords, actor: Person, cycle: Cycle, phase: Phase, now: datetime
) -> int | None:
    """How many upward reviews were not sent, for whom it may be told; None where no number is."""
    share = share_in(records, actor, cycle, phase, {}, now)
    return share.total - share.done if share.total else None
