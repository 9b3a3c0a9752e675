"""HR sees how far reviewers are named, as counts by department, and names some for whoever has too few."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.core.catalog import flow, view
from flows.core.desk import NotThere
from flows.core.page import Page, people, person
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, count, join, same
from flows.cycle.hr.scope import named, readable_cycle
from flows.cycle.owing import whole
from flows.cycle.records import Cycle
from flows.goals.agreeing.missing import the_cycle
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.reviews.nominating.form import keep_for
from flows.reviews.nominating.naming import Naming, naming_in, namings
from flows.reviews.nominating.rights import named_by, thing_for

MOST = 40  # lines of departments, and names on one screen
TITLE = Words("Reviewers", "评估人")
NAME, NEXT = Words("Name reviewers", "指定评估人"), Words("Next", "下一页")
FOR_ANYBODY = Words("Name reviewers for somebody else", "为其他人指定评估人")
NONE_NAMED = Words(
    "Nobody is named in {cycle}: it has no reviews by colleagues or leads.",
    "“{cycle}”没有同事或项目评估，无需提名。",
)
COUNTS = Words(
    "Counts only: who was named is for the person and their manager.",
    "仅显示人数；提名了谁只有本人及其上级能看到。",
)


def whose_cycle(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The cycle that a button names; a command that names none finds the newest that runs."""
    return readable_cycle(records, actor, about) if any(about) else Thing("cycle")


@view("cycle-reviewers", may=("cycle", "read"), of=whose_cycle, command="cycle reviewers",
      help=Words("HR: who has too few reviewers", "HR：查看评估人不足的人员"))  # fmt: skip
def cycle_reviewers(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Each review whose writers are named: departments with counts, then who has too few; about is (cycle, last id)."""
    cycle = the_cycle(records, actor, about[:1], now)
    after = whole(about[1]) if len(about) > 1 else 0
    body: list[Element] = [Heading(same(cycle.name))]
    for naming in namings(cycle):
        body += of_phase(records, actor, naming, after, now)
    if len(body) == 1:
        body.append(Line(NONE_NAMED.fill(cycle=cycle.name)))
    return Screen(TITLE, (*body, Note(COUNTS)), place=Act("see", ("cycle-reviewers", str(cycle.id))))


def of_phase(
    records: ResultRecords, actor: Person, naming: Naming, after: int, now: datetime
) -> list[Element]:
    """One review: how many of each department are short, and the names of those who are."""
    scope = actor.hr_scope
    rows = [
        (same(name or "–"), department_words(*numbers))
        for name, *numbers in records.nominations.counted(naming.cycle.id, naming.phase.name, naming.least)
        if scope is None or name in scope
    ]
    body: list[Element] = [Heading(naming.phase.title)]
    body += [Facts(tuple(rows[:MOST]))] if rows and naming.is_peer else []
    if naming.cycle.state != "live":
        return body
    name_one = Button(FOR_ANYBODY, Act("open", ("reviewers-for", f"{naming.cycle.id}/{naming.phase.name}")))
    return [*body, *short_rows(records, actor, naming, after, now), Buttons((name_one,))]


def department_words(everybody: int, short: int, waiting: int, declined: int) -> Words:
    """One department: how many have too few, wait for a yes, or were left short by somebody who declined."""
    parts = [Words("{n} of {all} with too few", "{all} 人中 {n} 人不足").fill(n=short, all=everybody)]
    if waiting:
        parts.append(count(waiting, "{n} waits for a yes", "{n} wait for a yes", "{n} 人待确认"))
    if declined:
        parts.append(count(declined, "{n} not replaced", "{n} not replaced", "{n} 人尚未补充"))
    return join(parts, ", ", "，")


def short_rows(
    records: ResultRecords, actor: Person, naming: Naming, after: int, now: datetime
) -> list[Element]:
    """Who has too few, with how many they have, and a way to name some where that is the reader's to do."""
    cycle, phase = naming.cycle.id, naming.phase.name
    found = records.nominations.short(cycle, phase, naming.least, after, MOST + 1, actor.hr_scope)
    everybody = {one.id: one for one in records.people.many([who for who, _, _ in found[:MOST]])}
    body: list[Element] = []
    for who, _, number in found[:MOST]:
        one = everybody[who]
        words = Words("{n} of {least}", "{n}/{least} 人").fill(n=number, least=naming.least)
        if may(actor, "create", thing_for(records, actor, naming, one, now), now):
            body.append(
                Row(words, Button(NAME, Act("open", ("nominate", naming.subject(who)))), same(one.name))
            )
            body += reasons(records, naming, one)
        else:
            body.append(Line(same(one.name) + Words(": ", "：") + words))
    if len(found) > MOST:
        more = Act("see", ("cycle-reviewers", str(cycle), str(found[MOST - 1][0])))
        body.append(Buttons((Button(NEXT, more),)))
    return body


def reasons(records: ResultRecords, naming: Naming, one: Person) -> list[Element]:
    """Why somebody declined to review a person whom nobody leads: HR stands where the manager would."""
    place = records.participants.get(naming.cycle.id, one.id)
    if place is None or place.manager is not None:
        return []
    every = records.nominations.about(naming.cycle.id, naming.phase.name, one.id)
    return [Quote(nomination.why) for nomination in every if nomination.state == "declined"]


class Whom(Page):
    title = NAME
    whom: int = person("Whose reviewers?", "为谁指定评估人？")
    reviewers: tuple[int, ...] = people("Who reviews them?", "由谁评估？", least=1)


@dataclass(frozen=True, slots=True)
class Named:
    """Whose reviewers, and who."""

    whom: int
    reviewers: tuple[int, ...]


def naming_of(records: ResultRecords, _actor: Person, subject: str, _now: datetime) -> Naming:
    """What "cycle/phase" means, in a live cycle."""
    cycle, _, phase = subject.partition("/")
    naming = naming_in(records, whole(cycle), phase)
    if naming is None:
        raise NotThere
    return naming


def keep(records: ResultRecords, actor: Person, subject: str, chosen: Named, now: datetime) -> Words:
    """HR's word is a yes at once; only for people whom they look after, and never for themselves."""
    naming = naming_of(records, actor, subject, now)
    found = named_by(records, naming.parts(chosen.whom))
    action = "create" if naming.is_peer else "assign"
    if (
        found is None
        or actor.id == chosen.whom
        or not may(actor, action, thing_for(records, actor, naming, found[1], now), now)
    ):
        raise Refusal(
            "You can't name reviewers for this person: they take no part in {cycle}, or it is another HR colleague's to do.",
            "不能为此人指定评估人：对方未参加“{cycle}”，或应由其他 HR 同事处理。",
            cycle=naming.cycle.name,
        )
    return keep_for(records, actor, *found, chosen.reviewers, now, adding=True)


def readable_naming(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The cycle of a subject "cycle/phase"."""
    cycle: Cycle | None = named(records, about)
    return readable_cycle(records, actor, about) if cycle is not None and cycle.state == "live" else None


@flow(
    "reviewers-for", NAME, may=("cycle", "read"), of=readable_naming, facts=naming_of, keep=keep, again=True
)
def name_for(ask: Ask, naming: Naming) -> Named:
    page = ask(Whom, beside={"whom": naming.phase.title})
    return Named(page.whom, page.reviewers)
