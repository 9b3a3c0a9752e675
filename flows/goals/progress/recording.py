"""What is reported about a goal: how it is asked for in the goal's own unit, told, and kept with who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flows.core.kinds import Choice, Kind, Number, Percent, YesNo
from flows.core.moments import day_words
from flows.core.page import Question
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.words import Words, same
from flows.goals.amounts import PERCENT, told
from flows.goals.kept import LARGEST, Goal, Reading, Source, Terms
from flows.goals.measure.series import series_of, sources_of
from flows.goals.records import GoalsRecords
from flows.goals.signals.looking import look
from flows.goals.tree.dividing import in_places
from flows.people.person import Person

NONE_YET = Words("None yet", "尚未达成任何一项")


def is_bare(terms: Terms) -> bool:
    """A number without a target or a unit, such as goals had before they had terms: told as percent of the way."""
    return terms.shape == "number" and terms.target is None and not terms.unit


def unit_asked(terms: Terms) -> str:
    """The unit in which the goal's value is reported."""
    return PERCENT if is_bare(terms) else terms.unit


def kind_of(terms: Terms) -> Kind:
    """How the value is answered: a number, how many milestones, or yes and no."""
    if terms.shape == "yes_no":
        return YesNo()
    if terms.shape == "milestones":
        reached = [
            Option(str(number), _milestone(terms, number)) for number in range(1, len(terms.milestones) + 1)
        ]
        return Choice((Option("0", NONE_YET), *reached))
    if unit_asked(terms) == PERCENT:
        return Percent(-LARGEST, LARGEST)
    return Number(same(terms.unit) if terms.unit else None, -LARGEST, LARGEST)


def value_question(terms: Terms, *, optional: bool = False, name: str = "value") -> Question:
    """The one question about how far it is."""
    match terms.shape:
        case "yes_no":
            words = Words("Is it done?", "完成了吗？")
        case "milestones":
            words = Words("How far is it?", "进行到哪一步了？")
        case _ if is_bare(terms):
            words = Words("How far is it?", "完成了多少？")
        case _:
            unit = Words(", in {unit}", "（{unit}）").fill(unit=terms.unit) if terms.unit else same("")
            words = Words("Where does it stand now", "目前的数值") + unit + Words("?", "？")
    return Question(name, words, kind_of(terms), optional)


def confidence_question(name: str = "confidence") -> Question:
    """How sure one is to reach a key result."""
    return Question(
        name,
        Words("How confident are you to reach it, 0 to 10?", "有多大把握达成？（0–10）"),
        Number(least=Decimal(0), most=Decimal(10)),
        optional=True,
    )


def amount_of(answer: Any) -> Decimal:
    """An answer to the value's question as the amount that is kept. Refuses one that is too large to be kept."""
    amount = in_places(Decimal(answer))
    if amount is None:
        raise Refusal("This number is too large to be kept.", "这个数字太大，无法保存。")
    return amount


def told_value(terms: Terms, value: Decimal | None) -> Words:
    """A value as people read it: "13 customers", "2 of 3: Pilot is live", "Done"."""
    if value is None:
        return Words("no value yet", "暂无数据")
    if terms.shape == "yes_no":
        return Words("done", "已完成") if value >= 1 else Words("not done yet", "未完成")
    if terms.shape == "milestones":
        return _milestone(terms, int(value))
    return told(value, unit_asked(terms))


def _milestone(terms: Terms, number: int) -> Words:
    """How many milestones are reached, with the last one's name."""
    if not 1 <= number <= len(terms.milestones):
        return NONE_YET if number < 1 else same(str(number))
    return Words("{n} of {m}: {name}", "{n}/{m}：{name}").fill(
        n=number, m=len(terms.milestones), name=terms.milestones[number - 1]
    )


def last_words(terms: Terms, last: Reading | None) -> Words:
    """What stood last, to be shown beside the question."""
    if last is None:
        return Words("Nothing was reported yet.", "还没有填报过。")
    return Words("Last: {value}, {day}.", "上次：{value}（{day}）。").fill(
        value=told_value(terms, last.value), day=day_words(last.day)
    )


def feeding(records: GoalsRecords, goals: Sequence[Goal]) -> frozenset[int]:
    """Those of the goals whose value is imported: what is reported by hand would not be read."""
    named = {goal.id: sources_of(goal)[0] for goal in goals if goal.terms.metric}
    found = records.readings.of(sorted(set(named.values()))) if named else {}
    return frozenset(goal for goal, series in named.items() if series in found)


def refuse_unless_reported(records: GoalsRecords, goal: Goal) -> None:
    """Refuse a value for a goal that takes none."""
    if words := why_not_reported(records, goal):
        raise Refusal(words, goal=goal.title)


def why_not_reported(records: GoalsRecords, goal: Goal) -> Words | None:
    """Why a goal takes no value: a draft, one withdrawn or of a closed cycle, an objective, an imported one."""
    cycle = records.cycles.get(goal.cycle) if goal.cycle else None
    if goal.state in ("draft", "withdrawn"):
        return NOT_PROPOSED
    if goal.cycle and (cycle is None or cycle.state != "live"):
        return CLOSED
    if goal.terms.shape == "objective":
        return BY_RESULTS
    return IMPORTED if feeding(records, [goal]) else None


NOT_PROPOSED = Words(
    "“{goal}” is not proposed, so nothing is reported for it. Propose it first.",
    "“{goal}”还没有提交，暂时不能填报进度，请先提交目标。",
)
CLOSED = Words(
    "The cycle of “{goal}” is closed, so its numbers stay as they are.",
    "“{goal}”所在的周期已关闭，数值不再改动。",
)
BY_RESULTS = Words(
    "“{goal}” is measured by its key results. Please report those.",
    "“{goal}”由关键结果衡量，请填报关键结果。",
)
IMPORTED = Words(
    "The value of “{goal}” is imported. If it is wrong, open the goal and correct it there.",
    "“{goal}”的数值由系统导入。如有错误，请打开该目标进行更正。",
)


def reading_of(
    goal: Goal,
    value: Decimal,
    by: Person,
    day: date,
    source: Source,
    now: datetime,
    confidence: Decimal | None = None,
    note: str = "",
) -> Reading:
    """What `by` says of the goal itself for a day on their calendar."""
    sure = None if confidence is None else int(confidence.to_integral_value())
    return Reading(
        0, series_of(goal), day.isoformat(), day, value, source, now, by=by.id, confidence=sure, note=note
    )


def keep_readings(records: GoalsRecords, reported: Sequence[tuple[Goal, Reading]], now: datetime) -> None:
    """Keep what was said of these goals, and look at what it means for them.

    A later word about the same day corrects the earlier one, and both stay.
    """
    records.readings.keep([reading for _, reading in reported])
    look(records, [goal for goal, _ in reported], now)
