"""Answering in the chat: the same conversation, one question at a time, with "back", "skip" and "stop"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.core import screens
from flows.core.catalog import LetterKind
from flows.core.conversation import REVIEW, Conversation
from flows.core.desk import CHAT, Desk, reader_of, saved, step_before, understand_one
from flows.core.kinds import Choice, Choices, Rating, Text, YesNo
from flows.core.page import kept_of
from flows.core.play import Group, Played, Step
from flows.core.records import Message, Records
from flows.core.refusal import Refusal
from flows.core.said import Kept, Reader, clean
from flows.core.screen import Act, Button, Buttons, Element, Letter, Line, Note
from flows.core.words import Words, join, same
from flows.people.person import Person

BACK = frozenset({"back", "上一步", "返回", "后退"})
SKIP = frozenset({"skip", "跳过", "略过", "-"})
STOP = frozenset({"stop", "停", "停止", "暂停", "cancel", "取消"})
SEND = frozenset({"send", "提交", "发送", "yes", "ok", "好", "是"})
HELLO = frozenset({"hi", "hello", "hey", "help", "start", "menu", "你好", "您好", "帮助", "菜单", "?", "？"})


def hear(desk: Desk, records: Records, actor: Person, text: str, now: datetime) -> None:
    """Take what a person wrote to the bot: an answer, a word of command, or a hello. Always answers in the chat."""
    said = clean(text)
    word = said.casefold().strip(" .。!！")
    conversation = records.conversations.in_chat(actor.id)
    try:
        if conversation is not None:
            turn(desk, records, actor, conversation, said, word, now)
        elif word in HELLO or (begun := begin(desk, records, actor, now)) is None:
            _write(
                records, actor, f"door/{actor.id}/{now.isoformat()}", "chat.door", {"person": actor.id}, now
            )
        else:
            first(desk, records, actor, begun, said, now)
    except Refusal as no:
        _sorry(records, actor, no, now)


def begin(desk: Desk, records: Records, actor: Person, now: datetime) -> Conversation | None:
    """The conversation about the open task that is due first and can be answered in the chat."""
    for task in records.tasks.open_of(actor.id):
        flow = desk.catalog.flows.get(task.kind)
        if flow is None or flow.subject is None or not task.opens_at <= now < task.until:
            continue
        opened = desk.open(records, actor, flow.name, "", now).conversation
        return saved(records, replace(opened, in_chat=True, at=None))
    return None


def first(
    desk: Desk, records: Records, actor: Person, conversation: Conversation, said: str, now: datetime
) -> None:
    """Begin: what was written is the first answer where that question takes a text."""
    _, _, played = desk.played(records, actor, conversation, CHAT, now)
    step = played.waiting
    if step is not None and isinstance(step.groups[0].questions[0].kind, Text):
        answer(desk, records, actor, conversation, step, said, now)
    else:
        ask(desk, records, actor, conversation, played, now)


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
        _refresh(records, conversation)
        _say(records, actor, stopped, "chat.stopped", now)
    elif word in BACK:
        before = step_before(played, step.key if step else REVIEW)
        moved = saved(records, replace(conversation, at=(before or played.steps[0]).key))
        ask(desk, records, actor, moved, played, now)
    elif step is None and word in SEND:
        send(desk, records, actor, conversation, now)
    elif step is None:
        ask(desk, records, actor, conversation, played, now)
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
        again = saved(records, replace(conversation, typed=typed, at=step.key))
        _refresh(records, conversation)
        _ask(records, actor, again, step.key, now)
        return
    typed = {name: value for name, value in conversation.typed.items() if name != step.key}
    after = saved(
        records,
        replace(conversation, answers=_with(conversation, group, question.name, kept), typed=typed, at=None),
    )
    _refresh(records, conversation)
    _, _, played = desk.played(records, actor, after, CHAT, now)
    ask(desk, records, actor, after, played, now)


def pressed(
    desk: Desk, records: Records, actor: Person, conversation_id: str, field: str, said: str, now: datetime
) -> None:
    """A button under a question of the chat; pressed late, it still answers its own question."""
    conversation = desk.mine(records, actor, conversation_id)
    _, _, played = desk.played(records, actor, conversation, CHAT, now)
    step = played.step(field)
    if conversation.state == "done" or step is None:
        raise Refusal(
            "This is sent already. Type /checkin to change it.", "已经提交了。如需修改，请输入 /checkin。"
        )
    answer(desk, records, actor, replace(conversation, in_chat=True), step, said, now)


def send(desk: Desk, records: Records, actor: Person, conversation: Conversation, now: datetime) -> None:
    """Send what was answered, as the form's last screen does."""
    turned = desk.answer(records, actor, conversation.id, conversation.revision, REVIEW, {}, now)
    _refresh(records, conversation)
    _say(records, actor, turned.conversation, "chat.sent" if turned.finished else "chat.stopped", now)


def ask(
    desk: Desk, records: Records, actor: Person, conversation: Conversation, played: Played, now: datetime
) -> None:
    """Write the message that asks the current question, or shows all answers at the end."""
    step = current(conversation, played)
    _ask(records, actor, conversation, step.key if step else REVIEW, now)


def current(conversation: Conversation, played: Played) -> Step | None:
    """The question gone back to, else the first unanswered one; None when everything is answered."""
    if conversation.at and (step := played.step(conversation.at)):
        return step
    return played.waiting


