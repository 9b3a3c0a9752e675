"""The desk: opens a conversation, takes an answer, changes one, gives up. One transaction each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core import screens
from flows.core.catalog import Catalog, Flow
from flows.core.conversation import REVIEW, Conversation
from flows.core.page import Question
from flows.core.play import Played, Step, play
from flows.core.records import Records
from flows.core.refusal import Refusal
from flows.core.said import Kept, Reader, Said
from flows.core.screen import Screen
from flows.core.words import Words
from flows.people.person import Person
from flows.people.policy import may

MODAL = 12  # questions on one screen of a modal: more than a phone shows at a glance, few enough to scroll
CHAT = 1


class NotThere(Refusal):
    """It does not exist, or not for this person: both read the same."""

    def __init__(self) -> None:
        super().__init__(
            "There is nothing here for you under that name. Type /perf to see what you can do.",
            "这里没有你可以查看的内容。输入 /perf 看看你能做什么。",
        )


class Outrun(Refusal):
    """Somebody else changed the conversation at the same moment."""

    def __init__(self) -> None:
        super().__init__(
            "This was changed somewhere else at the same moment. Please open it again; your text is kept.",
            "内容刚刚在别处被修改了，请重新打开；你写的内容已保留。",
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a conversation stands after an event, and what its person sees."""

    conversation: Conversation
    screen: Screen
    finished: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Keeps conversations over the flows of `catalog`. Every method runs inside the records' transaction."""

    catalog: Catalog

    def open(self, records: Records, actor: Person, name: str, subject: str, now: datetime) -> Turn:
        """Open the flow where it was left, or begin it; an empty subject is filled by the flow."""
        flow = self._flow(name)
        subject = subject or (flow.subject(records, actor, now) if flow.subject else "")
        known = Known(flow, self.facts(records, actor, flow, subject, now))
        found = records.conversations.find(name, actor.id, subject)
        if found is not None and found.state == "done" and flow.again:
            saved(records, replace(found, state="dropped"))
            found = None
        if found is None:
            found = records.conversations.start(name, actor.id, subject)
            if flow.prefill:
                found = saved(records, replace(found, answers=flow.prefill(known.facts)))
        return known.look(found, reader_of(records, actor, now))

    def look(self, records: Records, actor: Person, conversation: Conversation, now: datetime) -> Turn:
        """The conversation as it stands, for a modal."""
        known = self.known(records, actor, conversation, now)
        return known.look(conversation, reader_of(records, actor, now))

    def answer(
        self,
        records: Records,
        actor: Person,
        conversation_id: str,
        revision: int,
        at: str,
        said: Mapping[str, Said],
        now: datetime,
    ) -> Turn:
        """Take a submitted screen. The same screen twice is taken once; nothing typed is lost on any way out."""
        try:
            return self._answer(records, actor, conversation_id, revision, at, said, now)
        except Outrun:  # it is now what another window made of it
            return self._answer(records, actor, conversation_id, revision, at, said, now)

    def _answer(
        self,
        records: Records,
        actor: Person,
        conversation_id: str,
        revision: int,
        at: str,
        said: Mapping[str, Said],
        now: datetime,
    ) -> Turn:
        conversation = self.mine(records, actor, conversation_id)
        try:
            known = self.known(records, actor, conversation, now)
        except Refusal as no:
            records.conversations.keep_typed(conversation.id, conversation.revision, said, moment_typed(now))
            return Turn(conversation, screens.closed(no.words, said))
        reader = reader_of(records, actor, now)
        played = known.play(conversation)
        if at == REVIEW:
            return self._send(records, conversation, known, played, revision, reader, actor)
        step = played.step(at)
        if step is None:
            return known.look(self._typed(records, conversation, said), reader)
        answers, problems = understand(step, said, reader)
        if revision != conversation.revision:
            if not problems and _holds(conversation, answers):
                if conversation.state == "done":
                    return Turn(conversation, screens.done(flow, screens.ALREADY_SENT), finished=True)
                return self.look(records, actor, conversation, now)
            kept = self._typed(records, conversation, said, at)
            return Turn(
                kept, screens.asking(flow, kept, played, step, reader, note=screens.CHANGED_ELSEWHERE)
            )
        if (
            problems
        ):  # the revision stays, for the messenger shows the problems on the very screen that was sent
            records.conversations.keep_typed(conversation.id, revision, said, moment_typed(now))
            return Turn(
                conversation, screens.asking(flow, conversation, played, step, reader, problems=problems)
            )
        after = self._advance(records, conversation, answers, said)
        flow, facts, played = self.played(records, actor, after, MODAL, now)
        if played.waiting is None and len(played.steps) == 1:
            return self._send(records, actor, after, flow, played, after.revision, now)
        return self.look(records, actor, after, now)

    def keep(
        self,
        records: Records,
        actor: Person,
        conversation_id: str,
        revision: int,
        said: Mapping[str, Said],
        at: str,
        now: datetime,
    ) -> bool:
        """Keep what stands in the fields of a screen not yet submitted; an older one never replaces a newer.

        `at` is the messenger's time of it, in seconds; "" means after all that has come.
        """
        conversation = self.mine(records, actor, conversation_id)
        fields = {name: value for name, value in said.items() if "." in name}
        latest = max(conversation.typed_at, moment_typed(now))
        return records.conversations.keep_typed(conversation.id, revision, fields, at or latest)

    def change(self, records: Records, actor: Person, conversation_id: str, at: str, now: datetime) -> Turn:
        """Go back to the step of the field `at`, or to the review."""
        conversation = self.mine(records, actor, conversation_id)
        return self.look(records, actor, self._move(records, conversation, at), now)

    def back(self, records: Records, actor: Person, conversation_id: str, at: str, now: datetime) -> Turn:
        """Go to the step before the one of the field `at` (or before the review)."""
        conversation = self.mine(records, actor, conversation_id)
        _, _, played = self.played(records, actor, conversation, MODAL, now)
        before = step_before(played, at)
        return self.look(
            records, actor, self._move(records, conversation, before.key if before else None), now
        )

    def preview(self, records: Records, actor: Person, conversation_id: str, now: datetime) -> Screen:
        """What others will see once this is sent."""
        conversation = self.mine(records, actor, conversation_id)
        flow, _, played = self.played(records, actor, conversation, MODAL, now)
        if flow.preview is None or played.waiting is not None:
            raise NotThere
        return flow.preview(played.result)

    def give_up(self, records: Records, actor: Person, conversation_id: str) -> None:
        """Drop the conversation and its draft."""
        conversation = self.mine(records, actor, conversation_id)
        records.conversations.save(
            replace(conversation, state="dropped", in_chat=False), conversation.revision
        )

    def mine(self, records: Records, actor: Person, conversation_id: str) -> Conversation:
        """The actor's own conversation; anybody else's is not there."""
        conversation = records.conversations.get(conversation_id)
        if conversation is None or conversation.person != actor.id or conversation.state == "dropped":
            raise NotThere
        return conversation

    def facts(self, records: Records, actor: Person, flow: Flow, subject: str, now: datetime) -> object:
        """Check the policy, then load what the flow needs."""
        kind, action = flow.may
        thing = flow.of(records, actor, (subject,))
        if thing is None or thing.kind != kind or not may(actor, action, thing, now):
            raise NotThere
        return flow.facts(records, actor, subject, now)

    def played(
        self, records: Records, actor: Person, conversation: Conversation, capacity: int, now: datetime
    ) -> tuple[Flow, object, Played]:
        """Replay the conversation over its answers."""
        flow = self._flow(conversation.flow)
        facts = self.facts(records, actor, flow, conversation.subject, now)
        return flow, facts, play(flow.steps, facts, conversation.answers, capacity)

    def _flow(self, name: str) -> Flow:
        flow = self.catalog.flows.get(name)
        if flow is None:
            raise NotThere
        return flow

    def _send(
        self,
        records: Records,
        actor: Person,
        conversation: Conversation,
        flow: Flow,
        played: Played,
        revision: int,
        now: datetime,
    ) -> Turn:
        if played.waiting is not None:
            return self.look(records, actor, replace(conversation, at=None), now)
        if revision != conversation.revision:
            if conversation.state == "done":
                return Turn(conversation, screens.done(flow, screens.ALREADY_SENT), finished=True)
            return self.look(records, actor, conversation, now, screens.CHANGED_ELSEWHERE)
        # Before the flow keeps anything: of two that send at once, one ends here.
        sent = saved(records, replace(conversation, state="done", at=None, typed={}, in_chat=False))
        try:
            words = flow.keep(records, actor, conversation.subject, played.result, now)
        except Refusal as no:  # a flow refuses before it writes, so that the answers themselves stay kept
            again = saved(records, replace(conversation, revision=sent.revision))
            return self.look(records, actor, again, now, no.words)
        return Turn(sent, screens.done(flow, words), finished=True)

    def _advance(
        self,
        records: Records,
        conversation: Conversation,
        answers: Mapping[str, Mapping[str, Kept]],
        said: Mapping[str, Said],
    ) -> Conversation:
        merged = {**conversation.answers}
        for page, kept in answers.items():
            merged[page] = {**merged.get(page, {}), **kept}
        typed = {name: value for name, value in conversation.typed.items() if name not in said}
        return saved(records, replace(conversation, answers=merged, typed=typed, at=None, in_chat=False))

    def _typed(
        self, records: Records, conversation: Conversation, said: Mapping[str, Said], at: str | None = None
    ) -> Conversation:
        return saved(
            records, replace(conversation, typed={**conversation.typed, **said}, at=at or conversation.at)
        )

    def _move(self, records: Records, conversation: Conversation, at: str | None) -> Conversation:
        return saved(records, replace(conversation, at=at))


def current_step(conversation: Conversation, played: Played) -> Step | None:
    """The step to show: the one gone back to, else the first unanswered, else the only one; None is the review."""
    if conversation.at and conversation.at != REVIEW and (step := played.step(conversation.at)):
        return step
    if played.waiting is not None:
        return played.waiting
    return played.steps[0] if len(played.steps) == 1 else None


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


def moment_typed(now: datetime) -> str:
    """A moment as drafts are ordered by: seconds since 1970, as text."""
    return f"{now.timestamp():.6f}"


def _holds(conversation: Conversation, answers: Mapping[str, Mapping[str, Kept]]) -> bool:
    return all(
        conversation.answers.get(page, {}).get(name) == kept
        for page, by_name in answers.items()
        for name, kept in by_name.items()
    )


def saved(records: Records, conversation: Conversation) -> Conversation:
    """Keep it under its next revision; refuses when somebody else was faster."""
    if not records.conversations.save(conversation, conversation.revision):
        raise Outrun
    return replace(conversation, revision=conversation.revision + 1)
