"""Managers' reviews filled from outside their form, by a command or a table: into the same draft, by the same rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core.conversation import Conversation
from flows.core.keeping import advanced, saved
from flows.core.page import Question, is_answered
from flows.core.play import Played, play
from flows.core.refusal import Refusal
from flows.core.said import Kept
from flows.core.sitting import MODAL
from flows.core.words import Words
from flows.cycle.records import Cycle
from flows.cycle.template import Phase
from flows.people.person import Person
from flows.reviews.evidence import DiaryRecords
from flows.reviews.owed import Asked, asked_in, form_of, mine_in, subject_of
from flows.reviews.writing import Sheet, keep, sheet, write_review

BY_MANAGER = "manager"
WRITABLE = ("open", "done")

Answers = Mapping[str, Mapping[str, Kept]]


@dataclass(frozen=True, slots=True)
class Filled:
    """A draft as it stands: what is asked and kept, what is still missing, and whether it was sent."""

    asked: Asked
    known: Sheet
    conversation: Conversation | None
    played: Played
    sent: bool = False

    @property
    def missing(self) -> list[Question]:
        """What has to be answered and is not, as far as the answers carry."""
        return [
            question for _, question in open_questions(self.played, self.answers) if not question.optional
        ]

    @property
    def answers(self) -> Answers:
        return self.conversation.answers if self.conversation else {}


def mine(records: DiaryRecords, actor: Person, now: datetime) -> list[Asked]:
    """Every manager's review that the actor has to write or can change now, by due moment and name."""
    found = [
        asked
        for cycle in records.cycles.in_state("live")
        for phase in cycle.template.phases
        for asked in in_phase(records, actor, cycle, phase, now)
        if asked.owed.task.state in WRITABLE
    ]
    return sorted(found, key=by_due)


def in_phase(records: DiaryRecords, actor: Person, cycle: Cycle, phase: Phase, now: datetime) -> list[Asked]:
    """Every manager's review of a phase that is or was the actor's to write, by due moment and name."""
    form = form_of(cycle, phase)
    if form is None or form.kind != BY_MANAGER:
        return []
    tasks = [task for task in mine_in(records, actor, cycle, phase, now) if task.person == actor.id]
    return sorted((asked for task in tasks if (asked := asked_in(records, task))), key=by_due)


def by_due(asked: Asked) -> tuple[datetime, str]:
    return asked.owed.task.due_at, asked.about.name


def look(records: DiaryRecords, actor: Person, asked: Asked, now: datetime) -> Filled:
    """The draft as it stands. Refuses in words what can't be written (any more)."""
    subject = subject_of(asked.owed.task)
    found = records.conversations.find(write_review.name, actor.id, subject)
    facts = sheet(records, actor, subject, now)
    played = play(write_review.steps, facts, found.answers if found else {}, MODAL)
    is_sent = asked.owed.task.state == "done" and found is not None and found.state == "done"
    return Filled(asked, facts, found, played, is_sent)


def put(records: DiaryRecords, actor: Person, asked: Asked, answers: Answers, now: datetime) -> Filled:
    """Write answers into the draft; what stood typed in the same fields gives way to them."""
    subject = subject_of(asked.owed.task)
    facts = sheet(records, actor, subject, now)
    found = records.conversations.find(write_review.name, actor.id, subject)
    draft = found or records.conversations.start(write_review.name, actor.id, subject)
    fields = {f"{page}.{name}": "" for page, kept in answers.items() for name in kept}
    draft = saved(records, advanced(draft, answers, fields))
    return Filled(asked, facts, draft, play(write_review.steps, facts, draft.answers, MODAL))


def send(records: DiaryRecords, actor: Person, filled: Filled, now: datetime) -> tuple[Filled, Words | None]:
    """Send the review where nothing is missing, with what is optional left empty; what was said of it, or why not."""
    while filled.conversation and (left := open_questions(filled.played, filled.answers)):
        empty: dict[str, dict[str, Kept]] = {}
        for page, question in left:
            if question.optional:
                empty.setdefault(page, {})[question.name] = None
        if len(left) > sum(len(names) for names in empty.values()):
            return filled, None
        filled = put(records, actor, filled.asked, empty, now)
    if filled.conversation is None or filled.played.waiting is not None:
        return filled, None
    sent = saved(records, replace(filled.conversation, state="done", at=None, typed={}))
    try:
        words = keep(records, actor, subject_of(filled.asked.owed.task), filled.played.result, now)
    except Refusal as no:  # the answers stay in the draft, which is not sent
        again = saved(records, replace(sent, state="open"))
        return replace(filled, conversation=again), no.words
    return replace(filled, conversation=sent, sent=True), words


def open_questions(played: Played, answers: Answers) -> Sequence[tuple[str, Question]]:
    """What is not answered yet, with the page that it stands on."""
    return [
        (group.key, question)
        for step in played.steps
        for group in step.groups
        for question in group.questions
        if not is_answered(question, group.kept(answers))
    ]
