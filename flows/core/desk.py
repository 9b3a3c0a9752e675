"""The desk: opens a conversation, takes an answer, changes one, gives up. One transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flows.core import screens
from flows.core.catalog import Catalog, Flow, thing_named
from flows.core.conversation import REVIEW, Conversation, passed, passing
from flows.core.keeping import Outrun, advanced, holds, moment_typed, quieten, saved
from flows.core.play import Played
from flows.core.records import Records
from flows.core.refusal import Refusal
from flows.core.said import Said
from flows.core.screen import Screen
from flows.core.sitting import MODAL, Sitting, reader_of, step_before, understand
from flows.people.person import Person
from flows.people.policy import allows


class NotThere(Refusal):
    """It does not exist, or not for this person: both read the same."""

    def __init__(self) -> None:
        super().__init__(
            "There is nothing here for you under that name. Type /perf to see what you can do.",
            "这里没有你可以查看的内容。输入 /perf 看看你能做什么。",
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
        sitting = self._sit(records, actor, flow, subject, now)
        if flow.traceless:
            return Turn(begun := passing(name, actor.id, subject), sitting.screen(begun))
        found = records.conversations.find(name, actor.id, subject)
        if found is not None and found.state == "done" and flow.again:
            saved(records, replace(found, state="dropped"))
            found = None
        if found is None:
            sealed = flow.sealed(sitting.facts) if flow.sealed else None
            found = records.conversations.start(name, actor.id, subject, sealed)
            if flow.prefill:
                found = saved(records, replace(found, answers=flow.prefill(sitting.facts)))
        return Turn(found, sitting.screen(found))

    def look(self, records: Records, actor: Person, conversation: Conversation, now: datetime) -> Turn:
        """The conversation as it stands, for a modal."""
        sitting = self.sit(records, actor, conversation, now)
        return Turn(conversation, sitting.screen(conversation))

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
            sitting = self.sit(records, actor, conversation, now)
        except Refusal as no:
            records.conversations.keep_typed(conversation.id, conversation.revision, said, moment_typed(now))
            return Turn(conversation, screens.closed(no.words, said))
        played = sitting.play(conversation)
        if at == REVIEW:
            return self._send(records, actor, conversation, sitting, played, revision, now)
        step = played.step(at)
        if step is None:
            kept = self._typed(records, conversation, said)
            return Turn(kept, sitting.screen(kept, played, screens.MOVED_ON))
        answers, problems = understand(step, said, sitting.reader)
        if revision != conversation.revision:
            if not problems and holds(conversation, answers):
                if conversation.state == "done":
                    return Turn(conversation, screens.done(sitting.flow, screens.ALREADY_SENT), finished=True)
                return Turn(conversation, sitting.screen(conversation, played))
            kept = self._typed(records, conversation, said, at)
            return Turn(kept, sitting.asking(kept, played, step, note=screens.CHANGED_ELSEWHERE))
        if problems:  # the revision stays: the messenger shows them on the very screen that was sent
            records.conversations.keep_typed(conversation.id, revision, said, moment_typed(now))
            return Turn(conversation, sitting.asking(conversation, played, step, problems=problems))
        if conversation.in_chat:
            quieten(records, conversation)
        after = advanced(conversation, answers, said)
        played = sitting.play(after)
        if played.waiting is None and len(played.steps) == 1:
            if not sitting.hints(played):
                return self._send(records, actor, after, sitting, played, after.revision, now)
            after = replace(after, at=REVIEW)
        after = saved(records, after)
        return Turn(after, sitting.screen(after, played))

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
        moved = self._move(records, conversation, before.key if before else None)
        return self.look(records, actor, moved, now)

    def preview(self, records: Records, actor: Person, conversation_id: str, now: datetime) -> Screen:
        """What others will see once this is sent."""
        conversation = self.mine(records, actor, conversation_id)
        sitting = self.sit(records, actor, conversation, now)
        played = sitting.play(conversation)
        if sitting.flow.preview is None or played.waiting is not None:
            raise NotThere
        return sitting.flow.preview(played.result)

    def give_up(self, records: Records, actor: Person, conversation_id: str, now: datetime) -> Turn:
        """Give the draft up and begin anew. What was sent already can't be given up, only changed."""
        conversation = self.mine(records, actor, conversation_id)
        if conversation.state != "open":
            raise Refusal("This is sent already; you can change it instead.", "已经提交了，你可以直接修改。")
        saved(records, replace(conversation, state="dropped", in_chat=False))
        return self.open(records, actor, conversation.flow, conversation.subject, now)

    def mine(self, records: Records, actor: Person, conversation_id: str) -> Conversation:
        """The actor's own conversation; anybody else's is not there."""
        conversation = passed(conversation_id, actor.id) or records.conversations.get(conversation_id)
        if conversation is None or conversation.person != actor.id or conversation.state == "dropped":
            raise NotThere
        if conversation.is_passing and not self._flow(conversation.flow).traceless:
            raise NotThere
        return conversation

    def facts(self, records: Records, actor: Person, flow: Flow, subject: str, now: datetime) -> object:
        """Check the policy, then load what the flow needs."""
        if not allows(actor, flow.may, thing_named(flow.of, records, actor, (subject,), now), now):
            raise NotThere
        return flow.facts(records, actor, subject, now)

    def sit(self, records: Records, actor: Person, conversation: Conversation, now: datetime) -> Sitting:
        """Check the policy, then load what the conversation's flow needs, once for this event."""
        return self._sit(records, actor, self._flow(conversation.flow), conversation.subject, now)

    def played(
        self, records: Records, actor: Person, conversation: Conversation, capacity: int, now: datetime
    ) -> tuple[Flow, object, Played]:
        """Replay the conversation over its answers."""
        sitting = self.sit(records, actor, conversation, now)
        return sitting.flow, sitting.facts, sitting.play(conversation, capacity)

    def _sit(self, records: Records, actor: Person, flow: Flow, subject: str, now: datetime) -> Sitting:
        return Sitting(flow, self.facts(records, actor, flow, subject, now), reader_of(records, actor, now))

    def _flow(self, name: str) -> Flow:
        flow = self.catalog.flows.get(name)
        if flow is None:
            raise NotThere
        return flow

    def _send(
        self, records: Records, actor: Person, conversation: Conversation, sitting: Sitting, played: Played,
        revision: int, now: datetime,
    ) -> Turn:  # fmt: skip
        flow = sitting.flow
        if played.waiting is not None:
            waiting = replace(conversation, at=None)
            return Turn(waiting, sitting.screen(waiting, played))
        if revision != conversation.revision:
            if conversation.state == "done":
                return Turn(conversation, screens.done(flow, screens.ALREADY_SENT), finished=True)
            return Turn(conversation, sitting.screen(conversation, played, screens.CHANGED_ELSEWHERE))
        if conversation.in_chat:
            quieten(records, conversation)
        # Before the flow keeps anything: of two that send at once, one ends here.
        sent = saved(records, replace(conversation, state="done", at=None, typed={}, in_chat=False))
        try:
            words = flow.keep(records, actor, conversation.subject, played.result, now)
        except Refusal as no:  # a flow refuses before it writes, so that the answers themselves stay kept
            again = saved(records, replace(conversation, revision=sent.revision))
            return Turn(again, sitting.screen(again, played, no.words))
        onward = flow.onward(records, actor, conversation.subject, now) if flow.onward else ()
        return Turn(sent, screens.done(flow, words, onward), finished=True)

    def _typed(
        self, records: Records, conversation: Conversation, said: Mapping[str, Said], at: str | None = None
    ) -> Conversation:
        return saved(
            records, replace(conversation, typed={**conversation.typed, **said}, at=at or conversation.at)
        )

    def _move(self, records: Records, conversation: Conversation, at: str | None) -> Conversation:
        return saved(records, replace(conversation, at=at))
