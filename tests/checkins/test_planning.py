"""A round is planned in slices of people: everybody meant gets one task, every manager one digest, whatever changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.bench.company import rows
from flows.checkins import digest_planning, planning
from flows.checkins.digest_moments import at_closing, digest_key, digest_moment
from flows.checkins.planning import plan
from flows.checkins.programme import keep_change
from flows.checkins.records import Audience, Programme
from flows.checkins.rounds import KIND, asked, task_for
from flows.checkins.setup import Draft, usual
from flows.checkins.steering import end, pause, resume
from flows.core.catalog import Catalog
from flows.cycle.calendar import round_on
from flows.cycle.people.changes import person_changed
from flows.people.person import Person
from storage.engine import Store, open_store
from tests.cycle.live_cycle import person

SWEEPS = Catalog.of(value for module in (planning, digest_planning) for value in vars(module).values()).sweeps
SATURDAY = datetime(2026, 3, 7, 12, tzinfo=UTC)
MONDAY, WEDNESDAY = datetime(2026, 3, 9, 15, tzinfo=UTC), datetime(2026, 3, 11, 15, tzinfo=UTC)
WEEK = "2026-03-09"


def swept(store: Store, now: datetime) -> int:
    """Do every slice that is due, each in a transaction of its own; how many."""
    for number in range(1000):
        with store.work() as records:
            due = records.sweeps.due(now)
            if due is None:
                return number
            records.sweeps.save(SWEEPS[due.key.partition("/")[0]].step(records, due, now))
    raise AssertionError("it never ends")


def settled(store: Store, now: datetime) -> int:
    with store.work() as records:
        plan(records, now)
    return swept(store, now)


def founded(store: Store, audience: Audience | None = None) -> Programme:
    with store.work() as records:
        programme = usual(date(2026, 3, 9), None, SATURDAY)
        return records.programmes.save(replace(programme, audience=audience or Audience()))


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    with closing(open_store(sqlite_url, lambda: SATURDAY)) as store:
        yield store


@pytest.fixture
def team(store: Store) -> dict[str, Person]:
    """Ada leads Ben and Eva, Ben leads Cem; all live in Berlin."""
    with store.work() as records:
        ada = records.people.save(person("ada", zone="Europe/Berlin", roles=("hr",)))
        ben, eva = (records.people.save(person(name, ada, zone="Europe/Berlin")) for name in ("ben", "eva"))
        cem = records.people.save(person("cem", ben, zone="Europe/Berlin"))
    founded(store)
    settled(store, SATURDAY)
    return {"ada": ada, "ben": ben, "eva": eva, "cem": cem}


def change(store: Store, whose: Person, now: datetime, **to: Any) -> Person:
    with store.work() as records:
        after = records.people.save(replace(whose, **to))
        person_changed(records, whose, after, now)
    return after


def digest_of(store: Store, manager: Person) -> Any:
    with store.work() as records:
        return records.messages.by_key(digest_key(1, WEEK, manager.id))


def task_of(store: Store, whose: Person) -> Any:
    with store.work() as records:
        return records.tasks.find(KIND, 1, whose.id, WEEK)


def draft(programme: Programme, **schedule: Any) -> Draft:
    hr = person("hr")
    return Draft(programme.audience, replace(programme.schedule, **schedule), programme.questions, 1, hr)


@pytest.mark.parametrize(
    "audience", [Audience(), Audience(without=(2, 2100)), Audience("people", people=(5, 9, 2400))]
)
def test_more_people_than_a_slice_has_are_all_planned_once(store: Store, audience: Audience) -> None:
    with store.work() as records:
        records.people.apply_import(rows(2500))
    programme = founded(store, audience)
    assert settled(store, SATURDAY) >= 3
    round_ = round_on(programme.schedule, date(2026, 3, 9))
    assert round_ is not None
    with store.work() as records:
        people = {one.id: one for one in records.people.active()}
        meant = [one for one in people.values() if asked(audience, one)]
        tasks = {task.person: replace(task, id=0) for task in records.tasks.of_round(KIND, 1, WEEK)}
        digests = {one.message.person: one.message.due_at for one in records.messages.starting("digest/")}
    assert tasks == {one.id: task_for(programme, round_, one) for one in meant}
    leading = {one.manager for one in meant if one.manager}
    assert digests == {one: digest_moment(programme, round_, people[one]) for one in leading}
    assert settled(store, SATURDAY) == 0


def test_a_changed_hour_is_everybodys_after_the_slices(store: Store) -> None:
    with store.work() as records:
        records.people.apply_import(rows(2500))
    programme = founded(store)
    settled(store, SATURDAY)
    with store.work() as records:
        said = keep_change(
            records, records.people.get(1), str(programme.id),
            draft(programme, opens=time(14), digest_weekday=3), SATURDAY,
        )  # fmt: skip
        assert "Changed." in said.en
        changed = records.programmes.current()
    settled(store, SATURDAY)
    round_ = round_on(changed.schedule, date(2026, 3, 9))
    assert round_ is not None
    with store.work() as records:
        people = {one.id: one for one in records.people.active()}
        for task in records.tasks.of_round(KIND, 1, WEEK):
            assert replace(task, id=0) == task_for(changed, round_, people[task.person])
        for one in records.messages.starting("digest/"):
            assert one.message.due_at == digest_moment(changed, round_, people[one.message.person])


def test_a_round_that_has_begun_goes_on_by_the_rules_it_began_with(store: Store, team) -> None:
    before = task_of(store, team["cem"])
    with store.work() as records:
        told = records.tasks.find(KIND, 1, team["ben"].id, WEEK)
        records.tasks.save(replace(told, said=1, said_at=MONDAY))
        keep_change(records, team["ada"], "1", draft(records.programmes.current(), weekday=2), MONDAY)
    settled(store, MONDAY)
    after = task_of(store, team["cem"])
    assert replace(after, id=before.id) == before
    assert digest_of(store, team["ben"]).message.due_at == datetime(2026, 3, 13, 15, tzinfo=UTC)


def test_digests_wait_from_the_very_moment_of_a_pause(store: Store, team) -> None:
    usual_moment = digest_of(store, team["ben"]).message.due_at
    with store.work() as records:
        pause.act(records, team["ada"], (), WEDNESDAY)
    assert digest_of(store, team["ben"]).message.due_at > WEDNESDAY + timedelta(days=4)
    settled(store, WEDNESDAY)
    round_ = round_on(usual(date(2026, 3, 9), None, SATURDAY).schedule, date(2026, 3, 9))
    assert round_ is not None
    waits = digest_of(store, team["ben"]).message
    assert waits.due_at == at_closing(round_, "Europe/Berlin")
    assert waits.day == date(2026, 3, 16)
    with store.work() as records:
        resume.act(records, team["ada"], (), WEDNESDAY)
    settled(store, WEDNESDAY)
    assert digest_of(store, team["ben"]).message.due_at == usual_moment
    assert digest_of(store, team["ben"]).message.day == date(2026, 3, 13)
    assert task_of(store, team["cem"]).next_at == WEDNESDAY


def test_after_the_end_nothing_more_is_planned(store: Store, team) -> None:
    with store.work() as records:
        end.act(records, team["ada"], (), WEDNESDAY)
    swept(store, WEDNESDAY + timedelta(days=3))
    with store.work() as records:
        assert records.sweeps.due(WEDNESDAY + timedelta(days=300)) is None
        assert records.tasks.open_of(team["cem"].id) == []


def test_a_first_report_in_the_middle_of_a_round_brings_a_digest_the_day_after(store: Store, team) -> None:
    with store.work() as records:  # straight in the directory, as by another hand
        records.people.save(replace(team["cem"], manager=team["eva"].id))
    assert digest_of(store, team["eva"]) is None
    settled(store, WEDNESDAY)
    assert digest_of(store, team["eva"]).message.due_at == datetime(2026, 3, 13, 15, tzinfo=UTC)


def test_a_new_manager_gets_the_digest_at_once_and_only_one(store: Store, team) -> None:
    moved = change(store, team["cem"], WEDNESDAY, manager=team["eva"].id)
    assert digest_of(store, team["eva"]).message.due_at == datetime(2026, 3, 13, 15, tzinfo=UTC)
    change(store, moved, WEDNESDAY, manager=team["ada"].id)
    with store.work() as records:
        assert len(records.messages.starting(digest_key(1, WEEK, team["ada"].id))) == 1


def test_a_former_managers_digest_does_not_wait_for_who_is_with_somebody_else(store: Store, team) -> None:
    with store.work() as records:
        answered = records.tasks.find(KIND, 1, team["ben"].id, WEEK)
        records.tasks.save(replace(answered, state="done", done_at=WEDNESDAY, next_at=None))
    change(store, team["eva"], WEDNESDAY, manager=team["ben"].id)
    assert digest_of(store, team["ada"]).message.due_at == WEDNESDAY
    change(store, team["cem"], WEDNESDAY, manager=team["ada"].id)
    assert digest_of(store, team["ben"]).message.due_at > WEDNESDAY  # Eva still owes hers


def test_in_another_zone_the_local_days_and_hours_stay(store: Store, team) -> None:
    change(store, team["ben"], SATURDAY, zone="America/New_York")
    task = task_of(store, team["ben"])
    assert task.opens_at == task.next_at == datetime(2026, 3, 9, 13, tzinfo=UTC)
    assert task.due_at == datetime(2026, 3, 13, 20, tzinfo=UTC)
    assert task.until == datetime(2026, 3, 16, 4, tzinfo=UTC)
    assert digest_of(store, team["ben"]).message.due_at == datetime(2026, 3, 13, 20, tzinfo=UTC)
    settled(store, SATURDAY + timedelta(days=1))
    assert digest_of(store, team["ben"]).message.due_at == datetime(2026, 3, 13, 20, tzinfo=UTC)


def test_a_digest_that_goes_out_early_does_so_in_another_zone_too(store: Store, team) -> None:
    with store.work() as records:
        records.messages.hasten(digest_key(1, WEEK, team["ben"].id), WEDNESDAY, WEDNESDAY.date())
    change(store, team["ben"], WEDNESDAY, zone="America/New_York")
    settled(store, WEDNESDAY)
    assert digest_of(store, team["ben"]).message.due_at == WEDNESDAY
