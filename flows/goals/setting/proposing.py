"""One tap puts all of one's goals before the other side, and one tap evens their weights out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from flows.core.catalog import deed
from flows.core.refusal import Refusal
from flows.core.words import Words, count
from flows.cycle.owing import whole
from flows.cycle.template import Template
from flows.goals.agreeing.following import follow
from flows.goals.agreeing.negotiation import asked_terms, propose
from flows.goals.current import own_cycle, running
from flows.goals.kept import Goal, Terms, Version
from flows.goals.measure.weights import evened, weights_problem
from flows.goals.records import GoalsRecords
from flows.goals.rights import other_side
from flows.goals.tree.handing import put_before
from flows.people.person import Person

KEPT = Words(" Your drafts are kept.", "草稿已保留。")


def as_asked(goals: Sequence[Goal]) -> list[Goal]:
    """The goals with the terms that are asked for, where a change waits: weights are counted as they will be."""
    return [replace(goal, terms=asked_terms(goal)) for goal in goals]


def problem_of(goals: Sequence[Goal], template: Template) -> Words | None:
    """What keeps somebody's goals from being proposed; None where they are ready."""
    asked = as_asked(goals)
    for goal in asked:
        if goal.terms.shape == "objective" and not any(one.terms.parent == goal.id for one in asked):
            return Words(
                "“{goal}” has no key results yet. Please add one, so that it can be measured.",
                "“{goal}”还没有关键结果，请至少添加一条，以便衡量。",
            ).fill(goal=goal.title)
    return weights_problem(asked, template.perspectives)


def last_written(goal: Goal, history: Sequence[Version]) -> Terms:
    """The terms of the goal that both sides know: those of its last line of history."""
    return history[-1].terms if history else goal.terms


def is_rewritten(goal: Goal, history: Sequence[Version]) -> bool:
    """Whether a returned goal was written anew, and not proposed again yet."""
    return goal.state == "returned" and goal.terms != last_written(goal, history)


def ready(goals: Sequence[Goal], histories: Mapping[int, Sequence[Version]]) -> list[Goal]:
    """What is to be proposed: drafts, and what was written anew after it was returned."""
    return [goal for goal in goals if goal.state == "draft" or is_rewritten(goal, histories.get(goal.id, ()))]


def locked(records: GoalsRecords, cycle: int, person: int) -> list[Goal]:
    """The person's goals of the cycle as they stand now; nobody else changes them meanwhile."""
    found = (records.goals.lock(goal.id) for goal in records.goals.of_cycle(cycle, person))
    return [goal for goal in found if goal is not None and goal.state != "withdrawn"]


@deed("goal-propose", may=("goals", "write"), of=own_cycle)
def propose_all(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Put everything that is ready before the other side; without one it stands as agreed."""
    cycle = running(records, whole(about[0]))
    goals = locked(records, cycle.id, actor.id)
    histories = records.goals.histories([goal.id for goal in goals])
    sent = ready(goals, histories)
    if not sent:
        raise Refusal(
            "There is nothing new to propose. Write a goal, or change one that was returned, and propose it then.",
            "没有需要提交的新内容。请先填写目标，或修改被退回的目标，再提交。",
        )
    if problem := problem_of(goals, cycle.template):
        raise Refusal(problem + KEPT)
    side = other_side(records, sent[0])
    for goal in sent:
        known = replace(goal, terms=last_written(goal, histories.get(goal.id, ())))
        records.goals.save(*propose(known, goal.terms, actor.id, now, alone=side is None))
    records.audit.note(now, actor.id, "goal.propose", f"cycle/{cycle.id}", {"goals": len(sent)})
    follow(records, cycle.id, actor.id, now)
    number = count(len(sent), "{n} goal", "{n} goals", "{n} 个目标")
    other = records.people.get(side) if side else None
    if other is None:
        return Words(
            "You have no manager in the directory: {number} stand as agreed at once.",
            "通讯录中没有你的上级，{number}直接生效。",
        ).fill(number=number)
    return Words("{number} proposed to {name}.", "已向{name}提交 {number}。").fill(
        number=number, name=other.name
    )


@deed("goal-even", may=("goals", "write"), of=own_cycle)
def even_out(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Even the weights out to 100 %; what the other side has already seen is put before them anew."""
    cycle = running(records, whole(about[0]))
    goals = locked(records, cycle.id, actor.id)
    weights = evened(as_asked(goals), cycle.template.perspectives)
    changed = [goal for goal in goals if weights.get(goal.id) not in (None, asked_terms(goal).weight)]
    if not changed:
        return Words("The weights are even already.", "权重已经均衡。")
    shown = [_reweigh(records, actor, goal, weights[goal.id], now) for goal in changed]
    records.audit.note(now, actor.id, "goal.even", f"cycle/{cycle.id}", {"goals": len(changed)})
    follow(records, cycle.id, actor.id, now)
    words = Words("The weights make 100% now.", "权重合计已调整为 100%。")
    if not any(shown):
        return words
    return words + Words(
        " Where they were agreed before, the change has to be agreed again.",
        "已确认的目标，权重修改需再次确认。",
    )


def _reweigh(records: GoalsRecords, actor: Person, goal: Goal, weight: Decimal, now: datetime) -> bool:
    """Give a goal its new weight; whether it has to be agreed anew."""
    terms = replace(asked_terms(goal), weight=weight)
    if goal.state in ("draft", "returned"):
        records.goals.save(replace(goal, terms=terms, changed_at=now))
        return False
    return put_before(records, goal, terms, actor, now).pending is not None


def proposal_words(name: str | None) -> Words:
    """What stands on the button."""
    if name is None:
        return Words("Agree on them", "确认生效")
    return Words("Propose to {name}", "提交给{name}").fill(name=name)
