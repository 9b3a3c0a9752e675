"""The form of a proposal: what kind it is, then what that kind asks for, with the budget's rest always beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.core.kinds import Choice, Day, Money, Text
from flows.core.page import Question, Questionnaire, as_options
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.rounding import half_up
from flows.core.said import Kept
from flows.core.words import Words, same
from flows.cycle.records import Cycle, Participant
from flows.cycle.template import RewardKind
from flows.people.person import Person
from flows.results.ledger import plain
from flows.results.rewards.kinds import A_YEAR, KINDS, MAY_HAVE_AMOUNT, NEEDS_AMOUNT, PAID, TITLED, money
from flows.results.rewards.records import Budget, Reward, Rules

TITLE = Words("Propose a reward", "提议奖励")
CENT = Decimal("0.01")
WHY, LETTER, LINES = (
    1000,
    1200,
    24,
)  # characters of the reason and of a letter, and its lines: it is one picture


@dataclass(frozen=True, slots=True)
class Proposing:
    """For whom, by which rules, and what the result says of pay. `reward` is what is changed; None: it is new."""

    cycle: Cycle
    rules: Rules
    person: Person
    place: Participant
    version: int
    coefficient: Decimal | None
    base: Decimal | None
    budget: Budget | None
    today: date
    reward: Reward | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is proposed."""

    kind: RewardKind
    title: str
    amount: tuple[Decimal, str] | None
    valid_from: date | None
    why: str
    letter: str


def propose_form(ask: Ask, has: Proposing) -> Wanted:
    """The two pages."""
    asked = Question(
        "kind",
        Words("What do you propose?", "提议什么？"),
        Choice(as_options({k: KINDS[k] for k in offered(has)})),
    )
    kind: RewardKind = (
        ask.form(Questionnaire("kind", TITLE, (asked,), beside_all(has)))["kind"] or has.rules.kinds[0]
    )
    said = ask.form(
        Questionnaire(f"as_{kind}", KINDS[kind], questions(has, kind), beside_all(has)),
        start=start(has, kind),
    )
    return Wanted(
        kind, said.get("title") or "", said.get("amount"), said.get("valid_from"), said["why"] or "", said.get("letter") or "",
    )  # fmt: skip


def offered(has: Proposing) -> list[RewardKind]:
    """What HR has opened, and what it is already."""
    return [kind for kind in KINDS if kind in has.rules.kinds or (has.reward and has.reward.kind == kind)]


def questions(has: Proposing, kind: RewardKind) -> tuple[Question, ...]:
    """What the kind asks for."""
    found: list[Question] = []
    if kind in TITLED:
        found.append(Question("title", TITLED[kind][0], Text(1, 80)))
    if kind in NEEDS_AMOUNT | MAY_HAVE_AMOUNT:
        words = Words("Amount, a year", "每年金额") if kind in A_YEAR else Words("Amount", "金额")
        what = Words("What it costs", "费用") if kind == "training" else words
        found.append(Question("amount", what, Money(has.rules.currency), optional=kind in MAY_HAVE_AMOUNT))
    if kind in PAID:
        found.append(Question("valid_from", Words("Valid from", "生效日期"), Day()))
    found.append(Question("why", Words("Why?", "理由"), Text(4, WHY), hint=READ_LATER))
    if kind == "honour":
        words = Words("Letter of praise", "表扬信")
        found.append(Question("letter", words, Text(8, LETTER, check_letter), optional=True, hint=PICTURE))
    return tuple(found)


READ_LATER = Words("They read it once it is approved; HR reads it before.", "HR 先阅读，批准后本人可以看到。")
PICTURE = Words(
    "It becomes a picture for them, and is posted only if they agree. Plain text, at most 24 lines.",
    "会生成一张图片给本人，仅在本人同意后发布。纯文本，最多 24 行。",
)


def check_letter(text: str) -> None:
    """Refuse what can't stand on one picture."""
    if text.count("\n") >= LINES:
        raise Refusal(
            "A letter has at most {n} lines, so that it can be read as a picture. Please join some.",
            "表扬信最多 {n} 行，以便图片清晰可读，请合并一些行。", n=LINES,
        )  # fmt: skip


def beside_all(has: Proposing) -> Words:
    """The factor for pay, the base, and the rest of the budget."""
    words = FACTOR.fill(factor=plain(has.coefficient)) if has.coefficient is not None else NO_FACTOR
    if has.base is not None:
        words += Words(" Base: {base}.", "基数：{base}。").fill(base=money(has.base, has.rules.currency))
    return words + left_words(has.budget, has.rules)


FACTOR = Words("Factor for pay: {factor}.", "薪酬系数：{factor}。")
NO_FACTOR = Words("The result says no factor for pay.", "结果中没有薪酬系数。")


def left_words(budget: Budget | None, rules: Rules) -> Words:
    """How much of the budget is left."""
    if budget is None:
        return Words(" There is no budget yet.", "尚无预算。")
    return Words(" Left in the budget: {left} of {all}.", "预算剩余：{left}（共 {all}）。").fill(
        left=money(budget.left, rules.currency), all=money(budget.amount, rules.currency)
    )


def start(has: Proposing, kind: RewardKind) -> Mapping[str, Kept]:
    """A bonus is base × factor where both are known; what is to be paid counts from the next month on."""
    found: dict[str, Kept] = {}
    if kind == "bonus" and has.base is not None and has.coefficient is not None:
        found["amount"] = [f"{half_up(has.base * has.coefficient, CENT):f}", has.rules.currency]
    if kind in PAID:
        today = has.today
        found["valid_from"] = date(today.year + today.month // 12, today.month % 12 + 1, 1).isoformat()
    return found


def as_answers(has: Proposing) -> Answers:
    """What is proposed as the answers that the form would have kept."""
    it = has.reward
    if it is None:
        return {}
    amount = [f"{it.amount:f}", has.rules.currency] if it.amount is not None else None
    said: dict[str, Kept] = {"why": it.why, "title": it.title, "amount": amount, "letter": it.letter or None}
    if it.valid_from is not None:
        said["valid_from"] = it.valid_from.isoformat()
    asked = {one.name for one in questions(has, it.kind)}
    return {
        "kind": {"kind": it.kind},
        f"as_{it.kind}": {name: kept for name, kept in said.items() if name in asked},
    }


def about(has: Proposing) -> Words:
    return same(f"{has.person.name} · {has.cycle.name}")