def letters(desk: Desk) -> list[LetterKind]:
    """The chat's messages; they are written from the conversation as it stands when they are sent."""

    def question(records: Any, about: Mapping[str, Any], now: datetime) -> Letter | None:
        conversation = records.conversations.get(about["conversation"])
        actor = records.people.get(conversation.person) if conversation else None
        if conversation is None or actor is None:
            return None
        live = conversation.in_chat and conversation.revision == about["revision"]
        if not live and not about.get("sent"):
            return None
        flow, _, played = desk.played(records, actor, conversation, CHAT, now)
        reader = reader_of(records, actor, now)
        step = played.step(about["field"])
        if step is None:
            return _review(conversation, played, reader, live)
        return _question(conversation, played, step, reader, live)

    def over(words: Words) -> Any:
        return lambda _records, _about, _now: Letter(words, (Line(words),))

    def sorry(_records: Any, about: Mapping[str, Any], _now: datetime) -> Letter | None:
        words = Words(about["en"], about["zh"])
        return Letter(words, (Line(words),))

    return [
        LetterKind("chat.ask", question),
        LetterKind("chat.sorry", sorry),
        LetterKind("chat.stopped", over(STOPPED)),
        LetterKind("chat.sent", over(SENT)),
    ]


STOPPED = Words(
    "Stopped; your draft is kept. Go on here at any time by writing to me, or type /checkin for the form.",
    "已停止，草稿已保存。随时给我发消息即可继续，或输入 /checkin 打开表单。",
)
SENT = Words(
    "Sent. Thank you! You can change it with /checkin until it closes.",
    "已提交，谢谢！关闭之前可以用 /checkin 修改。",
)
HOW = Words("Write your answer, or “back”, “stop”.", "直接回复即可，也可以说“返回”“停止”。")
HOW_OPTIONAL = Words(
    "Write your answer, or “skip”, “back”, “stop”.", "直接回复即可，也可以说“跳过”“返回”“停止”。"
)


def _question(conversation: Conversation, played: Played, step: Step, reader: Reader, live: bool) -> Letter:
    group, question = step.groups[0], step.groups[0].questions[0]
    title = (
        same("") if len({g.key for s in played.steps for g in s.groups}) == 1 else group.title + same("\n")
    )
    number = Words("({n} of {m}) ", "（{n}/{m}）").fill(n=played.steps.index(step) + 1, m=len(played.steps))
    asked = number + title + question.words
    if not live:
        return Letter(question.words, (Note(asked),))
    body: list[Element] = []
    typed = conversation.typed.get(step.key)
    if typed is not None:
        try:
            understand_one(question, typed, reader)
        except Refusal as no:
            body.append(Line(no.words))
    body.append(Line(asked))
    if beside := group.beside.get(question.name):
        body.append(Note(beside))
    if question.hint:
        body.append(Note(question.hint))
    kept = kept_of(question, group.kept(conversation.answers))
    if kept is not None:
        body.append(Note(Words("Your answer so far: ", "目前的回答：") + question.kind.tell(kept, reader)))
    body += _options(conversation, step, group, reader)
    body.append(Note(HOW_OPTIONAL if question.optional else HOW))
    return Letter(question.words, tuple(body))


def _options(conversation: Conversation, step: Step, group: Group, reader: Reader) -> list[Element]:
    """A button per option; many, or several to choose, are listed with their numbers."""
    kind = group.questions[0].kind
    if isinstance(kind, YesNo):
        pairs = [("yes", Words("Yes", "是")), ("no", Words("No", "否"))]
    elif isinstance(kind, Choice | Rating) and len(kind.options) <= 10:
        pairs = [(option.key, kind.tell(option.key, reader)) for option in kind.options]
    elif isinstance(kind, Choice | Choices):
        listed = join((same(f"{n} ") + option.label for n, option in enumerate(kind.options, 1)), "\n", "\n")
        return [Line(listed)]
    else:
        return []
    return [
        Buttons(tuple(Button(label, Act("answer", (conversation.id, step.key, key))) for key, label in pairs))
    ]


def _review(conversation: Conversation, played: Played, reader: Reader, live: bool) -> Letter:
    words = Words("That was all. Send it?", "都问完了，要提交吗？")
    if not live:
        return Letter(words, (Note(words),))
    rows: list[Element] = []
    for step in played.steps:
        group, question = step.groups[0], step.groups[0].questions[0]
        answer = screens.told(question, group.kept(conversation.answers), reader)
        rows.append(Note(question.words + same(": ") + answer))
    place = (conversation.id,)
    buttons = Buttons(
        (
            Button(screens.SEND, Act("send", place), "primary"),
            Button(Words("Look through and edit", "检查并修改"), Act("continue", place)),
        )
    )
    return Letter(words, (Line(words), *rows, buttons))


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


def _sorry(records: Records, actor: Person, no: Refusal, now: datetime) -> None:
    # A refusal's words are the bot's own, made for this person; they hold no answer's contents.
    about = {"en": no.words.en, "zh": no.words.zh}
    _write(records, actor, f"sorry/{actor.id}/{now.isoformat()}", "chat.sorry", about, now)


def _write(
    records: Records, actor: Person, key: str, kind: str, about: Mapping[str, Any], now: datetime
) -> None:
    records.messages.write(Message(key, kind, about, now, person=actor.id, urgency=0))


def _refresh(records: Records, conversation: Conversation) -> None:
    """The question just answered loses its buttons."""
    written = records.messages.by_key(f"chat/{conversation.id}/{conversation.revision}")
    if written:
        records.messages.refresh([written.id])
