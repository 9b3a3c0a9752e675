"""Answering what waits about a person's goals: whose turn it is, what exactly was asked, and the answer in one tap."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from flows.core.catalog import deed
from flows.core.desk import NotThere
from flows.core.refusal import Refusal
from flows.core.screen import Act
from flows.core.words import Words, count
from flows.cycle.owing import parts_of, whole
from flows.goals.agreeing.following import follow
from flows.goals.agreeing.negotiation import agree, ask_changes, asked_terms, awaits, is_turn_of
from flows.goals.kept import Goal
from flows.goals.records import GoalsRecords
from flows.goals.rights import goals_of, named_goal, sheet_thing, sides_of, stands_in
from flows.goals.terms_json import to_json
from flows.people.person import Person
from flows.people.policy import Thing

Answer = Literal["agree", "changes"]


def whose_answers(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """(cycle, person), or the subject "cycle/person": that person's goals, for whoever answers about one of them."""
    found = sheet_named(about)
    owner = records.people.get(found[1]) if found else None
    if found is None or owner is None or records.cycles.get(found[0]) is None:
        return None
    thing = sheet_thing(records, owner, actor, found[0])
    if actor.id in (owner.id, *thing.line[:1]):
        return thing
    sides = sides_of(records, goals_of(records, found[0], owner.id))
    return replace(thing, line=(actor.id, *thing.line)) if actor.id in sides.values() else thing


def sheet_named(about: Sequence[str]) -> tuple[int, int] | None:
    """(cycle, person) of a button or a form."""
    parts = about[:2] if len(about) > 1 else parts_of(about[0], 2) or parts_of(about[0], 3) if about else None
    return (whole(parts[0]), whole(parts[1])) if parts else None


def waiting_for(records: GoalsRecords, actor: Person, cycle: int, person: int) -> list[Goal]:
    """The person's goals that wait for the actor's answer: as their other side, in its place, or as themselves."""
    goals = [goal for goal in goals_of(records, cycle, person) if awaits(goal) and is_turn_of(goal, actor.id)]
    if actor.id == person:
        return goals
    sides = sides_of(records, goals)
    mine = {
        side: side == actor.id or stands_in(records, cycle, person, side, actor)
        for side in set(sides.values())
        if side
    }
    return [goal for goal in goals if mine.get(sides[goal.id] or 0)]


def mark(goal: Goal) -> str:
    """What is asked about the goal, as a button carries it: who has seen other terms has not agreed to these."""
    asked = json.dumps([goal.leaving, to_json(asked_terms(goal))], sort_keys=True)
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def agree_act(goal: Goal) -> Act:
    """The button that agrees to the goal as it is shown beside it."""
    return Act("do", ("goal-agree", str(goal.id), mark(goal)))


def agree_all_act(cycle: int, person: int, goals: Sequence[Goal]) -> Act:
    """The button that agrees to all of these goals as they are shown below it."""
    marks = (f"{goal.id}-{mark(goal)}" for goal in goals)
    return Act("do", ("goal-agree-all", str(cycle), str(person), *marks))


@deed("goal-agree", may=("goal", "answer"), of=named_goal("goal"))
def agree_one(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Agree to one goal, if it is still the one that was shown."""
    goal = records.goals.lock(whole(about[0]))
    if goal is None:
        raise NotThere
    refuse_closed(records, goal.cycle)
    if not awaits(goal) and goal.state in ("agreed", "withdrawn"):
        return Words("“{goal}” is settled already.", "“{goal}”已处理完毕。").fill(goal=goal.title)
    if about[1:] != (mark(goal),):
        return CHANGED.fill(goal=goal.title)
    kept = answer(records, actor, goal, "agree", "", now)
    follow(records, goal.cycle, goal.person, now)
    if kept.state == "withdrawn":
        return Words("Agreed: “{goal}” is withdrawn.", "已同意撤回“{goal}”。").fill(goal=goal.title)
    return Words("“{goal}” is agreed.", "“{goal}”已确认。").fill(goal=kept.title)


CHANGED = Words(
    "“{goal}” was changed after this was shown to you, so nothing is agreed yet. Look at it as it stands now.",
    "“{goal}”在你打开后又有改动，尚未确认，请先查看最新内容。",
)


@deed("goal-agree-all", may=("goals", "answer"), of=whose_answers)
def agree_all(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Agree to everything that was shown and still stands; what was changed meanwhile goes on waiting."""
    named = sheet_named(about)
    if named is None:
        raise NotThere
    cycle, person = named
    refuse_closed(records, cycle)
    shown, agreed, left = set(about[2:]), 0, 0
    for goal in sorted(waiting_for(records, actor, cycle, person), key=lambda goal: goal.id):
        now_is = records.goals.lock(goal.id)
        if now_is and awaits(now_is) and is_turn_of(now_is, actor.id):
            if f"{now_is.id}-{mark(now_is)}" in shown:
                answer(records, actor, now_is, "agree", "", now)
                agreed += 1
            else:
                left += 1
    if agreed:
        follow(records, cycle, person, now)
    return outcome(agreed, 0, left)


def outcome(agreed: int, returned: int, left: int) -> Words:
    """What became of several goals at once."""
    said = Words("", "")
    if agreed:
        said += count(agreed, "{n} goal is agreed. ", "{n} goals are agreed. ", "已确认 {n} 个目标。")
    if returned:
        said += count(
            returned,
            "Changes are asked in {n} goal. ",
            "Changes are asked in {n} goals. ",
            "已请对方修改 {n} 个目标。",
        )
    if left:
        said += count(
            left,
            "{n} goal still waits for you: it is new or was changed meanwhile, or you left it out.",
            "{n} goals still wait for you: they are new or were changed meanwhile, or you left them out.",
            "还有 {n} 个目标等待你答复：刚刚新增、有改动，或你未作答。",
        )
    if not (agreed or returned or left):
        said = Words("Nothing waits for your answer any more.", "已没有等待你答复的目标。")
    return Words(said.en.strip(), said.zh)


def answer(
    records: GoalsRecords, actor: Person, goal: Goal, said: Answer, comment: str, now: datetime
) -> Goal:
    """Keep one answer about a goal that is locked; whoever calls has its tasks follow."""
    if said == "agree":
        moved, line = agree(goal, actor.id, now)
    else:
        moved, line = ask_changes(goal, actor.id, comment, now)
    kept = records.goals.save(moved, line)
    detail = {"person": goal.person, "act": line.act, "version": kept.version}
    records.audit.note(now, actor.id, "goal.answer", f"goal/{goal.id}", detail)
    return kept


def refuse_closed(records: GoalsRecords, cycle: int | None) -> None:
    """Refuse an answer in a cycle that HR has closed."""
    found = records.cycles.get(cycle) if cycle else None
    if found is not None and found.state != "live":
        raise Refusal(
            "HR has closed {cycle}, so its goals stand as they are. Nothing is left to answer.",
            "HR 已关闭{cycle}，目标不再变动，无需答复。",
            cycle=found.name,
        )
