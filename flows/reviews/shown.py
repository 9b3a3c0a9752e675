"""The reviews that somebody has to write, in one list, and one review as its readers see it."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.progress import way_in
from flows.core.records import Task
from flows.core.said import Reader
from flows.core.screen import Act, Button, Element, Heading, Line, Menu, Note, Quote, Row, Screen
from flows.core.screens import told
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.cycle.nudges.entry import MORE, further
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.cycle.template import Phase
from flows.people.person import Person
from flows.people.policy import Thing
from flows.reviews.owed import Asked, asked_in, form_of, mine_in, subject_of
from flows.reviews.records import Review, ReviewRecords
from flows.reviews.writing import REVIEW, sent_of, write_review

TITLE = Words("Reviews", "评估")
READ = Words("Read", "查看")


def own_list(_records: ReviewRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """The list shows what the actor has to write, whatever the button says."""
    return Thing("review_list", actor)


@view(
    "reviews",
    may=("review_list", "read"),
    of=own_list,
    command="review",
    help=Words("the reviews you have to write", "查看需要你填写的评估"),
)
def reviews(records: ReviewRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everything to review, of the phase that is named or of all that are on, with how far each is."""
    body: list[Element] = []
    for cycle in records.cycles.in_state("live"):
        for phase in cycle.template.phases:
            wanted = len(about) < 2 or about == (str(cycle.id), phase.name)
            if wanted and form_of(cycle, phase):
                body += rows(records, actor, cycle, phase, now)
    if not body:
        body.append(
            Line(
                Words(
                    "There is no review for you to write at the moment: no cycle asks you for one now. "
                    "You will be told when one does.",
                    "目前没有需要你填写的评估：现在没有周期需要你填写，到时会通知你。",
                )
            )
        )
    return Screen(TITLE, tuple(body), place=Act("see", ("reviews", *about[:2])))


def rows(records: ReviewRecords, actor: Person, cycle: Cycle, phase: Phase, now: datetime) -> list[Element]:
    """A phase's reviews: what is left first, by due moment and name."""
    found = [
        asked for task in mine_in(records, actor, cycle, phase, now) if (asked := asked_in(records, task))
    ]
    if not found:
        return []
    found.sort(key=lambda one: (one.owed.task.state != "open", one.owed.task.due_at, one.about.name))
    done = sum(asked.owed.task.state == "done" for asked in found)
    body: list[Element] = [Heading(phase.title + same(f" · {cycle.name}"))]
    if len(found) > 1:
        body.append(Line(Words("{n} of {m} done", "已完成 {n}/{m}").fill(n=done, m=len(found))))
    for asked in found:
        body += row(records, actor, asked, now)
    return body


def row(records: ReviewRecords, actor: Person, asked: Asked, now: datetime) -> list[Element]:
    """One review with its state and the button into it; beside it the self review of the same person."""
    task = asked.owed.task
    name, state = same(asked.about.name), state_of(records, asked, actor, now)
    body: list[Element] = [Line(name + Words(": ", "：") + state)]
    if task.person == actor.id and task.state in ("open", "done") and now < task.until:
        label = way_in(records, actor, write_review, subject_of(task), now)
        body = [Row(state, Button(label, Act("open", ("review", subject_of(task)))), name)]
        body += [Menu(MORE, further(REVIEW, task))] if task.state == "open" else []
    elif (sent := sent_of(records, asked)) and sent.author == actor.id:
        body = [Row(state, Button(READ, Act("see", ("review-read", str(sent.id)))), name)]
    own = None if asked.is_self else self_review(records, asked.owed.cycle, task)
    if own and own.manager == actor.id:
        words = Words("Self review of {name}", "{name}的自评").fill(name=name)
        body.append(Row(words, Button(READ, Act("see", ("review-read", str(own.id))))))
    return body


def state_of(records: ReviewRecords, asked: Asked, actor: Person, now: datetime) -> Words:
    """How the review stands, in words."""
    task = asked.owed.task
    if task.state == "done":
        return Words("sent", "已提交")
    if task.state == "waived":
        return Words("not needed", "无需填写")
    if task.state == "expired" or now >= task.until:
        return Words("closed", "已关闭")
    if task.person != actor.id:
        doer = records.people.get(task.person)
        return Words("{name} does it for you", "由{name}代为填写").fill(name=same(doer.name if doer else "?"))
    due = day_and_time(task.due_at, actor.zone)
    if now > task.due_at:
        return Words("late (was due {due})", "已逾期（截止时间为 {due}）").fill(due=due)
    return Words("due {due}", "{due} 截止").fill(due=due)


def self_review(records: ReviewRecords, cycle: Cycle, task: Task) -> Review | None:
    """What the person has written about themselves in the same cycle, once it was sent."""
    for phase in cycle.template.phases:
        if phase.work == "review" and phase.review == "self":
            sent = records.reviews.find(cycle.id, phase.name, task.about, "self")
            if sent:
                return sent
    return None


def whose_review(records: ReviewRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A self review is read by whoever reviewed its author when it was sent, and the managers above; a manager's
    by its author alone."""
    sent = records.reviews.get(whole(about[0]))
    author = records.people.get(sent.author) if sent else None
    if sent is None or author is None:
        return None
    above = (sent.manager,) if sent.kind == "self" and sent.manager else ()
    return Thing("review", author, (*above, *records.people.line_of(above[0])) if above else ())


@view("review-read", may=("review", "read"), of=whose_review)
def review_read(records: ReviewRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """All of one review that was sent: each question with its answer."""
    sent = records.reviews.get(whole(about[0]))
    cycle = records.cycles.get(sent.cycle) if sent else None
    person = records.people.get(sent.about) if sent else None
    if sent is None or cycle is None or person is None:
        raise NotThere
    form, when = cycle.template.reviews[sent.kind], sent.edited_at or sent.sent_at
    body: list[Element] = [Heading(form.title + same(f" · {person.name} · {cycle.name}"))]
    body.append(Note(Words("Sent {when}", "提交于 {when}").fill(when=day_and_time(when, actor.zone))))
    body += answers(sent, cycle, reader_of(records, actor, now))
    return Screen(TITLE, tuple(body), place=Act("see", ("review-read", str(sent.id))))


def answers(sent: Review, cycle: Cycle, reader: Reader) -> list[Element]:
    """The questions in their order, each with what was answered."""
    body: list[Element] = []
    for question in cycle.template.reviews[sent.kind].questions:
        body.append(Line(question.words))
        body.append(Quote(told(question, sent.answers, reader).say(reader.language)))
    return body
