"""What is proposed to each of a manager's people: their time of the spread, and two others that they could have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flows.cycle.calendar import local_day
from flows.interviews.records import Span
from flows.interviews.slots import WANTED, Seat, Side, Stretch, overlap, seats, span_of
from flows.interviews.spread import spread


@dataclass(frozen=True, slots=True)
class Wanted:
    """One of a manager's people, and from when to when they may talk."""

    person: Side
    stretch: Stretch


def offers(manager: Side, wanted: Sequence[Wanted], booked: Sequence[Span] = ()) -> list[tuple[Span, ...]]:
    """Up to three times for each of these people, best first; fewer, or none, where there are no more.

    `booked` are the manager's interviews, which stand among what they have already: they fill a day. As long as there
    are enough, no time is proposed to two people, so that each can pick any of theirs.
    """
    loads = Counter(local_day(starts, manager.person.zone).toordinal() for starts, _ in booked)
    choices = [seats(manager, one.person, one.stretch) for one in wanted]
    offered = [[seat] if seat else [] for seat in spread(choices, loads)]
    gone = {seat.start for several in offered for seat in several}
    for several, suiting in zip(offered, choices, strict=True):
        for seat in _more(suiting, several, gone):
            several.append(seat)
            gone.add(seat.start)
    spans = [
        tuple(span_of(seat, one.stretch.minutes) for seat in several)
        for one, several in zip(wanted, offered, strict=True)
    ]
    return [
        mine if len(mine) >= WANTED else _finer(manager, one, mine, spans)
        for one, mine in zip(wanted, spans, strict=True)
    ]


def _more(suiting: Sequence[Seat], several: Sequence[Seat], gone: set[int]) -> Iterator[Seat]:
    """Further times that are nobody else's: on other days first."""
    days, mine = {seat.day for seat in several}, {seat.start for seat in several}
    for new_day in (True, False):
        for seat in suiting:
            if len(mine) >= WANTED:
                return
            if seat.start in mine or seat.start in gone or (new_day and seat.day in days):
                continue
            days.add(seat.day)
            mine.add(seat.start)
            yield seat


def _finer(
    manager: Side, one: Wanted, mine: tuple[Span, ...], others: Sequence[tuple[Span, ...]]
) -> tuple[Span, ...]:
    """More times for somebody for whom the grid has too few: at any quarter of an hour, also ones that others may pick.

    Whoever picks first has it; the other is shown new ones.
    """
    first = {several[0] for several in others if several} - set(mine)
    busy = replace(manager, taken=(*manager.taken, *first))
    found = list(mine)
    for seat in seats(busy, one.person, one.stretch, grid=False):
        if len(found) >= WANTED:
            break
        span = span_of(seat, one.stretch.minutes)
        if not any(overlap(span, other) for other in found):
            found.append(span)
    return tuple(found)
