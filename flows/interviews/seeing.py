"""One interview as the two see it: when it is on both clocks, the times to choose from, and what can be done."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, same
from flows.interviews.arranging import WITH
from flows.interviews.held import held_button
from flows.interviews.picking import other_of, pick_act
from flows.interviews.records import Interview
from flows.interviews.saying import STATES, state_words, when
from flows.interviews.sides import LOOK, Both, named, whose_interview
from flows.interviews.talking import BookingRecords
from flows.people.person import Person

TITLE = Words("Your talk", "绩效面谈")
TAKE = Words("Take this time", "选这个时间")
OTHERS = Words("Show other times", "换一批时间")
PROPOSE, MOVE = Words("Propose another time", "提议其他时间"), Words("Move it", "改期")
LATER, CANCEL = Words("Later, please", "希望推迟"), Words("Cancel", "取消面谈")
STAYS, MISSED = Words("Leave it as it is", "保持原时间"), Words("It did not take place", "没有进行")
AGENDA, AGREED = Words("Agenda", "面谈提纲"), Words("What was agreed", "面谈约定")
SURE = Words("It is noted as not held, and new times are proposed.", "将标记为未进行，并重新推荐时间。")


@view("interview", may=LOOK, of=whose_interview)
def interview_view(records: BookingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """To the two with everything that they can do; to whoever else may look, when and where it stands."""
    both = named(records, about)
    if both is None:
        raise NotThere
    place = Act("see", ("interview", str(both.interview.id)))
    if actor.id in (both.person.id, both.manager.id):
        return Screen(TITLE, tuple(of_mine(both, actor, now)), place=place)
    head = Words("{person} with {manager}", "{person} 与 {manager}").fill(
        person=both.person.name, manager=both.manager.name
    )
    time = both.interview.time
    body: list[Element] = [Heading(head + same(f" · {both.cycle.name}")), Line(STATES[both.interview.state])]
    if time is not None:
        body.append(Line(when(time, both.person, both.manager)))
    return Screen(TITLE, tuple(body), place=place)


def of_mine(both: Both, actor: Person, now: datetime) -> list[Element]:
    """The whole of it, to one of the two."""
    interview, other = both.interview, other_of(both, actor)
    body: list[Element] = [
        Heading(WITH.fill(name=other.name) + same(f" · {both.cycle.name}")),
        Line(state_words(interview, actor, other, now)),
    ]
    mine = interview.turn == actor.id and both.cycle.state == "live"
    for slot in interview.ahead(now):
        words = when(slot, actor, other)
        body.append(Row(words, Button(TAKE, pick_act(interview, slot), "primary")) if mine else Line(words))
    if interview.note and interview.state in ("later", "cancelled"):
        body.append(Quote(interview.note))
    buttons = ways(both, actor, now) if both.cycle.state == "live" else []
    if buttons:
        body.append(Buttons(tuple(buttons)))
    body.append(Buttons(tuple(papers(interview, now))))
    if interview.is_open and not has_begun(interview, now):
        body.append(Note(CLOCKS))
    return body


CLOCKS = Words(
    "Times are on your own clock. Both of you get a new invitation whenever a time is set or moved, and a reminder one "
    "day and 15 minutes before.",
    "时间以你当地时间为准。每次约定或改期后，双方都会收到新的日历邀请，并在一天前和 15 分钟前收到提醒。",
)


def ways(both: Both, actor: Person, now: datetime) -> list[Button]:
    """What the actor can do about it now."""
    interview = both.interview
    it, leads = str(interview.id), actor.id == both.manager.id
    propose = Act("open", ("interview-propose", it))
    others = Button(OTHERS, Act("do", ("interview-others", it)))
    later = [] if leads else [Button(LATER, Act("open", ("interview-later", it)))]
    cancel = [Button(CANCEL, Act("open", ("interview-cancel", it)), "danger")] if leads else []
    if has_begun(interview, now):
        unless = Button(MISSED, Act("do", ("interview-missed", it)), confirm=SURE)
        return [unless] if interview.state in ("booked", "held") else []
    match interview.state:
        case "booked":
            stays = [Button(STAYS, Act("do", ("interview-stays", it)))] if interview.slots else []
            return [*stays, Button(MOVE, propose), others, *later, *cancel]
        case "proposed" | "missed" | "later":
            return [Button(PROPOSE, propose), others, *later, *cancel]
        case "cancelled" if leads:
            return [Button(PROPOSE, propose)]
    return []


def papers(interview: Interview, now: datetime) -> list[Button]:
    """The ways to what they talk about, and to what came of it."""
    it = str(interview.id)
    found = [Button(AGENDA, Act("see", ("interview-agenda", it)))]
    if interview.state == "held" or has_begun(interview, now):
        found.append(Button(AGREED, Act("see", ("interview-talk", it))))
    elif interview.is_open:
        found.append(held_button(interview))
    return found


def has_begun(interview: Interview, now: datetime) -> bool:
    """Whether the time that was set has come; after a talk that did not take place it is none."""
    return (
        interview.state in ("booked", "held")
        and interview.starts_at is not None
        and interview.starts_at <= now
    )
