"""Writing a review: the form with the cycle's own questions, what stands beside it, and how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.page import Questionnaire
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, here
from flows.core.words import Words, same
from flows.cycle.closed import closed_about
from flows.cycle.nudges.closing import close
from flows.cycle.owing import KEPT, refuse_unless_open, until_words
from flows.people.person import Person
from flows.results.stages import stage_of
from flows.reviews.beside import INSIDE, goals_beside
from flows.reviews.diary import diary_button
from flows.reviews.evidence import DiaryRecords, entries, looking, told
from flows.reviews.owed import Asked, asked_in, mine_in, named, sent_of, subject_of, whose
from flows.reviews.readers import beside, readers_of
from flows.reviews.records import Review
from flows.reviews.scoring.around import around, hinted
from flows.reviews.scoring.final import Final, ask_final, final_of, keep_final, typed_goals
from flows.reviews.scoring.hints import Around

FORM = "review"  # what the answers are kept under


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form needs: what is asked, with what stands beside each question and above all, and who will read it.

    `ways` lead to what is worth a look meanwhile. `final` and `around` are a manager's: the rating at the end, and what
    the review is held against for its hints.
    """

    asked: Asked
    form: Questionnaire
    beside: Mapping[str, Words]
    readers: Words
    ways: tuple[Button, ...] = ()
    final: Final | None = None
    around: Around | None = None


def sheet(records: DiaryRecords, actor: Person, subject: str, now: datetime) -> Sheet:
    """Everything that the form shows; refuses when it is closed, or somebody else has sent it."""
    asked = writable(records, actor, subject, now)
    title = asked.form.title if asked.is_self else asked.form.title + same(f" · {asked.about.name}")
    note = goals_beside(records, asked, now)
    ways: tuple[Button, ...] = ()
    final, held = None, None
    if asked.form.kind in INSIDE:
        seen = looking(asked.owed.cycle, asked.about, now)
        noted = entries(records, seen)
        note += same("\n") + told(seen, noted)
        ways = (diary_button(asked.owed.cycle, asked.about),)
        if asked.form.kind == "manager":
            final = final_of(records, asked.owed.cycle, asked.about, now)
            held = around(records, actor, asked, [one.day for one in noted], seen.first, seen.last)
    until = Words(" You can change it until {until}.", "{until} 前可以修改。").fill(
        until=day_and_time(asked.owed.task.until, actor.zone)
    )
    form = Questionnaire(FORM, title, asked.form.questions, note=note)
    return Sheet(
        asked, form, beside(asked), readers_of(records, asked) + until, ways=ways, final=final, around=held
    )


def writable(records: DiaryRecords, actor: Person, subject: str, now: datetime, kept: Words = KEPT) -> Asked:
    """The review that the subject names, while this person can write it; refuses in words otherwise.

    `kept` says in a no what becomes of what was written.
    """
    asked = named(records, actor, subject)
    if asked is None:
        raise NotThere
    refuse_unless_open(asked.owed, asked.title, actor, now, kept)
    over = over_for_good(records, asked, now)
    if over is not None:
        raise Refusal(over.fill(title=asked.title) + kept)
    sent = sent_of(records, asked, actor.id)
    if sent and sent.author != actor.id:
        raise Refusal(
            "{title}: this review is written already, by somebody who did it before you. You need not do anything.",
            "{title}：这份评估已由之前的负责人完成，你无需操作。",
            title=asked.title,
        )
    return asked


def over_for_good(records: DiaryRecords, asked: Asked, now: datetime) -> Words | None:
    """Why nothing of it changes any more although its time is not over; None while it can be written."""
    cycle = asked.owed.cycle
    release = records.releases.get(cycle.id)
    if release and release.released_at:
        return RELEASED
    if asked.form.anonymous:
        if records.pens.is_sealed(cycle.id):
            return RELEASED
        return COUNTED if closed_about(records, cycle, asked.owed.phase, [asked.about.id], now) else None
    stage = stage_of(records, cycle, asked.about, now, above=True)
    return CALIBRATED if stage == "K" else None


RELEASED = Words(
    "{title}: HR has released the results, so nothing of it changes any more.",
    "{title}：HR 已发布结果，内容不能再修改。",
)
COUNTED = Words(
    "{title}: everybody's answers are counted together by now, so nothing of it changes any more.",
    "{title}：所有人的匿名回答已汇总，内容不能再修改。",
)
CALIBRATED = Words(
    "{title}: the result is being calibrated, so nothing of it changes any more.",
    "{title}：结果正在校准，内容不能再修改。",
)


def keep(records: DiaryRecords, actor: Person, subject: str, _answers: object, now: datetime) -> Words:
    """Keep the review, and close the task. When somebody has sent an anonymous one is kept nowhere."""
    asked = writable(records, actor, subject, now)
    task = asked.owed.task
    draft = records.conversations.find("review", actor.id, subject)
    if draft is None:
        raise NotThere
    answers = {**draft.answers.get(FORM, {}), **typed_goals(draft.answers)}
    if asked.form.anonymous:
        records.pens.keep(task.scope, task.subject, actor.id, task.about, answers)
    else:
        keep_named(records, actor, asked, answers, now)
    if asked.form.kind == "manager":
        keep_final(records, asked.owed.cycle, asked.about, actor, draft.answers, now)
    if task.state != "done":
        close(records, replace(task, state="done", done_at=None if asked.form.anonymous else now))
    return Words("Sent. ", "已提交。") + until_words(task, actor)


def keep_named(
    records: DiaryRecords, actor: Person, asked: Asked, answers: Mapping[str, Any], now: datetime
) -> None:
    """Keep a review that carries its author's name."""
    task, before = asked.owed.task, sent_of(records, asked, actor.id)
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
            answers,
            sent_at=before.sent_at if before else now,
            edited_at=now if before else None,
        )
    )


def sealed_in(known: Sheet) -> int | None:
    """The cycle with whose key the draft is encrypted; drafts of reviews with a name are kept as any other's."""
    return known.asked.owed.cycle.id if known.asked.form.anonymous else None


def hints_of(known: Sheet, answers: Mapping[str, Any]) -> list[Words]:
    """What is worth a second look before a manager's review is sent."""
    return hinted(known.asked.form, known.around, answers) if known.around else []


def next_review(records: DiaryRecords, actor: Person, subject: str, now: datetime) -> list[Button]:
    """The way to the next one of the same phase, in the order of the list; nothing after the last."""
    asked = named(records, actor, subject)
    tasks = mine_in(records, actor, asked.owed.cycle, asked.owed.phase, now) if asked else []
    left = [
        one
        for task in tasks
        if task.state == "open" and now < task.until and (one := asked_in(records, task))
    ]
    if not left:
        return []
    first = min(left, key=lambda one: (one.owed.task.due_at, one.about.name))
    act = here(Act("open", ("review", subject_of(first.owed.task))))
    return [Button(NEXT.fill(name=same(first.about.name)), act, "primary")]


NEXT = Words("Next: {name}", "下一位：{name}")


@flow(
    "review",  # it has no `subject`, so that it is never written in the chat: reviews stand in no message
    Words("Review", "评估"),
    may=("review", "write"),
    of=whose,
    facts=sheet,
    keep=keep,
    about=lambda known: known.form.title,
    readers=lambda known: known.readers,
    ways=lambda known: known.ways,
    sealed=sealed_in,
    hints=hints_of,
    onward=next_review,
)
def write_review(ask: Ask, known: Sheet) -> dict[str, Any]:
    answers = ask.form(known.form, beside=known.beside)
    if known.final:
        ask_final(ask, known.final, answers)
    return answers
