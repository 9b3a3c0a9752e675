"""Goals and their versions as rows, and back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from flows.goals.kept import ActionStep, Goal, LibraryGoal, Terms, Version
from flows.goals.terms_json import from_json, to_json
from storage.tables.goals import GOAL, LIBRARY, STEP

TERMS = Terms.__slots__
OTHERS = tuple(name for name in Goal.__slots__ if name != "terms")
ALL = select(*(GOAL.c[name] for name in (*TERMS, *OTHERS)))  # the terms' fields, then the goal's own
STEPS = select(*(STEP.c[name] for name in ActionStep.__slots__))
LIBRARY_GOALS = select(LIBRARY.c.id, LIBRARY.c.job, LIBRARY.c.terms)
WIDTH = len(TERMS)
PLACE = {name: place for place, name in enumerate((*TERMS, *OTHERS))}
STEP_SCALE, MILESTONES, PENDING = PLACE["steps"], PLACE["milestones"], PLACE["pending"]


def goal_of(row: Any) -> Goal:
    """A row of `ALL` as a goal."""
    terms = list(row[:WIDTH])
    terms[STEP_SCALE] = tuple((Decimal(start), Decimal(score)) for start, score in terms[STEP_SCALE])
    terms[MILESTONES] = tuple(terms[MILESTONES])
    others: Mapping[str, Any] = dict(zip(OTHERS, row[WIDTH:], strict=True))
    pending = others["pending"]
    return Goal(**{**others, "terms": Terms(*terms), "pending": from_json(pending) if pending else None})


def column_values(goal: Goal) -> dict[str, Any]:
    """A goal as its row, without its id."""
    row = {name: getattr(goal.terms, name) for name in TERMS}
    row |= {name: getattr(goal, name) for name in OTHERS if name != "id"}
    row["steps"] = [[str(start), str(score)] for start, score in goal.terms.steps]
    row["milestones"] = list(goal.terms.milestones)
    row["pending"] = to_json(goal.pending) if goal.pending else None
    return row


def version_of(row: Any) -> Version:
    """A row of the version table as a version."""
    return Version(row.id, row.goal, row.version, row.act, row.by, row.at, from_json(row.terms), row.comment)


def version_values(version: Version) -> dict[str, Any]:
    """A version as its row, without its id."""
    row = {name: getattr(version, name) for name in Version.__slots__ if name != "id"}
    return {**row, "terms": to_json(version.terms)}


def library_goal_of(row: Any) -> LibraryGoal:
    """A row of the library as a goal of it."""
    return LibraryGoal(row.id, row.job, from_json(row.terms))
