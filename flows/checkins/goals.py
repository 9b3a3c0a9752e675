"""What the check-in asks about each goal, in the goal's own terms, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flows.checkins.questions import HEALTH
from flows.checkins.records import Checkin, CheckinRecords
from flows.core.kinds import Choice, Choices, Percent
from flows.core.moments import day_words
from flows.core.page import Question, Questionnaire, as_options
from flows.core.said import Option
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.goals.kept import ActionStep, Goal, Reading
from flows.goals.measure.series import series_of
from flows.goals.measure.standing import is_result_of, readings_of
from flows.goals.progress.recording import (
    amount_of,
    confidence_question,
    is_bare,
    keep_readings,
    last_words,
    reading_of,
    told_value,
    value_question,
)
from flows.people.person import Person

TITLE = Words("Goal: {item}", "目标：{item}")
BY_RESULTS = "objective"
HEALTH_QUESTION = Question("health", Words("How is it going?", "进展如何？"), Choice(as_options(HEALTH)))
PROGRESS = Question(
    "progress",
    Words("How far is it?", "完成了多少？"),
    Percent(most=Decimal(200)),
    optional=True,
    hint=Words("A percentage, such as 40", "百分比，例如 40"),
)
IMPORTED = Words("Imported: {value}, {period}.", "系统导入：{value}（{period}）。")


@dataclass(frozen=True, slots=True)
class Asked:
    """A goal that the check-in asks about: what it stood at last, and its steps that are due by the round's end."""

    goal: Goal
    last: Reading | None = None
    steps: tuple[ActionStep, ...] = ()

    @property
    def key(self) -> str:
        """Under what its answers are kept."""
        return f"Progress:{self.goal.key}"

    @property
    def imported(self) -> bool:
        return self.last is not None and self.last.series != series_of(self.goal)


def asked_of(records: CheckinRecords, actor: Person, end: date, before: Checkin | None) -> tuple[Asked, ...]:
    """The actor's goals, key results instead of their objective. `end` is the round's last day on their calendar.

    `before` is the check-in that is edited: the steps that were ticked in it are offered again.
    """
    asked = measured(records.goals.of_person(actor.id))
    readings, ticked = readings_of(records, asked), ticked_in(before)
    due: dict[int, list[ActionStep]] = {}
    for step in records.steps.of_goals([goal.id for goal in asked]):
        is_due = step.done_on is None and step.due is not None and step.due <= end
        if is_due or step.id in ticked:
            due.setdefault(step.goal, []).append(step)
    return tuple(
        Asked(goal, next(iter(readings[goal.id][-1:]), None), tuple(due.get(goal.id, ()))) for goal in asked
    )


def measured(goals: Sequence[Goal]) -> list[Goal]:
    """The goals without the objectives whose key results are among them."""
    objectives = [goal for goal in goals if goal.terms.shape == BY_RESULTS]
    by_results = {goal.id for goal in objectives if any(is_result_of(one, goal) for one in goals)}
    return [goal for goal in goals if goal.id not in by_results]


def ticked_in(checkin: Checkin | None) -> frozenset[int]:
    """The steps that a check-in says are done."""
    pages = checkin.goals.values() if checkin else ()
    return frozenset(int(step) for page in pages for step in page.get("steps") or ())


def form_of(asked: Asked) -> Questionnaire:
    """Its questions: how it goes, the value in its own unit, and how sure one is of a key result.

    A goal without terms is asked for a percentage; an imported value is shown instead of asked for.
    """
    terms = asked.goal.terms
    questions = [HEALTH_QUESTION]
    if is_bare(terms):
        questions += [PROGRESS, confidence_question()]
    elif terms.shape != BY_RESULTS and not asked.imported:
        questions.append(value_question(terms, optional=True))
    if terms.method == "okr" and not is_bare(terms):
        questions.append(confidence_question())
    if asked.steps:
        options = tuple(Option(str(step.id), _step_words(step), value=step.id) for step in asked.steps)
        words = Words("Which of these steps are done?", "以下步骤哪些已完成？")
        questions.append(Question("steps", words, Choices(options), optional=True))
    return Questionnaire(asked.key, TITLE.fill(item=asked.goal.title), tuple(questions))


def _step_words(step: ActionStep) -> Words:
    if step.due is None:
        return same(step.title)
    return Words("{step} (until {day})", "{step}（{day}前）").fill(step=step.title, day=day_words(step.due))


def beside(asked: Asked) -> Mapping[str, Words]:
    """What stood last, beside the question about the value; an imported one beside the first."""
    last, terms = asked.last, asked.goal.terms
    if last is None or is_bare(terms):
        return {}
    if asked.imported:
        return {"health": IMPORTED.fill(value=told_value(terms, last.value), period=last.period)}
    return {"value": last_words(terms, last)}


def told_of(goal: Goal, said: Mapping[str, Any]) -> dict[str, Any]:
    """The value in words, as it is called at this time: its unit may change later."""
    if said.get("value") is None:
        return {}
    told = told_value(goal.terms, amount_of(said["value"]))
    return {"told": [told.en, told.zh]}


def keep_reported(
    records: CheckinRecords,
    actor: Person,
    reported: Mapping[Goal, Mapping[str, Any]],
    before: Checkin | None,
    now: datetime,
) -> None:
    """Make readings of what was reported, on the day on which the check-in was first sent, and tick steps.

    An edit corrects the reading; what it leaves as it was is not said anew, for somebody may have corrected it since.
    """
    day = local_day(before.sent_at if before else now, actor.zone)
    new: list[tuple[Goal, Reading]] = []
    for goal, said in reported.items():
        value, sure = value_in(said), said.get("confidence")
        was = before.goals.get(goal.key, {}) if before else {}
        same_as_before = before is not None and (value, sure) == (
            _decimal(was.get("value", was.get("progress"))), _decimal(was.get("confidence")),
        )  # fmt: skip
        if value is not None and not same_as_before:
            new.append((goal, reading_of(goal, amount_of(value), actor, day, "checkin", now, sure)))
    if new:
        keep_readings(records, new, now)
    _tick(records, reported, ticked_in(before), day)


def value_in(said: Mapping[str, Any]) -> Decimal | None:
    """The value that was reported, be it a number, a milestone or yes."""
    found = said.get("value", said.get("progress"))
    return None if found is None else Decimal(found)


def _decimal(kept: Any) -> Decimal | None:
    return None if kept is None else Decimal(kept)


def _tick(
    records: CheckinRecords,
    reported: Mapping[Goal, Mapping[str, Any]],
    ticked: frozenset[int],
    day: date,
) -> None:
    """Steps that are done, and those that are not after all."""
    done = {step for said in reported.values() for step in said.get("steps") or ()}
    for step in records.steps.of_goals([goal.id for goal in reported]):
        if step.id in done and step.done_on is None:
            records.steps.save(replace(step, done_on=day))
        elif step.id in ticked - done and step.done_on is not None:
            records.steps.save(replace(step, done_on=None))
