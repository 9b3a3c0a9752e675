"""Answering in the chat: the same conversation, one question at a time, with "back", "skip" and "stop"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.core.chat_letters import letters as letters
from flows.core.conversation import REVIEW, Conversation
from flows.core.desk import Desk
from flows.core.keeping import quieten, saved
from flows.core.kinds import Text
from flows.core.play import Group, Played, Step
from flows.core.records import Message, Records
from flows.core.refusal import Refusal
from flows.core.said import Kept, clean
from flows.core.sitting import CHAT, reader_of, step_before, understand_one
from flows.core.words import Words
from flows.people.person import Person

BACK = frozenset({"back", "上一步", "返回", "后退"})
SKIP = frozenset({"skip", "跳过", "略过", "-"})
STOP = frozenset({"stop", "停", "停止", "暂停", "cancel", "取消"})
SEND = frozenset({"send", "提交", "发送", "yes", "ok", "好", "是"})
HELP = frozenset({"help", "帮助", "?", "？"})
HELLO = HELP | {"hi", "hello", "hey", "start", "menu", "你好", "您好", "菜单"}
COMMANDS = BACK | SKIP | SEND | {"好的", "okay"}

NOTHING_HELD = Words(
    "There is nothing to stop. Type /perf to see what you can do.",
    "现在没有进行中的问答。输入 /perf 查看所有功能。",
)


class AlreadySent(Refusal):
    """Nothing is sent twice."""

    def __init__(self) -> None:
        super().__init__(
            "This is sent already. Type /checkin to change it.", "已经提交了。如需修改，请输入 /checkin。"
        )


def hear(desk: Desk, records: Records, actor: Person, text: str, now: datetime) -> None:
    """Take what a person wrote to the bot: an answer, a word of command, or a hello. Always answers in the chat."""
    said = clean(text)
    word = said.casefold().strip(" .。!！")
    try:
        conversation, over = held(desk, records, actor, now)
        if conversation is not None:
            turn(desk, records, actor, conversation, said, word, now)
        elif word in STOP:
            _sorry(records, actor, over or NOTHING_HELD, now)
        elif word in HELLO or (begun := begin(desk, records, actor, now)) is None:
            if over:
                _sorry(records, actor, over, now)
            else:
                at = f"door/{actor.id}/{now.isoformat()}"
                _write(records, actor, at, "chat.door", {"person": actor.id}, now)
        else:
            first(desk, records, actor, begun, "" if word in COMMANDS else said, now)
    except Refusal as no:
        _sorry(records, actor, no.words, now)


def held(
    desk: Desk, records: Records, actor: Person, now: datetime
) -> tuple[Conversation | None, Words | None]:
    """The conversation held in the chat. One that can't go on, for its week is over, is let go: the words say why."""
    conversation = records.conversations.in_chat(actor.id)
    if conversation is None:
        return None, None
    try:
        desk.sit(records, actor, conversation, now)
    except Refusal as no:
        quieten(records, conversation)
        saved(records, replace(conversation, in_chat=False, at=None))
        return None, no.words
    return conversation, None


def begin(desk: Desk, records: Records, actor: Person, now: datetime) -> Conversation | None:
    """The conversation about the open task that is due first and can be answered in the chat.

    One that opens later counts too when its draft was begun already, by command.
    """
    for task in records.tasks.open_of(actor.id):
        flow = desk.catalog.flows.get(task.kind)
        if flow is None or flow.subject is None or now >= task.until:
            continue
        if task.opens_at > now:
            draft = records.conversations.find(flow.name, actor.id, f"{task.scope}/{task.subject}")
            if draft is None or draft.state != "open":
                continue
        opened = desk.open(records, actor, flow.name, "", now).conversation
        return saved(records, replace(opened, in_chat=True, at=None))
    return None


def first(
    desk: Desk, records: Records, actor: Person, conversation: Conversation, said: str, now: datetime
) -> None:
    """Begin: what was written, if it says anything, is the first answer where that question takes a text."""
    _, _, played = desk.played(records, actor, conversation, CHAT, now)
    step = played.waiting
    if said and step is not None and isinstance(step.groups[0].questions[0].kind, Text):
        answer(desk, records, actor, conversation, step, said, now)
    else:
        ask(records, actor, conversation, played, now)


