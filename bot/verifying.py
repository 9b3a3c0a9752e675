"""Every version of every result, looked at for whoever runs the bot: is the chain whole, does each score follow?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import TypeGuard

from bot.clock import SystemClock
from bot.settings import Settings
from flows.cycle.records import Cycle
from flows.results.inputs import RULE, recompute
from flows.results.ledger import Problem, check, digest
from flows.results.records import Unreadable, Version
from storage.engine import Store, open_store

SLICE = 500  # people at once
Row = Version | Unreadable
WRONG: dict[Problem, str] = {
    "missing": "is missing",
    "order": "does not follow the version before it",
    "changed": "was changed after it was written",
}
UNREADABLE = "can't be read"
NOT_REPRODUCED = "has a score that does not follow from what it was made of"


def verify(number: int | None, settings: Settings, say: Callable[[str], None]) -> bool:
    """Whether all results of a cycle, or of every one, are as they were written; says what is not. Changes nothing.

    Works beside a running bot.
    """
    with closing(open_store(settings.database_url, SystemClock().now, read_only=True)) as store:
        with store.work() as records:
            cycles = [one for one in records.cycles.all() if number in (None, one.id)]
        if number is not None and not cycles:
            say(f"There is no cycle {number}.")
            return False
        found = [_sound(store, cycle, say) for cycle in reversed(cycles)]  # every one is looked at
        return all(found)


def _sound(store: Store, cycle: Cycle, say: Callable[[str], None]) -> bool:
    """One cycle in a few lines: what is broken, then how much was looked at and the digest of the last versions."""
    people = versions = broken = 0
    whole = ""
    for slice_ in _slices(store, cycle.id):
        for person, theirs in slice_.items():
            people, versions = people + 1, versions + len(theirs)
            for version, what in _problems(theirs):
                broken += 1
                say(f"Cycle {cycle.id}, person {person}, version {version}: {what}.")
        whole = digest(whole, [_head(theirs[-1]) for theirs in slice_.values()])
    if people:
        state = f"{broken} broken" if broken else "all as they were written"
        say(
            f"Cycle {cycle.id} ({cycle.name}): {people} results, {versions} versions, {state}. Digest {whole[:16]}"
        )
    return not broken


def _slices(store: Store, cycle: int) -> Iterator[dict[int, list[Row]]]:
    after = 0
    while True:
        with store.work() as records:
            found = records.ledger.slice(cycle, after, SLICE)
        if not found:
            return
        people: dict[int, list[Row]] = {}
        for row in found:
            people.setdefault(row.person, []).append(row)
        yield people
        after = found[-1].person


def _problems(rows: list[Row]) -> Iterator[tuple[int, str]]:
    """Where one person's chain breaks, every row that can't be read, and every score that can't be computed again."""
    if found := check(list(_up_to_the_first_unreadable(rows))):
        yield found[0], WRONG[found[1]]
    for row in rows:
        if not _readable(row):
            yield row.version, UNREADABLE
        elif row.inputs.get("rule") == RULE and not _follows(row):
            yield row.version, NOT_REPRODUCED


def _up_to_the_first_unreadable(rows: list[Row]) -> Iterator[Version]:
    for row in rows:
        if not _readable(row):
            return
        yield row


def _head(last: Row) -> str:
    return last.hash if isinstance(last, Version) else UNREADABLE


def _readable(row: Row) -> TypeGuard[Version]:
    return isinstance(row, Version) and isinstance(row.inputs, Mapping)


def _follows(version: Version) -> bool:
    try:
        return recompute(version.inputs) == version.score
    except Exception:  # whatever was put into the row: it is no input that this score was made of
        return False
