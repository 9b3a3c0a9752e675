"""What follows from who is named: the reviewers' own tasks, the manager's yes or no, and who names another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import sweep
from flows.core.owed import Notice, Task
from flows.cycle.closed import closed_about
from flows.cycle.nudges.closing import close
from flows.cycle.owing import APPROVE, REPLACE, time_to_decide
from flows.cycle.people.leading import UNLED, tell_hr
from flows.cycle.people.leaving import LEFT
from flows.cycle.people.standing_in import placed
from flows.cycle.planning import NAMED_FOLLOW, TAKEN_OUT, tasks_for
from flows.cycle.records import Participant, Sweep
from flows.goals.agreeing.following import MOVED, anew
from flows.results.records import ResultRecords
from flows.reviews.nominating.naming import (
    NOMINATE,
    Naming,
    fell_out,
    live,
    main_nominator,
    namings,
    planned,
)
from flows.reviews.records import Nomination

NEWS, SHORT = "nominations.news", "nominations.short"  # kinds of notices: to who names people, and to HR
REPLACED = "replaced"
OURS = (UNLED, TAKEN_OUT, LEFT, MOVED, REPLACED)
"""Why a task was not needed; any other reason somebody gave by hand."""


def follow(records: ResultRecords, naming: Naming, person: int, now: datetime, *, fell: bool = False) -> None:
    """Bring every task about one person's reviewers to who is named now; done twice, it acts once.

    `fell`: somebody has just fallen out, and whoever names the reviewers is told. Of two who change the same
    person's reviewers at once, the second waits here for the first and sees what they did.
    """
    place = records.participants.lock(naming.cycle.id, person)
    if place is None or place.place != "in" or naming.cycle.state != "live":
        return
    if place.manager is None or not naming.needs_yes:
        nobody_to_ask(records, naming, place)
    nominations = records.nominations.about(naming.cycle.id, naming.phase.name, person)
    if planned(records, naming):
        ask_reviewers(records, naming, place, nominations, now)
    ask_for_yes(records, naming, place, nominations, now)
    asked = ask_for_more(records, naming, place, nominations, now)
    if fell and not asked:
        tell(records, naming, place, now)


@sweep(NAMED_FOLLOW)
def follow_many(records: ResultRecords, work: Sweep, now: datetime) -> Sweep:
    """The same for the people who are named, and for everybody for whom somebody was named who has left."""
    cycle = records.cycles.get(work.about["cycle"])
    for naming in namings(cycle) if cycle and cycle.state == "live" else []:
        bereft = {
            one.about
            for person in work.about["gone"]
            for one in live(records.nominations.of_reviewer(naming.cycle.id, person))
            if one.phase == naming.phase.name
            and records.nominations.save(replace(one, state="withdrawn", why=LEFT))
        }
        for person in sorted({*work.about["people"], *bereft}):
            follow(records, naming, person, now, fell=person in bereft)
    return replace(work, done=True)


def nobody_to_ask(records: ResultRecords, naming: Naming, place: Participant) -> None:
    """Without a manager, and where none has to say yes, what is proposed is approved at once."""
    records.nominations.let_pass(naming.cycle.id, naming.phase.name, [place.person])


def ask_reviewers(
    records: ResultRecords,
    naming: Naming,
    place: Participant,
    nominations: Sequence[Nomination],
    now: datetime,
) -> None:
    """Everybody who is approved has a task, and nobody else; what was written stays with who wrote it.

    Once the answers about the person are closed nobody is asked who was not asked before.
    """
    closed = closed_about(records, naming.cycle, naming.phase, [place.person], now)
    approved = {one.reviewer for one in nominations if one.state == "approved"}
    kind, cycle, phase = naming.phase.work, naming.cycle.id, naming.phase.name
    for task in records.tasks.of_about(kind, cycle, phase, [place.person]):
        if task.state == "open" and task.owner not in approved:
            close(records, replace(task, state="waived", why=REPLACED, done_at=now))
        elif (
            task.state == "waived" and task.owner in approved and task.why in OURS and now < task.until
            and not closed
        ):  # fmt: skip
            records.tasks.save(anew(task, now))
    records.tasks.add(tasks_for(records, naming.cycle, naming.window(), [place], now))


def ask_for_yes(
    records: ResultRecords,
    naming: Naming,
    place: Participant,
    nominations: Sequence[Nomination],
    now: datetime,
) -> None:
    """The manager has one task about the person while anything that was proposed waits."""
    waits = any(one.state == "proposed" for one in nominations)
    answered = any(one.decided_by not in (None, one.by, one.reviewer) for one in nominations)
    tasks = open_tasks(records, naming, place, APPROVE)
    for task in tasks:
        if task.owner == place.manager and waits:
            continue
        if task.owner == place.manager and answered:
            close(records, replace(task, state="done", done_at=now))
        else:
            close(records, replace(task, state="waived", why=MOVED, done_at=now))
    if waits and place.manager and not any(task.owner == place.manager for task in tasks):
        ask(records, naming, place, APPROVE, place.manager, now)


def ask_for_more(
    records: ResultRecords,
    naming: Naming,
    place: Participant,
    nominations: Sequence[Nomination],
    now: datetime,
) -> bool:
    """Whoever names the reviewers is asked while there are too few; whether they are asked now.

    In the phase of naming that is its own task, which opens again; afterwards it is one for naming another, and only
    where somebody fell out.
    """
    enough = len(live(nominations)) >= max(1, naming.least)
    asked = False
    for task in own_tasks(records, naming, place):
        if task.state == "open" and enough:
            close(records, replace(task, state="done", done_at=now))
        elif task.state == "done" and not enough and now < task.until and not planned(records, naming):
            records.tasks.save(anew(task, now))
            asked = True
        asked |= task.state == "open" and not enough and now < task.until
    replacing = open_tasks(records, naming, place, REPLACE)
    if enough or asked or len(live(nominations)) >= naming.least:
        for task in replacing:
            close(records, replace(task, state="done", done_at=now))
        return asked
    owner = main_nominator(naming, place)
    for task in replacing:
        if task.owner != owner:
            close(records, replace(task, state="waived", why=MOVED, done_at=now))
    if not fell_out(nominations) or owner is None:
        return False
    if not any(task.owner == owner for task in replacing):
        ask(records, naming, place, REPLACE, owner, now)
    return True


def own_tasks(records: ResultRecords, naming: Naming, place: Participant) -> list[Task]:
    """The task of the phase of naming about this person; of managers who are asked once for all, there is none."""
    if naming.asking is None or not naming.is_peer:
        return []
    return records.tasks.of_about(NOMINATE, naming.cycle.id, naming.asking.name, [place.person])


def open_tasks(records: ResultRecords, naming: Naming, place: Participant, kind: str) -> list[Task]:
    """The open tasks of a kind about this person's reviewers, whoever has to do them."""
    found = records.tasks.of_about(kind, naming.cycle.id, naming.phase.name, [place.person])
    return [task for task in found if task.state == "open"]


