"""`/appeal`: whoever disagrees with their result says what with, why, and what they wish; in time, and once at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.kinds import Choice, Choices, Text, YesNo
from flows.core.moments import day_words
from flows.core.page import Question, Questionnaire, as_options
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.screen import Act, Button
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.appealing.records import Appeal, Talk
from flows.results.appealing.rights import hr_for
from flows.results.appealing.steps import begin, note
from flows.results.records import ResultRecords, Version
from flows.results.releasing.looking import own_opening
from flows.results.releasing.opening import appeal_until
from flows.results.stages import has_result, thing_about
from flows.reviews.diary import diary_button
from flows.reviews.rules_result import part_named

TITLE = Words("Appeal", "申诉")
RATING, PROCEDURE = "rating", "procedure"
OTHERS = {
    RATING: Words("The rating as a whole", "整体评级"),
    PROCEDURE: Words("How it came about: the procedure", "形成过程：程序问题"),
}
TALK: Mapping[Talk, Words] = {
    "held": Words("Yes, we have talked it through", "是，已当面沟通"),
    "partly_held": Words("Yes, but not to the end", "沟通过，但没有谈完"),
    "not_held": Words("No", "没有"),
}
READERS = Words(
    "HR reads it, and whoever decides: first the manager above your manager, or HR where that one had a part in your "
    "score; then, if you go on, three people who had none. Your manager learns that there is an appeal, and the "
    "decision. It never makes your result worse, and you can withdraw it until it is decided.",
    "HR 和裁决人会看到：首先是你上级的上级（若其参与过评分则为 HR）；如你继续，则由三位未参与评分的人复审。"
    "你的上级只会知道有一份申诉以及最终决定。申诉不会使结果变差，裁决前可以随时撤回。",
)
APART_HINT = Words(
    "Then it goes straight to HR admins who had no part in your score and are not tied to anybody who had. No manager of "
    "yours is told about it.",
    "勾选“是”后，申诉将直接交给未参与你评分、且与参与者无关联的 HR 管理员，你的任何上级都不会收到通知。",
)
FACTS_HINT = Words("What happened, when, who knows of it.", "发生了什么、何时、谁了解情况。")


@dataclass(frozen=True, slots=True)
class Disagreeing:
    """Whose result it is, as it stands; `before` is the appeal that came back to be completed."""

    cycle: Cycle
    person: Person
    version: Version
    before: Appeal | None = None


@dataclass(frozen=True, slots=True)
class Filed:
    """What is contested, and why."""

    parts: tuple[str, ...]
    facts: str
    evidence: str
    talk: Talk
    wish: str
    apart: bool


def own(_records: ResultRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """Always one's own, whatever a button says: nobody appeals for somebody else."""
    return Thing("conversation", actor)


def disagreeing(records: ResultRecords, actor: Person, subject: str, now: datetime) -> Disagreeing:
    """One's own result of the cycle; refuses what can't be appealed against, and says why."""
    cycle = records.cycles.get(whole(subject))
    version = records.ledger.latest(cycle.id, actor.id) if cycle else None
    place = records.participants.get(cycle.id, actor.id) if cycle else None
    thing = thing_about(records, actor, "appeal", cycle, actor, now) if cycle else None
    if cycle is None or version is None or not has_result(place) or not may(actor, "view", thing, now):
        raise NotThere
    refuse_again(records.appeals.of(cycle.id, actor.id), cycle)
    if not may(actor, "create", thing, now):
        raise late(records, cycle, actor)
    return Disagreeing(cycle, actor, version)


def late(records: ResultRecords, cycle: Cycle, actor: Person) -> Refusal:
    """The time is over; until when it was."""
    release = records.releases.get(cycle.id)
    opens = own_opening(records, cycle, release, actor) if release else None
    until = appeal_until(opens, actor, cycle.template) if opens else None
    day = day_words(local_day(until, actor.zone)) if until else same("–")
    return Refusal(
        Words(
            "The time to appeal against your result of {cycle} ended on {day}. What you wrote is kept. If something kept "
            "you from it, talk to HR.",
            "{cycle}结果的申诉期限已于 {day} 截止。你写的内容已保留。如有特殊原因，请联系 HR。",
        ).fill(cycle=cycle.name, day=day)
    )


def refuse_again(appeals: list[Appeal], cycle: Cycle) -> None:
    """One at a time; what was decided or found not admissible is not taken up again, and one is withdrawn once."""
    last = appeals[-1] if appeals else None
    if last is None:
        return
    if last.is_open:
        raise Refusal(
            "You have an appeal about your result of {cycle} already. Type /appeal to see where it is. What you wrote is "
            "kept.",
            "你已对{cycle}的结果提出申诉。输入 /appeal 查看进展。你写的内容已保留。", cycle=cycle.name,
        )  # fmt: skip
    if last.state != "withdrawn":
        raise Refusal(
            "Your appeal about {cycle} is over, and the same result is not looked at a second time. Type /appeal to read "
            "what was decided.",
            "你对{cycle}的申诉已结束，同一结果不再重复受理。输入 /appeal 查看决定。", cycle=cycle.name,
        )  # fmt: skip
    if len(appeals) > 1:
        raise Refusal(
            "You have withdrawn an appeal about {cycle} twice, so it is not taken up again. If something new has come "
            "up, talk to HR. What you wrote is kept.",
            "你已两次撤回对{cycle}的申诉，不再受理。如有新的情况，请联系 HR。你写的内容已保留。", cycle=cycle.name,
        )  # fmt: skip


