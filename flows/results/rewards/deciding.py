"""HR approves a proposal, a second person above the limit, or sends it back with the reason; a person decides each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.kinds import Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.rewards.kinds import STATES
from flows.results.rewards.proposing import give_back
from flows.results.rewards.records import Reward, RewardRecords, Rules
from flows.results.rewards.rights import KIND, found_rules, results_newer, whose_reward
from flows.results.rewards.telling import tell_hr, tell_person, tell_proposer


def to_decide(records: RewardRecords, about: tuple[str, ...]) -> tuple[Cycle, Rules, Reward, Person]:
    """The proposal that a button names, held for this transaction."""
    reward = records.rewards.lock(whole(about[0]))
    person = records.people.get(reward.person) if reward else None
    if reward is None or person is None:
        raise NotThere
    cycle, rules = found_rules(records, records.cycles.get(reward.cycle))
    return cycle, rules, reward, person


@deed("reward-approve", may=(KIND, "submit"), of=whose_reward)
def approve(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Approve what was read: it is final, or waits for the second person."""
    cycle, rules, reward, person = to_decide(records, about)
    refuse_state(records, reward, "proposed")
    refuse_own(actor, reward)
    refuse_changed(records, reward, about)
    approved = replace(reward, approved_by=actor.id, approved_at=now, revision=reward.revision + 1)
    if rules.second is not None and reward.amount is not None and abs(reward.amount) > rules.second:
        waits = replace(approved, state="second")
        records.rewards.save(waits)
        noted(records, actor, waits, "reward.approve", now)
        tell_hr(records, cycle, waits, person, now)
        return Words(
            "Approved as the first. Its amount takes a second HR admin, who has been told.",
            "你已作为第一位批准。由于金额较大，还需另一位 HR 管理员批准，已通知。",
        )
    return final(records, actor, cycle, rules, replace(approved, state="approved"), person, now)


@deed("reward-second", may=(KIND, "release"), of=whose_reward)
def second(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Approve it as the second person."""
    cycle, rules, reward, person = to_decide(records, about)
    refuse_state(records, reward, "second")
    refuse_own(actor, reward)
    refuse_changed(records, reward, about)
    made = replace(reward, state="approved", second_by=actor.id, revision=reward.revision + 1)
    return final(records, actor, cycle, rules, made, person, now)


def final(
    records: RewardRecords,
    actor: Person,
    cycle: Cycle,
    rules: Rules,
    made: Reward,
    person: Person,
    now: datetime,
) -> Words:
    records.rewards.save(made)
    noted(records, actor, made, "reward.approve", now)
    tell_proposer(records, cycle, made, now)
    tell_person(records, rules, [person], now)
    return Words("Approved.", "已批准。")


def noted(records: RewardRecords, actor: Person, reward: Reward, action: str, now: datetime) -> None:
    detail = {
        "person": reward.person,
        "kind": reward.kind,
        "state": reward.state,
        "revision": reward.revision,
    }
    records.audit.note(now, actor.id, action, f"reward/{reward.id}", detail)


def refuse_state(records: RewardRecords, reward: Reward, wanted: str) -> None:
    """Of two who decide at once, the second hears of the first."""
    if reward.state == wanted:
        return
    by = records.people.get(reward.second_by or reward.approved_by or reward.proposed_by)
    raise Refusal(
        "This is {state} by now ({name}). Nothing was done twice; look at it again.",
        "该项目前{state}（{name}），没有重复操作，请重新查看。",
        state=STATES[reward.state], name=by.name if by else "–",
    )  # fmt: skip


def refuse_own(actor: Person, reward: Reward) -> None:
    """Nobody approves what they proposed, nor twice."""
    if actor.id == reward.proposed_by:
        raise Refusal(
            "You proposed this yourself, so somebody else of HR has to approve it.",
            "这是你本人提议的，需要另一位 HR 批准。",
        )
    if actor.id == reward.approved_by:
        raise Refusal(
            "You approved it as the first, so another HR admin has to be the second.",
            "你已作为第一位批准，需要另一位 HR 管理员批准。",
        )


def refuse_changed(records: RewardRecords, reward: Reward, about: tuple[str, ...]) -> None:
    """Nobody approves what they have not read, nor what rests on an older result."""
    if about[1:] != (str(reward.revision),):
        raise Refusal(
            "This was changed after you opened it. Look at it again, then decide.",
            "你打开之后内容有改动，请重新查看后再决定。",
        )
    if results_newer(records, reward.cycle, [reward]):
        raise Refusal(
            "The result has changed since this was proposed. Send it back, so that it is looked at again.",
            "提议之后结果有变动，请退回，由提议人重新确认。",
        )


RETURN = Words("Send back", "退回")
WHY = Question("why", Words("What should change?", "需要修改什么？"), Text(3, 500))


def to_return(records: RewardRecords, _actor: Person, subject: str, _now: datetime) -> Reward:
    reward = records.rewards.get(whole(subject))
    if reward is None:
        raise NotThere
    if reward.state not in ("proposed", "second"):
        refuse_state(records, reward, "proposed")
    return reward


def keep_return(records: RewardRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    """Send it back; it uses none of the budget until it is proposed again."""
    cycle, _, reward, _ = to_decide(records, (subject,))
    to_return(records, actor, subject, now)
    give_back(records, reward)
    made = replace(
        reward, state="cancelled" if reward.replaces else "returned", note=why, approved_by=None, approved_at=None,
        revision=reward.revision + 1,
    )  # fmt: skip
    records.rewards.save(made)
    noted(records, actor, made, "reward.return", now)
    tell_proposer(records, cycle, made, now)
    return Words("Sent back with your reason.", "已附上原因退回。")


@flow(
    "reward-return",
    RETURN,
    may=(KIND, "submit"),
    of=whose_reward,
    facts=to_return,
    keep=keep_return,
    again=True,
)
def send_back(ask: Ask, _reward: Reward) -> str:
    note = Words("Whoever proposes for them reads it.", "提议人会看到。")
    return str(ask.form(Questionnaire("back", RETURN, (WHY,), note))["why"])
