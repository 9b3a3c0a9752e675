"""Taking goals back: a draft is deleted, a proposal withdrawn, and what is agreed leaves only with both again."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import deed
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.goals.agreeing.following import follow
from flows.goals.agreeing.negotiation import awaits, take_back, withdraw
from flows.goals.current import running
from flows.goals.kept import Goal
from flows.goals.measure.standing import is_result_of
from flows.goals.records import GoalsRecords
from flows.goals.rights import named_goal, other_side
from flows.people.person import Person

WITHDRAW, DELETE, KEEP = (
    Words("Withdraw", "撤回"),
    Words("Delete", "删除"),
    Words("Keep as agreed", "保持原约定"),
)
SURE_AGREED = Words(
    "It is agreed, so the other side is asked to agree to this, too. Until then it stays.",
    "该目标已确认，撤回需对方同意；在此之前仍然有效。",
)
SURE = Words("It leaves your goals. What was written stays in its history.", "目标将被撤回，历史记录保留。")
SURE_DELETE = Words("The draft is deleted for good.", "草稿将被永久删除。")


def leaving_ways(goal: Goal, owner: int) -> list[Button]:
    """The ways to take one's own goal, or what was asked about it, back."""
    match goal.state:
        case "draft":
            return [Button(DELETE, Act("do", ("goal-delete", goal.key)), "danger", SURE_DELETE)]
        case "agreed" if awaits(goal) and goal.asked_by == owner:
            return [Button(KEEP, Act("do", ("goal-keep", goal.key)))]
        case "withdrawn":
            return []
    sure = SURE_AGREED if goal.state == "agreed" else SURE
    return [Button(WITHDRAW, Act("do", ("goal-withdraw", goal.key)), "danger", sure)]


def with_results(records: GoalsRecords, goal: Goal) -> list[Goal]:
    """The goal as it stands now, and its key results where it is an objective."""
    found = [goal]
    if goal.terms.shape == "objective" and goal.cycle:
        mine = records.goals.of_cycle(goal.cycle, goal.person)
        found += [one for one in mine if is_result_of(one, goal)]
    locked = (records.goals.lock(one.id) for one in found)
    return [one for one in locked if one is not None]


def own(records: GoalsRecords, about: tuple[str, ...]) -> Goal:
    """The goal that is named, of a cycle that runs or of none."""
    goal = records.goals.lock(whole(about[0]))
    if goal is None:
        raise NotThere
    if goal.cycle is not None:
        running(records, goal.cycle)
    return goal


@deed("goal-withdraw", may=("goal", "write"), of=named_goal("goal"))
def withdraw_goal(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take a goal back, with its key results; what is agreed once the other side has agreed to that."""
    goal = own(records, about)
    if goal.state == "draft":
        raise Refusal("This is a draft still: delete it instead.", "这还是草稿，直接删除即可。")
    if goal.leaving:
        raise Refusal(
            "That was asked for already and waits for an answer.", "已经申请撤回，正在等待对方答复。"
        )
    side = other_side(records, goal)
    asks = goal.state == "agreed" and side is not None
    every = [one for one in with_results(records, goal) if one.state not in ("withdrawn", "draft")]
    for one in every:
        records.goals.save(*withdraw(one, actor.id, "", now, alone=side is None))
    _followed(records, actor, goal, "goal.withdraw", len(every), now)
    name = records.people.get(side) if side else None
    if asks and name:
        return Words(
            "{name} is asked to agree that “{goal}” is withdrawn.", "已请{name}确认撤回“{goal}”。"
        ).fill(name=name.name, goal=goal.title)
    return Words("“{goal}” is withdrawn.", "“{goal}”已撤回。").fill(goal=goal.title)


@deed("goal-keep", may=("goal", "write"), of=named_goal("goal"))
def keep_goal(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take back the change, or the withdrawal, that one has asked for: what is agreed stays."""
    goal = own(records, about)
    records.goals.save(*take_back(goal, actor.id, now))
    _followed(records, actor, goal, "goal.keep", 1, now)
    return Words("“{goal}” stays as it was agreed.", "“{goal}”保持原约定。").fill(goal=goal.title)


@deed("goal-delete", may=("goal", "write"), of=named_goal("goal"))
def delete_goal(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Delete a draft, with the drafts of its key results."""
    goal = own(records, about)
    if goal.state != "draft":
        raise Refusal(
            "“{goal}” was proposed already, so it can only be withdrawn.",
            "“{goal}”已经提交过，只能撤回。",
            goal=goal.title,
        )
    every = [one.id for one in with_results(records, goal) if one.state == "draft"]
    records.goals.forget(every)
    _followed(records, actor, goal, "goal.delete", len(every), now)
    return Words("The draft “{goal}” is deleted.", "草稿“{goal}”已删除。").fill(goal=goal.title)


def _followed(
    records: GoalsRecords, actor: Person, goal: Goal, action: str, number: int, now: datetime
) -> None:
    records.audit.note(now, actor.id, action, f"goal/{goal.id}", {"goals": number})
    follow(records, goal.cycle, goal.person, now)
