"""The parts of an agenda, each for one reader: the result and why, goals, what was noted, and what is to be talked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeGuard

from flows.coaching.meetings.agenda import from_checkins
from flows.coaching.meetings.records import MeetingRecords
from flows.core.moments import day_words
from flows.core.screen import Element, Facts, Heading, Line, Note, Quote
from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.goals.measure.standing import standings as goal_standings
from flows.goals.reviewed import reviewed_goals
from flows.goals.setting.lines import aim, where
from flows.interviews.agenda_said import (
    Seen,
    gaps,
    higher,
    mark_words,
    marks,
    rating_lines,
    seen,
    strengths,
    written,
)
from flows.interviews.hints import OPENING, QUESTIONS, TO_ASK, is_hard, openings
from flows.interviews.saying import when
from flows.interviews.sides import Both
from flows.interviews.talked import Side, TalkRecords
from flows.people.person import Person
from flows.people.policy import may
from flows.results.explaining import goals_read
from flows.results.releasing.looking import own_opening
from flows.results.releasing.opening import appeal_until
from flows.results.shown.result import is_open
from flows.results.shown.standing import Standing, facts_of, parts_of, standings
from flows.reviews.diary import NOTHING_YET, whose_diary
from flows.reviews.evidence import DiaryRecords, entries, looking, told
from flows.reviews.published import parts_kept_from

MOST_NOTED = 15  # of the diary, the newest; all of it is behind its button
LONGEST = 300
TOGETHER = 2000  # characters in one block of a screen
BULLET = "• "


class AgendaRecords(TalkRecords, MeetingRecords, DiaryRecords, Protocol):
    """Everything that an agenda is drawn from."""


@dataclass(frozen=True, slots=True)
class Part:
    """One section of an agenda; without a title it goes on where the one before ended."""

    title: Words
    body: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose agenda it is: the reader, for which side, and what of the reviews and the result they may see."""

    actor: Person
    both: Both
    side: Side
    reviews: Seen
    standing: Standing | None
    now: datetime


def reading(records: AgendaRecords, actor: Person, both: Both, side: Side, now: datetime) -> Reading:
    """What the reader may see is looked up once; the result only where it is open to them."""
    there = is_open(records, actor, both.cycle, both.person, now)
    standing = standings(records, both.cycle, [both.person.id]).get(both.person.id) if there else None
    return Reading(actor, both, side, seen(records, actor, both, now), standing, now)


def parts(records: AgendaRecords, it: Reading) -> list[Part]:
    """The whole agenda in the order of the talk; what has nothing in it is left out."""
    found = [
        Part(Words("The talk", "面谈"), (Line(when_words(it)),)),
        Part(OPENING[it.side], tuple(Line(same(BULLET) + one) for one in hinted(records, it))),
        Part(Words("The result, and why", "结果与依据"), tuple(result(records, it))),
        *strong_and_weak(records, it),
        Part(Words("How both rated it", "双方评分对照"), tuple(rating_lines(it.both, it.reviews))),
        Part(Words("Goals", "目标"), tuple(goals(records, it))),
        Part(Words("From your regular talks and check-ins", "来自一对一与周报"), tuple(to_discuss(records, it))),
        Part(Words("What was noted", "工作记录"), tuple(noted(records, it))),
        Part(Words("What both wrote", "双方的文字评价"), tuple(written(it.both, it.reviews))),
    ]  # fmt: skip
    if it.side == "person":
        questions = tuple(Line(same(BULLET) + one) for one in QUESTIONS)
        found.insert(2, Part(TO_ASK, questions))
    return [part for part in found if part.body]


def when_words(it: Reading) -> Words:
    """Who talks with whom, and when: in both zones where they are two."""
    interview, both = it.both.interview, it.both
    pair = Words("{one} and {other}", "{one}与{other}").fill(one=both.person.name, other=both.manager.name)
    if interview.time is None or interview.state not in ("booked", "held"):
        return pair + Words(": no time is set yet", "：尚未确定时间")
    other = both.manager if it.side == "person" else both.person
    return pair + Words(": ", "：") + when(interview.time, it.actor, other)


def hinted(records: AgendaRecords, it: Reading) -> list[Words]:
    """How to open the talk, or to prepare for it."""
    rating = it.standing.rating if it.standing else ""
    name = it.both.manager.name if it.side == "person" else it.both.person.name
    return openings(
        it.side,
        name,
        hard=is_hard(it.both.cycle.template, rating),
        higher=higher(it.reviews),
        until=appeal_day(records, it),
    )


