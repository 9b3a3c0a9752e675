"""When a released result opens to whom, and until when one is asked to look at it and may appeal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.nudges.milestones import FARTHEST, works
from flows.cycle.nudges.pace import MORNING
from flows.cycle.phase import SECOND
from flows.cycle.template import NudgePolicy, Template
from flows.people.person import Person
from flows.results.records import Release, Withheld

FIRST_ZONE = "Pacific/Kiritimati"  # no day begins earlier anywhere


def employees_from(released: datetime, zone: str, lead: int) -> datetime:
    """When the day begins somewhere (UTC) on which employees may look: `lead` days after the release.

    `zone` is that of whoever released it: these are the days that they count.
    """
    return at_local(local_day(released, zone) + lead * DAY, time(0), FIRST_ZONE)


def opening_day(release: Release, withheld: Withheld | None, lead: int) -> date | None:
    """The local day from which on somebody may look at their own result; None while they may not.

    Who was withheld until after the others' day has a day of their own, so that their manager comes first as well.
    """
    if release.employees_at is None or is_kept_back(withheld):
        return None
    day = local_day(release.employees_at, FIRST_ZONE)
    if withheld and withheld.lifted_at:
        return max(day, local_day(withheld.lifted_at, "UTC") + lead * DAY)
    return day


def is_kept_back(withheld: Withheld | None) -> bool:
    """Whether somebody is withheld at the moment."""
    return withheld is not None and withheld.lifted_at is None


def opens_for(person: Person, day: date, policy: NudgePolicy) -> datetime:
    """The morning (UTC) on which a result opens to its person: of the first day from `day` on that is no day off.

    Being on leave puts off what is said about it, not that it can be looked at.
    """
    here = replace(person, away=())
    while not works(here, day, policy):
        day += DAY
    return at_local(day, MORNING, person.zone)


def end_of(opens: datetime, days: int, person: Person, policy: NudgePolicy) -> datetime:
    """The last second (UTC) of the person's `days`-th working day after the one on which it opened."""
    day = local_day(opens, person.zone)
    left = days
    for _ in range(FARTHEST + days):
        if left == 0:
            break
        day += DAY
        left -= works(person, day, policy)
    return at_local(day + DAY, time(0), person.zone) - SECOND


def appeal_until(opens: datetime, person: Person, template: Template) -> datetime:
    """Until when (UTC) the person may appeal against what opened at that moment."""
    return end_of(opens, template.opening.appeal, person, template.nudges)
