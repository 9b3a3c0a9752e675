"""Broadcasts: an audience is frozen once, and what became of the messages is counted by their keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flows.core.owed import Message, Task
from flows.core.words import Words
from flows.cycle.records import Audience, Broadcast, Sweep
from storage.engine import Store

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=9)


def a_broadcast(author: int, **more: Any) -> Broadcast:
    return Broadcast(
        0, "waiting", author, Words("Hello", "你好"), Audience(("Sales",), ("P5",), (1,), (2,)), NOW, **more
    )


def a_message(key: str, person: int, **more: Any) -> Message:
    return Message(key, "broadcast", {}, NOW, person, urgency=2, sensitive=True, **more)


def test_a_broadcast_comes_back_as_it_was_saved(store: Store, hire: Any) -> None:
    mei = hire("Mei")
    with store.work() as records:
        saved = records.broadcasts.save(
            a_broadcast(mei.id, channels=("C1",), send_on=date(2026, 12, 1), send_at=time(9, 30))
        )
    with store.work() as records:
        assert records.broadcasts.lock(saved.id) == records.broadcasts.get(saved.id) == saved
        changed = records.broadcasts.save(
            replace(saved, state="paused", version=2, readers=7, started_at=NOW)
        )
        assert records.broadcasts.lock(saved.id) == changed
        assert records.broadcasts.latest(5) == [changed]
        assert records.broadcasts.lock(saved.id + 1) is None


def test_somebody_is_frozen_once_and_read_in_slices(store: Store, hire: Any) -> None:
    people = [hire(f"P{number}").id for number in range(5)]
    with store.work() as records:
        one = records.broadcasts.save(a_broadcast(people[0])).id
        assert records.broadcasts.freeze(one, people[:3]) == 3
        assert records.broadcasts.freeze(one, people[2:]) == 2
        assert records.broadcasts.frozen(one, 0, 2) == people[:2]
        assert records.broadcasts.frozen(one, people[1], 9) == people[2:]
        assert records.broadcasts.has(one, people[4])
        assert not records.broadcasts.has(one, people[4] + 1)


def test_levels_are_those_of_active_people(store: Store, hire: Any) -> None:
    hire("A", level="L2"), hire("B", level="L1"), hire("C", level="L9", active=False), hire("D", level="")
    with store.work() as records:
        assert records.people.levels() == ["L1", "L2"]


def test_the_waiting_ones_are_held_let_go_and_dropped_by_their_beginning(store: Store, hire: Any) -> None:
    mei = hire("Mei")
    with store.work() as records:
        records.messages.write_many([a_message(f"broadcast/1/{n:09d}", mei.id) for n in range(4)])
        records.messages.write_many([a_message("broadcast/12/000000001", mei.id)])
        assert records.messages.hasten_all("broadcast/1/", LATER) == 4
        assert [row.message.key for row in records.outbox.claim(NOW, 9)] == ["broadcast/12/000000001"]
        assert records.messages.hasten_all("broadcast/1/", NOW) == 4
        (taken,) = records.outbox.claim(NOW, 1, sending=True)
        records.outbox.mark_sent(taken.id, "D1", "1.0", NOW)
        assert records.messages.drop_all("broadcast/1/", "cancelled") == 3
        assert sorted(records.messages.standing("broadcast/1/"), key=str) == [
            ("dropped", "cancelled", False, 3),
            ("sent", None, False, 1),
        ]
        assert records.messages.refresh_all("broadcast/1/") == 1
        assert ("sent", None, True, 1) in records.messages.standing("broadcast/1/")


def test_edits_of_one_person_come_before_those_of_a_broadcast(store: Store, hire: Any) -> None:
    mei = hire("Mei")
    with store.work() as records:
        keys = ["broadcast/1/1", "broadcast/1/2", "nudge"]
        for key in keys:
            records.messages.write(replace(a_message(key, mei.id), urgency=1 if key == "nudge" else 2))
        for row in records.outbox.claim(NOW, 9, sending=True):
            records.outbox.mark_sent(row.id, "D1", "1.0", NOW)
        records.messages.refresh_all("broadcast/")
        records.messages.refresh_all("nudge")
    with store.work() as records:
        assert [row.message.key for row in records.outbox.stale(NOW, 2)] == ["nudge", "broadcast/1/1"]
    with store.work() as records:
        assert [row.message.key for row in records.outbox.stale(NOW, 9, (0, 1))] == []
        assert [row.message.key for row in records.outbox.stale(NOW, 9, (2,))] == ["broadcast/1/2"]


def test_an_edit_that_succeeds_forgets_that_it_failed_before(store: Store, hire: Any) -> None:
    mei = hire("Mei")
    with store.work() as records:
        records.messages.write(a_message("broadcast/1/1", mei.id))
        (row,) = records.outbox.claim(NOW, 1, sending=True)
        records.outbox.mark_sent(row.id, "D1", "1.0", NOW)
        records.messages.refresh_all("broadcast/1/")
        (row,) = records.outbox.stale(NOW, 1)
        records.outbox.edit_failed(row.id, NOW, "fatal_error")
        (row,) = records.outbox.stale(NOW, 1)
        assert records.outbox.mark_fresh(row.id, row.token)
        assert records.messages.standing("broadcast/1/") == [("sent", None, False, 1)]


def test_a_piece_of_work_is_planned_once_and_found_when_it_is_due(store: Store) -> None:
    with store.work() as records:
        assert records.sweeps.plan(Sweep("broadcast.freeze/1", {"broadcast": 1}, NOW))
        assert not records.sweeps.plan(Sweep("broadcast.freeze/1", {"broadcast": 1}, LATER))
        due = records.sweeps.due(NOW)
        assert due is not None
        records.sweeps.save(replace(due, cursor=7, due_at=LATER))
        assert records.sweeps.due(NOW) is None
        records.sweeps.save(replace(due, done=True))
        assert records.sweeps.due(LATER) is None


def test_a_kick_off_speaks_of_each_readers_first_task_and_of_no_other(store: Store, hire: Any) -> None:
    people = [hire(f"P{number}") for number in range(4)]

    def owed(person: int, about: int, **more: Any) -> Task:
        kept = {"subject": "self", "state": "open", "opens_at": NOW, "due_at": LATER, "until": LATER}
        return Task(0, "review", 7, person, about=about, **{**kept, **more})

    with store.work() as records:
        records.tasks.add(
            [
                *(owed(one.id, one.id) for one in people),
                owed(people[0].id, people[1].id),
                owed(people[1].id, people[1].id, subject="other"),
            ]
        )
        said = records.tasks.find("review", 7, people[2].id, "self")
        records.tasks.save(replace(said, said=1, live="before"))
        keys = [f"broadcast/1/{one.id:09d}" for one in people[:3]]
        records.messages.write_many([a_message(key, one.id) for key, one in zip(keys, people, strict=False)])
        range_ = (people[0].id, people[3].id), (keys[0], keys[2])
        assert records.broadcasts.speak_of(7, "self", *range_) == 2
        assert records.broadcasts.speak_of(7, "self", *range_) == 1, "the other one of the first person"
        ids = records.messages.ids_of(keys)
        tasks = records.tasks.of_scope(["review"], 7)
        told = {(task.person, task.about, task.subject): (task.live, task.said) for task in tasks}
        first, second, third, fourth = (one.id for one in people)
        assert told[first, first, "self"] == (ids[keys[0]], 1)
        assert told[second, second, "self"] == (ids[keys[1]], 1)
        assert told[second, second, "other"] == (None, 0)
        assert told[third, third, "self"] == ("before", 1)
        assert told[fourth, fourth, "self"] == (None, 0), "no message was written to this person"
        spoken = next(task for task in tasks if (task.person, task.subject) == (second, "self"))
        assert (spoken.said_at, spoken.told_due) == (NOW, LATER)


def test_what_was_dropped_is_not_spoken_of_any_more(store: Store, hire: Any) -> None:
    people = [hire(f"P{number}") for number in range(3)]
    keys = [f"broadcast/1/{one.id:09d}" for one in people]
    range_ = (people[0].id, people[2].id), (keys[0], keys[2])
    moments = {"state": "open", "until": LATER, "due_at": LATER}
    with store.work() as records:
        opens = [NOW, NOW, NOW + timedelta(days=2)]
        records.tasks.add(
            [
                Task(0, "review", 7, one.id, "self", opens_at=at, next_at=LATER, **moments)  # type: ignore[arg-type]
                for one, at in zip(people, opens, strict=True)
            ]
        )
        records.messages.write_many([a_message(key, one.id) for key, one in zip(keys, people, strict=True)])
        assert records.broadcasts.speak_of(7, "self", *range_) == 3
        (first,) = records.outbox.claim(NOW, 1, sending=True)
        records.messages.drop_all("broadcast/1/", "cancelled")
        assert records.broadcasts.unspeak(*range_, NOW, opening=True) == 2
        tasks = {task.person: task for task in records.tasks.of_scope(["review"], 7)}
        kept, again, ahead = (tasks[one.id] for one in people)
        assert (kept.said, kept.live) == (1, first.id)
        assert (again.said, again.live, again.said_at, again.next_at) == (0, None, None, NOW)
        assert (ahead.said, ahead.next_at) == (0, ahead.opens_at)
        records.tasks.save(replace(again, said=1, said_at=NOW, live=records.messages.ids_of(keys)[keys[1]]))
        assert records.broadcasts.unspeak(*range_, NOW, opening=False) == 1
        again = records.tasks.get(again.id)
        assert again is not None
        assert (again.said, again.live) == (1, None)
