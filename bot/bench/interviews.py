"""Times for 10,000 pairs with 20 busy times each; how well they are spread, beside an optimal assignment."""

from __future__ import annotations

import math
from collections.abc import Sequence
from importlib.util import find_spec

from rich.console import Console

from bot.bench.interview_optimum import optimum
from bot.bench.interview_pairs import TEAM, Team, teams
from bot.bench.report import Goal, show
from bot.clock import SystemClock
from flows.interviews.offering import offers
from flows.interviews.records import Span
from flows.interviews.slots import WANTED, Seat, seats
from flows.interviews.spread import cost_of, spread

PAIRS, BUSY, COMPARED = 10_000, 20, 200
SECONDS, WITHIN = 30.0, 5.0  # for all pairs; percent above the least cost there is


def run() -> None:
    """Propose times to everybody, then look at the spread of the first pairs."""
    real = SystemClock()
    several = list(teams(PAIRS, BUSY))
    began = real.monotonic()
    found = [offers(one.manager, one.wanted) for one in several]
    seconds = real.monotonic() - began
    offered = [slots for team in found for slots in team]
    rows: list[dict[str, object]] = [
        {"what": "times proposed", "pairs": len(offered), "s": seconds, "with three": full(offered)},
    ]
    goals = [Goal(f"seconds for {PAIRS:,} pairs with {BUSY} busy times each", seconds, SECONDS)]
    compared = several[: -(-COMPARED // TEAM)]
    ours = math.fsum(cost_of(spread(choices_of(one))) for one in compared)
    least = least_cost(compared)
    number = sum(len(one.wanted) for one in compared)
    rows.append({"what": "cost of the spread", "pairs": number, "ours": ours, "optimal": least})
    if least is not None:
        above = 100 * (ours / least - 1)
        goals.append(Goal("percent above the optimal assignment", above, WITHIN))
    columns = ("what", "pairs", "s", "with three", "ours", "optimal")
    show("interviews", [{name: row.get(name) for name in columns} for row in rows], goals)


def full(offered: Sequence[tuple[Span, ...]]) -> int:
    """How many were given as many times as they should be."""
    return sum(len(slots) >= WANTED for slots in offered)


def choices_of(team: Team) -> list[list[Seat]]:
    """The times that suit each of a manager's people."""
    return [seats(team.manager, one.person, one.stretch) for one in team.wanted]


def least_cost(several: Sequence[Team]) -> float | None:
    """The least that any spread of these teams can cost; None without SciPy, which is said."""
    if find_spec("scipy") is None:
        Console().print(
            "SciPy is not installed (it comes with the test dependencies): the spread is not compared."
        )
        return None
    return math.fsum(optimum(choices_of(one)) for one in several)
