"""What HR looks after: a cycle's rewards with its budgets, what waits, and what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Note, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.hr.scope import named
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import may
from flows.results.rewards.budgets import budget_row
from flows.results.rewards.kinds import STATES
from flows.results.rewards.records import Reward, RewardRecords, Rules, State
from flows.results.rewards.rights import (
    budget_of,
    budget_thing,
    found_rules,
    readable,
    results_newer,
    things_for,
)
from flows.results.rewards.shown import OPEN, row_of

TITLE = Words("Rewards", "奖励")
MOST = 40  # lines of one list


def hr_row(records: RewardRecords, cycle: Cycle) -> Row:
    """A released cycle, with how its rewards stand."""
    act = Act("see", ("reward-cycle", str(cycle.id)))
    if records.rewards.rules(cycle.id) is None:
        words = Words("not opened", "未开放")
        return Row(
            words,
            Button(Words("Open rewards", "开放奖励"), Act("open", ("reward-open", str(cycle.id)))),
            same(cycle.name),
        )
    waiting = records.rewards.in_state(cycle.id, ("proposed", "second"), 1)
    words = Words("waits for HR", "等待审批") if waiting else Words("nothing waits", "没有待审批的提议")
    return Row(words, Button(OPEN, act), same(cycle.name))


@view("reward-cycle", may=("reward_budget", "read"), of=budget_thing)
def cycle_view(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """A cycle's rewards for HR: budgets, what waits, what is decided."""
    cycle, rules = found_rules(records, named(records, about))
    body: list[Element] = [Heading(same(cycle.name))]
    it = str(cycle.id)
    if may(actor, "set", budget_of(records, actor, cycle), now):
        body.append(
            Buttons(
                (
                    Button(Words("Budgets", "预算"), Act("open", ("reward-budgets", it))),
                    Button(Words("Base amounts", "奖金基数"), Act("open", ("reward-bases", it))),
                    Button(Words("Change the rules", "修改规则"), Act("open", ("reward-open", it))),
                )
            )
        )
        if budgets := records.rewards.budgets(cycle.id):
            body.append(Facts(tuple(budget_row(records, one, rules) for one in budgets[:MOST])))
        body.append(Note(counted(records, cycle)))
    for title, states in SECTIONS:
        body += section(records, actor, cycle, rules, title, states, now)
    body += without_leader(records, actor, cycle, now)
    return Screen(TITLE, tuple(body), place=Act("see", ("reward-cycle", it)))


SECTIONS: tuple[tuple[Words, tuple[State, ...]], ...] = (
    (Words("Waits for HR", "等待审批"), ("proposed", "second")),
    (Words("Sent back", "已退回"), ("returned",)),
    (Words("Approved", "已批准"), ("approved",)),
)


def counted(records: RewardRecords, cycle: Cycle) -> Words:
    """How many there are in each state."""
    counts = records.rewards.counts(cycle.id)
    parts = [STATES[state] + same(f": {counts[state]}") for state in STATES if state in counts]
    return join(parts) if parts else Words("Nothing is proposed yet.", "尚无提议。")


def section(
    records: RewardRecords,
    actor: Person,
    cycle: Cycle,
    rules: Rules,
    title: Words,
    states: Sequence[State],
    now: datetime,
) -> list[Element]:
    """The oldest of these states whom the actor may look at, by name."""
    found: list[Reward] = readable(
        records, actor, cycle, records.rewards.in_state(cycle.id, states, 10 * MOST), now
    )
    if not found:
        return []
    newer = results_newer(records, cycle.id, found)
    names = {one.id: one.name for one in records.people.many({reward.person for reward in found})}
    body: list[Element] = [Divider(), Heading(title)]
    body += [row_of(one, rules, one.id in newer, names.get(one.person, "–")) for one in found[:MOST]]
    if len(found) > MOST:
        more = Words("The others follow as these are decided.", "其余的会在处理后依次显示。")
        body.append(Note(more))
    return body


def without_leader(records: RewardRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """Whom nobody leads: HR proposes for them."""
    ids = [place.person for place in records.participants.without_manager(cycle.id)]
    body: list[Element] = []
    people = records.people.many(ids[:MOST])
    things = things_for(records, actor, cycle, people, now)
    for person in people:
        if may(actor, "create", things.get(person.id), now) and records.ledger.latest(cycle.id, person.id):
            act = Act("open", ("reward-propose", f"{cycle.id}/{person.id}"))
            body.append(
                Row(
                    Words("no manager: HR proposes", "没有上级：由 HR 提议"),
                    Button(Words("Propose", "提议"), act),
                    same(person.name),
                )
            )
    return [Divider(), *body] if body else []