def turn(
    desk: Desk,
    records: Records,
    actor: Person,
    conversation: Conversation,
    said: str,
    word: str,
    now: datetime,
) -> None:
    """One turn of a conversation held in the chat."""
    _, _, played = desk.played(records, actor, conversation, CHAT, now)
    step = current(conversation, played)
    if word in STOP:
        stopped = saved(records, replace(conversation, in_chat=False, at=None))
        quieten(records, conversation)
        _say(records, actor, stopped, "chat.stopped", now)
    elif word in BACK:
        before = step_before(played, step.key if step else REVIEW)
        again(records, actor, replace(conversation, at=(before or played.steps[0]).key), played, now)
    elif step is None and word in SEND:
        send(desk, records, actor, conversation, now)
    elif step is None or word in HELP:
        again(records, actor, conversation, played, now)
    else:
        answer(desk, records, actor, conversation, step, "" if word in SKIP else said, now)


def answer(
    desk: Desk,
    records: Records,
    actor: Person,
    conversation: Conversation,
    step: Step,
    said: str,
    now: datetime,
) -> None:
    """Keep the answer and ask the next question; one that is not understood is kept as typed and asked again."""
    group, question = step.groups[0], step.groups[0].questions[0]
    try:
        kept = understand_one(question, said, reader_of(records, actor, now))
    except Refusal:
        typed = {**conversation.typed, step.key: said}
        quieten(records, conversation)
        asked = saved(records, replace(conversation, typed=typed, at=step.key))
        _ask(records, actor, asked, step.key, now)
        return
    typed = {name: value for name, value in conversation.typed.items() if name != step.key}
    after = saved(
        records,
        replace(conversation, answers=_with(conversation, group, question.name, kept), typed=typed, at=None),
    )
    quieten(records, conversation)
    _, _, played = desk.played(records, actor, after, CHAT, now)
    ask(records, actor, after, played, now)


def pressed(
    desk: Desk, records: Records, actor: Person, conversation_id: str, field: str, said: str, now: datetime
) -> None:
    """A button under a question of the chat; pressed late, it still answers its own question."""
    conversation = desk.mine(records, actor, conversation_id)
    _, _, played = desk.played(records, actor, conversation, CHAT, now)
    step = played.step(field)
    if conversation.state == "done":
        raise AlreadySent
    if step is None:  # what was asked has gone, such as a goal
        again(records, actor, replace(conversation, in_chat=True), played, now)
        return
    answer(desk, records, actor, replace(conversation, in_chat=True), step, said, now)


def send(desk: Desk, records: Records, actor: Person, conversation: Conversation, now: datetime) -> None:
    """Send what was answered, as the form's last screen does; pressed twice, it is sent once."""
    if conversation.state == "done":
        raise AlreadySent
    turned = desk.answer(records, actor, conversation.id, conversation.revision, REVIEW, {}, now)
    quieten(records, conversation)
    _say(records, actor, turned.conversation, "chat.sent" if turned.finished else "chat.stopped", now)


def again(records: Records, actor: Person, conversation: Conversation, played: Played, now: datetime) -> None:
    """Ask anew, in a message of its own; the question before it loses its buttons."""
    quieten(records, conversation)
    ask(records, actor, saved(records, conversation), played, now)


def ask(records: Records, actor: Person, conversation: Conversation, played: Played, now: datetime) -> None:
    """Write the message that asks the current question, or shows all answers at the end."""
    step = current(conversation, played)
    _ask(records, actor, conversation, step.key if step else REVIEW, now)


def current(conversation: Conversation, played: Played) -> Step | None:
    """The question gone back to, else the first unanswered one; None when everything is answered."""
    if conversation.at and (step := played.step(conversation.at)):
        return step
    return played.waiting


def _with(conversation: Conversation, group: Group, name: str, kept: Kept) -> dict[str, dict[str, Kept]]:
    before = {page: dict(answers) for page, answers in conversation.answers.items()}
    before.setdefault(group.key, {})[name] = kept
    return before


def _ask(records: Records, actor: Person, conversation: Conversation, field: str, now: datetime) -> None:
    about = {"conversation": conversation.id, "field": field, "revision": conversation.revision}
    _write(records, actor, f"chat/{conversation.id}/{conversation.revision}", "chat.ask", about, now)


def _say(records: Records, actor: Person, conversation: Conversation, kind: str, now: datetime) -> None:
    key = f"chat/{conversation.id}/{conversation.revision}/{kind}"
    _write(records, actor, key, kind, {"conversation": conversation.id}, now)


def _sorry(records: Records, actor: Person, words: Words, now: datetime) -> None:
    # A refusal's words are the bot's own, made for this person; they hold no answer's contents.
    about = {"en": words.en, "zh": words.zh}
    _write(records, actor, f"sorry/{actor.id}/{now.isoformat()}", "chat.sorry", about, now)


def _write(
    records: Records, actor: Person, key: str, kind: str, about: Mapping[str, Any], now: datetime
) -> None:
    records.messages.write(Message(key, kind, about, now, person=actor.id, urgency=0))
