"""The ledger of results: versions that are only ever added, each with a hash over itself and the one before.

The hash of a version is SHA-256, in hex, over the UTF-8 bytes of a JSON array without blanks, its keys sorted:
["perfloop-result-1", cycle, person, version, kind, score, rating, coefficient, inputs, why, by, at, before].
A decimal is a text without exponent and needless zeros ("81.5", "0", null where there is none), `at` is UTC as
"2026-03-31T08:00:00.000000+00:00". Characters outside ASCII stand as themselves; a NUL or half of a surrogate pair,
which no database keeps, counts as U+FFFD.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Literal

from flows.results.records import Version, VersionKind

FORM = "perfloop-result-1"
Problem = Literal["missing", "order", "changed"]
"""A version before is not there, it does not follow the one before, or it does not have its hash."""


def hash_of(version: Version) -> str:
    """The hash over every field but itself."""
    fields = [
        FORM, version.cycle, version.person, version.version, version.kind, plain(version.score), version.rating,
        plain(version.coefficient), version.inputs, version.why, version.by,
        version.at.astimezone(UTC).isoformat(timespec="microseconds"), version.before,
    ]  # fmt: skip
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_json)
    return sha256(_as_kept(text).encode()).hexdigest()


def plain(value: Decimal | None) -> str | None:
    """A decimal as a text that is the same for the same number: 81.50 is "81.5"."""
    if value is None:
        return None
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def next_version(
    before: Version | None,
    *,
    cycle: int,
    person: int,
    kind: VersionKind,
    score: Decimal | None,
    rating: str,
    coefficient: Decimal | None,
    inputs: Mapping[str, Any],
    why: str,
    by: int | None,
    at: datetime,
) -> Version:
    """The version that follows `before` (None: the person's first), with its number and its hashes."""
    number, hash_before = (before.version + 1, before.hash) if before else (1, "")
    made = Version(cycle, person, number, kind, score, rating, coefficient, inputs, why, by, at, hash_before)
    return replace(made, hash=hash_of(made))


def rated(
    before: Version,
    kind: VersionKind,
    rating: str,
    coefficient: Decimal | None,
    why: str,
    by: int,
    at: datetime,
) -> Version:
    """A person's rating as the next version: the computed score and what it was made of stay with it."""
    return next_version(
        before, cycle=before.cycle, person=before.person, kind=kind, score=before.score, rating=rating,
        coefficient=coefficient, inputs=before.inputs, why=why, by=by, at=at,
    )  # fmt: skip


def check(versions: Sequence[Version]) -> tuple[int, Problem] | None:
    """The first version of one person that is not what was added, and what is wrong with it; they come in their order.

    Who takes away the last ones leaves a chain that is whole: what a release `noted` of its ends tells.
    """
    before = ""
    for number, version in enumerate(versions, 1):
        if version.version != number:
            return number, "missing"
        if version.before != before:
            return number, "order"
        if not _has_its_hash(version):
            return number, "changed"
        before = version.hash
    return None


def _has_its_hash(version: Version) -> bool:
    try:
        return version.hash == hash_of(version)
    except (TypeError, ValueError):  # bytes where a text was kept, say: no version that was added has them
        return False


def digest(before: str, heads: Sequence[str]) -> str:
    """One hash over the hashes of many people's last versions, in the order of their ids, slice after slice."""
    found = before
    for head in heads:
        found = sha256(f"{found}{head}".encode()).hexdigest()
    return found


def noted(versions: int, heads: Sequence[str]) -> dict[str, Any]:
    """What a release notes of the chains' ends: how many have a result, of how many versions, and the digest."""
    return {"people": len(heads), "versions": versions, "digest": digest("", heads)}


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} can't stand in a result's inputs")


def _as_kept(text: str) -> str:
    """The text as either database gives it back."""
    text = text.replace("\\u0000", "\ufffd")
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
