"""The rule book of a cycle: what everybody who takes part can read before it starts, the same for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.words import Words, count, same
from flows.cycle.hr.scope import departments_of, named
from flows.cycle.phase import window_of
from flows.cycle.phase_words import days_of, does
from flows.cycle.records import Cycle, CycleRecords, CycleState, Participant
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.reviews.rules_asked import anonymity, asked_in, told_nominations
from flows.reviews.rules_result import opening, result, scale, spread

TITLE = Words("Rule book", "评估规则")
READ = Words("Read", "查看")
BEGUN: tuple[CycleState, ...] = ("live", "closed")
SAME_FOR_ALL = Words(
    "The same rules hold for everybody of the same role and level: same questions, same anchors, same weights. They were fixed "
    "when the cycle was launched and do not change any more; HR can only move dates.",
    "同岗同级适用同一套规则：相同的问题、评分标准和权重。规则在周期启动时确定，之后不再改变；HR 只能调整日期。",
)  # fmt: skip
OWN_DAYS = Words("Days are each person's own, by their time zone.", "日期以每个人所在时区为准。")
NONE = Words(
    "You take part in no cycle at the moment, so there are no rules to read. You will be told when one begins.",
    "你目前没有参与任何周期，暂无规则可查看。周期开始时会通知你。",
)


def book_of(records: CycleRecords, actor: Person, cycle: Cycle) -> Thing:
    """The rule book is the actor's own where they take part or review somebody; else a matter of HR."""
    place = records.participants.get(cycle.id, actor.id)
    if (place and place.place == "in") or records.participants.led_by(cycle.id, actor.id):
        return Thing("rule_book", actor)
    return Thing("rule_book", departments=departments_of(records, cycle) if actor.is_hr else frozenset())


def readable(records: CycleRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The rule book of the cycle that a button names; the list of one's own for a command."""
    if not any(about):
        return Thing("rule_book", actor)
    cycle = named(records, about)
    return book_of(records, actor, cycle) if cycle and cycle.launched_at else None


HELP = Words(
    "the rules of your cycle: dates, questions, weights, anonymity",
    "查看周期规则：日期、问题、权重、匿名说明",
)


@view("rules", may=("rule_book", "read"), of=readable, command="review rules", help=HELP)
def rules(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """The rules of the cycle that is named, or of the actor's own; one questionnaire of it where that is named, too."""
    cycle = named(records, about)
    if cycle is None:
        found = mine(records, actor, now)
        if len(found) != 1:
            return listed(found)
        cycle = found[0]
    review = cycle.template.reviews.get(about[1]) if len(about) > 1 else None
    if review:
        body = [Note(same(cycle.name)), *asked_in(cycle.template, review)]
        return Screen(TITLE, tuple(body), place=Act("see", ("rules", str(cycle.id), review.kind)))
    place = records.participants.get(cycle.id, actor.id)
    return Screen(TITLE, tuple(book(cycle, place)), place=Act("see", ("rules", str(cycle.id))))


def mine(records: CycleRecords, actor: Person, now: datetime) -> list[Cycle]:
    """The live cycles whose rules the actor may read; where there is none, those that are closed."""
    for state in BEGUN:
        known = records.cycles.in_state(state)
        if found := [cycle for cycle in known if may(actor, "read", book_of(records, actor, cycle), now)]:
            return found
    return []


def listed(cycles: Sequence[Cycle]) -> Screen:
    """Several to choose from, or none."""
    rows: list[Element] = [
        Row(cycle.template.title, Button(READ, Act("see", ("rules", str(cycle.id)))), same(cycle.name))
        for cycle in cycles
    ]
    return Screen(TITLE, tuple(rows or [Line(NONE)]), place=Act("see", ("rules", "")))


def book(cycle: Cycle, place: Participant | None) -> list[Element]:
    """All of it but the questionnaires themselves, each of which is behind a button."""
    template = cycle.template
    body: list[Element] = [Heading(same(cycle.name)), Line(template.title)]
    body += [Line(template.about)] if template.about else []
    body.append(Note(SAME_FOR_ALL))
    windows = [window_of(cycle, phase, place.extended if place else None) for phase in template.phases]
    rows = ((w.phase.title, days_of(w) + Words(": ", "：") + does(template, w.phase)) for w in windows)
    body += [Heading(Words("Phases", "阶段")), Facts(tuple(rows)), Note(OWN_DAYS)]
    if template.reviews:
        body.append(
            Heading(Words("What is asked, of whom, and who reads it", "问哪些问题，由谁填写，谁能看到"))
        )
    for kind, review in template.reviews.items():
        words = count(len(review.questions), "{n} question", "{n} questions", "{n} 个问题")
        button = Button(READ, Act("see", ("rules", str(cycle.id), kind)))
        body.append(Row(words, button, review.title))
    if naming := told_nominations(template):
        body += [Heading(Words("Who is asked", "邀请谁评估")), Line(naming)]
    body += [
        *anonymity(template),
        *result(template),
        *scale(template),
        *spread(template.guide),
        *opening(template),
    ]
    return body
