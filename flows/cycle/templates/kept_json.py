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
    Free,
    Guide,
    Nominations,
    NudgePolicy,
    Opening,
    OwnDays,
    Phase,
    Review,
    Rewards,
    Step,
    Template,
)


def dump(template: Template) -> dict[str, Any]:
    """The template as plain JSON."""
    policy, free = template.nudges, template.free
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
                "private": dict(review.private),
            }
            for kind, review in template.reviews.items()
        },
        "goal_methods": list(template.goal_methods),
        "perspectives": {name: str(share) for name, share in template.perspectives.items()},
        "goal_cap": str(template.goal_cap),
        "weights": {name: str(weight) for name, weight in template.weights.items()},
        "scale": [
            [step.key, _words(step.label), str(step.value), _text(step.least), _text(step.coefficient)]
            for step in template.scale
        ],
        "guide": {
            "shares": [[list(keys), str(share)] for keys, share in template.guide.shares],
            "forced": template.guide.forced,
            "tolerance": str(template.guide.tolerance),
            "pool": template.guide.pool,
        },
        "anonymity": _fields(template.anonymity),
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
        "nominations": {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in _fields(template.nominations).items()
        },
        "formula": template.formula,
        "free": [str(free.least), str(free.most), free.places] if free else None,
        "opening": _fields(template.opening),
        "external_days": template.external_days,
        "rewards": [list(template.rewards.kinds), template.rewards.currency, _text(template.rewards.second)],
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
                review.get("private", {}),
            )
            for kind, review in kept["reviews"].items()
        },
        goal_methods=tuple(kept["goal_methods"]),
        perspectives=_perspectives(kept),
        goal_cap=Decimal(kept.get("goal_cap", GOAL_CAP)),
        weights={name: Decimal(weight) for name, weight in kept["weights"].items()},
        scale=tuple(_step(*step) for step in kept["scale"]),
        guide=Guide(
            tuple((tuple(keys), Decimal(share)) for keys, share in guide["shares"]),
            guide["forced"],
            Decimal(guide.get("tolerance", Guide().tolerance)),
            guide.get("pool", Guide().pool),
        ),
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
        **_newer(kept),
    )


def _newer(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What a copy from before there were results, or rewards, does not say: there it is as usual."""
    if "opening" not in kept:
        return {}
    rewards = kept.get("rewards")
    named, free = kept["nominations"], kept["free"]
    return {
        "nominations": Nominations(**{**named, "by": tuple(named["by"])}),
        "formula": kept["formula"],
        "free": Free(Decimal(free[0]), Decimal(free[1]), free[2]) if free else None,
        "opening": Opening(**kept["opening"]),
        "external_days": kept["external_days"],
        "rewards": Rewards(tuple(rewards[0]), rewards[1], _number(rewards[2])) if rewards else Rewards(),
    }


def _step(
    key: str, label: list[str], value: str, least: str | None = None, coefficient: str | None = None
) -> Step:
    """A step; one kept before there were results says neither from which score on it is proposed nor what it pays."""
    return Step(key, Words(*label), Decimal(value), _number(least), _number(coefficient))


def _perspectives(kept: Mapping[str, Any]) -> Mapping[str, Decimal]:
    """Those kept; a copy from before there were any has the usual ones where it has a scorecard."""
    if "perspectives" not in kept:
        return PERSPECTIVES if "bsc" in kept["goal_methods"] else {}
    return {name: Decimal(share) for name, share in kept["perspectives"].items()}


def _phase(kept: Mapping[str, Any]) -> Phase:
    return Phase(**{**kept, "title": Words(*kept["title"]), "note": _read(kept["note"])})


def _plain(value: Any) -> Any:
    return _words(value) if isinstance(value, Words) else value


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _number(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)


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
