"""The arithmetic of the goals' reports: one pure function for each figure, from sums to percent and points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from flows.core.rounding import half_up
from flows.goals.measure.forecast import NORMAL80, T80
from flows.reports.goals.kept import Given, Lifts, Risk, Sums

HUNDRED, TENTH = Decimal(100), Decimal("0.1")
WELL_BEHIND = Decimal("0.75")  # of the even pace, as with a single goal that is off its track
FEWEST = 5  # goals with a granted resource: of fewer no return is told


def reached(sums: Sums) -> Decimal | None:
    """How far the people of a group are on the mean, in percent; each by the shares of their goals with a value."""
    return half_up(sums.points / sums.shares * HUNDRED, TENTH) if sums.shares else None


def even_pace(sums: Sums) -> Decimal | None:
    """How far they should be by now on the mean, in percent, weighed alike."""
    return half_up(sums.paced / sums.paced_shares * HUNDRED, TENTH) if sums.paced_shares else None


def ahead(sums: Sums) -> Decimal | None:
    """By how many points they are ahead of the even pace; behind it is negative."""
    is_, should = reached(sums), even_pace(sums)
    return None if is_ is None or should is None else is_ - should


def on_track(sums: Sums) -> int:
    """How many goals have a value and no signal that they will be missed."""
    return sums.valued - sums.behind


def no_value(sums: Sums) -> int:
    """Of how many goals nothing is known yet."""
    return sums.goals - sums.valued


def is_well_behind(sums: Sums) -> bool:
    """Whether less than three quarters of what was to be expected is reached."""
    is_, should = reached(sums), even_pace(sums)
    return is_ is not None and should is not None and is_ < should * WELL_BEHIND


def gap(risk: Risk) -> Decimal:
    """By how many points of its target a goal will miss: 100 − where its forecast ends, else how far behind it is now."""
    if risk.ending is not None:
        return max(HUNDRED - risk.ending, Decimal())
    if risk.attainment is None or risk.paced is None:
        return Decimal()
    return max(risk.paced - risk.attainment, Decimal())


def at_stake(risk: Risk) -> Decimal:
    """What the miss costs its owner's goals as a whole, in points: weight x gap ÷ 100."""
    return half_up(risk.weight * gap(risk) / HUNDRED, TENTH)


def counted(given: Given) -> tuple[Decimal, int, bool]:
    """(what the goals below give, how many give, whether one of them was left out).

    One single goal that not everybody may see is not counted: what everybody sees taken off the sum would tell it.
    """
    if given.giving - given.public_giving == 1:
        return given.public, given.public_giving, True
    return given.given, given.giving, False


def covered(given: Decimal, target: Decimal | None) -> Decimal | None:
    """How much of a target the goals below give, in percent; None where it can't be divided.

    Rounded to a tenth away from 100, so that 100 is said of nothing else.
    """
    if target is None or target <= 0:
        return None
    share = max(given, Decimal()) / target * HUNDRED
    found = half_up(share, TENTH)
    if found == HUNDRED != share:
        return found + TENTH if share > HUNDRED else found - TENTH
    return found


@dataclass(frozen=True, slots=True)
class Return:
    """Percent points that a granted resource brought, and the 80 % band around it."""

    low: Decimal
    points: Decimal
    high: Decimal


def returned(lifts: Lifts) -> Return | None:
    """Σx ÷ Σm: the lift of the goals with granted resources for each resource; None for fewer than `FEWEST` goals.

    The band is Student's t (n − 1 degrees, 80 %) x the standard error of a ratio of sums:
    √(Σ(x − R·m)² ÷ (n − 1) ÷ n) ÷ (Σm ÷ n).
    """
    if lifts.goals < FEWEST or not lifts.grants:
        return None
    ratio = lifts.lift / lifts.grants
    rest = lifts.squares - 2 * ratio * lifts.products + ratio * ratio * lifts.grants_squared
    error = sqrt(max(float(rest), 0.0) / (lifts.goals - 1) / lifts.goals) / (lifts.grants / lifts.goals)
    place = lifts.goals - 2
    band = Decimal(error * (T80[place] if place < len(T80) else NORMAL80 + 0.9 / (place + 1)))
    return Return(half_up(ratio - band, TENTH), half_up(ratio, TENTH), half_up(ratio + band, TENTH))
