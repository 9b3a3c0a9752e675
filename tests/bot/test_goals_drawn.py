"""However many goals there are, and whatever they are called: every screen of theirs is within Slack's limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.exchange import Press, Reply
from bot.rounds import Tick
from flows.core.kinds import Choices
from flows.core.said import Said
from flows.core.screen import Act, Field
from flows.cycle.kept import Audience
from flows.goals.agreeing.following import follow
from flows.goals.kept import ActionStep, Goal, Terms
from tests.bot.cycle_house import NOW, START, CycleHouse, account, hire, house_in, run
from tests.bot.goal_house import terms
from tests.bot.test_cycles_drawn import STORED, check_drawn, check_messages
from tests.bot.test_front_cycles import acts_of, screens_in
from tests.bot.test_goal_forms import play, usual

REPORTS, GOALS, RESULTS, CHILDREN = 120, 60, 40, 500
MOST_SCREENS = 40
VIEWS = (
    "goals",
    "team-goals",
    "goal-tree",
    "goals-asked",
    "goal-update",
    "goals-missing",
    "goal-words",
    "home",
    "api-tokens",
)
FLOWS = ("goal", "goal-give", "goal-split", "goal-company")


def crawled(house: CycleHouse, who: str, start: list[Act]) -> Iterator[tuple[Act, Reply]]:
    """Every screen that somebody can open from these, the nearest first."""
    todo, seen = list(start), set(start)
    for number, act in enumerate(todo):
        if number > MOST_SCREENS + len(start):
            break
        with house.trying() as (records, _):
            reply = house.front.receive(records, account(who), "one", Press(act, "modal", said={}), NOW)
        yield act, reply
        for screen in screens_in(reply):
            for more in acts_of(screen.body):
                if more not in seen and more.verb in ("see", "open", "part"):
                    seen.add(more)
                    todo.append(more)


def starts(house: CycleHouse, cycle: int) -> list[Act]:
    """The ways in to goals: one's own, and somebody's whose goals wait."""
    found = [Act("see", (name,)) for name in VIEWS] + [Act("open", (name, "")) for name in FLOWS]
    found += [Act("see", (name, str(cycle))) for name in ("team-goals", "goal-tree", "goals-missing")]
    for who in ("lin", "mei"):
        person = str(house.people[who].id)
        found += [Act("see", (name, str(cycle), person)) for name in ("goals", "goals-asked")]
        found.append(Act("open", ("goal-answer", f"{cycle}/{person}")))
    return found


@pytest.mark.parametrize("number", range(len(STORED) + 1))
def test_whatever_goals_are_called_they_are_shown_as_text_and_within_the_limits(
    sqlite_url: str, number: int
) -> None:
    text = [*STORED, "销售目标" * 75][number]
    house = house_in(sqlite_url)
    with house.store.work() as records:
        for goal in records.goals.many(house.goals.values()):
            called = replace(
                goal.terms, title=text[:300], measure=text[:300], unit=text[:30].strip(), milestones=()
            )
            pending = replace(goal.pending, title=text[:300][::-1]) if goal.pending else None
            records.goals.save(replace(goal, terms=called, pending=pending, department=goal.department))
            records.steps.save(ActionStep(0, goal.id, text[:300], date(2026, 3, 30), text[:300]))
        for person in house.people.values():
            records.people.save(replace(person, name=text[:200]))
    Tick(house.store, house.catalog, NOW + timedelta(hours=18)).run()
    for who in ("lin", "mei", "hanna"):
        for act, reply in crawled(house, who, starts(house, house.cycles["all"])):
            check_drawn(act, reply)
    check_messages(house)
    house.store.close()


def everybody(field: Field) -> Said | None:
    """All that can be chosen."""
    kind = field.question.kind
    return [one.key for one in kind.options] if isinstance(kind, Choices) else usual(field)


def test_very_many_goals_fit(sqlite_url: str) -> None:
    """A person with 60 goals, an objective with 40 key results, a manager of 120, a goal that 500 serve."""
    house = house_in(sqlite_url)
    with house.store.work() as records:
        reports = [
            hire(house, records, f"report{n}", "mei", f"Department {n % 60}", ()) for n in range(REPORTS)
        ]
        cycle = run(house, records, "many", "live", Audience())
    for moment in (START + timedelta(days=10), NOW):
        Tick(house.store, house.catalog, moment).run()
    lin, top = house.people["lin"].id, house.people["top"].id
    with house.store.work() as records:
        company = records.goals.save(Goal(0, top, terms("Everything", "public"), cycle.id, "company"))

        def one(person: int, n: int, **more: object) -> Goal:
            wanted = replace(terms(f"Goal {n}", "public", company.id), rule="sum", weight=None)
            return Goal(0, person, wanted, cycle.id, **more)  # type: ignore[arg-type]

        for n in range(GOALS):
            asked = {"state": "proposed", "asked_by": lin} if n % 2 else {"state": "draft"}
            records.goals.save(one(lin, n, **asked))
        above = records.goals.save(Goal(0, lin, Terms("Objective", "objective", "okr"), cycle.id))
        for n in range(RESULTS):
            result = Terms(
                f"Result {n}", method="okr", target=Decimal(n + 1), unit="customers", parent=above.id
            )
            records.goals.save(Goal(0, lin, result, cycle.id))
        for n in range(CHILDREN):
            person = reports[n % REPORTS].id
            records.goals.save(one(person, n, state="proposed", asked_by=person))
        for report in (house.people["lin"], *reports):
            follow(records, cycle.id, report.id, NOW)
    objective = [
        Act("see", (name, str(one)))
        for one in (above.id, company.id)
        for name in ("goal-card", "goal-versions")
    ]
    objective += [
        Act("see", ("goal-tree", str(cycle.id), str(company.id))),
        Act("open", ("goal-split", str(company.id))),
    ]
    for moment in (NOW, NOW + timedelta(hours=18)):
        Tick(house.store, house.catalog, moment).run()
    for who in ("lin", "mei", "top", "hanna"):
        for act, reply in crawled(house, who, [*objective, *starts(house, cycle.id)]):
            check_drawn(act, reply)
    for form in (
        ("top", "goal-split", str(company.id)),
        ("mei", "goal-give", str(cycle.id)),
        ("mei", "goal-answer", f"{cycle.id}/{lin}"),
    ):
        with house.trying() as (records, _):
            play(house, records, form, everybody)
    check_messages(house)
    house.store.close()
