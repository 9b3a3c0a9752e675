"""What is told about reviewers with the next digest: counts, and the way to the list; never a reviewer's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import notice, sweep
from flows.core.owed import Notice
from flows.core.screen import Act, Button, Buttons, Element, Line
from flows.core.words import Words, count
from flows.cycle.owing import APPROVE
from flows.cycle.people.joiners import is_repeated
from flows.cycle.people.leading import tell_hr
from flows.cycle.planning import NAMED_SHORT
from flows.cycle.records import Sweep
from flows.people.policy import may
from flows.results.records import ResultRecords
from flows.reviews.nominating.following import NEWS, SHORT
from flows.reviews.nominating.naming import Naming, fell_out, live, namings, planned
from flows.reviews.nominating.rights import named_by, thing_for

SEE = Words("See who", "查看名单")


@notice(NEWS)
def fell_out_notice(records: ResultRecords, one: Notice, now: datetime) -> list[Element] | None:
    """That somebody fell out and may be replaced, to whoever names the reviewers; the latest of several says it."""
    found = named_by(records, tuple(str(one.about[name]) for name in ("cycle", "phase", "person")))
    reader = records.people.get(one.person)
    if found is None or reader is None or is_repeated(records, one, now):
        return None
    naming, person, _ = found
    every = records.nominations.about(naming.cycle.id, naming.phase.name, person.id)
    out, thing = len(fell_out(every)), thing_for(records, reader, naming, person, now)
    if not out or not may(reader, "view" if naming.is_peer else "assign", thing, now):
        return None
    words = (YOURS if reader.id == person.id else THEIRS).fill(
        n=out, name=person.name, cycle=naming.cycle.name, left=len(live(every))
    )
    view = "nominations-of" if naming.is_peer else "project-reviewers"
    about = naming.parts(person.id) if naming.is_peer else ()
    return [Line(words), Buttons((Button(SEE, Act("see", (view, *about))),))]


YOURS = Words(
    "Reviewers of yours for {cycle} who can't or may not: {n}; {left} are left. You can name others.",
    "{cycle}中你的评估人有 {n} 位无法参加，还剩 {left} 人，可以另选。",
)
THEIRS = Words(
    "Reviewers of {name} for {cycle} who can't or may not: {n}; {left} are left. You can name others.",
    "{cycle}中{name}的评估人有 {n} 位无法参加，还剩 {left} 人，可以另选。",
)


@sweep(NAMED_SHORT)
def reviews_planned(records: ResultRecords, work: Sweep, now: datetime) -> Sweep:
    """What was left undecided waits for nobody any more, and HR is told when people have too few reviewers."""
    cycle = records.cycles.get(work.about["cycle"])
    if cycle is not None and cycle.state == "live":
        for naming in namings(cycle):
            if planned(records, naming):
                let_go(records, naming, now)
        tell_hr(records, cycle, SHORT, {"cycle": cycle.id}, now)
    return replace(work, done=True)


def let_go(records: ResultRecords, naming: Naming, now: datetime) -> None:
    """Close the managers' tasks of which nothing waits: whoever was undecided is asked."""
    cycle, phase = naming.cycle.id, naming.phase.name
    tasks = records.tasks.of_scope((APPROVE,), cycle, phase, "open")
    people = sorted({task.about for task in tasks})
    waiting = {
        one.about for one in records.nominations.about_many(cycle, phase, people) if one.state == "proposed"
    }
    over = [task for task in tasks if task.about not in waiting]
    records.tasks.save_many(
        [replace(task, state="expired", done_at=now, next_at=None, live=None, snoozed=False) for task in over]
    )
    records.messages.refresh([task.live for task in over if task.live])


@notice(SHORT)
def short_notice(records: ResultRecords, one: Notice, now: datetime) -> list[Element] | None:
    """How many participants have too few reviewers, to HR, with the way to name some."""
    cycle, reader = records.cycles.get(one.about["cycle"]), records.people.get(one.person)
    if cycle is None or reader is None or cycle.state != "live" or is_repeated(records, one, now):
        return None
    scope = reader.hr_scope
    people = sum(
        short
        for naming in namings(cycle)
        for department, _, short, _, _ in records.nominations.counted(
            cycle.id, naming.phase.name, naming.least
        )
        if scope is None or department in scope
    )
    if not people:
        return None
    words = count(
        people,
        "{n} person has fewer reviewers than wanted in {{cycle}}.",
        "{n} people have fewer reviewers than wanted in {{cycle}}.",
        "“{{cycle}}”中有 {n} 人的评估人数不足。",
    ).fill(cycle=cycle.name)
    return [Line(words), Buttons((Button(SEE, Act("see", ("cycle-reviewers", str(cycle.id)))),))]