def steps(ask: Ask, its: Disagreeing) -> Filed:
    """All of it on one screen, so that nothing typed is ever out of sight."""
    names = [part["name"] for part in its.version.inputs.get("components", ())]
    options = [Option(name, part_named(its.cycle.template, name)) for name in names]
    options += [Option(key, words) for key, words in OTHERS.items()]
    questions = [
        Question("parts", Words("What do you contest?", "你对哪些部分有异议？"), Choices(tuple(options), 1)),
        Question("facts", Words("What are the facts?", "事实是什么？"), Text(8), hint=FACTS_HINT),
        Question(
            "evidence", Words("What shows it? Documents, links, names", "有哪些证据？文件、链接、知情人"), Text(6), optional=True
        ),
        Question("talk", Words("Has your result been talked through with you?", "是否已就结果与你沟通？"),
                 Choice(as_options(TALK))),
        Question("wish", Words("What outcome do you wish for?", "你希望的结果？"), Text(3)),
    ]  # fmt: skip
    if its.before is None:
        fear = Words("Do you fear that you suffer for speaking up?", "你是否担心因此受到报复？")
        questions.append(Question("apart", fear, YesNo(), hint=APART_HINT))
    said = ask.form(Questionnaire("appeal", TITLE, tuple(questions)), start=start(its))
    return Filed(
        said["parts"] or (), said["facts"] or "", said["evidence"] or "", said["talk"] or "not_held",
        said["wish"] or "", bool(said.get("apart")),
    )  # fmt: skip


def start(its: Disagreeing) -> dict[str, Any]:
    """What was sent before, where it is to be completed."""
    if its.before is None:
        return {"apart": False}
    one = its.before
    return {
        "parts": list(one.parts), "facts": one.facts, "evidence": one.evidence or None, "talk": one.talk, "wish": one.wish,
    }  # fmt: skip


def keep(records: ResultRecords, actor: Person, subject: str, filed: Filed, now: datetime) -> Words:
    """Keep it and have it checked."""
    its = disagreeing(records, actor, subject, now)
    place = records.participants.get(its.cycle.id, actor.id)
    made = Appeal(
        0, its.cycle.id, actor.id, place.department if place else actor.department, its.version.version, "filed",
        filed.parts, filed.facts, filed.evidence, filed.talk, filed.wish, filed.apart, now, 0, now, now,
    )  # fmt: skip
    if filed.apart:
        refuse_unheard(records, made, now)
    kept = records.appeals.add(made)
    if kept is None:
        refuse_again(records.appeals.of(its.cycle.id, actor.id), its.cycle)
        raise NotThere
    note(records, kept, "filed", actor.id, now)
    kept = begin(records, its.cycle, kept, "filed", now)
    return Words(
        "Your appeal is filed. HR checks the form of it by {day}. Type /appeal to see where it is.",
        "申诉已提交，HR 将在 {day} 前完成形式审查。输入 /appeal 可查看进展。",
    ).fill(day=day_words(local_day(kept.due_at, actor.zone)))


def refuse_unheard(records: ResultRecords, made: Appeal, now: datetime) -> None:
    """Where every HR admin is tied to the score, nobody could keep it apart; better said now than later."""
    if not hr_for(records, made, now):
        raise Refusal(
            "Every HR admin had a part in your score or is tied to somebody who had, so it can't be kept apart here. "
            "Answer “no” to file it as any other, or turn to an ombudsperson or your employees' council. What you wrote "
            "is kept.",
            "所有 HR 管理员都参与过你的评分或与参与者有关联，这里无法单独处理。可以选“否”按普通申诉提交，或向监察人员、工会求助。"
            "你写的内容已保留。",
        )  # fmt: skip


def ways(its: Disagreeing) -> list[Button]:
    """One's own diary and how the result was computed, beside the form."""
    place = (str(its.cycle.id), str(its.person.id))
    how = Words("How was this computed?", "得分是如何计算的？")
    return [diary_button(its.cycle, its.person), Button(how, Act("see", ("result-explained", *place)))]


file_appeal = flow(
    "appeal", TITLE, may=("conversation", "hold"), of=own, facts=disagreeing, keep=keep,
    about=lambda its: same(its.cycle.name), readers=lambda _its: READERS, ways=ways, again=True,
)(steps)  # fmt: skip
