"""HR opens rewards for a cycle whose results are released: which kinds, until when, from when people see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from flows.core.catalog import flow
from flows.core.kinds import Choices, Day, Money, Text
from flows.core.page import Question, Questionnaire, as_options
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Kept
from flows.core.words import Words
from flows.cycle.broadcasts.pages import CHANNEL
from flows.cycle.calendar import local_day
from flows.cycle.hr.scope import RUNNING, none_there
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.cycle.template import RewardKind
from flows.people.person import Person
from flows.results.releasing.states import is_released
from flows.results.rewards.kinds import KINDS
from flows.results.rewards.lines import some
from flows.results.rewards.records import RewardRecords, Rules
from flows.results.rewards.rights import budget_thing, steered
from flows.results.rewards.telling import plan_asking, plan_seeing

TITLE = Words("Rewards of a cycle", "周期奖励")
TO_PROPOSE, TO_DECIDE = timedelta(days=14), timedelta(days=28)  # how long is proposed to HR for either


@dataclass(frozen=True, slots=True)
class Known:
    """The cycle, its rewards as they are opened already, and today."""

    cycle: Cycle
    rules: Rules | None
    today: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """What HR has chosen."""

    kinds: tuple[RewardKind, ...]
    until: date
    seen_on: date
    second: tuple[Decimal, str] | None
    channel: str
    company: str


def known(records: RewardRecords, actor: Person, subject: str, now: datetime) -> Known:
    """Refuses a cycle whose results are not released."""
    cycle = records.cycles.get(whole(subject))
    if cycle is None or cycle.state not in ("live", "closed") or not is_released(records, cycle.id):
        raise Refusal(
            "Rewards follow from results, and those of this cycle are not released. Release them with /cycle release.",
            "奖励以结果为依据，而该周期的结果尚未发布。请先用 /cycle release 发布。",
        )
    return Known(cycle, records.rewards.rules(cycle.id), local_day(now, actor.zone))


def newest(records: RewardRecords, actor: Person, now: datetime) -> str:
    """The newest cycle whose rewards the actor may open."""
    found = steered(records, actor, "set", now)
    if not found:
        raise none_there(RUNNING) if not records.cycles.in_state(*RUNNING) else Refusal(
            "There is no cycle of yours whose results are released. Rewards come after that: /cycle release.",
            "没有已发布结果的周期。请先用 /cycle release 发布结果，再开放奖励。",
        )  # fmt: skip
    return str(found[0].id)


def one_channel(text: str) -> str:
    """The channel that is named by link, mention or id; refuses what names none."""
    match = CHANNEL.fullmatch(text.strip())
    if match is None:
        raise Refusal(
            "{text} names no channel. Open the channel, choose “Copy link”, and paste the link here.",
            "{text} 不是频道。请打开频道，选择“复制链接”，粘贴到这里。", text=text[:60],
        )  # fmt: skip
    return match[1] or match[2] or match[3]


MEMBER = Words("Its link. perfloop has to be a member of it.", "频道链接，需先邀请 perfloop 加入。")


SEEN_ON = Words("From which day do people see what is approved?", "员工从哪天起可以看到已批准的内容？")
SECOND = Words("Above which amount does a second person approve?", "超过多少金额需要第二位 HR 批准？")
NONE = Words("Left empty: no amount needs one.", "留空表示都不需要。")
CHANNEL_FOR = Words("Channel for letters of praise", "发布表扬信的频道")
COMPANY = Words("The company's name on letters of praise", "表扬信上的公司名称")
AGREED = Words(" A letter is posted only if its person agrees.", "仅在本人同意后发布。")


def page(has: Known) -> Questionnaire:
    """All questions on one screen."""
    currency = has.cycle.template.rewards.currency
    offered = as_options({kind: KINDS[kind] for kind in has.cycle.template.rewards.kinds})
    questions = (
        Question("kinds", Words("What may be proposed?", "可以提议哪些奖励？"), Choices(offered, 1)),
        Question("until", Words("Last day for managers to propose", "上级提议的最后一天"), Day(has.today)),
        Question("seen_on", SEEN_ON, Day(has.today)),
        Question("second", SECOND, Money(currency), optional=True, hint=NONE),
        Question("channel", CHANNEL_FOR, Text(1, 300, one_channel), optional=True, hint=MEMBER + AGREED),
        Question("company", COMPANY, Text(1, 60), optional=True),
    )  # fmt: skip
    note = Words(
        "{cycle}: all amounts are in {currency}. Nothing is approved by time or by a rule: people of HR approve each.",
        "{cycle}：金额均以 {currency} 计。任何奖励都不会自动批准，须由 HR 逐项审批。",
    ).fill(cycle=has.cycle.name, currency=currency)
    return Questionnaire("round", TITLE, questions, note)


def start(has: Known) -> Mapping[str, Kept]:
    """What stands in the form: as it is opened, else what the template says."""
    is_now = has.rules
    rules = has.cycle.template.rewards
    second = is_now.second if is_now else rules.second
    return {
        "kinds": list(is_now.kinds if is_now else rules.kinds),
        "until": (is_now.until if is_now else has.today + TO_PROPOSE).isoformat(),
        "seen_on": (is_now.seen_on if is_now else has.today + TO_DECIDE).isoformat(),
        "second": [f"{second:f}", rules.currency] if second is not None else None,
        "channel": is_now.channel if is_now and is_now.channel else None,
        "company": is_now.company if is_now and is_now.company else None,
    }


def keep(records: RewardRecords, actor: Person, subject: str, wanted: Wanted, now: datetime) -> Words:
    """Open them, or change what was opened; managers are asked, and due days that moved are told by the digest."""
    has = known(records, actor, subject, now)
    currency = has.cycle.template.rewards.currency
    if wanted.seen_on < wanted.until:
        raise Refusal(
            "People would see rewards while managers still propose. Choose a day from {day} on.",
            "提议尚未结束时员工就会看到结果，请选择 {day} 或之后的日期。", day=wanted.until,
        )  # fmt: skip
    second = some(*wanted.second, currency) if wanted.second else None
    made = Rules(
        has.cycle.id, wanted.kinds, currency, second, wanted.until, wanted.seen_on, wanted.channel, wanted.company,
        has.rules.opened_by if has.rules else actor.id, has.rules.opened_at if has.rules else now,
    )  # fmt: skip
    records.rewards.save_rules(made)
    detail = {"kinds": list(made.kinds), "until": made.until.isoformat(), "seen_on": made.seen_on.isoformat(),
              "second": str(made.second) if made.second is not None else ""}  # fmt: skip
    records.audit.note(now, actor.id, "reward.open", f"cycle/{has.cycle.id}", detail)
    plan_asking(records, has.cycle, made, has.rules, now)
    if has.rules and has.rules.seen_on != made.seen_on:
        plan_seeing(records, has.cycle, made, now)
    if has.rules:
        return Words("Changed. What was proposed stays.", "已修改，已有的提议保留。")
    return Words(
        "Open. Managers are asked to propose. Set the budgets next: nothing that costs money can be proposed before.",
        "已开放，系统会请上级提议。请接着设置预算：设置之前无法提议涉及金额的奖励。",
    )


@flow(
    "reward-open", TITLE, may=("reward_budget", "set"), of=budget_thing, facts=known, keep=keep, subject=newest, again=True,
    command="reward open", help=Words("HR: open rewards for a cycle", "HR：为周期开放奖励"),
)  # fmt: skip
def open_rewards(ask: Ask, has: Known) -> Wanted:
    said = ask.form(page(has), start=start(has))
    return Wanted(
        tuple(said["kinds"] or ()),
        said["until"] or has.today,
        said["seen_on"] or has.today,
        said["second"],
        one_channel(said["channel"]) if said["channel"] else "",
        said["company"] or "",
    )
