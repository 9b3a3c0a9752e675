"""Each night it is kept how goals stand, with what each counts for, and once a week the sums of each team."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from flows.cycle.records import Participant, Sweep
from flows.goals.kept import Goal, Reading, Signal, Terms
from flows.goals.measure.nightly import keep_standings, plan_standings
from flows.goals.measure.series import series_of
from flows.people.person import Person
from storage.engine import Store
from storage.tables.goals import STANDING, WEEK
from tests.storage.conftest import Hire, a_cycle

D = Decimal
NUMBER = Terms("Orders", unit="orders", target=D(100))
MONDAY = date(2026, 11, 16)  # the first day of the cycle
NIGHT = datetime.fromisoformat("2027-01-06T01:00:00+00:00")  # a Wednesday


class Town:
    """A live cycle with Ann and her reports Ben and Cai."""

    def __init__(self, store: Store, hire: Hire, now: datetime) -> None:
        self.store = store
        self.ann = hire("Ann")
        self.ben, self.cai = hire("Ben", self.ann), hire("Cai", self.ann, "Operations")
        self.cycle = a_cycle(store, self.ann, now).id
        with store.work() as records:
            records.participants.add([self.place(one, now) for one in (self.ann, self.ben, self.cai)])

    def place(self, one: Person, now: datetime) -> Participant:
        return Participant(
            self.cycle, one.id, "in", one.manager, one.department, one.level, one.zone, one.language, now
        )

    def goal(self, person: Person, *values: object, **terms: Any) -> Goal:
        """An agreed goal of theirs with a value a week."""
        days = [MONDAY + timedelta(weeks=number) for number in range(len(values))]
        with self.store.work() as records:
            goal = records.goals.save(Goal(0, person.id, replace(NUMBER, **terms), self.cycle))
            series = series_of(goal)
            records.readings.keep(
                [
                    Reading(0, series, day.isoformat(), day, D(str(value)), "goal", NIGHT)
                    for day, value in zip(days, values, strict=True)
                ]
            )
            return goal

    def night(self, now: datetime = NIGHT) -> None:
        """The whole look of a night."""
        with self.store.work() as records:
            plan_standings(records, now)
            work: Sweep | None = records.sweeps.get(f"goal.standings/{now.date()}")
        while work is not None and not work.done:
            with self.store.work() as records:
                work = keep_standings.step(records, work, now)

    def kept(self) -> dict[int, Any]:
        with self.store.engine.connect() as connection:
            return {row.goal: row for row in connection.execute(select(STANDING))}

    def weeks(self) -> list[Any]:
        with self.store.engine.connect() as connection:
            return list(connection.execute(select(WEEK).order_by(WEEK.c.day, WEEK.c.department)))


@pytest.fixture
def town(store: Store, hire: Hire, now: datetime) -> Town:
    return Town(store, hire, now)


def test_what_each_goal_counts_for_is_kept(town: Town) -> None:
    heavy = town.goal(town.ben, 10, 20, 30, weight=D(60))
    light = town.goal(town.ben, 80, weight=D(20))
    silent = town.goal(town.ben, weight=D(20))
    private = town.goal(town.ben, 50, visibility="private")
    bonus = town.goal(town.ben, 50, part="bonus", weight=D(5))
    town.night()
    kept = town.kept()
    assert [kept[goal.id].share for goal in (heavy, light, silent, private, bonus)] == [75, 25, 0, None, None]
    assert [kept[goal.id].attainment for goal in (heavy, light, silent)] == [30, 80, None]
    assert 55 < kept[heavy.id].paced < 65  # more than half of the quarter's working days are over


def test_a_forecast_is_kept_with_what_it_reaches(town: Town) -> None:
    goal = town.goal(town.ben, 5, 9, 15, 20, 26, 29, 36)
    town.night()
    row = town.kept()[goal.id]
    assert row.low < row.middle < row.high
    assert row.ending == row.middle  # of a target of 100
    assert 50 < row.ending < 80


def test_key_results_count_inside_their_objective(town: Town) -> None:
    above = town.goal(town.ben, shape="objective", method="okr", target=None)
    result = town.goal(town.ben, 40, method="okr", parent=above.id)
    town.night()
    kept = town.kept()
    assert (kept[above.id].share, kept[above.id].attainment) == (100, 40)
    assert kept[result.id].share is None


def test_what_is_withdrawn_or_goes_to_somebody_else_is_forgotten(town: Town) -> None:
    gone, given = town.goal(town.ben, 10), town.goal(town.ben, 20)
    town.night()
    with town.store.work() as records:
        records.goals.save(replace(gone, state="withdrawn"))
        records.goals.save(replace(given, person=town.cai.id))
    town.night(NIGHT + timedelta(days=1))
    kept = town.kept()
    assert kept.keys() == {given.id}
    assert kept[given.id].person == town.cai.id


def test_a_week_is_summed_once_by_team(town: Town) -> None:
    late = town.goal(town.ben, 10, 20, 30, weight=D(75))
    town.goal(town.ben, 70, weight=D(25))
    town.goal(town.cai, 50)
    town.goal(town.cai)
    with town.store.work() as records:
        records.signals.begin([Signal(late.id, "off_track", NIGHT), Signal(late.id, "forecast", NIGHT)])
    town.night()
    [operations, sales] = town.weeks()
    assert (operations.day, operations.department, operations.manager) == (
        date(2027, 1, 4),
        "Operations",
        town.ann.id,
    )
    assert (operations.goals, operations.valued, operations.behind) == (2, 1, 0)
    assert (operations.shares, operations.points) == (100, 50)
    assert (sales.goals, sales.valued, sales.behind) == (2, 2, 1)
    assert (sales.shares, sales.points) == (100, 40)  # 0.75 x 30 + 0.25 x 70
    assert sales.paced_shares == 100
    town.night(NIGHT + timedelta(days=1))
    assert len(town.weeks()) == 2
    town.night(NIGHT + timedelta(days=5))
    assert len(town.weeks()) == 4


def test_a_night_is_planned_once_and_not_for_a_pause(town: Town) -> None:
    with town.store.work() as records:
        [cycle] = records.cycles.in_state("live")
        records.cycles.save(replace(cycle, paused_at=NIGHT))
        plan_standings(records, NIGHT)
        assert records.sweeps.get(f"goal.standings/{NIGHT.date()}") is None


def test_the_companys_goals_stand_too(town: Town) -> None:
    with town.store.work() as records:
        above = records.goals.save(Goal(0, town.ann.id, NUMBER, town.cycle, "company"))
    town.goal(town.ben, 30, parent=above.id, rule="sum")
    town.night()
    row = town.kept()[above.id]
    assert (row.share, row.attainment) == (None, 30)
