"""How each phase of a cycle stands: what is done, what the plan is, and where it will end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flows.cycle.asking import asks, is_personal
from flows.cycle.calendar import country_of, is_working_day, local_day
from flows.cycle.closed import is_unnamed
from flows.cycle.hr.completion import share_in
from flows.cycle.phase import Window, windows
from flows.cycle.progress import Share
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.reports.completion.kept import Group
from flows.reports.completion.pace import (
    Pace,
    Reach,
    daily,
    days_from,
    missing_of,
    pace_of,
    plan_at,
    reach,
    working_days_before,
)
from flows.reports.records import ReportRecords
from flows.reports.scope import Scope


@dataclass(frozen=True, slots=True)
class State:
    """One phase as it stands for a scope. `share` is None where it must not be told.

    `named`: it may be told of any group. Else there is one number of the whole company at most, once it is over.

    `days` are those of the last working days whose pace counts, `ahead` how many working days are to come. `pace` and
    `reach` are None once it is over, and while too little is known.
    """

    window: Window
    share: Share | None
    plan: Decimal
    named: bool = True
    days: tuple[date, ...] = ()
    ahead: int = 0
    pace: Pace | None = None
    reach: Reach | None = None
    done_on: tuple[tuple[date, int], ...] = ()

    @property
    def name(self) -> str:
        return self.window.phase.name

    @property
    def percent(self) -> Decimal:
        return percent_of(self.share.done, self.share.total) if self.share else Decimal(0)


def percent_of(some: int, of: int) -> Decimal:
    """Percent with one decimal; 0 of nothing."""
    return (Decimal(100 * some) / of).quantize(Decimal("0.1")) if of else Decimal(0)


def end_of(window: Window, today: date) -> date:
    """The day by which it should be done: the due day, and once that is over the last on which it is taken."""
    return window.due if today <= window.due else window.closes


def is_told(cycle: Cycle, window: Window, *, to_hr: bool) -> bool:
    """Whether it may be told how far a group is: not where people write without a name.

    Who has said what they alone think (of their manager, of colleagues) is for HR to see, and not for those above them.
    """
    return not is_unnamed(cycle, window.phase) and (to_hr or not is_personal(window.phase))


def counted_windows(cycle: Cycle, today: date) -> list[Window]:
    """The phases that have opened and in which somebody is asked."""
    return [one for one in windows(cycle) if asks(one.phase) and one.stage(today) != "ahead"]


def states_of(
    records: ReportRecords, reader: Person, cycle: Cycle, scope: Scope, *, to_hr: bool, now: datetime
) -> list[State]:
    """Every phase that has opened, in the template's order; those with no task are left out."""
    today, country = local_day(now, reader.zone), country_of(reader.zone)
    known = counted_windows(cycle, today)
    told = [one for one in known if is_told(cycle, one, to_hr=to_hr)]
    names = [one.phase.name for one in told]
    shares = shares_of(records, cycle, scope, names)
    done: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for phase, day, number in records.reports.completion.days(cycle, scope, names):
        done[phase].append((day, number))
    found = []
    for window in known:
        plan = plan_at(window.opens, window.due, today, country)
        if window in told:
            share = shares.get(window.phase.name, Share())
            found.append(state_of(window, share, plan, sorted(done[window.phase.name]), today, country))
        else:
            whole = share_in(records, reader, cycle, window.phase, {}, now) if scope.whole else Share()
            told_now = is_unnamed(cycle, window.phase) and whole.total
            found.append(State(window, whole if told_now else None, plan, named=False))
    return [one for one in found if one.share is None or one.share.total]


def shares_of(records: ReportRecords, cycle: Cycle, scope: Scope, phases: Sequence[str]) -> dict[str, Share]:
    """Phase → how far."""
    shares: dict[str, Share] = defaultdict(Share)
    for phase, state, number in records.reports.completion.states(cycle, scope, phases):
        shares[phase] = shares[phase].with_(state, number)
    return dict(shares)


def state_of(
    window: Window,
    share: Share,
    plan: Decimal,
    done_on: Sequence[tuple[date, int]],
    today: date,
    country: str | None,
) -> State:
    """A phase that may be told, with its pace and where it will end."""
    if window.stage(today) == "over":
        return State(window, share, plan, done_on=tuple(done_on))
    days = tuple(working_days_before(window.opens, today, country))
    ahead = sum(is_working_day(day, country) for day in days_from(today, end_of(window, today)))
    pace = pace_of(share.total - share.done, daily(done_on, days, today))
    end = reach(share.done, share.total, pace, ahead) if pace else None
    return State(window, share, plan, True, days, ahead, pace, end, tuple(done_on))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a group is, over all phases that count for it. `missing` is how many will not be done."""

    share: Share
    plan: Decimal
    missing: int

    @property
    def percent(self) -> Decimal:
        return percent_of(self.share.done, self.share.total)


def standing_of(groups: Iterable[Group], states: dict[str, State]) -> Standing:
    """The phases of one group together: the plan is that of its tasks, each by its phase."""
    done = total = missing = 0
    planned = Decimal(0)
    for group in groups:
        state, size = states[group.phase], group.done + group.left
        done, total = done + group.done, total + size
        planned += size * state.plan
        if state.pace is None:
            missing += group.left
        else:
            missing += missing_of(group.left, group.recent, len(state.days), state.ahead, state.pace)
    plan = (planned / total).quantize(Decimal("0.1")) if total else Decimal(0)
    return Standing(Share(done, total), plan, missing)
