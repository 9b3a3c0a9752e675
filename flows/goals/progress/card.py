"""One goal with everything: where it stands and why, what is below it, its steps, its values and its terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Note, Row, Screen
from flows.core.words import Words, count, same
from flows.cycle.owing import whole
from flows.goals.agreeing.negotiation import awaits, is_turn_of
from flows.goals.agreeing.telling import terms_rows
from flows.goals.kept import Goal
from flows.goals.measure.standing import Standing, is_result_of, standings
from flows.goals.progress.card_parts import report_elements, standing_elements, step_elements, value_elements
from flows.goals.progress.granting import DECIDE
from flows.goals.progress.progress import RECORD
from flows.goals.progress.sources import WITHIN
from flows.goals.progress.stepping import WRITE
from flows.goals.records import GoalsRecords
from flows.goals.rights import READ, goal_thing, named_goal, other_side
from flows.goals.setting.leaving import leaving_ways
from flows.goals.setting.lines import Sides, state_line, where
from flows.goals.tree.tree import may_see
from flows.people.person import Person
from flows.people.policy import Thing, may

MOST_BELOW = 10  # goals below it on the card; the tree has all of them
OPEN = Words("Open", "打开")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a goal; the policy says what they may do with it."""

    actor: Person
    thing: Thing
    now: datetime

    def may(self, kind: str, action: str) -> bool:
        return may(self.actor, action, replace(self.thing, kind=kind), self.now)


@view("goal-card", may=READ, of=named_goal())
def goal_card(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everything about one goal; the longer lists are behind a button."""
    goal = records.goals.get(whole(about[0])) if about else None
    thing = goal_thing(records, goal, actor, "goal") if goal else None
    if goal is None or thing is None or thing.owner is None:
        raise NotThere
    reader = Reader(actor, thing, now)
    below = [one for one in records.goals.children([goal.id]) if may_see(records, actor, one, now)]
    found = standings(records, [goal, *below], now)
    within, reports = reader.may(*WITHIN), reader.may(*RECORD)
    body: list[Element] = head(records, goal, thing.owner, actor)
    body += standing_elements(found[goal.id], within)
    body += report_elements(records, found[goal.id]) if reports else []
    body += below_elements(goal, below, found)
    steps = records.steps.of_goals([goal.id])
    body += step_elements(records, steps, within, reader.may(*WRITE), reader.may(*DECIDE))
    body += value_elements(records, found[goal.id], actor, within, reports)
    above = titles(records, goal, actor, now)
    terms = terms_rows(goal.terms, above)[1:]  # the title stands above
    body += [Divider(), Facts(terms)] if terms else []
    cycle = records.cycles.get(goal.cycle) if goal.cycle else None
    over = cycle is not None and cycle.state in ("closed", "archived")
    body.append(Buttons(tuple(ways_on(goal, reader, above, over=over))))
    return Screen(Words("Goal", "目标"), tuple(body), place=Act("see", ("goal-card", goal.key)))


def head(records: GoalsRecords, goal: Goal, owner: Person, actor: Person) -> list[Element]:
    """What it is called, whose it is, and how far the negotiation is."""
    side = other_side(records, goal)
    sides = Sides(owner, records.people.get(side) if side else None, actor)
    cycle = records.cycles.get(goal.cycle) if goal.cycle else None
    words = same(owner.name) + (same(f" · {cycle.name}") if cycle else same(""))
    return [Heading(same(goal.title)), Note(words + same(" · ") + state_line(goal, sides))]


def below_elements(goal: Goal, below: Sequence[Goal], found: Mapping[int, Standing]) -> list[Element]:
    """Its key results with their scores, then the goals that serve it; only those that the reader may see."""
    objective = goal.terms.shape == "objective"
    results = [one for one in below if objective and is_result_of(one, goal)]
    others = [one for one in below if one not in results]
    body: list[Element] = []
    for title, goals in ((RESULTS, results), (SERVED, others)):
        body += [Divider(), Heading(title)] if goals else []
        for one in goals[:MOST_BELOW]:
            words = where(found[one.id])
            if (score := found[one.id].score) is not None:
                words += Words(" · score {score}", " · 得分 {score}").fill(score=score)
            button = Button(OPEN, Act("see", ("goal-card", one.key)))
            body.append(Row(words if words != same("") else NO_VALUE, button, same(one.title)))
        if len(goals) > MOST_BELOW:
            body.append(Note(count(len(goals) - MOST_BELOW, "{n} more", "{n} more", "还有 {n} 个")))
    return body


RESULTS, SERVED = Words("Key results", "关键结果"), Words("Served by", "下级目标")
NO_VALUE = Words("no value yet", "暂无数据")


def titles(records: GoalsRecords, goal: Goal, actor: Person, now: datetime) -> dict[int, Words]:
    """What the goal above is called, if the reader may know it."""
    parent = records.goals.get(goal.terms.parent) if goal.terms.parent else None
    return {parent.id: same(parent.title)} if parent and may_see(records, actor, parent, now) else {}


def ways_on(goal: Goal, reader: Reader, above: Iterable[int], *, over: bool) -> list[Button]:
    """What this reader may do with it besides reporting; where its cycle is `over`, it can only be looked at."""
    found: list[Button] = []
    if not over:
        found += ways_to_change(goal, reader)
    found += [Button(Words("Goal above", "上级目标"), Act("see", ("goal-card", str(one)))) for one in above]
    if goal.cycle:
        found.append(
            Button(Words("In the tree", "在目标树中"), Act("see", ("goal-tree", str(goal.cycle), goal.key)))
        )
    found.append(Button(Words("History", "历史"), Act("see", ("goal-versions", goal.key))))
    writes = reader.may("goal", "write") and goal.level == "person" and goal.cycle and not over
    return found + (leaving_ways(goal, reader.actor.id) if writes else [])


def ways_to_change(goal: Goal, reader: Reader) -> list[Button]:
    """Answer, change and plan, as far as the reader may."""
    found: list[Button] = []
    turn = is_turn_of(goal, reader.actor.id) and reader.may("goal", "answer")
    if awaits(goal) and goal.cycle and turn:
        place = Act("see", ("goals-asked", str(goal.cycle), str(goal.person)))
        found.append(Button(Words("Answer", "答复"), place, "primary"))
    changes = reader.may("goal", "change") and goal.level == "person" and goal.cycle
    if changes and goal.state != "withdrawn":
        found.append(Button(Words("Change", "修改"), Act("open", ("goal", f"{goal.cycle}/{goal.id}"))))
    if reader.may(*WRITE) and goal.state != "withdrawn":
        found.append(Button(Words("Action steps", "行动步骤"), Act("open", ("goal-steps", goal.key))))
    return found
