"""What results cost: computed for 100,000 people with 500,000 reviews, released and sealed for 10,000, explained.

Each beside the same arithmetic by SQL and NumPy, in the same run, over an SQLite file. CPU is the process's own, in the
system too; `plain s` reads, deciphers and counts, `NumPy s` is the arithmetic in it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from statistics import median, quantiles
from typing import Any

from bot.bench import review_floor, review_policy
from bot.bench.apart import apart
from bot.bench.databases import sqlite
from bot.bench.report import Goal, show
from bot.bench.review_floor import Floor
from bot.bench.review_policy import Decided
from bot.bench.reviewed import REVIEWS_EACH, reviewed
from bot.bench.staff import NOON, leader
from bot.bench.steps import known, swept
from bot.build import catalog, keep_loaded
from bot.clock import SystemClock
from bot.front import Front
from flows.core.catalog import Catalog
from flows.core.screen import Act
from flows.results.computing import plan_results
from flows.results.releasing.states import state_of
from storage.engine import Store, open_store

Json = dict[str, Any]
DAY = timedelta(days=1)
HR = 2
COMPUTED, SEALED, CLEANED, TOLD = "results.compute", "result.release", "cleaned", "result.open"


@dataclass(slots=True)
class Taken:
    """Seconds of some transactions, one by one, and of the process's CPU."""

    times: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @contextmanager
    def one(self) -> Iterator[None]:
        """Measure one of them."""
        real, cpu = SystemClock(), time.process_time()
        began = real.monotonic()
        yield
        self.times.append(real.monotonic() - began)
        self.cpu += time.process_time() - cpu

    @property
    def s(self) -> float:
        return sum(self.times)


async def run(
    *, people: int = 100_000, released: int = 10_000, looks: int = 200, decisions: int = 400_000
) -> Json:
    """Measure and show. `looks` are random people whose result is explained, for each who looks."""
    with sqlite() as url:
        cycle = reviewed(url, people, locked=False)
        results = apart(computed, url, (NOON, NOON + DAY))
        floor = review_floor.look(url, cycle, people)
        seen = looked(url, cycle, people, looks, NOON + DAY, ("HR", "their manager"))
    with sqlite() as url:
        cycle = reviewed(url, released, locked=True)
        least = review_floor.look(url, cycle, released)
        opened = apart(opening, url, cycle)
        seen += looked(url, cycle, released, looks, NOON + 7 * DAY, ("HR", "their manager", "themselves"))
    with sqlite() as url:
        decided = review_policy.decided(url, decisions)
    first, later = results.value
    steps = opened.value
    release = Taken(
        [one for taken in steps.values() for one in taken.times], sum(one.cpu for one in steps.values())
    )
    shown = [
        row("results, the first time", people, first, floor, results.growth),
        row("results, a day later", people, later, floor),
        row("release, all of it", released, release, least, opened.growth),
        *(row(f"  {words}", released, steps[name]) for name, words in STEPS.items()),
        *(row(what, looks, taken) for what, taken in seen),
        policy_row(decided),
    ]
    goals = [
        Goal("results of everybody, s", max(first.s, later.s), 60),
        Goal("results, MiB that the process grew by", results.growth or 0.0, 500),
        Goal("release and seal, s", release.s, 60),
        *(Goal(f"{what}, s in 95 of 100 cases", late(taken.times), 0.050) for what, taken in seen),
        Goal("scores unlike NumPy's", floor.others + least.others, 0),
        Goal("decisions unlike NumPy's", decided.others, 0),
        Goal("policy decisions a second", decided.n / decided.s, 200_000, least=True),
    ]
    more = {
        "reviews": people * REVIEWS_EACH - 1,  # nobody manages the first
        "allowed": decided.allowed,
    }
    return show("reviews", shown, goals, people=people, **more)


STEPS = {
    "asked": "asked and approved",
    SEALED: "last computation, seal, opening",
    CLEANED: "key destroyed, file cleaned",
    TOLD: "everybody asked to look",
}


