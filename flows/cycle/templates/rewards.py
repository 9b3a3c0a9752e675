"""What a template says of rewards: the kinds that may be proposed, the currency, and what a second person approves."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from flows.core.typed_money import NAMES
from flows.cycle.template import REWARD_KINDS, RewardKind, Rewards
from flows.cycle.templates.entry import Entry, must_be
from flows.cycle.templates.parts import Part, Problems
from flows.cycle.templates.values import decimal, each, one_of

KINDS: Mapping[str, RewardKind] = {kind: kind for kind in REWARD_KINDS}
CURRENCIES = {code: code for code in NAMES}


def rewards(part: Part, problems: Problems) -> Rewards | None:
    """What may follow from the results."""
    usual = Rewards()
    entry = Entry(part, Rewards.__slots__, problems)
    made = Rewards(
        kinds=entry.may("kinds", each(one_of(KINDS), len(KINDS)), usual.kinds),
        currency=entry.may("currency", one_of(CURRENCIES), usual.currency),
        second=entry.may("second", above_zero, None),
    )
    return made if entry.sound else None


def above_zero(part: Part, problems: Problems) -> Decimal | None:
    """An amount of money."""
    found = decimal(part, problems)
    if found is None or found > 0:
        return found
    must_be(part, problems, "an amount above 0, such as 20000", "大于 0 的金额，例如 20000")
    return None
