"""My results: the newest one that is open to me, and the way to those before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Divider, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.records import ResultRecords
from flows.results.shown.lines import OPEN
from flows.results.shown.result import TITLE, body_of, is_open, noticed
from flows.results.shown.standing import in_short, standings

MOST = 12  # earlier results that are listed
NOT_YET = Words(
    "There is no result of yours to read yet. You will be told when there is one.",
    "目前还没有可以查看的结果，发布后会通知你。",
)


def own_results(_records: ResultRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """Always the actor's own, whatever a button says."""
    return Thing("conversation", actor)


def open_to(records: ResultRecords, actor: Person, now: datetime) -> Iterator[Cycle]:
    """The cycles whose result the actor may read by now, the newest first."""
    for place in sorted(records.participants.of_person(actor.id), key=lambda one: -one.cycle):
        release = records.releases.get(place.cycle)
        cycle = records.cycles.get(place.cycle) if release and release.released_at else None
        if cycle and is_open(records, actor, cycle, actor, now):
            yield cycle


@view("results", may=("conversation", "hold"), of=own_results, command="result",
      help=Words("your result, and how it was computed", "查看你的结果及计算方式"))  # fmt: skip
def results(records: ResultRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """The newest result in full; who has none reads the same whether it is being made, ahead or withheld."""
    found = list(open_to(records, actor, now))
    place = Act("see", ("results",))
    if not found:
        return Screen(TITLE, (Line(NOT_YET),), place=place)
    newest, *earlier = found
    noticed(records, actor, newest, actor, now)
    body = body_of(records, actor, newest, actor, now)
    if earlier:
        body += [Divider(), Heading(Words("Earlier results", "以往结果"))]
        body += [row(records, actor, cycle) for cycle in earlier[:MOST]]
    if len(earlier) > MOST:
        body.append(Note(Words("Older ones are not listed.", "更早的结果不再列出。")))
    return Screen(TITLE, tuple(body), place=place)


def row(records: ResultRecords, actor: Person, cycle: Cycle) -> Element:
    """One earlier result in a line, with the way to it."""
    standing = standings(records, cycle, [actor.id]).get(actor.id)
    words = in_short(cycle.template, standing) if standing else same("–")
    return Row(words, Button(OPEN, Act("see", ("result", str(cycle.id), str(actor.id)))), same(cycle.name))
