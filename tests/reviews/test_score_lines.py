"""One line behind /score, read as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flows.core.refusal import Refusal
from flows.reviews.scoring.lines import Line, read_line

PEOPLE = {
    "<@U1>": 1,
    "<@U1|kavya>": 1,
    "kavya@example.com": 1,
    "Kavya Iyer": 1,
    "陈伟": 2,
    "Ana de la Cruz": 3,
}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<@U1>", Line(1)),
        ('<@U1> 4 "Halved the crashes"', Line(1, "4", "Halved the crashes")),
        ("<@U1|kavya> A “崩溃减半”", Line(1, "A", "崩溃减半")),
        ("<@U1> goals=85 behaviour=4", Line(1, values={"goals": "85", "behaviour": "4"})),
        ("<@U1> 目标＝85 行为 = 4", Line(1, values={"goals": "85", "behaviour": "4"})),
        ('<@U1> behaviour=4 3.5 "why"', Line(1, "3.5", "why", {"behaviour": "4"})),
        ('<@U1> rating=B reason="as agreed"', Line(1, "B", "as agreed")),
        ("kavya@example.com 4 good work all year", Line(1, "4", "good work all year")),
        ("Kavya Iyer 4", Line(1, "4")),
        ("Ana de la Cruz S", Line(3, "S")),
        ("陈伟 B 「稳定」", Line(2, "B", "稳定")),
        ('<@U1> 4 "never closed', Line(1, "4", "never closed")),
        ("<@U1> 4 it's fine", Line(1, "4", "it's fine")),
    ],
)
def test_what_a_line_says(text: str, line: Line) -> None:
    assert read_line(text, PEOPLE.get) == line


@pytest.mark.parametrize("text", ["", "4", "nobody 4", "<@U9> 4", '"only a reason"', "goals=85"])
def test_a_line_about_nobody_says_how_to_type_it(text: str) -> None:
    with pytest.raises(Refusal) as no:
        read_line(text, PEOPLE.get)
    assert "/score @person" in no.value.words.en
    assert "/score @某人" in no.value.words.zh


def test_a_value_given_twice_is_asked_about() -> None:
    with pytest.raises(Refusal) as no:
        read_line("<@U1> goals=85 目标=90", PEOPLE.get)
    assert "goals stands there twice" in no.value.words.en


@given(text=some.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        line = read_line("<@U1> " + text, PEOPLE.get)
    except Refusal:
        return
    assert line.person == 1
