"""Whoever slept past a claim finds what it had in hand taken over, and does nothing a second time: each kind of work."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from flows.core.file_orders import LEASE as ORDER_LEASE
from flows.core.file_orders import end, fail, sending, take
from flows.core.records import Message
from flows.core.words import Words
from flows.cycle.kept import Audience, Cycle, Sweep
from flows.cycle.rehearsals.rehearsal import Rehearsal, summed
from flows.cycle.rehearsals.rehearse import LEASE as PLAYING
from flows.cycle.rehearsals.rehearse import failed, finished, progressed
from flows.cycle.template import Phase, Template
from flows.interviews.calendars import Writing
from flows.interviews.invitation import Invitation
from storage.engine import Store, open_store
from storage.work import Work
from tests.storage.conftest import NOW, Hire

SECOND = timedelta(seconds=1)
MINE = "SELECT pg_backend_pid()"
END = "SELECT pg_terminate_backend(:pid)"


def test_a_file_that_another_has_taken_over_is_left_to_it(store: Store, hire: Hire) -> None:
    ana, later = hire("Ana"), NOW + ORDER_LEASE + SECOND
    with store.work() as records:
        order = records.file_orders.ask("template", ana.id, {}, NOW)
        asleep = take(records, NOW)
    with store.work() as records:
        other = take(records, later)
    assert asleep is not None
    assert other is not None
    with store.work() as records:
        assert not sending(records, asleep, later)
        end(records, asleep)
        fail(records, asleep, "broken", later)
        assert records.messages.by_key(f"file/{order.id}") is None, "nobody hears of a failure that was none"
        assert sending(records, other, later)
        end(records, asleep)
        kept = records.file_orders.get(order.id)
        assert kept is not None
        assert kept.state == "sending"
        end(records, other)
        fail(records, other, "too late", later)
        assert records.messages.by_key(f"file/{order.id}") is None


def test_a_rehearsal_is_finished_by_the_first_and_by_nobody_else(store: Store, hire: Hire) -> None:
    hr, day, later = hire("Ana"), date(2026, 3, 9), NOW + PLAYING + SECOND
    made = Template("t", Words("T", "T"), "quarter", (Phase("goals", Words("G", "目"), 0, 7, "goals"),))
    with store.work() as records:
        cycle = records.cycles.save(Cycle(0, "draft", "Q", day, made, Audience(), hr.id, NOW))
        records.rehearsals.save(Rehearsal(cycle.id, "asked", hr.id, NOW, "mark"))
        asleep = records.rehearsals.claim(NOW, NOW + PLAYING)
    with store.work() as records:
        other = records.rehearsals.claim(later, later + PLAYING)
    found = summed({}, 0, NOW, 0, 240)
    assert asleep is not None
    assert other is not None
    with store.work() as records:
        assert finished(records, other, found, {}, later)
    with store.work() as records:
        assert not finished(records, asleep, found, {}, later)
        assert not progressed(records, asleep, 50, later)
        failed(records, asleep, "reference", later)
        kept = records.rehearsals.get(cycle.id)
        assert kept is not None
        assert kept.state == "done"


def test_an_event_that_was_moved_meanwhile_waits_for_its_newer_version(store: Store, hire: Hire) -> None:
    mei, lin = hire("Mei"), hire("Lin")
    invitation = Invitation(1, "1@perfloop", 1, mei.id, lin.id, NOW, NOW + SECOND)
    asleep = Writing(mei.id, invitation.uid, 1, invitation, NOW)
    moved = replace(asleep, sequence=2, invitation=replace(invitation, sequence=2))
    with store.work() as records:
        records.calendars.write(asleep)
        assert records.calendars.claim_writing(NOW, NOW + SECOND, 5) == [asleep]
        records.calendars.write(moved)
    with store.work() as records:
        assert not records.calendars.written(asleep)
        records.calendars.put_off(replace(asleep, next_at=NOW + 9 * SECOND))
        assert records.calendars.claim_writing(NOW, NOW + SECOND, 5) == [moved]


def pid_of(records: Work) -> int:
    return int(records._connection.execute(text(MINE)).scalar_one())


def test_a_slice_of_work_is_in_one_hand_and_a_sleeper_is_undone_as_a_whole(postgresql_url: str) -> None:
    """The server ends a transaction that has slept for a minute; here it is ended by hand."""
    with (
        closing(open_store(postgresql_url, lambda: NOW)) as ours,
        closing(open_store(postgresql_url, lambda: NOW)) as theirs,
    ):
        with ours.work() as records:
            records.sweeps.plan(Sweep("launch/1", {}, NOW))

        def go_to_sleep() -> None:
            with ours.work() as records:
                due = records.sweeps.due(NOW)
                assert due is not None
                assert records.alone("tick")
                records.sweeps.save(replace(due, cursor=500))
                with theirs.work() as others:
                    assert others.sweeps.due(NOW) is None, "it is in our hand"
                    assert not others.alone("tick")
                with theirs.engine.begin() as connection:
                    connection.execute(text(END), {"pid": pid_of(records)})

        with pytest.raises(DBAPIError):
            go_to_sleep()
        with theirs.work() as records:
            assert records.alone("tick")
            due = records.sweeps.due(NOW)
            assert due is not None
            assert due.cursor == 0, "nothing of it was kept, so the other does it from its beginning"


@pytest.mark.parametrize(
    ("state", "ends", "copies"),
    [
        ("sending", "sent", 0),  # another has found its claim lost and not yet looked for it
        ("repeated", "sent", 1),
        ("the same", "sent", 0),
    ],
)
def test_a_sleepers_own_message_counts_or_is_given_back_to_be_deleted(
    store: Store, state: str, ends: str, copies: int
) -> None:
    later = NOW + 200 * SECOND
    with store.work() as records:
        id_ = records.messages.write(Message("note", "note", {}, NOW, channel="C1"))
        assert id_ is not None
        (mine,) = records.outbox.claim(NOW, 1, sending=True)
    other = Store(store.engine, lambda: NOW)
    with other.work() as records:
        records.outbox.recover(other.owner, later)
        if state != "sending":
            (found,) = records.outbox.unsure(later + 100 * SECOND)
            records.outbox.mark_sent(found.id, "C1", "1.0" if state == "the same" else "2.0", later)
    with store.work() as records:
        assert records.outbox.mark_sent_many([(mine.id, "C1", "1.0")], later) == 0
        assert len(records.outbox.came_late([(mine.id, "C1", "1.0")], later)) == copies
        written = records.messages.get(id_)
        assert written is not None
        assert (written.state, written.ts) == (ends, "2.0" if copies else "1.0")
