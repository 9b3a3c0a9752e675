"""How goals hang together: what a goal may serve, what it may not, and how far a number is covered from below."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_DOWN, ROUND_UP, Decimal

from flows.core.refusal import Refusal
from flows.core.words import Words, count, same
from flows.goals.amounts import PERCENT, figure, told
from flows.goals.kept import Coverage, Goal
from flows.goals.measure.standing import is_result_of
from flows.goals.records import GoalsRecords
from flows.goals.rights import goal_thing, kind_for_reading, reviewer_of
from flows.people.person import Person
from flows.people.policy import Thing, may

DEEPEST = 20  # goals above a goal: more than any line of managers has people
TENTH = Decimal("0.1")


def may_see(records: GoalsRecords, actor: Person, goal: Goal, now: datetime) -> bool:
    """Whether the policy lets the actor read the goal."""
    kind = kind_for_reading(goal)
    if may(actor, "read", Thing(kind), now):  # anybody may: nobody's line has to be looked up
        return True
    thing = goal_thing(records, goal, actor)
    return thing is not None and may(actor, "read", thing, now)


def parents_for(
    records: GoalsRecords, actor: Person, cycle: int, now: datetime, own_goal: Goal | None = None
) -> list[Goal]:
    """The goals that a goal of the actor's may serve, nearest first; all of one cycle, and the actor may see each.

    First the actor's own objectives, then those of whoever reviews them and of their line, then their department's
    and those they answer for, then the company's. Left out: `own_goal`, what hangs below it, key results, drafts.
    """
    line = [one for one in (reviewer_of(records, cycle, actor.id), *records.people.line_of(actor.id)) if one]
    near = {one: place for place, one in reversed(list(enumerate([actor.id, *line])))}
    found = [
        goal
        for goal in records.goals.of_people(cycle, list(near))
        if goal.person != actor.id or goal.terms.shape == "objective"
    ]
    found.sort(key=lambda goal: (near[goal.person], goal.id))
    above = [
        goal
        for goal in records.goals.above(cycle)
        if goal.level == "company" or goal.department == actor.department or goal.person in near
    ]
    found += sorted(above, key=lambda goal: (goal.level == "company", goal.department != actor.department))
    below = below_of(records, own_goal) if own_goal and own_goal.id else set()
    objectives = {goal.id: goal for goal in found if goal.terms.shape == "objective"}
    return [
        goal
        for goal in found
        if goal.state != "draft"
        and goal.id not in below
        and not ((parent := objectives.get(goal.terms.parent or 0)) and is_result_of(goal, parent))
        and may_see(records, actor, goal, now)
    ]


def below_of(records: GoalsRecords, goal: Goal) -> set[int]:
    """The goal's id and those of everything below it, level by level."""
    seen, level = {goal.id}, [goal.id]
    while level:
        level = [child.id for child in records.goals.children(level) if child.id not in seen]
        seen.update(level)
    return seen


def refuse_loop(records: GoalsRecords, goal_id: int, parent_id: int) -> None:
    """Refuse that a goal serves itself, be it over others in between. `goal_id` 0 is a goal not kept yet."""
    line = (parent_id, *(goal.id for goal in records.goals.line_up(parent_id)))
    if goal_id and goal_id in line:
        raise Refusal(
            "That goal already serves this one, so they would go in a circle. Please choose a goal further up.",
            "所选目标本身就在为这个目标服务，这样会形成循环。请选择更上层的目标。",
        )
    if len(line) > DEEPEST:
        raise Refusal(
            "There are {n} goals above that one already, which is as deep as it goes. Please choose one further up.",
            "所选目标上面已经有 {n} 层目标，不能再往下挂。请选择更上层的目标。",
            n=len(line) - 1,
        )


def refuse_parent(records: GoalsRecords, goal: Goal, parent_id: int) -> Goal:
    """The goal that `goal` is to serve; refuses one that it can't. Who may see it, the caller has asked the policy."""
    parent = records.goals.get(parent_id)
    if parent is None or parent.state in ("withdrawn", "draft"):
        raise Refusal(
            "The goal that it should serve is not there any more. Please choose another one, or none.",
            "要支撑的上级目标已不存在，请另选一个，或者不选。",
        )
    if parent.cycle != goal.cycle:
        raise Refusal(
            "{parent} belongs to another cycle. Please choose a goal of the same cycle.",
            "{parent}属于另一个周期，请选择同一周期的目标。",
            parent=same(f"“{parent.title}”") if parent.terms.visibility == "public" else A_GOAL,
        )
    refuse_loop(records, goal.id, parent_id)
    objective = records.goals.get(parent.terms.parent) if parent.terms.parent else None
    if objective and objective.terms.shape == "objective" and is_result_of(parent, objective):
        raise Refusal(
            "That is a key result. Please choose its objective: goals serve objectives, and key results measure them.",
            "所选的是一条关键结果。请选择它的目标（O）：关键结果只用来衡量目标。",
        )
    return parent


