"""Points for praise, where HR has turned them on: so many a month for everybody to give, and in no formula."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal

from flows.coaching.records import PraiseRecords, PraiseRules
from flows.core.kinds import Number
from flows.core.page import Question
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import at_local, local_day
from flows.people.person import Person

USUAL, MOST = 100, 10_000  # points of one person in a month


def left_of(records: PraiseRecords, actor: Person, rules: PraiseRules, now: datetime) -> int | None:
    """How many points the actor can still give in the month of their own calendar; None where there are none."""
    if rules.points is None:
        return None
    first = local_day(now, actor.zone).replace(day=1)
    since = at_local(first, time(), actor.zone)
    return max(0, rules.points - records.praise.points_given(actor.id, since))


def question(left: int) -> Question:
    """How many of those that are left."""
    return Question(
        "points",
        Words("Points with it?", "附送积分？"),
        Number(least=Decimal(0), most=Decimal(left)),
        optional=True,
        hint=Words(
            "You have {left} left this month. They count in no score.", "本月还剩 {left} 分，不计入任何得分。"
        ).fill(left=left),
    )


def spend(
    records: PraiseRecords, actor: Person, rules: PraiseRules, points: Decimal | None, now: datetime
) -> int | None:
    """The points as they are kept; refuses more than are left, and parts of one."""
    if not points:
        return None
    left = left_of(records, actor, rules, now)
    if left is None:
        raise Refusal(
            "Points are turned off meanwhile. Please leave the field empty.", "积分已关闭，请将该项留空。"
        )
    if points != points.to_integral_value():
        raise Refusal("Please give whole points.", "积分请填写整数。")
    if points > left:
        raise Refusal(
            "You have {left} points left this month. Please give fewer, or none.",
            "本月只剩 {left} 分，请减少或留空。",
            left=left,
        )
    return int(points)
