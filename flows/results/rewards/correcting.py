"""HR cancels what is approved and not paid yet, or corrects what was paid by a further row with the difference."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Money, Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.results.rewards.deciding import noted, to_decide
from flows.results.rewards.kinds import USING, money
from flows.results.rewards.lines import sound
from flows.results.rewards.proposing import give_back
from flows.results.rewards.records import Reward, RewardRecords, Rules
from flows.results.rewards.rights import KIND, found_rules, is_seen, whose_reward
from flows.results.rewards.telling import tell_hr, tell_proposer

CANCEL, CORRECT = Words("Cancel it", "取消"), Words("Correct the amount", "更正金额")
WHY = Question("why", Words("Why?", "原因？"), Text(3, 500))


def to_cancel(records: RewardRecords, _actor: Person, subject: str, now: datetime) -> Reward:
    """Refuses what is not approved, is paid, or was seen by its person."""
    reward = records.rewards.get(whole(subject))
    person = records.people.get(reward.person) if reward else None
    if reward is None or person is None:
        raise NotThere
    if reward.state != "approved":
        raise Refusal("Only what is approved can be cancelled.", "只有已批准的项目才能取消。")
    if reward.run is not None:
        raise Refusal(
            "It was exported for payroll. Correct the amount instead: the difference is a row of its own.",
            "该项已导出到薪资，请改为更正金额：差额会作为新的一行。",
        )
    if is_seen(records, reward, person, now):
        raise Refusal(
            "Its person could see it already, and what is told is not taken back.",
            "本人已经可以看到，已告知的内容不能收回。",
        )
    return reward


def keep_cancelled(records: RewardRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    """It is cancelled and uses none of the budget."""
    cycle, _, reward, _ = to_decide(records, (subject,))
    to_cancel(records, actor, subject, now)
    give_back(records, reward)
    made = replace(reward, state="cancelled", note=why, revision=reward.revision + 1)
    records.rewards.save(made)
    noted(records, actor, made, "reward.cancel", now)
    tell_proposer(records, cycle, made, now)
    return Words("Cancelled.", "已取消。")


@flow(
    "reward-cancel",
    CANCEL,
    may=(KIND, "submit"),
    of=whose_reward,
    facts=to_cancel,
    keep=keep_cancelled,
    again=True,
)
def cancel(ask: Ask, _reward: Reward) -> str:
    return str(ask.form(Questionnaire("cancel", CANCEL, (WHY,)))["why"])


@dataclass(frozen=True, slots=True)
class Correcting:
    """What was paid, and what it comes to with every correction so far."""

    reward: Reward
    rules: Rules
    total: Decimal


@dataclass(frozen=True, slots=True)
class Right:
    """What it should have been."""

    amount: tuple[Decimal, str]
    why: str


def to_correct(records: RewardRecords, _actor: Person, subject: str, _now: datetime) -> Correcting:
    """Refuses what was not paid, or while a correction waits."""
    reward = records.rewards.get(whole(subject))
    if reward is None or reward.amount is None:
        raise NotThere
    _, rules = found_rules(records, records.cycles.get(reward.cycle))
    if reward.run is None or reward.replaces is not None:
        raise Refusal(
            "Only what was exported for payroll is corrected. What was not can be cancelled and proposed anew.",
            "只有已导出到薪资的项目才能更正；尚未导出的可以取消后重新提议。",
        )
    more = [
        one for one in records.rewards.of_people(reward.cycle, [reward.person]) if one.replaces == reward.id
    ]
    if any(one.state in ("proposed", "second") for one in more):
        raise Refusal("A correction of it waits for approval already.", "已有一项更正在等待审批。")
    corrected = sum((one.amount or Decimal(0) for one in more if one.state in USING), reward.amount)
    return Correcting(reward, rules, corrected)


def keep_correct(records: RewardRecords, actor: Person, subject: str, right: Right, now: datetime) -> Words:
    """Propose the difference; another person of HR approves it, and the next run pays it."""
    cycle, rules, locked, person = to_decide(records, (subject,))
    has = to_correct(records, actor, subject, now)
    more = sound(*right.amount, rules.currency) - has.total
    if more == 0:
        raise Refusal("That is what it comes to already.", "金额没有变化。")
    if locked.budget is not None and not records.rewards.draw(locked.budget, more):
        raise Refusal(
            "The budget has not enough left for {more} more. Raise it first; what you typed is kept.",
            "预算不足以再增加 {more}。请先增加预算；你填写的内容已保留。", more=money(more, rules.currency),
        )  # fmt: skip
    made = records.rewards.add(
        replace(
            locked, id=0, state="proposed", amount=more, why=right.why, letter="", proposed_by=actor.id,
            proposed_at=now, revision=1, approved_by=None, approved_at=None, second_by=None, note="", run=None,
            replaces=locked.id, channel="", version=latest(records, locked),
        )
    )  # fmt: skip
    noted(records, actor, made, "reward.correct", now)
    tell_hr(records, cycle, made, person, now)
    return Words(
        "The difference of {more} waits for another person of HR to approve it.",
        "差额 {more} 等待另一位 HR 批准。",
    ).fill(more=money(more, rules.currency))


def latest(records: RewardRecords, reward: Reward) -> int:
    version = records.ledger.latest(reward.cycle, reward.person)
    return version.version if version else reward.version


@flow(
    "reward-correct",
    CORRECT,
    may=(KIND, "submit"),
    of=whose_reward,
    facts=to_correct,
    keep=keep_correct,
    again=True,
)
def correct(ask: Ask, has: Correcting) -> Right:
    note = Words("It was {amount} so far.", "目前为 {amount}。").fill(
        amount=money(has.total, has.rules.currency)
    )
    asked = Question("amount", Words("What should it be?", "应为多少？"), Money(has.rules.currency))
    said = ask.form(Questionnaire("right", CORRECT, (asked, WHY), note))
    return Right(said["amount"] or (Decimal(0), has.rules.currency), said["why"] or "")
