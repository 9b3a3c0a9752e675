"""The pages on which an improvement plan is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from flows.core.page import Page, choice, day, person, text, yes_no
from flows.core.words import Words
from flows.plans.improving.telling import RHYTHMS
from flows.plans.improving.terms import Rhythm

MOST = 5  # expectations: more than that is no plan that somebody can work on
Next = Literal["ask", "keep"]


class Whom(Page):
    title = Words("Whom is it about?", "关于谁？")
    whom: int = person("The person", "员工")


class Grounds(Page):
    title = Words("Why", "原因")
    why: str = text("What falls short, in one or two sentences?", "哪些方面未达要求？（一两句话）", lines=3)
    examples: str = text(
        "Examples: what happened, when, and with what effect?", "事例：什么时候发生了什么，造成什么影响？", lines=6,
        hint=Words("What anybody could have seen; no judgement of the person.", "只写可观察到的事实，不评价个人。"),
    )  # fmt: skip


class Expected(Page):
    title = Words("Expectation {item}", "期望 {item}")
    what: str = text("What is expected?", "期望是什么？", lines=3, most=500)
    measure: str = text("How will you both see that it is met?", "用什么衡量是否达到？", lines=2, most=500)
    by: date = day("By which day?", "期限")
    support: str = text("Which support do you offer?", "你提供哪些支持？", lines=2, most=500)
    more: bool = yes_no("Is there another one?", "还有下一条吗？")


class Frame(Page):
    title = Words("Meetings and end", "面谈与期限")
    rhythm: Rhythm = choice("How often do you meet?", "多久面谈一次？", RHYTHMS)
    ends: date = day("When does the plan end?", "计划何时结束？")


class Sending(Page):
    title = Words("What now?", "接下来")
    then: Next = choice(
        "Nothing is published before HR has looked at it.", "HR 审阅之前不会发布。",
        {"ask": Words("Ask HR to look at it", "请 HR 审阅"), "keep": Words("Keep it as a draft", "保存为草稿")},
    )  # fmt: skip


class Reason(Page):
    title = Words("Why it changes", "修改原因")
    why: str = text(
        "Why does the plan change?", "为什么修改计划？", lines=3,
        hint=Words(
            "HR looks at it first. The person reads the reason, and confirms the new version.",
            "HR 会先审阅。当事人会看到原因，并需确认新版本。",
        ),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nth:
    """The number of an expectation."""

    n: int

    @property
    def key(self) -> str:
        return str(self.n)

    def __str__(self) -> str:
        return str(self.n)
