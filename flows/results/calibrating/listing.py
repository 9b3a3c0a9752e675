"""The calibration sessions that somebody leads or takes part in, by cycle, and who is in none."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, count, join, same
from flows.cycle.hr.scope import named as named_cycle
from flows.cycle.hr.scope import thing_of_cycle
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.results.calibrating.opening import NEW
from flows.results.calibrating.rights import KIND, allows_part, any_session, thing_of
from flows.results.calibrating.seats import sessions_of, unseated
from flows.results.calibrating.session import OPEN, TITLE, told_state
from flows.results.records import ResultRecords

NOTHING = Words(
    "There is no calibration session that you lead or take part in at the moment.",
    "目前没有由你负责或参与的校准会。",
)


@view("calibrations", may=(KIND, "view"), of=any_session, command="calibrate",
      help=Words("calibration: your sessions, and for HR all of them", "校准：查看你参与的校准会；HR 可管理"))  # fmt: skip
def calibrations(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """By live cycle: the sessions with their state; for HR who is in none, and the way to a new one."""
    only = named_cycle(records, about)
    cycles = [only] if only else records.cycles.in_state("live")
    body: list[Element] = []
    for cycle in cycles:
        found = of_cycle(records, actor, cycle, now)
        body += [Divider(), *found] if body and found else found
    place = Act("see", ("calibrations", *about[:1]) if only else ("calibrations",))
    return Screen(TITLE, tuple(body) or (Line(NOTHING),), place=place)


def of_cycle(records: ResultRecords, actor: Person, cycle: Cycle, now: datetime) -> list[Element]:
    """One cycle's sessions that the actor may see, and for HR what is left to do."""
    body: list[Element] = []
    for session in records.sessions.of_cycle(cycle.id):
        if may(actor, "view", thing_of(records, actor, session), now):
            words = told_state(records, session, actor)
            body.append(
                Row(words, Button(OPEN, Act("see", ("calibration", str(session.id)))), same(session.name))
            )
    if leads(records, actor, cycle, now):
        body += left_over(records, actor, cycle)
    return [Heading(same(cycle.name)), *body] if body else []


def leads(records: ResultRecords, actor: Person, cycle: Cycle, now: datetime) -> bool:
    """Whether the actor opens sessions in the cycle: HR of at least some of its departments, while it is live."""
    rated = bool(cycle.template.scale or cycle.template.free)
    return (
        rated and cycle.state == "live" and may(actor, "create", Thing(KIND), now)
        and allows_part(actor, thing_of_cycle(records, actor, cycle))
    )  # fmt: skip


def left_over(records: ResultRecords, actor: Person, cycle: Cycle) -> list[Element]:
    """Who has no seat anywhere, but for the actor and the managers above them; and the button for a new session."""
    body: list[Element] = []
    if number := unseated(records, actor, cycle.id):
        words = count(
            number, "{n} person is in no session", "{n} people are in no session", "有 {n} 人不在任何校准会中"
        )
        body.append(Note(words + Words(
            ": the rating that their manager gave stands.", "：以其上级评定的评级为准。")))  # fmt: skip
    return [*body, Buttons((Button(NEW, Act("open", ("calibration-new", str(cycle.id))), "primary"),))]


def at_home(records: ResultRecords, actor: Person, _now: datetime) -> list[Element]:
    """For the home tab: the open sessions that the actor takes part in."""
    rows: list[Element] = [
        Row(
            join([same(session.name), same(cycle.name)], " · ", " · "),
            Button(OPEN, Act("see", ("calibration", str(session.id)))),
            TITLE,
        )
        for cycle, session in sessions_of(records, actor)
        if session.state == "open"
    ]
    return [Divider(), *rows] if rows else []
