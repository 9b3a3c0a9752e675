"""A released result: rating, score and how it was made, what others wrote, and what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_words
from flows.core.screen import Act, Button, Buttons, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.records import Cycle
from flows.interviews.planning import interview_phase
from flows.people.person import Person
from flows.people.policy import Relation, Thing, may, relations
from flows.results.records import ResultRecords
from flows.results.releasing.looking import RESULT, own_opening, seen
from flows.results.releasing.opening import appeal_until
from flows.results.rewards.records import RewardRecords
from flows.results.rewards.rights import seen_by
from flows.results.shown.groups import said_by_groups
from flows.results.shown.standing import WAYS, facts_of, parts_of, standings
from flows.results.stages import has_result, thing_about
from flows.reviews.about_somebody import everything_about, review_row
from flows.reviews.owed import Moment, place_named
from flows.reviews.published import parts_kept_from
from flows.reviews.records import Guest

TITLE = Words("Result", "结果")
HOW = Words("How was this computed?", "得分是如何计算的？")
RULE = ("score_final", "view")
CLOSE: frozenset[Relation] = frozenset({"self", "manager", "line", "head"})
"""Who reads a result without a line in the audit log: everybody but HR."""


def whose_result(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Moment:
    """The result of a cycle that a button names, as it stands for the actor."""
    cycle, person = place_named(records, about)
    return lambda now: result_thing(records, actor, cycle, person, now) if cycle and person else None


def result_thing(
    records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime
) -> Thing | None:
    """The person's result for the policy; None where they have none."""
    if not has_result(records.participants.get(cycle.id, person.id)):
        return None
    return thing_about(records, actor, RULE[0], cycle, person, now)


def is_open(records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime) -> bool:
    """Whether the actor may read the person's result now, and there is one."""
    thing = result_thing(records, actor, cycle, person, now)
    return bool(thing and may(actor, RULE[1], thing, now) and records.ledger.latest(cycle.id, person.id))


@view("result", may=RULE, of=whose_result)
def result(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """One result as the actor may see it; looking at one's own is what was asked."""
    cycle, person = place_named(records, about)
    if cycle is None or person is None or records.ledger.latest(cycle.id, person.id) is None:
        raise NotThere
    noticed(records, actor, cycle, person, now)
    body = body_of(records, actor, cycle, person, now)
    return Screen(TITLE, tuple(body), place=Act("see", ("result", *about)))


def noticed(records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime) -> None:
    """The task of looking is done; that HR looked is written down."""
    if actor.id == person.id:
        seen(records, actor, cycle, RESULT, now)
        return
    thing = thing_about(records, actor, RULE[0], cycle, person, now)
    if thing and relations(actor, thing).isdisjoint(CLOSE):
        records.audit.note(now, actor.id, "result.read", f"cycle/{cycle.id}", {"person": person.id})


def body_of(
    records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime
) -> list[Element]:
    """All of it, from the rating to what comes next."""
    own = actor.id == person.id
    standing = standings(records, cycle, [person.id]).get(person.id)
    if standing is None:
        raise NotThere
    body: list[Element] = [Heading(same(cycle.name if own else f"{person.name} · {cycle.name}"))]
    if rows := facts_of(cycle.template, standing):
        body.append(Facts(rows))
    if own and standing.kind in WAYS:
        body.append(Line(WAYS[standing.kind]))
    hidden = parts_kept_from(records, cycle, actor.id, person.id, standing.inputs)
    if parts := parts_of(cycle.template, standing, hidden):
        body += [Heading(Words("What the score is made of", "得分的构成")), Facts(parts)]
    place = Act("see", ("result-explained", str(cycle.id), str(person.id)))
    body.append(Buttons((Button(HOW, place),)))
    body += written(records, actor, cycle, person, now)
    body += said_by_groups(records, actor, cycle, person, now)
    return body + (what_next(records, cycle, person, now) if own else [])


def written(
    records: ResultRecords, actor: Person, cycle: Cycle, person: Person, now: datetime
) -> list[Element]:
    """The reviews that carry a name, and those of customers, each with the way to it."""
    body: list[Element] = [
        review_row(records, cycle, sent)
        for sent in everything_about(records, actor, cycle, person, now)
        if sent.author != person.id
    ]
    thing = thing_about(records, actor, "external_review", cycle, person, now)
    if thing and may(actor, "view", thing, now):
        body += [
            guest_row(cycle, guest)
            for guest in records.guests.about(cycle.id, [person.id])
            if guest.sent_at is not None
        ]
    return [Heading(Words("What others wrote", "他人的评估")), *body] if body else []


READ = Words("Read", "查看")


def guest_row(cycle: Cycle, guest: Guest) -> Row:
    """What somebody from outside wrote: which kind it is, who wrote it, and the way to it."""
    who = f"{guest.name}, {guest.company}" if guest.company else guest.name
    read = Button(READ, Act("see", ("guest-read", str(guest.id))))
    return Row(
        Words("by {name}", "评估人：{name}").fill(name=who), read, cycle.template.reviews["external"].title
    )


ARRANGE = Words("Arrange the talk", "安排面谈")


def what_next(records: ResultRecords, cycle: Cycle, person: Person, now: datetime) -> list[Element]:
    """The talk, and until when one may disagree."""
    place, release = records.participants.get(cycle.id, person.id), records.releases.get(cycle.id)
    manager = records.people.get(place.manager) if place and place.manager else None
    opens = own_opening(records, cycle, release, person) if release else None
    body: list[Element] = [Heading(Words("What comes next", "接下来"))]
    if manager is not None:
        words = Words("{manager} will talk it through with you.", "{manager}会与你面谈沟通。")
        told = words.fill(manager=manager.name)
        arrange = Button(ARRANGE, Act("see", ("interviews",)))
        body.append(Row(told, arrange) if interview_phase(cycle.template) else Line(told))
    if any(one.cycle == cycle.id for one in seen_by(cast(RewardRecords, records), person, now)):
        body.append(Buttons((Button(FOLLOWED, Act("see", ("reward-mine",))),)))
    if opens is None:
        return body
    until = appeal_until(opens, person, cycle.template)
    day = day_words(local_day(until, person.zone))
    if records.appeals.of(cycle.id, person.id):
        body.append(appeal_button(cycle, YOURS))
    elif now <= until:
        body += [Line(APPEAL.fill(day=day)), appeal_button(cycle, DISAGREE)]
    else:
        body.append(
            Note(
                Words("The time to disagree ended on {day}.", "提出异议的期限已于 {day} 截止。").fill(day=day)
            )
        )
    return body


def appeal_button(cycle: Cycle, label: Words) -> Buttons:
    """The way to one's appeal, or to its form."""
    return Buttons((Button(label, Act("do", ("appeal", str(cycle.id)))),))


FOLLOWED = Words("What has followed from it", "由此带来的奖励与安排")
DISAGREE, YOURS = Words("Appeal", "提出申诉"), Words("Your appeal", "你的申诉")
APPEAL = Words(
    "If you disagree, appeal until the end of {day}, and say why: somebody who had no part in it looks at it again. It "
    "never becomes worse by that.",
    "如有异议，请在 {day} 结束前提出申诉并说明理由，将由未参与评分的人重新审查，结果不会因此变差。",
)
