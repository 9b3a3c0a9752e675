"""What is published of anonymous answers: to every reader the same, from the closing of a group on and for ever after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.cycle.records import Cycle
from flows.results.records import ResultRecords
from flows.reviews.gathering import gather
from flows.reviews.records import SealedAnswer, SealedGroup


def published(
    records: ResultRecords, cycle: Cycle, people: Sequence[int], now: datetime
) -> list[SealedGroup]:
    """The groups about these people that are closed at `now` (aware), by person and phase, shown or not.

    Who may look at one, the policy says ("peer_aggregate"). Nothing is there of a group that is still written.
    """
    if records.pens.is_sealed(cycle.id):
        return records.sealed.groups_many(cycle.id, people)
    found = [one.group for one in gather(records, cycle, people) if one.closes <= now]
    return sorted(found, key=lambda group: (group.about, group.phase))


def published_comments(records: ResultRecords, cycle: Cycle, about: int, now: datetime) -> list[SealedAnswer]:
    """The comments about one person of the groups that are closed, each question in an order that tells nothing."""
    if records.pens.is_sealed(cycle.id):
        return records.sealed.answers(cycle.id, about)
    closed = [one for one in gather(records, cycle, [about]) if one.closes <= now]
    return [answer for one in closed for answer in one.answers(records)]
