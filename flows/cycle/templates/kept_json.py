"""A template as plain JSON and back: how a cycle keeps its own copy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from flows.core import questions_json
from flows.core.words import Words
from flows.cycle.template import (
    GOAL_CAP,
    PERSPECTIVES,
    Anonymity,
    Guide,
    NudgePolicy,
    OwnDays,
    Phase,
    Review,
    Step,
    Template,
)


def dump(template: Template) -> dict[str, Any]:
    """The template as plain JSON."""
    policy = template.nudges
    return {
        "name": template.name,
        "title": _words(template.title),
        "period": template.period,
        "phases": [
            {name: _plain(getattr(phase, name)) for name in Phase.__slots__} for phase in template.phases
        ],
        "reviews": {
            kind: {
                "title": _words(review.title),
                "questions": questions_json.dump(review.questions),
                "anonymous": review.anonymous,
            }
            for kind, review in template.reviews.items()
        },
        "goal_methods": list(template.goal_methods),
        "perspectives": {name: str(share) for name, share in template.perspectives.items()},
        "goal_cap": str(template.goal_cap),
        "weights": {name: str(weight) for name, weight in template.weights.items()},
        "scale": [[step.key, _words(step.label), str(step.value)] for step in template.scale],
        "guide": {
            "shares": [[list(keys), str(share)] for keys, share in template.guide.shares],
            "forced": template.guide.forced,
        },
        "anonymity": {name: getattr(template.anonymity, name) for name in Anonymity.__slots__},
        "nudges": {
            "hour": policy.hour.isoformat("minutes"),
            "before": list(policy.before),
            "on_day": policy.on_day,
            "after": list(policy.after),
            "manager": policy.manager,
            "hr": policy.hr,
            "own_days": {country: _days(days) for country, days in policy.own_days.items()},
        },
        "kickoff": _words(template.kickoff),
        "about": _words(template.about),
    }


def load(kept: Mapping[str, Any]) -> Template:
    """The template that `dump` wrote."""
    policy, guide = kept["nudges"], kept["guide"]
    return Template(
        name=kept["name"],
        title=Words(*kept["title"]),
        period=kept["period"],
        phases=tuple(_phase(phase) for phase in kept["phases"]),
        reviews={
            kind: Review(
                kind,
                Words(*review["title"]),
                questions_json.load(review["questions"]),
                review["anonymous"],
            )
            for kind, review in kept["reviews"].items()
        },
        goal_methods=tuple(kept["goal_methods"]),
        perspectives=_perspectives(kept),
        goal_cap=Decimal(kept.get("goal_cap", GOAL_CAP)),
        weights={name: Decimal(weight) for name, weight in kept["weights"].items()},
        scale=tuple(Step(key, Words(*label), Decimal(value)) for key, label, value in kept["scale"]),
        guide=Guide(tuple((tuple(keys), Decimal(share)) for keys, share in guide["shares"]), guide["forced"]),
        anonymity=Anonymity(**kept["anonymity"]),
        nudges=NudgePolicy(
            hour=time.fromisoformat(policy["hour"]),
            before=tuple(policy["before"]),
            on_day=policy["on_day"],
            after=tuple(policy["after"]),
            manager=policy["manager"],
            hr=policy["hr"],
            own_days={country: _own_days(days) for country, days in policy["own_days"].items()},
        ),
        kickoff=_read(kept["kickoff"]),
        about=_read(kept["about"]),
    )


def _perspectives(kept: Mapping[str, Any]) -> Mapping[str, Decimal]:
    """Those kept; a copy from before there were any has the usual ones where it has a scorecard."""
    if "perspectives" not in kept:
        return PERSPECTIVES if "bsc" in kept["goal_methods"] else {}
    return {name: Decimal(share) for name, share in kept["perspectives"].items()}


def _phase(kept: Mapping[str, Any]) -> Phase:
    return Phase(**{**kept, "title": Words(*kept["title"]), "note": _read(kept["note"])})


def _plain(value: Any) -> Any:
    return _words(value) if isinstance(value, Words) else value


def _words(words: Words | None) -> list[str] | None:
    return None if words is None else [words.en, words.zh]


def _read(words: list[str] | None) -> Words | None:
    return None if words is None else Words(*words)


def _days(days: OwnDays) -> dict[str, list[str]]:
    return {name: sorted(day.isoformat() for day in getattr(days, name)) for name in OwnDays.__slots__}


def _own_days(kept: Mapping[str, list[str]]) -> OwnDays:
    return OwnDays(
        **{name: frozenset(date.fromisoformat(day) for day in days) for name, days in kept.items()}
    )
