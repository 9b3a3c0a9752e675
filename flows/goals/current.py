"""Which cycle somebody sets goals in now, and until when its goals phase asks for them."""

from __future__ import annotations

from datetime import datetime

from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.cycle.phase import Window, window_of
from flows.cycle.records import Cycle
from flows.goals.phases import writing_phases
from flows.goals.records import GoalsRecords
from flows.people.person import Person
from flows.people.policy import Thing

NO_CYCLE = Words(
    "There is no cycle that you set goals in at the moment. You will be told when one begins.",
    "你目前没有需要设定目标的周期，周期开始时会通知你。",
)


def taking_part(records: GoalsRecords, person: Person, now: datetime) -> list[Cycle]:
    """The live cycles that the person takes part in: those whose goals phase is on first, then the newest."""
    today, found = local_day(now, person.zone), []
    for place in records.participants.of_person(person.id):
        cycle = records.cycles.get(place.cycle) if place.place == "in" else None
        if cycle is None or cycle.state != "live":
            continue
        window = goals_window(records, cycle, person, now)
        on = window is not None and window.stage(today) in ("open", "late")
        found.append((not on, -cycle.id, cycle))
    return [cycle for *_, cycle in sorted(found, key=lambda one: one[:2])]


def goals_window(records: GoalsRecords, cycle: Cycle, person: Person, now: datetime) -> Window | None:
    """The person's days of the goals phase that has opened last, else of the first to come; None without one."""
    place = records.participants.get(cycle.id, person.id)
    extended = place.extended if place else None
    ahead: list[Window] = []
    opened: list[Window] = []
    for phase in writing_phases(cycle):
        window = window_of(cycle, phase, extended)
        (ahead if window.stage(local_day(now, person.zone)) == "ahead" else opened).append(window)
    if opened:
        return max(opened, key=lambda window: window.opens)
    return min(ahead, key=lambda window: window.opens, default=None)


def own_cycle(records: GoalsRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """One's own goals of the cycle that is named first, as a thing for the policy; one has to take part in it."""
    place = records.participants.get(whole(about[0]), actor.id) if about else None
    return Thing("goals", actor) if place and place.place == "in" else None


def running(records: GoalsRecords, cycle: int) -> Cycle:
    """The cycle, in which goals can still be set and changed; refuses one that is over."""
    found = records.cycles.get(cycle)
    if found is None or found.state != "live":
        raise Refusal(
            "HR has closed {cycle}, so its goals stay as they are. What you typed is kept.",
            "HR 已关闭{cycle}，其中的目标不能再更改。你写的内容已保留。",
            cycle=found.name if found else Words("this cycle", "本周期"),
        )
    return found
