"""The components of many people's results out of what is kept: goals, the manager's ratings and what others gave.

Everything is read for all of them at once. What others give counts only once its phase is over everywhere, so that no
score tells meanwhile what somebody has just written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from flows.core.kinds import Rating
from flows.core.page import Question
from flows.core.rounding import half_up
from flows.core.said import Option
from flows.cycle.phase import LAST_ZONE, moments_in, window_of
from flows.cycle.records import Cycle
from flows.cycle.template import Phase, Template
from flows.cycle.template import Review as Form
from flows.cycle.templates.questions import FROM_REVIEWS
from flows.goals.kept import Goal
from flows.goals.measure.standing import standings
from flows.goals.measure.whole import sheet_attainment
from flows.goals.reviewed import reviewed_goals
from flows.results.expression import Formula
from flows.results.formula import FINEST
from flows.results.inputs import GOALS, TYPED_GOALS, Component, Of, goal_json, on_scale, text
from flows.results.records import ResultRecords
from flows.reviews.anonymity import rated
from flows.reviews.published import published, still_written
from flows.reviews.records import Review, SealedGroup

Answers = Mapping[str, Any]
NOT_YET, NOBODY, TOO_FEW, NOT_WRITTEN, NOT_JUDGED, NO_GOALS, NO_VALUES = (
    "not_yet", "nobody", "too_few", "not_written", "not_judged", "no_goals", "no_values",
)  # fmt: skip
"""Why a component is missing."""


def wanted(template: Template, formula: Formula | None) -> list[str]:
    """The components that the template's score looks at, in its order."""
    names = [name for name, weight in template.weights.items() if weight]
    return names + sorted((formula.uses if formula else frozenset()) - set(names))


def gather(
    records: ResultRecords, cycle: Cycle, names: Sequence[str], people: Sequence[int], now: datetime
) -> dict[int, list[Component]]:
    """Each person's components of these names, in their order, as of `now` (aware)."""
    template = cycle.template
    reviews: dict[int, list[Review]] = defaultdict(list)
    for review in records.reviews.about(cycle.id, people):
        reviews[review.about].append(review)
    found: dict[str, Mapping[int, Component]] = {}
    for name in names:
        if name == GOALS:
            known = goals_of(records, cycle, people, now)
            found[name] = {one: typed_or(known[one], cycle, reviews[one]) for one in people}
        elif name in FROM_REVIEWS:
            found[name] = others_of(records, cycle, name, people, reviews, now)
        elif question := question_of(template.reviews.get("manager"), name):
            found[name] = {one: managers(cycle, question, reviews[one]) for one in people}
    return {
        one: [found[name][one] if name in found else missing(name, NOBODY) for name in names]
        for one in people
    }


def goals_of(
    records: ResultRecords, cycle: Cycle, people: Sequence[int], now: datetime
) -> dict[int, Component]:
    """Each person's weighted attainment of the agreed goals that the cycle looks at, with every goal in it."""
    theirs: dict[int, list[Goal]] = defaultdict(list)
    for goal in reviewed_goals(records, cycle, people):
        theirs[goal.person].append(goal)
    known = standings(records, [goal for goals in theirs.values() for goal in goals], now, ahead=False)
    found = {}
    for person in people:
        mine = [known[goal.id] for goal in theirs[person]]
        sheet = sheet_attainment(mine, cycle.template.perspectives, cycle.template.goal_cap)
        source: dict[str, Any] = {GOALS: [goal_json(one) for one in mine]}
        if sheet.whole is None:
            agreed = any(one.goal.state == "agreed" for one in mine)
            source["missing"] = NO_VALUES if agreed else NO_GOALS
        found[person] = Component(GOALS, sheet.whole, source)
    return found


def typed_or(goals: Component, cycle: Cycle, reviews: Sequence[Review]) -> Component:
    """The goals' part; where no data say it, what the manager has typed, up to the cap."""
    last = last_of_manager(cycle, reviews)
    typed = last.answers.get(TYPED_GOALS) if last and goals.value is None else None
    if last is None or typed is None:
        return goals
    source = {**goals.source, "typed": str(typed), "review": last.id, "by": last.author}
    return Component(GOALS, min(Decimal(str(typed)), cycle.template.goal_cap), source)


def last_of_manager(cycle: Cycle, reviews: Sequence[Review]) -> Review | None:
    """The manager's review; where there were several phases of it, that of the last one written."""
    order = [phase.name for phase in cycle.template.phases]
    written = [review for review in reviews if review.kind == "manager" and review.phase in order]
    return max(written, key=lambda review: order.index(review.phase)) if written else None


def managers(cycle: Cycle, question: Question, reviews: Sequence[Review]) -> Component:
    """One rating of the manager's review."""
    last = last_of_manager(cycle, reviews)
    if last is None:
        return missing(question.name, NOT_WRITTEN)
    step = rated(question, last.answers)
    if step is None:
        return missing(question.name, NOT_JUDGED, review=last.id, phase=last.phase, by=last.author)
    given, of = str(step), of_question(question)
    source = {"review": last.id, "phase": last.phase, "by": last.author, "rated": given, "of": of}
    return Component(question.name, on_scale({"": given}, {"": of}), source)


