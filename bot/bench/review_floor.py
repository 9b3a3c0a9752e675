"""Results as plain SQL and NumPy make them: the same arithmetic over whole columns, nothing kept and nobody asked.

It knows what the bench's reviews have in common (two goals of equal weight that grow from zero, three ratings by one
manager, three colleagues), so it is a floor.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from bot.bench.reviewed import GOALS_EACH, PEERS, reviewers, template
from bot.bench.staff import HR_LEADS, NOON
from bot.clock import SystemClock
from flows.cycle.template import Review
from storage.cipher import Cipher
from storage.columns import AMOUNT_PLACES
from storage.engine import open_store

LAST_VALUES = """
    SELECT (SELECT value FROM reading WHERE series = 'goal/' || goal.id AND current = 1 ORDER BY day DESC LIMIT 1), target
    FROM goal WHERE cycle = ? ORDER BY person, id
"""
MANAGERS = """
    SELECT about, json_extract(answers, '$.behaviour'), json_extract(answers, '$.ability')
    FROM review WHERE cycle = ? AND kind = 'manager'
"""
BAGS = "SELECT bag, id, content FROM pen WHERE bag IN (SELECT value FROM json_each(?))"
SCORES = "SELECT score FROM result_version WHERE cycle = ? AND version = 1 ORDER BY person"
SLICE = 1000  # people whose unnamed reviews are in memory at once
Points = tuple[list[int], list[float]]
ASKED = ("helps", "reliable")
LEAST, LOWEST, HIGHEST, CAP = (
    3,
    1,
    4,
    120,
)  # answers and steps of colleagues' ratings; the goals' cap in percent


@dataclass(frozen=True, slots=True)
class Floor:
    """Seconds of reading and deciphering, and of the arithmetic alone; how many of the scores are not perfloop's."""

    reading: float
    arithmetic: float
    others: int


def look(url: str, cycle: int, people: int) -> Floor:
    """Every score of the cycle, beside those of the ledger's first versions."""
    import numpy as np  # here because only this bench needs it

    real = SystemClock()
    forms = template().reviews
    points = {"manager": points_in(forms["manager"], "ability"), "peer": points_in(forms["peer"], ASKED[0])}
    with (
        closing(open_store(url, lambda: NOON, read_only=True)) as store,
        closing(store.engine.raw_connection()) as pooled,
    ):
        connection: Any = pooled.driver_connection
        began = real.monotonic()
        last = np.array(connection.execute(LAST_VALUES, (cycle,)).fetchall(), dtype=float)
        ratings = np.full((people, 2), np.nan)
        for about, behaviour, ability in connection.execute(MANAGERS, (cycle,)):
            ratings[about - 1] = int(behaviour), int(ability)
        given = _colleagues(connection, Cipher.of(store.keys.get(cycle) or b""), people)
        own = np.array(
            [min(reviewers(n + 1, people)) <= HR_LEADS for n in range(people)]
        )  # HR reads all of them
        read = real.monotonic()
        scores = arithmetic(
            last.reshape(people, GOALS_EACH, 2) / 10**AMOUNT_PLACES, ratings, given, own, points
        )
        done = real.monotonic()
        kept = np.array([float(score) for (score,) in connection.execute(SCORES, (cycle,))])
    others = people if len(kept) != people else int((np.abs(kept - scores) > 1e-6).sum())
    return Floor(read - began, done - read, others)


def _colleagues(connection: Any, cipher: Cipher, people: int) -> Any:
    """The steps that colleagues chose, by person, colleague and question; NaN where they could not judge."""
    import numpy as np

    given = np.full((people, LEAST, len(ASKED)), np.nan)
    for first in range(0, people, SLICE):
        bags = {cipher.name("bag", PEERS, n + 1): n for n in range(first, min(first + SLICE, people))}
        place = dict.fromkeys(bags.values(), 0)
        for bag, pen, content in connection.execute(BAGS, (json.dumps(list(bags)),)):
            about = bags[bag]
            given[about, place[about]] = steps(cipher.open(content, pen))
            place[about] += 1
    return given


def steps(answers: dict[str, str]) -> Sequence[float]:
    return [float("nan") if answers[name] == "unknown" else int(answers[name]) for name in ASKED]


def points_in(form: Review, asked: str) -> Points:
    """The steps of a rating, and what each counts for; the same for all ratings of the form."""
    kind = next(question.kind for question in form.questions if question.name == asked)
    options = getattr(kind, "options", ())
    steps = [int(option.key) for option in options]
    points = [
        100 * int(option.key) / max(steps) if option.value is None else float(option.value)
        for option in options
    ]
    return steps, points


def arithmetic(last: Any, ratings: Any, given: Any, own: Any, points: Mapping[str, Points]) -> Any:
    """The scores, from (value, target) of each goal, the manager's steps and the colleagues', of whom one may be `own`."""
    import numpy as np

    attained = half_up(np.clip(last[:, :, 0] / last[:, :, 1] * 100, 0, CAP), 4)
    goals = half_up(attained.mean(axis=1), 4)
    counted = (~np.isnan(given)).sum(axis=1)
    halves = np.floor(2 * (np.nansum(given, axis=1) - LOWEST * counted) / np.maximum(counted, 1) + 0.5)
    averages = np.clip(LOWEST + halves / 2, LOWEST + 0.5, HIGHEST - 0.5)
    averages[counted - own[:, None] < LEAST] = np.nan
    enough = ~np.isnan(averages)
    among = np.nansum(np.interp(averages, *points["peer"]), axis=1) / np.maximum(enough.sum(axis=1), 1)
    colleagues = np.where(enough.any(axis=1), half_up(among, 4), np.nan)
    parts = np.column_stack((goals, np.interp(ratings, *points["manager"]), colleagues))
    weights = np.where(np.isnan(parts), 0, (60, 20, 10, 10))
    whole = np.nansum(parts * weights, axis=1) / weights.sum(axis=1)
    return half_up(np.clip(whole, 0, CAP), 2)


def half_up(values: Any, places: int) -> Any:
    """As decimals are rounded by hand; a binary number a hair below the middle is in the middle."""
    import numpy as np

    return np.floor(values * 10**places + 0.5 + 1e-7) / 10**places
