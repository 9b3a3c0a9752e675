"""A phase in words: from when to when, what is done in it, and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from flows.core.moments import day_words
from flows.core.words import Words, count
from flows.cycle.asking import Way, asks, way_of
from flows.cycle.phase import Window
from flows.cycle.template import Phase, Template

SHOWS = Words("shows on the line of phases only", "仅显示在阶段线上")
TALKS = Words("each employee talks about their result with their manager", "员工与上级进行绩效面谈")
BY_LINK = Words("customers answer by a link that the manager or HR sends", "客户通过上级或 HR 发送的链接填写")
BY_HR = Words("HR names the reviewers", "由 HR 指定评估人")
WHO: Mapping[Way, Words] = {
    "own": Words("everyone ", "每人"),
    "once": Words("each manager ", "每位上级"),
    "reports": Words("each manager ", "每位上级"),
    "upward": Words("everyone ", "每人"),
    "named": Words("whoever was named ", "受邀的评估人"),
}
DOES: Mapping[tuple[str, str | None], Words] = {
    ("goals", None): Words("writes their goals", "填写目标"),
    ("plan", None): Words("writes their development plan", "填写发展计划"),
    ("confirm", None): Words("ticks off a to-do", "勾选一项待办"),
    ("review", "self"): Words("writes a self review", "填写自评"),
    ("review", "manager"): Words("reviews each of their people", "评价每位下属"),
    ("review", "upward"): Words("reviews their manager", "评价自己的上级"),
    ("review", "peer"): Words("reviews their colleague", "评价同事"),
    ("review", "project"): Words("reviews who worked in their project", "评价项目成员"),
    ("nominate", "project"): Words("names the project leads of their people", "为下属指定项目负责人"),
}
OWN_PEERS = Words("names colleagues who review them", "提名评价自己的同事")
THEIR_PEERS = Words("names colleagues for each of their people", "为每位下属提名同事")


def does(template: Template, phase: Phase) -> Words:
    """What is done in the phase, and by whom; where nobody is asked, what the template notes about it."""
    if phase.work == "none":
        return phase.note or SHOWS
    if phase.work == "interview":
        return TALKS
    way = way_of(template, phase)
    if way == "nobody":
        return BY_HR if phase.work == "nominate" else BY_LINK
    if phase.work == "nominate" and phase.review == "peer":
        return WHO[way] + (OWN_PEERS if way == "own" else THEIR_PEERS)
    named = phase.review if phase.work in ("nominate", "review") else None
    return WHO[way] + DOES[phase.work, named]


def days_of(window: Window) -> Words:
    """The first and the last day, and what is taken after it where somebody is asked."""
    days = Words("{first} to {last}", "{first} 至 {last}").fill(
        first=day_words(window.opens), last=day_words(window.due)
    )
    if not asks(window.phase):
        return days
    late = (
        Words("a firm deadline", "截止后不再接收")
        if window.phase.hard
        else count(window.phase.grace, "{n} day of grace", "{n} days of grace", "宽限 {n} 天")
    )
    return days + Words(" (", "（") + late + Words(")", "）")