def others_of(
    records: ResultRecords,
    cycle: Cycle,
    name: str,
    people: Sequence[int],
    reviews: Mapping[int, Sequence[Review]],
    now: datetime,
) -> dict[int, Component]:
    """What colleagues, reports, project leads or people outside gave; of several phases the last that has a value."""
    form = cycle.template.reviews.get(FROM_REVIEWS[name])
    phases = [phase for phase in cycle.template.phases if form and phase.review == form.kind]
    if form is None or not phases:
        return {one: missing(name, NOBODY) for one in people}
    over = [phase for phase in phases if is_over(cycle, phase, now)]
    if form.anonymous:
        groups = {
            (one.about, one.phase): one for one in (published(records, cycle, people, now) if over else ())
        }
        asked = still_written(records, cycle, [phase.name for phase in over], people, groups)
        return {
            one: _last(
                name,
                [
                    shown(name, form, phase, groups.get((one, phase.name)))
                    for phase in over
                    if (one, phase.name) not in asked
                ],
            )
            for one in people
        }
    given = _given(records, cycle, form, people, reviews)
    return {
        one: _last(name, [named(name, form, phase, given[one, phase.name]) for phase in over])
        for one in people
    }


def is_over(cycle: Cycle, phase: Phase, now: datetime) -> bool:
    """Whether the phase has ended everywhere, with its days of grace."""
    return moments_in(window_of(cycle, phase), cycle.template.nudges.hour, LAST_ZONE)[2] <= now


def _given(
    records: ResultRecords,
    cycle: Cycle,
    form: Form,
    people: Sequence[int],
    reviews: Mapping[int, Sequence[Review]],
) -> dict[tuple[int, str], list[tuple[int, Answers]]]:
    """(id, answers) of what carries a name, by person and phase."""
    given: dict[tuple[int, str], list[tuple[int, Answers]]] = defaultdict(list)
    if form.kind == "external":
        for guest in records.guests.about(cycle.id, people):
            if guest.sent_at is not None:
                given[guest.about, guest.phase].append((guest.id, guest.answers))
    for review in (one for person in people for one in reviews.get(person, ())):
        if review.kind == form.kind:
            given[review.about, review.phase].append((review.id, review.answers))
    return given


def shown(name: str, form: Form, phase: Phase, group: SealedGroup | None) -> Component:
    """The published averages of answers without names."""
    if group is None:
        return missing(name, NOBODY)
    steps = {question.name: of_question(question) for question in counted(form)}
    averages = {one: str(value) for one, value in group.averages.items() if one in steps}
    if not group.shown or not averages:
        return missing(name, TOO_FEW, phase=phase.name)
    of = {one: steps[one] for one in averages}
    return Component(name, on_scale(averages, of), {"phase": phase.name, "averages": averages, "of": of})


def named(name: str, form: Form, phase: Phase, given: Sequence[tuple[int, Answers]]) -> Component:
    """The averages of reviews that carry a name, rounded half up to four decimals, with their ids."""
    if not given:
        return missing(name, NOBODY)
    averages: dict[str, str] = {}
    of: dict[str, Of] = {}
    for question in counted(form):
        steps = [step for _, answers in given if (step := rated(question, answers)) is not None]
        if steps:
            averages[question.name] = text(half_up(Decimal(sum(steps)) / len(steps), FINEST))
            of[question.name] = of_question(question)
    which = "guests" if form.kind == "external" else "reviews"
    source = {"phase": phase.name, which: sorted(number for number, _ in given)}
    if not averages:
        return missing(name, NOT_JUDGED, **source)
    return Component(name, on_scale(averages, of), {**source, "averages": averages, "of": of})


def _last(name: str, found: Sequence[Component]) -> Component:
    """The last that has a value, else the last; where no phase is over yet, that it is too early."""
    known = [one for one in found if one.value is not None]
    return (known or found or [missing(name, NOT_YET)])[-1]


def missing(name: str, why: str, **source: Any) -> Component:
    return Component(name, None, {"missing": why, **source})


def question_of(form: Form | None, name: str) -> Question | None:
    """The rating of that name in a form."""
    return next((one for one in counted(form) if one.name == name), None) if form else None


def counted(form: Form) -> list[Question]:
    """The ratings of a form that its reviewee may read: only these count."""
    return [
        one
        for one in form.questions
        if isinstance(one.kind, Rating) and one.name not in form.private and of_question(one) != "0"
    ]


def of_question(question: Question) -> Of:
    """What the answers to a rating are held against: its highest step, or the points of each step."""
    options: Sequence[Option] = getattr(question.kind, "options", ())
    if options and all(option.value is not None for option in options):
        return {option.key: str(option.value) for option in options}
    return str(max((int(option.key) for option in options), default=0))
