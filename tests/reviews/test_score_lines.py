"""One line behind /score, read as people type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from flows.core.kinds import Rating, Text
from flows.core.page import Question
from flows.core.refusal import Refusal
from flows.core.said import clean
from flows.core.words import Words, same
from flows.reviews.scoring.lines import Line, read_line, read_whom
from tests.stories.quarter import STEPS

PEOPLE = {
    "<@U1>": [1],
    "<@U1|kavya>": [1],
    "kavya@example.com": [1],
    "Kavya Iyer": [1],
    "陈伟": [2],
    "Ana de la Cruz": [3],
    "Iyer, Kavya": [1],
    "李娜": [4, 5],
}


def asked(name: str, *, text: bool = False) -> Question:
    return Question(name, same(name), Text() if text else Rating(STEPS))


FORM = (asked("behaviour"), asked("ability"), asked("strengths", text=True))


@pytest.mark.parametrize(
    ("text", "whom", "rest"),
    [
        ("<@U1>", 1, ""),
        ("<@U1|kavya>4", 1, "4"),
        ("kavya@example.com 4 good", 1, " 4 good"),
        ("Kavya Iyer 4", 1, " 4"),
        ("Ana de la Cruz S", 3, " S"),
        ("Iyer, Kavya, S", 1, ", S"),
        ("陈伟，A，“好”", 2, "，A，“好”"),
        ("陈伟：A", 2, "A"),
        ("陈伟“好”", 2, "“好”"),
    ],
)
def test_whom_a_line_is_about(text: str, whom: int, rest: str) -> None:
    assert read_whom(text, lambda name: PEOPLE.get(name, [])) == (whom, rest)


@pytest.mark.parametrize("text", ["", "4", "nobody 4", "<@U9> 4", '"only a reason"', "goals=85", "，"])
def test_a_line_about_nobody_says_how_to_type_it(text: str) -> None:
    with pytest.raises(Refusal) as no:
        read_whom(text, lambda name: PEOPLE.get(name, []))
    assert "/score @person" in no.value.words.en
    assert "/score @某人" in no.value.words.zh


def test_two_of_one_name_are_told_apart_by_something_else() -> None:
    with pytest.raises(Refusal) as no:
        read_whom("李娜 A", lambda name: PEOPLE.get(name, []))
    assert "2 of your people are called 李娜." in no.value.words.en
    assert "你有 2 位下属都叫“李娜”" in no.value.words.zh


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", Line()),
        ('4 "Halved the crashes"', Line("4", "Halved the crashes")),
        ("A “崩溃减半”", Line("A", "崩溃减半")),
        ("A”崩溃减半”", Line("A”崩溃减半”")),
        ("A ”崩溃减半”", Line("A", "崩溃减半")),
        ("A“崩溃减半”", Line("A", "崩溃减半")),
        ("goals=85 behaviour=4", Line(values={"goals": "85", "behaviour": "4"})),
        ("目标＝85 行为 = 4", Line(values={"goals": "85", "behaviour": "4"})),
        ('behaviour=4 3.5 "why"', Line("3.5", "why", {"behaviour": "4"})),
        ('rating=B reason="as agreed"', Line("B", "as agreed")),
        ("4 good work all year", Line("4", "good work all year")),
        ("B 「稳定」", Line("B", "稳定")),
        ('4 "never closed', Line("4", "never closed")),
        ("4 it's fine", Line("4", "it's fine")),
        ("4 'it's fine'", Line("4", "it's fine")),
        ("4 '90s style", Line("4", "'90s style")),
        ('4 "she said "wow" and left"', Line("4", 'she said "wow" and left')),
        ('4 she said "wow" and left', Line("4", 'she said "wow" and left')),
        ('4 "said "wow", and left"', Line("4", 'said "wow", and left')),
        ("4 “他说“好”然后走了”", Line("4", "他说“好”然后走了")),
        ('"a "b c" strengths="d e"', Line("", 'a "b c', {"strengths": "d e"})),
        ('"one" 4 two', Line("4", "one two")),
        ('4 "one" "two"', Line("4", "one two")),
        ("评级：A 理由：好", Line("A", "好")),
        ("评级: A 理由: 好", Line("A", "好")),
        ("A，“理由”，行为=4，能力=3", Line("A", "理由", {"behaviour": "4", "ability": "3"})),
        ("A, behaviour=4,ability=3", Line("A", values={"behaviour": "4", "ability": "3"})),
        ('， A ， "好" 、', Line("A", "好")),
        ("A，交付准时，带动全组。", Line("A", "交付准时，带动全组。")),
        ("A the note: at 12:30, see http://x", Line("A", "the note: at 12:30, see http://x")),
        ("A 理由=很好 很棒", Line("A", "很好 很棒")),
        ("理由=很好 很棒 评级=A", Line("A", "很好 很棒")),
        ("A reason=very good, p95 down 行为：4", Line("A", "very good, p95 down", {"behaviour": "4"})),
        ("A strengths=快，好 稳", Line("A", values={"strengths": "快，好 稳"})),
        ("goals=1,000", Line(values={"goals": "1,000"})),
        ('A "the rate x=3 rose" goals=85', Line("A", "the rate x=3 rose", {"goals": "85"})),
        ("speed=3", Line(values={"speed": "3"})),
    ],
)
def test_what_a_line_says(text: str, line: Line) -> None:
    assert read_line(text, FORM) == line


def test_a_forms_own_name_comes_before_an_alias_and_before_the_words_of_the_end() -> None:
    own = (asked("goal"), asked("why", text=True), asked("rating"), asked("reason", text=True))
    line = read_line("A good goal=3 why=so rating=2 reason=as ever", own)
    assert line == Line("A", "good", {"goal": "3", "why": "so", "rating": "2", "reason": "as ever"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("goals=85 目标=90", Words("goals stands there twice", "goals 写了两次")),
        ("A reason=", Words("Nothing stands behind reason=", "reason= 后面没有内容")),
    ],
)
def test_a_value_given_twice_or_not_at_all_is_asked_about(text: str, words: Words) -> None:
    with pytest.raises(Refusal) as no:
        read_line(text, FORM)
    assert words.en in no.value.words.en
    assert words.zh in no.value.words.zh


TYPED = some.text(
    some.sampled_from("aB4 =＝:：,，、;\"“”'‘’「」『』理由评级行为behaviourreason\n\t"), max_size=80
)


@given(text=some.one_of(some.text(max_size=300), TYPED))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_whom(text, lambda name: PEOPLE.get(name, []))
        read_line(text, FORM)
    except Refusal:
        return


@given(
    reason=some.text(max_size=100)
    .map(clean)
    .filter(lambda said: said and not set(said) & set("\"“”＂'‘’「」『』")),
    marks=some.sampled_from(['""', "“”", "””", "““", "「」", "''", "『』"]),
    where=some.sampled_from(["A {}", "{} A", "A reason={}", "理由：{} A", "A，{}，行为=3"]),
)
def test_a_quoted_reason_comes_back_unchanged(reason: str, marks: str, where: str) -> None:
    line = read_line(where.replace("{}", marks[0] + reason + marks[1]), FORM)
    assert (line.rating, line.reason) == ("A", reason)
