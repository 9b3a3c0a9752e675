"""The release itself: a last computation in slices, then in one transaction the seal and the opening."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.core.catalog import letter, sweep
from flows.core.moments import day_words
from flows.core.records import Message
from flows.core.screen import Act, Button, Buttons, Letter, Line
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.cycle.records import Cycle, Sweep
from flows.results.computing import compute
from flows.results.ledger import noted
from flows.results.records import Release, ResultRecords
from flows.results.releasing.looking import LOOK
from flows.results.releasing.opening import FIRST_ZONE, employees_from
from flows.results.releasing.readiness import SLICE, in_the_way, ready
from flows.results.releasing.states import OPENING, opening_key
from flows.results.releasing.telling import plan_opening
from flows.results.stages import hr_and_above
from flows.reviews.sealing import seal_cycle

RELEASED = "release.done"
"""The audit log's line of a release, with the ends of all chains at that moment (`flows.results.ledger.noted`)."""


@sweep(OPENING)
def open_results(records: ResultRecords, work: Sweep, now: datetime) -> Sweep:
    """Compute the next people's results a last time; after the last of them seal and open, all or nothing."""
    cycle = records.cycles.lock(work.about["cycle"])
    release = records.releases.lock(work.about["cycle"])
    if cycle is None or release is None or opening_key(release) != work.key or release.released_at:
        return replace(work, done=True)
    places = records.participants.slice(cycle.id, work.cursor, SLICE)
    last = len(places) < SLICE
    excused = bool(release.despite)
    if not cycle.is_running or (last and in_the_way(records, ready(records, cycle, now), excused=excused)):
        call_off(records, cycle, release, now)
        return replace(work, done=True)
    compute(records, cycle, [place.person for place in places], now)
    if not last:
        return replace(work, cursor=places[-1].person)
    seal_cycle(records, cycle, now)
    opened(records, cycle, release, now)
    return replace(work, done=True)


def opened(records: ResultRecords, cycle: Cycle, release: Release, now: datetime) -> None:
    """From this transaction on managers may look, and nothing that the results are made of changes."""
    done = replace(
        release,  # the seal has kept its own moment in the row, which is this one
        released_at=now,
        sealed_at=now,
        employees_at=employees_from(now, cycle.template.opening.lead),
    )
    records.releases.save(done)
    records.releases.freeze(cycle.id, hr_and_above(records, cycle))
    asked = {"asked": release.asked_by, "approved": release.approved_by}
    detail = asked | noted(*records.ledger.ends(cycle.id, now))
    records.audit.note(now, None, RELEASED, f"cycle/{cycle.id}", detail)
    plan_opening(records, cycle, done, now)
    tell(records, cycle, release, now)


def call_off(records: ResultRecords, cycle: Cycle, release: Release, now: datetime) -> None:
    """Something came in between: nothing is opened, and it can be asked for again."""
    records.releases.take_back(cycle.id)
    records.audit.note(now, None, "release.call_off", f"cycle/{cycle.id}", {"asked": release.asked_by})
    tell(records, cycle, release, now)


def tell(records: ResultRecords, cycle: Cycle, release: Release, now: datetime) -> None:
    """Tell whoever asked, and whoever approved, what has become of it."""
    for person in {release.asked_by, release.approved_by} - {None}:
        key = f"release-done/{cycle.id}/{release.asked_at.isoformat()}/{person}"
        about = {"cycle": cycle.id, "asked": release.asked_at.isoformat()}
        records.messages.write(Message(key, "release.done", about, now, person, urgency=0))


@letter("release.done")
def done_letter(records: ResultRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """That the results are open, to whom and when; or that they could not be opened."""
    cycle = records.cycles.get(about["cycle"])
    if cycle is None:
        return None
    release = records.releases.get(cycle.id)
    if release and release.released_at and release.employees_at:
        day = day_words(local_day(release.employees_at, FIRST_ZONE))
        words = OPENED.fill(day=day, name=cycle.name)
    else:
        words = NOT_OPENED.fill(name=cycle.name)
    place = Act("see", ("cycle-release", str(cycle.id)))
    return Letter(words, (Line(words), Buttons((Button(LOOK, place),))))


OPENED = Words(
    "The results of {name} are released. Managers may look now, each employee from their own morning of {day}.",
    "“{name}”的结果已发布：上级现在即可查看，员工从当地时间 {day} 上午起可以查看。",
)
NOT_OPENED = Words(
    "The results of {name} could not be released: something has changed since you asked. Nothing was opened.",
    "“{name}”的结果未能发布：申请之后情况有变化。没有任何结果被公开。",
)
