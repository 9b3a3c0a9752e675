"""What is published of anonymous answers: to every reader the same, from the closing of a group on and for ever after."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from flows.core.words import Words
from flows.cycle.records import Cycle
from flows.results.records import ResultRecords
from flows.reviews.gathering import anonymous_phases, gather
from flows.reviews.owed import KIND
from flows.reviews.records import SealedAnswer, SealedGroup


def published(
    records: ResultRecords, cycle: Cycle, people: Sequence[int], now: datetime
) -> list[SealedGroup]:
    """The groups about these people that are closed at `now` (aware), by person and phase, shown or not.

    Who may look at one, the policy says ("peer_aggregate"). Nothing is there of a group that is still written.
    """
    if records.pens.is_sealed(cycle.id):
        return records.sealed.groups_many(cycle.id, people)
    found = [one.group for one in gather(records, cycle, people, now)]
    return sorted(found, key=lambda group: (group.about, group.phase))


def published_comments(records: ResultRecords, cycle: Cycle, about: int, now: datetime) -> list[SealedAnswer]:
    """The comments about one person of the groups that are closed, each question in an order that tells nothing."""
    if records.pens.is_sealed(cycle.id):
        return records.sealed.answers(cycle.id, about)
    return [answer for one in gather(records, cycle, [about], now) for answer in one.answers(records)]


def still_written(
    records: ResultRecords,
    cycle: Cycle,
    phases: Sequence[str],
    people: Sequence[int],
    groups: Collection[tuple[int, str]],
) -> set[tuple[int, str]]:
    """(whom it is about, phase) of the groups in these phases that are not among those published: they will be."""
    without = [one for one in people if any((one, name) not in groups for name in phases)]
    found = records.pens.writers(cycle.id, phases, without) if without else ()
    return {which for one in found if (which := (one.about, one.phase)) not in groups}


def kept_from(
    records: ResultRecords, cycle: Cycle, reader: int, people: Sequence[int]
) -> frozenset[tuple[int, str]]:
    """(whom it is about, phase) of the groups about these people that this reader isn't shown, whatever their rights.

    They were asked themselves, and were not among the readers when the group was closed: one answer more was not asked
    for on their account, so they could take off their own. To be asked for after the groups themselves: whoever looks
    first closes them.
    """
    meant = set(people)
    asked = {
        (task.about, phase.name)
        for phase in anonymous_phases(cycle)
        for task in records.tasks.of_round(KIND, cycle.id, phase.name, [reader])
        if task.about in meant
    }
    closed = records.closings.of(cycle.id, sorted({about for about, _ in asked})) if asked else {}
    return frozenset(which for which in asked if reader not in closed.get(which, ()))


def parts_kept_from(
    records: ResultRecords, cycle: Cycle, reader: int, person: int, inputs: Mapping[str, Any]
) -> frozenset[str]:
    """The names of those parts of a result (its kept `inputs`) that come from groups which this reader isn't shown."""
    phases = {phase for _, phase in kept_from(records, cycle, reader, [person])}
    return frozenset(part["name"] for part in inputs.get("components", ()) if part.get("phase") in phases)


NOT_YOURS = Words(
    "You were asked about this person yourself, so you don't see this part.",
    "你本人也被邀请评估过此人，因此看不到这一部分。",
)
