"""Who is asked for what in a phase: its tasks as values, from who takes part and the dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

from flows.core.records import Task
from flows.cycle.phase import Window, moments_in, window_of
from flows.cycle.records import Cycle, Participant
from flows.cycle.template import Phase, Template
from flows.people.person import Person

NAMED = ("peer", "project")  # reviews whose writers are named for each person
PERSONAL = ("upward", *NAMED)  # reviews that say what one person thinks: nobody writes them instead
COLLECTED = ("self", "manager", *PERSONAL)  # reviews that somebody owes; guests have a link instead

Way = Literal["own", "reports", "once", "upward", "named", "nobody"]
"""Whose duty what is done in a phase is: everyone's own, the manager's for each report, each manager's own once,
each report's about their manager, that of whoever was named for somebody, or nobody's."""

Pair = tuple[int, int, str]
"""(whose duty it is, whom it is about, the department in which it counts)."""


def asks(phase: Phase) -> bool:
    """Whether anybody is asked for anything in the phase."""
    return phase.work in ("goals", "nominate", "plan", "confirm") or (
        phase.work == "review" and phase.review in COLLECTED
    )


def is_named(phase: Phase) -> bool:
    """Whether its reviews are written by people who are named for each participant."""
    return phase.work == "review" and phase.review in NAMED


def is_personal(phase: Phase | None) -> bool:
    """Whether what is asked in the phase is one person's own opinion, which no deputy and no colleague can give."""
    return phase is not None and phase.work == "review" and phase.review in PERSONAL


def way_of(template: Template, phase: Phase) -> Way:
    """Whose duty it is in this phase."""
    if not asks(phase):
        return "nobody"
    if phase.work == "review":
        ways: Mapping[str | None, Way] = {"self": "own", "manager": "reports", "upward": "upward"}
        return ways.get(phase.review, "named")
    if phase.work != "nominate":
        return "own" if phase.who == "everyone" else "once"
    by = template.nominations.by
    if phase.review == "project":  # few have such a lead, so each manager is asked once for all of theirs
        return "once"
    return "own" if "employee" in by else "reports" if "manager" in by else "nobody"


def pairs_of(
    way: Way,
    participants: Sequence[Participant],
    people: Mapping[int, Person],
    standing: Mapping[int, Participant],
    named: Sequence[tuple[int, int]] = (),
) -> Iterator[Pair]:
    """Whose duty is what. Someone without a manager is nobody's duty.

    `standing` are places in the cycle: the owners' own, and those of the managers who are reviewed by their people.
    `named` are (whom it is about, reviewer). What one person thinks counts where that person works.
    """
    seen: set[int] = set()
    reviewed = {one.person for one in participants} if way == "named" else set()
    for one in participants:
        manager = one.manager if one.manager != one.person else None
        if way == "own":
            yield one.person, one.person, one.department
        elif manager is None:
            continue
        elif way == "reports":
            yield manager, one.person, one.department
        elif way == "upward" and manager in standing and standing[manager].place == "in":
            yield one.person, manager, one.department
        elif way == "once" and manager in people and manager not in seen:
            seen.add(manager)
            yield manager, manager, (standing.get(manager) or people[manager]).department
    for about, reviewer in named:
        if about in reviewed and reviewer in people:
            yield reviewer, about, (standing.get(reviewer) or people[reviewer]).department


def tasks_of(
    cycle: Cycle,
    window: Window,
    participants: Sequence[Participant],
    people: Mapping[int, Person],
    now: datetime,
    standing: Mapping[int, Participant] | None = None,
    named: Sequence[tuple[int, int]] = (),
) -> list[Task]:
    """The phase's tasks for these participants, in their owners' zones; none that is over for them by now.

    `people` holds the owners. Who is gone is asked for nothing about themselves; a duty of theirs towards others is
    somebody's all the same, but for what only they could say. `standing` are the owners' places, and those of the
    managers whom an upward review is about: a last day of one's own counts, as owner or as the one it is about.
    `named` are (whom it is about, reviewer) where reviewers are named.
    """
    own = {one.person: one for one in participants} | dict(standing or {})
    hour, name, phase = cycle.template.nudges.hour, window.phase.name, window.phase
    found: list[Task] = []
    known: dict[tuple[str, date | None], tuple[datetime, datetime, datetime]] = {}
    for owner, about, department in pairs_of(way_of(cycle.template, phase), participants, people, own, named):
        person = people.get(owner)
        if person is None or (not person.active and (owner == about or is_personal(phase))):
            continue
        days = [own[one].extended[name] for one in {owner, about} & own.keys() if name in own[one].extended]
        last = max(days, default=None)
        moments = known.get((person.zone, last))
        if moments is None:
            its = window_of(cycle, window.phase, {name: last}) if last else window
            moments = known[person.zone, last] = moments_in(its, hour, person.zone)
        opens, due, until = moments
        if until > now:
            found.append(
                Task(
                    0, phase.work, cycle.id, owner, name, "open", opens, due, until,
                    next_at=opens, about=about, department=department,
                )
            )  # fmt: skip
    return found
