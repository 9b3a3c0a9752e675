"""What would go wrong in a cycle, found before its launch: a list of problems from plain facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from flows.cycle.asking import asks, is_named, way_of
from flows.cycle.calendar import DAY, country_of, is_working_day, make_up_days_known
from flows.cycle.kept import Cycle, Participant
from flows.cycle.phase import Window, last_day, windows
from flows.cycle.rehearsals.rehearsal import Problem
from flows.cycle.template import NudgePolicy
from flows.people.person import Person

UNKNOWN_ZONE = "UTC"  # what somebody gets of whom nobody knows where they are
MANY = 12  # reviews in one phase: more than a manager writes well in two weeks
FEW_DAYS = 3  # working days
SECOND_FROM = 50  # people above whom a second person of HR approves
BY_OTHERS = ("peer", "upward", "project", "external")  # what others say about somebody


@dataclass(frozen=True)
class Company:
    """The facts: the draft, who would take part, everybody they have to do with by id, and the moment of launch.

    `approvers` are the active HR people who may approve it besides whoever asks.
    """

    cycle: Cycle
    taking: Sequence[Participant]
    people: Mapping[int, Person]
    now: datetime
    approvers: Sequence[int]

    @cached_property
    def asking(self) -> list[Window]:
        """The phases in which somebody is asked for something."""
        return [window for window in windows(self.cycle) if asks(window.phase)]

    @cached_property
    def present(self) -> list[Person]:
        """Who takes part, as they are in the directory."""
        return [self.people[one.person] for one in self.taking if one.person in self.people]

    @cached_property
    def countries(self) -> dict[str, int]:
        """How many of them are in each country."""
        return dict(Counter(country for person in self.present if (country := country_of(person.zone))))


def problems_of(company: Company) -> list[Problem]:
    """Everything that is wrong with the draft itself, the blocking ones first."""
    found = [*_launch(company), *_reviewers(company), *_people(company)]
    if company.taking:
        found += [*_absences(company), *_holidays(company), *_groups(company), *_loads(company)]
    return sorted(found, key=lambda problem: not problem.blocking)


def is_worked(day: date, country: str | None, policy: NudgePolicy) -> bool:
    """Whether the offices of a country work that day, with the template's own days for it."""
    own = policy.own_days.get(country or "")
    if own and day in own.working:
        return True
    return not (own and day in own.off) and is_working_day(day, country)


def _launch(company: Company) -> Iterator[Problem]:
    if not company.taking:
        yield Problem("nobody", blocking=True)
    if len(company.taking) > SECOND_FROM and not company.approvers:
        yield Problem("no_second", {"people": len(company.taking), "from": SECOND_FROM}, blocking=True)
    today = company.now.date()
    for window in company.asking:
        if window.due < today:
            yield Problem("over", {"phase": window.phase.name, "due": window.due.isoformat()}, blocking=True)
        elif window.opens < today:
            yield Problem("begun", {"phase": window.phase.name, "opens": window.opens.isoformat()})


def _people(company: Company) -> Iterator[Problem]:
    led = any(window.phase.who == "managers" for window in company.asking)
    yield from _named("no_manager", (one.person for one in company.taking if led and not one.manager))
    gone = (
        one.person
        for one in company.taking
        if led and one.manager and not (one.manager in company.people and company.people[one.manager].active)
    )
    yield from _named("manager_gone", gone)
    yield from _named("no_zone", (person.id for person in company.present if person.zone == UNKNOWN_ZONE))
    yield from _named("no_account", (person.id for person in company.present if not person.account))


def _absences(company: Company) -> Iterator[Problem]:
    """Who is on leave for the whole of a phase or a part of it, and whose last day of work lies in the cycle."""
    policy = company.cycle.template.nudges
    on_leave = [person for person in company.present if person.away]
    for window in company.asking:
        whole: list[int] = []
        part: list[int] = []
        for person in on_leave:
            worked = [
                day
                for day in _days(window.opens, window.due)
                if is_worked(day, country_of(person.zone), policy)
            ]
            missed = sum(person.is_away(day) for day in worked)
            if missed:
                (whole if missed == len(worked) else part).append(person.id)
        phase = {"phase": window.phase.name}
        yield from _named("away", whole, **phase)
        yield from _named("partly_away", part, **phase)
    end = last_day(company.cycle)
    leaving = [person for person in company.present if person.left_on and person.left_on <= end]
    leaving.sort(key=lambda person: (person.left_on or end, person.id))
    if leaving:
        days = [person.left_on.isoformat() for person in leaving if person.left_on]
        yield Problem("leaving", {"first": days[0], "last": days[-1]}, tuple(person.id for person in leaving))


