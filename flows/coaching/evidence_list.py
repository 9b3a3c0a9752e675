"""Evidence where it is read: about oneself, what one noted, and about each of one's people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flows.coaching.evidence import NOTED, TITLE
from flows.coaching.evidence_records import Evidence, EvidenceRecords
from flows.coaching.records import A_YEAR
from flows.core.catalog import deed, notice, view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.owed import Notice
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.people.policy import Thing, thing_of

SHOWN = 25  # on one screen: the newest
OPEN = Words("Open", "打开")
NOTE = Button(Words("Note something", "记录依据"), Act("open", ("evidence", "")))


def since(now: datetime, person: Person) -> date:
    """How far back a list goes: a year."""
    return local_day(now, person.zone) - A_YEAR


def about_of(records: EvidenceRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """Somebody's evidence, by their id; without one, one's own."""
    if not about or not about[0]:
        return Thing("evidence", actor)
    person = records.people.get(number_in(about[0]))
    return thing_of("evidence", person, actor, records.people) if person else None


def noted_of(records: EvidenceRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A single one as its writer's; whom it is about can't take it away."""
    found = records.evidence.get(number_in(about[0] if about else ""))
    by = records.people.get(found.by) if found else None
    return Thing("evidence_noted", by) if by else None


def number_in(text: str) -> int:
    """The id that a button names; 0, which nothing has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@view(
    "evidence-list",
    may=("evidence", "read"),
    of=about_of,
    command="evidence list",
    help=Words("evidence about you, and what you noted", "查看关于你的依据和你记录的依据"),
)
def evidence_list(records: EvidenceRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """About one person in the last year; for oneself also what one noted about others, and the way to one's people."""
    person = records.people.get(number_in(about[0])) if about and about[0] else actor
    if person is None:
        raise NotThere
    own = person.id == actor.id
    found = records.evidence.about(person.id, since(now, person))
    body: list[Element] = [Heading(Words("About you", "关于你") if own else same(person.name))]
    body += rows(records, actor, found, show_whom=False)
    if own:
        others = [one for one in records.evidence.by(actor.id) if one.about != actor.id]
        if others:
            body += [Divider(), Heading(Words("Noted by you", "你记录的")), *rows(records, actor, others)]
        people = records.people.reports_of(actor.id)
        if people:
            body += [Divider(), Heading(Words("Your people", "你的下属"))]
            body += [
                Row(same(one.name), Button(OPEN, Act("see", ("evidence-list", str(one.id)))))
                for one in people
            ]
    body.append(Buttons((NOTE,)))
    return Screen(TITLE, tuple(body), place=Act("see", ("evidence-list", *about)))


def rows(
    records: EvidenceRecords, actor: Person, found: Sequence[Evidence], show_whom: bool = True
) -> list[Element]:
    """The newest first, each with a way to take back what one has noted oneself."""
    newest = list(reversed(found))
    body: list[Element] = []
    for one in newest[:SHOWN]:
        body.append(headed(records, actor, one, show_whom))
        if one.text:
            body.append(Quote(one.text))
        body += message_of(one)
    if not newest:
        body.append(Line(Words("Nothing yet.", "暂无。")))
    elif len(newest) > SHOWN:
        body.append(Note(Words("{n} more before that.", "更早还有 {n} 条。").fill(n=len(newest) - SHOWN)))
    return body


def headed(records: EvidenceRecords, actor: Person, one: Evidence, show_whom: bool) -> Element:
    """The day, who noted it or whom it is about, and its goal."""
    other = records.people.get(one.about if show_whom else one.by)
    words = day_words(one.day) + same(f" · {other.name if other else '?'}") + goal_words(records, one)
    if one.by != actor.id:
        return Line(words)
    sure = Words("It is deleted, also from the diary.", "将被删除，工作记录中也不再显示。")
    back = Act("do", ("evidence-take-back", str(one.id)))
    return Row(words, Button(Words("Delete", "删除"), back, "danger", sure))


def goal_words(records: EvidenceRecords, one: Evidence) -> Words:
    """The goal that it tells of, while that is there."""
    goal = records.goals.get(one.goal) if one.goal else None
    return same(f" · {goal.title}") if goal else same("")


def message_of(one: Evidence) -> list[Element]:
    """The copy of a message: who wrote it where, and the way to it."""
    if not one.quote:
        return []
    where = Words(" in #{channel}", "（#{channel}）").fill(channel=same(one.place)) if one.place else same("")
    link = same(f"\n{one.link}") if one.link else same("")
    head = Words("Message by {name}", "{name} 的消息").fill(name=same(one.author_name or "?"))
    return [Note(head + where + link), Quote(one.quote)]


@deed("evidence-take-back", may=("evidence_noted", "take_back"), of=noted_of)
def take_back(records: EvidenceRecords, _actor: Person, about: tuple[str, ...], _now: datetime) -> Words:
    """Delete what one has noted; pressed twice it is gone once."""
    records.evidence.take_away(number_in(about[0]))
    return Words("It is deleted.", "已删除。")


@notice(NOTED)
def told(records: EvidenceRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That something was noted, and not what."""
    found = records.evidence.get(one.about["evidence"])
    by = records.people.get(found.by) if found else None
    if by is None:
        return None
    words = Words(
        "{name} has noted something that they saw of your work. It stands in your diary.",
        "{name} 记录了一条关于你工作的内容，已记入你的工作记录。",
    ).fill(name=same(by.name))
    return [Line(words), Buttons((Button(Words("Look", "查看"), Act("see", ("evidence-list",))),))]
