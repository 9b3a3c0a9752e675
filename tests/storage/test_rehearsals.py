"""Rehearsals are kept, claimed by one player at a time, and their timelines replace the older ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.core.words import Words
from flows.cycle.kept import Audience, Cycle
from flows.cycle.rehearsals.rehearsal import Problem, Rehearsal, Thing, Told, summed
from flows.cycle.template import Phase, Template
from storage.engine import Store
from tests.storage.conftest import NOW, Hire

DAY = date(2026, 3, 9)
TOLD = Told(
    datetime(2026, 3, 9, 8, tzinfo=UTC), DAY, "digest", (Thing("goals", 1, "goals", 2),), ("cycle.moved",)
)


@pytest.fixture
def asked(store: Store, hire: Hire) -> Rehearsal:
    hr = hire("Ana")
    made = Template("t", Words("T", "T"), "quarter", (Phase("goals", Words("G", "目"), 0, 7, "goals"),))
    with store.work() as records:
        cycle = records.cycles.save(Cycle(0, "draft", "Q", DAY, made, Audience(), hr.id, NOW))
        rehearsal = Rehearsal(cycle.id, "asked", hr.id, NOW, "mark")
        records.rehearsals.save(rehearsal)
    return rehearsal


def test_what_was_found_comes_back_as_it_was(store: Store, asked: Rehearsal) -> None:
    found = summed({asked.asked_by: [TOLD]}, 1, NOW, 1, 240, [Problem("nobody", {"n": 1}, (1,), True)])
    done = replace(asked, state="done", found=found, progress=100)
    with store.work() as records:
        records.rehearsals.save(done)
        records.rehearsals.keep_timelines(asked.cycle, {asked.asked_by: [TOLD, TOLD]})
        records.rehearsals.keep_timelines(asked.cycle, {asked.asked_by: [TOLD]})
    with store.work() as records:
        assert records.rehearsals.get(asked.cycle) == done
        assert records.rehearsals.timeline(asked.cycle, asked.asked_by) == [TOLD]
        assert records.rehearsals.timeline(asked.cycle, 999) == []
        assert records.rehearsals.get(999) is None


def test_one_player_at_a_time_and_a_lost_one_is_replaced(store: Store, asked: Rehearsal) -> None:
    until = NOW + timedelta(minutes=3)
    with store.work() as records:
        assert records.rehearsals.claim(NOW, until) == replace(asked, state="playing", until=until)
    with store.work() as records:
        assert records.rehearsals.claim(NOW + timedelta(minutes=2), until) is None
    with store.work() as records:
        assert records.rehearsals.claim(NOW + timedelta(minutes=4), until) is not None


def test_what_is_done_is_not_played_again(store: Store, asked: Rehearsal) -> None:
    with store.work() as records:
        records.rehearsals.save(replace(asked, state="done"))
        assert records.rehearsals.claim(NOW, NOW) is None
