"""A rehearsal of a cycle with reviews by colleagues shows them, and leaves the company as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from bot.build import catalog
from bot.rehearsal import play
from flows.cycle.records import Cycle
from flows.reviews.records import Nomination
from storage.engine import Store, open_store
from tests.bot.rehearsed import FIRST, SUNDAY, found, someone
from tests.stories.colleagues import COLLEAGUES, WITH_UPWARD

PHASE = "peer-review"


@pytest.fixture
def company(sqlite_url: str) -> Iterator[Store]:
    with closing(open_store(sqlite_url, lambda: SUNDAY)) as store:
        yield store


def told_about(store: Store, cycle: int) -> dict[str, dict[int, int]]:
    """Phase → person → about how many people they were asked at most in one message."""
    played = play(store, cycle, SUNDAY, catalog()[0], 240, lambda _: None)
    assert played is not None
    asked: dict[str, dict[int, int]] = {}
    for who, timeline in played.timelines.items():
        for thing in (thing for told in timeline for thing in told.things):
            most = asked.setdefault(thing.subject, {})
            most[who] = max(most.get(who, 0), thing.count)
    return asked


def team(size: int) -> list[Any]:
    return [someone(1, None), *(someone(number, 1) for number in range(2, size + 1))]


def test_everybody_names_and_is_asked_about_as_many_as_are_wanted_at_least(company: Store) -> None:
    cycle = found(company, team(6), WITH_UPWARD)
    asked = told_about(company, cycle)
    assert set(asked["naming"]) == {1, 2, 3, 4, 5, 6}
    assert asked[PHASE] == {2: 3, 3: 3, 4: 3, 5: 3, 6: 3}  # of the one at the top there is nobody who could
    assert asked["upward-review"] == {2: 1, 3: 1, 4: 1, 5: 1, 6: 1}
    with company.work() as records:
        assert records.nominations.about_many(cycle, PHASE, [1, 2, 3, 4, 5, 6]) == []


def test_where_nobody_else_is_there_the_reviews_are_asked_of_nobody(company: Store) -> None:
    asked = told_about(company, found(company, team(2), COLLEAGUES))
    assert PHASE not in asked
    assert set(asked["naming"]) == {1, 2}


def test_what_is_named_in_another_cycle_is_played_with_it_as_it_is(company: Store) -> None:
    cycle = found(company, team(6), COLLEAGUES)
    with company.work() as records:
        draft = records.cycles.get(cycle)
        assert draft is not None
        other = records.cycles.save(
            Cycle(0, "live", "Q0", FIRST, draft.template, draft.audience, 1, SUNDAY, launched_at=SUNDAY)
        )
        records.nominations.save(Nomination(0, other.id, PHASE, "peer", 2, 3, "approved", 2))
    assert told_about(company, cycle)[PHASE] == {2: 3, 3: 3, 4: 3, 5: 3, 6: 3}
    with company.work() as records:
        assert [one.reviewer for one in records.nominations.about(other.id, PHASE, 2)] == [3]
        assert records.nominations.load(other.id, [3]) == {3: 1}
