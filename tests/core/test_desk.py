"""The desk: two windows, two presses, late keystrokes, a flow that says no; nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from flows.core.catalog import Catalog, flow
from flows.core.conversation import REVIEW, Conversation
from flows.core.desk import Desk, NotThere, Turn, saved
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Field, Line, Quote, Row, Screen
from flows.core.words import Words
from flows.people.person import Person
from flows.people.policy import Thing
from storage.engine import Store, open_store
from tests.storage.conftest import a_cycle

NOW = datetime(2026, 3, 4, 8, 30, tzinfo=UTC)


class First(Page):
    title = Words("First", "第一")
    name: str = text("Name?", "姓名？")
    note: str | None = text("Note?", "备注？", optional=True)


class Second(Page):
    title = Words("Second", "第二")
    place: str = text("Place?", "地点？")


def own(_records: Any, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("conversation", actor)


def facts(_records: Any, _actor: Person, subject: str, _now: datetime) -> str:
    if subject == "closed":
        raise Refusal("It is closed.", "已关闭。")
    return subject


KEPT = Words("Kept.", "已保存。")


def keep(records: Any, actor: Person, subject: str, result: Any, now: datetime) -> Words:
    """What is kept goes to the audit log here: that is enough to count it."""
    if "no" in str(result):
        raise Refusal("Not like that.", "不能这样。")
    records.audit.note(now, actor.id, "kept", subject, {})
    return KEPT


PARTS: dict[str, Any] = {"may": ("conversation", "hold"), "of": own, "facts": facts, "keep": keep}


@flow("short", Words("Short", "短"), **PARTS)
def short(ask: Ask, _facts: str) -> str:
    return str(ask(First).name)


@flow("long", Words("Long", "长"), preview=lambda result: Screen(KEPT, (Line(Words(*result)),)), **PARTS)
def long(ask: Ask, _facts: str) -> tuple[str, str]:
    return ask(First).name, ask(Second).place


@flow(
    "anew", Words("Anew", "重新"), again=True, prefill=lambda subject: {"First": {"name": subject}}, **PARTS
)
def anew(ask: Ask, _facts: str) -> str:
    return str(ask(First).name)


@dataclass
class Office:
    """A desk over a database, and two people."""

    store: Store
    desk: Desk
    ana: Person
    ben: Person

    def open(self, name: str = "long", subject: str = "s", who: Person | None = None) -> Turn:
        with self.store.work() as records:
            return self.desk.open(records, who or self.ana, name, subject, NOW)

    def answer(self, turn: Turn, who: Person | None = None, **said: Any) -> Turn:
        """Submit the screen of a turn as it was then."""
        assert turn.screen.place
        conversation, revision, at = turn.screen.place.about
        fields = {e.name: said.get(e.question.name, "") for e in turn.screen.body if isinstance(e, Field)}
        with self.store.work() as records:
            return self.desk.answer(records, who or self.ana, conversation, int(revision), at, fields, NOW)

    def keep(self, turn: Turn, at: str, **said: str) -> bool:
        """What stands in the fields is kept at the messenger's moment `at`."""
        assert turn.screen.place
        conversation, revision, _ = turn.screen.place.about
        with self.store.work() as records:
            return self.desk.keep(records, self.ana, conversation, int(revision), said, at, NOW)

    def conversation(self, turn: Turn) -> Conversation:
        with self.store.work() as records:
            found = records.conversations.get(turn.conversation.id)
        assert found
        return found

    def times_kept(self) -> int:
        from sqlalchemy import text as sql

        with self.store.work() as records:
            return int(records._connection.execute(sql("SELECT count(*) FROM audit")).scalar() or 0)


@pytest.fixture(params=["in plain words", "encrypted"])
def office(sqlite_url: str, request: pytest.FixtureRequest) -> Iterator[Office]:
    """A flow whose answers are encrypted with the key of a cycle goes like any other."""
    store = open_store(sqlite_url, lambda: NOW)
    with store.work() as records:
        ana, ben = (
            records.people.save(
                Person(0, f"{name}@example.com", name, None, "Sales", "L3", "", (), "Europe/Berlin", "en", None, None,
                       f"U0{name.upper()}", True)
            )
            for name in ("ana", "ben")
        )  # fmt: skip
    flows = [short, long, anew]
    if request.param == "encrypted":
        cycle = a_cycle(store, ana, NOW).id
        flows = [replace(one, sealed=lambda _: cycle) for one in flows]
    yield Office(store, Desk(Catalog.of(flows)), ana, ben)
    store.close()


def stands(turn: Turn) -> dict[str, Any]:
    """What stands in each field of a turn's screen."""
    return {e.question.name: e.said for e in turn.screen.body if isinstance(e, Field)}


def says(turn: Turn) -> str:
    found = [e.words.en for e in turn.screen.body if isinstance(e, Line)]
    return "\n".join([*found, *(e.text for e in turn.screen.body if isinstance(e, Quote))])


