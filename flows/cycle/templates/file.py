"""Templates as readable YAML files: read with the line of everything that is wrong, and those that come along."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from flows.core.words import Words
from flows.cycle.template import (
    EXTERNAL_DAYS,
    GOAL_CAP,
    PERSPECTIVES,
    Anonymity,
    Guide,
    Nominations,
    NudgePolicy,
    Opening,
    Rewards,
    Template,
)
from flows.cycle.templates.entry import Entry
from flows.cycle.templates.nudges import holidays, nudges
from flows.cycle.templates.parts import Part, Problems, parts_of
from flows.cycle.templates.phases import named_in_time, phase
from flows.cycle.templates.question_kinds import LABEL
from flows.cycle.templates.questions import ratings, reviews
from flows.cycle.templates.rewards import rewards
from flows.cycle.templates.rules import (
    anonymity,
    external,
    formula,
    goal_cap,
    known_components,
    nominations,
    opening,
    perspectives,
    private_ratings,
    weights,
)
from flows.cycle.templates.scales import NO_SCALE, guide, scale
from flows.cycle.templates.together import goes_together
from flows.cycle.templates.values import each, name, one_of, words

Period = Literal["month", "quarter", "half_year", "year", "probation"]
Method = Literal["kpi", "okr", "bsc"]

PERIODS: Mapping[str, Period] = {
    "month": "month", "quarter": "quarter", "half_year": "half_year", "year": "year", "probation": "probation",
}  # fmt: skip
METHODS: Mapping[str, Method] = {"kpi": "kpi", "okr": "okr", "bsc": "bsc"}
KEYS = (
    "name", "title", "about", "period", "goal_methods", "perspectives", "goal_cap", "phases", "ratings", "reviews",
    "nominations", "external", "weights", "formula", "scale", "guide", "anonymity", "opening", "rewards", "nudges",
    "holidays", "kickoff",
)  # fmt: skip
SENTENCES, LETTER = 500, 3000  # characters


def read_template(text: str) -> Template | list[tuple[int, Words]]:
    """The template in a YAML text, or what is wrong with it: (line counted from 1, what to change)."""
    found = _read(text)
    return found if isinstance(found, Template) else list(found)


def built_in() -> tuple[Template, ...]:
    """The templates that come with perfloop, by name."""
    found = (_read(text) for text in built_in_texts().values())
    return tuple(template for template in found if isinstance(template, Template))


@lru_cache(maxsize=1)
def built_in_texts() -> Mapping[str, str]:
    """The same as they are written, by name."""
    folder = files("flows.cycle").joinpath("templates")
    found = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yml")), key=lambda file: file.name
    )
    return {file.name.removesuffix(".yml"): file.read_text("utf-8") for file in found}


@lru_cache(maxsize=32)  # a template takes some 50 ms to read, and a list of them is shown again and again
def _read(text: str) -> Template | tuple[tuple[int, Words], ...]:
    whole, problems = parts_of(text)
    template = _template(whole, problems) if whole else None
    if template is None or problems:
        return tuple(sorted(problems, key=lambda problem: problem[0]))
    return template


def _template(part: Part, problems: Problems) -> Template | None:
    entry = Entry(part, KEYS, problems)
    methods: tuple[Method, ...] = entry.may("goal_methods", each(one_of(METHODS), len(METHODS)), ())
    hidden = entry.may("anonymity", anonymity, Anonymity())
    shared = entry.may("ratings", ratings, {})
    asked = entry.may("reviews", reviews(shared, attributed=hidden.attributed), {})
    steps, free = entry.may("scale", scale, NO_SCALE)
    own_days = entry.may("holidays", holidays, {})
    has_methods = entry.part("goal_methods") is not None
    # What a result is made of can't be told while something in the questionnaires is not understood.
    components = None if entry.broken & {"reviews", "ratings"} else known_components(methods, asked)
    made = Template(
        name=entry.need("name", name),
        title=entry.need("title", words(LABEL)),
        period=entry.need("period", one_of(PERIODS)),
        phases=entry.need("phases", each(phase(_written(entry), goals=has_methods), 30, by="name")),
        reviews=asked,
        goal_methods=methods,
        perspectives=entry.may("perspectives", perspectives, PERSPECTIVES if "bsc" in methods else {}),
        goal_cap=entry.may("goal_cap", goal_cap, GOAL_CAP),
        weights=entry.may("weights", weights(components, private_ratings(asked)), {}),
        scale=steps,
        guide=entry.may("guide", guide([step.key for step in steps]), Guide()),
        anonymity=hidden,
        nudges=entry.may("nudges", nudges(own_days), NudgePolicy(own_days=own_days)),
        kickoff=entry.may("kickoff", words(LETTER), None),
        about=entry.may("about", words(SENTENCES), None),
        nominations=entry.may("nominations", nominations, Nominations()),
        formula=entry.may("formula", formula(components), None),
        free=free,
        opening=entry.may("opening", opening, Opening()),
        external_days=entry.may("external", external, EXTERNAL_DAYS),
        rewards=entry.may("rewards", rewards, Rewards()),
    )
    goes_together(entry, made)
    if (phases := entry.part("phases")) and "phases" not in entry.broken:
        named_in_time(phases, made.phases, problems)
    return made if entry.sound else None


def _written(entry: Entry) -> tuple[str, ...]:
    """The kinds of review that the file has questions for, sound or not."""
    part = entry.part("reviews")
    return tuple(part.value) if part and isinstance(part.value, Mapping) else ()
