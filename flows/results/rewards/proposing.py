"""A manager proposes what follows from a result, inside the budget; changes it, or takes it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.records import Version
from flows.results.rewards.form import TITLE, Proposing, Wanted, about, as_answers, left_words, propose_form
from flows.results.rewards.kinds import KINDS, STATES, USING, money
from flows.results.rewards.lines import some
from flows.results.rewards.records import Reward, RewardRecords, Rules
from flows.results.rewards.rights import (
    KIND,
    factors,
    found_rules,
    is_over,
    proposes,
    whose_person,
    whose_reward,
)
from flows.results.rewards.telling import tell_hr

ONCE = frozenset({"bonus", "raise", "promotion", "role", "warning"})
"""Of these a person gets one in a cycle; who wants another amount changes what is proposed."""


def for_person(
    records: RewardRecords, actor: Person, subject: str, now: datetime, reward: Reward | None = None
) -> Proposing:
    """What is known of the person; refuses where the actor does not propose for them, or not any more."""
    first, _, second = subject.partition("/")
    cycle, rules = found_rules(records, records.cycles.get(whole(first)))
    person = records.people.get(whole(second))
    place = records.participants.get(cycle.id, person.id) if person else None
    if person is None or place is None:
        raise NotThere
    if not proposes(records, actor, cycle, person, now):
        raise Refusal(
            "{name} is led by somebody else in {cycle}, who proposes for them.",
            "{name} 在{cycle}中由其他人带领，由其上级提议。", name=person.name, cycle=cycle.name,
        )  # fmt: skip
    version = rated(records, cycle, person)
    base = records.rewards.bases(cycle.id, [person.id]).get(person.id)
    budget = records.rewards.budget_for(cycle.id, place.department, place.manager)
    if budget and reward and reward.budget == budget.id and reward.state in USING:
        budget = replace(budget, used=budget.used - (reward.amount or Decimal(0)))  # it may use its own again
    factor = factors(records, cycle, [person.id]).get(person.id)
    today = local_day(now, actor.zone)
    return Proposing(cycle, rules, person, place, version.version, factor, base, budget, today, reward)


def rated(records: RewardRecords, cycle: Cycle, person: Person) -> Version:
    """The person's result as it stands; refuses where there is none."""
    version = records.ledger.latest(cycle.id, person.id)
    if version is None:
        raise Refusal(
            "{name} has no result in {cycle}, and rewards follow from results.",
            "{name} 在{cycle}中没有结果，无法提议奖励。", name=person.name, cycle=cycle.name,
        )  # fmt: skip
    return version


def to_change(records: RewardRecords, actor: Person, subject: str, now: datetime) -> Proposing:
    """The same for what is proposed already."""
    reward = records.rewards.get(whole(subject))
    if reward is None:
        raise NotThere
    refuse_decided(reward)
    return for_person(records, actor, f"{reward.cycle}/{reward.person}", now, reward)


def refuse_decided(reward: Reward) -> None:
    """What is decided does not change any more."""
    if reward.state in ("approved", "withdrawn", "cancelled") or reward.replaces is not None:
        raise Refusal(
            "This is {state}, so it does not change any more. Look at it on /reward.",
            "该项{state}，不能再修改。可在 /reward 中查看。", state=STATES[reward.state],
        )  # fmt: skip


def refuse_over(rules: Rules, actor: Person, now: datetime) -> None:
    if is_over(rules, actor, now):
        raise Refusal(
            "Proposals were taken until {day}. HR can set a later day on /reward open; what you typed is kept.",
            "提议已于 {day} 截止。HR 可以通过 /reward open 延期；你填写的内容已保留。", day=day_words(rules.until),
        )  # fmt: skip


def keep_new(records: RewardRecords, actor: Person, subject: str, wanted: Wanted, now: datetime) -> Words:
    """Draw on the budget and keep the proposal; refuses what is above it."""
    has = for_person(records, actor, subject, now)
    refuse_over(has.rules, actor, now)
    records.participants.lock(has.cycle.id, has.person.id)  # two at once: the second sees the first
    for one in records.rewards.of_people(has.cycle.id, [has.person.id]):
        if (
            one.kind == wanted.kind
            and one.kind in ONCE
            and one.state in (*USING, "returned")
            and one.replaces is None
        ):
            raise Refusal(
                "{what} for {name} is there already: {state}. Change that one on /reward instead.",
                "{name}的{what}已存在：{state}。请在 /reward 中修改。",
                what=KINDS[one.kind], name=has.person.name, state=STATES[one.state],
            )  # fmt: skip
    made = drawn(records, has, as_reward(has, actor, wanted, now))
    made = records.rewards.add(made)
    told(records, has, made, "reward.propose", actor, now)
    return kept_words(records, has)


