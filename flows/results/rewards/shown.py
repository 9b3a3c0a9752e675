"""One reward as whoever may look at it sees it: its person, whoever leads them, and HR, each with what they may do."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import may
from flows.results.ledger import plain
from flows.results.releasing.states import name_of
from flows.results.rewards.kinds import KINDS, PAID, STATES, TITLED, cost, in_short
from flows.results.rewards.letters import letter_buttons
from flows.results.rewards.records import Reward, RewardRecords, Rules
from flows.results.rewards.rights import (
    KIND,
    found_rules,
    is_seen,
    proposes,
    results_newer,
    seen_from,
    thing_for,
    whose_reward,
)

TITLE = Words("Reward", "奖励")
OPEN = Words("Open", "打开")
SURE = Words("Approved is final.", "批准后不能再修改。")
NEWER = Words(
    "The result has changed since this was proposed: look again.", "提议之后结果有变动，请重新确认。"
)


@view("reward", may=(KIND, "view"), of=whose_reward)
def reward_view(records: RewardRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """One reward; to its person only what is theirs to know."""
    reward = records.rewards.get(whole(about[0]))
    person = records.people.get(reward.person) if reward else None
    if reward is None or person is None:
        raise NotThere
    cycle, rules = found_rules(records, records.cycles.get(reward.cycle))
    place = Act("see", ("reward", about[0]))
    if actor.id == person.id:
        return Screen(TITLE, tuple(own_body(reward, rules, cycle)), place=place)
    body: list[Element] = [Heading(same(f"{person.name} · {cycle.name}"))]
    if results_newer(records, cycle.id, [reward]):
        body.append(Line(NEWER))
    body.append(Facts(facts(records, reward, rules)))
    if reward.note:
        body += [Line(Words("HR wrote:", "HR 的说明：")), Quote(reward.note)]
    body += texts(reward)
    body += told_when(reward, rules, person, now)
    buttons = [*letter_buttons(reward), *for_leader(records, actor, cycle, person, reward, now)]
    buttons += for_hr(records, actor, cycle, person, reward, now)
    if buttons:
        body.append(Buttons(tuple(buttons)))
    return Screen(TITLE, tuple(body), place=place)


def facts(records: RewardRecords, reward: Reward, rules: Rules) -> tuple[tuple[Words, Words], ...]:
    """Everything but the texts."""
    rows = [(Words("Kind", "类型"), KINDS[reward.kind]), (Words("State", "状态"), STATES[reward.state])]
    if reward.title:
        rows.append((title_name(reward), same(reward.title)))
    if reward.amount is not None:
        rows.append((Words("Amount", "金额"), cost(reward.kind, reward.amount, rules.currency)))
    if reward.valid_from is not None:
        rows.append((Words("Valid from", "生效日期"), same(reward.valid_from.isoformat())))
    if reward.coefficient is not None:
        rows.append((Words("Factor for pay", "薪酬系数"), same(plain(reward.coefficient))))
    rows.append((Words("Proposed by", "提议人"), same(name_of(records, reward.proposed_by))))
    by = [one for one in (reward.approved_by, reward.second_by) if one is not None]
    if by:
        rows.append((Words("Approved by", "批准人"), same(" · ".join(name_of(records, one) for one in by))))
    if reward.run is not None:
        rows.append((Words("Payroll run", "薪资批次"), same(reward.run)))
    if reward.replaces is not None:
        rows.append((Words("Corrects", "更正"), same(f"R-{reward.replaces}")))
    return (*rows, (Words("Reference", "编号"), same(f"R-{reward.id}")))


def title_name(reward: Reward) -> Words:
    return TITLED[reward.kind][1] if reward.kind in TITLED else Words("title", "名称")


def texts(reward: Reward) -> list[Element]:
    """The reason and the letter, in their writer's words."""
    body: list[Element] = [Line(Words("Why:", "理由：")), Quote(reward.why)] if reward.why else []
    if reward.letter:
        body += [Line(Words("Letter of praise:", "表扬信：")), Quote(reward.letter)]
    return body


