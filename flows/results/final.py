"""The final version of a result: what a person set last, after a calibration and any appeal; what pay and plans go by."""

from __future__ import annotations

from flows.results.records import ResultRecords, Version


def final_version(records: ResultRecords, cycle: int, person: int) -> Version | None:
    """The newest version that a person has set, else the newest that was computed; None where there is none at all.

    What was computed after a rating never takes its place. An appeal that is decided later adds a version: compare
    numbers to see whether a result is still the one that was looked at.
    """
    versions = records.ledger.of(cycle, person)
    given = [one for one in versions if one.kind != "computed"] or versions
    return given[-1] if given else None
