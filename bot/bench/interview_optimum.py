"""The least that a spread of one manager's interviews can cost, by SciPy's assignment, which knows nothing of ours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flows.interviews.slots import Seat
from flows.interviews.spread import load

NEVER = 1e6


def optimum(choices: Sequence[Sequence[Seat]]) -> float:
    """The least sum of the times' costs and of what each day costs by how many are on it.

    Rows are people, then times; columns are times, then places of a day. Somebody takes a time; the time's own row
    then has to take one of its day's places, the nth of which costs what the nth interview of a day does. A time that
    nobody takes stays with itself for nothing.
    """
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # only tests bring it

    times = sorted({(seat.start, seat.day) for several in choices for seat in several})
    number = {start: n for n, (start, _) in enumerate(times)}
    places = [(day, nth) for day in sorted({day for _, day in times}) for nth in range(len(choices))]
    people = len(choices)
    costs = np.full((people + len(times), len(times) + len(places)), NEVER)
    for person, several in enumerate(choices):
        for seat in several:
            costs[person, number[seat.start]] = seat.cost
    for n, (_, day) in enumerate(times):
        costs[people + n, n] = 0.0
        for column, (where, nth) in enumerate(places):
            if where == day:
                costs[people + n, len(times) + column] = load(nth)
    rows, columns = linear_sum_assignment(costs)
    return float(costs[rows, columns].sum())
