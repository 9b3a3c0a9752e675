"""When a released result opens to whom, and until when one is asked to look at it and may appeal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from flows.cycle.calendar import DAY, at_local, local_day, next_working_day
from flows.cycle.nudges.milestones import FARTHEST, works
from flows.cycle.nudges.pace import EVENING, MORNING
from flows.cycle.phase import SECOND
from flows.cycle.template import NudgePolicy, Template
from flows.people.person import Person
from flows.results.records import Release, Withheld

FIRST_ZONE = "Pacific/Kiritimati"  # no day begins earlier anywhere
HOURS_OFF = timedelta(hours=24 - EVENING.hour, minutes=-EVENING.minute)  # from the end of work to midnight


def employees_from(released: datetime, lead: int) -> datetime:
    """When the day begins somewhere (UTC) on which employees may look: `lead` working days after the release.

    Counted from the working day, Monday to Friday, that has begun or comes next where days begin first: so the lead
    is the same wherever HR, a manager and an employee are, and a manager is asked in working hours before anybody
    else's morning. A lead of one day counts from the first day whose working hours are not over there.
    """
    day = after(local_day(released, FIRST_ZONE), lead)
    least = after(local_day(released + HOURS_OFF, FIRST_ZONE), 1)
    return at_local(max(day, least), time(0), FIRST_ZONE)


def after(day: date, days: int) -> date:
    """So many working days, Monday to Friday, after the first one from `day` on."""
    day = next_working_day(day, None)
    for _ in range(days):
        day = next_working_day(day + DAY, None)
    return day


def opening_day(release: Release, withheld: Withheld | None, lead: int) -> date | None:
    """The local day from which on somebody may look at their own result; None while they may not.

    Who was withheld until after the others' day has a day of their own, so that their manager comes first as well.
    """
    if release.employees_at is None or is_kept_back(withheld):
        return None
    day = local_day(release.employees_at, FIRST_ZONE)
    if withheld and withheld.lifted_at:
        return max(day, local_day(employees_from(withheld.lifted_at, lead), FIRST_ZONE))
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