def row(what: str, n: int, taken: Taken, floor: Floor | None = None, mib: float | None = None) -> Json:
    """One line of the table: of some transactions on `n` people."""
    plain = floor.reading + floor.arithmetic if floor else None
    return {
        "what": what,
        "n": n,
        "s": taken.s,
        "CPU s": taken.cpu,
        "median ms": median(taken.times) * 1000,
        "slowest ms": max(taken.times) * 1000,
        "plain s": plain,
        "× plain": taken.s / plain if plain else None,
        "NumPy ms": floor.arithmetic * 1000 if floor else None,
        "MiB": mib,
    }


def policy_row(decided: Decided) -> Json:
    """All of them at once, in the same columns."""
    each = {"median ms": None, "slowest ms": None, "NumPy ms": decided.plain * 1000}
    return row("policy decisions", decided.n, Taken([decided.s], decided.cpu)) | each


def late(times: list[float]) -> float:
    """What 95 of 100 stay below."""
    return quantiles(times, n=20)[-1]


def computed(url: str, days: Sequence[datetime]) -> list[Taken]:
    """The work of some days, as the metronome does it."""
    whole, _ = catalog()
    keep_loaded()
    return [on_day(url, whole, now) for now in days]


def on_day(url: str, whole: Catalog, now: datetime) -> Taken:
    with closing(open_store(url, lambda: now)) as store:
        with store.work() as records:
            plan_results(records, now)
        return in_slices(store, whole, now)[COMPUTED]


def in_slices(store: Store, whole: Catalog, now: datetime) -> dict[str, Taken]:
    """All that is due in slices, by its name."""
    found: dict[str, Taken] = defaultdict(Taken)
    name = "first"
    while name:
        taken = Taken()
        with taken.one():
            name = swept(store, whole, now)
        found[name].times += taken.times
        found[name].cpu += taken.cpu
    return found


def opening(url: str, cycle: int) -> dict[str, Taken]:
    """HR releases the results, and all that follows: until everybody has been asked to look."""
    found: dict[str, Taken] = defaultdict(Taken)
    whole, _ = catalog()
    keep_loaded()
    with closing(open_store(url, lambda: NOON)) as store:
        with found["asked"].one():
            released(store, whole, cycle)
        found |= in_slices(store, whole, NOON)
        with found[CLEANED].one():
            store.scrub()
        with store.work() as records:
            release = records.releases.get(cycle)
        if release is None or release.scrubbed_at is None or release.employees_at is None:
            raise RuntimeError("the results were not released")
        rest = in_slices(store, whole, release.employees_at)[TOLD]
        found[TOLD].times += rest.times
        found[TOLD].cpu += rest.cpu
    return {name: found[name] for name in STEPS}


def released(store: Store, whole: Catalog, cycle: int) -> None:
    """One of HR asks for it, and the other approves where that takes two."""
    with store.work() as records:
        whole.deeds["release-ask"].act(records, known(records, 1), (str(cycle),), NOON)
        if state_of(records, records.releases.get(cycle)) == "asked":
            whole.deeds["release-approve"].act(records, known(records, HR), (str(cycle),), NOON)


def looked(
    url: str, cycle: int, people: int, looks: int, now: datetime, readers: Sequence[str]
) -> list[tuple[str, Taken]]:
    """(who looks at what among how many, each time): results of random people."""
    random = Random(9)  # noqa: S311 - made-up data
    views = ("result-explained", "result") if "themselves" in readers else ("result-explained",)
    found = {(reader, view): Taken() for view in views for reader in readers}
    with closing(open_store(url, lambda: now)) as store:
        front = Front(*catalog())
        for _ in range(looks):
            person = random.randint(HR + 1, people)
            numbers = {"HR": HR, "their manager": leader(person) or HR, "themselves": person}
            for (reader, view), taken in found.items():
                with taken.one(), store.work() as records:
                    actor = known(records, numbers[reader])
                    front.see(records, actor, Act("see", (view, str(cycle), str(person))), now)
    return [(f"{view}, {people:,} people: {reader}", taken) for (reader, view), taken in found.items()]
