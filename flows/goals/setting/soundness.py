"""What a goal's terms may not say, each with a sentence about what to do; the SMART check only advises."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.goals.amounts import LONGEST_UNIT, figure, told
from flows.goals.kept import LARGEST, PLACES, Goal, Terms
from flows.goals.records import GoalsRecords
from flows.goals.tree.dividing import adds_up
from flows.goals.tree.tree import may_see, refuse_loop, refuse_parent
from flows.people.person import Person

NO_UNIT = Words("no unit", "无单位")


def refuse_unsound(terms: Terms, first: date, last: date) -> None:
    """Refuse what makes no sense in the terms alone; a goal is due from `first` to `last`, both included."""
    _refuse_amounts(terms)
    if terms.shape == "number":
        _refuse_unit(terms)
        _refuse_way(terms)
        _refuse_stretch(terms)
    if terms.shape == "milestones" and not terms.milestones:
        raise Refusal("Please name at least one milestone.", "请至少填写一个里程碑。")
    if terms.weight is not None and not 0 <= terms.weight <= 100:
        raise Refusal("A weight lies between 0% and 100%.", "权重应在 0% 到 100% 之间。")
    if terms.due is not None and not first <= terms.due <= last:
        raise Refusal(
            "It is due on {due}, outside the cycle ({first} to {last}). Please choose a day inside it.",
            "截止日期 {due} 不在周期内（{first} 至 {last}），请选择周期内的日期。",
            due=day_words(terms.due), first=day_words(first), last=day_words(last),
        )  # fmt: skip


def _refuse_amounts(terms: Terms) -> None:
    steps = [amount for step in terms.steps for amount in step]
    for value in (terms.baseline, terms.target, terms.stretch, terms.weight, terms.factor, *steps):
        if value is None:
            continue
        if not value.is_finite() or abs(value) > LARGEST:
            raise Refusal(
                "That number is too large. Please use a larger unit, such as millions.",
                "数值过大，请换用更大的单位，例如“百万元”。",
            )
        if value != round(value, PLACES):
            raise Refusal(
                "{value} has more than {places} digits behind the decimal mark. Please round it.",
                "{value} 的小数超过 {places} 位，请四舍五入。",
                value=figure(value), places=PLACES,
            )  # fmt: skip


def _refuse_unit(terms: Terms) -> None:
    if len(terms.unit) > LONGEST_UNIT:
        raise Refusal("A unit has at most {most} characters.", "单位最多 {most} 个字符。", most=LONGEST_UNIT)


def _refuse_way(terms: Terms) -> None:
    """The target must be another than the start, on the better side of it, and not below zero for no reason."""
    start, target = terms.baseline, terms.target
    if target is None:
        return
    if target < 0 and (start is None or start >= 0):
        raise Refusal(
            "A target of {target} is below zero. Please give a target from 0 on, or say in “From” that it is below "
            "zero today.",
            "目标值 {target} 小于 0。请填写不小于 0 的目标值；如果现状就是负数，请填写现状值。",
            target=told(target, terms.unit),
        )
    if start == target:
        raise Refusal(
            "It stands at {target} already. Please give another target; to hold it there, leave “From” empty.",
            "现状已是 {target}，请填写不同的目标值；如果要保持现状，请把现状值留空。",
            target=told(target, terms.unit),
        )
    if start is not None and (target < start) != terms.lower:
        words = Words(
            "From {start} to {target} goes down. Please choose “Lower” as better, or correct the numbers.",
            "从 {start} 到 {target} 是下降，请把方向改为“越低越好”，或修改数值。",
        )
        if terms.lower:
            words = Words(
                "From {start} to {target} goes up. Please choose “Higher” as better, or correct the numbers.",
                "从 {start} 到 {target} 是上升，请把方向改为“越高越好”，或修改数值。",
            )
        raise Refusal(words.fill(start=told(start, terms.unit), target=told(target, terms.unit)))


def _refuse_stretch(terms: Terms) -> None:
    stretch, target = terms.stretch, terms.target
    if stretch is None:
        return
    if target is None:
        raise Refusal("Please give a target besides the stretch.", "设置挑战值之前，请先填写目标值。")
    if stretch == target or (stretch < target) != terms.lower:
        raise Refusal(
            "A stretch lies beyond the target; {stretch} does not. Please correct one of them.",
            "挑战值应超过目标值，{stretch} 没有超过，请修改。",
            stretch=told(stretch, terms.unit),
        )


def refuse_unlinked(records: GoalsRecords, goal: Goal, terms: Terms, actor: Person, now: datetime) -> None:
    """Refuse a parent that is not there for this actor or can't be one, and a rule that its number can't follow."""
    if terms.parent is None:
        return
    parent = records.goals.get(terms.parent)
    if parent and is_own_objective(parent, goal):
        refuse_loop(records, goal.id, parent.id)
        return
    if parent and not may_see(records, actor, parent, now):
        parent = None
    parent = refuse_parent(records, goal, parent.id if parent else 0)
    if terms.rule == "sum" and not adds_up(terms, parent.terms):
        raise Refusal(
            "It counts in {unit}, the goal above in {theirs}: these do not add up. Please give a factor, or only link "
            "it.",
            "本目标单位是“{unit}”，上级目标是“{theirs}”，不能直接累加。请填写系数，或仅关联。",
            unit=terms.unit or NO_UNIT, theirs=parent.terms.unit or NO_UNIT,
        )  # fmt: skip
    if terms.rule == "factor" and (terms.factor is None or terms.factor == Decimal(0)):
        raise Refusal(
            "Please give the factor: how many units of the goal above one of its own makes.",
            "请填写系数：本目标 1 个单位折合上级目标多少单位。",
        )


def is_own_objective(parent: Goal, goal: Goal) -> bool:
    """Whether the goal above is an objective of the same person and cycle, still there, whose key result this is."""
    same_place = parent.person == goal.person and parent.cycle == goal.cycle and parent.level == "person"
    return same_place and parent.terms.shape == "objective" and parent.state != "withdrawn"
