"""Every version of every result, looked at for whoever runs the bot: is the chain whole, does each score follow?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

from bot.clock import SystemClock
from bot.settings import Settings
from flows.cycle.records import Cycle
from flows.results.inputs import RULE, recompute
from flows.results.ledger import Problem, check, digest
from flows.results.records import Version
from storage.engine import Store, open_store

SLICE = 500  # people at once
WRONG: dict[Problem, str] = {
    "missing": "is missing",
    "order": "does not follow the version before it",
    "changed": "was changed after it was written",
}
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
        whole = digest(whole, [theirs[-1].hash for theirs in slice_.values()])
    if people:
        state = f"{broken} broken" if broken else "all as they were written"
        say(
            f"Cycle {cycle.id} ({cycle.name}): {people} results, {versions} versions, {state}. Digest {whole[:16]}"
        )
    return not broken


def _slices(store: Store, cycle: int) -> Iterator[dict[int, list[Version]]]:
    after = 0
    while True:
        with store.work() as records:
            found = records.ledger.slice(cycle, after, SLICE)
        if not found:
            return
        people: dict[int, list[Version]] = {}
        for version in found:
            people.setdefault(version.person, []).append(version)
        yield people
        after = found[-1].person


def _problems(versions: list[Version]) -> Iterator[tuple[int, str]]:
    """Where one person's chain breaks, and every score that can't be computed again."""
    if found := check(versions):
        yield found[0], WRONG[found[1]]
    for version in versions:
        if version.inputs.get("rule") == RULE and not _follows(version):
            yield version.version, NOT_REPRODUCED


def _follows(version: Version) -> bool:
    try:
        return recompute(version.inputs) == version.score
    except Exception:  # whatever was put into the row: it is no input that this score was made of
        return False
