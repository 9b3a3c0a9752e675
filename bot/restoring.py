"""Brings a company back from a backup: it lives in silence through the time since, and then finds out what was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.build import catalog
from bot.clock import VirtualClock
from bot.rounds import Tick, next_moment
from bot.settings import Settings
from flows.core.catalog import Catalog
from flows.core.file_orders import fail
from flows.cycle.nudges.pace import working_moment
from flows.cycle.rehearsals.rehearse import failed
from flows.reviews.sealing import ask_again
from storage.backup.places import check_empty
from storage.backup.restoring import Taken, place_for, taken_out
from storage.backup.sealing import About
from storage.engine import Store
from storage.keys import KeyRing, ring_of
from storage.refusals import StorageError

DAY = timedelta(days=1)
RESTORED = "restored"  # the word under which what was waiting for files has failed


class KeysMissing(StorageError):
    """The keys of anonymous answers in the backup are not where the restored bot will look for them."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A company that is back: what the backup said of itself, how much came, and what it has yet to find out.

    `forgotten` are cycles whose anonymous answers were given up for want of their keys, and are asked for again.
    """

    about: About
    rows: int
    unsure: int
    forgotten: tuple[int, ...]


def restore(
    file: Path, key: Path, url: str, settings: Settings, now: datetime, *, without_keys: bool = False
) -> Restored:
    """Put the company that is in `file` into the empty database at `url`: all of it or nothing.

    `without_keys`: anonymous answers that no key opens are forgotten and asked for again, instead of KeysMissing.
    Raises a StorageError, and then nothing was changed.
    """
    check_empty(url)
    keys = ring_of(url, settings.keys)
    with taken_out(file, key, place_for(url)) as taken:
        forgotten = _without(taken, keys) if without_keys else _check_keys(taken, keys)
        catch_up(taken, keys, catalog()[0], settings, now)
        unsure = taken.in_doubt()
        carried = taken.put_into(url)
        return Restored(taken.about, sum(tally.rows for tally in carried), unsure, forgotten)


def _locked(taken: Taken, keys: KeyRing) -> tuple[int, ...]:
    """The cycles with anonymous answers that none of the keys opens."""
    with Store(taken.engine, lambda: taken.about.moment, keys).work() as records:
        return tuple(cycle for cycle in taken.about.unsealed if not records.pens.can_open(cycle))


def _check_keys(taken: Taken, keys: KeyRing) -> tuple[int, ...]:
    if locked := _locked(taken, keys):
        numbers = ", ".join(map(str, locked))
        raise KeysMissing(
            f"A backup holds no keys, and the anonymous answers of cycle {numbers} need theirs. Put them into "
            f"{keys.folder} first. If they are lost, restore with --without-keys: those answers are forgotten, and their "
            "authors are asked again. Nothing was changed."
        )
    return ()


def _without(taken: Taken, keys: KeyRing) -> tuple[int, ...]:
    locked, moment = _locked(taken, keys), taken.about.moment
    with Store(taken.engine, lambda: moment, keys).work() as records:
        for number in locked:
            if cycle := records.cycles.get(number):
                ask_again(records, cycle, moment)
    return locked


def catch_up(taken: Taken, keys: KeyRing, known: Catalog, settings: Settings, now: datetime) -> None:
    """Live from the backup's moment until `now` as the bot would have, if nobody had clicked; nothing is sent.

    The bot that was lost said some of it. All that would have been said is written, under the keys and so the ids
    that it had there, and is unsure: the sender finds what arrived, and sends what did not.
    """
    clock = VirtualClock(taken.about.moment, speed=0)
    store = Store(taken.engine, clock.now, keys)
    store.posts_per_minute, store.address = settings.posts_per_minute, settings.address
    moment: datetime | None = taken.about.moment
    while moment is not None and moment < now:
        _live(store, known, clock, moment)
        taken.doubt(moment)  # it would have left by then, and nothing is added to it any more
        with store.work() as records:
            moment = next_moment(records, moment)
    _live(store, known, clock, now)
    _give_up_files(store, now)
    taken.doubt()
    _keep_to_working_hours(taken, store, now)


def _live(store: Store, known: Catalog, clock: VirtualClock, moment: datetime) -> None:
    clock.to(moment)
    tick = Tick(store, known, moment)
    for step in tick.steps():
        while step != tick.scrub and step():  # keys are destroyed when it is sure that the company is back
            pass


def _give_up_files(store: Store, now: datetime) -> None:
    """Files may have been sent already, and a chat is not searched for them: whoever waits asks again.

    Also those that somebody had in hand, as long as it seemed then.
    """
    with store.work() as records:
        while (order := records.file_orders.claim(now + DAY, now + 2 * DAY)) is not None:
            fail(records, order, RESTORED, now)
        while (rehearsal := records.rehearsals.claim(now + DAY, now + 2 * DAY)) is not None:
            failed(records, rehearsal, RESTORED, now)


def _keep_to_working_hours(taken: Taken, store: Store, now: datetime) -> None:
    """What was to be said on a day that has passed, and was not, waits for its reader's working hours."""
    late = taken.unasked(now)
    with store.work() as records:
        people = {person.id: person for person in records.people.many({person for _, person in late})}
    taken.put_off([(one, working_moment(people[person], now)) for one, person in late if person in people])
