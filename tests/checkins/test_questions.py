"""HR's own questions, one a line: read, written back the same, and refused with the line's number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.checkins.questions import (
    MOODS,
    MOST_OWN,
    STANDARD,
    questionnaire,
    read_questions,
    standard,
    write_questions,
)
from flows.core.kinds import Choice, Kind, Number, Percent, Rating, Text, YesNo
from flows.core.questions_json import dump, load
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import Rhythm


@pytest.mark.parametrize(
    ("line", "kind", "optional", "en", "zh"),
    [
        ("long: What did you learn? | 学到了什么？", Text(4), False, "What did you learn?", "学到了什么？"),
        ("short?: One word | 一个词", Text(1, 300), True, "One word", "一个词"),
        ("number: How many? | 多少？", Number(), False, "How many?", "多少？"),
        ("percent : Share", Percent(), False, "Share", "Share"),
        ("yes/no: 顺利吗？", YesNo(), False, "顺利吗？", "顺利吗？"),
        ("rating?: Energy | 精力", Rating(MOODS), True, "Energy", "精力"),
        ("long：学到了什么？", Text(4), False, "学到了什么？", "学到了什么？"),
        ("long？：学到了什么", Text(4), True, "学到了什么", "学到了什么"),
        ("long: At 09:00: what? | 九点：什么？", Text(4), False, "At 09:00: what?", "九点：什么？"),
        ("short: <!channel> {0} *b*", Text(1, 300), False, "<!channel> {0} *b*", "<!channel> {0} *b*"),
    ],
)
def test_a_line_is_read(line: str, kind: Kind, optional: bool, en: str, zh: str) -> None:
    (question,) = read_questions(line)
    assert (question.kind, question.optional, question.words) == (kind, optional, Words(en, zh))
    assert read_questions(write_questions([question])) == (question,)


def test_a_choice_has_its_options_in_english_or_chinese_signs() -> None:
    for line in (
        "choice(office, at home): Where?",
        "choice（office，at home）：Where?",
        "choice (office、at home): Where?",
    ):
        (question,) = read_questions(line)
        assert isinstance(question.kind, Choice)
        assert [option.key for option in question.kind.options] == ["office", "at home"], line


@pytest.mark.parametrize(
    ("written", "en", "zh"),
    [
        ("What did you learn?", "Line 1 is not understood: What did you learn?", "第 1 行无法识别"),
        ("\n\nlong: fine\nsong: x", "Line 4 is not understood: song: x", "第 4 行无法识别"),
        ("long:", "Line 1 is not understood", "第 1 行无法识别"),
        ("long: |", "Line 1 is not understood", "第 1 行无法识别"),
        ("choice: Where?", "Line 1: a choice needs at least two options", "第 1 行：choice 至少需要两个选项"),
        (
            "choice(home): Where?",
            "Line 1: a choice needs at least two options",
            "第 1 行：choice 至少需要两个选项",
        ),
        ("choice(a, b, a): Where?", "Line 1 offers the same option twice", "第 1 行有重复的选项"),
        ("short: Why?\nlong?: Why?", "Line 2 asks the same as a line above: Why?", "第 2 行与上面的问题重复"),
        ("short: Why?\nlong?: why!", "Line 2 asks the same as a line above: why!", "第 2 行与上面的问题重复"),
        ("short: Why? | 为什么？\nshort: Why not?\nshort: Why?", "Line 3 asks the same", "第 3 行与上面"),
        ("{0} {x}: y", "Line 1 is not understood: {0} {x}: y", "第 1 行无法识别：{0} {x}: y"),
        ("x" * 4000, "Line 1 is not understood", "第 1 行无法识别"),
        (
            "\n".join(f"long: question {n}" for n in range(MOST_OWN + 1)),
            "At most 20 questions of your own",
            "最多 20 个",
        ),
    ],
)
def test_a_line_that_is_not_understood_is_named(written: str, en: str, zh: str) -> None:
    with pytest.raises(Refusal) as no:
        read_questions(written)
    assert no.value.words.en.startswith(en)
    assert zh in no.value.words.zh


@given(st.text(st.characters(), max_size=200))
def test_whatever_hr_types_is_questions_or_a_refusal(written: str) -> None:
    try:
        questions = read_questions(written)
    except Refusal:
        return
    assert read_questions(write_questions(questions)) == questions
    assert load(dump(questions)) == questions


PART = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=20
)


@given(st.sampled_from(["short", "long", "number", "percent", "yes/no", "rating"]), st.booleans(), PART)
def test_any_words_make_a_question_that_is_written_back_the_same(
    kind: str, optional: bool, words: str
) -> None:
    questions = read_questions(f"{kind}{'?' if optional else ''}: Q {words}")
    assert len(questions) == 1
    assert read_questions(write_questions(questions)) == questions


def test_an_own_question_is_known_by_its_words_wherever_its_line_stands() -> None:
    first, second = read_questions("short: Why?\nshort: What for?")
    again = read_questions("short: What for?\nnumber: How many?\nshort: Why?")
    assert [again[2].name, again[0].name] == [first.name, second.name]
    assert not {question.name for question in again} & {question.name for question in STANDARD}


def test_the_standard_questions_speak_of_a_week_only_where_there_is_one() -> None:
    names = [question.name for question in STANDARD]
    assert standard(names) == STANDARD
    for rhythm in (Rhythm.BIWEEKLY, Rhythm.MONTHLY):
        longer = standard(names, rhythm)
        assert [question.name for question in longer] == names
        said = [words for q in longer for words in (q.words.en, q.words.zh)]
        said += [*vars_of(questionnaire(longer, rhythm).title)]
        assert not [words for words in said if "week" in words or "周" in words]


def vars_of(words: Words) -> tuple[str, str]:
    return words.en, words.zh


def test_standard_questions_keep_their_order_and_leave_out_the_rest() -> None:
    assert [q.name for q in standard(["mood", "done", "nothing"])] == ["done", "mood"]
