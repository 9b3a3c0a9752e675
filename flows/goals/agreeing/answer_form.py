"""The form in which somebody answers goal by goal: agree, or ask for changes with a comment."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flows.core.catalog import flow
from flows.core.kinds import Choice, Text
from flows.core.page import Question, Questionnaire, as_options
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, join, same
from flows.cycle.owing import parts_of, whole
from flows.goals.agreeing.answering import (
    Answer,
    answer,
    mark,
    outcome,
    refuse_closed,
    sheet_named,
    waiting_for,
    whose_answers,
)
from flows.goals.agreeing.asked import AGREE, CHANGES, TITLE
from flows.goals.agreeing.following import follow
from flows.goals.agreeing.negotiation import asked_terms, awaits, is_turn_of
from flows.goals.agreeing.waiting import Asked, Waiting, told, waiting
from flows.goals.kept import Goal
from flows.goals.records import GoalsRecords
from flows.people.person import Person

ALL = Choice(as_options({"agree": Words("Agree to all of these", "全部同意")}))
ONE = Choice(as_options({"agree": AGREE, "changes": CHANGES}))
ON_ONE_SCREEN = 5  # goals, each with two questions, and the one about all of them
HOW = Words("All on this screen", "本页全部目标")
WHAT = Words("What should change?", "需要修改什么？")
BELOW = Words(
    "Or answer one by one below; what you leave empty goes on waiting.",
    "也可以在下面逐个答复；留空的继续等待。",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the form asks about, and who reads it."""

    known: Waiting
    reader: Person
    single: bool


@dataclass(frozen=True, slots=True)
class Said:
    """The answer to one goal as it was shown: `mark` tells which terms these were."""

    goal: int
    mark: str
    answer: Answer
    comment: str


def sheet(records: GoalsRecords, actor: Person, subject: str, now: datetime) -> Sheet:
    """What waits for the actor; refuses when nothing does, or the cycle is over."""
    known = waiting(records, actor, (subject,), now)
    refuse_closed(records, known.cycle)
    parts = parts_of(subject, 3)
    asked = tuple(one for one in known.asked if not parts or one.goal.id == whole(parts[2]))
    if not asked:
        raise Refusal(
            "Nothing waits for your answer here any more. Open the goals to see how they stand.",
            "这里已没有等待你答复的目标，请打开目标查看最新状态。",
        )
    only = Waiting(known.cycle, known.name, known.owner, asked, known.titles, known.weight)
    return Sheet(only, actor, parts is not None)


def readers(known: Sheet) -> Words:
    """Who reads the comments, said before any typing."""
    owner = known.known.owner
    if known.reader.id == owner.id:
        return Words(
            "Your comments are read by whoever agrees goals with you and the managers above; they stay in the history.",
            "与你确认目标的人及其上级能看到你的意见，意见会保留在历史记录中。",
        )
    return Words(
        "{name} and the managers above read your comments; they stay in the history.",
        "{name}及其上级能看到你的意见，意见会保留在历史记录中。",
    ).fill(name=owner.name)


def form_of(known: Sheet, asked: Sequence[Asked], number: int) -> tuple[Questionnaire, dict[str, Words]]:
    """A choice and a comment for each goal, with what stands beside each choice.

    The names of the questions carry what is asked, so that no answer is taken for other terms than were shown.
    """
    questions: list[Question] = []
    beside: dict[str, Words] = {}
    if len(asked) > 1:
        questions.append(Question(all_of(asked), HOW, ALL, optional=True, hint=BELOW))
    for one in asked:
        choice = Question(
            choice_of(one.goal), same(asked_terms(one.goal).title), ONE, optional=not known.single
        )
        questions += [choice, Question(comment_of(one.goal), WHAT, Text(3), optional=True)]
        beside[choice.name] = beside_words(one, known)
    return Questionnaire(f"answers{number}", TITLE, tuple(questions)), beside


def all_of(asked: Sequence[Asked]) -> str:
    """The name of the question that stands for all; it is another as soon as any of them is."""
    marks = "".join(mark(one.goal) for one in asked)
    return f"all{hashlib.sha256(marks.encode()).hexdigest()[:8]}"


def choice_of(goal: Goal) -> str:
    return f"goal{goal.id}x{mark(goal)}"


def comment_of(goal: Goal) -> str:
    return f"why{goal.id}"


def beside_words(one: Asked, known: Sheet) -> Words:
    """What is asked, a line for each thing, above the choice."""
    lines = [told(one, known.reader)]
    lines += [name + Words(": ", "：") + value for name, value in one.rows(known.known.titles)]
    lines += [one.comment] if one.comment else []
    return join(lines, "\n", "\n")


def answers_to(asked: Sequence[Asked], given: Mapping[str, Any]) -> list[Said]:
    """The answers of one screen: what was chosen for a goal itself wins over what was chosen for all."""
    found: list[Said] = []
    for one in asked:
        chosen = given[choice_of(one.goal)] or given.get(all_of(asked))
        if chosen:
            comment = given[comment_of(one.goal)] or ""
            found.append(Said(one.goal.id, mark(one.goal), chosen, comment))
    return found


def keep(records: GoalsRecords, actor: Person, subject: str, given: Sequence[Said], now: datetime) -> Words:
    """Keep every answer that was given to what still stands."""
    cycle, person = sheet_named((subject,)) or (0, 0)
    refuse_closed(records, cycle)
    goals = {goal.id: goal for goal in waiting_for(records, actor, cycle, person)}
    for one in given:
        if one.answer == "changes" and not one.comment and one.goal in goals:
            raise Refusal(
                "Please say what should change in “{goal}”. Your other answers are kept.",
                "请说明“{goal}”需要修改什么，其他答复已保留。",
                goal=asked_terms(goals[one.goal]).title,
            )
    done: Counter[Answer] = Counter()
    for one in sorted(given, key=lambda one: one.goal):
        goal = records.goals.lock(one.goal) if one.goal in goals else None
        if goal and awaits(goal) and is_turn_of(goal, actor.id) and mark(goal) == one.mark:
            answer(records, actor, goal, one.answer, one.comment, now)
            done[one.answer] += 1
    if done:
        follow(records, cycle, person, now)
    left = len(waiting_for(records, actor, cycle, person))
    return outcome(done["agree"], done["changes"], left)


@flow(
    "goal-answer",
    TITLE,
    may=("goals", "answer"),
    of=whose_answers,
    facts=sheet,
    keep=keep,
    readers=readers,
    again=True,
)
def answer_goals(ask: Ask, known: Sheet) -> tuple[Said, ...]:
    found: list[Said] = []
    asked = known.known.asked
    for number, first in enumerate(range(0, len(asked), ON_ONE_SCREEN)):
        part = asked[first : first + ON_ONE_SCREEN]
        form, beside = form_of(known, part, number)
        start = {choice_of(part[0].goal): "changes"} if known.single else {}
        found += answers_to(part, ask.form(form, beside=beside, start=start))
    return tuple(found)
