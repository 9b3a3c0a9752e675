"""Every version of every result, looked at for whoever runs the bot: is the chain whole, does each score follow?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TypeGuard

from bot.clock import SystemClock
from bot.settings import Settings
from flows.cycle.records import Cycle
from flows.results.inputs import RULE, recompute
from flows.results.ledger import Problem, check, digest
from flows.results.records import Unreadable, Version
from flows.results.releasing.doing import RELEASED
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
        if not cycles:
            say("There is no cycle yet, so there are no results.")
        found = [_sound(store, cycle, say) for cycle in reversed(cycles)]  # every one is looked at
        return all(found)


@dataclass
class Ends:
    """The last versions of everybody up to `until` (None: all there are), taken in person by person."""

    until: datetime | None = None
    people: int = 0
    versions: int = 0
    digest: str = ""

    def take(self, rows: list[Row]) -> None:
        """One person's versions. One that can't be read counts: nobody can tell that it came later."""
        until = self.until
        theirs = [row for row in rows if until is None or not _readable(row) or row.at <= until]
        if theirs:
            self.people, self.versions = self.people + 1, self.versions + len(theirs)
            self.digest = digest(self.digest, [_head(theirs[-1])])

    def __str__(self) -> str:
        return f"{self.people} results, {self.versions} versions, digest {self.digest[:16]}"


def _sound(store: Store, cycle: Cycle, say: Callable[[str], None]) -> bool:
    """One cycle in a few lines: what is broken, then how much was looked at and the digest of the last versions."""
    if _let_go(store, cycle):
        say(
            f"Cycle {cycle.id} ({cycle.name}): its results were kept as long as they were to be, and let go of."
        )
        return True
    releases, problems = _released(store, cycle)
    now, then = Ends(), [Ends(noted.until) for noted in releases]
    broken = 0
    for slice_ in _slices(store, cycle.id):
        for person, theirs in slice_.items():
            for ends in (now, *then):
                ends.take(theirs)
            for version, what in _problems(theirs):
                broken += 1
                say(f"Cycle {cycle.id}, person {person}, version {version}: {what}.")
    problems += [
        f"the results are not those that were released: {noted} then, {left} of them now"
        for noted, left in zip(releases, then, strict=True)
        if noted != left
    ]
    for problem in problems:
        broken += 1
        say(f"Cycle {cycle.id}: {problem}.")
    if now.people or broken:
        as_released = " and released" if releases else ""
        state = f"{broken} broken" if broken else f"all as they were written{as_released}"
        say(
            f"Cycle {cycle.id} ({cycle.name}): {now.people} results, {now.versions} versions, {state}. "
            f"Digest {now.digest[:16]}"
        )
    return not broken


def _let_go(store: Store, cycle: Cycle) -> bool:
    """Whether the time for which results are kept is over for the cycle."""
    with store.work() as records:
        return cycle.closed_at is not None and records.retention.is_let_go("result_version", cycle.closed_at)


def _released(store: Store, cycle: Cycle) -> tuple[list[Ends], list[str]]:
    """What the audit log has of the release: the ends of all chains at that moment; and what is wrong with it."""
    try:
        with store.work() as records:
            release = records.releases.get(cycle.id)
            lines = records.audit.latest(RELEASED, cycle.created_at)
            found = [
                Ends(at, detail["people"], detail["versions"], str(detail["digest"]))
                for at, thing, detail in lines
                if thing == f"cycle/{cycle.id}"
            ]
    except Exception:  # whatever stands in a row that was spoiled
        return [], ["what the audit log has of its release can't be read"]
    if release and release.released_at and not found:
        return [], ["the audit log has nothing of its release"]
    return found, []


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
