"""What the tree says of a goal: what it gives to the one above, how far it is, and what the reader may know of those below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from flows.core.rounding import half_up
from flows.core.words import Words, same
from flows.goals.amounts import told
from flows.goals.kept import Coverage, Goal, State
from flows.goals.measure.standing import Standing
from flows.goals.records import GoalsRecords
from flows.goals.tree.dividing import contribution
from flows.goals.tree.tree import may_see, share_words
from flows.people.person import Person

LOOKED_AT = 300  # goals below one, up to which it is looked up which of them the reader may see
STATES: dict[State, Words] = {
    "draft": Words("draft", "草稿"),
    "proposed": Words("waits for agreement", "待确认"),
    "returned": Words("changes asked for", "待修改"),
    "agreed": Words("agreed", "已确认"),
    "withdrawn": Words("withdrawn", "已撤回"),
}


@dataclass(frozen=True, slots=True)
class Below:
    """The goals right below one that the reader may see, the coverage as they may know it, and what is left unsaid."""

    seen: tuple[Goal, ...]
    coverage: Coverage | None
    unsaid: Words


def below(
    records: GoalsRecords, actor: Person, goal: Goal, coverage: Coverage | None, now: datetime
) -> Below:
    """What the reader may know of the goals right below.

    A single number that they may not see is left out of the sum: what they see taken off it would tell that number.
    Of very many goals only the first are asked about.
    """
    children = records.goals.children([goal.id])[:LOOKED_AT] if coverage else []
    seen = tuple(child for child in children if may_see(records, actor, child, now))
    hidden = [contribution(child.terms, goal.terms) for child in children if child not in seen]
    giving = [given for given in hidden if given is not None]
    if coverage is None or not giving:
        return Below(seen, coverage, same(""))
    if len(giving) > 1 or coverage.children > LOOKED_AT:
        words = Words(" Shares of goals that you may not see are included.", "合计包含你无权查看的目标。")
        return Below(seen, coverage, words)
    known = replace(coverage, given=coverage.given - giving[0], children=coverage.children - 1)
    words = Words(" A goal that you may not see is not counted here.", "有一个你无权查看的目标未计入。")
    return Below(seen, known, words)


def part_words(child: Goal, parent: Goal) -> Words:
    """What a goal below gives: its number, its part of the parent's, and whether it is agreed."""
    target, unit, whole_number = child.terms.target, child.terms.unit, parent.terms.target
    given = contribution(child.terms, parent.terms)
    words = told(target, unit) if target is not None else Words("no number", "无数值")
    if given is None:
        words += Words(" (linked, not counted)", "（仅关联，不计入）")
    elif unit != parent.terms.unit:
        words += same(" = ") + told(given, parent.terms.unit)
    if given is not None and whole_number and whole_number > 0 and given > 0:
        words += same(" · ") + share_words(given, whole_number)
    return words if child.state == "agreed" else words + same(" · ") + STATES[child.state]


def value_words(standing: Standing | None) -> Words:
    """How far it is, where that is known."""
    if standing is None or standing.value is None:
        return same("")
    value = told(standing.value, standing.goal.terms.unit)
    if standing.attainment is None:
        return Words("\nSo far: {value}", "\n目前：{value}").fill(value=value)
    return Words("\nSo far: {value} ({share}%)", "\n目前：{value}（{share}%）").fill(
        value=value, share=f"{half_up(standing.attainment, Decimal(1)):f}"
    )
