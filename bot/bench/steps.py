"""HR's own steps and the metronome's, as the benches take them."""

from __future__ import annotations

from datetime import date, datetime

from bot.build import catalog
from bot.clock import VirtualClock
from bot.rounds import Tick
from flows.core.catalog import Catalog
from flows.cycle.hr.moving import Moved
from flows.people.person import Person
from storage.engine import Store
from storage.work import Work


def launch(store: Store, cycle: int, now: datetime) -> None:
    """One of HR launches it, and the other approves where that takes two. What is to be written comes with ticks."""
    deeds, about = catalog()[0].deeds, (str(cycle),)
    with store.work() as records:
        deeds["cycle-launch"].act(records, known(records, 1), about, now)
        found = records.cycles.get(cycle)
        if found is not None and found.state != "live":
            deeds["cycle-approve"].act(records, known(records, 2), about, now)


def settle(store: Store, clock: VirtualClock, until: datetime) -> None:
    """Tick at once, and then whenever the next slice of work is due, up to `until`."""
    found = catalog()[0]
    moment: datetime | None = clock.now()
    while moment is not None and moment <= until:
        clock.to(moment)
        tick(store, found, clock.now())
        with store.work() as records:
            moment = records.sweeps.next_moment()


def tick(store: Store, found: Catalog, now: datetime) -> None:
    """The metronome's work at that moment, without its waiting in between."""
    Tick(store, found, now).run()


def swept(store: Store, found: Catalog, now: datetime) -> str:
    """One slice of what is due in slices, in its transaction: which work it was; "" where nothing is due."""
    with store.work() as records:
        due = records.sweeps.due(now)
        if due is None:
            return ""
        name = due.key.partition("/")[0]
        records.sweeps.save(found.sweeps[name].step(records, due, now))
        return name


def move(store: Store, found: Catalog, cycle: int, phase: str, last: date, now: datetime) -> None:
    """HR gives a phase another last day."""
    with store.work() as records:
        found.flows["cycle-move"].keep(records, known(records, 1), str(cycle), Moved(phase, None, last), now)


def known(records: Work, person: int) -> Person:
    """The person, who must be there."""
    found = records.people.get(person)
    if found is None:
        raise LookupError(f"there is no person {person}")
    return found
