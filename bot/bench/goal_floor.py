"""The nightly look at goals as plain SQL and NumPy do it: the same arithmetic over whole columns, nothing kept.

It knows what the bench's goals have in common (eight weekly readings on the same days, higher is better, from zero), so
it is a floor: no owner's calendar, leave, earlier signals or messages, and no transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from typing import Any

from storage.engine import Store

GOALS = (
    "SELECT id, target FROM goal WHERE id > ? AND state = 'agreed' AND level = 'person' ORDER BY id LIMIT ?"
)
READINGS = (
    "SELECT value FROM reading WHERE current = 1 AND series IN (SELECT value FROM json_each(?)) "
    "ORDER BY series, period"
)
T80 = 1.440  # Student's t, two-sided 80 %, for eight readings
ROBUST, CHANGE, WORTH = 1.4826, 5.0, 1 / 6


def look(store: Store, days: Sequence[date], end: date, passed: float, slices: int) -> int:
    """How many signals there are in the whole company, in slices of so many goals."""
    return sum(_signals(*part, days, end, passed) for part in _read(store, len(days), slices))


def _read(store: Store, readings: int, slices: int) -> Iterator[tuple[Any, Any]]:
    import numpy as np  # here because only this bench needs it

    with closing(store.engine.raw_connection()) as pooled:
        connection: Any = pooled.driver_connection
        after = 0
        while goals := connection.execute(GOALS, (after, slices)).fetchall():
            after = goals[-1][0]
            names = sorted((f"goal/{goal}", target) for goal, target in goals)  # as the readings come
            series = "[" + ",".join(f'"{name}"' for name, _ in names) + "]"
            values = np.array([value for (value,) in connection.execute(READINGS, (series,))], dtype=float)
            targets = np.array([target for _, target in names], dtype=float) / 1e4
            yield values.reshape(len(names), readings) / 1e4, targets


def _signals(values: Any, targets: Any, days: Sequence[date], end: date, passed: float) -> int:
    import numpy as np

    reached = 100 * values[:, -1] / targets
    off = reached < 75 * passed
    missed = (reached < 100) & (100 * _best_end(values, days, end) / targets < 95)
    changes = np.diff(values, axis=1)
    usual = np.median(changes[:, :-1], axis=1)
    spread = ROBUST * np.median(np.abs(changes[:, :-1] - usual[:, None]), axis=1)
    last = changes[:, -1]
    dropped = (
        (last < usual - CHANGE * spread)
        & (last < changes[:, :-1].min(axis=1))
        & (usual - last > WORTH * np.median(np.abs(values), axis=1))
    )
    return int(off.sum() + missed.sum() + dropped.sum())


def _best_end(values: Any, days: Sequence[date], end: date) -> Any:
    """The upper end of the forecast's band, as `flows.goals.measure.forecast` works it out."""
    import numpy as np

    gap = (days[-1] - days[0]).days / (len(days) - 1)
    times = np.array([(day - days[0]).days / gap for day in days])
    at = (end - days[0]).days / gap
    middle = values.mean(axis=1)
    off = values - middle[:, None]
    whole = (off * off).sum(axis=1)
    least = 1e-6 * whole + 1e-12
    span = times[-1]
    slope, line = _fitted(times, at, off, whole, least)
    found = [line]
    for share in (0.35, 1.0):
        pace = -1 / (share * span)
        found.append(_fitted(np.exp(times * pace), np.exp(at * pace), off, whole, least)[1])
    found += [_followed(times, off, slope, at, least), _drifted(times, off, at, least)]
    fits, ends, owns = (np.stack(part) for part in zip(*found, strict=True))
    weights = np.exp((fits - fits.max(axis=0)) / 2)
    weights /= weights.sum(axis=0)
    mean = (weights * ends).sum(axis=0)
    variance = (weights * (owns + (ends - mean) ** 2)).sum(axis=0)
    return middle + mean + T80 * np.sqrt(variance)


def _fitted(shape: Any, at: float, off: Any, whole: Any, least: Any) -> tuple[Any, tuple[Any, Any, Any]]:
    import numpy as np

    count = len(shape)
    middle = shape.mean()
    spread = (shape * shape).sum() - count * middle * middle
    slope = off @ shape / spread
    errors = np.maximum(whole - slope * slope * spread, least)
    noise = errors / (count - 2)
    own = noise * (1 / count + (at - middle) ** 2 / spread)
    return slope, ((2 - count) / 2 * np.log(errors), slope * (at - middle), own + noise)


def _followed(times: Any, off: Any, slope: Any, at: float, least: Any) -> tuple[Any, Any, Any]:
    import numpy as np

    level, errors, before, count = off[:, 0].copy(), 0.0, times[0], len(times)
    for nth, time in enumerate(times):
        level += slope * (time - before)
        surprise = off[:, nth] - level
        errors = errors + surprise * surprise
        level += (1 - 0.5 ** (time - before)) * surprise
        before = time
    errors = np.maximum(errors, least)
    rest = at - before
    own = errors / (count - 2) * (1 + 0.25 * max(rest - 1, 0.0) + 0.25 * rest * rest / before)
    return (2 - count) / 2 * np.log(errors), level + slope * rest, own


def _drifted(times: Any, off: Any, at: float, least: Any) -> tuple[Any, Any, Any]:
    import numpy as np

    span, count = times[-1], len(times)
    drift = (off[:, -1] - off[:, 0]) / span
    passed = np.diff(times)
    surprise = np.diff(off, axis=1) - drift[:, None] * passed
    errors = np.maximum((surprise * surprise / passed).sum(axis=1), least)
    rest = at - span
    fit = (2 - count) / 2 * np.log(errors) - np.log(passed).sum() / 2
    return fit, off[:, -1] + drift * rest, errors / (count - 2) * (rest + rest * rest / span)
