"""`/interview`: one's own talk, a manager's weeks, and for HR how many are arranged, held and missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from flows.core.catalog import deed, view
from flows.core.moments import day_words
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Line, Note, Row, Screen
from flows.core.words import Words, count, join, same
from flows.cycle.calendar import local_day
from flows.cycle.hr.scope import thing_of_cycle
from flows.interviews.picking import other_of
from flows.interviews.planning import interview_phase
from flows.interviews.records import Interview, InterviewState
from flows.interviews.saying import STATES, on_clock, state_words
from flows.interviews.sides import Both, both_of_many, things_in
from flows.interviews.talking import BookingRecords
from flows.people.person import Person
from flows.people.policy import Thing, may

TITLE = Words("Interviews", "绩效面谈")
OPEN = Words("Open", "打开")
OWN, TEAM = Words("Your own", "我的面谈"), Words("With your people", "与下属的面谈")
SIGNED = Words("What was agreed and signed", "约定与签署情况")
MOST = 40  # talks that are over, in a list
NOTHING = Words(
    "There is no talk to arrange. When results open, times that suit both of you are proposed here.",
    "目前没有需要安排的面谈。结果发布后，这里会推荐双方都合适的时间。",
)


def own_list(_records: BookingRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    """Always the actor's own, whatever a button says."""
    return Thing("conversation", actor)


def visible(
    records: BookingRecords, actor: Person, several: Sequence[Interview], now: datetime
) -> list[Both]:
    """Those that the actor may see by now: an employee's own only once their result is open to them."""
    theirs = [one for one in several if actor.id in (one.person, one.manager)]
    found = [both for both in both_of_many(records, theirs) if both.cycle.state != "archived"]
    things = things_in(records, actor, found, now)
    return [both for both in found if may(actor, "view", things.get(both.interview.id), now)]


@view("interviews", may=("conversation", "hold"), of=own_list, command="interview",
      help=Words("your talks about results", "查看和安排绩效面谈"))  # fmt: skip
def interviews(records: BookingRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """My own newest talk, and those that I hold, by day."""
    mine = visible(records, actor, records.interviews.of_person(actor.id), now)[:1]
    held = visible(records, actor, records.interviews.of_manager(actor.id), now)
    body: list[Element] = []
    for both in mine:
        body += [Heading(OWN), line(both, actor, now)]
    if held:
        body += [Divider()] if body else []
        body += [Heading(TEAM), *week(held, actor, now)]
    if not body:
        body.append(Line(NOTHING))
    body.append(Buttons((Button(CALENDAR, Act("see", ("interview-calendar",))),)))
    return Screen(TITLE, tuple(body), place=Act("see", ("interviews",)))


CALENDAR = Words("Your calendar", "我的日历")


def line(both: Both, actor: Person, now: datetime) -> Row:
    """One talk in a line, with the way to it."""
    other = other_of(both, actor)
    act = Act("see", ("interview", str(both.interview.id)))
    mine = both.interview.turn == actor.id and both.interview.is_open
    words = state_words(both.interview, actor, other, now)
    return Row(
        words, Button(OPEN, act, "primary" if mine else "plain"), same(f"{other.name} · {both.cycle.name}")
    )


def week(held: Sequence[Both], actor: Person, now: datetime) -> list[Element]:
    """What is to come by day, then what has no time yet, then what is over in a number."""
    days: dict[date, list[Both]] = defaultdict(list)
    for both in held:
        if both.interview.state == "booked" and both.interview.ends_at and both.interview.ends_at > now:
            days[local_day(both.interview.ends_at, actor.zone)].append(both)
    body: list[Element] = []
    for day in sorted(days):
        body.append(Line(day_words(day)))
        body += [timed(both, actor) for both in days[day]]
    coming = {both.interview.id for several in days.values() for both in several}
    others = [both for both in held if both.interview.id not in coming and both.interview.is_open]
    others.sort(key=lambda both: (both.interview.turn != actor.id, both.person.name))
    body += [line(both, actor, now) for both in others]
    done = [both for both in held if both.interview.state == "held"]
    done.sort(key=lambda both: both.ended, reverse=True)  # what was agreed is said and signed there
    body += [line(both, actor, now) for both in done[:MOST]]
    over = sum(both.interview.state == "cancelled" for both in held) + len(done[MOST:])
    if over:
        body.append(Note(count(over, "{n} more is over.", "{n} more are over.", "另有 {n} 个已结束。")))
    return body


def timed(both: Both, actor: Person) -> Row:
    """One talk of a day, by its time."""
    span = both.interview.time
    act = Act("see", ("interview", str(both.interview.id)))
    day = local_day(span[0], actor.zone).isoformat() if span else ""
    words = on_clock(span, actor.zone, without=day) if span else same("")
    if both.person.zone != actor.zone and span:
        words += same(" · ") + on_clock(span, both.person.zone, without=day) + same(f" ({both.person.zone})")
    return Row(words, Button(OPEN, act), same(both.person.name))


@deed("interview-next", may=("conversation", "hold"), of=own_list, command="interview pick",
      help=Words("choose a time for your talk", "选择面谈时间"))  # fmt: skip
def next_one(records: BookingRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Act:
    """The talk that waits for the actor's word; else their own."""
    mine = visible(records, actor, records.interviews.of_person(actor.id), now)
    held = visible(records, actor, records.interviews.of_manager(actor.id), now)
    waiting = [both for both in (*mine, *held) if both.interview.turn == actor.id and both.interview.is_open]
    both = next(iter((*waiting, *mine)), None)
    if both is None:
        raise Refusal(NOTHING)
    return Act("see", ("interview", str(both.interview.id)))


def counts_thing(_records: BookingRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("cycles")


@view("interview-overview", may=("cycles", "read"), of=counts_thing, command="interview overview",
      help=Words("HR: how many talks are arranged and held", "HR：面谈安排情况统计"))  # fmt: skip
def overview(records: BookingRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """How many are where, by department: numbers, and nobody's name."""
    body: list[Element] = []
    for cycle in records.cycles.in_state("live", "closed"):
        counted = records.interviews.counted(cycle.id) if interview_phase(cycle.template) else []
        if not counted or not may(actor, "read", thing_of_cycle(records, actor, cycle), now):
            continue
        scope = actor.hr_scope
        rows: dict[str, dict[InterviewState, int]] = defaultdict(dict)
        for department, state, number in counted:
            if scope is None or department in scope:
                rows[department][state] = number
        body += [Heading(same(cycle.name))]
        body.append(Facts(tuple((same(name), numbers(states)) for name, states in sorted(rows.items()))))
        body.append(Buttons((Button(SIGNED, Act("see", ("interviews-signed", str(cycle.id)))),)))
    if not body:
        body.append(Line(Words("No talks are arranged at the moment.", "目前没有面谈安排。")))
    return Screen(TITLE, tuple(body), place=Act("see", ("interview-overview",)))


def numbers(states: dict[InterviewState, int]) -> Words:
    """ "times are proposed 3 · held 4"."""
    return join(
        (STATES[state] + same(f" {states[state]}") for state in STATES if state in states), " · ", " · "
    )
