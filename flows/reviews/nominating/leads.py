"""Project and dotted-line leads: the manager names who else leads their people, and these write with their name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.nudges.closing import close, named_task, own_task
from flows.cycle.owing import owed_in, refuse_unless_open
from flows.people.person import Person
from flows.people.policy import may
from flows.results.records import ResultRecords
from flows.reviews.nominating.naming import NOMINATE, Naming, live, running
from flows.reviews.nominating.rights import thing_for
from flows.reviews.nominating.shown import BACK, has_written, own_list
from flows.reviews.records import Nomination

TITLE = Words("Project leads", "项目负责人")
NAME = Words("Name leads", "指定负责人")
NONE = Words("nobody", "无")
NOBODY = Words(
    "You lead nobody in a cycle that asks project or dotted-line leads at the moment.",
    "目前没有由你负责、且需要指定项目负责人的成员。",
)
WITH_NAME = Words(
    "Leads write with their name. Most people have none: then there is nothing to do.",
    "负责人填写的评估会显示姓名。多数人没有这类负责人，无需填写。",
)


@view(
    "project-reviewers",
    may=("review_list", "read"),
    of=own_list,
    command="review project",
    help=Words("name who leads your people in projects", "指定下属的项目负责人"),
)
def project_reviewers(
    records: ResultRecords, actor: Person, _about: tuple[str, ...], now: datetime
) -> Screen:
    """Each of the actor's people with their leads, of every running cycle that asks such leads."""
    body: list[Element] = []
    for naming in running(records, peers=False):
        led = [one.person for one in records.participants.led_by(naming.cycle.id, actor.id)]
        people = sorted(
            records.people.many([one for one in led if one != actor.id]), key=lambda one: one.name
        )
        mine = [
            one for one in people if may(actor, "assign", thing_for(records, actor, naming, one, now), now)
        ]
        if mine:
            body += of_team(records, naming, mine)
    return Screen(TITLE, tuple(body) or (Line(NOBODY),), place=Act("see", ("project-reviewers",)))


def of_team(records: ResultRecords, naming: Naming, people: list[Person]) -> list[Element]:
    """The people of one cycle, each with the leads who are named."""
    named: dict[int, list[Nomination]] = defaultdict(list)
    for one in records.nominations.about_many(naming.cycle.id, naming.phase.name, [p.id for p in people]):
        named[one.about].append(one)
    leads = {p.id: p.name for p in records.people.many({n.reviewer for each in named.values() for n in each})}
    body: list[Element] = [Heading(naming.phase.title + same(f" · {naming.cycle.name}")), Note(WITH_NAME)]
    for person in people:
        theirs = live(named[person.id])
        button = Button(NAME, Act("open", ("nominate-lead", naming.subject(person.id))))
        body.append(Row(NONE if not theirs else same(str(len(theirs))), button, same(person.name)))
        for one in theirs:
            words = same(leads.get(one.reviewer, "?"))
            if has_written(records, one):
                body.append(Line(words + Words(": has written", "：已提交")))
            else:
                back = Act("do", ("lead-back", str(one.id)))
                body.append(Row(Words("not sent yet", "尚未提交"), Button(BACK, back), words))
        body += [declined(one, leads) for one in named[person.id] if one.state == "declined"]
    return body


def declined(one: Nomination, leads: dict[int, str]) -> Line:
    """A lead who has said that they can't judge, with their reason."""
    return Line(same(leads.get(one.reviewer, "?")) + Words(": can't: ", "：无法评估：") + same(one.why))


@deed("leads-named", may=("task", "answer"), of=own_task)
def everybody_named(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Nobody else leads their people: the manager's task is done. More can be named as long as the reviews are open."""
    task = named_task(records, about)
    owed = owed_in(records, task) if task and task.kind == NOMINATE else None
    if task is None or owed is None or task.owner != task.about:
        raise NotThere
    refuse_unless_open(owed, owed.title, actor, now)
    if task.state == "open":
        close(records, replace(task, state="done", done_at=now))
    return Words("{title}: done.", "{title}：已完成。").fill(title=owed.title)
