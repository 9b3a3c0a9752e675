"""What goals cost at 100,000 people and 500,000 goals: the tree's coverage, a manager's view, signals, an import.

Each beside the same arithmetic in plain SQL or NumPy, in the same run, over an SQLite file.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from statistics import median
from typing import Any

from bot.bench import goal_floor, goal_import
from bot.bench.apart import apart
from bot.bench.databases import sqlite
from bot.bench.goal_company import GOALS_EACH, NIGHT, WEEKS, with_goals
from bot.bench.report import Goal, show
from bot.bench.staff import NOON, ZONES
from bot.bench.steps import swept
from bot.build import catalog
from bot.clock import SystemClock
from bot.front import Front
from flows.core.screen import Act
from flows.cycle.calendar import country_of
from flows.goals.measure.span import days_of, elapsed
from flows.goals.signals.looking import SLICE, plan_signals
from storage.engine import Store, open_store

Json = dict[str, Any]

PLAIN_COVERAGE = (
    "SELECT parent, sum(gives), count(gives), count(*) FROM goal "
    "WHERE cycle = ? AND parent IS NOT NULL AND state IN ('proposed', 'returned', 'agreed') GROUP BY parent"
)
ROUNDS = 20


async def run(*, people: int = 100_000, rows: int = 1_000_000) -> Json:
    """Measure and show."""
    number = people * GOALS_EACH
    with sqlite() as url:
        cycle = apart(prepared, url, people).value
        covered = apart(coverage, url, cycle).value
        viewed = apart(views, url, cycle, people).value
        night = apart(nightly, url)
        floor = apart(plain_night, url).value
    with sqlite() as url, sqlite() as twin:
        imported = apart(goal_import.sent, url, rows)
        inserted = apart(goal_import.plain, twin, rows).value
    with sqlite() as url:
        tenth = apart(goal_import.sent, url, rows // 10)
    first, later = night.value
    seconds = imported.value["s"]
    shown: list[Json] = [
        row("coverage of the whole tree", number, covered["s"], covered["plain s"]),
        *(row(what, parts, s) for what, parts, s in viewed),
        row("signals, the first night", number, first, floor, night.growth),
        row("signals, a later night", number, later, floor),
        row("metric values sent", rows, seconds, inserted, imported.growth),
        row("a tenth of them", rows // 10, tenth.value["s"], mib=tenth.growth),
    ]
    goals = [
        Goal("coverage of the whole tree, s", covered["s"], 2),
        Goal("coverage against plain SQL", covered["s"] / covered["plain s"], 3),
        *(Goal(f"{what}, s", s, 0.050) for what, _, s in viewed),
        Goal("signals of a night, s", later, 60),
        Goal("signals, MiB that the process grew by", night.growth or 0.0, 500),
        Goal("signals against NumPy", later / floor, 3),
        Goal("metric values a second", rows / seconds, 5_000, least=True),
        Goal("MiB more for ten times the values", (imported.growth or 0.0) - (tenth.growth or 0.0), 32),
        Goal("metric values against plain inserts", seconds / inserted, 3),
    ]
    return show("goals", shown, goals, people=people)


def row(what: str, n: int, s: float, plain: float | None = None, mib: float | None = None) -> Json:
    """One line of the table; `n` is how many goals, values or parts of a screen."""
    return {
        "what": what,
        "n": n,
        "s": s,
        "plain s": plain,
        "× plain": s / plain if plain else None,
        "MiB": mib,
    }


def prepared(url: str, people: int) -> int:
    """The company with its goals and readings; the cycle's id."""
    with closing(open_store(url, lambda: NOON)) as store:
        return with_goals(store, people, readings=True)


def coverage(url: str, cycle: int) -> Json:
    """Seconds for the whole tree through the records, and by the bare statement."""
    with closing(open_store(url, lambda: NOON)) as store:
        ours = best(lambda: whole_tree(store, cycle))
        with closing(store.engine.raw_connection()) as pooled:
            bare: Any = pooled.driver_connection
            plain = best(lambda: bare.execute(PLAIN_COVERAGE, (cycle,)).fetchall())
    return {"s": ours, "plain s": plain}


def whole_tree(store: Store, cycle: int) -> None:
    with store.work() as records:
        records.goals.cycle_coverage(cycle)


def views(url: str, cycle: int, people: int) -> list[tuple[str, int, float]]:
    """(what, parts of the screen, seconds in the median) of what a manager of nine looks at, in the middle and at the end."""
    with closing(open_store(url, lambda: NOON)) as store:
        front = Front(*catalog())
        found = []
        for who, number in (("a manager of nine", people // 20), ("the head of the company", 1)):
            for name, about in (
                ("team-goals", (str(cycle),)),
                ("goals", (str(cycle), str(number))),
                ("goal-tree", (str(cycle),)),
            ):
                parts, seconds = seen(store, front, number, Act("see", (name, *about)))
                found.append((f"{who}: {name}", parts, seconds))
        return found


def nightly(url: str) -> tuple[float, float]:
    """Seconds for everybody's goals, in the first night, in which signals begin, and in the next."""
    real, times = SystemClock(), []
    with closing(open_store(url, lambda: NIGHT)) as store:
        whole, _ = catalog()
        for night in (NIGHT, NIGHT + timedelta(days=1)):
            began = real.monotonic()
            with store.work() as records:
                plan_signals(records, night)
            while swept(store, whole, night):
                pass
            times.append(real.monotonic() - began)
    return times[0], times[1]


def plain_night(url: str) -> float:
    """Seconds in which SQL and NumPy alone find the same signals."""
    with closing(open_store(url, lambda: NIGHT)) as store:
        with store.work() as records:
            cycle = records.cycles.in_state("live")[0]
        span = days_of(cycle)
        passed = elapsed(span, WEEKS[-1], country_of(ZONES[0]))
        return best(lambda: goal_floor.look(store, WEEKS, span[1], passed, SLICE), 1)


def seen(store: Store, front: Front, number: int, act: Act) -> tuple[int, float]:
    real, times, parts = SystemClock(), [], 0
    for _ in range(ROUNDS):
        began = real.monotonic()
        with store.work() as records:
            actor = records.people.get(number)
            assert actor is not None  # noqa: S101 - the company has just been hired
            parts = len(front.see(records, actor, act, NIGHT).body)
        times.append(real.monotonic() - began)
    return parts, median(times)


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The least of some rounds, in seconds: what disturbs only ever adds."""
    real, times = SystemClock(), []
    for _ in range(rounds):
        began = real.monotonic()
        work()
        times.append(real.monotonic() - began)
    return min(times)
