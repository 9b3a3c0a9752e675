"""What somebody's own goals wait for from them: changes that were asked, and goals that were proposed to them."""

from __future__ import annotations

from collections.abc import Sequence

from flows.core.words import Words, count, join
from flows.goals.agreeing.negotiation import awaits, is_turn_of
from flows.goals.kept import Goal


def turn_words(goals: Sequence[Goal], person: int, who: str | None, cycle: str) -> Words | None:
    """In one sentence that names no goal; nothing where it is not the person's turn. `who` is the other side."""
    returned = sum(goal.state == "returned" and is_turn_of(goal, person) for goal in goals)
    proposed = sum(awaits(goal) and is_turn_of(goal, person) for goal in goals)
    if not returned and not proposed:
        return None
    parts = []
    if returned:
        parts.append(
            count(
                returned,
                "changes are asked in {n} goal",
                "changes are asked in {n} goals",
                "有 {n} 个需要修改",
            )
        )
    if proposed:
        parts.append(
            count(
                proposed,
                "{n} goal waits for your answer",
                "{n} goals wait for your answer",
                "有 {n} 个等待你答复",
            )
        )
    words = Words(
        "{who} has looked at your goals for {cycle}: {what}.", "{who}处理了你的{cycle}目标：{what}。"
    )
    if who is None:
        words = Words("Your goals for {cycle}: {what}.", "你的{cycle}目标：{what}。")
    return words.fill(who=who, cycle=cycle, what=join(parts, " and ", "，"))
