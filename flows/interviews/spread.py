"""A manager's interviews over their days: few in one day, with breaks, early, at hours that suit both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from flows.interviews.slots import Seat

Chosen = list[Seat | None]

LOAD = (0.0, 1.0, 5.0)
"""What the first, second and third interview of one day cost; more than that are a day too full."""

TOO_FULL = 20.0  # each beyond the third: only where there is nothing else at all
NOWHERE = 200.0  # somebody for whom there is no time
PASSES = 8  # over everybody: after a few nothing gets better any more


def spread(choices: Sequence[Sequence[Seat]], loads: Mapping[int, int] | None = None) -> Chosen:
    """One time for each of a manager's people, out of those that suit each (cheapest first), no two the same.

    The cost is the sum of the times' own (`slots.Seat`) and, for each day, of `LOAD`; `loads` is how many the manager
    has on a day already. First whoever has the fewest choices gets their cheapest. Then somebody takes another time,
    also one that somebody else has and leaves for their own next best, as long as that makes it cheaper.
    """
    days: Counter[int] = Counter(loads or {})
    chosen: Chosen = [None] * len(choices)
    holder: dict[int, int] = {}
    for one in sorted(range(len(choices)), key=lambda n: len(choices[n])):
        _seat(one, _best(choices[one], holder, days)[0], chosen, holder, days)
    for _ in range(PASSES):
        better = [_improve(one, choices, chosen, holder, days) for one in range(len(choices))]
        if not any(better):
            break
    return chosen


def cost_of(chosen: Sequence[Seat | None], loads: Mapping[int, int] | None = None) -> float:
    """What a spread costs."""
    days: Counter[int] = Counter(loads or {})
    total = 0.0
    for seat in chosen:
        total += NOWHERE if seat is None else seat.cost + load(days[seat.day])
        if seat is not None:
            days[seat.day] += 1
    return total


def load(already: int) -> float:
    """What one more costs on a day that has so many."""
    return LOAD[already] if already < len(LOAD) else TOO_FULL * (already - len(LOAD) + 1)


def _best(
    seats: Sequence[Seat], holder: Mapping[int, int], days: Mapping[int, int], not_this: int | None = None
) -> tuple[Seat | None, float]:
    """The cheapest time that nobody holds, with what it costs."""
    best: Seat | None = None
    least = NOWHERE
    for seat in seats:
        if seat.cost >= least:
            break
        if seat.start in holder or seat.start == not_this:
            continue
        cost = seat.cost + load(days.get(seat.day, 0))
        if cost < least:
            best, least = seat, cost
    return best, least


def _improve(
    one: int, choices: Sequence[Sequence[Seat]], chosen: Chosen, holder: dict[int, int], days: Counter[int]
) -> bool:
    """Give one of them a better time, if there is one; whether there was."""
    before = chosen[one]
    _seat(one, None, chosen, holder, days)
    now = NOWHERE if before is None else before.cost + load(days[before.day])
    seat, cost = _best(choices[one], holder, days)
    moves: tuple[int, Seat | None] | None = None
    for wanted in choices[one]:
        if wanted.cost >= cost:
            break
        other = holder.get(wanted.start)
        if other is None:
            continue
        theirs = chosen[other]  # the same time: its day stays as full as it was
        elsewhere, more = _best(choices[other], holder, days, wanted.start)
        total = wanted.cost + more - (theirs.cost if theirs else 0.0)
        if total < min(cost, now) - 1e-9:
            seat, cost, moves = wanted, total, (other, elsewhere)
    if cost >= now - 1e-9:
        _seat(one, before, chosen, holder, days)
        return False
    if moves:
        _seat(moves[0], None, chosen, holder, days)
        _seat(one, seat, chosen, holder, days)
        _seat(*moves, chosen, holder, days)
    else:
        _seat(one, seat, chosen, holder, days)
    return True


def _seat(one: int, seat: Seat | None, chosen: Chosen, holder: dict[int, int], days: Counter[int]) -> None:
    """Take what somebody has from them, and give them this."""
    before = chosen[one]
    if before is not None:
        del holder[before.start]
        days[before.day] -= 1
    if seat is not None:
        holder[seat.start] = one
        days[seat.day] += 1
    chosen[one] = seat
