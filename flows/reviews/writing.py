"""Writing a review: the duty, the form with the cycle's own questions, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.page import Questionnaire
from flows.core.play import Ask
from flows.core.progress import way_in
from flows.core.records import Task
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words, join, same
from flows.cycle import owing
from flows.cycle.duty import Duty, Face
from flows.cycle.nudges.closing import close
from flows.cycle.owing import refuse_unless_open, until_words
from flows.goals.setting.duty import titles
from flows.people.person import Person
from flows.reviews.owed import KIND, Asked, asked_in, named, readers_of, subject_of, whose
from flows.reviews.records import Review, ReviewRecords

LIST = Words("Open the list", "打开列表")
FORM = "review"  # what the answers are kept under


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form needs: what is asked, the goals of the one it is about, and who will read it."""

    asked: Asked
    form: Questionnaire
    readers: Words


def sheet(records: ReviewRecords, actor: Person, subject: str, now: datetime) -> Sheet:
    """Everything that the form shows; refuses when it is closed, or somebody else has sent it."""
    asked = named(records, actor, subject)
    if asked is None:
        raise NotThere
    refuse_unless_open(asked.owed, asked.title, actor, now)
    sent = sent_of(records, asked)
    if sent and sent.author != actor.id:
        raise Refusal(
            "{title}: this review is written already, by somebody who did it before you. You need not do anything.",
            "{title}：这份评估已由之前的负责人完成，你无需操作。",
            title=asked.title,
        )
    title = asked.form.title if asked.is_self else asked.form.title + same(f" · {asked.about.name}")
    form = Questionnaire(FORM, title, asked.form.questions, note=goals_of(records, asked))
    until = Words(" You can change it until {until}.", "{until} 前可以修改。").fill(
        until=day_and_time(asked.owed.task.until, actor.zone)
    )
    return Sheet(asked, form, readers_of(records, asked) + until)


def sent_of(records: ReviewRecords, asked: Asked) -> Review | None:
    """The review as it was sent, whoever wrote it."""
    task = asked.owed.task
    return records.reviews.find(task.scope, task.subject, task.about, asked.form.kind)


def goals_of(records: ReviewRecords, asked: Asked) -> Words:
    """The goals of the one it is about, beside the questions."""
    goals = records.goals.of_people(asked.owed.cycle.id, [asked.about.id])  # a draft is nobody else's to read
    if not goals:
        return Words("No goals are written for this cycle.", "本周期没有填写目标。")
    whose_goals = (
        Words("Your goals: ", "你的目标：")
        if asked.is_self
        else Words("Goals of {name}: ", "{name}的目标：").fill(name=same(asked.about.name))
    )
    return whose_goals + titles(goals)


def keep(records: ReviewRecords, actor: Person, subject: str, _answers: object, now: datetime) -> Words:
    """Keep the review, and close the task."""
    asked = sheet(records, actor, subject, now).asked
    task, before = asked.owed.task, sent_of(records, asked)
    draft = records.conversations.find("review", actor.id, subject)
    if draft is None:
        raise NotThere
    participant = records.participants.get(task.scope, task.about)
    records.reviews.keep(
        Review(
            before.id if before else 0,
            task.scope,
            task.subject,
            asked.form.kind,
            task.about,
            actor.id,
            before.manager if before else participant.manager if participant else None,
            dict(draft.answers.get(FORM, {})),
            sent_at=before.sent_at if before else now,
            edited_at=now if before else None,
        )
    )
    if task.state != "done":
        close(records, replace(task, state="done", done_at=now))
    return Words("Sent. ", "已提交。") + until_words(task, actor)


@flow(
    "review",  # it has no `subject`, so that it is never written in the chat: reviews stand in no message
    Words("Review", "评估"),
    may=("review", "write"),
    of=whose,
    facts=sheet,
    keep=keep,
    readers=lambda known: known.readers,
)
def write_review(ask: Ask, known: Sheet) -> object:
    return ask.form(known.form)


def face(records: ReviewRecords, task: Task, person: Person, now: datetime) -> Face | None:
    """How the task shows to whoever has to do it."""
    asked = asked_in(records, task)
    if asked is None:
        return None
    subject, cycle = subject_of(task), asked.owed.cycle.name
    first, again = spoken(asked, cycle)
    place = Act("see", ("reviews", str(task.scope), task.subject))
    return Face(
        asked.title,
        first,
        again,
        Button(
            way_in(records, person, write_review, subject, now), Act("open", ("review", subject)), "primary"
        ),
        join([reason(asked, person), readers_of(records, asked)], " ", ""),
        over=owing.over(asked.owed, asked.title, person),
        together=None if asked.is_self else asked.owed.title,
        list=None if asked.is_self else Button(LIST, place, "primary"),
    )


def spoken(asked: Asked, cycle: str) -> tuple[Words, Words]:
    """The sentences for the first time and for later."""
    if asked.is_self:
        return (
            Words("Please write your self review for {cycle}.", "请填写 {cycle} 的自评。").fill(cycle=cycle),
            Words(
                "A reminder: your self review for {cycle} is still to be sent.",
                "提醒：{cycle}的自评还没有提交。",
            ).fill(cycle=cycle),
        )
    name = same(asked.about.name)
    return (
        Words("Please review {name} for {cycle}.", "请为{name}填写{cycle}的评估。").fill(
            name=name, cycle=cycle
        ),
        Words(
            "A reminder: your review of {name} for {cycle} is still to be sent.",
            "提醒：{name}的{cycle}评估还没有提交。",
        ).fill(name=name, cycle=cycle),
    )


def reason(asked: Asked, person: Person) -> Words:
    """Why this person is asked."""
    task = asked.owed.task
    if asked.is_self:
        return owing.why(asked.owed)
    if task.owner == person.id:
        words = Words(
            "Why me? You are the one who reviews {name} in {cycle}.", "为什么收到？{cycle}由你评估{name}。"
        )
    else:
        words = Words(
            "Why me? You do this instead of the one who usually reviews {name} in {cycle}.",
            "为什么收到？{cycle}由你代为评估{name}。",
        )
    return words.fill(name=same(asked.about.name), cycle=asked.owed.cycle.name)


REVIEW = Duty(KIND, owing.policy, face, owing.moments, to_others=True)
