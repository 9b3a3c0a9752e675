"""The manager says yes or no to whom their people propose as reviewers, and may add somebody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.catalog import deed, flow, view
from flows.core.desk import NotThere
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, count, same
from flows.cycle.records import Participant
from flows.people.person import Person
from flows.people.policy import may
from flows.results.records import ResultRecords
from flows.reviews.nominating.following import follow
from flows.reviews.nominating.naming import Naming, live, planned, running
from flows.reviews.nominating.rights import (
    TASKS,
    named_by,
    nomination_named,
    thing_for,
    whose,
    whose_nomination,
)
from flows.reviews.nominating.shown import own_list
from flows.reviews.nominating.slate import PEERS
from flows.reviews.nominating.wording import summary
from flows.reviews.records import Nomination

TITLE = Words("Reviewers of your people", "下属的评估人")
APPROVE, REJECT, OPEN = Words("Approve all", "全部同意"), Words("Turn down", "不同意"), Words("Open", "打开")
NOBODY = Words(
    "You lead nobody whose reviewers are named at the moment. Type /review nominate for your own.",
    "目前没有由你负责、需要提名评估人的成员。输入 /review nominate 查看自己的提名。",
)
UNDECIDED = Words(
    "Whoever is left undecided is asked when the reviews open.", "到评估开始时仍未答复的，视为同意。"
)


@dataclass(frozen=True, slots=True)
class Report:
    """One person whose reviewers the reader says yes to, with everybody who was named."""

    naming: Naming
    person: Person
    place: Participant
    nominations: tuple[Nomination, ...]

    @property
    def waiting(self) -> list[Nomination]:
        return [one for one in self.nominations if one.state == "proposed"]


def reports(records: ResultRecords, actor: Person, naming: Naming, now: datetime) -> Iterator[Report]:
    """Whom the actor leads in the cycle, and whose reviewers they look after instead of somebody."""
    cycle = naming.cycle.id
    led = {one.person for one in records.participants.led_by(cycle, actor.id)}
    led |= {t.about for t in records.tasks.open_of(actor.id) if t.kind in TASKS and t.scope == cycle}
    people = {one.id: one for one in records.people.many(sorted(led - {actor.id}))}
    named: dict[int, list[Nomination]] = defaultdict(list)
    for one in records.nominations.about_many(cycle, naming.phase.name, sorted(people)):
        named[one.about].append(one)
    for place in records.participants.many(cycle, sorted(people)):
        person = people[place.person]
        if place.place == "in" and may(actor, "view", thing_for(records, actor, naming, person, now), now):
            yield Report(naming, person, place, tuple(named[person.id]))


@view(
    "approvals",
    may=("review_list", "read"),
    of=own_list,
    command="review approve",
    help=Words("say yes or no to the reviewers your people propose", "确认下属提名的评估人"),
)
def approvals(records: ResultRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """Everybody's reviewers: those who wait for a yes first, the others in a line each."""
    body: list[Element] = []
    for naming in running(records, peers=True):
        team = sorted(
            reports(records, actor, naming, now), key=lambda one: (not one.waiting, one.person.name)
        )
        if team:
            body.append(Heading(naming.phase.title + same(f" · {naming.cycle.name}")))
        if any(one.waiting for one in team):
            body.append(Note(UNDECIDED))
        for one in team:
            body += waiting_rows(records, one) if one.waiting else [settled_row(one)]
    return Screen(TITLE, tuple(body) or (Line(NOBODY),), place=Act("see", ("approvals",)))


def waiting_rows(records: ResultRecords, one: Report) -> list[Element]:
    """Whom one person proposes, each with a no beside it, and a yes to all of them."""
    naming, parts = one.naming, one.naming.parts(one.person.id)
    people = {p.id: p for p in records.people.many([n.reviewer for n in one.waiting])}
    body: list[Element] = [Divider(), settled_row(one)]
    for waits in one.waiting:
        reviewer = people.get(waits.reviewer)
        where = " · ".join(part for part in (reviewer.department, reviewer.title) if part) if reviewer else ""
        reject = Button(REJECT, Act("open", ("nomination-reject", str(waits.id))))
        body.append(Row(same(where or "–"), reject, same(reviewer.name if reviewer else "?")))
    ids = tuple(str(waits.id) for waits in one.waiting)
    buttons = [Button(APPROVE, Act("do", ("nominations-approve", *parts, *ids)), "primary")]
    if "manager" in naming.by:
        buttons.append(Button(PEERS, Act("open", ("nominate", naming.subject(one.person.id)))))
    return [*body, Buttons(tuple(buttons))]


