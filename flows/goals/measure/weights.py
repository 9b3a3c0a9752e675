"""The weights of one person's goals: what they sum to, how they are evened out, and what each counts for in the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal

from flows.core.words import Words, join, same
from flows.goals.amounts import percent
from flows.goals.kept import PLACES, Goal

HUNDRED = Decimal(100)
FINEST = Decimal(1).scaleb(-PLACES)
Weights = Mapping[str, Decimal]


def weighed(goals: Sequence[Goal]) -> list[Goal]:
    """Those whose weights make the 100: ordinary goals that are no key results and not withdrawn.

    A key result is a goal whose parent is an objective among these; its weight counts inside its objective only.
    """
    objectives = {goal.id for goal in goals if goal.terms.shape == "objective"}
    return [
        goal
        for goal in goals
        if goal.terms.part == "ordinary" and goal.state != "withdrawn" and goal.terms.parent not in objectives
    ]


def weights_problem(goals: Sequence[Goal], perspectives: Weights) -> Words | None:
    """What is wrong with the weights, in words that say what to do; None where they are right.

    `perspectives` are the percent that the cycle's template gives to each BSC perspective, empty where it has none:
    each BSC goal must sit in one. A bonus and a penalty lie outside the 100 and need a weight of their own: what they
    add or take off at most.
    """
    counted = weighed(goals)
    for goal in goals:
        outside = goal.terms.part != "ordinary" and goal.state != "withdrawn"
        if outside and not 0 < (goal.terms.weight or 0) <= HUNDRED:
            return Words(
                "“{goal}” lies outside the 100%: say with its weight how many points it changes at most, up to 100.",
                "“{goal}”不计入 100%：请用权重说明最多加减多少分（不超过 100）。",
            ).fill(goal=goal.title)
    for goal in counted:
        if perspectives and goal.terms.method == "bsc" and goal.terms.perspective not in perspectives:
            return Words(
                "“{goal}” is a goal of the balanced scorecard: choose its perspective.",
                "“{goal}”是平衡计分卡目标：请选择所属维度。",
            ).fill(goal=goal.title)
    return _weights_problem(counted)


def _weights_problem(counted: Sequence[Goal]) -> Words | None:
    without = [goal for goal in counted if goal.terms.weight is None]
    if len(without) == len(counted):
        return None
    if without:
        return Words(
            "Without a weight: {goals}. Give every goal a weight, or even them out with one tap.",
            "尚未设置权重：{goals}。请为每个目标设置权重，或一键均衡。",
        ).fill(goals=join((same(f"“{goal.title}”") for goal in without), zh=""))
    for goal in counted:
        if not 0 < (goal.terms.weight or 0) <= HUNDRED:
            return Words(
                "The weight of “{goal}” must be above 0% and at most 100%.",
                "“{goal}”的权重应大于 0% 且不超过 100%。",
            ).fill(goal=goal.title)
    return _sum_problem(sum((goal.terms.weight or Decimal() for goal in counted), Decimal()))


def _sum_problem(total: Decimal) -> Words | None:
    if total == HUNDRED:
        return None
    words = Words(
        "The weights come to {total}, {rest} too little. Change them, or even them out with one tap.",
        "权重合计为 {total}，还差 {rest}。请调整，或一键均衡。",
    )
    if total > HUNDRED:
        words = Words(
            "The weights come to {total}, {rest} too much. Change them, or even them out with one tap.",
            "权重合计为 {total}，超出 {rest}。请调整，或一键均衡。",
        )
    return words.fill(total=percent(total), rest=percent(abs(total - HUNDRED)))


def evened(goals: Sequence[Goal], perspectives: Weights) -> dict[int, Decimal]:
    """New weights by goal id that sum to 100: in proportion to those there are, else equal; whole percents.

    With `perspectives` they come out as what each goal counts for in the end, so that both are the same afterwards.
    The largest remainders are rounded up (Hare–Niemeyer), and none becomes 0. Of more than 100 goals none can have a
    whole percent; theirs have decimals.
    """
    shares = effective(goals, perspectives)
    if not shares:
        return {}
    unit = Decimal(1) if len(shares) <= HUNDRED else FINEST
    units = {
        goal: max(Decimal(1), (share * HUNDRED / unit).to_integral_value(ROUND_FLOOR))
        for goal, share in shares.items()
    }
    left = int(HUNDRED / unit - sum(units.values()))
    order = sorted(shares, key=lambda goal: (units[goal] - shares[goal] * HUNDRED / unit, goal))
    for goal in order[: max(left, 0)]:
        units[goal] += 1
    for _ in range(-left):  # those raised to the least weight take it from the largest
        units[max(units, key=lambda goal: (units[goal], -goal))] -= 1
    return {goal: number * unit for goal, number in units.items()}


def effective(goals: Sequence[Goal], perspectives: Weights) -> dict[int, Decimal]:
    """What each ordinary goal counts for, as a share of 1, by goal id; they sum to 1.

    Without perspectives: w ÷ Σw. With them, the goals that sit in one keep what they weigh together, B = Σw of theirs,
    and that is divided by the perspectives: B x P ÷ ΣP x w ÷ Σw of the same perspective, where ΣP is over those
    perspectives that have a goal. So 40/20/20/20 holds exactly where every goal sits in a perspective, and a goal in
    none keeps its own weight. A goal without a weight counts as the others' mean.
    """
    counted = weighed(goals)
    raw = _raw(counted)
    inside: dict[str, Decimal] = {}
    for goal in counted:
        if goal.terms.perspective in perspectives:
            name = str(goal.terms.perspective)
            inside[name] = inside.get(name, Decimal()) + raw[goal.id]
    used = sum((perspectives[name] for name in inside), Decimal())
    if used > 0:
        together = sum(inside.values(), Decimal())
        for goal in counted:
            name = str(goal.terms.perspective)
            if name in inside:
                raw[goal.id] = together * perspectives[name] / used * raw[goal.id] / inside[name]
    total = sum(raw.values(), Decimal())
    return {goal: weight / total for goal, weight in raw.items()}


def _raw(goals: Sequence[Goal]) -> dict[int, Decimal]:
    """Weights above 0, of which only the proportion counts."""
    given = [goal.terms.weight for goal in goals if goal.terms.weight and goal.terms.weight > 0]
    usual = sum(given, Decimal()) / len(given) if given else Decimal(1)
    return {
        goal.id: goal.terms.weight if goal.terms.weight and goal.terms.weight > 0 else usual for goal in goals
    }
