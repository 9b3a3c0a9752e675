"""Answering in the chat, from the inside: one live question at a time, and messages that read true when they leave late."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.core.chat import BACK, COMMANDS, HELLO, HELP, SEND, SKIP, STOP
from flows.core.said import clean
from flows.core.screen import Buttons, Letter
from tests.stories.conftest import MONDAY_BERLIN, opened
from tests.stories.test_weekly_checkin import goal_keys


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Any]:
    """The sample company on the bare screens."""
    yield from opened("plain", tmp_path, running_programme=True)


def questions(town: Any, player: Any) -> list[Letter]:
    return [sent.letter for sent in town.sent[player.person.id] if sent.row.message.kind == "chat.ask"]


def live(town: Any, player: Any) -> int:
    """How many questions of the chat still ask for something."""
    return sum(len(letter.body) > 1 for letter in questions(town, player))


def test_only_the_last_question_is_live(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    for said in (
        "Login",
        "",
        "back",
        "Login page",
        "Release",
        "x" * 3001,
        "skip",
        "nobody",
        "skip",
        "skip",
        "7",
        "4",
        "ok?",
    ):
        kavya.write(said)
        assert live(town, kavya) == 1, said
    kavya.write("send")
    assert live(town, kavya) == 0
    assert not [
        letter for letter in questions(town, kavya) if any(isinstance(e, Buttons) for e in letter.body)
    ]


def test_stopping_leaves_no_live_question(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.write("Login")
    kavya.write("stop")
    assert live(town, kavya) == 0


def test_a_form_that_moves_on_leaves_no_live_question(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    arjun = town.player("arjun")
    for said in ("Alerts", "Drill", *["skip"] * 5):
        arjun.write(said)
    assert live(town, arjun) == 1  # the first goal's buttons
    arjun.command("/checkin")
    arjun.fill(**{f"Progress:{key}.health": "on_track" for key in goal_keys(town, "arjun")})
    assert arjun.submit() == {}
    assert live(town, arjun) == 0


def test_a_goal_that_goes_while_it_is_asked_about_is_not_asked_about(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    arjun = town.player("arjun")
    for said in ("Alerts", "Drill", *["skip"] * 5):
        arjun.write(said)
    on_track = arjun.later("On track")
    town.records(lambda records: records._connection.exec_driver_sql("DELETE FROM goal"))
    on_track()
    assert "That was all. Send it?" in arjun.messages()[-1]


def test_an_empty_message_answers_nothing(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.write("\u200b")
    assert "What did you finish this week?" in kavya.messages()[-1]
    kavya.write("\x00")
    assert "This one needs an answer before you go on." in kavya.messages()[-1]
    assert live(town, kavya) == 1


def test_two_messages_at_once_are_two_answers(town: Any) -> None:
    town.to(MONDAY_BERLIN)
    kavya = town.player("kavya")
    kavya.write("Login")
    kavya.write("Release")
    kavya.command("/checkin")
    assert (kavya.field("done"), kavya.field("next")) == ("Login", "Release")


@pytest.mark.parametrize("words", [BACK, SKIP, STOP, SEND, HELLO, HELP])
def test_words_of_command_are_written_as_they_are_compared(words: frozenset[str]) -> None:
    assert [word for word in words if clean(word).casefold() != word] == []


def test_a_word_means_one_thing() -> None:
    families = [BACK, SKIP, STOP, SEND, HELLO]
    assert sum(map(len, families)) == len(frozenset().union(*families))
    assert BACK | SKIP | SEND <= COMMANDS
