"""Reviews in one list: everything that somebody has to write, and what was written about them once it is released."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.moments import day_and_time
from flows.core.progress import way_in
from flows.core.screen import Act, Button, Element, Heading, Line, Menu, Row, Screen
from flows.core.words import Words, same
from flows.cycle.asking import is_personal
from flows.cycle.nudges.entry import MORE, further
from flows.cycle.records import Cycle
from flows.cycle.template import Phase
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.records import ResultRecords
from flows.reviews.about_somebody import everything_about, review_row
from flows.reviews.facing import REVIEW
from flows.reviews.owed import Asked, asked_in, form_of, mine_in, sent_of, subject_of
from flows.reviews.reading import READ, TITLE
from flows.reviews.writing import write_review


def own_list(_records: ResultRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """The list shows what the actor has to write, whatever the button says."""
    return Thing("review_list", actor)


@view(
    "reviews",
    may=("review_list", "read"),
    of=own_list,
    command="review",
    help=Words(
        "the reviews you have to write, and what was written about you",
        "查看需要你填写的评估，以及关于你的评估",
    ),
)
def reviews(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everything to review, of the phase that is named or of all that are on; without one, what is about the actor."""
    body: list[Element] = []
    for cycle in records.cycles.in_state("live"):
        for phase in cycle.template.phases:
            wanted = len(about) < 2 or about == (str(cycle.id), phase.name)
            if wanted and form_of(cycle, phase):
                body += rows(records, actor, cycle, phase, now)
    if not body:
        body.append(Line(NOTHING))
    if len(about) < 2:
        body += about_actor(records, actor, now)
    return Screen(TITLE, tuple(body), place=Act("see", ("reviews", *about[:2])))


NOTHING = Words(
    "There is no review for you to write at the moment: no cycle asks you for one now. You will be told when one does.",
    "目前没有需要你填写的评估：现在没有周期需要你填写，到时会通知你。",
)


def rows(records: ResultRecords, actor: Person, cycle: Cycle, phase: Phase, now: datetime) -> list[Element]:
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


def row(records: ResultRecords, actor: Person, asked: Asked, now: datetime) -> list[Element]:
    """One review with its state and the button into it; beside it what else one may read about the same person."""
    task = asked.owed.task
    name, state = same(asked.about.name), state_of(records, asked, actor, now)
    body: list[Element] = [Line(name + Words(": ", "：") + state)]
    if task.person == actor.id and task.state in ("open", "done") and now < task.until:
        label = way_in(records, actor, write_review, subject_of(task), now)
        body = [Row(state, Button(label, Act("open", ("review", subject_of(task)))), name)]
        body += (
            [Menu(MORE, further(REVIEW, task, personal=is_personal(asked.owed.phase)))]
            if task.state == "open"
            else []
        )
    elif place := where_sent(records, asked, actor):
        body = [Row(state, Button(READ, place), name)]
    if asked.form.kind == "manager":
        cycle, about = asked.owed.cycle, asked.about
        others = everything_about(records, actor, cycle, about, now)
        body += [review_row(records, cycle, sent, about) for sent in others if sent.author != actor.id]
    return body


def where_sent(records: ResultRecords, asked: Asked, actor: Person) -> Act | None:
    """Where the actor reads what they have sent and can't change any more."""
    task = asked.owed.task
    if asked.form.anonymous:
        sealed = task.state != "done" or task.person != actor.id or records.pens.is_sealed(task.scope)
        return None if sealed else Act("see", ("review-own", subject_of(task)))
    sent = sent_of(records, asked, actor.id)
    return Act("see", ("review-read", str(sent.id))) if sent and sent.author == actor.id else None


def state_of(records: ResultRecords, asked: Asked, actor: Person, now: datetime) -> Words:
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


def about_actor(records: ResultRecords, actor: Person, now: datetime) -> list[Element]:
    """What others wrote about the actor with their names, cycle by cycle; the policy lets it through once released."""
    body: list[Element] = []
    for place in records.participants.of_person(actor.id):
        cycle = records.cycles.get(place.cycle)
        found = everything_about(records, actor, cycle, actor, now) if cycle else []
        others = [sent for sent in found if sent.author != actor.id]
        if cycle and others:
            title = Words("Written about you · {cycle}", "关于你的评估 · {cycle}").fill(cycle=cycle.name)
            body += [Heading(title), *(review_row(records, cycle, sent) for sent in others)]
    return body
