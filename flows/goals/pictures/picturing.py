"""Gathers what the pictures of goals show: each goal only where the policy lets its reader see it."""

from __future__ import annotations

from datetime import datetime

from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.goals.amounts import told
from flows.goals.kept import LIVE, Coverage, Goal
from flows.goals.measure.span import Span, days_of
from flows.goals.measure.standing import Standing, standings
from flows.goals.pictures.panels import PRIVATE, Branch, Cell, Panel, TeamRow, attained
from flows.goals.records import GoalsRecords
from flows.goals.tree.tree import coverage_words, may_see, share_words
from flows.people.person import Person

MOST_BRANCHES = 40
NOTHING = same("")
OFF = ("off_track", "drop", "forecast")


def my_panels(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> tuple[Panel, ...]:
    """The actor's own goals that have a number, in their order."""
    goals = [goal for goal in records.goals.of_cycle(cycle.id, actor.id) if goal.state in LIVE]
    known = standings(records, goals, now)
    return tuple(panel(known[goal.id], days_of(cycle)) for goal in goals if goal.terms.shape == "number")


def panel(standing: Standing, days: Span) -> Panel:
    """One goal against time over its own days, else over `days`; an earlier first value begins it."""
    terms = standing.goal.terms
    first, last = standing.span or days
    first = min([first, *(day for day, _ in standing.points[:1])])
    now = attained(None)
    if standing.value is not None:
        value, target = told(standing.value, terms.unit), told(terms.target, terms.unit)
        now = Words("{value} of {target}", "{value} / {target}").fill(value=value, target=target)
        if standing.attainment is not None:
            now += same(" · ") + attained(standing.attainment)
    start, end = (float(x) if x is not None else None for x in (terms.baseline, terms.target))
    points = tuple((day, float(value)) for day, value in standing.points)
    return Panel(
        title_of(standing.goal),
        now,
        first,
        last,
        points,
        start,
        end,
        terms.unit,
        standing.forecast,
        is_off(standing),
    )


def team_rows(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> tuple[TeamRow, ...]:
    """Everybody whom the actor reviews in the cycle, by name, with the goals that the actor may see."""
    people = {place.person for place in records.participants.led_by(cycle.id, actor.id)}
    goals = [
        goal
        for goal in records.goals.of_people(cycle.id, sorted(people))
        if may_see(records, actor, goal, now)
    ]
    known = standings(records, goals, now)
    objectives = {goal.id for goal in goals if goal.terms.shape == "objective"}
    rows = []
    for person in sorted(records.people.many(people), key=lambda one: one.name):
        own = [goal for goal in goals if goal.person == person.id and goal.terms.parent not in objectives]
        cells = tuple(Cell(title_of(goal), known[goal.id].attainment, is_off(known[goal.id])) for goal in own)
        rows.append(TeamRow(person.name, person.email.partition("@")[0], cells))
    return tuple(rows)


def branches(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> tuple[Branch, ...]:
    """The company's and the departments' goals, each below the one that it serves, as far as they fit."""
    goals = [
        goal
        for goal in records.goals.above(cycle.id)
        if goal.state in LIVE and may_see(records, actor, goal, now)
    ]
    covered = records.goals.coverage([goal.id for goal in goals])
    names = {person.id: person.name for person in records.people.many({goal.person for goal in goals})}
    below: dict[int | None, list[Goal]] = {}
    known = {goal.id for goal in goals}
    for goal in goals:
        below.setdefault(goal.terms.parent if goal.terms.parent in known else None, []).append(goal)
    found: list[Branch] = []
    todo = [(goal, 0) for goal in reversed(below.get(None, []))]
    seen: set[int] = set()
    while todo and len(found) < MOST_BRANCHES:
        goal, depth = todo.pop()
        if goal.id in seen:
            continue
        seen.add(goal.id)
        coverage = covered.get(goal.id)
        share = coverage.given / goal.terms.target * 100 if coverage and goal.terms.target else None
        brief = brief_words(goal, coverage) if coverage else NOTHING
        words = coverage_words(goal, coverage)
        found.append(Branch(title_of(goal), names.get(goal.person, ""), depth, share, brief, words))
        todo += [(child, depth + 1) for child in reversed(below.get(goal.id, []))]
    return tuple(found)


def brief_words(goal: Goal, coverage: Coverage) -> Words:
    """The share and what is missing, or too much, in a few signs."""
    terms = goal.terms
    if not terms.target:
        return NOTHING
    share = share_words(coverage.given, terms.target)
    rest = told(abs(terms.target - coverage.given), terms.unit)
    if coverage.given == terms.target:
        return share
    if coverage.given > terms.target:
        return share + Words(" · {rest} too much", " · 超出 {rest}").fill(rest=rest)
    return share + Words(" · {rest} open", " · 缺口 {rest}").fill(rest=rest)


def title_of(goal: Goal) -> Words:
    """The goal's title, unless it is private."""
    return PRIVATE if goal.terms.visibility == "private" else same(goal.title)


def is_off(standing: Standing) -> bool:
    """Whether a signal says that it is not going well."""
    return any(signal.kind in OFF for signal in standing.signals)
