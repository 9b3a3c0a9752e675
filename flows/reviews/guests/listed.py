"""The external reviewers of one's people: who was invited, whose review has come, a new link, a link taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows.core.catalog import Named, deed, view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Menu, Note, Quote, Row, Screen
from flows.core.screens import told
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.cycle.records import Cycle, Participant
from flows.cycle.template import Phase
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.records import ResultRecords
from flows.results.stages import thing_about, things_about
from flows.reviews.guests.inviting import KIND, invite, is_out, linked
from flows.reviews.records import Guest

TITLE = Words("External reviews", "外部评估")
HOW = Words(
    "Somebody from outside reviews one of your people on a page of its own. You get a link, and send it to them.",
    "外部人员在单独的页面上评估你负责的人员。邀请后会生成链接，由你发送给对方。",
)
AT_ONCE, MOST = 2000, 60  # people looked through for one screen, and people on it
NEXT = Words("Next", "下一页")


def own_list(_records: ResultRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """The list shows whom the actor may invite for, whatever the button says."""
    return Thing("review_list", actor)


@view("guests", may=("review_list", "read"), of=own_list, command="review external",
      help=Words("managers and HR: invite people from outside to review", "上级和 HR：邀请外部人员评估"))  # fmt: skip
def guests(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everybody for whom the actor may invite somebody, with those who are invited.

    A further page of one phase is named by (cycle, phase, the last id before the people that it is of, how many of
    them stood on the pages before).
    """
    one = about[:4] if len(about) > 3 else ()
    after, start = (whole(one[2]), whole(one[3])) if one else (0, 0)
    body: list[Element] = []
    for cycle in records.cycles.in_state("live"):
        for phase in cycle.template.phases:
            if phase.review == "external" and one[:2] in ((), (str(cycle.id), phase.name)):
                body += of_phase(records, actor, cycle, phase, after, start, now)
    if not body:
        body.append(
            Line(
                Words(
                    "There is nobody for whom you can invite somebody from outside: no running cycle has an external "
                    "review for your people.",
                    "目前没有可以邀请外部评估的人员：进行中的周期没有为你负责的人员安排外部评估。",
                )
            )
        )
    return Screen(TITLE, tuple(body), place=Act("see", ("guests", *one)))


def of_phase(
    records: ResultRecords, actor: Person, cycle: Cycle, phase: Phase, after: int, start: int, now: datetime
) -> list[Element]:
    """A page of one phase's people: those about whom somebody outside was asked first, then by name."""
    places = {one.person: one for one in within_reach(records, actor, cycle, after)}
    known: dict[int, list[Guest]] = {}
    for guest in records.guests.about(cycle.id, sorted(places)):
        known.setdefault(guest.about, []).append(guest)
    people: list[tuple[Person, Thing]] = []
    everybody = records.people.many(sorted(places))
    things = things_about(records, actor, KIND, cycle, everybody, now)
    for person in everybody:
        thing = things.get(person.id)
        if may(actor, "assign", thing, now) or (person.id in known and may(actor, "view", thing, now)):
            people.append((person, things[person.id]))
    people.sort(key=lambda one: (one[0].id not in known, one[0].name))
    body: list[Element] = [Heading(phase.title + same(f" · {cycle.name}")), Note(HOW)] if people else []
    for person, thing in people[start : start + MOST]:
        title = same(person.title or person.department)
        if may(actor, "assign", thing, now):
            act = Act("open", ("guest-invite", f"{cycle.id}/{phase.name}/{person.id}"))
            body.append(Row(title, Button(Words("Invite", "邀请"), act), same(person.name)))
        else:
            body.append(Line(same(person.name)))
        for guest in known.get(person.id, []):
            body += row(guest, actor, thing, now)
    if following := next_page(after, start, len(people), sorted(places)):
        act = Act("see", ("guests", str(cycle.id), phase.name, *map(str, following)))
        body.append(Buttons((Button(NEXT, act),)))
    return body


def next_page(after: int, start: int, shown: int, looked: Sequence[int]) -> tuple[int, int] | None:
    """Where the page behind this one begins: among the same people, or behind the last whom this one looked through."""
    if start + MOST < shown:
        return after, start + MOST
    return (looked[-1], 0) if len(looked) == AT_ONCE else None


def within_reach(records: ResultRecords, actor: Person, cycle: Cycle, after: int) -> Sequence[Participant]:
    """Whom the actor could be responsible for, above id `after`: their own people; for HR the next of everybody."""
    if actor.is_hr:
        return records.participants.slice(cycle.id, after, AT_ONCE)
    led = [one for one in records.participants.led_by(cycle.id, actor.id) if one.person > after]
    return sorted(led, key=lambda one: one.person)[:AT_ONCE]


