"""The replay: whatever the order, the edits, the restarts and the room on a screen, the same answers end the same."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.core.kinds import Choice, Text
from flows.core.page import Page, Question, Questionnaire, choice, text
from flows.core.play import FARTHEST, Ask, Played, play
from flows.core.said import Option
from flows.core.words import Words


@dataclass(frozen=True)
class Goal:
    key: str
    title: str = ""

    def __str__(self) -> str:
        return self.title or self.key


class Intro(Page):
    title = Words("Intro", "介绍")
    name: str = text("Name?", "姓名？")
    deep: str = choice("More?", "还要吗？", {"yes": Words("Yes", "是"), "no": Words("No", "否")})


class Deep(Page):
    title = Words("Deep", "深入")
    why: str = text("Why?", "为什么？")
    how: str | None = text("How?", "怎么做？", optional=True)


class Progress(Page):
    title = Words("Goal {item}", "目标 {item}")
    health: str = choice("Health?", "状态？", {"good": Words("Good", "好"), "bad": Words("Bad", "差")})
    note: str | None = text("Note?", "备注？", optional=True)


class Rescue(Page):
    title = Words("Rescue {item}", "帮助 {item}")
    help: str = text("Help?", "帮助？")


FORM = Questionnaire(
    "week",
    Words("Week", "本周"),
    (
        Question("done", Words("Done?", "完成？"), Text()),
        Question("mood", Words("Mood?", "心情？"), Choice((Option("1", Words("1", "1")),)), optional=True),
    ),
)


def checkin(ask: Ask, goals: tuple[Goal, ...]) -> Any:
    """All that a flow can do: a page, a branch, a form, the same page for several things, and for some of them."""
    intro = ask(Intro)
    deep = ask(Deep) if intro.deep == "yes" else None
    form = ask.form(FORM)
    progress = ask.each(Progress, goals)
    rescue = ask.each(Rescue, [goal for goal, page in progress.items() if page.health == "bad"])
    return intro, deep, form, progress, rescue


GOALS = tuple(Goal(str(n), f"goal {n}") for n in range(3))
WHAT = {
    "name": st.sampled_from(["Ana", "李娜"]),
    "deep": st.sampled_from(["yes", "no"]),
    "why": st.just("because"),
    "how": st.none() | st.just("so"),
    "done": st.just("work"),
    "mood": st.none() | st.just("1"),
    "health": st.sampled_from(["good", "bad"]),
    "note": st.none() | st.just("n"),
    "help": st.just("hands"),
}


def every_field(goals: tuple[Goal, ...]) -> list[str]:
    pages = ["Intro.name", "Intro.deep", "Deep.why", "Deep.how", "week.done", "week.mood"]
    for goal in goals:
        pages += [f"Progress:{goal.key}.health", f"Progress:{goal.key}.note", f"Rescue:{goal.key}.help"]
    return pages


@st.composite
def answered(draw: st.DrawFn) -> dict[str, Any]:
    """One answer to everything that may be asked."""
    return {field: draw(WHAT[field.rpartition(".")[2]]) for field in every_field(GOALS)}


def restart(answers: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(json.dumps(answers))
    return found


def keep(answers: dict[str, dict[str, Any]], field: str, said: Any) -> dict[str, dict[str, Any]]:
    page, _, name = field.rpartition(".")
    answers.setdefault(page, {})[name] = said
    return restart(answers)


def walk(all_answers: dict[str, Any], capacity: int, goals: tuple[Goal, ...] = GOALS) -> tuple[Any, Played]:
    """Answer screen by screen as a person does, with a restart after each."""
    answers: dict[str, dict[str, Any]] = {}
    for _ in range(FARTHEST):
        played = play(checkin, goals, answers, capacity)
        if played.waiting is None:
            return played.result, played
        for field in played.waiting.fields():
            answers = keep(answers, field, all_answers[field])
    raise AssertionError("it does not end")


@given(answered(), st.integers(1, 50), st.integers(1, 50))
def test_the_room_on_a_screen_changes_nothing(all_answers: dict[str, Any], one: int, other: int) -> None:
    assert walk(all_answers, one)[0] == walk(all_answers, other)[0]


@given(answered(), st.permutations(every_field(GOALS)), st.integers(1, 50))
def test_the_order_of_answers_changes_nothing(
    all_answers: dict[str, Any], order: list[str], capacity: int
) -> None:
    answers: dict[str, dict[str, Any]] = {}
    for field in order:
        answers = keep(answers, field, all_answers[field])
    assert play(checkin, GOALS, answers, capacity).result == walk(all_answers, capacity)[0]


@given(answered(), answered(), st.permutations(every_field(GOALS)), st.integers(1, 50))
def test_an_earlier_answer_can_be_changed_at_any_time(
    before: dict[str, Any], after: dict[str, Any], order: list[str], capacity: int
) -> None:
    answers: dict[str, dict[str, Any]] = {}
    for field in every_field(GOALS):
        answers = keep(answers, field, before[field])
    for field in order:
        answers = keep(answers, field, after[field])
        play(checkin, GOALS, answers, capacity)
    assert play(checkin, GOALS, answers, capacity).result == walk(after, capacity)[0]


@given(answered(), st.lists(st.sampled_from(GOALS), unique=True), st.integers(1, 50), st.integers(0, 12))
def test_goals_that_come_and_go_in_the_middle_lose_no_answer(
    all_answers: dict[str, Any], others: list[Goal], capacity: int, at: int
) -> None:
    answers: dict[str, dict[str, Any]] = {}
    for field in every_field(GOALS)[:at]:
        answers = keep(answers, field, all_answers[field])
    kept = restart(answers)
    play(checkin, tuple(others), answers, capacity)
    assert answers == kept
    for field in every_field(GOALS)[at:]:
        answers = keep(answers, field, all_answers[field])
    assert play(checkin, tuple(others), answers, capacity).result == walk(all_answers, 7, tuple(others))[0]
    assert play(checkin, GOALS, answers, capacity).result == walk(all_answers, 7)[0]


@given(answered(), st.integers(1, 50))
def test_progress_rises_to_all_of_all(all_answers: dict[str, Any], capacity: int) -> None:
    answers: dict[str, dict[str, Any]] = {}
    done, _ = play(checkin, GOALS, answers, capacity).progress
    assert done == 0
    while (played := play(checkin, GOALS, answers, capacity)).waiting:
        assert played.progress[0] >= done
        done = played.progress[0]
        assert played.waiting in played.steps
        assert not played.waiting.answered
        for field in played.waiting.fields():
            answers = keep(answers, field, all_answers[field])
    assert played.progress == (len(played.steps), len(played.steps))


@given(answered(), st.integers(1, 50))
def test_a_step_is_found_by_each_of_its_fields_and_holds_no_more_than_there_is_room(
    all_answers: dict[str, Any], capacity: int
) -> None:
    _, played = walk(all_answers, capacity)
    fields = [field for step in played.steps for field in step.fields()]
    assert len(fields) == len(set(fields))
    for step in played.steps:
        assert len(step.fields()) <= capacity
        assert all(played.step(field) is step for field in step.fields())


class Old(Page):
    title = Words("Old", "旧")
    name: str = text("Name?", "姓名？")


class New(Page):
    title = Words("New", "新")
    was = "Old"
    full_name: str = text("Full name?", "全名？", was="name")


def test_a_renamed_page_and_question_keep_their_answers() -> None:
    answers = {"Old": {"name": "Ana"}}
    played = play(lambda ask, _: ask(New), None, answers, 12)
    assert played.result == New(full_name="Ana")
    changed = {**answers, "New": {"full_name": "Ana Ribeiro"}}
    assert play(lambda ask, _: ask(New), None, changed, 12).result == New(full_name="Ana Ribeiro")


def test_a_page_that_was_renamed_and_asked_for_each_thing_keeps_every_answer() -> None:
    answers = {"Old:1": {"name": "one"}, "Old:2": {"name": "two"}}
    played = play(lambda ask, _: ask.each(New, (Goal("1"), Goal("2"))), None, answers, 1)
    assert played.waiting is None
    assert [page.full_name for page in played.result.values()] == ["one", "two"]


class Bigger(Page):
    title = Words("Bigger", "更大")
    was = "Old"
    name: str = text("Name?", "姓名？")
    age: str = text("Age?", "年龄？")


@pytest.mark.parametrize("capacity", [1, 12])
def test_half_of_a_renamed_page_answered_anew_does_not_lose_the_other_half(capacity: int) -> None:
    answers = {"Old": {"name": "Ana"}, "Bigger": {"age": "30"}}
    played = play(lambda ask, _: ask(Bigger), None, answers, capacity)
    assert played.waiting is None
    assert played.result == Bigger(name="Ana", age="30")


def twice(ask: Ask, _: object) -> None:
    ask(Old)
    ask(Old)


def test_the_same_page_twice_is_refused_with_the_remedy() -> None:
    with pytest.raises(
        ValueError, match=r"Old is asked twice: give one of them another name with of=, or use"
    ):
        play(twice, None, {"Old": {"name": "Ana"}}, 12)


def test_the_same_page_about_two_things_is_asked_twice() -> None:
    played = play(lambda ask, _: (ask(Old, of="first"), ask(Old, of="second")), None, {}, 12)
    assert [step.key for step in played.steps] == ["Old:first.name", "Old:second.name"]


def test_two_goals_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="asked twice"):
        play(lambda ask, goals: ask.each(Progress, goals), (Goal("1", "a"), Goal("1", "b")), {}, 9)


def test_a_mistake_of_the_flow_is_not_hidden() -> None:
    def broken(ask: Ask, _: object) -> None:
        ask(Old)
        raise ZeroDivisionError

    assert play(broken, None, {}, 12).waiting is not None  # only what is behind an open question is guessed
    with pytest.raises(ZeroDivisionError):
        play(broken, None, {"Old": {"name": "Ana"}}, 12)


def test_a_flow_that_asks_for_ever_is_counted_only_so_far() -> None:
    def endless(ask: Ask, _: object) -> None:
        for n in range(10**9):
            ask(Old, of=str(n))

    assert len(play(endless, None, {}, 12).steps) == FARTHEST


def test_a_flow_that_asks_nothing_has_its_result() -> None:
    played = play(lambda _ask, facts: facts, 42, {}, 0)
    assert (played.result, played.waiting, played.steps) == (42, None, ())


def test_several_forms_stand_on_one_screen_where_they_fit_each_with_its_own_answers() -> None:
    forms = [Questionnaire(f"goal:{n}", Words(f"{n}", f"{n}"), FORM.questions) for n in range(3)]
    beside = {"goal:1": {"done": Words("Last: 3", "上次：3")}}

    def ask_all(ask: Ask, _: object) -> Any:
        return ask.forms(forms, beside=beside)

    answers = {form.key: {"done": form.key, "mood": None} for form in forms}
    played = play(ask_all, None, answers, 4)
    assert [len(step.groups) for step in played.steps] == [2, 1]
    assert played.steps[0].groups[1].beside == beside["goal:1"]
    assert {key: said["done"] for key, said in played.result.items()} == {
        form.key: form.key for form in forms
    }
    waiting = play(ask_all, None, {"goal:0": answers["goal:0"]}, 2).waiting
    assert waiting is not None
    assert waiting.fields() == ("goal:1.done", "goal:1.mood")
