"""Everything that was written about one person with a name, for whoever may read it: managers, HR, and themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flows.core.catalog import deed, view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Element, Heading, Line, Note, Row, Screen
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.results.stages import thing_about
from flows.reviews.owed import Moment, place_named
from flows.reviews.reading import READ, TITLE, readable
from flows.reviews.records import Review

LOOK = ("self_review", "count")
"""The list is for whoever may know how far somebody's reviews are; each review in it is asked about by itself."""


def everything_about(
    records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime
) -> list[Review]:
    """What was sent about the person with a name and the actor may read now, in the order of the phases."""
    places = {phase.name: place for place, phase in enumerate(cycle.template.phases)}
    sent = [one for one in records.reviews.about(cycle.id, [person.id]) if readable(records, actor, one, now)]
    return sorted(sent, key=lambda one: (places.get(one.phase, 0), one.id))


def review_row(records: ResultRecords, cycle: Cycle, sent: Review, about: Person | None = None) -> Row:
    """One review with the way to it: which kind it is, and who wrote it; `about` whom, in a list of several people's."""
    title = cycle.template.reviews[sent.kind].title + same(f" · {about.name}" if about else "")
    author = records.people.get(sent.author) if sent.author != sent.about else None
    words = Words("by {name}", "评估人：{name}").fill(name=author.name) if author else Words("sent", "已提交")
    return Row(words, Button(READ, Act("see", ("review-read", str(sent.id)))), title)


def whose_reviews(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """Somebody's reviews in a cycle: for whoever may know how far they are; each is asked about by itself."""
    cycle, person = place_named(records, about)

    def at(now: datetime) -> Thing | None:
        return thing_about(records, actor, LOOK[0], cycle, person, now) if cycle and person else None

    return at


@view("reviews-of", may=LOOK, of=whose_reviews)
def reviews_of(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """All that was written about one person with a name, as far as the reader may read it by now."""
    cycle, person = place_named(records, about)
    if cycle is None or person is None:
        raise NotThere
    found = everything_about(records, actor, cycle, person, now)
    body: list[Element] = [Heading(same(f"{person.name} · {cycle.name}"))]
    body += [review_row(records, cycle, sent) for sent in found]
    if not found:
        body.append(Line(Words("There is nothing that you may read by now.", "目前没有你可以查看的评估。")))
    if any(form.anonymous for form in cycle.template.reviews.values()):
        body.append(Note(UNNAMED))
    return Screen(TITLE, tuple(body), place=Act("see", ("reviews-of", *about)))


UNNAMED = Words(
    "What was written without names is shown with the result, all together, where enough have answered.",
    "不显示姓名的评估会随结果汇总显示，前提是作答人数达到要求。",
)


def found_by_name(
    records: ResultRecords, actor: Person, text: str, now: datetime
) -> Iterator[tuple[Cycle, Person]]:
    """The cycles, newest first, of the person whom a mention, an e-mail address or a full name means."""
    person = records.people.get(reader_of(records, actor, now).find(text) or 0)
    places = records.participants.of_person(person.id) if person else []
    for place in sorted(places, key=lambda one: -one.cycle):
        cycle = records.cycles.get(place.cycle)
        if person and cycle:
            yield cycle, person


def led_to(
    records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime
) -> tuple[Cycle, Person] | None:
    """The newest cycle in which the actor may look at the person's reviews."""
    for cycle, person in found_by_name(records, actor, about[0] if about else "", now):
        thing = thing_about(records, actor, LOOK[0], cycle, person, now)
        if thing and may(actor, LOOK[1], thing, now):
            return cycle, person
    return None


def whose_by_name(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The reviews of whom a command names; nobody's where the actor may not look at them."""

    def at(now: datetime) -> Thing | None:
        found = led_to(records, actor, about, now)
        return thing_about(records, actor, LOOK[0], *found, now) if found else None

    return at


@deed(
    "cycle-reviews",
    may=LOOK,
    of=whose_by_name,
    command="cycle reviews",
    help=Words(
        "@person: what was written about somebody, as far as you may read it",
        "@某人：查看关于此人的评估（限你有权查看的内容）",
    ),
)
def cycle_reviews(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """Lead to the reviews of the person who was typed behind the command."""
    found = led_to(records, actor, about, now)
    if found is None:
        raise NotThere
    cycle, person = found
    return Act("see", ("reviews-of", str(cycle.id), str(person.id)))
