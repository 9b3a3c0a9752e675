"""Tasks on both databases: one of each, claimed when their moment has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from flows.core.records import Message, Task
from flows.people.person import Person
from storage.engine import Store, open_store

MONDAY = datetime(2026, 11, 16, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def task(person: int, subject: str = "2026-11-16", **other: object) -> Task:
    due = MONDAY + 100 * HOUR
    return replace(Task(0, "checkin", 1, person, subject, "open", MONDAY, due, due + HOUR, MONDAY), **other)


def test_a_task_is_kept_whole_with_its_moments_in_utc(store: Store, hire) -> None:
    ann = hire("Ann")
    shanghai = MONDAY.astimezone(ZoneInfo("Asia/Shanghai")).replace(microsecond=123456)
    with store.work() as records:
        records.tasks.add([task(ann.id, next_at=shanghai)])
        kept = records.tasks.find("checkin", 1, ann.id, "2026-11-16")
        assert kept == task(ann.id, id=kept.id, next_at=shanghai)
        assert kept.next_at.tzinfo is UTC
        changed = replace(
            kept, state="done", next_at=None, said=2, snoozed=True, live="m1", why="说明", done_at=MONDAY
        )
        records.tasks.save(changed)
        assert records.tasks.get(kept.id) == changed
        assert records.tasks.get(999) is None
        assert records.tasks.find("checkin", 2, ann.id, "2026-11-16") is None


def test_a_moment_without_a_zone_is_refused(store: Store, hire) -> None:
    ann = hire("Ann")
    with store.work() as records, pytest.raises(Exception, match="timezone"):
        records.tasks.add([task(ann.id, due_at=MONDAY.replace(tzinfo=None))])


def test_only_new_tasks_are_added_and_counted(store: Store, hire) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        assert records.tasks.add([task(ann.id), task(ann.id)]) == 1
        assert records.tasks.add([task(ann.id, said=9), task(ben.id), task(ann.id, "later")]) == 2
        assert records.tasks.find("checkin", 1, ann.id, "2026-11-16").said == 0
        assert records.tasks.add([]) == 0


def test_many_are_added_in_one_go(store: Store, hire) -> None:
    ann = hire("Ann")
    with store.work() as records:
        assert records.tasks.add([task(ann.id, str(number)) for number in range(5001)]) == 5001
        assert records.tasks.add([task(ann.id, str(number)) for number in range(5002)]) == 1


def test_what_is_due_comes_oldest_first(store: Store, hire, now) -> None:
    ann = hire("Ann")
    with store.work() as records:
        records.tasks.add([
            task(ann.id, "second", next_at=now - HOUR), task(ann.id, "first", next_at=now - 2 * HOUR),
            task(ann.id, "third", next_at=now), task(ann.id, "later", next_at=now + HOUR),
            task(ann.id, "done", state="done"), task(ann.id, "quiet", next_at=None),
        ])  # fmt: skip
        assert [due.subject for due in records.tasks.due_of([ann.id], now)] == ["first", "second", "third"]
        assert [due.subject for due in records.tasks.due_of([ann.id], now + HOUR)][-1] == "later"
        assert records.tasks.due_of([999], now) == records.tasks.due_of([], now) == []
        assert records.tasks.next_moment() == now - 2 * HOUR


def test_whoever_is_due_longest_comes_first_and_each_once(store: Store, hire, now) -> None:
    ann, ben, cy = hire("Ann"), hire("Ben"), hire("Cy")
    with store.work() as records:
        records.tasks.add([
            task(ben.id, next_at=now), task(ann.id, "b", next_at=now - HOUR), task(cy.id, next_at=now + HOUR),
            task(ann.id, "a", next_at=now - 2 * HOUR), task(cy.id, "done", state="done", next_at=now),
        ])  # fmt: skip
        assert records.tasks.who_is_due(now, 10) == [ann.id, ben.id]
        assert records.tasks.who_is_due(now, 2) == [ann.id]


def test_what_was_said_about_many_is_kept_and_nothing_else_is_touched(store: Store, hire, now) -> None:
    ann = hire("Ann")
    with store.work() as records:
        records.tasks.add([task(ann.id, str(number)) for number in range(3)])
        kept = records.tasks.due_of([ann.id], now)
        told = [replace(one, said=1, said_at=now, told_due=one.due_at, live="m", next_at=now) for one in kept]
        records.tasks.told([replace(one, why="not kept", state="done") for one in told[:2]])
        assert records.tasks.due_of([ann.id], now) == [kept[2], *told[:2]]
        records.tasks.told([])


def test_the_next_moment_is_none_without_open_tasks(store: Store, hire) -> None:
    ann = hire("Ann")
    with store.work() as records:
        records.tasks.add([task(ann.id, state="waived"), task(ann.id, "quiet", next_at=None)])
        assert records.tasks.next_moment() is None


def test_open_tasks_of_a_person_are_by_due_moment(store: Store, hire) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        records.tasks.add([
            task(ann.id, "b", due_at=MONDAY + 2 * HOUR), task(ann.id, "a", due_at=MONDAY + HOUR),
            task(ann.id, "done", state="done"), task(ben.id),
        ])  # fmt: skip
        assert [one.subject for one in records.tasks.open_of(ann.id)] == ["a", "b"]


def test_a_round_is_found_whole_or_for_some_people(store: Store, hire) -> None:
    ann, ben = hire("Ann"), hire("Ben")
    with store.work() as records:
        records.tasks.add([task(ann.id, state="done"), task(ben.id), task(ben.id, "other")])
        find = records.tasks.of_round
        assert [one.person for one in find("checkin", 1, "2026-11-16")] == [ann.id, ben.id]
        assert [one.person for one in find("checkin", 1, "2026-11-16", [ben.id, 999])] == [ben.id]
        assert find("checkin", 1, "2026-11-16", []) == []


def test_the_latest_round_is_the_last_that_has_opened(store: Store, hire, now) -> None:
    ann = hire("Ann")
    with store.work() as records:
        records.tasks.add([
            task(ann.id, "2026-11-02", state="done"), task(ann.id, "2026-11-16", opens_at=now),
            task(ann.id, "2026-11-09"), task(ann.id, now.date().isoformat(), opens_at=now + HOUR),
            task(ann.id, "2026-11-18", scope=2),
        ])  # fmt: skip
        assert records.tasks.latest_subject("checkin", 1) == "2026-11-16"
        assert records.tasks.latest_subject("checkin", 7) is None


@pytest.fixture
def programme_one(store: Store, hire, now) -> Callable[[str], Task]:
    """Open tasks of one programme in every stage, and some that are none of its business."""
    ann = hire("Ann")
    with store.work() as records:
        undelivered = records.messages.write(Message("m", "digest", {}, now, person=ann.id))
        records.outbox.claim(now, 1)
        records.outbox.mark_dropped(undelivered, "paused")
        records.tasks.add([
            task(ann.id, "unsaid"), task(ann.id, "later", opens_at=now + HOUR, next_at=now + HOUR),
            task(ann.id, "said", said=1, live="m1", said_at=now),
            task(ann.id, "undelivered", said=1, live=undelivered, said_at=now),
            task(ann.id, "done", state="done", live="m9"), task(ann.id, "other", scope=2, live="m8"),
        ])  # fmt: skip

    def find(subject: str) -> Task:
        with store.work() as records:
            return records.tasks.find("checkin", 2 if subject == "other" else 1, ann.id, subject)

    return find


def test_tasks_of_which_nothing_was_said_can_be_taken_away(store: Store, programme_one) -> None:
    with store.work() as records:
        owner = records.tasks.find("checkin", 1, 1, "unsaid").owner
        assert records.tasks.drop_unsaid("checkin", 1, owner, owner + 9) == 0
        assert records.tasks.drop_unsaid("checkin", 1, 0, owner - 1) == 0
        assert records.tasks.drop_unsaid("checkin", 1, owner - 1, owner) == 2
    assert [programme_one(subject) is None for subject in ("unsaid", "later", "said", "done", "other")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_round_has_begun_once_something_was_said_or_done(store: Store, programme_one) -> None:
    with store.work() as records:
        begun = [
            records.tasks.has_begun("checkin", 1, one) for one in ("unsaid", "later", "said", "done", "none")
        ]
    assert begun == [False, False, True, True, False]


@pytest.mark.parametrize("in_slices", [False, True])
def test_who_is_woken_hears_anew_what_was_never_delivered(
    store: Store, programme_one, now, in_slices: bool
) -> None:
    before = {subject: programme_one(subject) for subject in ("done", "other")}
    with store.work() as records:
        if in_slices:
            owner = before["done"].owner
            records.tasks.wake_slice("checkin", 1, now + HOUR, owner, owner + 9)
            records.tasks.wake_slice("checkin", 1, now, owner - 1, owner)
        else:
            records.tasks.wake(["checkin"], 1, now)
    assert [programme_one(subject).next_at for subject in ("unsaid", "said", "undelivered")] == [now] * 3
    assert programme_one("later").next_at == now + HOUR
    assert (programme_one("undelivered").said_at, programme_one("undelivered").live) == (None, None)
    assert (programme_one("said").said_at, programme_one("said").live) == (now, "m1")
    assert {subject: programme_one(subject) for subject in before} == before


def test_all_that_is_open_can_be_closed(store: Store, programme_one, now) -> None:
    undelivered = programme_one("undelivered").live
    with store.work() as records:
        assert records.tasks.close_all("checkin", 1, "programme ended") == ["m1", undelivered]
        assert records.tasks.close_all("checkin", 1, "again") == []
    said = programme_one("said")
    assert (said.state, said.why, said.done_at, said.next_at, said.live) == (
        "waived", "programme ended", now, None, None,
    )  # fmt: skip
    assert programme_one("done").state == "done"
    assert programme_one("other").state == "open"


def test_all_open_tasks_of_a_person_can_be_closed(store: Store, programme_one, hire) -> None:
    ann, ben = programme_one("said").person, hire("Ben")
    with store.work() as records:
        records.tasks.add([task(ben.id)])
        assert sorted(records.tasks.close_of(ann, "left"))[-2:] == ["m1", "m8"]
        assert records.tasks.open_of(ann) == []
        assert len(records.tasks.open_of(ben.id)) == 1
    assert (programme_one("other").state, programme_one("other").why) == ("waived", "left")
    assert programme_one("done").why == ""


def test_two_replicas_never_hold_the_same_task(postgresql_url: str, now) -> None:
    first, second = (open_store(postgresql_url, lambda: now) for _ in range(2))
    with first.work() as records:
        person = records.people.save(_anybody())
        records.tasks.add([task(person.id, str(number)) for number in range(10)])
    with first.work() as one, second.work() as other:
        held = [due.id for due in one.tasks.due_of([person.id], now)]
        assert other.tasks.due_of([person.id], now) == []
    assert len(held) == len(set(held)) == 10
    first.close()
    second.close()


def _anybody() -> Person:
    return Person(0, "x@example.com", "X", None, "", "", "", (), "UTC", "en", None, None, None, True)


def test_what_a_team_still_owes_is_that_of_its_active_direct_reports(store: Store, hire) -> None:
    boss = hire("Boss")
    ann, ben, cy = (
        hire("Ann", manager=boss),
        hire("Ben", manager=boss),
        hire("Cy", manager=boss, active=False),
    )
    dee = hire("Dee", manager=ann)
    with store.work() as records:
        records.tasks.add(
            [task(ann.id), task(ben.id, state="done"), task(cy.id), task(dee.id), task(boss.id)]
        )
        records.tasks.add([task(ann.id, "2026-11-23"), task(ann.id, scope=2)])
        owed = records.tasks.owed_by_team("checkin", 1, "2026-11-16", boss.id)
        assert [one.person for one in owed] == [ann.id]
        assert records.tasks.owed_by_team("checkin", 1, "2026-11-16", ben.id) == []
