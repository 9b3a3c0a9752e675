"""A goal's terms as JSON, for versions, pending changes and the library, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from flows.goals.kept import Terms

DECIMALS = ("baseline", "target", "stretch", "weight", "factor")
USUAL = {field.name: field.default for field in fields(Terms)}


def to_json(terms: Terms) -> dict[str, Any]:
    """Only what differs from a new goal's; decimals as texts, so that none is rounded."""
    kept: dict[str, Any] = {"title": terms.title}
    for name in Terms.__slots__:
        value = getattr(terms, name)
        if name == "title" or value == USUAL[name]:
            continue
        if name in DECIMALS:
            kept[name] = str(value)
        elif name == "steps":
            kept[name] = [[str(start), str(score)] for start, score in value]
        elif name == "due":
            kept[name] = value.isoformat()
        else:
            kept[name] = list(value) if isinstance(value, tuple) else value
    return kept


def from_json(kept: Mapping[str, Any]) -> Terms:
    """The terms; names that are not known any more are left out."""
    given: dict[str, Any] = {name: value for name, value in kept.items() if name in USUAL}
    for name in DECIMALS:
        if given.get(name) is not None:
            given[name] = Decimal(given[name])
    if "steps" in given:
        given["steps"] = tuple((Decimal(start), Decimal(score)) for start, score in given["steps"])
    if "milestones" in given:
        given["milestones"] = tuple(given["milestones"])
    if given.get("due"):
        given["due"] = date.fromisoformat(given["due"])
    return Terms(**given)