def appeal_day(records: AgendaRecords, it: Reading) -> date | None:
    """The last day of an appeal, while there is one."""
    person, cycle = it.both.person, it.both.cycle
    release = records.releases.get(cycle.id)
    opens = own_opening(records, cycle, release, person) if release else None
    until = appeal_until(opens, person, cycle.template) if opens else None
    return local_day(until, person.zone) if until and it.now <= until else None


def result(records: AgendaRecords, it: Reading) -> list[Element]:
    """Rating, score, what it is made of, and the reason of whoever set it."""
    cycle, person = it.both.cycle, it.both.person
    if it.standing is None:
        return [Line(Words("The result is not open to you yet.", "结果尚未对你开放。"))]
    hidden = parts_kept_from(records, cycle, it.actor.id, person.id, it.standing.inputs)
    facts = (*facts_of(cycle.template, it.standing), *parts_of(cycle.template, it.standing, hidden))
    body: list[Element] = [Facts(facts)] if facts else []
    reason = next(
        (
            one.why
            for one in reversed(records.ledger.given(cycle.id, [person.id]))
            if one.kind == it.standing.kind and one.kind in ("manager", "appealed")
        ),
        "",
    )
    return [*body, *([Quote(reason)] if reason else [])]


def strong_and_weak(records: AgendaRecords, it: Reading) -> list[Part]:
    """What stands out on either side, by question."""
    found = list(marks(records, it.actor, it.both, it.reviews, it.now))
    return [
        Part(title, tuple(Line(same(BULLET) + mark_words(one)) for one in several))
        for title, several in (
            (Words("Strengths", "优势"), strengths(found)),
            (Words("Gaps", "不足"), gaps(found)),
        )
    ]


def goals(records: AgendaRecords, it: Reading) -> list[Element]:
    """Each goal that the reader may read, with its aim and how far it is reached."""
    several = reviewed_goals(records, it.both.cycle, [it.both.person.id])
    readable = set(goals_read(records, it.actor, several, it.now))
    shown = [goal for goal in several if goal.id in readable]
    found = goal_standings(records, shown, it.now)
    body: list[Element] = []
    for goal in shown:
        told_ = [words for words in (aim(goal.terms), where(found[goal.id])) if words != same("")]
        body.append(
            Line(same(f"{BULLET}{goal.title}\n") + (join(told_, " · ", " · ") if told_ else NOTHING_YET))
        )
    return body


def to_discuss(records: AgendaRecords, it: Reading) -> list[Element]:
    """What waits for a talk between these two; nobody who stands in for the manager reads it."""
    both = it.both
    if it.actor.id not in (both.person.id, both.manager.id):
        return []
    meeting = records.meetings.find(both.manager.id, both.person.id)
    points = records.meetings.points(meeting.id) if meeting else ()
    since = meeting.last_on if meeting and meeting.last_on else both.cycle.first
    body: list[Element] = [Line(same(BULLET + point.text)) for point in points]
    for item in from_checkins(records, both.person, since):
        body.append(Line(same(BULLET) + item.words))
        body += [Quote(short(item.text))] if item.text else []
    return body


def noted(records: AgendaRecords, it: Reading) -> list[Element]:
    """The newest of the diary, oldest first, and which months have nothing."""
    both = it.both
    thing = whose_diary(records, it.actor, (str(both.cycle.id), str(both.person.id)))(it.now)
    if thing is None or not may(it.actor, "read", thing, it.now):
        return []
    about = looking(both.cycle, both.person, it.now)
    known = entries(records, about)
    body: list[Element] = [Note(told(about, known))]
    for entry in known[-MOST_NOTED:]:
        body.append(Line(day_words(entry.day) + Words(": ", "：") + entry.words))
        body += [Quote(short(entry.text))] if entry.text else []
    return body


def short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def elements(found: list[Part]) -> list[Element]:
    """The parts one below the other, as a screen shows them; short points that follow each other stand close."""
    body: list[Element] = []
    for part in found:
        body.append(Heading(part.title))
        for one in part.body:
            before = body[-1]
            if is_point(one) and is_point(before) and len(before.words.en) + len(one.words.en) < TOGETHER:
                body[-1] = Line(before.words + same("\n") + one.words)
            else:
                body.append(one)
    return body


def is_point(element: Element) -> TypeGuard[Line]:
    return isinstance(element, Line) and element.words.en.startswith(BULLET)