def settled_row(one: Report) -> Row:
    """How many reviewers somebody has, with the way to all of them."""
    place = Act("see", ("nominations-of", *one.naming.parts(one.person.id)))
    return Row(summary(one.naming, len(live(one.nominations))), Button(OPEN, place), same(one.person.name))


@deed("nominations-approve", may=("peer_nomination", "assign"), of=whose(peers=True))
def approve_all(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Say yes to everybody who was shown and still waits; who was proposed meanwhile goes on waiting."""
    found = named_by(records, about)
    if found is None:
        raise NotThere
    naming, person, _ = found
    records.cycles.lock(naming.cycle.id)
    every = records.nominations.about(naming.cycle.id, naming.phase.name, person.id)
    waiting = [one for one in every if one.state == "proposed"]
    agreed = [one for one in waiting if str(one.id) in about[3:]]
    for one in agreed:
        records.nominations.save(replace(one, state="approved", decided_by=actor.id))
    if agreed:
        decided(records, actor, naming, person, now, approved=len(agreed))
        follow(records, naming, person.id, now)
    if not agreed:
        return Words("Nobody of these waits for you any more.", "这些人选已无需你确认。")
    words = count(
        len(agreed), "{n} reviewer is approved.", "{n} reviewers are approved.", "已同意 {n} 位评估人。"
    )
    left = len(waiting) - len(agreed)
    if left:
        words += count(
            left, " {n} was proposed meanwhile and still waits.", " {n} were proposed meanwhile and still wait.",
            "另有 {n} 人是刚刚提名的，仍待确认。",
        )  # fmt: skip
    return words


class No(Page):
    title = Words("Turn down a reviewer", "不同意该评估人")
    why: str = text("Why not?", "为什么不同意？", lines=2, most=300)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal that waits for a yes or a no."""

    nomination: Nomination
    naming: Naming
    person: Person
    reviewer: str


def waiting_one(records: ResultRecords, _actor: Person, subject: str, _now: datetime) -> Waiting:
    """The proposal; refuses when it is settled."""
    found = nomination_named(records, (subject,))
    if found is None:
        raise NotThere
    one, naming, person, _ = found
    reviewer = records.people.get(one.reviewer)
    name = reviewer.name if reviewer else "?"
    if one.state == "approved" and planned(records, naming):
        raise Refusal(
            "{name} is asked already: the reviews have opened.", "评估已开始，{name}已收到邀请。", name=name
        )
    if one.state != "proposed":
        raise Refusal("{name} does not wait for you any more.", "{name}已无需你确认。", name=name)
    return Waiting(one, naming, person, name)


def reject(records: ResultRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    """Say no to one; whoever proposed them is asked for another where there are too few now."""
    cycle = waiting_one(records, actor, subject, now).naming.cycle.id
    records.cycles.lock(cycle)
    waits = waiting_one(records, actor, subject, now)
    records.nominations.save(replace(waits.nomination, state="rejected", decided_by=actor.id, why=why))
    decided(records, actor, waits.naming, waits.person, now, rejected=1)
    follow(records, waits.naming, waits.person.id, now, fell=True)
    return Words(
        "{reviewer} is turned down; {name} is told and may name another.",
        "已不同意{reviewer}，{name}会收到通知，可另选他人。",
    ).fill(reviewer=waits.reviewer, name=waits.person.name)


def decided(
    records: ResultRecords, actor: Person, naming: Naming, person: Person, now: datetime, **numbers: int
) -> None:
    """One line of the audit log, without who was named."""
    detail = {"phase": naming.phase.name, **numbers}
    records.audit.note(now, actor.id, "nominations.decide", f"cycle/{naming.cycle.id}/{person.id}", detail)


@flow(
    "nomination-reject", Words("Turn down a reviewer", "不同意该评估人"), may=("peer_nomination", "assign"),
    of=whose_nomination(peers=True), facts=waiting_one, keep=reject, again=True,
    readers=lambda waits: Words("{name} reads your reason.", "{name}能看到原因。").fill(name=waits.person.name),
)  # fmt: skip
def turn_down(ask: Ask, waits: Waiting) -> str:
    return ask(No, beside={"why": same(waits.reviewer)}).why
