"""The lists of rewards: one's own, and those of one's people with the rest of the budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.hr.scope import named
from flows.cycle.nudges.closing import close
from flows.cycle.owing import REWARD, whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.ledger import plain
from flows.results.rewards.budgets import budget_row
from flows.results.rewards.kinds import KINDS
from flows.results.rewards.looked_after import hr_row
from flows.results.rewards.records import Budget, RewardRecords, Rules
from flows.results.rewards.rights import (
    factors,
    found_rules,
    is_over,
    leading,
    led,
    results_newer,
    seen_by,
    steered,
    things_for,
)
from flows.results.rewards.shown import OPEN, own_body, row_of
from flows.results.rewards.telling import PROPOSE

TITLE = Words("Rewards", "奖励")
MOST = 40  # lines of one list
NOTHING = Words(
    "There is nothing for you here at the moment. You will be told when there is.",
    "目前没有可查看的内容，有内容时会通知你。",
)


def own(_records: RewardRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """Always the actor's own, whatever a button says."""
    return Thing("conversation", actor)


@view("rewards", may=("conversation", "hold"), of=own, command="reward",
      help=Words("rewards: yours, and your people's", "奖励：你的和团队成员的"))  # fmt: skip
def rewards(records: RewardRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Those of one's people first, as there is something to do; then what HR looks after, then one's own."""
    body: list[Element] = []
    led_in = leading(records, actor)
    for cycle, rules in led_in[:1]:
        body += team_body(records, actor, cycle, rules, now)
    for cycle, _ in led_in[1:4]:
        body.append(Row(same(cycle.name), Button(OPEN, Act("see", ("reward-team", str(cycle.id))))))
    if looked_after := steered(records, actor, "read", now) if actor.is_hr else []:
        body += [Divider(), Heading(Words("HR", "HR"))]
        body += [hr_row(records, cycle) for cycle in looked_after[:12]]
    mine = own_list(records, actor, now)
    if mine:
        body += [Divider(), Heading(Words("Yours", "你的")), *mine]
    return Screen(TITLE, tuple(body) or (Line(NOTHING),), place=Act("see", ("rewards",)))


@view("reward-mine", may=("conversation", "hold"), of=own, command="reward mine",
      help=Words("what has followed from your results", "查看你的奖励与后续安排"))  # fmt: skip
def mine(records: RewardRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """What is approved about the actor, from the day on which it may be seen."""
    body = own_list(records, actor, now) or [Line(NOTHING)]
    return Screen(TITLE, tuple(body), place=Act("see", ("reward-mine",)))


def own_list(records: RewardRecords, actor: Person, now: datetime) -> list[Element]:
    body: list[Element] = []
    for reward in seen_by(records, actor, now)[:MOST]:
        cycle, rules = found_rules(records, records.cycles.get(reward.cycle))
        body += [*([Divider()] if body else []), *own_body(reward, rules, cycle)]
    return body


def own_team(records: RewardRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """Those whom the actor leads in the cycle; who leads nobody has no such list."""
    cycle = whole(about[0]) if about else 0
    return Thing("cycle_team", actor) if records.participants.led_by(cycle, actor.id) else None


@view("reward-team", may=("cycle_team", "read"), of=own_team)
def team(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The actor's people in one cycle, with what is proposed for each."""
    cycle, rules = found_rules(records, named(records, about))
    body = team_body(records, actor, cycle, rules, now)
    return Screen(TITLE, tuple(body), place=Act("see", ("reward-team", str(cycle.id))))


def team_body(
    records: RewardRecords, actor: Person, cycle: Cycle, rules: Rules, now: datetime
) -> list[Element]:
    """The rest of the budget, then everybody by name."""
    body: list[Element] = [Heading(same(cycle.name)), *budget_lines(records, actor, cycle, rules)]
    over = is_over(rules, actor, now)
    day = day_words(rules.until)
    words = Words("Proposals were taken until {day}.", "提议已于 {day} 截止。") if over else Words(
        "Propose until the end of {day}. HR decides each.", "请在 {day} 结束前提议，由 HR 逐项审批。"
    )  # fmt: skip
    body.append(Note(words.fill(day=day)))
    people = led(records, actor, cycle)
    known = records.rewards.of_people(cycle.id, [one.id for one in people])
    newer = results_newer(records, cycle.id, known)
    things = things_for(records, actor, cycle, people, now)
    known_factors = factors(records, cycle, [one.id for one in people])
    for person in people:
        if person.id not in known_factors or not may(actor, "view", things.get(person.id), now):
            continue
        factor = known_factors[person.id]
        named_so = same(person.name)
        if factor is not None:
            named_so += Words(" · factor {factor}", " · 系数 {factor}").fill(factor=plain(factor))
        theirs = [one for one in known if one.person == person.id and one.state != "withdrawn"]
        words = join(KINDS[one.kind] for one in theirs) if theirs else Words("nothing proposed", "尚无提议")
        act = Act("open", ("reward-propose", f"{cycle.id}/{person.id}"))
        body.append(
            Row(words, Button(Words("Propose", "提议"), act), named_so) if not over else Line(named_so)
        )
        body += [row_of(one, rules, one.id in newer) for one in theirs]
    task = records.tasks.find(REWARD, cycle.id, actor.id, PROPOSE)
    if task is not None and task.state == "open":
        all_done = Button(Words("That is all", "没有更多提议"), Act("do", ("reward-done", str(cycle.id))))
        body.append(Buttons((all_done,)))
    return body


def budget_lines(records: RewardRecords, actor: Person, cycle: Cycle, rules: Rules) -> list[Element]:
    """Every budget that the actor's proposals draw on, with what is left of it."""
    places = records.participants.led_by(cycle.id, actor.id)
    found: dict[int, Budget] = {}
    for department in sorted({place.department for place in places}):
        if budget := records.rewards.budget_for(cycle.id, department, actor.id):
            found[budget.id] = budget
    if not found:
        return [Line(Words("HR has not set a budget yet.", "HR 尚未设置预算。"))]
    return [Facts(tuple(budget_row(records, one, rules) for one in found.values()))]


@deed("reward-done", may=("cycle_team", "read"), of=own_team)
def done(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """The manager wants no more: they are not reminded again, and may still propose until the last day."""
    task = records.tasks.find(REWARD, whole(about[0]), actor.id, PROPOSE)
    if task is None:
        raise NotThere
    if task.state == "open":
        close(records, replace(task, state="done", done_at=now))
    return Words(
        "Noted; you are not reminded again. You can still propose until the last day.",
        "已记录，不再提醒。截止日之前仍可提议。",
    )
