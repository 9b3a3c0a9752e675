"""Messages as the flows write them, on both databases."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.core.records import Message
from storage.engine import Store


@pytest.fixture
def letter(hire, now) -> Message:
    return Message("prompt/1/a", "digest", {"task": 1}, now, person=hire("Ann").id)


def test_a_message_is_kept_whole_and_waits(store: Store, letter: Message) -> None:
    post = replace(
        letter, key="post", person=None, channel="C1", urgency=2, sensitive=True, about={"zh": "周", "n": [1]}
    )
    with store.work() as records:
        ids = [records.messages.write(letter), records.messages.write(post)]
        kept = [records.messages.get(ids[0]), records.messages.by_key("post")]
    assert [one.message for one in kept] == [letter, post]
    assert [(one.id, one.state, one.channel, one.ts) for one in kept] == [
        (id_, "waiting", None, None) for id_ in ids
    ]
    assert len(ids[0]) == 32
    assert ids[0] != ids[1]


def test_a_key_is_written_once(store: Store, letter: Message) -> None:
    with store.work() as records:
        first = records.messages.write(letter)
        assert records.messages.write(replace(letter, kind="other")) is None
        assert records.messages.by_key(letter.key).id == first
        assert records.messages.by_key(letter.key).message.kind == "digest"
        assert records.messages.get("nothing") is None
        assert records.messages.by_key("nothing") is None


def test_many_are_written_in_one_go(store: Store, letter: Message) -> None:
    crowd = [replace(letter, key=f"k/{number}") for number in range(5001)]
    with store.work() as records:
        records.messages.write(crowd[17])
        assert records.messages.write_many(crowd) == 5000
        assert records.messages.write_many([]) == 0


def test_all_of_one_beginning_come_in_the_order_of_writing(store: Store, letter: Message) -> None:
    keys = ["digest/1/z", "digest/1/a", "digest/1/中", "digest/10/a", "digest/1", "digest/1_x", "DIGEST/1/b"]
    with store.work() as records:
        for key in keys:
            records.messages.write(replace(letter, key=key))
        found = [one.message.key for one in records.messages.starting("digest/1/")]
        assert found == ["digest/1/z", "digest/1/a", "digest/1/中"]
        assert records.messages.starting("%") == []


def test_a_waiting_message_can_be_hastened(store: Store, letter: Message, now) -> None:
    with store.work() as records:
        records.messages.write(replace(letter, due_at=now + timedelta(days=3)))
        assert records.messages.next_moment() == now + timedelta(days=3)
        records.messages.hasten(letter.key, now)
        assert records.messages.next_moment() == now


def test_the_next_moment_looks_at_every_urgency(store: Store, letter: Message, now) -> None:
    with store.work() as records:
        assert records.messages.next_moment() is None
        for urgency in (2, 1, 0):
            moment = now + timedelta(hours=urgency)
            records.messages.write(replace(letter, key=str(urgency), urgency=urgency, due_at=moment))
            assert records.messages.next_moment() == moment


def test_the_sender_is_woken_after_the_commit_and_only_for_mail(store: Store, letter: Message, now) -> None:
    woken = []

    def wake() -> None:
        with store.work() as records:
            woken.append(records.messages.by_key(letter.key))

    store.afterwards(wake)
    with store.work() as records:
        records.first_time("event", now)
    assert woken == []
    with store.work() as records:
        id_ = records.messages.write(letter)
    assert [one.id for one in woken] == [id_]
    with store.work() as records:
        records.messages.write(letter)
        records.messages.refresh([id_, "nothing"])  # it waits: it will be written as things are then
        records.messages.hasten("nothing", now)
    assert len(woken) == 1
    with store.work() as records:
        records.messages.hasten(letter.key, now)
    assert len(woken) == 2


def test_nobody_is_woken_for_what_was_undone(store: Store, letter: Message) -> None:
    woken = []
    store.afterwards(lambda: woken.append(1))
    with suppress(ZeroDivisionError), store.work() as records:
        records.messages.write(letter)
        raise ZeroDivisionError
    with store.work() as records:
        assert records.messages.by_key(letter.key) is None
    assert woken == []


def test_what_waits_of_a_kind_is_found_by_key_until_it_is_sent(store: Store, letter, now) -> None:
    with store.work() as records:
        for number in range(4):
            records.messages.write(replace(letter, key=f"k/{number}", kind="news" if number < 3 else "other"))
        records.messages.write(replace(letter, key="k/9", kind="news", due_at=now + timedelta(hours=1)))

        def keys(after: str, limit: int) -> list[str]:
            return [one.message.key for one in records.messages.waiting_of("news", now, after, limit)]

        assert keys("", 2) == ["k/0", "k/1"]
        assert keys("k/1", 2) == ["k/2"]
        assert records.messages.parked() == 0


def test_the_messages_of_a_person_from_a_day_on(store: Store, letter) -> None:
    with store.work() as records:
        for day in ("2026-03-02", "2026-03-10", "2026-04-01"):
            records.messages.write(replace(letter, key=f"day/7/{day}"))
        found = records.messages.starting("day/7/", "day/7/2026-03-10")
        assert [one.message.key for one in found] == ["day/7/2026-03-10", "day/7/2026-04-01"]
        assert len(records.messages.starting("day/7/", "a")) == 3


def test_many_that_wait_are_moved_at_once_with_the_days_on_which_they_count(
    store: Store, letter: Message, now
) -> None:
    later = now + timedelta(days=1)
    with store.work() as records:
        for key in ("a", "b", "c"):
            records.messages.write(replace(letter, key=key, due_at=now))
        records.messages.hasten_many([("a", later, later.date()), ("b", later, None), ("none", later, None)])
        found = records.messages.by_keys(["a", "b", "c", "none"])
    assert {key: (one.message.due_at, one.message.day) for key, one in found.items()} == {
        "a": (later, later.date()), "b": (later, None), "c": (now, letter.day),
    }  # fmt: skip
