"""The form's answers as a goal's terms, and what stands proposed in its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flows.core.said import Kept
from flows.core.words import Words, join
from flows.cycle.owing import whole
from flows.goals.amounts import PERCENT, figure, unit_of
from flows.goals.kept import Goal, Method, Rule, Shape, Terms
from flows.goals.setting.form_lists import milestones_of, steps_of
from flows.goals.setting.form_pages import HIGHER, LOWER, Writing, is_key_result
from flows.goals.smart.checking import MOST, WELL_SAID, check, rewritten
from flows.goals.smart.reading import Understood, understood
from flows.goals.tree.dividing import adds_up, in_places

START = ("unit", "baseline", "target", "stretch", "lower", "due")
"""What a sentence may say."""


def begun(has: Writing, sentence: str, shape: Shape) -> Terms:
    """The terms before anything but the sentence was answered: those known, and what a new sentence says.

    Of another kind, only what every kind has is taken over.
    """
    base = has.base
    if base.shape != shape:
        base = Terms(
            "", shape, weight=base.weight, part=base.part, due=base.due, visibility=base.visibility,
            perspective=base.perspective, parent=base.parent,
        )  # fmt: skip
    method: Method = (
        "okr" if shape == "objective" or is_key_result(has) else "bsc" if base.perspective else "kpi"
    )
    terms = replace(base, title=sentence, method=method, due=base.due or has.last)
    if sentence in ("", has.base.title):
        return terms
    said = understood(sentence, has.today, has.last)
    found = {name: getattr(said, name) for name in START}
    found["target"] = said.target if said.target is not None else changed(said, terms.baseline)
    if shape != "number":
        found = {"due": said.due}
    if found.get("due") and not has.cycle.first <= found["due"] <= has.last:
        del found["due"]
    return replace(terms, **{name: value for name, value in found.items() if value not in (None, "")})


def changed(said: Understood, baseline: Decimal | None) -> Decimal | None:
    """The target that a change means ("by 20 %", "by 5") from where it stands; None where that is not known."""
    start = said.baseline if said.baseline is not None else baseline
    if said.change is None or start is None:
        return None
    relative = said.change_unit == PERCENT and said.unit != PERCENT
    return in_places(start * (100 + said.change) / 100 if relative else start + said.change)


def start_of(terms: Terms) -> dict[str, Kept]:
    """What stands in the fields, as answers are kept."""
    start: dict[str, Kept] = {
        "unit": terms.unit, "way": LOWER if terms.lower else HIGHER, "milestones": "\n".join(terms.milestones),
        "due": terms.due.isoformat() if terms.due else None, "perspective": terms.perspective,
        "more": True if has_more(terms) else None, "visibility": terms.visibility, "measure": terms.measure,
        "parent": str(terms.parent) if terms.parent else None, "rule": terms.rule if terms.parent else None,
        "metric": terms.metric, "gather": terms.gather if terms.metric else None, "part": terms.part,
        "steps": "\n".join(f"{figure(value)}: {figure(score)}" for value, score in terms.steps),
    }  # fmt: skip
    for name in ("baseline", "target", "stretch", "weight", "factor"):
        value = getattr(terms, name)
        start[name] = None if value is None else f"{value:f}"
    return {name: value for name, value in start.items() if value not in (None, "")}


def has_more(terms: Terms) -> bool:
    """Whether something is set that only the last page shows."""
    return bool(
        terms.stretch is not None
        or terms.measure
        or terms.metric
        or terms.steps
        or (terms.part != "ordinary")
        or (terms.parent and terms.method != "okr")
    )


def written(begin: Terms, said: Mapping[str, Any], more: Mapping[str, Any] | None) -> Terms:
    """The terms that the answers mean; what was not asked stays as it was. An amount is as it was typed."""
    number = begin.shape == "number"
    terms = replace(begin, due=said.get("due"))
    if number:
        unit = unit_of(said.get("unit") or "")
        way = said.get("way") == LOWER
        terms = replace(terms, unit=unit, lower=way, baseline=said.get("baseline"), target=said.get("target"))
    if begin.shape == "milestones":
        terms = replace(terms, milestones=milestones_of(said.get("milestones") or ""))
    if "weight" in said:
        terms = replace(terms, weight=said["weight"])
    if "perspective" in said:
        method = begin.method if begin.method == "okr" else "bsc" if said["perspective"] else "kpi"
        terms = replace(terms, perspective=said["perspective"], method=method)
    return _with_more(terms, more) if more is not None else terms


def _with_more(terms: Terms, more: Mapping[str, Any]) -> Terms:
    terms = replace(terms, visibility=more["visibility"] or terms.visibility)
    if "part" in more:
        terms = replace(terms, part=more["part"] or "ordinary")
    if "parent" in more:
        parent = whole(more["parent"] or "") or None
        rule: Rule = (more.get("rule") or "none") if parent else "none"
        factor = more.get("factor") if rule == "factor" else None
        terms = replace(terms, parent=parent, rule=rule, factor=factor)
    if terms.shape != "number":
        return terms
    return replace(
        terms, stretch=more["stretch"], measure=more["measure"] or "", metric=more["metric"] or "",
        gather=more["gather"] or "latest", steps=steps_of(more["steps"] or ""),
    )  # fmt: skip


def usual_rule(terms: Terms, parent: Goal) -> Terms:
    """The terms as they count for the goal above where nothing was said: they add up where they can."""
    if parent.terms.target is not None and terms.target is not None and adds_up(terms, parent.terms):
        return replace(terms, rule="sum")
    return terms


def advice(has: Writing, terms: Terms) -> Words:
    """The few hints that help most, and the sentence rewritten with slots; or that it is well said.

    The day that stands in the field because none was said is no day that was said.
    """
    said = understood(terms.title, has.today, has.last).due
    judged = replace(terms, due=said or has.base.due)
    hints = check(judged, has.context)
    if not hints:
        return MEASURED_BELOW if terms.shape == "objective" else WELL_SAID
    words = join((hint.words for hint in hints[:MOST]), "\n", "\n")
    sketch = rewritten(judged, hints, has.context)
    if sketch.en == terms.title:
        return words
    return words + Words("\nFor example: {sketch}", "\n例如：{sketch}").fill(sketch=sketch)


MEASURED_BELOW = Words(
    "Its key results will say how it is measured; you add them next.",
    "用关键结果来衡量，下一步即可添加。",
)
