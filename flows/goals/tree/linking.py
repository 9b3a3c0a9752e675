"""Linking a goal to the one that it serves: which one, and how its number counts for that one's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Choice
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Kept, Option
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.goals.amounts import told
from flows.goals.current import running
from flows.goals.kept import Coverage, Goal, Rule, Terms
from flows.goals.records import GoalsRecords
from flows.goals.rights import named_goal
from flows.goals.tree.company_pages import ALONE, FACTOR, NO_PARENT, plain
from flows.goals.tree.dividing import adds_up, contribution
from flows.goals.tree.handing import put_before, standing_words
from flows.goals.tree.tree import below_of, coverage_words, may_see, parents_for, refuse_parent
from flows.people.person import Person

SERVES = Words("Which goal does it serve?", "它支撑哪个上级目标？")


@dataclass(frozen=True, slots=True)
class Linking:
    """What the steps need: the goal as it is asked for, the goals it can serve, and how far these are covered now.

    `covered` is the coverage without this goal.
    """

    goal: Goal
    terms: Terms
    parents: tuple[Goal, ...]
    covered: Mapping[int, Coverage]


def linking(records: GoalsRecords, actor: Person, subject: str, now: datetime) -> Linking:
    """The goal and what it can serve; refuses where there is nothing, and what is over."""
    goal = records.goals.get(whole(subject))
    if goal is None or goal.cycle is None:
        raise NotThere
    running(records, goal.cycle)
    if goal.state == "withdrawn" or goal.level == "company":
        raise Refusal(
            "“{goal}” can't be linked to another goal any more.",
            "“{goal}”已不能关联上级目标。",
            goal=goal.title,
        )
    if goal.level == "department":
        under = below_of(records, goal)
        above = [
            one for one in records.goals.above(goal.cycle) if one.state != "draft" and one.id not in under
        ]
        parents = [one for one in above if may_see(records, actor, one, now)]
    else:
        parents = parents_for(records, actor, goal.cycle, now, goal)
    if not parents and goal.terms.parent is None:
        raise Refusal(
            "There is no goal above yet that it could serve. Ask your manager or HR to write one.",
            "目前没有可以关联的上级目标，可请上级或 HR 先填写。",
        )
    covered = records.goals.coverage([one.id for one in parents])
    return Linking(
        goal,
        goal.pending or goal.terms,
        tuple(parents),
        {one.id: without(goal, one, covered) for one in parents},
    )


def without(goal: Goal, parent: Goal, covered: Mapping[int, Coverage]) -> Coverage:
    """The parent's coverage by all others."""
    known = covered.get(parent.id) or Coverage(Decimal(0), 0, 0)
    own = contribution(goal.terms, parent.terms) if goal.terms.parent == parent.id else None
    if own is None or goal.state == "draft":
        return known
    return replace(known, given=known.given - own, children=known.children - 1)


def keep(records: GoalsRecords, actor: Person, subject: str, terms: Terms, now: datetime) -> Words:
    """Link it; what was agreed waits for the other side again."""
    goal = records.goals.lock(whole(subject))
    if goal is None:
        raise NotThere
    if terms == (goal.pending or goal.terms):
        return Words("Nothing has changed.", "没有改动。")
    parent = None
    if terms.parent is not None:
        parent = refuse_parent(records, goal, terms.parent)
        if not may_see(records, actor, parent, now):
            raise NotThere
    if goal.state in ("draft", "returned"):  # goes to the other side with all else that is written
        kept = records.goals.save(replace(goal, terms=terms, changed_at=now))
        words = Words("Kept with your draft.", "已保存到草稿。")
    else:
        kept = put_before(records, goal, terms, actor, now)
        words = standing_words(records, kept, actor)
    records.audit.note(now, actor.id, "goal.link", f"goal/{goal.id}", {"parent": terms.parent})
    return (
        Words("“{goal}” is linked. ", "“{goal}”已关联。").fill(goal=goal.title) + words if parent else words
    )


@flow(
    "goal-link",
    Words("Link a goal to one above", "关联上级目标"),
    may=("goal", "write"),
    of=named_goal("goal"),
    facts=linking,
    keep=keep,
    again=True,
)
def link(ask: Ask, has: Linking) -> Terms:
    options = [Option(one.key, same(one.title), value=one) for one in has.parents]
    options.append(NO_PARENT)
    asked = Questionnaire("parent", SERVES, (Question("parent", SERVES, Choice(tuple(options))),))
    known = {one.key for one in has.parents}
    start = str(has.terms.parent) if str(has.terms.parent) in known else ALONE
    parent = ask.form(asked, start={"parent": start})["parent"]
    if not isinstance(parent, Goal):  # one that can't be chosen any more is refused in words when it is sent
        gone = None if parent in (None, ALONE) else whole(parent)
        return replace(has.terms, parent=gone, rule="none", factor=None)
    said = ask.form(rule_page(has, parent), start=rule_start(has, parent))
    return linked(has.terms, parent, said)


def linked(terms: Terms, parent: Goal, said: Mapping[str, Any]) -> Terms:
    """The terms with their parent and what was said about the rule; a factor is the rule wherever one is given."""
    factor = said.get("factor") or None
    rule: Rule = "factor" if factor else "sum" if said.get("rule") == "sum" else "none"
    return replace(terms, parent=parent.id, rule=rule, factor=factor)


def rule_page(has: Linking, parent: Goal) -> Questionnaire:
    """How the number counts, with what that does to the coverage."""
    covered = has.covered.get(parent.id)
    note = Words("“{parent}” now, without this goal: ", "“{parent}”目前（不含本目标）：").fill(
        parent=parent.title
    ) + coverage_words(parent, covered)
    options = [Option("none", Words("It is only linked", "仅关联，不计入"))]
    if fits(has, parent):
        extra = contribution(replace(has.terms, rule="sum"), parent.terms) or Decimal(0)
        note += Words("\nIf it adds up: ", "\n计入后：") + coverage_words(parent, covered, extra)
        options.insert(0, Option("sum", Words("It adds up", "计入合计")))
    asked = [Question("rule", Words("How does its number count?", "数值如何计入？"), Choice(tuple(options)))]
    if len(options) == 1 and has.terms.target is not None and parent.terms.target is not None:
        worth = Words(
            "{mine}: one of it counts as how many {unit}?", "{mine}：每 1 个单位折合多少 {unit}？"
        ).fill(
            mine=told(has.terms.target, has.terms.unit),
            unit=parent.terms.unit or Words("of the goal above", "上级单位"),
        )
        hint = Words("Left empty, it is linked without counting", "留空则只关联、不计入")
        asked = [Question("factor", worth, FACTOR, optional=True, hint=hint)]
    return Questionnaire("rule", Words("How it counts", "计入方式"), tuple(asked), note)


def fits(has: Linking, parent: Goal) -> bool:
    """Whether the goal's number can be a part of the parent's as it is."""
    numbers = has.terms.target is not None and parent.terms.target is not None
    return numbers and adds_up(has.terms, parent.terms)


def rule_start(has: Linking, parent: Goal) -> dict[str, Kept]:
    """What stands in the fields: the rule that there is, else that it adds up where it can."""
    adds = fits(has, parent) and (has.terms.parent != parent.id or has.terms.rule == "sum")
    factor = has.terms.factor if has.terms.parent == parent.id else None
    return {"rule": "sum" if adds else "none", "factor": plain(factor)}