def ask(
    records: ResultRecords, naming: Naming, place: Participant, kind: str, owner: int, now: datetime
) -> None:
    """Open the owner's task, unless they said that it is not theirs, or nothing can be named any more."""
    whom = records.people.get(owner)
    if whom is None or now >= naming.closes(place, whom.zone):
        return
    hour = naming.cycle.template.nudges.hour
    opens, due, until = time_to_decide(naming.window(place), hour, now, whom.zone)
    cycle, phase = naming.cycle.id, naming.phase.name
    known = next(iter(records.tasks.for_person(kind, cycle, phase, place.person, [owner])), None)
    if known and known.state == "waived" and known.why not in OURS:
        return
    fresh = known or Task(0, kind, cycle, owner, phase, "open", opens, due, until, about=place.person)
    fresh = replace(fresh, person=owner, department=place.department, opens_at=opens, due_at=due, until=until)
    (fresh,) = placed(records, [anew(fresh, now)], now)
    if known:
        records.tasks.save(fresh)
    else:
        records.tasks.add([fresh])


def tell(records: ResultRecords, naming: Naming, place: Participant, now: datetime) -> None:
    """Have whoever names the reviewers told that somebody fell out; where that is HR, HR."""
    owner = main_nominator(naming, place)
    if owner is None:
        tell_hr(records, naming.cycle, SHORT, {"cycle": naming.cycle.id}, now)
        return
    about = {"cycle": naming.cycle.id, "phase": naming.phase.name, "person": place.person}
    ids = f"{naming.cycle.id}/{naming.phase.name}/{place.person}"
    records.notices.add([Notice(0, f"{NEWS}/{ids}/{now.isoformat()}", owner, NEWS, about, now)])
