"""The sample company's goals and leave, as they stand in the bot's records."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.workspace.sample import GOALS, SampleGoal, on_leave
from flows.goals.kept import Goal, Reading, Terms
from flows.goals.measure.series import series_of
from flows.people.person import Person
from storage.work import Work


def furnish(records: Work, today: date) -> None:
    """The sample's goals in each person's own language with what was reported about them, and its leave."""
    for email, goals in GOALS.items():
        if person := records.people.by_email(email):
            for goal in goals:
                work_towards(records, person, goal, today)
    email, first, last = on_leave(today)
    if person := records.people.by_email(email):
        records.people.save(replace(person, away=((first, last),)))


def work_towards(records: Work, person: Person, goal: SampleGoal, today: date) -> None:
    """A goal of the sample as agreed, and a value for each of the weeks before `today`."""
    terms = Terms(goal.title.say(person.language))
    if goal.target is not None:
        lower = goal.baseline is not None and goal.target < goal.baseline
        unit = goal.unit.say(person.language)
        terms = replace(terms, unit=unit, lower=lower, baseline=goal.baseline, target=goal.target)
    kept = records.goals.save(Goal(0, person.id, terms))
    last = datetime.combine(today - timedelta(days=today.weekday() + 3), time(15), tzinfo=UTC)  # a Friday
    weeks = [last - timedelta(weeks=ago) for ago in reversed(range(len(goal.values)))]
    records.readings.keep(
        [
            Reading(0, series_of(kept), day.date().isoformat(), day.date(), value, "goal", day, person.id)
            for day, value in zip(weeks, goal.values, strict=True)
        ]
    )