def told_when(reward: Reward, rules: Rules, person: Person, now: datetime) -> list[Element]:
    """From when its person sees it; whoever leads them tells them first, and in person."""
    if reward.state != "approved":
        return []
    day = day_words(local_day(seen_from(rules, person), person.zone))
    if now >= seen_from(rules, person):
        return [Note(Words("{name} can see it.", "{name} 已可以看到。").fill(name=person.name))]
    words = Words(
        "{name} sees it from the morning of {day}. Tell them in person before.",
        "{name} 从 {day} 上午起可以看到，请在此之前当面告知。",
    )
    return [Note(words.fill(name=person.name, day=day))]


def for_leader(
    records: RewardRecords, actor: Person, cycle: Cycle, person: Person, reward: Reward, now: datetime
) -> list[Button]:
    """To change it, or take it back, before it is decided."""
    if reward.state not in ("proposed", "second", "returned") or reward.replaces is not None:
        return []
    if not proposes(records, actor, cycle, person, now):
        return []
    it = str(reward.id)
    return [
        Button(Words("Change", "修改"), Act("open", ("reward-change", it))),
        Button(
            Words("Take back", "撤回"), Act("do", ("reward-withdraw", it)), "danger",
            Words("HR will not decide it then.", "撤回后 HR 将不再审批。"),
        ),
    ]  # fmt: skip


def for_hr(
    records: RewardRecords, actor: Person, cycle: Cycle, person: Person, reward: Reward, now: datetime
) -> list[Button]:
    """To approve, send back, cancel or correct it, as its state allows; the deeds check everything anew."""
    thing = thing_for(records, actor, cycle, person, now)
    if not may(actor, "submit", thing, now):
        return []
    it, found = str(reward.id), []
    approve = Words("Approve", "批准")
    if reward.state == "proposed" and actor.id != reward.proposed_by:
        act = Act("do", ("reward-approve", it, str(reward.revision)))
        found.append(Button(approve, act, "primary", SURE))
    takes_second = reward.state == "second" and actor.id not in (reward.proposed_by, reward.approved_by)
    if takes_second and may(actor, "release", thing, now):
        act = Act("do", ("reward-second", it, str(reward.revision)))
        found.append(Button(approve, act, "primary", SURE))
    if reward.state in ("proposed", "second"):
        found.append(Button(Words("Send back", "退回"), Act("open", ("reward-return", it))))
    if reward.state == "approved" and reward.run is None and not is_seen(records, reward, person, now):
        found.append(Button(Words("Cancel it", "取消"), Act("open", ("reward-cancel", it)), "danger"))
    if reward.run is not None and reward.replaces is None and reward.kind in PAID:
        found.append(Button(Words("Correct the amount", "更正金额"), Act("open", ("reward-correct", it))))
    return found


def own_body(reward: Reward, rules: Rules, cycle: Cycle) -> list[Element]:
    """What its person sees: what it is, from when, and why."""
    body: list[Element] = [Heading(in_short(reward, rules)), Note(same(cycle.name))]
    if reward.valid_from is not None:
        body.append(
            Line(Words("Valid from {day}.", "自 {day} 起生效。").fill(day=reward.valid_from.isoformat()))
        )
    body += texts(reward)
    if reward.kind == "warning":
        body.append(Note(TALK))
    if buttons := letter_buttons(reward, own=True):
        body.append(Buttons(tuple(buttons)))
    if reward.channel:
        body.append(Note(Words("You have had it posted to a channel.", "你已同意将它发布到频道。")))
    return body


TALK = Words(
    "Only you, the managers above you and HR see this. Talk to your manager or HR if you have questions.",
    "只有你、你的上级和 HR 可以看到。如有疑问，请与上级或 HR 沟通。",
)


def row_of(reward: Reward, rules: Rules, newer: bool, name: str = "") -> Row:
    """One reward in a list, with where it stands."""
    words = in_short(reward, rules) + same("\n") + STATES[reward.state]
    if newer and reward.state in ("proposed", "second", "returned"):
        words += Words(" · the result changed: look again", " · 结果有变动，请重新确认")
    button = Button(OPEN, Act("see", ("reward", str(reward.id))))
    return Row(words, button, same(name) if name else None)
