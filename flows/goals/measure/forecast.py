"""The end value of a goal that is to be expected, with its 80 % band.

Method: a few simple courses are fitted to the readings by least squares, and averaged by how well each explains them.
- A straight line, and two lines that level out (to b·e^(−t/τ), τ of 0.35 and 1.0 of the time read so far).
- A level that follows the readings half way (exponential smoothing, by the gaps between them) and the line's slope.
- A level that goes from reading to reading by chance, with the mean drift between the first and the last.

Each course gives an end value and the variance of what will be read then: its noise, and what is not known about its
own numbers. Its weight is the square root of its likelihood at the best noise, exp(−(n − 2)/4 · ln Σe²): the root,
because with a dozen readings the full likelihood is too sure of itself (Grünwald's safe Bayes). The band is the mean ±
Student's t (n − 2 degrees, 80 %) x the deviation of that mixture, in which the courses' disagreement counts as well.
Daily readings of three weeks and more are freed of their weekdays' mean deviations from the line, which stand in the
end value again. A metric's sum is forecast by the periods still to come, and its mean likewise.

Back-test (`tests/goals/test_forecast.py`, nine families of 400 series, from a third of the way on): the band holds the
end in 81 % over all. Straight with noise 90 %, walk with drift 72 %, aimless walk 69 %, levelling out 95 %, daily with
weekdays 82 %, with gaps 81 %; sums of daily values 86 %, of wandering ones 71 %, of weekly ones 88 %. So it is too
narrow for what wanders by chance, and a little wide for what goes straight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt
from operator import mul

from flows.goals.kept import Gather

FEWEST = 4  # readings: with less nothing is said
LEVELLING = (0.35, 1.0)
DAILY = 1.5  # days between readings at most, to see weekdays
THREE_WEEKS = 21
T80 = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)  # Student's t, two-sided 80 %
NORMAL80 = 1.2816
Course = tuple[float, float, float]
"""The logarithm of its likelihood, the value to be expected, its variance."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The end value that is to be expected, with its 80 % band, in the goal's unit."""

    low: float
    middle: float
    high: float


def expected_end(
    points: Sequence[tuple[date, float]], end: date, gather: Gather = "latest"
) -> Forecast | None:
    """The forecast for the day `end` of a line of (day, value) in the target's own terms; see `band`."""
    days = [day.toordinal() for day, _ in points]
    return band(days, [value for _, value in points], end.toordinal(), gather)


def band(
    days: Sequence[int], values: Sequence[float], end: int, gather: Gather = "latest"
) -> Forecast | None:
    """The forecast for the day `end`; None with fewer than four readings, or where the end is not ahead.

    `days` ascend; of several readings on one day the last counts. For "sum" and "mean" the values are those of the
    single periods, not yet summed.
    """
    if len(set(days)) < len(days):
        single = dict(zip(days, values, strict=True))
        days, values = tuple(single), tuple(single.values())
    count = len(days)
    if count < FEWEST or end <= days[-1]:
        return None
    gap = (days[-1] - days[0]) / (count - 1)
    times = [(day - days[0]) / gap for day in days]
    middle = sum(values) / count
    off = [value - middle for value in values]
    weekday = 0.0
    if gap <= DAILY and count >= THREE_WEEKS:
        off, effects = without_weekdays(days, times, off)
        weekday = effects[end % 7]
    if gather == "latest":
        found, deviation = _mixed(courses(times, off, (end - days[0]) / gap, 0.0))
        found += middle + weekday
    else:
        ahead = (end - days[-1]) / gap
        found, deviation = _mixed(courses(times, off, times[-1] + (ahead + 1) / 2, ahead))
        found += middle * ahead + middle * count
        if gather == "mean":
            found, deviation = found / (count + ahead), deviation / (count + ahead)
    reach = deviation * (T80[count - 3] if count - 3 < len(T80) else NORMAL80 + 0.9 / (count - 2))
    return Forecast(found - reach, found, found + reach)


def courses(times: Sequence[float], off: Sequence[float], at: float, ahead: float) -> list[Course]:
    """What each course gives for the time `at`, or, where `ahead` periods are to come, for their sum around `at`.

    `times` count mean gaps from the first reading; `off` are deviations from the mean of the values.
    """
    whole = sum(map(mul, off, off))
    least = 1e-6 * whole + 1e-12
    span = times[-1]
    slope, line = _fitted(times, at, off, whole, least, ahead)
    found = [line]
    for share in LEVELLING:
        pace = -1 / (share * span)
        found.append(
            _fitted([exp(time * pace) for time in times], exp(at * pace), off, whole, least, ahead)[1]
        )
    return [*found, _followed(times, off, slope, at, ahead, least), _drifted(times, off, at, ahead, least)]


