"""Amounts that HR pastes, one a line: for a department, or for somebody named by e-mail or mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.typed_money import money
from flows.core.words import Words
from flows.goals.tree.dividing import in_places

GAP = r"[\s:：,，;；=]+"
LARGEST = Decimal(10) ** 12  # of one amount: a budget of a million millions is a slip


@dataclass(frozen=True, slots=True)
class Given:
    """One line that was understood: a department, or a person by id."""

    department: str
    person: int | None
    amount: Decimal


def read_lines(
    text: str, departments: Collection[str], find: Callable[[str], int | None], currency: str
) -> list[Given]:
    """Every line; refuses them all with the first that is not understood, or is there twice."""
    found: list[Given] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        given = read_line(line, departments, find, currency)
        if any((one.department, one.person) == (given.department, given.person) for one in found):
            raise Refusal(
                "“{line}” stands there twice. Keep one of them.",
                "“{line}” 重复了，请只保留一行。",
                line=line[:60],
            )
        found.append(given)
    return found


def read_line(
    line: str, departments: Collection[str], find: Callable[[str], int | None], currency: str
) -> Given:
    """One line: whose it is, then the amount."""
    for name in sorted(departments, key=len, reverse=True):
        if match := re.match(re.escape(name) + GAP, line, re.IGNORECASE):
            return Given(name, None, in_currency(line[match.end() :], line, currency))
    who, *rest = re.split(GAP, line, maxsplit=1)
    person = find(who) if rest else None
    if person is None:
        raise Refusal(
            "I don't know whom “{line}” is for. Begin with {who}, then the amount.",
            "无法识别“{line}”是给谁的。请先写{who}，再写金额。",
            line=line[:60], who=WHO if departments else SOMEBODY,
        )  # fmt: skip
    return Given("", person, in_currency(rest[0], line, currency))


SOMEBODY = Words("an e-mail address", "邮箱")
WHO = Words(
    "a department as it stands in the directory, or a manager's e-mail address",
    "通讯录中的部门名称，或上级的邮箱",
)


def in_currency(typed: str, line: str, currency: str) -> Decimal:
    """The amount; refuses another currency, a negative one and one that nobody can mean."""
    said = money(typed)
    if said is None:
        raise Refusal(
            "I don't understand the amount in “{line}”. Please write it like 50,000.",
            "无法识别“{line}”中的金额，请写成 50,000 这样的形式。", line=line[:60],
        )  # fmt: skip
    return sound(said[0], said[1] or currency, currency)


def sound(amount: Decimal, given: str, currency: str) -> Decimal:
    """The amount as it can be kept and paid; refuses what can't."""
    if given != currency:
        raise Refusal(
            "The amounts of this cycle are in {currency}, not in {given}. Please give it in {currency}.",
            "本周期的金额以 {currency} 计，而不是 {given}，请换算后填写。", currency=currency, given=given,
        )  # fmt: skip
    kept = in_places(amount)
    if kept is None or amount < 0 or amount > LARGEST:
        raise Refusal("That amount is too large or negative. Please check it.", "金额过大或为负数，请检查。")
    if kept != kept.quantize(Decimal("0.01")):
        raise Refusal("Please give an amount with at most two decimals.", "金额最多保留两位小数。")
    return kept


def some(amount: Decimal, given: str, currency: str) -> Decimal:
    """The same, of more than nothing."""
    kept = sound(amount, given, currency)
    if kept == 0:
        raise Refusal("Please give an amount above 0.", "请填写大于 0 的金额。")
    return kept
