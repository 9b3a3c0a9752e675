"""The screens every flow has: what stands on a step, on the look at all answers, and after a no."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from flows.core import screens
from flows.core.catalog import Flow
from flows.core.conversation import REVIEW, Conversation
from flows.core.page import Page, Questionnaire, text
from flows.core.play import Ask, Played, play
from flows.core.said import Reader
from flows.core.screen import Act, Button, Buttons, Divider, Field, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words
from flows.people.policy import Thing

TITLE = Words("Title", "标题")
READER = Reader(
    "en",
    "Europe/Berlin",
    datetime(2026, 3, 4, 8, tzinfo=UTC),
    lambda _: None,
    str,
    lambda person: f"account:U{person}",
)


class One(Page):
    title = Words("One", "一")
    note = Words("Small print", "说明")
    first: str = text("First?", "第一？")
    second: str | None = text("Second?", "第二？", optional=True)


class Two(Page):
    title = Words("Two", "二")
    third: str = text("Third?", "第三？")


def both(ask: Ask, _: object) -> tuple[str, str]:
    return ask(One).first, ask(Two).third


def single(ask: Ask, _: object) -> str:
    return str(ask(One).first)


def parts(steps: Any, answers: Any = None, **more: Any) -> tuple[Flow, Conversation, Played]:
    made = Flow(
        "f", TITLE, ("door", "read"), lambda *_: Thing("door"), lambda *_: None, lambda *_: TITLE, steps
    )
    talk = Conversation("c", "f", 1, "s", answers or {}, revision=3, **more)
    return made, talk, play(steps, None, talk.answers, 12)


def fields(screen: Screen) -> dict[str, Field]:
    return {element.name: element for element in screen.body if isinstance(element, Field)}


def test_a_single_screen_is_sent_and_a_first_of_several_goes_on() -> None:
    made, talk, played = parts(single)
    screen = screens.asking(made, talk, played, played.steps[0], READER)
    assert screen.submit == screens.SEND
    assert screen.place == Act("form", ("c", "3", "One.first"))
    assert not [element for element in screen.body if isinstance(element, Heading | Buttons | Divider)]
    made, talk, played = parts(both)
    screen = screens.asking(made, talk, played, played.steps[0], READER)
    assert screen.submit == screens.NEXT
    assert [element.words.en for element in screen.body if isinstance(element, Heading)] == ["One"]
    assert not [element for element in screen.body if isinstance(element, Buttons)]


def test_a_later_screen_says_how_far_it_is_and_goes_back() -> None:
    made, talk, played = parts(both, {"One": {"first": "a", "second": None}})
    screen = screens.asking(made, talk, played, played.steps[1], READER)
    assert Note(Words("2 of 3", "第 2 步，共 3 步")) in screen.body
    assert screen.body[-1] == Buttons((Button(screens.BACK, Act("back", ("c", "Two.third"))),))


def test_readers_are_named_before_the_first_question_and_a_problem_at_its_own() -> None:
    made, talk, played = parts(single)
    problem, readers, note = (
        Words("Too long", "太长"),
        Words("Read by Ana", "阅读者：Ana"),
        Words("Look", "看"),
    )
    screen = screens.asking(
        made, talk, played, played.steps[0], READER, readers, problems={"One.second": problem}, note=note
    )
    assert screen.body[:3] == (Line(note), Note(readers), Note(One.note))  # type: ignore[arg-type]
    assert screen.problems() == {"One.second": problem}


@pytest.mark.parametrize(
    ("typed", "answers", "stands"),
    [
        ({}, {}, None),
        ({}, {"One": {"first": "kept"}}, "kept"),
        ({"One.first": "typed"}, {"One": {"first": "kept"}}, "typed"),
        ({"One.first": ""}, {"One": {"first": "kept"}}, ""),  # taken out again: it stays out
    ],
)
def test_what_was_typed_last_stands_in_the_field(typed: Any, answers: Any, stands: str | None) -> None:
    made, talk, played = parts(single, answers, typed=typed)
    screen = screens.asking(made, talk, played, played.steps[0], READER)
    assert fields(screen)["One.first"].said == stands


def test_the_look_at_all_answers_has_an_edit_button_for_each() -> None:
    made, talk, played = parts(both, {"One": {"first": "a", "second": None}, "Two": {"third": "<!channel>"}})
    screen = screens.review(made, talk, played, READER)
    rows = [(row.name, row.words, row.button.act) for row in screen.body if isinstance(row, Row)]
    assert rows == [
        (Words("First?", "第一？"), Words("a", "a"), Act("edit", ("c", "One.first"))),
        (Words("Second?", "第二？"), screens.EMPTY, Act("edit", ("c", "One.second"))),
        (Words("Third?", "第三？"), Words("<!channel>", "<!channel>"), Act("edit", ("c", "Two.third"))),
    ]
    assert screen.place == Act("form", ("c", "3", REVIEW))
    over = Button(screens.START_OVER, Act("drop", ("c",)), "danger", screens.SURE)
    assert [element for element in screen.body if isinstance(element, Buttons)] == [Buttons((over,))]
    sent = screens.review(made, replace(talk, state="done"), played, READER)
    assert not [element for element in sent.body if isinstance(element, Buttons)]
    shown = screens.review(replace(made, preview=lambda _: screen), talk, played, READER)
    assert Buttons((Button(screens.PREVIEW, Act("preview", ("c",))), over)) in shown.body


def test_a_page_cut_over_two_screens_is_headed_once_in_the_look() -> None:
    made, talk, _ = parts(single, {"One": {"first": "a", "second": "b"}})
    played = play(single, None, talk.answers, 1)
    screen = screens.review(made, talk, played, READER)
    assert [element.words.en for element in screen.body if isinstance(element, Heading)] == ["One"]


def test_a_no_shows_all_that_had_been_typed() -> None:
    said = {"a": "A long thought", "b": "  ", "c": ["key"], "d": "And another"}
    screen = screens.closed(TITLE, said)
    assert [element.text for element in screen.body if isinstance(element, Quote)] == [
        "A long thought",
        "And another",
    ]
    assert screen.submit is None
    assert screens.closed(TITLE, {"c": ["key"]}).body == (Line(TITLE),)


def test_a_form_kept_as_data_looks_like_a_page() -> None:
    made, talk, played = parts(lambda ask, _: ask.form(Questionnaire("form", TITLE, One.questions)))
    assert list(fields(screens.asking(made, talk, played, played.steps[0], READER))) == [
        "form.first",
        "form.second",
    ]


@pytest.mark.parametrize("said", ["", " ", "\u200b", [], ["", "\u200b"], "\x00"])
def test_nothing_was_said(said: Any) -> None:
    assert not screens.said_something(said)


@pytest.mark.parametrize("said", ["a", ["", "b"], "0", "。"])
def test_something_was_said(said: Any) -> None:
    assert screens.said_something(said)
