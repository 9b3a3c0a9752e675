"""Whatever HR does after a group was shown, it stays as it was: a difference would be what one person wrote."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows.core.refusal import Refusal
from flows.cycle.hr.extending import Extension, keep_extension
from flows.cycle.hr.members import Removal, keep_addition, keep_removal
from flows.cycle.people.leading import lead
from flows.cycle.planning import phase_key
from flows.cycle.records import Cycle, Sweep
from flows.people.person import Person
from flows.results.records import ResultRecords, Session
from flows.reviews.nominating.following import follow
from flows.reviews.nominating.naming import namings
from flows.reviews.published import published, published_comments
from flows.reviews.records import Nomination
from storage.engine import open_store
from tests.anonymity.company import START, Company, ask, company

PHASES = ("peers", "upward")
LEAD, OTHER_LEAD = 1, 7  # who are reviewed by their teams of five
NAMED = {2: (3, 4, 5), 3: (8, 9, 10, 11), LEAD: (7, 8, 9, 10)}  # colleagues, by whom they review
LATE = (2, 9)  # who have not written yet; all others have
MOST = 12

people = st.integers(1, MOST)
days = st.integers(10, 40)
acts = st.one_of(
    st.tuples(st.just("wait"), st.integers(1, 12), st.just(0)),
    st.tuples(st.sampled_from(PHASES), people, days),
    st.tuples(st.just("remove"), people, st.just(0)),
    st.tuples(st.just("add"), people, st.just(0)),
    st.tuples(st.just("transfer"), people, st.sampled_from((0, LEAD, OTHER_LEAD))),
    st.tuples(st.just("name"), people, people),
    st.tuples(st.just("write"), st.sampled_from(LATE), st.just(0)),
    st.tuples(st.just("hr"), people, st.just(0)),
    st.tuples(st.just("seat"), people, people),
)
Acts = Sequence[tuple[str, int, int]]
Seen = dict[tuple[int, str], tuple[bool, dict[str, Any], list[tuple[str, str]]]]


def start(here: Company) -> None:
    """Both phases are planned, and all but two of those who are asked have written."""
    pairs = [("peers", here.people[a].id, here.people[b].id) for b, those in NAMED.items() for a in those]
    for lead_of in (LEAD, OTHER_LEAD):
        chief = here.people[lead_of].id
        pairs += [("upward", one.id, chief) for one in here.people if one.manager == chief]
    ask(here, pairs)
    with here.store.work() as records:
        for phase in PHASES:
            key = phase_key(here.cycle.id, phase)
            records.sweeps.plan(Sweep(key, {"cycle": here.cycle.id, "phase": phase}, START, done=True))
        for about, reviewers in NAMED.items():
            for reviewer in reviewers:
                name(here, records, here.people[about], here.people[reviewer])
        others = [one for n, one in enumerate(here.people) if n not in LATE]
        write(records, here.cycle, others, START)


def name(here: Company, records: ResultRecords, about: Person, reviewer: Person) -> None:
    hr = here.people[0].id
    records.nominations.save(
        Nomination(0, here.cycle.id, "peers", "peer", about.id, reviewer.id, "approved", by=hr, decided_by=hr)
    )


def write(records: ResultRecords, cycle: Cycle, authors: Sequence[Person], now: datetime) -> None:
    """These people write everything that they are asked for and may still write."""
    for phase in PHASES:
        for task in records.tasks.of_round("review", cycle.id, phase, [one.id for one in authors]):
            if task.state in ("open", "done") and task.opens_at <= now < task.until:
                said = {"rated1": str(task.owner % 5 + 1), "said1": f"{task.owner} of {task.about}"}
                records.pens.keep(cycle.id, phase, task.owner, task.about, said)
                records.tasks.save(replace(task, state="done", next_at=None))


def does(here: Company, records: ResultRecords, act: tuple[str, int, int], now: datetime) -> None:
    """One thing that HR or the directory does."""
    what, first, second = act
    hr, cycle, person = here.people[0], str(here.cycle.id), here.people[first]
    if what in PHASES:
        last = date(2026, 3, 2) + timedelta(days=second)
        keep_extension(records, hr, cycle, Extension(person.id, what, last), now)
    elif what == "remove":
        keep_removal(records, hr, cycle, Removal(person.id, "away"), now)
    elif what == "add":
        keep_addition(records, hr, cycle, (person.id,), now)
    elif what == "transfer" and first != second:
        place = records.participants.get(here.cycle.id, person.id)
        assert place is not None
        lead(records, here.cycle, place, here.people[second].id, now, hr.id)
    elif what == "name" and first != second:
        name(here, records, person, here.people[second])
    elif what == "write":
        write(records, here.cycle, [person], now)
    elif what == "hr":
        records.people.save(replace(person, roles=("hr",)))
    elif what == "seat":
        session = Session(0, here.cycle.id, "S", "open", (here.people[second].id,), hr.id, now)
        records.sessions.seat(records.sessions.save(session), [person.id])
    for naming in namings(here.cycle):
        for one in here.people:
            follow(records, naming, one.id, now)


def seen(here: Company, records: ResultRecords, now: datetime) -> Seen:
    """Everything that is published at that moment, by group."""
    ids = [person.id for person in here.people]
    found: Seen = {}
    for group in published(records, here.cycle, ids, now):
        comments = [
            (one.question, one.answer)
            for one in published_comments(records, here.cycle, group.about, now)
            if one.phase == group.phase
        ]
        found[group.about, group.phase] = (group.shown, dict(group.averages), comments)
    return found


def played(url: str, keys: Path, acts: Acts) -> list[Seen]:
    """What is published after each act; the last is long after the end."""
    with closing(open_store(url, lambda: START, keys=keys)) as store:
        here = company(store, MOST + 1)
        start(here)
        now, looks = START + timedelta(days=5), []
        for act in (*acts, ("wait", 40, 0)):
            if act[0] == "wait":
                now += timedelta(days=act[1])
            else:
                with suppress(Refusal), store.work() as records:
                    does(here, records, act, now)
            with store.work() as records:
                looks.append(seen(here, records, now))
        return looks


def never_moves(looks: Sequence[Seen]) -> None:
    for before, after in pairwise(looks):
        assert {which: after.get(which) for which in before} == before


TAKEN_OUT_AND_IN: Acts = (
    ("peers", 9, 35), ("remove", 3, 0), ("wait", 20, 0), ("add", 3, 0), ("write", 9, 0),
)  # fmt: skip
MORE_TIME_FOR_WHOM_IT_IS_ABOUT: Acts = (("peers", 2, 35), ("wait", 20, 0), ("name", 2, 9), ("write", 9, 0))
ANOTHER_MANAGER: Acts = (("upward", 2, 35), ("wait", 20, 0), ("transfer", 2, OTHER_LEAD), ("write", 2, 0))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, min_size=4, max_size=10))
@example(TAKEN_OUT_AND_IN)
@example(MORE_TIME_FOR_WHOM_IT_IS_ABOUT)
@example(ANOTHER_MANAGER)
@example((("wait", 25, 0), ("hr", 4, 0), ("seat", 2, 8), ("peers", 4, 38)))
def test_what_was_shown_once_never_changes(tmp_path_factory: pytest.TempPathFactory, done: Acts) -> None:
    here = tmp_path_factory.mktemp("over-time")
    looks = played(f"sqlite:///{here / 'x.db'}", here / "keys", done)
    never_moves(looks)
    assert looks[-1], "in the end everything is closed"


@pytest.mark.parametrize("done", [TAKEN_OUT_AND_IN, MORE_TIME_FOR_WHOM_IT_IS_ABOUT, ANOTHER_MANAGER])
def test_nobody_writes_alone_after_all_others(database_url: str, tmp_path: Path, done: Acts) -> None:
    """The three ways in which a group that was shown could once be opened again."""
    looks = played(database_url, tmp_path / "keys", done)
    never_moves(looks)
    shown = [one for one in looks[-1].values() if one[0]]
    assert shown
    assert any(comments for _, _, comments in shown)
