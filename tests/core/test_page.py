"""Pages: questions stated once, in both languages; answers that do not change."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import pytest

from flows.core.kinds import Number, Text
from flows.core.page import (
    Page,
    as_options,
    choice,
    choices,
    day,
    is_answered,
    link,
    moment,
    money,
    number,
    people,
    percent,
    person,
    rating,
    text,
    values_of,
    yes_no,
)
from flows.core.said import LONG, SHORT, Option
from flows.core.words import Words


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


COLOURS = {Colour.RED: Words("Red", "红"), Colour.BLUE: Words("Blue", "蓝")}


class Base(Page):
    title = Words("Base", "基础")
    first: str = text("First?", "第一？")


class Everything(Base):
    title = Words("Everything", "全部")
    short: str = text("Short?", "短？")
    long: str = text("Long?", "长？", lines=4)
    figure: Decimal = number("Figure?", "数字？", least=0, most=10.5, unit=Words("days", "天"))
    share: Decimal = percent("Share?", "比例？")
    amount: tuple[Decimal, str] = money("Amount?", "金额？", currency="EUR")
    yes: bool = yes_no("Yes?", "是吗？")
    colour: Colour = choice("Colour?", "颜色？", COLOURS)
    colours: tuple[Colour, ...] = choices("Colours?", "颜色？", COLOURS, least=1)
    stars: int = rating("Stars?", "星级？", [Option("1", Words("One", "一"), Words("Poor", "差"))])
    whom: int = person("Whom?", "谁？")
    all: tuple[int, ...] = people("All?", "所有人？", optional=True)
    on: str = day("On?", "哪天？")
    at: str = moment("At?", "何时？")
    where: str = link("Where?", "网址？")


def test_questions_come_in_the_order_they_are_written_those_of_the_base_first() -> None:
    names = [question.name for question in Everything.questions]
    assert names == [
        "first",
        "short",
        "long",
        "figure",
        "share",
        "amount",
        "yes",
        "colour",
        "colours",
        "stars",
        "whom",
        "all",
        "on",
        "at",
        "where",
    ]
    assert [question.name for question in Base.questions] == ["first"]


def test_a_short_text_is_shorter_than_a_long_one() -> None:
    kinds = {question.name: question.kind for question in Everything.questions}
    assert kinds["short"] == Text(1, SHORT)
    assert kinds["long"] == Text(4, LONG)
    assert kinds["figure"] == Number(Words("days", "天"), Decimal(0), Decimal("10.5"))


def test_a_page_holds_answers_and_they_do_not_change() -> None:
    page = Base(first="a")
    assert page.first == "a"
    assert page == Base(first="a") != Base(first="b")
    assert hash(page) == hash(Base(first="a"))
    assert repr(page) == "Base(first='a')"
    with pytest.raises(AttributeError, match=r"Base\.first is an answer and does not change"):
        page.first = "b"  # type: ignore[misc]


def test_an_enum_is_kept_by_its_value_and_given_back_as_itself() -> None:
    found = values_of(Everything.questions, {"colour": "red", "colours": ["red", "blue"]})
    assert found["colour"] is Colour.RED
    assert found["colours"] == (Colour.RED, Colour.BLUE)
    assert found["short"] is None
    assert [option.key for option in as_options(COLOURS)] == ["red", "blue"]


def test_answered_with_nothing_is_answered() -> None:
    (question,) = Base.questions
    assert is_answered(question, {"first": None})
    assert not is_answered(question, {})
