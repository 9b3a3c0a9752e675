"""HR sets what departments and managers may propose, and the base amounts that a bonus is computed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import flow
from flows.core.kinds import Text
from flows.core.page import Question, Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.sitting import reader_of
from flows.core.words import Words, count, same
from flows.cycle.hr.scope import named
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import may
from flows.results.rewards.kinds import money
from flows.results.rewards.lines import read_lines
from flows.results.rewards.records import Budget, RewardRecords, Rules
from flows.results.rewards.rights import budget_thing, found_rules, thing_for

BUDGETS, BASES = Words("Budgets", "预算"), Words("Base amounts", "奖金基数")
MOST = 3000  # characters in one go: some hundred lines


@dataclass(frozen=True, slots=True)
class Known:
    """The cycle with its rewards."""

    cycle: Cycle
    rules: Rules


def known(records: RewardRecords, _actor: Person, subject: str, _now: datetime) -> Known:
    return Known(*found_rules(records, named(records, (subject,))))


def budget_page(has: Known) -> Questionnaire:
    """All of it in one field, a line each."""
    hint = Words(
        "A department or a manager's e-mail, then the amount in {currency}. One a line, such as: Sales 200,000",
        "每行一个：部门或上级的邮箱，然后是金额（{currency}），例如：Sales 200,000",
    ).fill(currency=has.rules.currency)
    note = Words(
        "A manager with a budget of their own draws on that; everybody else on their people's department's. "
        "What is not named keeps its budget.",
        "有个人预算的上级使用自己的预算，其他上级使用成员所在部门的预算。未列出的预算保持不变。",
    )
    question = Question("lines", BUDGETS, Text(8, MOST), hint=hint)
    return Questionnaire("budgets", BUDGETS, (question,), note)


def keep_budgets(records: RewardRecords, actor: Person, subject: str, typed: str, now: datetime) -> Words:
    """Set all of them; refuses all where one is not understood, or is less than what is used of it."""
    has = known(records, actor, subject, now)
    departments = set(records.people.departments()) | set(records.participants.count(has.cycle.id))
    given = read_lines(typed, departments, reader_of(records, actor, now).find, has.rules.currency)
    budgets = [Budget(0, has.cycle.id, one.department, one.person, one.amount) for one in given]
    refuse_idle(records, has.cycle, budgets)
    refuse_below(records, has, budgets)
    for budget in budgets:
        if not records.rewards.set_budget(budget):  # somebody proposed at this very moment
            raise Refusal(
                "More of a budget was just used than you gave it. Please look at the budgets and try again.",
                "刚刚有预算的使用额超过了你填写的金额，请查看预算后重试。",
            )
    detail = {"budgets": len(budgets), "total": str(sum(one.amount for one in budgets))}
    records.audit.note(now, actor.id, "reward.budget", f"cycle/{has.cycle.id}", detail)
    return count(len(budgets), "{n} budget is set.", "{n} budgets are set.", "已设置 {n} 项预算。")


def refuse_idle(records: RewardRecords, cycle: Cycle, budgets: list[Budget]) -> None:
    """A budget for one who leads nobody in the cycle is a slip."""
    managers = set(records.participants.managers(cycle.id))
    for one in records.people.many({budget.manager for budget in budgets if budget.manager}):
        if one.id not in managers:
            raise Refusal(
                "{name} leads nobody in {cycle}, so nothing would ever draw on that budget.",
                "{name} 在{cycle}中没有带领任何人，这项预算不会被用到。", name=one.name, cycle=cycle.name,
            )  # fmt: skip


def refuse_below(records: RewardRecords, has: Known, budgets: list[Budget]) -> None:
    """What stands in proposals can't be taken away below them."""
    known_now = {(one.department, one.manager): one for one in records.rewards.budgets(has.cycle.id)}
    for budget in budgets:
        is_now = known_now.get((budget.department, budget.manager))
        if is_now is not None and is_now.used > budget.amount:
            raise Refusal(
                "{who}: {used} are in proposals already, so the budget can't be {amount}. Send some back first.",
                "{who}：已有 {used} 在提议中，预算不能设为 {amount}。请先退回部分提议。",
                who=whose(records, budget), used=money(is_now.used, has.rules.currency),
                amount=money(budget.amount, has.rules.currency),
            )  # fmt: skip


def whose(records: RewardRecords, budget: Budget) -> Words:
    """The department, or the manager by name."""
    manager = records.people.get(budget.manager) if budget.manager else None
    return same(manager.name if manager else budget.department)


@flow(
    "reward-budgets", BUDGETS, may=("reward_budget", "set"), of=budget_thing, facts=known, keep=keep_budgets, again=True,
)  # fmt: skip
def set_budgets(ask: Ask, has: Known) -> str:
    return str(ask.form(budget_page(has))["lines"])


def bases_page(has: Known) -> Questionnaire:
    hint = Words(
        "An e-mail address, then the amount in {currency}. One a line.",
        "每行一个：邮箱，然后是金额（{currency}）。",
    ).fill(currency=has.rules.currency)
    note = Words(
        "Where a base is known, the form proposes base × factor as the bonus. The manager who proposes can see it.",
        "有基数的，表单会以“基数 × 系数”作为建议奖金。提议的上级可以看到基数。",
    )
    return Questionnaire("bases", BASES, (Question("lines", BASES, Text(8, MOST), hint=hint),), note)


def keep_bases(records: RewardRecords, actor: Person, subject: str, typed: str, now: datetime) -> Words:
    """Keep all of them; refuses all where one is about somebody whom the actor does not look after."""
    has = known(records, actor, subject, now)
    given = read_lines(typed, (), reader_of(records, actor, now).find, has.rules.currency)
    people = {one.id: one for one in records.people.many([one.person for one in given if one.person])}
    for one in people.values():
        thing = thing_for(records, actor, has.cycle, one, now)
        if thing is None or not may(actor, "submit", thing, now):
            raise Refusal(
                "{name} has no result in {cycle}, or you don't look after them. Take that line out.",
                "{name} 在{cycle}中没有结果，或不在你负责的范围。请删去这一行。", name=one.name, cycle=has.cycle.name,
            )  # fmt: skip
    records.rewards.set_bases(has.cycle.id, {one.person: one.amount for one in given if one.person})
    records.audit.note(now, actor.id, "reward.bases", f"cycle/{has.cycle.id}", {"people": len(people)})
    return count(len(people), "{n} base amount is kept.", "{n} base amounts are kept.", "已保存 {n} 个基数。")


@flow(
    "reward-bases",
    BASES,
    may=("reward_budget", "set"),
    of=budget_thing,
    facts=known,
    keep=keep_bases,
    again=True,
)
def set_bases(ask: Ask, has: Known) -> str:
    return str(ask.form(bases_page(has))["lines"])


def budget_row(records: RewardRecords, budget: Budget, rules: Rules) -> tuple[Words, Words]:
    left = Words("{left} left of {all}", "剩余 {left}，共 {all}").fill(
        left=money(budget.left, rules.currency), all=money(budget.amount, rules.currency)
    )
    return Words("Budget, {who}", "预算（{who}）").fill(who=whose(records, budget)), left
