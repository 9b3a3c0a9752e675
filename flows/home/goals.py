"""My goals on the home tab: how far each is, what is off its track, and the way to all of them."""

from __future__ import annotations

from datetime import datetime

from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Row
from flows.core.words import Words, count, join, same
from flows.goals.agreeing.negotiation import is_turn_of
from flows.goals.current import taking_part
from flows.goals.kept import LIVE
from flows.goals.measure.standing import Standing, is_result_of, standings
from flows.goals.progress.progress import UPDATE
from flows.goals.setting.lines import BETWEEN, NOTHING, aim, bar, where
from flows.home.mine import OPEN
from flows.home.records import HomeRecords
from flows.people.person import Person

MOST = 5
TITLE = Words("My goals", "我的目标")
ALL = Words("All my goals", "全部目标")
STATES = {
    "draft": Words("draft", "草稿"),
    "proposed": Words("waits to be agreed", "等待确认"),
    "returned": Words("changes asked", "需要修改"),
}


def goals(records: HomeRecords, actor: Person, now: datetime) -> list[Element]:
    """The goals that the actor works towards, first what waits for them."""
    cycle = next(iter(taking_part(records, actor, now)), None)
    mine = records.goals.of_cycle(cycle.id, actor.id) if cycle else []
    if not mine:
        mine, cycle = records.goals.of_person(actor.id), None
    objectives = {goal.id: goal for goal in mine if goal.terms.shape == "objective"}
    top = [
        goal
        for goal in mine
        if not ((above := objectives.get(goal.terms.parent or 0)) and is_result_of(goal, above))
    ]
    if not top:
        return []
    known = standings(records, mine, now)
    title = TITLE + same(f" · {cycle.name}") if cycle else TITLE
    body: list[Element] = [Divider(), Heading(title)]
    shown = sorted(top, key=lambda goal: not is_turn_of(goal, actor.id))[:MOST]
    body += [row(known[goal.id]) for goal in shown]
    words = ALL if len(top) <= MOST else more(len(top))
    place = Act("see", ("goals", str(cycle.id), str(actor.id)) if cycle else ("goals",))
    ways = [Button(words, place)]
    if any(goal.state in LIVE for goal in mine):
        ways.append(Button(UPDATE, Act("see", ("goal-update",))))
    return [*body, Buttons(tuple(ways))]


def row(standing: Standing) -> Row:
    """One goal with a bar of text, its value, and what is still to do about it."""
    goal, stands = standing.goal, where(standing)
    parts = [
        same(bar(standing.attainment)) if standing.attainment is not None else NOTHING,
        stands if stands != NOTHING else aim(goal.terms),
        STATES.get(goal.state, NOTHING),
    ]
    words = join((part for part in parts if part != NOTHING), BETWEEN, BETWEEN)
    if words == NOTHING:
        words = Words("nothing reported yet", "尚无进展数据")
    return Row(words, Button(OPEN, Act("see", ("goal-card", goal.key))), same(goal.title))


def more(number: int) -> Words:
    """The way to all of them, where not all are shown."""
    return count(number, "All {n} goals", "All {n} goals", "全部 {n} 个目标")