def _holidays(company: Company) -> Iterator[Problem]:
    policy = company.cycle.template.nudges
    unknown: set[tuple[str, int]] = set()
    for country, people in sorted(company.countries.items()):
        for window in company.asking:
            where = {"phase": window.phase.name, "country": country, "people": people}
            days = list(_days(window.opens, window.due))
            worked = [day for day in days if is_worked(day, country, policy)]
            for kind, day in (("opens_on_holiday", window.opens), ("due_on_holiday", window.due)):
                if not is_worked(day, country, policy) and day.weekday() < 5:
                    yield Problem(kind, {**where, "day": day.isoformat()})
            if len(worked) < min(FEW_DAYS, len(days)):
                yield Problem("few_days", {**where, "days": len(worked)})
            unknown |= {(country, day.year) for day in days if not make_up_days_known(country, day.year)}
    for country, year in sorted(unknown):
        yield Problem(
            "days_unknown", {"country": country, "year": year, "people": company.countries[country]}
        )


def _reviewers(company: Company) -> Iterator[Problem]:
    """Reviews that nobody may be named for or whom customers write, and those that are not closed when they count."""
    template, every = company.cycle.template, windows(company.cycle)
    named = {
        phase.review
        for phase in template.phases
        if way_of(template, phase) != "nobody" and phase.work == "nominate"
    }
    rating = [
        window for window in every if window.phase.work == "review" and window.phase.review == "manager"
    ]
    for window in every:
        phase = window.phase
        if phase.work != "review" or phase.review not in BY_OTHERS:
            continue
        if phase.review == "external":
            yield Problem("by_link", {"phase": phase.name})
        if is_named(phase) and phase.review not in named:
            yield Problem("unnamed", {"phase": phase.name})
        for after in rating:
            if window.closes >= after.due:
                yield Problem("counts_late", {"phase": phase.name, "rating": after.phase.name})


def _groups(company: Company) -> Iterator[Problem]:
    """Groups that can't reach the threshold, of the anonymous reviews that the template names."""
    template = company.cycle.template
    if template.anonymity.attributed:
        return
    kinds = {window.phase.review for window in windows(company.cycle)} | set(template.reviews)
    teams: Counter[int] = Counter(one.manager for one in company.taking if one.manager)
    if "upward" in kinds and (least := template.anonymity.upward):
        few = sorted(manager for manager, reports in teams.items() if reports < least)
        yield from _named("small_team", few, least=least)
    if "peer" in kinds and (least := template.anonymity.peers):
        departments = Counter(one.department for one in company.taking)
        few = [
            one.person
            for one in company.taking
            if max(departments[one.department], teams[one.manager] if one.manager else 0) - 1 < least
        ]
        yield from _named("few_peers", few, least=least)


def _loads(company: Company) -> Iterator[Problem]:
    for window in company.asking:
        if window.phase.who == "managers" and window.phase.work == "review":
            counts: Counter[int] = Counter(one.manager for one in company.taking if one.manager)
            many = {manager: number for manager, number in counts.items() if number > MANY}
            most = max(many.values(), default=0)
            by_number = sorted(many, key=lambda manager: (-many[manager], manager))
            yield from _named("many_reviews", by_number, phase=window.phase.name, most=most, usual=MANY)


def load_problems(over: Mapping[int, int], kickoff_minutes: int) -> list[Problem]:
    """What the played messages show: whose weeks are full, and a kick-off that takes more than a morning."""
    found = []
    if over:
        ranked = sorted(over, key=lambda person: (-over[person], person))
        found.append(Problem("full_weeks", {"most": max(over.values())}, tuple(ranked)))
    if timedelta(minutes=kickoff_minutes) > timedelta(hours=3):
        found.append(Problem("long_kickoff", {"minutes": kickoff_minutes}))
    return found


def _named(kind: str, people: Iterable[int], **values: object) -> Iterator[Problem]:
    if listed := tuple(people):
        yield Problem(kind, values, listed)


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + offset * DAY
