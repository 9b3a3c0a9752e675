"""The chat's messages: each question as it stands when the message leaves, the look at the end, the last word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flows.core import screens
from flows.core.catalog import LetterKind
from flows.core.conversation import Conversation
from flows.core.desk import Desk
from flows.core.kinds import Choice, Choices, Rating, YesNo
from flows.core.page import kept_of
from flows.core.play import Group, Played, Step
from flows.core.refusal import Refusal
from flows.core.said import Reader
from flows.core.screen import Act, Button, Buttons, Element, Letter, Line, Note
from flows.core.sitting import CHAT, reader_of, understand_one
from flows.core.words import Words, join, same


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
        try:
            _, _, played = desk.played(records, actor, conversation, CHAT, now)
        except Refusal as no:  # the week is over, or it is not theirs any more
            return Letter(no.words, (Note(no.words),)) if about.get("sent") else None
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
ONLY_IN_FORM = Words(
    "What it is stands in the form only, and in no message.", "具体内容只显示在表单中，不会出现在消息里。"
)
IN_FORM = Words("Open the form", "打开表单")
HOW = Words("Write your answer, or “back”, “stop”.", "直接回复即可，也可以说“返回”“停止”。")
HOW_OPTIONAL = Words(
    "Write your answer, or “skip”, “back”, “stop”.", "直接回复即可，也可以说“跳过”“返回”“停止”。"
)


def _question(conversation: Conversation, played: Played, step: Step, reader: Reader, live: bool) -> Letter:
    group, question = step.groups[0], step.groups[0].questions[0]
    title = (
        same("") if len({g.key for s in played.steps for g in s.groups}) == 1 else group.title + same("\n")
    )
    if group.in_message:
        title = group.in_message + same("\n")
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
    if group.in_message:
        form = Button(IN_FORM, Act("continue", (conversation.id,)))
        body += [Note(ONLY_IN_FORM), Buttons((form,))]
    elif beside := group.beside.get(question.name):
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
    elif isinstance(kind, Rating):
        pairs = [(option.key, kind.tell(option.key, reader)) for option in kind.offered]
    elif isinstance(kind, Choice) and len(kind.options) <= 10:
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
