"""One event of a conversation: the flow with its facts, loaded once, and what is seen and understood over them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.core import screens
from flows.core.catalog import Flow
from flows.core.conversation import REVIEW, Conversation
from flows.core.page import Question
from flows.core.play import Played, Step, play
from flows.core.records import Records
from flows.core.refusal import Refusal
from flows.core.said import Kept, Reader, Said
from flows.core.screen import Button, Screen
from flows.core.words import Words
from flows.people.person import Person

MODAL = 12  # questions on one screen of a modal: more than a phone shows at a glance, few enough to scroll
CHAT = 1


@dataclass(frozen=True, slots=True)
class Sitting:
    """A flow, its facts and who answers. An answer changes the conversation, never the facts it is played over."""

    flow: Flow
    facts: object
    reader: Reader

    def play(self, conversation: Conversation, capacity: int = MODAL) -> Played:
        """Replay the conversation over its answers."""
        return play(self.flow.steps, self.facts, conversation.answers, capacity)

    def screen(
        self, conversation: Conversation, played: Played | None = None, note: Words | None = None
    ) -> Screen:
        """The conversation as it stands, for a modal; `note` is said above it."""
        played = played or self.play(conversation)
        step = current_step(conversation, played)
        if step is None:
            return screens.review(self.flow, conversation, played, self.reader, note, self.hints(played))
        readers = self.flow.readers(self.facts) if self.flow.readers else None
        return screens.asking(
            self.flow,
            conversation,
            played,
            step,
            self.reader,
            readers,
            note=note,
            ways=self.ways,
            about=self.about,
        )

    def hints(self, played: Played) -> Sequence[Words]:
        """What is worth a second look before it is sent; nothing blocks."""
        return self.flow.hints(self.facts, played.result) if self.flow.hints else ()

    def asking(
        self,
        conversation: Conversation,
        played: Played,
        step: Step,
        *,
        problems: Mapping[str, Words] | None = None,
        note: Words | None = None,
    ) -> Screen:
        """The screen of a step that has to be seen again."""
        return screens.asking(
            self.flow,
            conversation,
            played,
            step,
            self.reader,
            problems=problems,
            note=note,
            ways=self.ways,
            about=self.about,
        )

    @property
    def about(self) -> Words | None:
        """What the form is about, where its title alone does not say it."""
        return self.flow.about(self.facts) if self.flow.about else None

    @property
    def ways(self) -> Sequence[Button]:
        """Where one may look while writing."""
        return self.flow.ways(self.facts) if self.flow.ways else ()


def current_step(conversation: Conversation, played: Played) -> Step | None:
    """The step to show: the one gone back to, else the first unanswered, else the only one; None is the review.

    A single step is reviewed only when it has just been answered and something is worth a second look.
    """
    if conversation.at and conversation.at != REVIEW and (step := played.step(conversation.at)):
        return step
    if played.waiting is not None:
        return played.waiting
    return played.steps[0] if len(played.steps) == 1 and conversation.at != REVIEW else None


def step_before(played: Played, at: str) -> Step | None:
    """The step before the one of the field `at`; before the review, the last one."""
    steps = [*played.steps]
    if at == REVIEW or (step := played.step(at)) is None:
        return steps[-1] if steps else None
    place = steps.index(step)
    return steps[place - 1] if place else None


def understand(
    step: Step, said: Mapping[str, Said], reader: Reader
) -> tuple[dict[str, dict[str, Kept]], dict[str, Words]]:
    """Every answer of a step, kept as JSON by page and question, and what was wrong with the others by field."""
    answers: dict[str, dict[str, Kept]] = {}
    problems: dict[str, Words] = {}
    for group in step.groups:
        for question in group.questions:
            name = f"{group.key}.{question.name}"
            try:
                answers.setdefault(group.key, {})[question.name] = understand_one(
                    question, said.get(name), reader
                )
            except Refusal as no:
                problems[name] = no.words
    return answers, problems


def understand_one(question: Question, said: Said | None, reader: Reader) -> Kept:
    """One answer as kept JSON; None for an optional one left empty. Raises Refusal."""
    if said is None or not screens.said_something(said):
        if question.optional:
            return None
        raise Refusal("This one needs an answer before you go on.", "这一项需要填写后才能继续。")
    return question.kind.understand(said, reader)


def reader_of(records: Records, actor: Person, now: datetime) -> Reader:
    """The actor as one who answers: finds people by mention, e-mail or full name."""

    def find(text: str) -> int | None:
        mention = re.fullmatch(r"(?:account:|<@)([A-Z0-9]+)(?:\|[^>]*)?>?", text.strip())
        if mention:
            person = records.people.by_account(mention[1])
        elif "@" in text.strip("@"):
            person = records.people.by_email(text.strip())
        else:
            name = text.strip().lstrip("@").casefold()
            called = [one for one in records.people.active() if one.name.casefold() == name]
            person = called[0] if len(called) == 1 else None
        return person.id if person and person.active else None

    def name_of(person: int) -> str:
        found = records.people.get(person)
        return found.name if found else "?"

    def mention(person: int) -> str:
        found = records.people.get(person)
        return f"account:{found.account}" if found and found.account else ""

    return Reader(actor.language, actor.zone, now, find, name_of, mention)