A_GOAL = Words("That goal", "该目标")


def coverage_words(parent: Goal, coverage: Coverage | None, extra: Decimal = Decimal(0)) -> Words:
    """How far the goal's number is covered by those below it: "8,000,000 CNY of 10,000,000 CNY: 80% covered, …".

    share = given / target x 100, said with one decimal and rounded away from 100 %, so that 100 % is said of nothing
    else. The rest up to the target is the gap, what is over it the over-allocation. Where lower is better the target
    is a limit: the gap is room that is left. `extra` is what would come on top of what is kept.
    """
    target, unit = parent.terms.target, parent.terms.unit
    given = (coverage.given if coverage else Decimal(0)) + extra
    if target is None:
        return Words("It has no number of its own to be divided.", "该目标没有可拆分的数值。")
    if not (coverage and coverage.children) and not extra:
        if unit == PERCENT:
            return Words(
                "{target}. Percentages do not add up, so goals are linked to it without adding.",
                "{target}。百分比不能相加，下级目标只关联、不累加。",
            ).fill(target=told(target, unit))
        return Words("{target}: nothing is divided yet.", "{target}：尚未拆分。").fill(
            target=told(target, unit)
        )
    if target <= 0:
        return Words(
            "The goals below add up to {given}; the goal is {target}.",
            "下级目标合计 {given}，本目标为 {target}。",
        ).fill(given=told(given, unit), target=told(target, unit))
    slots = {
        "given": told(given, unit),
        "target": told(target, unit),
        "rest": told(abs(target - given), unit),
        "share": share_words(max(given, Decimal(0)), target),
        "more": share_words(given - target, target),
    }
    return _covered(given, target, lower=parent.terms.lower).fill(**slots)


def _covered(given: Decimal, target: Decimal, *, lower: bool) -> Words:
    if lower:
        if given < target:
            return Words(
                "{given} of {target} is given out ({share}): {rest} of room is left.",
                "上限 {target}，已分配 {given}（{share}），还有 {rest} 余量。",
            )
        if given == target:
            return Words(
                "All of {target} is given out, no room is left.", "上限 {target} 已全部分配，没有余量。"
            )
        return Words(
            "{given} is given out, {rest} over the limit of {target} ({more} too much).",
            "已分配 {given}，超出上限 {target} 共 {rest}（多出 {more}）。",
        )
    if given < target:
        return Words(
            "{given} of {target}: {share} covered, {rest} is not covered.",
            "目标 {target}，已分解 {given}，覆盖 {share}，缺口 {rest}。",
        )
    if given == target:
        return Words("{given} of {target}: 100% covered.", "目标 {target}，已分解 {given}，覆盖 100%。")
    return Words(
        "{given} for {target}: {more} too much, {rest} more than needed.",
        "目标 {target}，已分解 {given}，超额分解 {rest}（多出 {more}）。",
    )


def share_words(part: Decimal, whole: Decimal) -> Words:
    """A part in percent of the whole with at most one decimal, never rounded to 100 % from either side, nor to 0 %."""
    share = part * 100 / whole
    away = ROUND_UP if share > 100 or share < TENTH else ROUND_DOWN
    return same(f"{figure(share.quantize(TENTH, away))}%")


def counted_words(coverage: Coverage | None) -> Words:
    """How many goals add to the number, and how many are only linked."""
    if coverage is None:
        return Words("No goal is linked to it.", "没有关联的下级目标。")
    adding = count(coverage.children, "{n} goal adds to it", "{n} goals add to it", "{n} 个目标计入")
    if not coverage.others:
        return adding + Words(".", "。")
    linked = count(
        coverage.others,
        "{n} is linked without adding.",
        "{n} are linked without adding.",
        "{n} 个仅关联，不计入。",
    )
    return adding + Words("; ", "；") + linked
