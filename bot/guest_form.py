"""The page of an external reviewer as plain HTML: questions and what was typed, escaped by the template engine."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.html_pages import page_named
from flows.core.kinds import Choice, Choices, Day, Link, Rating, Text, YesNo
from flows.core.page import Question
from flows.core.said import SHORT, Option, Said, several
from flows.core.words import Words
from flows.reviews.guests.visiting import Visit

LANGUAGES = (("en", "English"), ("zh", "中文"))
PAGE = "guest_page.html"
SEND = Words("Send", "提交")
OPTIONAL = Words("may be left empty", "选填")
LOOK_AGAIN = Words(
    "Something is missing or not understood; nothing has been sent yet. What you wrote is still here.",
    "有内容缺失或无法识别，尚未提交；您填写的内容都还在。",
)
PRIVATE = {
    "manager": Words("Not read by the person: by the managers above and HR alone.", "本人看不到：仅上级和 HR 阅读。"),
    "hr": Words("Read by HR alone.", "仅 HR 阅读。"),
}  # fmt: skip
YES_NO = (Option("yes", Words("Yes", "是")), Option("no", Words("No", "否")))
TITLE = Words("Review", "评价")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page ready to be sent; `nonce` is what the policy of contents lets its style through by."""

    html: str
    nonce: str


def form_page(
    visited: Visit,
    language: str,
    action: str,
    proof: str,
    said: Mapping[str, Said],
    problems: Mapping[str, Words],
) -> Drawn:
    """The form with what was typed so far and what is wrong with it."""
    fields = [
        field(question, visited, language, said.get(question.name, ""), problems.get(question.name))
        for question in visited.form.questions
    ]
    return draw(
        language=language,
        title=visited.title.say(language),
        form=fields,
        action=action,
        proof=proof,
        readers=visited.readers.say(language),
        problems=bool(problems),
        look_again=LOOK_AGAIN.say(language),
        optional=OPTIONAL.say(language),
        send=SEND.say(language),
        languages=LANGUAGES,
    )


def sentence_page(sentence: Words, language: str) -> Drawn:
    """One sentence and nothing else: it was sent, or there is no form."""
    return draw(language=language, title=TITLE.say(language), form=None, sentence=sentence.say(language))


def field(
    question: Question, visited: Visit, language: str, said: Said, problem: Words | None
) -> Mapping[str, Any]:
    """One question as the template shows it."""
    kind = question.kind
    private = visited.form.private.get(question.name)
    lines, most = (kind.lines, kind.most) if isinstance(kind, Text) else (1, SHORT)
    return {
        "name": question.name,
        "ask": question.words.say(language),
        "hint": question.hint.say(language) if question.hint else "",
        "private": PRIVATE[private].say(language) if private else "",
        "optional": question.optional,
        "problem": problem.say(language) if problem else "",
        "options": [
            {
                "key": option.key,
                "label": option.label.say(language),
                "anchor": option.anchor.say(language) if option.anchor else "",
            }
            for option in options_of(question)
        ],
        "several": isinstance(kind, Choices),
        "chosen": several(said) if isinstance(said, list) else [said],
        "text": said if isinstance(said, str) else ", ".join(said),
        "lines": lines,
        "most": most,
        "type": "date" if isinstance(kind, Day) else "url" if isinstance(kind, Link) else "text",
    }


def options_of(question: Question) -> tuple[Option, ...]:
    """What is chosen from; nothing where something is typed."""
    kind = question.kind
    if isinstance(kind, YesNo):
        return YES_NO
    if isinstance(kind, Rating):
        return kind.offered
    return kind.options if isinstance(kind, Choice | Choices) else ()


def draw(**values: Any) -> Drawn:
    nonce = secrets.token_urlsafe(16)
    return Drawn(page_named(PAGE).render(nonce=nonce, **values), nonce)
