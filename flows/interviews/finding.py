"""Finding times for an interview: what both have already, what is proposed, and why a time can't be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.core.words import Words
from flows.cycle.calendar import DAY, at_local, local_day
from flows.cycle.nudges.milestones import works
from flows.cycle.records import Cycle
from flows.interviews.offering import Wanted, offers
from flows.interviews.records import Interview, Span
from flows.interviews.sides import Both
from flows.interviews.slots import HOURS, Side, Stretch, overlap
from flows.interviews.talking import BookingRecords
from flows.people.person import Person

NOTICE = DAY  # how long before a proposed time both know of it
STILL = 7 * DAY  # how far ahead a time may lie although the interviews should be over by then
EARLIEST, LATEST = HOURS[-1]
MORNING = time(0)


@dataclass(frozen=True, slots=True)
class Known:
    """What some people have in a stretch of time, by id: what their calendars say, and interviews that are booked."""

    busy: Mapping[int, Sequence[Span]] = field(default_factory=dict)
    booked: Mapping[int, Sequence[Span]] = field(default_factory=dict)

    def side(self, person: Person, without: Span | None = None) -> Side:
        """One side with everything that they have, but for the time that is being moved."""
        booked = [span for span in self.booked.get(person.id, ()) if span != without]
        return Side(person, (*self.busy.get(person.id, ()), *booked))


def known_of(records: BookingRecords, people: Iterable[int], since: datetime, until: datetime) -> Known:
    """Look it up for all of them at once."""
    ids = sorted(set(people))
    margin = timedelta(hours=1)  # a break before the first time and after the last
    since, until = since - margin, until + margin
    return Known(
        records.calendars.busy_of(ids, since, until), records.interviews.booked_of(ids, since, until)
    )


def last_of(interview: Interview, now: datetime) -> datetime:
    """Until when a time may be set: what is late is held all the same."""
    return max(interview.until, now + NOTICE + STILL)  # as far as times are proposed


def proposed_to(
    records: BookingRecords,
    both: Both,
    now: datetime,
    since: datetime | None = None,
    avoid: Sequence[Span] = (),
) -> tuple[Span, ...]:
    """Up to three times for one interview, from tomorrow or a later moment on; none of those to `avoid`."""
    begins = max(now + NOTICE, since or now)
    until = max(last_of(both.interview, now), begins + STILL)
    known = known_of(records, (both.person.id, both.manager.id), begins, until)
    stretch = stretch_of(both.cycle, begins, until, both.interview.minutes)
    manager = known.side(both.manager)
    manager = replace(manager, taken=(*manager.taken, *promised(records, both), *avoid))
    [found] = offers(
        manager, [Wanted(known.side(both.person), stretch)], known.booked.get(both.manager.id, ())
    )
    return found


def promised(records: BookingRecords, both: Both) -> list[Span]:
    """The times that are the first choice for others of the manager's people, and not picked yet."""
    others = records.interviews.of_manager(both.manager.id)
    return [
        one.slots[0]
        for one in others
        if one.slots and one.state in ("proposed", "missed") and one.id != both.interview.id
    ]


def stretch_of(cycle: Cycle, since: datetime, until: datetime, minutes: int) -> Stretch:
    return Stretch(since, until, minutes, cycle.template.nudges)


def why_not(records: BookingRecords, both: Both, span: Span, reader: Person, now: datetime) -> Words | None:
    """Why the two can't talk then, said to one of them; None when they can."""
    interview = both.interview
    if span[0] <= now:
        return Words("That time is over already.", "这个时间已经过去了。")
    last = last_of(interview, now)
    if span[1] > last:
        day = local_day(last, reader.zone)
        return Words(
            "That is too late: the talk should be held by {day}.", "时间太晚：面谈应在 {day} 前完成。"
        ).fill(day=day.isoformat())
    known = known_of(records, (both.person.id, both.manager.id), *span)
    for one in (reader, both.person if reader.id == both.manager.id else both.manager):
        no = _no_of(both.cycle, known, one, span, interview.time if interview.state == "booked" else None)
        if no is not None:
            mine, theirs = no
            at = f"{span[0].astimezone(ZoneInfo(one.zone)):%H:%M}"
            return (mine if one.id == reader.id else theirs).fill(name=one.name, at=at)
    return None


def is_in_hours(person: Person, span: Span) -> bool:
    """Whether a time lies within anybody's working hours, by the person's own clock."""
    day = local_day(span[0], person.zone)
    return at_local(day, EARLIEST, person.zone) <= span[0] and span[1] <= at_local(day, LATEST, person.zone)


def _no_of(
    cycle: Cycle, known: Known, one: Person, span: Span, own: Span | None
) -> tuple[Words, Words] | None:
    """Why one of them can't, to themselves and to the other."""
    day = local_day(span[0], one.zone)
    if not works(one, day, cycle.template.nudges):
        return DAY_OFF
    if not is_in_hours(one, span):
        return NIGHT
    if any(overlap(span, taken) for taken in known.booked.get(one.id, ()) if taken != own):
        return BOOKED
    if any(overlap(span, taken) for taken in known.busy.get(one.id, ())):
        return BUSY
    return None


DAY_OFF = (
    Words(
        "You don't work that day: it is a weekend, a holiday or your leave.",
        "这一天你不上班（周末、节假日或休假）。",
    ),
    Words(
        "{name} does not work that day: it is a weekend, a holiday or their leave.",
        "这一天{name}不上班（周末、节假日或休假）。",
    ),
)
NIGHT = (
    Words("That is {at} for you, outside anybody's working hours.", "那时你当地是 {at}，不在工作时间内。"),
    Words(
        "That is {at} for {name}, outside anybody's working hours.", "那时{name}当地是 {at}，不在工作时间内。"
    ),
)
BOOKED = (
    Words("You have another interview then.", "那个时间你已有另一场面谈。"),
    Words("{name} has another interview then.", "那个时间{name}已有另一场面谈。"),
)
BUSY = (
    Words("Your calendar says that you are busy then.", "你的日历显示那个时间没空。"),
    Words("{name}'s calendar says that they are busy then.", "{name}的日历显示那个时间没空。"),
)
