"""What is unfinished as the next cycle begins: goals not reached and open actions, each taken over or let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.current import own_cycle, running
from flows.goals.kept import Goal
from flows.goals.measure.span import days_of
from flows.goals.records import GoalsRecords
from flows.goals.setting.copying import let_go, origin, unfinished
from flows.people.person import Person
from flows.people.policy import Thing
from flows.plans.actions import FIXED, due_words, end
from flows.plans.records import Action, Carried

TITLE = Words("From last time", "上期未完成")
TAKE_OVER, LET_GO = Words("Take over", "沿用"), Words("Let go: {title}", "不再继续：{title}")
WHAT = Words(
    "What is not finished yet. Nothing goes on by itself: take each over, or let it go. A goal comes as a draft.",
    "这些尚未完成。不会自动延续：请逐项选择沿用或不再继续。目标会作为草稿加入。",
)
MOST = 20
SHORT = 40  # characters of a title on a button


def open_actions(records: GoalsRecords, actor: Person, cycle: Cycle) -> list[Action]:
    """The actor's open actions from before the cycle of which nothing was decided; what is fixed elsewhere is not asked."""
    decided = {one.of for one in records.carried.of(cycle.id, actor.id) if one.kind == "action"}
    begun = cycle.launched_at or cycle.created_at
    return [
        one
        for one in records.actions.open_of(actor.id)
        if one.made_at < begun and one.id not in decided and one.source not in FIXED
    ]


def goals_left(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Goal]:
    """The goals that were not reached, besides those that are there under their title already."""
    there = {goal.title.casefold() for goal in records.goals.of_cycle(cycle.id, actor.id)}
    return [goal for goal in unfinished(records, actor, cycle, now) if goal.title.casefold() not in there]


def way_to_unfinished(records: GoalsRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """The button on one's sheet of goals, while there is something to decide."""
    number = len(goals_left(records, actor, cycle, now)) + len(open_actions(records, actor, cycle))
    if not number:
        return []
    words = TITLE + Words(f" ({number})", f"（{number}）")
    return [Buttons((Button(words, Act("see", ("unfinished", str(cycle.id)))),))]


@view("unfinished", may=("goals", "write"), of=own_cycle)
def left(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everything that is unfinished, one by one."""
    cycle = running(records, whole(about[0]))
    goals, actions = goals_left(records, actor, cycle, now), open_actions(records, actor, cycle)
    body: list[Element] = [Heading(TITLE), Note(WHAT)]
    for goal in goals[:MOST]:
        words = Words("goal · ", "目标 · ") + origin(records, goal)
        body += offered(("goal-copy", goal.key), ("goal-let-go", goal.key), goal.title, words, cycle)
    today = local_day(now, actor.zone)
    for action in actions[:MOST]:
        key, words = str(action.id), due_words(action, today)
        body += offered(("action-take-over", key), ("action-let-go", key), action.text, words, cycle)
    if not goals and not actions:
        body.append(Line(Words("Nothing is left to decide.", "没有需要决定的内容。")))
    back = Act("see", ("goals", str(cycle.id), str(actor.id)))
    body.append(Buttons((Button(Words("Your goals", "我的目标"), back),)))
    return Screen(TITLE, tuple(body), place=Act("see", ("unfinished", str(cycle.id))))


def offered(
    take: tuple[str, str], leave: tuple[str, str], title: str, words: Words, cycle: Cycle
) -> list[Element]:
    """One of them: to take over, or to let go."""
    it = str(cycle.id)
    short = title if len(title) <= SHORT else f"{title[:SHORT]}…"
    gone = Button(LET_GO.fill(title=short), Act("do", (*leave, it)))
    return [Row(words, Button(TAKE_OVER, Act("do", (*take, it))), same(title)), Buttons((gone,))]


def own_goal(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """(goal, cycle): a goal of one's own, for one's own cycle."""
    goal = records.goals.get(whole(about[0])) if len(about) == 2 else None
    own = goal is not None and goal.person == actor.id and goal.level == "person"
    return own_cycle(records, actor, about[1:]) if own else None


@deed("goal-let-go", may=("goals", "write"), of=own_goal)
def let_goal_go(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """It is not offered any more in this cycle; where it was, it stays as it is."""
    cycle, goal = running(records, whole(about[1])), records.goals.get(whole(about[0]))
    if goal is None:
        raise NotThere
    let_go(records, cycle, goal, actor, now)
    return Words("Let go: {goal}", "不再继续：{goal}").fill(goal=same(goal.title))


def own_action(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """(action, cycle): an action of one's own, for one's own cycle."""
    action = records.actions.get(whole(about[0])) if len(about) == 2 else None
    own = action is not None and action.person == actor.id and action.source not in FIXED
    return own_cycle(records, actor, about[1:]) if own else None


@deed("action-take-over", may=("goals", "write"), of=own_action)
def take_action_over(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """It goes on in the cycle; one whose day comes before the cycle is due on the cycle's last day."""
    cycle, action = running(records, whole(about[1])), open_one(records, about)
    if action.state == "open" and records.carried.keep(carried(cycle, action, actor, now, taken=True)):
        first, last = max(cycle.first, local_day(now, actor.zone)), days_of(cycle)[1]
        action = replace(action, due=action.due if action.due and action.due >= first else last)
        records.actions.save(action)
        note(records, "take_over", cycle, action, actor, now)
    when = Words(" (until {day})", "（{day}前）").fill(day=day_words(action.due)) if action.due else same("")
    return Words("Taken over: {action}", "已沿用：{action}").fill(action=same(action.text)) + when


@deed("action-let-go", may=("goals", "write"), of=own_action)
def let_action_go(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """It is given up, as the cycle begins."""
    cycle, action = running(records, whole(about[1])), open_one(records, about)
    if action.state == "open" and records.carried.keep(carried(cycle, action, actor, now, taken=False)):
        end(records, action, "dropped", actor, "", now)
        note(records, "let_go", cycle, action, actor, now)
    return Words("Let go: {action}", "不再继续：{action}").fill(action=same(action.text))


def open_one(records: GoalsRecords, about: Sequence[str]) -> Action:
    """The action that is named, held for this transaction."""
    action = records.actions.lock(whole(about[0]))
    if action is None:
        raise NotThere
    return action


def carried(cycle: Cycle, action: Action, actor: Person, now: datetime, *, taken: bool) -> Carried:
    return Carried(cycle.id, "action", action.id, actor.id, taken, now)


def note(records: GoalsRecords, how: str, cycle: Cycle, action: Action, actor: Person, now: datetime) -> None:
    records.audit.note(now, actor.id, f"action.{how}", f"cycle/{cycle.id}", {"action": action.id})