def row(guest: Guest, actor: Person, about: Thing, now: datetime) -> list[Element]:
    """One invited reviewer with the state and what can be done."""
    name = same(f"{guest.name}, {guest.company}" if guest.company else guest.name)
    if guest.sent_at is not None:
        if not may(actor, "view", about, now):
            return [
                Line(
                    name
                    + Words(
                        ": sent; it can be read when the reviews are over", "：已提交；评估阶段结束后可查看"
                    )
                )
            ]
        read = Button(Words("Read", "查看"), Act("see", ("guest-read", str(guest.id))))
        return [Row(Words("sent", "已提交"), read, name)]
    if not is_out(guest, now):
        ended = Words("the link has ended", "链接已失效")
        if not may(actor, "assign", about, now):
            return [Line(name + Words(": ", "：") + ended)]
        again = Button(Words("New link", "生成新链接"), Act("see", ("guest-link", str(guest.id))))
        return [Row(ended, again, name)]
    until = Words("invited, until {until}", "已邀请，{until} 前有效").fill(
        until=day_and_time(guest.expires_at, actor.zone)
    )
    take_back = (Words("Take the link back", "撤回链接"), Act("do", ("guest-withdraw", str(guest.id))))
    new = (Words("New link", "生成新链接"), Act("see", ("guest-link", str(guest.id))))
    return [Line(name + Words(": ", "：") + until), Menu(Words("More", "更多"), (take_back, new))]


def named_guest(records: ResultRecords, actor: Person, about: tuple[str, ...]) -> Named:
    """The external review that somebody outside was invited to."""

    def then(now: datetime) -> Thing | None:
        guest = records.guests.get(whole(about[0]))
        cycle = records.cycles.get(guest.cycle) if guest else None
        person = records.people.get(guest.about) if guest else None
        return thing_about(records, actor, KIND, cycle, person, now) if cycle and person else None

    return then


def known_guest(records: ResultRecords, about: tuple[str, ...]) -> Guest:
    guest = records.guests.get(whole(about[0]))
    if guest is None:
        raise NotThere
    return guest


@view("guest-link", may=(KIND, "assign"), of=named_guest)
def new_link(records: ResultRecords, _actor: Person, about: tuple[str, ...], _now: datetime) -> Screen:
    """Ask before a new link takes the old one's place: each look at a screen must change nothing."""
    guest = known_guest(records, about)
    words = Words(
        "Make a new link for {name}? The old one stops working.", "为{name}生成新链接？旧链接将失效。"
    ).fill(name=same(guest.name))
    button = Button(Words("Make it", "生成"), Act("do", ("guest-renew", str(guest.id))), "primary")
    return Screen(TITLE, (Line(words), Buttons((button,))), place=Act("see", ("guests",)))


@deed("guest-renew", may=(KIND, "assign"), of=named_guest)
def renew(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """A new link for somebody who has lost theirs, or whose link has ended."""
    guest = known_guest(records, about)
    if guest.sent_at is not None:
        raise Refusal("{name} has sent the review already.", "{name}已经提交了评价。", name=same(guest.name))
    asked = invite.facts(records, actor, f"{guest.cycle}/{guest.phase}/{guest.about}", now)
    return linked(records, actor, replace(guest, expires_at=asked.until, revoked_at=None), now)


@deed("guest-withdraw", may=(KIND, "retract"), of=named_guest)
def withdraw(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """The link stops working; what was sent stays."""
    guest = known_guest(records, about)
    if guest.sent_at is not None:
        raise Refusal("{name} has sent the review already.", "{name}已经提交了评价。", name=same(guest.name))
    records.guests.save(replace(guest, revoked_at=guest.revoked_at or now))
    records.audit.note(now, actor.id, "guest.withdraw", f"guest/{guest.id}", {"about": guest.about})
    return Words("The link of {name} does not work any more.", "{name}的链接已失效。").fill(
        name=same(guest.name)
    )


@view("guest-read", may=(KIND, "view"), of=named_guest)
def guest_read(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """All of an external review that came, less what the reader may not read."""
    guest = known_guest(records, about)
    cycle, person = records.cycles.get(guest.cycle), records.people.get(guest.about)
    if guest.sent_at is None or cycle is None or person is None:
        raise NotThere
    form, reader = cycle.template.reviews["external"], reader_of(records, actor, now)
    by = f"{guest.name}, {guest.company}" if guest.company else guest.name
    body: list[Element] = [Heading(form.title + same(f" · {person.name} · {cycle.name}")), Note(same(by))]
    for question in form.questions:
        private = form.private.get(question.name)
        kind = f"private_{private}" if private else KIND
        if may(actor, "view", thing_about(records, actor, kind, cycle, person, now), now):
            body += [Line(question.words), Quote(told(question, guest.answers, reader).say(reader.language))]
    return Screen(TITLE, tuple(body), place=Act("see", ("guest-read", str(guest.id))))
