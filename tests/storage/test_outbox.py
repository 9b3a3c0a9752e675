"""The outbox on both databases: who may deliver what, and what becomes of each message."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from flows.core.records import Message
from flows.people.person import Person
from storage.deliveries import Claimed
from storage.engine import Store, open_store
from storage.outbox import Outbox

SECOND = timedelta(seconds=1)


@pytest.fixture
def letter(hire, now) -> Message:
    return Message("a", "checkin.prompt", {"task": 1}, now, person=hire("Ann").id)


def write(store: Store, *letters: Message) -> list[str]:
    with store.work() as records:
        return [str(records.messages.write(one)) for one in letters]


def claim(store: Store, now: datetime, limit: int = 10, **how: object) -> list[Claimed]:
    with store.work() as records:
        return records.outbox.claim(now, limit, **how)


def keys(found: list[Claimed]) -> list[str]:
    return [one.message.key for one in found]


def state(store: Store, id_: str) -> str:
    with store.work() as records:
        return records.messages.get(id_).state


def send(store: Store, letter: Message, now: datetime) -> str:
    """Deliver a new message; its id."""
    (id_,) = write(store, letter)
    with store.work() as records:
        records.outbox.claim(now, 10, sending=True)
        assert records.outbox.mark_sent(id_, "D1", "1.0", now)
    return id_


def leave_unsure(store: Store, letter: Message, now: datetime) -> str:
    (id_,) = write(store, letter)
    with store.work() as records:
        records.outbox.claim(now, 10, sending=True)
        assert records.outbox.mark_unsure(id_, now, "timeout")
    return id_


def test_a_message_is_claimed_marked_and_sent(store: Store, letter: Message, now) -> None:
    (id_,) = write(store, letter)
    (claimed,) = claim(store, now)
    assert (claimed.id, claimed.message, claimed.state, claimed.attempts) == (id_, letter, "waiting", 0)
    with store.work() as records:
        assert records.outbox.mark_sending(id_, now, "U1")
    assert state(store, id_) == "sending"
    with store.work() as records:
        assert records.outbox.mark_sent(id_, "D1", "17.5", now)
        kept = records.messages.get(id_)
    assert (kept.state, kept.channel, kept.ts) == ("sent", "D1", "17.5")
    assert claim(store, now + timedelta(days=1)) == []


def test_what_is_not_due_is_not_claimed(store: Store, letter: Message, now) -> None:
    write(store, replace(letter, due_at=now + SECOND))
    assert claim(store, now) == []
    assert len(claim(store, now + SECOND)) == 1


def test_the_urgent_goes_first_then_the_oldest(store: Store, letter: Message, hire, now) -> None:
    ben = hire("Ben")
    write(
        store,
        replace(letter, key="broadcast", urgency=2, due_at=now - 9 * SECOND),
        replace(letter, key="nudge", due_at=now),
        replace(letter, key="older nudge", due_at=now - SECOND),
        replace(letter, key="answer", urgency=0),
        replace(letter, key="ben's answer", urgency=0, person=ben.id),
    )
    assert keys(claim(store, now, 2)) == ["answer", "ben's answer"]
    assert keys(claim(store, now)) == ["older nudge", "nudge", "broadcast"]


def test_a_chat_keeps_its_order(store: Store, letter: Message, now) -> None:
    first, second = (replace(letter, key=key, urgency=0) for key in ("first", "second"))
    ids = write(store, first, second)
    write(store, replace(first, key="elsewhere", person=None, channel="C1"))
    assert keys(claim(store, now)) == ["first", "elsewhere"]
    with store.work() as records:
        later = now + 30 * SECOND
        assert records.outbox.mark_waiting(ids[0], later, "ratelimited", count_try=False) == "waiting"
        assert records.outbox.claim(now, 10) == []
        assert records.outbox.next_moment() == later
        assert keys(records.outbox.claim(later, 10)) == ["first"]
        assert records.outbox.mark_sending(ids[0], later, "U1")
        assert records.outbox.claim(later, 10) == []
        assert records.outbox.mark_sent(ids[0], "D1", "1.0", later)
        assert keys(records.outbox.claim(later, 10)) == ["second"]


@pytest.mark.parametrize("fate", ["unsure", "parked", "dropped"])
def test_what_is_stuck_holds_up_nobody(store: Store, letter: Message, now, fate: str) -> None:
    ids = write(store, *(replace(letter, key=key, urgency=0) for key in ("stuck", "next")))
    with store.work() as records:
        records.outbox.claim(now, 10, sending=True)
        if fate == "unsure":
            records.outbox.mark_unsure(ids[0], now, "timeout")
        elif fate == "parked":
            records.outbox.mark_parked(ids[0], "invalid_blocks")
        else:
            records.outbox.mark_dropped(ids[0], "left")
    assert state(store, ids[0]) == fate
    assert keys(claim(store, now)) == ["next"]


def test_a_claim_ends_with_its_lease(store: Store, letter: Message, now) -> None:
    write(store, letter)
    assert len(claim(store, now, lease_seconds=60)) == 1
    assert claim(store, now + 59 * SECOND) == []
    assert len(claim(store, now + 60 * SECOND)) == 1


def test_who_lost_the_claim_marks_nothing(store: Store, letter: Message, now) -> None:
    (id_,) = write(store, letter)
    claim(store, now)
    with store.work() as records:
        assert not records.outbox.mark_sending(id_, now + 121 * SECOND, "U1")
        zombie = Outbox(records._connection, "another process")
        assert not zombie.mark_sending(id_, now, "U1")
        assert zombie.mark_waiting(id_, now, "x", count_try=True) is None
        assert not zombie.mark_parked(id_, "x")
        assert not zombie.mark_dropped(id_, "x")
        assert records.outbox.mark_sending(id_, now, "U1")
        assert not zombie.mark_sent(id_, "D1", "1.0", now)
        assert zombie.mark_sent_many([(id_, "D1", "1.0")], now) == 0
        assert not zombie.mark_unsure(id_, now, "x")
    assert state(store, id_) == "sending"


def test_marks_out_of_turn_change_nothing(store: Store, letter: Message, now) -> None:
    (id_,) = write(store, letter)
    with store.work() as records:
        assert not records.outbox.mark_sent(id_, "D1", "1.0", now)
        assert not records.messages.settle(id_, again=True)
        records.outbox.claim(now, 1)
        assert not records.outbox.mark_sent(id_, "D1", "1.0", now)
        assert not records.outbox.mark_unsure(id_, now, "x")
        assert records.outbox.mark_sending(id_, now, "U1")
        assert not records.outbox.mark_sending(id_, now, "U1")
    assert state(store, id_) == "sending"


def test_five_tries_that_count_park_a_message(store: Store, letter: Message, now) -> None:
    (id_,) = write(store, letter)
    results = []
    for number in range(7):
        with store.work() as records:
            (claimed,) = records.outbox.claim(now, 1, sending=True)
            results.append((claimed.attempts, records.outbox.mark_waiting(id_, now, "invalid", number >= 2)))
    assert results[:2] == [(0, "waiting"), (0, "waiting")]
    assert results[2:] == [(0, "waiting"), (1, "waiting"), (2, "waiting"), (3, "waiting"), (4, "parked")]
    with store.work() as records:
        (parked,) = records.outbox.parked(10)
        assert (parked.id, parked.error, parked.attempts) == (id_, "invalid", 5)
        assert records.outbox.claim(now, 1) == []
        assert records.messages.settle(id_, again=True)
        assert records.outbox.parked(10) == []
        assert records.outbox.claim(now, 1)[0].attempts == 0


def test_many_are_marked_sent_at_once(store: Store, letter: Message, now) -> None:
    ids = write(store, *(replace(letter, key=str(number)) for number in range(5)))
    with store.work() as records:
        records.outbox.claim(now, 3, sending=True)
        assert records.outbox.mark_sent_many([(id_, "D1", id_) for id_ in ids], now) == 3
        assert records.outbox.mark_sent_many([], now) == 0
        assert [records.messages.get(id_).ts for id_ in ids] == [*ids[:3], None, None]


def test_an_unsure_message_is_looked_for_twice_before_it_is_repeated(
    store: Store, letter: Message, now
) -> None:
    id_ = leave_unsure(store, letter, now)
    with store.work() as records:
        assert records.outbox.unsure(now + 59 * SECOND) == []
        (looked,) = records.outbox.unsure(now + 60 * SECOND)
        assert (looked.id, looked.unsure_since, looked.sending_since) == (id_, now, now)
        assert records.outbox.unsure(now + 60 * SECOND) == []  # another replica does not look as well
        assert records.outbox.absent(id_, now + 61 * SECOND) == 1
        assert not records.outbox.mark_parked(id_, "x")  # let go until the next look
        assert records.outbox.next_moment() == now + 91 * SECOND
        assert records.outbox.unsure(now + 90 * SECOND) == []
        (again,) = records.outbox.unsure(now + 91 * SECOND)
        assert again.found_absent == 1
        assert records.outbox.absent(id_, now + 92 * SECOND) == 2
        assert records.outbox.unsure(now + 125 * SECOND) == []
        assert records.outbox.mark_waiting(id_, now + 93 * SECOND, "absent", count_try=True) == "waiting"
        (retry,) = records.outbox.claim(now + 93 * SECOND, 1)
        assert (retry.found_absent, retry.unsure_since, retry.sending_since) == (0, None, None)
        assert records.outbox.absent(id_, now) is None


def test_an_unsure_message_that_is_found_was_sent(store: Store, letter: Message, now) -> None:
    id_ = leave_unsure(store, letter, now)
    with store.work() as records:
        assert not records.outbox.mark_sent(id_, "D1", "1.0", now)  # only who looked may say so
        records.outbox.unsure(now + 60 * SECOND)
        assert records.outbox.mark_sent(id_, "D1", "1.0", now)
    assert state(store, id_) == "sent"


def test_a_look_that_failed_does_not_count(store: Store, letter: Message, now) -> None:
    id_ = leave_unsure(store, letter, now)
    with store.work() as records:
        records.outbox.unsure(now + 60 * SECOND)
        records.outbox.look_later(id_, now + 60 * SECOND)
        assert records.outbox.unsure(now + 89 * SECOND) == []
        (again,) = records.outbox.unsure(now + 90 * SECOND)
        assert again.found_absent == 0


def test_a_sensitive_message_can_be_parked_instead(store: Store, letter: Message, now) -> None:
    id_ = leave_unsure(store, replace(letter, sensitive=True), now)
    with store.work() as records:
        assert records.outbox.unsure(now + 60 * SECOND)[0].message.sensitive
        assert records.outbox.mark_parked(id_, "unclear")
    assert state(store, id_) == "parked"


def test_what_an_expired_claim_left_sending_is_unsure(store: Store, letter: Message, now) -> None:
    (id_,) = write(store, letter)
    claim(store, now, sending=True)
    with store.work() as records:
        assert records.outbox.recover(store.owner, now + 119 * SECOND) == 0
        assert records.outbox.next_moment() == now + 120 * SECOND
        assert records.outbox.recover(store.owner, now + 120 * SECOND) == 1
        assert not records.outbox.mark_sent(id_, "D1", "1.0", now)
        assert records.outbox.unsure(now + 180 * SECOND)[0].error == "interrupted"


def test_a_restart_on_sqlite_knows_that_nobody_else_lives(sqlite_url: str, now) -> None:
    store = open_store(sqlite_url, lambda: now)
    with store.work() as records:
        for key in ("sending", "claimed"):
            records.messages.write(Message(key, "k", {}, now, channel="C1"))
        records.outbox.claim(now, 1, sending=True)
        records.outbox.claim(now, 1)
    store.close()
    store = open_store(sqlite_url, lambda: now)
    with store.work() as records:
        assert records.outbox.recover(store.owner, now) == 1
        assert keys(records.outbox.claim(now, 9)) == ["claimed"]
        assert keys(records.outbox.unsure(now, 0)) == ["sending"]
    store.close()


def test_a_replica_leaves_the_claims_of_the_living_alone(postgresql_url: str, now) -> None:
    first, second = (open_store(postgresql_url, lambda: now) for _ in range(2))
    with first.work() as records:
        id_ = records.messages.write(Message("a", "k", {}, now, channel="C1"))
        records.outbox.claim(now, 1, sending=True)
    with second.work() as records:
        assert records.outbox.recover(second.owner, now) == 0
        assert not records.outbox.mark_sent(id_, "C1", "1", now)
    with first.work() as records:
        assert records.outbox.mark_sent(id_, "C1", "1", now)
    first.close()
    second.close()


def test_two_replicas_never_claim_the_same_message(postgresql_url: str, now) -> None:
    stores = [open_store(postgresql_url, lambda: now) for _ in range(2)]
    with stores[0].work() as records:
        person = records.people.save(_somebody())
        letters = [Message(str(n), "k", {}, now, person=person.id, urgency=n % 3) for n in range(300)]
        records.messages.write_many(letters)

    def drain(store: Store) -> list[str]:
        mine: list[str] = []
        while True:
            with store.work() as records:
                got = records.outbox.claim(now, 7, sending=True)
            if not got:
                return mine
            with store.work() as records:
                assert records.outbox.mark_sent_many([(one.id, "D1", "1") for one in got], now) == len(got)
            mine += keys(got)

    with ThreadPoolExecutor(4) as threads:
        shares = list(threads.map(drain, stores * 2))
    drained = [key for share in shares for key in share]
    assert len(drained) == len(set(drained))
    with stores[0].work() as records:
        rest = records.outbox.claim(now, 300)
    assert {*drained, *keys(rest)} >= {str(n) for n in range(300) if n % 3}
    for store in stores:
        store.close()


def test_a_claim_under_way_is_stepped_over_not_waited_for(postgresql_url: str, now) -> None:
    first, second = (open_store(postgresql_url, lambda: now) for _ in range(2))
    with first.work() as records:
        records.messages.write_many([Message(str(n), "k", {}, now, channel=str(n)) for n in range(4)])
    with first.work() as one, second.work() as other:
        assert keys(one.outbox.claim(now, 2)) == ["0", "1"]
        assert keys(other.outbox.claim(now, 9)) == ["2", "3"]
    first.close()
    second.close()


def test_a_sent_message_is_brought_to_the_state_of_things(store: Store, letter: Message, now) -> None:
    id_ = send(store, letter, now)
    with store.work() as records:
        assert records.outbox.stale(now, 10) == []
        records.messages.refresh([id_])
        assert records.outbox.counts()["stale"] == 1
        assert records.outbox.next_moment() == now
        (edit,) = records.outbox.stale(now, 10)
        assert (edit.id, edit.channel, edit.ts) == (id_, "D1", "1.0")
        assert records.outbox.stale(now, 10) == []  # two edits at once could arrive in the wrong order
        assert records.outbox.mark_fresh(id_, edit.token)
        assert records.outbox.counts()["stale"] == 0
        assert records.outbox.next_moment() is None


def test_a_refresh_while_the_edit_is_on_its_way_is_not_lost(store: Store, letter: Message, now) -> None:
    id_ = send(store, letter, now)
    with store.work() as records:
        records.messages.refresh([id_])
        (edit,) = records.outbox.stale(now, 10)
        records.messages.refresh([id_])
        assert not records.outbox.mark_fresh(id_, edit.token)
        (again,) = records.outbox.stale(now, 10)
        assert records.outbox.mark_fresh(id_, again.token)


@pytest.mark.parametrize("sending", [True, False])
def test_a_refresh_while_the_message_is_on_its_way_is_not_lost(
    store: Store, letter: Message, now, sending: bool
) -> None:
    (id_,) = write(store, letter)
    claim(store, now, sending=sending)
    with store.work() as records:
        records.messages.refresh([id_])
        if not sending:
            records.outbox.mark_sending(id_, now, "U1")
        records.outbox.mark_sent(id_, "D1", "1.0", now)
        assert [one.id for one in records.outbox.stale(now, 10)] == [id_]


def test_a_message_that_is_written_anew_needs_no_edit(store: Store, letter: Message, now) -> None:
    (id_,) = write(store, letter)
    with store.work() as records:
        records.messages.refresh([id_])
        records.outbox.claim(now, 1, sending=True)
        records.messages.refresh([id_])
        records.outbox.mark_waiting(id_, now, "ratelimited", count_try=False)
        records.outbox.claim(now, 1, sending=True)
        records.outbox.mark_sent(id_, "D1", "1.0", now)
        assert records.outbox.stale(now, 10) == []


def test_an_edit_is_tried_five_times_and_again_after_the_next_refresh(
    store: Store, letter: Message, now
) -> None:
    id_ = send(store, letter, now)
    with store.work() as records:
        records.messages.refresh([id_])
        tried = []
        for number in range(1, 6):
            moment = now + number * SECOND
            assert len(records.outbox.stale(moment - SECOND, 1)) == 1
            tried.append(records.outbox.edit_failed(id_, moment, "internal_error"))
            assert records.outbox.stale(moment - SECOND, 1) == []
        assert tried == [True, True, True, True, False]
        records.messages.refresh([id_])
        assert len(records.outbox.stale(now, 1)) == 1


def test_the_operator_sees_counts_and_how_long_the_oldest_waits(store: Store, letter: Message, now) -> None:
    with store.work() as records:
        assert records.outbox.oldest_waiting(now) is None
        assert records.outbox.figures(now)[1] == 0
        assert records.outbox.next_moment() is None
    write(
        store,
        replace(letter, key="old", due_at=now - 90 * SECOND),
        replace(letter, key="new"),
        replace(letter, key="future", due_at=now + timedelta(days=1)),
    )
    with store.work() as records:
        assert records.outbox.oldest_waiting(now) == 90 * SECOND
        assert records.outbox.figures(now) == (records.outbox.counts(), 90.0)
        (old,) = records.outbox.claim(now, 1, sending=True)
        assert records.outbox.counts() == {"waiting": 2, "sending": 1, "unsure": 0, "parked": 0, "stale": 0}
        records.outbox.mark_unsure(old.id, now, "timeout")
        assert records.outbox.counts() == {"waiting": 2, "sending": 0, "unsure": 1, "parked": 0, "stale": 0}
        assert records.outbox.oldest_waiting(now - SECOND) is None


def _somebody() -> Person:
    return Person(0, "x@example.com", "X", None, "", "", "", (), "UTC", "en", None, None, None, True)
