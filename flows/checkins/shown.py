"""What was reported in one check-in, as its readers see it: answers under their questions, and goals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flows.checkins.questions import HEALTH, MANAGER_ONLY, STANDARD, Health
from flows.checkins.records import Checkin, CheckinRecords
from flows.core.kinds import Rating, Someone, Text
from flows.core.page import Question
from flows.core.screen import Element, Facts, Heading, Line, Quote
from flows.core.sitting import reader_of
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import Thing, may


def answers(
    records: CheckinRecords,
    actor: Person,
    checkin: Checkin,
    questions: tuple[Question, ...],
    thing: Thing,
    now: datetime,
) -> list[Element]:
    """The form's answers under their questions, in the words of those who wrote them."""
    body: list[Element] = []
    reader = reader_of(records, actor, now)
    for question in (*questions, *no_longer_asked(checkin, questions)):
        answer = checkin.form.get(question.name)
        if answer in (None, "", []) or (
            question.name in MANAGER_ONLY and not may(actor, "read_mood", thing, now)
        ):
            continue
        body.append(Line(question.words))
        if isinstance(question.kind, Someone | Rating):
            body.append(Quote(question.kind.tell(answer, reader).say(actor.language)))
        else:
            body.append(Quote(_as_text(answer)))
    return body


def no_longer_asked(checkin: Checkin, questions: tuple[Question, ...]) -> list[Question]:
    """What was answered before HR took the question out: it stays readable, under the words of then."""
    standard = {question.name: question for question in STANDARD}
    asked = {question.name for question in questions}
    return [
        standard.get(name) or Question(name, same(checkin.titles.get(name, name)), Text())
        for name in checkin.form
        if name not in asked
    ]


def _as_text(answer: Any) -> str:
    if isinstance(answer, bool):
        return "✓" if answer else "✗"
    return " ".join(map(str, answer)) if isinstance(answer, list) else str(answer)


def goals(checkin: Checkin) -> list[Element]:
    """What was said about each goal."""
    body: list[Element] = []
    for key, page in checkin.goals.items():
        health = HEALTH[Health(page["health"])]
        rows = [(Words("State", "状态"), health)]
        if page.get("progress"):
            rows.append((Words("Progress", "进度"), same(f"{page['progress']}%")))
        if page.get("confidence"):
            rows.append((Words("Confidence", "信心"), same(f"{page['confidence']}/10")))
        body += [Heading(same(checkin.titles.get(key, "?"))), Facts(tuple(rows))]
        if rescue := checkin.rescue.get(key):
            body += [Line(Words("What would help", "需要的帮助")), Quote(str(rescue["help"]))]
    return body