def _fitted(
    shape: Sequence[float], at: float, off: Sequence[float], whole: float, least: float, ahead: float
) -> tuple[float, Course]:
    """The slope of least squares on one shape, and its course; `whole` is Σ off² and `least` the least Σe²."""
    count = len(shape)
    middle = sum(shape) / count
    spread = sum(map(mul, shape, shape)) - count * middle * middle
    slope = sum(map(mul, shape, off)) / spread
    errors = max(whole - slope * slope * spread, least)
    noise = errors / (count - 2)
    value = slope * (at - middle)
    own = noise * (1 / count + (at - middle) ** 2 / spread)
    if ahead:
        return slope, (_fit(errors, count), ahead * value, ahead * ahead * own + ahead * noise)
    return slope, (_fit(errors, count), value, own + noise)


def _followed(
    times: Sequence[float], off: Sequence[float], slope: float, at: float, ahead: float, least: float
) -> Course:
    """A level that takes half of each surprise as lasting (after a gap more), and goes on with the line's slope."""
    level, errors, before = off[0], 0.0, times[0]
    for time, value in zip(times, off, strict=True):
        passed = time - before
        level += slope * passed
        surprise = value - level
        errors += surprise * surprise
        level += (1 - 0.5**passed) * surprise
        before = time
    errors = max(errors, least)
    noise = errors / (len(off) - 2)
    rest = at - before
    value = level + slope * rest
    own = 0.25 * rest * rest / before
    if ahead:
        lasting = 0.25 * ahead**3 / 3 + own * ahead * ahead
        return _fit(errors, len(off)), ahead * value, noise * (ahead + lasting)
    return _fit(errors, len(off)), value, noise * (1 + 0.25 * max(rest - 1, 0.0) + own)


def _drifted(times: Sequence[float], off: Sequence[float], at: float, ahead: float, least: float) -> Course:
    """A level that goes by chance from reading to reading, the farther the longer the gap, with a mean drift."""
    span = times[-1]
    drift = (off[-1] - off[0]) / span
    errors = gaps = 0.0
    before, last = times[0], off[0]
    for time, value in zip(times[1:], off[1:], strict=True):
        passed = time - before
        surprise = value - last - drift * passed
        errors += surprise * surprise / passed
        gaps += log(passed)
        before, last = time, value
    errors = max(errors, least)
    noise = errors / (len(off) - 2)
    rest = at - span
    value = last + drift * rest
    fit = _fit(errors, len(off)) - gaps / 2
    if ahead:
        return fit, ahead * value, noise * (ahead + ahead**3 / 3 + ahead * ahead * rest * rest / span)
    return fit, value, noise * (rest + rest * rest / span)


def _fit(errors: float, count: int) -> float:
    return (2 - count) / 2 * log(errors)


def _mixed(found: Sequence[Course]) -> tuple[float, float]:
    """The mean of the courses and the deviation of their mixture."""
    best = max(fit for fit, _, _ in found)
    weights = [exp((fit - best) / 2) for fit, _, _ in found]
    total = sum(weights)
    mean = sum(weight * value for weight, (_, value, _) in zip(weights, found, strict=True)) / total
    variance = sum(
        weight * (own + (value - mean) ** 2) for weight, (_, value, own) in zip(weights, found, strict=True)
    )
    return mean, sqrt(variance / total)


def without_weekdays(
    days: Sequence[int], times: Sequence[float], off: Sequence[float]
) -> tuple[list[float], list[float]]:
    """The values without their weekdays' mean deviation from the line, and these deviations by `day % 7`."""
    count = len(days)
    middle = sum(times) / count
    spread = sum(map(mul, times, times)) - count * middle * middle
    slope = sum(map(mul, times, off)) / spread
    sums, counts = [0.0] * 7, [0] * 7
    for day, time, value in zip(days, times, off, strict=True):
        sums[day % 7] += value - slope * (time - middle)
        counts[day % 7] += 1
    effects = [whole / number if number else 0.0 for whole, number in zip(sums, counts, strict=True)]
    return [value - effects[day % 7] for day, value in zip(days, off, strict=True)], effects
