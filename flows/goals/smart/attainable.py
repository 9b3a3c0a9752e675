"""Whether a target can be reached and is worth reaching, beside the person's own history and their peers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from statistics import median

from flows.core.words import Words
from flows.goals.amounts import PERCENT, told
from flows.goals.smart.alike import shared
from flows.goals.smart.hint import Context, Known
from flows.goals.smart.rules import Facts

LOOKED_AT = 60  # goals
FEWEST_PEERS = 2
OVER_BEST, UNDER_OWN = Decimal("1.5"), Decimal("0.8")  # times the best, and the usual, of one's own
OVER_PEERS, UNDER_PEERS = Decimal(2), Decimal("0.7")  # times what peers usually agree on
HALF, WHOLE = Decimal(50), Decimal(100)


def attainable(facts: Facts, context: Context) -> Words | None:
    """What to think about, or None where the target is near what was reached, or nothing can be compared.

    How hard one target is beside another is their ratio; where less is better, the other way round; for shares of
    at least half, the ratio of what is left to the whole (90 % to 95 % is twice as hard). One's own history comes
    before peers. A newcomer is told when the target is as hard as what peers usually agree on; nobody who is new is
    told that it is too low.
    """
    if facts.terms.shape != "number" or facts.target is None or facts.target <= 0:
        return None
    own = comparable(facts, context.history)
    if own and not context.newcomer:
        return _beside_own(facts, own)
    peers = comparable(facts, context.peers)
    if len(peers) < FEWEST_PEERS:
        return None
    usual = Decimal(median(one.target for one in peers))
    hard = hardness(facts, usual)
    if context.newcomer:
        return _for_newcomer(facts, usual) if hard >= 1 else None
    beyond = all(hardness(facts, one.target) > 1 for one in peers)
    if not (hard < UNDER_PEERS or (hard > OVER_PEERS and beyond)):
        return None
    return (EASIER if hard < 1 else HARDER).fill(usual=told(usual, facts.unit))


def comparable(facts: Facts, known: Sequence[Known]) -> list[Known]:
    """Those with the same unit, for the same period, that are about something of the same."""
    return [
        one
        for one in known[:LOOKED_AT]
        if one.target > 0 and _unit(one.unit) == _unit(facts.unit) and one.per == facts.sentence.said.per
        and shared(facts.terms.title, one.title)
    ]  # fmt: skip


def hardness(facts: Facts, beside: Decimal) -> Decimal:
    """How hard the target is beside another value: 1 is the same, 2 twice as hard."""
    target = facts.target or Decimal(0)
    if facts.lower:
        return beside / target
    if facts.unit == PERCENT and HALF <= beside < WHOLE and HALF <= target <= WHOLE:
        return (WHOLE - beside) / max(WHOLE - target, Decimal("0.01"))
    return target / beside


def _beside_own(facts: Facts, own: Sequence[Known]) -> Words | None:
    values = [one.reached for one in own if one.reached is not None and one.reached > 0]
    values = values or [one.target for one in own]
    best = min(values, key=lambda value: hardness(facts, value))
    usual = Decimal(median(values))
    if hardness(facts, best) > OVER_BEST:
        return OVER.fill(best=told(best, facts.unit))
    return UNDER.fill(usual=told(usual, facts.unit)) if hardness(facts, usual) < UNDER_OWN else None


def _for_newcomer(facts: Facts, usual: Decimal) -> Words:
    half = round(usual / 2, 0)
    counted = facts.unit != PERCENT and not facts.lower and half >= 1
    return (NEW_HALF if counted else NEW).fill(usual=told(usual, facts.unit), half=told(half, facts.unit))


def _unit(unit: str) -> str:
    return unit.casefold().removesuffix("s").removeprefix("个")


OVER = Words(
    "Your best so far is {best}: say what will be different, or agree on a step in between.",
    "你此前最好是 {best}：说明这次有什么不同，或先定一个中间值。",
)
UNDER = Words(
    "You usually reach {usual}: aim for more, or say why it is less this time.",
    "你通常能达到 {usual}：可以定高一些，或说明这次为什么更低。",
)
HARDER = Words(
    "Peers of your level agree on about {usual}: check that this can be done.",
    "同级同事一般约定 {usual}：请确认这个目标做得到。",
)
EASIER = Words(
    "Peers of your level agree on about {usual}: aim for more, or say why it is less.",
    "同级同事一般约定 {usual}：可以定高一些，或说明原因。",
)
NEW_HALF = Words(
    "You are new: peers of your level agree on about {usual}, and {half} is a good first step.",
    "你刚入职：同级同事一般约定 {usual}，先从 {half} 起步更稳妥。",
)
NEW = Words(
    "You are new: peers of your level agree on about {usual}; a first step towards it is enough.",
    "你刚入职：同级同事一般约定 {usual}，第一步可以定得缓一些。",
)
