"""What is asked about the goals of a cycle: three on the first screen, four more for who has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flows.core.page import Page, text, yes_no
from flows.core.play import Answers
from flows.core.refusal import Refusal
from flows.core.said import Kept
from flows.core.words import Words
from flows.goals.kept import Goal

FIRST, MOST = 3, 7
MEASURE_HINT = Words(
    "For example: from 12 to 20 customers a month, from our sales system",
    "例如：每月客户数从 12 家增加到 20 家，以销售系统为准",
)


class Goals(Page):
    title = Words("Your goals", "你的目标")
    note = Words("One to seven; a few that matter are better than many.", "1 到 7 个，少而精为好。")
    title1: str = text("Goal 1", "目标 1")
    measure1: str | None = text(
        "How is goal 1 measured?", "目标 1 如何衡量？", optional=True, hint=MEASURE_HINT
    )
    title2: str | None = text("Goal 2", "目标 2", optional=True)
    measure2: str | None = text("How is goal 2 measured?", "目标 2 如何衡量？", optional=True)
    title3: str | None = text("Goal 3", "目标 3", optional=True)
    measure3: str | None = text("How is goal 3 measured?", "目标 3 如何衡量？", optional=True)
    more: bool | None = yes_no("Do you have more than three goals?", "目标超过三个吗？", optional=True)


class MoreGoals(Page):
    title = Words("More of your goals", "更多目标")
    title4: str | None = text("Goal 4", "目标 4", optional=True)
    measure4: str | None = text("How is goal 4 measured?", "目标 4 如何衡量？", optional=True)
    title5: str | None = text("Goal 5", "目标 5", optional=True)
    measure5: str | None = text("How is goal 5 measured?", "目标 5 如何衡量？", optional=True)
    title6: str | None = text("Goal 6", "目标 6", optional=True)
    measure6: str | None = text("How is goal 6 measured?", "目标 6 如何衡量？", optional=True)
    title7: str | None = text("Goal 7", "目标 7", optional=True)
    measure7: str | None = text("How is goal 7 measured?", "目标 7 如何衡量？", optional=True)


@dataclass(frozen=True, slots=True)
class Written:
    """A goal as it was written into the form; `number` is its place there."""

    number: int
    title: str
    measure: str


def written(pages: Sequence[Page]) -> tuple[Written, ...]:
    """The goals on the pages that were answered. Refuses a measure without its goal, and two that are the same."""
    found: dict[str, Written] = {}
    for number, title, measure in _lines(pages):
        if not title and measure:
            raise Refusal(
                "You say how goal {n} is measured, but not what it is. Please name the goal, or clear its measure.",
                "目标 {n} 只写了衡量方式，没有写目标本身。请补上目标，或清空衡量方式。",
                n=number,
            )
        if not title:
            continue
        same_one = found.setdefault(title.casefold(), Written(number, title, measure))
        if same_one.number != number:
            raise Refusal(
                "Goals {n} and {m} are the same. Please change one of them, or clear it.",
                "目标 {n} 和目标 {m} 相同，请修改或清空其中一个。",
                n=same_one.number, m=number,
            )  # fmt: skip
    return tuple(found.values())


def _lines(pages: Sequence[Page]) -> Iterator[tuple[int, str, str]]:
    answers: Mapping[str, str | None] = {name: said for page in pages for name, said in vars(page).items()}
    for number in range(1, MOST + 1):
        yield number, answers.get(f"title{number}") or "", answers.get(f"measure{number}") or ""


def filled(goals: Sequence[Goal]) -> Answers:
    """The form's answers for goals that are known already. What is not known stays unanswered: it is asked."""
    pages: dict[str, dict[str, Kept]] = {}
    for number, goal in enumerate(goals[:MOST], 1):
        page = pages.setdefault((Goals if number <= FIRST else MoreGoals).__name__, {})
        page[f"title{number}"] = goal.title
        if goal.terms.measure:
            page[f"measure{number}"] = goal.terms.measure
    if len(goals) > FIRST:
        pages[Goals.__name__]["more"] = True
    return pages
