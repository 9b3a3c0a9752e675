"""What the database sums of goals is what a plain loop over everybody sums, on both databases and for every scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from flows.checkins.records import Checkin, Response
from flows.checkins.setup import usual
from flows.core.words import same
from flows.cycle.records import Participant
from flows.goals.kept import ActionStep, Goal, Signal, SignalKind, Terms
from flows.goals.measure.kept_standing import KeptStanding
from flows.people.person import Person
from flows.reports.goals.kept import Given, Lifts, Sums
from flows.reports.goals.measures import at_stake
from flows.reports.report import By
from flows.reports.scope import Scope
from storage.engine import Store
from tests.storage.conftest import Hire, a_cycle

D = Decimal
DAY = date(2027, 1, 5)
ZERO = D(0)
BYS: tuple[By, ...] = ("department", "manager", "level")


@dataclass
class House:
    """A company with goals, as it was kept, and as plain values to go over."""

    store: Store
    cycle: int
    people: dict[int, Person]
    goals: list[Goal]
    stands: dict[int, KeptStanding]
    signals: dict[int, set[SignalKind]]
    steps: list[ActionStep]

    def key(self, person: int, by: By) -> Any:
        return getattr(self.people[person], by)

    def inside(self, person: int, scope: Scope) -> bool:
        one = self.people[person]
        if scope.departments is not None:
            return one.department in scope.departments
        above = one.manager
        while scope.below is not None and above is not None and above != scope.below:
            above = self.people[above].manager
        return scope.below is None or above == scope.below

    def ask(self, work: Callable[[Any], Any]) -> Any:
        with self.store.work() as records:
            return work(records.reports.goals)


@pytest.fixture
def house(store: Store, hire: Hire, now: datetime) -> House:
    random = Random(11)
    top = hire("Top", level="P9")
    heads = [hire(f"Head {n}", top, name, level="P7") for n, name in enumerate(("Sales", "Works"))]
    rest = [
        hire(f"One {n}", heads[n % 2], random.choice(("Sales", "Works")), level=f"P{n % 3}")
        for n in range(12)
    ]
    people = {one.id: one for one in (top, *heads, *rest)}
    cycle = a_cycle(store, top, now).id
    goals, stands, signals, steps = [], {}, {}, []
    with store.work() as records:
        records.participants.add(
            [
                Participant(cycle, one.id, "in", one.manager, one.department, one.level, one.zone, "en", now)
                for one in people.values()
            ]
        )
        revenue = Terms("Revenue", target=D(1000), unit="CNY", visibility="public")
        company = records.goals.save(Goal(0, top.id, revenue, cycle, "company"))
        under = replace(revenue, title="Part", parent=company.id, rule="sum", target=D(300))
        part = records.goals.save(Goal(0, heads[0].id, under, cycle, "department", "Sales"))
        goals += [company, part]
        for person in rest:
            above = None
            for n in range(random.randrange(4)):
                visibility = random.choice(("public", "team", "team", "private"))
                terms = replace(
                    under, title=f"Goal {n}", parent=above or random.choice((part.id, None)), target=D(random.randrange(1, 90)),
                    visibility=visibility, weight=D(20),
                )  # fmt: skip
                goal = records.goals.save(Goal(0, person.id, terms, cycle))
                above = above or goal.id
                goals.append(goal)
        for goal in goals:
            own = goal.level == "person" and goal.terms.visibility != "private"
            value = random.choice((None, D(random.randrange(1200)) / 10))
            share = (D(random.randrange(1, 90)) if value is not None else ZERO) if own else None
            paced = random.choice((None, D(random.randrange(1000)) / 10))
            ending = random.choice((None, D(random.randrange(1200)) / 10))
            stands[goal.id] = KeptStanding(
                cycle, goal.person, goal.id, DAY, share, value, paced, ending, ending, ending, ending
            )
            kinds: set[SignalKind] = {
                kind for kind in ("forecast", "off_track", "drop", "silent") if random.random() < 0.2
            }
            signals[goal.id] = kinds
            for n in range(random.choice((0, 0, 1, 2, 3))):
                decision = random.choice(("", "granted", "granted", "declined"))
                at = now + timedelta(days=n) if decision else None
                reached = random.choice((None, D(random.randrange(100)))) if at else None
                step = ActionStep(
                    0, goal.id, f"Step {n}", None, random.choice(("", "help")), decision, None, "", None, at, reached,
                    None if reached is None else D(random.randrange(100)),
                )  # fmt: skip
                steps.append(records.steps.save(step))
        records.standings.keep(list(stands.values()))
        records.signals.begin(
            [
                Signal(goal, kind, now + timedelta(hours=nth))
                for goal, kinds in signals.items()
                for nth, kind in enumerate(sorted(kinds))
            ]
        )
    return House(store, cycle, people, goals, stands, signals, steps)


def scopes(house: House) -> Iterator[Scope]:
    yield Scope(same("all"))
    yield Scope(same("Sales"), frozenset({"Sales"}))
    for one in list(house.people.values())[:3]:
        yield Scope(same(one.name), below=one.id)


MISSING: set[SignalKind] = {"forecast", "off_track", "drop"}


def test_sums_by_group(house: House) -> None:
    for scope in scopes(house):
        for by in BYS:
            plain: dict[Any, Sums] = defaultdict(Sums)
            for goal in house.goals:
                one = house.stands[goal.id]
                if one.share is None or not house.inside(goal.person, scope):
                    continue
                value, share = one.attainment, one.share
                if value is None:
                    plain[house.key(goal.person, by)] += Sums(1)
                    continue
                behind = bool(house.signals[goal.id] & MISSING)
                paced = (ZERO, ZERO) if one.paced is None else (share, share * one.paced / 100)
                plain[house.key(goal.person, by)] += Sums(1, 1, behind, share, share * value / 100, *paced)
            found = house.ask(lambda goals, scope=scope, by=by: dict(goals.sums(house.cycle, scope, by)))
            assert found == plain


def test_a_week_keeps_the_same_sums(house: House) -> None:
    with house.store.work() as records:
        records.standings.keep_week(house.cycle, date(2027, 1, 4))
    for scope in scopes(house):
        groups = house.ask(lambda goals, scope=scope: goals.sums(house.cycle, scope, "department"))
        weeks = house.ask(lambda goals, scope=scope: goals.weeks(house.cycle, scope))
        whole = sum((one for _, one in groups), Sums())
        assert weeks == ([(date(2027, 1, 4), whole)] if groups else [])


def test_the_goals_that_will_be_missed_come_by_what_is_at_stake(house: House) -> None:
    for scope in scopes(house):
        found = house.ask(lambda goals, scope=scope: goals.missing(house.cycle, scope, 100))
        plain = {
            goal.id
            for goal in house.goals
            if house.signals[goal.id] & MISSING and house.inside(goal.person, scope)
        }
        assert {risk.goal for risk in found} == plain
        for risk in found:
            assert set(risk.signals) == house.signals[risk.goal]
            share = house.stands[risk.goal].share
            assert risk.weight == (share or ZERO if risk.level == "person" else 100)
        stakes = [at_stake(risk) for risk in found]
        assert [stake for stake in stakes if stake] == sorted((one for one in stakes if one), reverse=True)
        assert house.ask(lambda goals, scope=scope: goals.missing(house.cycle, scope, 2)) == found[:2]


def test_what_was_granted_and_what_it_brought(house: House, now: datetime) -> None:
    top = {goal.id: goal for goal in house.goals}

    def project(goal: Goal) -> int | None:
        while goal.level == "person":
            if goal.terms.parent is None:
                return None
            goal = top[goal.terms.parent]
        return goal.id

    before = now + timedelta(days=1)
    for scope in scopes(house):
        for by in BYS:
            plain: dict[Any, Lifts] = defaultdict(Lifts)
            for goal in house.goals:
                asked = [one for one in house.steps if one.goal == goal.id and (one.needs or one.decision)]
                if not asked or goal.terms.visibility == "private" or not house.inside(goal.person, scope):
                    continue
                got = [one for one in asked if one.decision == "granted"]
                stand = house.stands[goal.id]
                made = Lifts(len(asked), len(got))
                first = min(got, key=lambda one: one.decided_at or now) if got else None
                ends = (stand.attainment, stand.paced, first and first.reached, first and first.paced)
                if first and first.decided_at and first.decided_at <= before and None not in ends:
                    is_, should, was, was_due = (one or ZERO for one in ends)
                    x, m = is_ - should - was + was_due, len(got)
                    made = Lifts(len(asked), m, 1, m, x, x * x, x * m, m * m)
                plain[house.key(goal.person, by), project(goal)] += made
            found = house.ask(lambda goals, scope=scope, by=by: goals.lifts(house.cycle, scope, by, before))
            assert {(key, above): one for key, above, one in found} == plain


def test_goals_with_and_without_a_resource(house: House) -> None:
    granted = {one.goal for one in house.steps if one.decision == "granted"}
    with_it, without = [], []
    for goal in house.goals:
        one = house.stands[goal.id]
        if one.share is not None and one.attainment is not None:
            (with_it if goal.id in granted else without).append(one.attainment)
    found = house.ask(lambda goals: goals.compared(house.cycle, Scope(same("all")), "department"))
    assert {key for key, *_ in found} <= {"Sales", "Works"}
    every = [end for _, *ends in found for end in ends if end is not None]
    assert min(*with_it, *without) <= min(every) <= max(every) <= max(*with_it, *without)


def test_how_goals_above_are_divided(house: House) -> None:
    plain: dict[int, Given] = {}
    for above in house.goals[:2]:
        below = [goal for goal in house.goals if goal.terms.parent == above.id]
        public = [goal for goal in below if goal.terms.visibility == "public"]
        plain[above.id] = Given(
            sum((goal.terms.target or ZERO for goal in below), ZERO), len(below),
            sum((goal.terms.target or ZERO for goal in public), ZERO), len(public), 0,
        )  # fmt: skip
    assert house.ask(lambda goals: goals.given(house.cycle)) == plain


def test_which_goals_above_a_scope_answers_for(house: House) -> None:
    company, part = house.goals[:2]
    found = [house.ask(lambda goals, scope=scope: goals.above(house.cycle, scope)) for scope in scopes(house)]
    assert found == [{company.id, part.id}, {part.id}, {company.id, part.id}, {part.id}, set()]


def test_who_has_an_agreed_goal(house: House) -> None:
    owners = {goal.person for goal in house.goals if goal.level == "person"}
    for scope in scopes(house):
        for by in BYS:
            plain: dict[Any, list[int]] = defaultdict(lambda: [0, 0])
            for person in house.people:
                if house.inside(person, scope):
                    plain[house.key(person, by)][0] += 1
                    plain[house.key(person, by)][1] += person in owners
            found = house.ask(lambda goals, scope=scope, by=by: goals.agreed(house.cycle, scope, by))
            assert {key: [every, has] for key, every, has in found} == plain


def test_requests_of_check_ins_that_were_granted_in_time(house: House, now: datetime) -> None:
    person = next(one for one in house.people.values() if one.manager and one.name == "One 0")
    with house.store.work() as records:
        programme = records.programmes.save(usual(DAY, None, now)).id
        checkin = records.checkins.keep(
            Checkin(0, programme, person.id, "2027-01-04", {}, {}, {}, {}, False, now)
        )
        for days, kind in ((0, "granted"), (1, "declined"), (2, "granted"), (9, "granted")):
            records.checkins.respond(
                Response(0, checkin.id, person.manager or 0, kind, "", now + timedelta(days=days))  # type: ignore[arg-type]
            )
    week = (now, now + timedelta(days=7))
    every = Scope(same("all"))
    found = house.ask(lambda goals: goals.granted_in_checkins(house.cycle, every, "manager", *week))
    assert found == {person.manager: 2}


def test_the_last_look_is_the_one_that_is_finished(house: House, now: datetime) -> None:
    assert house.ask(lambda goals: goals.last_look(house.cycle)) == DAY
    assert house.ask(lambda goals: goals.last_look(house.cycle + 1)) is None
