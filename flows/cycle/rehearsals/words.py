"""The problems that a rehearsal finds, in words, each with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows.core.moments import day_words
from flows.core.words import Words, same
from flows.cycle.kept import Cycle
from flows.cycle.rehearsals.rehearsal import Problem

TITLE = Words("Rehearsal", "演练")
CHOOSE = Words("One person's timeline", "查看某个人的时间线")
# What is wrong, and what to do. {phase} and days are put into words, {n} is how many people it is about.
SAID: Mapping[str, tuple[Words, Words]] = {
    "nobody": (
        Words("Nobody takes part.", "没有人参与。"),
        Words("Change whom the cycle is for.", "请修改周期的参与范围。"),
    ),
    "no_second": (
        Words(
            "{people} people take part, and there is no second person in HR who could approve the launch.",
            "共有 {people} 人参与，但没有第二位 HR 可以批准启动。",
        ),
        Words(
            "Above {from} people somebody else approves: give one more person the role hr in people.csv.",
            "超过 {from} 人需要另一位 HR 批准：请在 people.csv 中再指定一位 hr。",
        ),
    ),
    "over": (
        Words("“{phase}” is over already: it was due on {due}.", "“{phase}”已经结束：截止日是 {due}。"),
        Words("Choose a later first day.", "请选择更晚的开始日期。"),
    ),
    "begun": (
        Words("“{phase}” would have begun already, on {opens}.", "“{phase}”本应已经开始（{opens}）。"),
        Words(
            "Everybody has fewer days for it. Choose a later first day, or launch soon.",
            "大家的时间会变短。请选择更晚的开始日期，或尽快启动。",
        ),
    ),
    "by_link": (
        Words("In “{phase}” nobody in the company is asked: customers answer by a link.",
            "“{phase}”由客户通过链接填写，公司内部无人需要填写。"),
        Words(
            "Tell managers in time that they, or HR, invite the customers.",
            "请提前告知管理者：客户由上级或 HR 邀请。",
        ),
    ),
    "unnamed": (
        Words("Nobody is asked to name who writes in “{phase}”.", "没有阶段用于提名“{phase}”的评估人。"),
        Words(
            "Add a phase with `work: nominate` to the template, or have HR name the reviewers.",
            "请在模板中加入 `work: nominate` 的阶段，或由 HR 指定评估人。",
        ),
    ),
    "counts_late": (
        Words("“{phase}” is still open when “{rating}” is due, so it does not count there yet.",
            "“{rating}”截止时“{phase}”仍未关闭，其结果还不会计入。"),
        Words(
            "Let “{rating}” begin after the last day of grace of “{phase}”.",
            "请让“{rating}”在“{phase}”的宽限期结束之后开始。",
        ),
    ),
    "no_manager": (
        Words("{n} people have no manager: nobody would review them.", "{n} 人没有上级，没有人评价他们。"),
        Words(
            "Import their manager in people.csv, or take them out of the cycle.",
            "请在 people.csv 中补上他们的上级，或把他们移出周期。",
        ),
    ),
    "manager_gone": (
        Words("The manager of {n} people has left.", "{n} 人的上级已经离职。"),
        Words("Import their new manager in people.csv.", "请在 people.csv 中导入他们的新上级。"),
    ),
    "no_zone": (
        Words(
            "Of {n} people no time zone is known: they are written to by the clock of UTC.",
            "{n} 人的时区未知：将按 UTC 时间发送。",
        ),
        Words(
            "They set it in Slack's preferences; PERFLOOP_COMPANY_ZONE is for all of whom none is known.",
            "请他们在 Slack 的偏好设置中设置时区；也可以用 PERFLOOP_COMPANY_ZONE 设置公司的默认时区。",
        ),
    ),
    "no_account": (
        Words(
            "{n} people are not in Slack under their e-mail: nothing reaches them until they are.",
            "{n} 人的邮箱在 Slack 中找不到账号：在此之前他们收不到任何消息。",
        ),
        Words("Invite them, or correct the e-mail in people.csv.", "请邀请他们加入，或在 people.csv 中更正邮箱。"),
    ),
    "away": (
        Words("{n} people are on leave for the whole of “{phase}”.", "{n} 人在“{phase}”期间全程休假。"),
        Words(
            "After the launch, extend the phase for them, or have a deputy named for managers.",
            "启动后请为他们延长该阶段，上级可以指定代理人。",
        ),
    ),
    "partly_away": (
        Words("{n} people are on leave during a part of “{phase}”.", "{n} 人在“{phase}”期间有部分时间休假。"),
        Words(
            "They are not written to on those days and have fewer to do it in.",
            "休假期间不会打扰他们，但完成时间会变短。",
        ),
    ),
    "leaving": (
        Words(
            "{n} people leave during the cycle, the first on {first}, the last on {last}.",
            "{n} 人会在周期内离职，最早 {first}，最晚 {last}。",
        ),
        Words(
            "Take out who should not take part; a leaver's tasks close by themselves.",
            "请移出不应参与的人；离职者的任务会自动关闭。",
        ),
    ),
    "opens_on_holiday": (
        Words(
            "“{phase}” opens on a holiday in {country} ({day}, {people} people).",
            "“{phase}”的开始日在 {country} 是节假日（{day}，{people} 人）。",
        ),
        Words(
            "They hear of it on their next working day. Move the first day if that is too late.",
            "他们会在下一个工作日收到通知；若太晚，请调整开始日期。",
        ),
    ),
    "due_on_holiday": (
        Words(
            "“{phase}” is due on a holiday in {country} ({day}, {people} people).",
            "“{phase}”的截止日在 {country} 是节假日（{day}，{people} 人）。",
        ),
        Words(
            "They are reminded on the last working day before it. Move the date if that is too early.",
            "他们会在此前最后一个工作日收到提醒；若太早，请调整日期。",
        ),
    ),
    "few_days": (
        Words(
            "“{phase}” has only {days} working days in {country} ({people} people).",
            "“{phase}”在 {country} 只有 {days} 个工作日（{people} 人）。",
        ),
        Words("Make the phase longer, or move it.", "请延长或移动该阶段。"),
    ),
    "days_unknown": (
        Words(
            "The make-up working days of {country} in {year} are not published yet ({people} people).",
            "{country} {year} 年的调休安排尚未公布（{people} 人）。",
        ),
        Words(
            "Rehearse again when they are, or name them in the template under own_days.",
            "公布后请重新演练，或在模板的 own_days 中填写。",
        ),
    ),
    "small_team": (
        Words(
            "{n} managers lead fewer than {least} people here: anonymous upward feedback on them is never shown.",
            "{n} 位上级的参与下属不足 {least} 人：对他们的匿名反馈不会显示。",
        ),
        Words(
            "Tell them beforehand, or make upward reviews attributed in the template.",
            "请事先说明，或在模板中改为实名向上评价。",
        ),
    ),
    "few_peers": (
        Words(
            "{n} people have fewer than {least} colleagues here: their anonymous peer reviews are never shown.",
            "{n} 人的同事不足 {least} 人：他们的匿名同事评价不会显示。",
        ),
        Words(
            "Widen the audience, or have peers chosen from other departments.",
            "请扩大参与范围，或从其他部门选择评价人。",
        ),
    ),
    "many_reviews": (
        Words(
            "{n} managers have more than {usual} reviews to write in “{phase}” (up to {most}).",
            "{n} 位上级在“{phase}”中要写超过 {usual} 份评价（最多 {most} 份）。",
        ),
        Words(
            "Give the phase more days, or have them hand some over.",
            "请给该阶段更多时间，或让他们转交一部分。",
        ),
    ),
    "full_weeks": (
        Words(
            "{n} people reach the weekly limit of messages, in up to {most} weeks: the rest is folded together.",
            "{n} 人达到每周消息上限（最多 {most} 周）：其余内容会合并发送。",
        ),
        Words(
            "Set fewer reminders in the template, or keep phases apart.",
            "请在模板中减少提醒，或错开各阶段。",
        ),
    ),
    "long_kickoff": (
        Words("The kick-off takes {minutes} minutes to send.", "启动通知需要 {minutes} 分钟才能发完。"),
        Words(
            "Raise PERFLOOP_POSTS_PER_MINUTE if your Slack allows it; deadlines' reminders do not wait for it.",
            "若 Slack 允许，可提高 PERFLOOP_POSTS_PER_MINUTE；截止提醒不受影响。",
        ),
    ),
}  # fmt: skip

DAYS = ("due", "opens", "day", "first", "last")
PHASES = ("phase", "rating")


def said(problem: Problem, cycle: Cycle) -> tuple[Words, Words]:
    """(what is wrong, what to do); "one person" reads as one."""
    wrong, remedy = SAID[problem.kind]
    values = _in_words(problem, cycle)
    if len(problem.people) == 1:
        wrong = Words(_single(wrong.en), wrong.zh)
    return wrong.fill(**values), remedy.fill(**values)


def phase_title(name: str, cycle: Cycle) -> Words:
    phase = cycle.template.phase(name)
    return phase.title if phase else same(name)


def _in_words(problem: Problem, cycle: Cycle) -> dict[str, Any]:
    values: dict[str, Any] = {"n": f"{len(problem.people):,}", **problem.values}
    for name in DAYS:
        if name in values:
            values[name] = day_words(date.fromisoformat(values[name]))
    for name in PHASES:
        if name in values:
            values[name] = phase_title(values[name], cycle)
    return values


def _single(en: str) -> str:
    for many, one in (
        ("{n} people have", "{n} person has"), ("{n} people are", "{n} person is"), ("of {n} people", "of {n} person"),
        ("{n} people leave", "{n} person leaves"), ("Of {n} people", "Of {n} person"),
        ("{n} people reach", "{n} person reaches"), ("{n} managers lead", "{n} manager leads"),
        ("{n} managers have", "{n} manager has"), ("feedback on them", "feedback on this manager"),
        ("their anonymous", "this person's anonymous"), ("their e-mail", "this e-mail"),
        ("they are written", "this person is written"), ("would review them", "would review this person"),
        ("reaches them until they are", "reaches this person until then"),
    ):  # fmt: skip
        en = en.replace(many, one)
    return en
