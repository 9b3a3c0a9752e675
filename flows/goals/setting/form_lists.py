"""Lists that are typed one per line: milestones, and the steps of a score."""

from __future__ import annotations

import re
from decimal import Decimal

from flows.core.refusal import Refusal
from flows.core.typed import number, percent
from flows.goals.amounts import figure
from flows.goals.tree.dividing import in_places

MOST_MILESTONES, LONGEST = 20, 150
MOST_STEPS, HIGHEST = 12, Decimal(200)  # percent that a step can give
STEP = re.compile(r"(.+?)\s*(?:[:：=→]|->|\s)\s*([^\s:：=→]+)")


def milestones_of(text: str) -> tuple[str, ...]:
    """The milestones, one per line, numbers and dashes in front left off; refuses too many and two of one name."""
    lines = [re.sub(r"^(?:[-*•·]|\d{1,2}[.)、．])\s*", "", line.strip()) for line in text.splitlines()]
    found = [line for line in lines if line]
    if len(found) > MOST_MILESTONES:
        raise Refusal(
            "These are {n} milestones; please keep to {most}, one per line.",
            "共 {n} 个里程碑，请控制在 {most} 个以内，每行一个。",
            n=len(found), most=MOST_MILESTONES,
        )  # fmt: skip
    if long := next((line for line in found if len(line) > LONGEST), None):
        raise Refusal(
            "A milestone has at most {most} characters; please shorten “{start}…”.",
            "每个里程碑最多 {most} 个字符，请缩短“{start}……”。",
            most=LONGEST, start=long[:20],
        )  # fmt: skip
    if len({line.casefold() for line in found}) < len(found):
        raise Refusal("Two milestones are the same. Please change one.", "有两个里程碑相同，请修改其中一个。")
    return tuple(found)


def steps_of(text: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """The steps (from this value on, score in percent), by value; refuses a line that is not "value: score"."""
    steps: dict[Decimal, Decimal] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        match = STEP.fullmatch(line)
        start, score = (number(match[1]), percent(match[2])) if match else (None, None)
        start = in_places(start) if start is not None else None
        if start is None or score is None or not 0 <= score <= HIGHEST:
            raise Refusal(
                "“{line}” is not a step. Please write a value and its score from 0 to 200, for example 15: 60.",
                "“{line}”不是有效的分段。请写“数值：得分”，得分在 0 到 200 之间，例如 15：60。",
                line=line[:60],
            )
        if start in steps:
            raise Refusal(
                "There are two steps from {value} on. Please remove one.",
                "数值 {value} 有两条分段，请删除一条。",
                value=figure(start),
            )
        steps[start] = score
    if len(steps) > MOST_STEPS:
        raise Refusal("At most {most} steps, please.", "最多 {most} 个分段。", most=MOST_STEPS)
    return tuple(sorted(steps.items()))
