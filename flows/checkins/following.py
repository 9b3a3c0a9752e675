"""What a change of the directory means for check-ins: the digests of other managers, and of managers in other zones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.checkins.digest_moments import (
    digest_key,
    digest_moment,
    free_moments,
    moments_at,
    send_early,
)
from flows.checkins.digest_planning import expect
from flows.checkins.records import CheckinRecords, Programme
from flows.checkins.rounds import KIND, asked, near_rounds
from flows.people.person import Person


def managers_changed(
    records: CheckinRecords, changes: Sequence[tuple[int | None, Person]], now: datetime
) -> None:
    """People are led by others: (former manager, the person as they are now).

    The new manager gets a digest of the round too, and the former one need not wait for who is not of the team.
    """
    programme = _running(records)
    if programme is None:
        return
    meant = [(was, person) for was, person in changes if asked(programme.audience, person)]
    new = records.people.many(sorted({person.manager for _, person in meant if person.manager}))
    former = records.people.many(sorted({was for was, _ in meant if was}))
    for round_ in near_rounds(programme, now):
        expect(records, programme, round_, new, now)
        for manager in former:
            if has_team(records, programme, round_.key, manager):
                send_early(records, programme, round_.key, manager, now)


def has_team(records: CheckinRecords, programme: Programme, round_key: str, manager: Person) -> bool:
    """Whether anybody of the manager's team was asked in the round."""
    reports = [person.id for person in records.people.reports_of(manager.id)]
    return bool(records.tasks.of_round(KIND, programme.id, round_key, reports))


def manager_rezoned(records: CheckinRecords, zone: str, manager: Person, now: datetime) -> None:
    """A manager who lived in `zone` lives elsewhere: a digest that waits for its usual moment waits for the new one."""
    programme = _running(records)
    if programme is None:
        return
    there = replace(manager, zone=zone)
    for round_ in near_rounds(programme, now):
        own = records.messages.by_key(digest_key(programme.id, round_.key, manager.id))
        waits = own is not None and own.state == "waiting"
        if own is None or not waits or own.message.due_at != digest_moment(programme, round_, there):
            continue
        due = digest_moment(programme, round_, manager)
        if due <= now:
            due = free_moments(records, programme, round_.key, [manager], now)[manager.id]
        records.messages.hasten_many(moments_at(programme.id, round_.key, manager, due))


def _running(records: CheckinRecords) -> Programme | None:
    programme = records.programmes.current()
    return programme if programme is not None and programme.state == "running" else None
