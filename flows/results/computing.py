"""Computing results: what each person's score is now, as a further version where it is not what it was.

A computed version proposes a rating and sets none: the rating that a person has set stays until a person changes it.
Nothing is computed any more once the session that discusses somebody is locked, or the cycle is released.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from flows.core.catalog import sweep
from flows.core.refusal import Refusal
from flows.cycle.phase import windows
from flows.cycle.records import Cycle, Sweep
from flows.cycle.template import Template
from flows.cycle.templates.rules import known_components
from flows.goals.measure.span import days_of
from flows.people.person import Person
from flows.results.expression import Formula
from flows.results.formula import Score, score_of
from flows.results.gathering import gather, wanted
from flows.results.inputs import Component, Rules
from flows.results.ledger import next_version
from flows.results.records import ResultRecords, Version, VersionKind
from flows.results.scale import coefficient, proposed

NAME = "results.compute"
SLICE = 500  # people in one transaction: short enough that a click never waits long behind it
MANY = 2000  # people whose results are read at once


def compute(records: ResultRecords, cycle: Cycle, people: Sequence[int], now: datetime) -> int:
    """Bring these people's results to what follows from everything at `now` (aware); how many have a new version.

    Those who take no part (any more) are left as they are, and so is whoever has no result and nothing to make one of.
    """
    added = 0
    for start in range(0, len(people), MANY):
        added += records.ledger.add(_new(records, cycle, people[start : start + MANY], now))
    return added


def rate(
    records: ResultRecords,
    cycle: Cycle,
    person: int,
    kind: VersionKind,
    rating: str,
    why: str,
    by: Person,
    now: datetime,
) -> Version:
    """Have `by` set a rating (a key of the scale) with a reason, upon what is computed now.

    Refuses where somebody else was faster. Who may, and whether a reason is needed, is the caller's to know.
    """
    compute(records, cycle, [person], now)
    before = records.ledger.latest(cycle.id, person)
    version = next_version(
        before, cycle=cycle.id, person=person, kind=kind, score=before.score if before else None, rating=rating,
        coefficient=coefficient(cycle.template, rating), inputs=before.inputs if before else {}, why=why,
        by=by.id, at=now,
    )  # fmt: skip
    if not records.ledger.add([version]):
        raise Refusal(
            "This result was changed at this moment. Please send it again; your text is kept.",
            "该结果刚刚有变动。请再次提交，你写的内容已保留。",
        )
    return version


def _new(records: ResultRecords, cycle: Cycle, people: Sequence[int], now: datetime) -> list[Version]:
    """The versions that are new."""
    release = records.releases.get(cycle.id)
    if release is not None and release.released_at is not None:
        return []
    final = records.sessions.final(cycle.id, people)
    there = {place.person for place in records.participants.many(cycle.id, people) if place.place == "in"}
    moving = sorted(there - final)
    if not moving:
        return []
    scores = scored(records, cycle, moving, now)
    latest = records.ledger.latest_many(cycle.id, moving)
    found = []
    for person, (score, inputs) in scores.items():
        before = latest.get(person)
        known = any(one["value"] is not None for one in inputs["components"])
        if before.inputs == inputs if before else not known:
            continue
        rating = inputs.get("proposed", "")
        found.append(
            next_version(
                before,
                cycle=cycle.id,
                person=person,
                kind="computed",
                score=score.score,
                rating=rating,
                coefficient=coefficient(cycle.template, rating),
                inputs=inputs,
                why="",
                by=None,
                at=now,
            )
        )
    return found


def scored(
    records: ResultRecords, cycle: Cycle, people: Sequence[int], now: datetime
) -> dict[int, tuple[Score, dict[str, Any]]]:
    """Each person's score at `now` with its inputs; nothing is written."""
    rules, formula, names = rules_in(cycle.template)
    gathered = gather(records, cycle, names, people, now)
    return {
        person: _scored(cycle.template, rules, formula, components) for person, components in gathered.items()
    }


def rules_in(template: Template) -> tuple[Rules, Formula | None, list[str]]:
    """How the template makes a score, its formula ready for use, and the components that it looks at."""
    rules = Rules(template.weights, template.goal_cap, template.formula, template.perspectives)
    known = known_components(template.goal_methods, template.reviews)
    formula = Formula(template.formula, known) if template.formula else None
    return rules, formula, wanted(template, formula)


def _scored(
    template: Template, rules: Rules, formula: Formula | None, components: Sequence[Component]
) -> tuple[Score, dict[str, Any]]:
    values = {one.name: one.value for one in components}
    score = score_of(values, rules.weights, formula, rules.cap)
    inputs = rules.as_json() | {"components": [one.as_json() for one in components]}
    if rating := proposed(template, score.score):
        inputs["proposed"] = rating
    return score, inputs


def proposal(version: Version | None) -> str:
    """The rating that the score of a version proposes; "" where there is none."""
    return str(version.inputs.get("proposed", "")) if version else ""


def plan_results(records: ResultRecords, now: datetime) -> None:
    """Have every running cycle's results computed once a day (UTC): one query where that is planned already."""
    day = now.astimezone(UTC).date().isoformat()
    key = f"{NAME}/{day}"
    if records.sweeps.get(key) is None:
        records.sweeps.plan(Sweep(key, {"day": day}, now))


@sweep(NAME)
def compute_all(records: ResultRecords, work: Sweep, now: datetime) -> Sweep:
    """Plan the day's work of each cycle; compute the next people of one."""
    if "cycle" not in work.about:
        for cycle in records.cycles.in_state("live"):
            if has_begun(cycle, now):
                key = f"{NAME}/{cycle.id}/{work.about['day']}"
                records.sweeps.plan(Sweep(key, {"cycle": cycle.id}, now))
        return replace(work, done=True)
    found = records.cycles.get(work.about["cycle"])
    if found is None or found.state != "live":
        return replace(work, done=True)
    places = records.participants.slice(found.id, work.cursor, SLICE)
    compute(records, found, [place.person for place in places], now)
    if len(places) < SLICE:
        return replace(work, done=True)
    return replace(work, cursor=places[-1].person)


def has_begun(cycle: Cycle, now: datetime) -> bool:
    """Whether results are made: from the first review phase's first day on (UTC), else once the period is over."""
    first = min(
        (window.opens for window in windows(cycle) if window.phase.work == "review"),
        default=days_of(cycle)[1],
    )
    made = bool(cycle.template.weights or cycle.template.formula)
    return made and first <= now.astimezone(UTC).date()