def keep_changed(records: RewardRecords, actor: Person, subject: str, wanted: Wanted, now: datetime) -> Words:
    """The same for what is proposed already: it waits for HR anew."""
    locked = records.rewards.lock(whole(subject))
    if locked is None:
        raise NotThere
    has = to_change(records, actor, subject, now)
    refuse_over(has.rules, actor, now)
    made = as_reward(has, actor, wanted, now)
    made = drawn(
        records, has, replace(made, id=locked.id, revision=locked.revision + 1, channel=locked.channel)
    )
    records.rewards.save(made)
    told(records, has, made, "reward.change", actor, now)
    return kept_words(records, has)


def as_reward(has: Proposing, actor: Person, wanted: Wanted, now: datetime) -> Reward:
    amount = some(*wanted.amount, has.rules.currency) if wanted.amount else None
    return Reward(
        0, has.cycle.id, has.person.id, wanted.kind, "proposed", amount, wanted.title, wanted.why, wanted.letter,
        wanted.valid_from, has.version, has.coefficient, has.budget.id if has.budget and amount is not None else None,
        actor.id, now,
    )  # fmt: skip


def drawn(records: RewardRecords, has: Proposing, made: Reward) -> Reward:
    """Take the amount from the budget, and give back what it used before; refuses before anything is changed."""
    before = has.reward if has.reward and has.reward.state in USING and has.reward.budget else None
    if made.amount is None:
        give_back(records, before)
        return made
    if made.budget is None:
        raise Refusal(
            "There is no budget for {department} yet, so nothing that costs money can be proposed. Ask HR to set one; "
            "what you typed is kept.",
            "{department}尚无预算，暂不能提议涉及金额的奖励。请联系 HR 设置预算；你填写的内容已保留。",
            department=has.place.department,
        )  # fmt: skip
    same_budget = before is not None and before.budget == made.budget
    more = made.amount - (before.amount or Decimal(0)) if before and same_budget else made.amount
    if not records.rewards.draw(made.budget, more):
        raise above(records, has, made.amount)
    if not same_budget:
        give_back(records, before)
    return made


def give_back(records: RewardRecords, reward: Reward | None) -> None:
    """What waits no more is not used any more."""
    if reward and reward.budget and reward.amount is not None and reward.state in USING:
        records.rewards.draw(reward.budget, -reward.amount)


def above(records: RewardRecords, has: Proposing, amount: Decimal) -> Refusal:
    """The no to a proposal above the budget: how much is left."""
    budget = records.rewards.budget_for(has.cycle.id, has.place.department, has.place.manager)
    left = budget.left if budget else Decimal(0)
    if budget and has.reward and has.reward.budget == budget.id and has.reward.state in USING:
        left += has.reward.amount or Decimal(0)
    currency = has.rules.currency
    return Refusal(
        "{amount} is above the budget: {left} is left. Propose at most that, or ask HR for more; what you typed is kept.",
        "{amount} 超出预算：剩余 {left}。请不超过这个金额，或向 HR 申请增加预算；你填写的内容已保留。",
        amount=money(amount, currency), left=money(left, currency),
    )  # fmt: skip


def told(
    records: RewardRecords, has: Proposing, made: Reward, action: str, actor: Person, now: datetime
) -> None:
    """HR hears that something waits; the audit log has who, for whom and which kind."""
    tell_hr(records, has.cycle, made, has.person, now)
    detail = {"person": made.person, "kind": made.kind, "revision": made.revision}
    records.audit.note(now, actor.id, action, f"reward/{made.id}", detail)


def kept_words(records: RewardRecords, has: Proposing) -> Words:
    budget = records.rewards.budget_for(has.cycle.id, has.place.department, has.place.manager)
    words = Words("Proposed. HR decides; you will be told.", "已提议，由 HR 审批，结果会通知你。")
    return words + left_words(budget, has.rules) if budget else words


propose = flow(
    "reward-propose", TITLE, may=(KIND, "create"), of=whose_person, facts=for_person, keep=keep_new, about=about,
    again=True,
)(propose_form)  # fmt: skip
change = flow(
    "reward-change", Words("Change a proposal", "修改提议"), may=(KIND, "create"), of=whose_reward, facts=to_change,
    keep=keep_changed, about=about, again=True, prefill=as_answers,
)(propose_form)  # fmt: skip


@deed("reward-withdraw", may=(KIND, "create"), of=whose_reward)
def withdraw(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take it back, as long as HR has not decided."""
    reward = records.rewards.lock(whole(about[0]))
    cycle = records.cycles.get(reward.cycle) if reward else None
    person = records.people.get(reward.person) if reward else None
    if reward is None or cycle is None or person is None or not proposes(records, actor, cycle, person, now):
        raise NotThere
    if reward.state == "withdrawn":
        return Words("It is taken back already.", "已经撤回。")
    refuse_decided(reward)
    give_back(records, reward)
    records.rewards.save(replace(reward, state="withdrawn", revision=reward.revision + 1))
    records.audit.note(now, actor.id, "reward.withdraw", f"reward/{reward.id}", {"person": reward.person})
    return Words("Taken back.", "已撤回。")
