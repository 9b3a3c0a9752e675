"""Who is asked for what in a phase: its tasks as values, from who takes part and the dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from flows.core.records import Task
from flows.cycle.phase import Window, moments_in, window_of
from flows.cycle.records import Cycle, Participant
from flows.cycle.template import Phase
from flows.people.person import Person

COLLECTED = ("self", "manager")  # kinds of reviews that somebody is asked for

Pair = tuple[int, int, str]
"""(whose duty it is, whom it is about, the department in which it counts)."""


def asks(phase: Phase) -> bool:
    """Whether anybody is asked for anything in the phase."""
    return phase.work in ("goals", "confirm") or (phase.work == "review" and phase.review in COLLECTED)


def pairs_of(
    phase: Phase,
    participants: Iterable[Participant],
    people: Mapping[int, Person],
    standing: Mapping[int, Participant],
) -> Iterator[Pair]:
    """Whose duty is what: everyone's own, each manager's for each of their people, or each manager's own once.

    Someone without a manager is nobody's duty. `standing` are the owners' own places in the cycle.
    """
    if not asks(phase):
        return
    seen: set[int] = set()
    for one in participants:
        if phase.who == "everyone":
            yield one.person, one.person, one.department
        elif one.manager is None or one.manager == one.person:
            continue
        elif phase.work == "review":
            yield one.manager, one.person, one.department
        elif one.manager not in seen and one.manager in people:
            seen.add(one.manager)
            own = standing.get(one.manager)
            yield one.manager, one.manager, (own or people[one.manager]).department


def tasks_of(
    cycle: Cycle,
    window: Window,
    participants: Sequence[Participant],
    people: Mapping[int, Person],
    now: datetime,
    standing: Mapping[int, Participant] | None = None,
) -> list[Task]:
    """The phase's tasks for these participants, in their owners' zones; none that is over for them by now.

    `people` holds the owners. Who is gone is asked for nothing about themselves; a duty of theirs towards others is
    somebody's all the same. `standing` are the owners' places: a last day of one's own counts, as owner or as the
    one it is about.
    """
    own = {one.person: one for one in participants} | dict(standing or {})
    hour, name = cycle.template.nudges.hour, window.phase.name
    found: list[Task] = []
    known: dict[tuple[str, date | None], tuple[datetime, datetime, datetime]] = {}
    for owner, about, department in pairs_of(window.phase, participants, people, own):
        person = people.get(owner)
        if person is None or (owner == about and not person.active):
            continue
        days = [own[one].extended[name] for one in {owner, about} & own.keys() if name in own[one].extended]
        last = max(days, default=None)
        moments = known.get((person.zone, last))
        if moments is None:
            its = window_of(cycle, window.phase, {name: last}) if last else window
            moments = known[person.zone, last] = moments_in(its, hour, person.zone)
        opens, due, until = moments
        if until > now:
            found.append(
                Task(
                    0, window.phase.work, cycle.id, owner, name, "open", opens, due, until,
                    next_at=opens, about=about, department=department,
                )
            )  # fmt: skip
    return found
