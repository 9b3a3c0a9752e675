"""Carries a company over from one database into another."""

from __future__ import annotations

from storage.backup.carrying import Tally, carry
from storage.backup.places import check_empty, emptied, shown, snapshot
from storage.refusals import StorageError


def move(source: str, target: str) -> tuple[Tally, ...]:
    """Put all that is in `source` into `target`, both URLs; what was carried, table by table.

    `source` stays as it is. All of it arrives or nothing. Raises a StorageError: a bot is using one of the two, they
    are the same, `target` has a company already, `source` is of another release.
    """
    if shown(source) == shown(target):
        raise StorageError("The two are the same database. Nothing was changed.")
    check_empty(target)
    with snapshot(source, alone=True) as reading, emptied(target) as writing:
        return carry(reading, writing)
