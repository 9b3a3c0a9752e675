"""The seal: at the release, what is shown of anonymous answers is kept without authors, and all else is forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.cycle.closed import still_asked
from flows.cycle.records import Cycle
from flows.results.records import ResultRecords
from flows.reviews.gathering import anonymous_phases, gather
from flows.reviews.owed import KIND, SEALED

SLICE = 2000  # people whose answers are in memory at once


def seal_cycle(records: ResultRecords, cycle: Cycle, now: datetime) -> int:
    """Seal the cycle's anonymous answers; how many groups are shown. A second time it does nothing.

    All of it belongs to one transaction, the release's own, whose row must be there. Whoever writes an anonymous
    answer meanwhile waits for it and is then refused. Afterwards there is what is shown and who was asked: not who
    answered, nor what stayed below its threshold or was withheld. The messages that asked are edited and read alike.
    `Store.scrub` then destroys the key.
    """
    records.cycles.lock(cycle.id)
    release = records.releases.get(cycle.id)
    if release is None or release.sealed_at is not None:
        return 0
    phases = [phase.name for phase in anonymous_phases(cycle)]
    people = records.pens.asked(cycle.id, phases)
    shown = 0
    for start in range(0, len(people), SLICE):
        found = gather(records, cycle, people[start : start + SLICE], now, for_good=True)
        groups = [one.group for one in found]
        shown += sum(group.shown for group in groups)
        records.pens.seal(cycle.id, groups, [answer for one in found for answer in one.answers(records)])
    records.pens.forget(cycle.id)
    records.messages.refresh(records.pens.level(cycle.id, phases, SEALED))
    records.releases.save(replace(release, sealed_at=now))
    records.audit.note(now, None, "review.sealed", f"cycle/{cycle.id}", {"shown": shown})
    return shown


def ask_again(records: ResultRecords, cycle: Cycle, now: datetime) -> int:
    """The cycle's key is lost: forget what nobody can open any more, and ask those who wrote it once more; how many."""
    records.pens.forget(cycle.id)
    asked = 0
    for phase in anonymous_phases(cycle):
        done = records.tasks.of_scope([KIND], cycle.id, phase.name, "done")
        wanted = still_asked(records, cycle, phase, [task for task in done if now < task.until], now)
        again = [replace(task, state="open", done_at=None, next_at=now) for task in wanted]
        records.tasks.save_many(again)
        asked += len(again)
    records.audit.note(now, None, "review.key_lost", f"cycle/{cycle.id}", {"asked": asked})
    return asked