def test_one_screen_is_sent_when_it_is_submitted(office: Office) -> None:
    turn = office.answer(office.open("short"), name="Ana")
    assert turn.finished
    assert says(turn) == "Kept."
    assert office.times_kept() == 1


def test_several_screens_end_with_a_review_that_edits_each_answer(office: Office) -> None:
    second = office.answer(office.open(), name="Ana")
    assert stands(second) == {"place": None}
    review = office.answer(second, place="Berlin")
    assert review.screen.place
    assert review.screen.place.about[2] == REVIEW
    rows = {
        row.name.en: (row.words.en, row.button.act)
        for row in review.screen.body
        if isinstance(row, Row) and row.name
    }
    conversation = review.conversation.id
    assert rows == {
        "Name?": ("Ana", Act("edit", (conversation, "First.name"))),
        "Note?": ("(left empty)", Act("edit", (conversation, "First.note"))),
        "Place?": ("Berlin", Act("edit", (conversation, "Second.place"))),
    }
    with office.store.work() as records:
        edit = office.desk.change(records, office.ana, conversation, "First.name", NOW)
    assert stands(edit) == {"name": "Ana", "note": None}
    again = office.answer(edit, name="Ana R.")
    assert again.screen.place
    assert again.screen.place.about[2] == REVIEW
    assert office.answer(again).finished
    assert office.times_kept() == 1


def test_back_goes_to_the_step_before_and_keeps_what_was_answered(office: Office) -> None:
    second = office.answer(office.open(), name="Ana")
    with office.store.work() as records:
        before = office.desk.back(records, office.ana, second.conversation.id, "Second.place", NOW)
        first = office.desk.back(records, office.ana, second.conversation.id, "First.name", NOW)
    assert stands(before)["name"] == "Ana"
    assert stands(first) == {"place": None}  # there is none before the first: where the person was


def test_the_same_screen_twice_is_taken_once(office: Office) -> None:
    opened = office.open("short")
    assert office.answer(opened, name="Ana").finished
    again = office.answer(opened, name="Ana")
    assert again.finished
    assert "sent already" in says(again)
    assert office.times_kept() == 1


def test_the_review_sent_twice_is_sent_once(office: Office) -> None:
    review = office.answer(office.answer(office.open(), name="Ana"), place="Berlin")
    assert office.answer(review).finished
    assert "sent already" in says(office.answer(review))
    assert office.times_kept() == 1


def test_a_step_submitted_twice_is_the_same_step_once(office: Office) -> None:
    opened = office.open()
    second = office.answer(opened, name="Ana")
    again = office.answer(opened, name="Ana")
    assert stands(again) == {"place": None}
    assert again.conversation.revision == second.conversation.revision


def test_two_windows_the_later_one_is_shown_and_loses_nothing(office: Office) -> None:
    phone, laptop = office.open(), office.open()
    office.answer(phone, name="From the phone")
    conflict = office.answer(laptop, name="From the laptop", note="both")
    assert "changed in another window" in says(conflict)
    assert stands(conflict) == {"name": "From the laptop", "note": "both"}
    assert office.conversation(conflict).answers["First"]["name"] == "From the phone"
    second = office.answer(conflict, name="From the laptop", note="both")
    assert stands(second) == {"place": None}
    assert office.conversation(second).answers["First"] == {"name": "From the laptop", "note": "both"}


def test_a_review_that_is_out_of_date_is_not_sent(office: Office) -> None:
    review = office.answer(office.answer(office.open(), name="Ana"), place="Berlin")
    with office.store.work() as records:
        office.desk.change(records, office.ana, review.conversation.id, "First.name", NOW)
    outdated = office.answer(review)
    assert not outdated.finished
    assert "changed in another window" in says(outdated)
    assert office.times_kept() == 0


def test_a_problem_stays_at_its_field_and_every_other_answer_with_it(office: Office) -> None:
    turn = office.answer(office.open(), note="n" * 10)
    assert {name: words.en for name, words in turn.screen.problems().items()} == {
        "First.name": "This one needs an answer before you go on."
    }
    assert office.conversation(turn).typed == {"First.name": "", "First.note": "n" * 10}
    assert stands(office.open())["note"] == "n" * 10


def test_older_keystrokes_never_replace_newer_ones(office: Office) -> None:
    opened = office.open()
    assert office.keep(opened, "1772613000.200000", **{"First.name": "Ana Rib"})
    assert not office.keep(opened, "1772613000.100000", **{"First.name": "Ana"})
    assert office.keep(opened, "1772613000.300000", **{"First.name": "Ana Ribeiro"})
    assert stands(office.open())["name"] == "Ana Ribeiro"


