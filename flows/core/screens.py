"""The screens every flow has: a step that asks, the review of all answers, and the last word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flows.core.catalog import Flow
from flows.core.conversation import REVIEW, Conversation
from flows.core.kinds import as_said
from flows.core.page import Question, is_answered, kept_of
from flows.core.play import Group, Played, Step
from flows.core.said import Kept, Reader, Said, clean
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Field,
    Heading,
    Line,
    Note,
    Quote,
    Row,
    Screen,
)
from flows.core.words import Words

NEXT = Words("Next", "下一步")
SEND = Words("Send", "提交")
BACK = Words("Back", "上一步")
EDIT = Words("Edit", "修改")
PREVIEW = Words("Preview as people will see it", "预览收件人看到的样子")
EMPTY = Words("(left empty)", "（未填写）")
PROGRESS = Words("{n} of {m}", "第 {n} 步，共 {m} 步")
CHANGED_ELSEWHERE = Words(
    "This form was changed in another window meanwhile. Here is how it stands; what you just typed is kept.",
    "这份表单刚刚在另一个窗口被修改过。下面是最新内容，你刚才填写的内容已保留。",
)
MOVED_ON = Words(
    "What this form asks about has changed meanwhile. Here is how it stands now; what you typed is kept.",
    "表单所涉及的内容刚刚有改动。下面是最新情况，你填写的内容已保留。",
)
ALREADY_SENT = Words("This is sent already; nothing was sent twice.", "已经提交过了，没有重复提交。")
START_OVER = Words("Start over", "重新填写")
SURE = Words(
    "What you typed here is deleted, and the form begins anew.", "已填写的内容将被删除，表单会重新开始。"
)
LOOK_THROUGH = Words(
    "Look through your answers. Nothing is sent before you press Send.",
    "请检查你的回答，点击“提交”后才会发送。",
)
YOUR_TEXT = Words(
    "This is what you had typed. It is kept, and you can copy it:", "这是你填写的内容，已保留，可以复制："
)


def asking(
    flow: Flow,
    conversation: Conversation,
    played: Played,
    step: Step,
    reader: Reader,
    readers: Words | None = None,
    problems: Mapping[str, Words] | None = None,
    note: Words | None = None,
    ways: Sequence[Button] = (),
    about: Words | None = None,
) -> Screen:
    """The screen of one step: its questions with what is kept or typed, who reads it, and the way back.

    Who reads it, and where one may look meanwhile, stands above the first questions and below all later ones.
    """
    body: list[Element] = [Line(note)] if note else []
    if about:
        body.append(Heading(about))
    single = len(played.steps) == 1
    if not single:
        body.append(Note(PROGRESS.fill(n=played.steps.index(step) + 1, m=len(played.steps) + 1)))
    first, told_readers = played.steps.index(step) == 0, [Note(readers)] if readers else []
    if first:
        body += [*told_readers, *([Buttons(tuple(ways))] if ways else [])]
    for nth, group in enumerate(step.groups):
        if len(played.steps) > 1 or len(step.groups) > 1:
            body += [Divider()] if nth else []
            body += heading_of(group, about)
        if group.note:
            body.append(Note(group.note))
        body += [
            field_of(group, question, conversation, problems or {}, reader) for question in group.questions
        ]
    place = Act("form", (conversation.id, str(conversation.revision), step.key))
    if not first:
        back = Button(BACK, Act("back", (conversation.id, step.key)))
        body += [*told_readers, Buttons((back, *ways))]
    return Screen(flow.title, tuple(body), SEND if single else NEXT, place)


def heading_of(group: Group, above: Words | None = None) -> list[Element]:
    """A page's title; nothing where its only question says just that, or what stands above all."""
    alone = len(group.questions) == 1 and group.questions[0].words == group.title
    return [] if alone or group.title == above else [Heading(group.title)]


def field_of(
    group: Group,
    question: Question,
    conversation: Conversation,
    problems: Mapping[str, Words],
    reader: Reader,
) -> Field:
    """One question with what stands in it: what was typed last, else what is kept, else what is proposed."""
    name = f"{group.key}.{question.name}"
    said = conversation.typed.get(name)
    if said is None:
        kept = group.kept(conversation.answers)
        known = kept_of(question, kept) if is_answered(question, kept) else group.start.get(question.name)
        said = as_said(question.kind, known, reader)
    return Field(name, question, said, group.beside.get(question.name), problems.get(name))


def review(
    flow: Flow,
    conversation: Conversation,
    played: Played,
    reader: Reader,
    note: Words | None = None,
    hints: Sequence[Words] = (),
) -> Screen:
    """All answers, each with an edit button; the last screen of a flow of more than one."""
    body: list[Element] = [Line(note)] if note else []
    body.append(Note(LOOK_THROUGH))
    body += [Line(hint) for hint in hints]
    above = [Button(PREVIEW, Act("preview", (conversation.id,)))] if flow.preview else []
    if conversation.state == "open":
        above.append(Button(START_OVER, Act("drop", (conversation.id,)), "danger", SURE))
    body += [Buttons(tuple(above))] if above else []
    titled: set[str] = set()
    for step in played.steps:
        for group in step.groups:
            if group.key not in titled:
                titled.add(group.key)
                body += heading_of(group)
            kept = group.kept(conversation.answers)
            for question in group.questions:
                edit = Button(EDIT, Act("edit", (conversation.id, f"{group.key}.{question.name}")))
                body.append(Row(told(question, kept, reader), edit, question.words))
    return Screen(
        flow.title, tuple(body), SEND, Act("form", (conversation.id, str(conversation.revision), REVIEW))
    )


def done(flow: Flow, words: Words, onward: Sequence[Button] = ()) -> Screen:
    """What is said at the end, and the ways to what comes next."""
    return Screen(flow.title, (Line(words), *([Buttons(tuple(onward))] if onward else [])))


def closed(words: Words, said: Mapping[str, Said]) -> Screen:
    """A no after typing: the sentence, and all that had been typed."""
    typed = [value for value in said.values() if isinstance(value, str) and value.strip()]
    # A number or an account is a choice's key, which says nothing to a person and is quickly chosen again.
    texts = [value for value in typed if not value.isdigit() and not value.startswith("account:")]
    body: list[Element] = [Line(words)]
    if texts:
        body += [Note(YOUR_TEXT), *(Quote(text) for text in texts)]
    return Screen(Words("Not sent", "未提交"), tuple(body))


def told(question: Question, kept: Mapping[str, Kept], reader: Reader) -> Words:
    """An answer in words; what was left empty says so."""
    answer = kept_of(question, kept) if is_answered(question, kept) else None
    return EMPTY if answer in (None, "", []) else question.kind.tell(answer, reader)


def said_something(said: Said) -> bool:
    """Whether there is anything in it but blanks and invisible signs."""
    return bool(clean(said)) if isinstance(said, str) else any(clean(part) for part in said)


def plain_screen(title: Words, words: Words) -> Screen:
    """One sentence on a screen."""
    return Screen(title, (Line(words),))
