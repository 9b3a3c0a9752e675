"""Conversations on both databases: compare-and-set, drafts, and the one in the chat."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from flows.core.conversation import Conversation
from storage.engine import Store
from tests.storage.conftest import NOW, a_cycle


@pytest.fixture(params=["in plain words", "encrypted"])
def started(store: Store, hire, request: pytest.FixtureRequest) -> Conversation:
    """What is kept with a key of a cycle behaves like everything else."""
    ann = hire("Ann")
    sealed = a_cycle(store, ann, NOW).id if request.param == "encrypted" else None
    with store.work() as records:
        return records.conversations.start("checkin", ann.id, "2026-11-16", sealed)


def test_a_conversation_is_kept_whole(store: Store, started: Conversation) -> None:
    told = replace(
        started, answers={"form": {"done": "签约 🎉", "many": ["a", "b"], "none": None}},
        typed={"form.next": "dra"}, typed_at="7", at="form.next", state="done", in_chat=True,
    )  # fmt: skip
    with store.work() as records:
        assert records.conversations.save(told, was=0)
    with store.work() as records:
        kept = records.conversations.get(started.id)
        assert kept == replace(told, revision=1)
        assert list(kept.answers["form"]) == ["done", "many", "none"]
        assert records.conversations.find("checkin", started.person, "2026-11-16") == kept


def test_a_dropped_one_is_not_found_and_leaves_room_for_a_new_one(
    store: Store, started: Conversation
) -> None:
    with store.work() as records:
        records.conversations.save(replace(started, state="dropped"), was=0)
        assert records.conversations.find("checkin", started.person, "2026-11-16") is None
        again = records.conversations.start("checkin", started.person, "2026-11-16")
        assert again.id != started.id
        assert records.conversations.find("checkin", started.person, "2026-11-16") == again


def test_starting_the_same_one_twice_gives_the_first(store: Store, started: Conversation) -> None:
    with store.work() as records:
        assert records.conversations.start("checkin", started.person, "2026-11-16") == started


def test_an_old_revision_changes_nothing(store: Store, started: Conversation) -> None:
    with store.work() as records:
        assert records.conversations.save(replace(started, at="x"), was=0)
        assert not records.conversations.save(replace(started, at="y", in_chat=True), was=0)
        assert records.conversations.get(started.id).at == "x"
        assert records.conversations.get("nothing") is None


def test_of_many_who_save_at_once_one_wins(store: Store, started: Conversation) -> None:
    together = Barrier(4)

    def save(number: int) -> bool:
        together.wait()
        with store.work() as records:
            return records.conversations.save(replace(started, at=str(number)), was=0)

    with ThreadPoolExecutor(4) as threads:
        won = list(threads.map(save, range(4)))
    with store.work() as records:
        kept = records.conversations.get(started.id)
    assert won.count(True) == 1
    assert kept.at == str(won.index(True))
    assert kept.revision == 1


def test_of_many_who_start_at_once_all_get_the_same(store: Store, hire) -> None:
    ann, together = hire("Ann"), Barrier(4)

    def start(_number: int) -> str:
        together.wait()
        with store.work() as records:
            return records.conversations.start("praise", ann.id, "").id

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(start, range(4)))) == 1


def test_drafts_are_merged_and_an_older_one_changes_nothing(store: Store, started: Conversation) -> None:
    with store.work() as records:
        keep = records.conversations.keep_typed
        assert keep(started.id, 0, {"form.a": "one", "form.b": "two"}, "5")
        assert keep(started.id, 0, {"form.b": "three"}, "5")
        assert not keep(started.id, 0, {"form.b": "late"}, "4")
        assert not keep(started.id, 1, {"form.b": "other revision"}, "9")
        assert not keep("nothing", 0, {}, "9")
        kept = records.conversations.get(started.id)
    assert kept.typed == {"form.a": "one", "form.b": "three"}
    assert (kept.typed_at, kept.revision) == ("5", 0)


def test_who_comes_into_the_chat_takes_the_place_of_the_other(store: Store, started: Conversation) -> None:
    with store.work() as records:
        records.conversations.save(replace(started, in_chat=True), was=0)
        other = records.conversations.start("praise", started.person, "")
        assert records.conversations.save(replace(other, in_chat=True), was=0)
        assert records.conversations.in_chat(started.person).id == other.id
        assert not records.conversations.get(started.id).in_chat


def test_a_lost_race_leaves_the_chat_as_it_is(store: Store, started: Conversation) -> None:
    with store.work() as records:
        records.conversations.save(replace(started, in_chat=True), was=0)
        other = records.conversations.start("praise", started.person, "")
        assert not records.conversations.save(replace(other, in_chat=True), was=3)
        assert records.conversations.in_chat(started.person).id == started.id
        assert records.conversations.in_chat(999) is None


def test_of_many_chats_begun_at_once_one_is_held(store: Store, hire) -> None:
    ann, together = hire("Ann"), Barrier(4)
    with store.work() as records:
        begun = [records.conversations.start("praise", ann.id, str(number)) for number in range(4)]

    def chat(one: Conversation) -> bool:
        together.wait()
        with store.work() as records:
            return records.conversations.save(replace(one, in_chat=True), was=0)

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(chat, begun))
    with store.work() as records:
        assert sum(records.conversations.get(one.id).in_chat for one in begun) == 1


def test_half_characters_and_nul_become_a_question_mark_of_their_own(
    store: Store, started: Conversation
) -> None:
    with store.work() as records:
        assert records.conversations.keep_typed(
            started.id, 0, {"a": "x\ud800y", "b": "\ud83d\ude00", "c\udfff": ["\udfff"], "d": "nul\0"}, "1"
        )
        typed = records.conversations.get(started.id).typed
    assert typed["a"] == "x\ufffdy"
    assert typed["b"] == "😀"
    assert typed["c\ufffd"] == ["\ufffd"]
    assert typed["d"].startswith("nul")
