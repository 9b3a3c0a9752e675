"""What a check-in asks about each kind of goal, and that an older draft goes on where it was left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from flows.checkins.goals import Asked, beside, form_of, measured, told_of, value_in
from flows.checkins.questions import Health, questionnaire, standard
from flows.checkins.weekly import Week, weekly_checkin
from flows.core.play import play
from flows.core.sitting import MODAL
from flows.core.words import same
from flows.cycle.calendar import Rhythm
from flows.goals.kept import ActionStep, Goal, Reading, Terms
from flows.goals.progress.recording import told_value

NUMBER = Terms("Win customers", unit="customers", target=Decimal(20))
BARE = Terms("Mentor somebody")
KINDS: dict[str, tuple[Terms, list[str]]] = {
    "bare": (BARE, ["health", "progress", "confidence"]),
    "number": (NUMBER, ["health", "value"]),
    "percent": (replace(NUMBER, unit="%"), ["health", "value"]),
    "yes or no": (Terms("Handbook", shape="yes_no"), ["health", "value"]),
    "milestones": (Terms("Pilot", shape="milestones", milestones=("a", "b")), ["health", "value"]),
    "key result": (replace(NUMBER, method="okr"), ["health", "value", "confidence"]),
    "objective alone": (Terms("Delight", shape="objective", method="okr"), ["health", "confidence"]),
}


def goal(terms: Terms) -> Goal:
    return Goal(7, 1, terms)


def reading(value: str, series: str = "goal/7") -> Reading:
    day = date(2026, 3, 2)
    return Reading(1, series, "2026-03-02", day, Decimal(value), "goal", datetime(2026, 3, 2, tzinfo=UTC))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_goal_is_asked_in_its_own_way(kind: str) -> None:
    terms, names = KINDS[kind]
    assert [question.name for question in form_of(Asked(goal(terms))).questions] == names


def test_key_results_stand_for_their_objective_and_a_goal_that_serves_another_for_itself() -> None:
    objective = Goal(1, 1, Terms("Delight", shape="objective", method="okr"))
    result = Goal(2, 1, replace(NUMBER, method="okr", parent=1))
    alone = Goal(3, 1, objective.terms)
    above, below = Goal(4, 1, NUMBER), Goal(5, 1, replace(NUMBER, parent=4))
    assert measured([objective, result, alone, above, below]) == [result, alone, above, below]


def test_seven_goals_are_a_phones_screen_and_a_bit() -> None:
    goals = tuple(Asked(Goal(n, 1, NUMBER)) for n in range(1, 8))
    played = play(weekly_checkin.steps, week(goals), {"week": DONE}, MODAL)
    assert [len(step.fields()) for step in played.steps[1:]] == [12, 2]


def test_what_stood_last_is_shown_beside_the_value_and_not_filled_in() -> None:
    asked = Asked(goal(NUMBER), reading("12"))
    assert beside(asked)["value"].en == "Last: 12 customers, Monday 2 March."
    assert beside(asked)["value"].zh == "上次：12 customers（3月2日（周一））。"


def test_an_imported_value_is_shown_instead_of_asked_for() -> None:
    asked = Asked(goal(replace(NUMBER, metric="crm")), reading("12", "metric/crm/person/1"))
    assert [question.name for question in form_of(asked).questions] == ["health"]
    assert beside(asked)["health"].en == "Imported: 12 customers, 2026-03-02."


def test_due_steps_are_offered_to_be_ticked() -> None:
    step = ActionStep(3, 7, "Call", date(2026, 3, 6))
    question = form_of(Asked(goal(NUMBER), None, (step,))).questions[-1]
    assert question.name == "steps"
    assert [option.label.zh for option in question.kind.options] == ["Call（3月6日（周五）前）"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("terms", "said", "value", "en", "zh"),
    [
        (NUMBER, Decimal("12.5"), "12.5", "12.5 customers", "12.5 customers"),
        (replace(NUMBER, unit="%"), Decimal(92), "92", "92%", "92%"),
        (BARE, Decimal(40), "40", "40%", "40%"),
        (KINDS["yes or no"][0], True, "1", "done", "已完成"),
        (KINDS["yes or no"][0], False, "0", "not done yet", "未完成"),
        (KINDS["milestones"][0], "2", "2", "2 of 2: b", "2/2：b"),
        (KINDS["milestones"][0], "0", "0", "None yet", "尚未达成任何一项"),
    ],
)
def test_what_is_said_becomes_an_amount_and_is_told_in_words(
    terms: Terms, said: Any, value: str, en: str, zh: str
) -> None:
    assert value_in({"value": said}) == Decimal(value)
    told = told_value(terms, Decimal(value))
    assert (told.en, told.zh) == (en, zh)
    assert told_of(goal(terms), {"value": said}) == {"told": [en, zh]}


DONE = {"done": "Work", "next": "More"}


def week(goals: tuple[Asked, ...]) -> Week:
    return Week(
        same("week 10"), questionnaire(standard(("done", "next")), Rhythm.WEEKLY), goals, None, same("")
    )


def test_a_draft_from_before_goals_had_terms_is_complete_as_it_was() -> None:
    answers = {"week": DONE, "Progress:7": {"health": "on_track", "progress": "40", "confidence": "8"}}
    played = play(weekly_checkin.steps, week((Asked(goal(BARE)),)), answers, MODAL)
    assert played.waiting is None
    said = played.result.progress[goal(BARE)]
    assert (said["health"], said["progress"], said["confidence"]) == (
        Health.ON_TRACK,
        Decimal(40),
        Decimal(8),
    )


def test_a_draft_whose_goal_got_a_number_meanwhile_asks_for_the_number() -> None:
    answers = {"week": DONE, "Progress:7": {"health": "on_track", "progress": "40", "confidence": "8"}}
    played = play(weekly_checkin.steps, week((Asked(goal(NUMBER)),)), answers, MODAL)
    assert played.waiting is not None
    assert "Progress:7.value" in played.waiting.fields()
