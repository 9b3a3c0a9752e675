"""The kinds of reward and their states in words, what each kind asks for, and how amounts are said."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flows.core.words import Words, same
from flows.cycle.template import RewardKind
from flows.results.rewards.records import Reward, Rules, State

KINDS: Mapping[RewardKind, Words] = {
    "bonus": Words("Bonus", "奖金"),
    "raise": Words("Raise", "加薪"),
    "promotion": Words("Promotion", "晋升"),
    "role": Words("Change of role", "调岗"),
    "training": Words("Training", "培训"),
    "honour": Words("Honour", "荣誉"),
    "warning": Words("Warning", "警告"),
}
STATES: Mapping[State, Words] = {
    "proposed": Words("waits for HR", "等待 HR 审批"),
    "second": Words("waits for a second person of HR", "等待第二位 HR 审批"),
    "approved": Words("approved", "已批准"),
    "returned": Words("sent back", "已退回"),
    "withdrawn": Words("taken back", "已撤回"),
    "cancelled": Words("cancelled", "已取消"),
}
PAID: tuple[RewardKind, ...] = ("bonus", "raise", "promotion", "role")
"""Those whose amount goes to the person, by payroll; a training's goes to whoever gives it."""

NEEDS_AMOUNT: frozenset[RewardKind] = frozenset({"bonus", "raise"})
MAY_HAVE_AMOUNT: frozenset[RewardKind] = frozenset({"promotion", "role", "training"})
A_YEAR: frozenset[RewardKind] = frozenset({"raise", "promotion", "role"})
"""Those whose amount is what it is more in a year; the others' is paid once."""

USING: tuple[State, ...] = ("proposed", "second", "approved")
"""The states in which an amount is drawn on its budget."""

TITLED: Mapping[RewardKind, tuple[Words, Words]] = {
    "promotion": (Words("New title or level", "新的职位或职级"), Words("new title", "新职位")),
    "role": (Words("New role", "新的岗位"), Words("new role", "新岗位")),
    "training": (Words("Which training?", "哪项培训？"), Words("training", "培训")),
    "honour": (Words("Title of the honour", "荣誉称号"), Words("title", "称号")),
}
"""What a kind's title is asked with, and how it is named afterwards."""


def money(amount: Decimal, currency: str) -> Words:
    """ "20,000 CNY"; two decimals where there are any."""
    whole = amount == amount.to_integral_value()
    return same(f"{amount:,.0f} {currency}" if whole else f"{amount:,.2f} {currency}")


def cost(kind: RewardKind, amount: Decimal, currency: str) -> Words:
    """The amount with whether it is for a year."""
    return money(amount, currency) + (Words(" a year", "/年") if kind in A_YEAR else same(""))


def in_short(reward: Reward, rules: Rules) -> Words:
    """The kind with its title and amount, in one line."""
    words = KINDS[reward.kind]
    if reward.replaces is not None:
        words = Words("Correction: ", "更正：") + words
    if reward.title:
        words += same(f" “{reward.title}”")
    if reward.amount is not None:
        words += same(" · ") + cost(reward.kind, reward.amount, rules.currency)
    return words