def test_keystrokes_of_a_screen_that_was_submitted_are_too_late(office: Office) -> None:
    opened = office.open()
    office.answer(opened, name="Ana Ribeiro")
    assert not office.keep(opened, "1772613000.300000", **{"First.name": "Ana"})
    assert office.conversation(opened).answers["First"]["name"] == "Ana Ribeiro"


def test_what_the_flow_refuses_stays_to_be_corrected(office: Office) -> None:
    opened = office.open("short")
    refused = office.answer(opened, name="no")
    assert not refused.finished
    assert "Not like that." in says(refused)
    assert stands(refused)["name"] == "no"
    assert office.conversation(refused).state == "open"
    assert office.answer(refused, name="Ana").finished


def test_the_review_that_the_flow_refuses_keeps_every_answer(office: Office) -> None:
    review = office.answer(office.answer(office.open(), name="no"), place="Berlin")
    refused = office.answer(review)
    assert "Not like that." in says(refused)
    assert office.conversation(refused).answers == {
        "First": {"name": "no", "note": None},
        "Second": {"place": "Berlin"},
    }
    assert office.times_kept() == 0


def test_what_closed_meanwhile_shows_all_that_was_typed(office: Office) -> None:
    opened = office.open()
    with office.store.work() as records:
        records._connection.exec_driver_sql("UPDATE conversation SET subject = 'closed'")
    turn = office.answer(opened, name="A long thought", note="and a note")
    assert says(turn) == "It is closed.\nA long thought\nand a note"
    assert office.conversation(opened).typed["First.name"] == "A long thought"


def test_a_draft_is_opened_where_it_was_left_and_given_up_it_begins_anew(office: Office) -> None:
    office.answer(office.open(), name="Ana")
    left = office.open()
    assert stands(left) == {"place": None}
    with office.store.work() as records:
        office.desk.give_up(records, office.ana, left.conversation.id, NOW)
    with pytest.raises(NotThere), office.store.work() as records:
        office.desk.mine(records, office.ana, left.conversation.id)
    assert stands(office.open()) == {"name": None, "note": None}


def test_what_was_sent_is_edited_unless_the_flow_begins_anew(office: Office) -> None:
    office.answer(office.open("short"), name="Ana")
    assert stands(office.open("short"))["name"] == "Ana"
    first = office.open("anew")
    assert stands(first)["name"] == "s"
    office.answer(first, name="Ana")
    second = office.open("anew")
    assert stands(second)["name"] == "s"
    assert second.conversation.id != first.conversation.id


def test_somebody_elses_conversation_is_not_there(office: Office) -> None:
    turn = office.open()
    for event in (
        lambda records: office.desk.mine(records, office.ben, turn.conversation.id),
        lambda records: office.desk.change(records, office.ben, turn.conversation.id, "First.name", NOW),
        lambda records: office.desk.back(records, office.ben, turn.conversation.id, "First.name", NOW),
        lambda records: office.desk.preview(records, office.ben, turn.conversation.id, NOW),
        lambda records: office.desk.give_up(records, office.ben, turn.conversation.id, NOW),
        lambda records: office.desk.answer(records, office.ben, turn.conversation.id, 0, REVIEW, {}, NOW),
        lambda records: office.desk.keep(
            records, office.ben, turn.conversation.id, 0, {"a.b": "x"}, "9", NOW
        ),
    ):
        with pytest.raises(NotThere), office.store.work() as records:
            event(records)
    assert office.conversation(turn) == turn.conversation


def test_a_flow_that_does_not_exist_and_one_without_right_read_the_same(office: Office) -> None:
    gone = replace(office.ana, active=False)
    with pytest.raises(NotThere) as unknown:
        office.open("nothing")
    with pytest.raises(NotThere) as forbidden:
        office.open("long", who=gone)
    assert unknown.value.words == forbidden.value.words


def test_a_preview_is_of_all_answers_or_none(office: Office) -> None:
    second = office.answer(office.open(), name="Ana")
    with pytest.raises(NotThere), office.store.work() as records:
        office.desk.preview(records, office.ana, second.conversation.id, NOW)
    office.answer(second, place="Berlin")
    with office.store.work() as records:
        assert office.desk.preview(records, office.ana, second.conversation.id, NOW).title == KEPT


def test_of_two_that_save_at_once_one_is_told(office: Office) -> None:
    turn = office.open()
    with office.store.work() as records:
        saved(records, turn.conversation)
        with pytest.raises(Refusal, match="changed somewhere else at the same moment"):
            saved(records, turn.conversation)


def test_a_field_that_is_no_longer_asked_is_kept_as_typed(office: Office) -> None:
    opened = office.open()
    with office.store.work() as records:
        turn = office.desk.answer(
            records, office.ana, opened.conversation.id, 0, "Gone.field", {"Gone.field": "my text"}, NOW
        )
    assert office.conversation(turn).typed["Gone.field"] == "my text"
    assert stands(turn) == {"name": None, "note": None}
