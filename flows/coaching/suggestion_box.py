"""`/suggest box`: HR reads what is in the box, answers, and says how far it is; nobody there sees an author."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast

from flows.coaching.suggesting import (
    CATEGORIES,
    MOST,
    STATES,
    TITLE,
    headline,
    refuse_full,
    remarks,
    this_week,
)
from flows.coaching.suggestion_records import Remark, Suggestion, SuggestionRecords, SuggestionState
from flows.core.catalog import deed, flow, notice, view
from flows.core.desk import NotThere
from flows.core.owed import Notice
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Heading,
    Line,
    Menu,
    Note,
    Row,
    Screen,
)
from flows.core.words import Words, count, same
from flows.people.person import Person
from flows.people.policy import Thing, may

ANSWERED = "suggestion.answered"
BY_HAND = ("in_progress", "closed")  # answered it is by answering
RECENT = timedelta(weeks=4)  # how long an answer stands on the home tab
SHOWN = 40
OPEN = Words("Open", "打开")
FIRST = 200  # characters of a suggestion in the list
SHOWN_ABOVE = 1000  # characters of it above the answer


class Answer(Page):
    title = Words("Answer", "答复")
    what: str = text("Your answer", "你的答复", lines=8, most=MOST)


def box(_records: SuggestionRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("suggestions")


def readable(records: SuggestionRecords, now: datetime) -> list[Suggestion]:
    """What HR may read in this week, what waits for them first."""
    week = this_week(now)
    found = [one for one in (kept.to_hr(week) for kept in records.suggestions.everything()) if one]
    return sorted(found, key=lambda one: list(STATES).index(one.state))


def shown_to_hr(records: SuggestionRecords, suggestion: str, now: datetime) -> Suggestion:
    """One of them; what HR may not read yet is not there."""
    found = next((one for one in readable(records, now) if one.id == suggestion), None)
    if found is None:
        raise NotThere
    return found


@view(
    "suggestion-box",
    may=("suggestions", "answer"),
    of=box,
    command="suggest box",
    help=Words("HR: read and answer what is in the suggestion box", "HR：查看并答复意见箱"),
)
def suggestion_box(
    records: SuggestionRecords, _actor: Person, _about: tuple[str, ...], now: datetime
) -> Screen:
    """Everything up to last week, the unanswered first."""
    found = readable(records, now)
    body: list[Element] = [
        Heading(TITLE),
        Note(
            Words(
                "What comes in this week can be read from Monday on, all at once and in no order, so that nothing tells who "
                "wrote when. Who wrote without a name is kept nowhere.",
                "本周收到的意见从下周一起统一显示，不分先后，因此看不出谁在何时提交。未署名的作者不会保存在任何地方。",
            )
        ),
    ]
    if not found:
        body.append(Line(Words("There is nothing to read.", "暂无内容。")))
    for one in found[:SHOWN]:
        first = one.text if len(one.text) <= FIRST else one.text[:FIRST] + "…"
        body.append(Row(same(first), Button(OPEN, Act("see", ("suggestion", one.id))), headline(one)))
    if len(found) > SHOWN:
        body.append(Note(Words("{n} more behind these.", "后面还有 {n} 条。").fill(n=len(found) - SHOWN)))
    return Screen(TITLE, tuple(body), place=Act("see", ("suggestion-box",)))


@view("suggestion", may=("suggestions", "answer"), of=box)
def suggestion(records: SuggestionRecords, _actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """One suggestion with all remarks, and what can be done about it."""
    one = shown_to_hr(records, about[0] if about else "", now)
    signed = records.people.get(one.signed) if one.signed else None
    by = (
        Words("Signed by {name}", "署名：{name}").fill(name=same(signed.name))
        if signed
        else Words("Without a name", "未署名")
    )
    body: list[Element] = [Line(headline(one)), Note(by), *remarks(one, "hr"), Divider()]
    answer = Button(Words("Answer", "答复"), Act("open", ("suggestion-answer", one.id)), "primary")
    states = tuple(
        (words, Act("do", ("suggestion-state", one.id, name)))
        for name, words in STATES.items()
        if name in BY_HAND and name != one.state
    )
    categories = tuple(
        (words, Act("do", ("suggestion-category", one.id, name)))
        for name, words in CATEGORIES.items()
        if name != one.category
    )
    body += [
        Buttons((answer,)),
        Menu(Words("How far it is", "处理状态"), states),
        Menu(Words("What it is about", "类别"), categories),
    ]
    return Screen(TITLE, tuple(body), place=Act("see", ("suggestion", one.id)))


def changed(records: SuggestionRecords, about: tuple[str, ...], now: datetime) -> Suggestion:
    """The suggestion that is to be changed, whole; what HR may not read yet is not there."""
    name = about[0] if about else ""
    shown_to_hr(records, name, now)
    found = records.suggestions.get(name)
    if found is None:
        raise NotThere
    return found


@deed("suggestion-state", may=("suggestions", "answer"), of=box)
def set_state(records: SuggestionRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Say how far it is; its author sees that."""
    one = changed(records, about, now)
    if len(about) != 2 or about[1] not in BY_HAND:
        raise NotThere
    records.suggestions.save(replace(one, state=cast(SuggestionState, about[1])))
    records.audit.note(now, actor.id, "suggestion.state", "suggestions", {"state": about[1]})
    return Words("It is marked: {state}.", "已标记为：{state}。").fill(state=STATES[about[1]])


@deed("suggestion-category", may=("suggestions", "answer"), of=box)
def set_category(records: SuggestionRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Put it under another heading."""
    one = changed(records, about, now)
    if len(about) != 2 or about[1] not in CATEGORIES:
        raise NotThere
    records.suggestions.save(replace(one, category=about[1]))
    records.audit.note(now, actor.id, "suggestion.category", "suggestions", {"category": about[1]})
    return Words("It is about: {category}.", "类别已改为：{category}。").fill(category=CATEGORIES[about[1]])


def keep_answer(records: SuggestionRecords, actor: Person, subject: str, text: str, now: datetime) -> Words:
    """Keep the answer; the same twice in a row stands there once. Only who signed is told by message."""
    one = changed(records, (subject,), now)
    if (one.latest.whose, one.latest.text) != ("hr", text):
        refuse_full(one)
        records.suggestions.save(one.having(Remark("hr", text, this_week(now)), "answered"))
        records.audit.note(now, actor.id, "suggestion.answered", "suggestions", {})
        if one.signed is not None:
            key = f"{ANSWERED}/{one.id}/{len(one.remarks)}"
            records.notices.add([Notice(0, key, one.signed, ANSWERED, {"suggestion": one.id}, now)])
    return Words(
        "It is kept. Whoever suggested it finds it under /suggest.",
        "已保存，提出者可在 /suggest 中看到。",
    )


READ_BY = Words(
    "Whoever suggested it reads it, and HR. It shows no name of yours. Nothing is kept before you press Send.",
    "提出者和 HR 能看到，不显示你的姓名。点击“提交”之前，不会保存任何内容。",
)


@flow(
    "suggestion-answer",
    Words("Answer a suggestion", "答复意见"),
    may=("suggestions", "answer"),
    of=box,
    facts=lambda records, _actor, subject, now: shown_to_hr(records, subject, now),
    keep=keep_answer,
    readers=lambda _: READ_BY,
    traceless=True,
)
def answer(ask: Ask, one: Suggestion) -> str:
    latest = one.latest.text
    return ask(Answer, note=same(latest if len(latest) <= SHOWN_ABOVE else latest[:SHOWN_ABOVE] + "…")).what


@notice(ANSWERED)
def told(records: SuggestionRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """For who has signed: that there is an answer."""
    if all(kept.id != one.about["suggestion"] for kept in records.suggestions.of_author(one.person)):
        return None
    words = Words("There is an answer to your suggestion.", "你的意见有了答复。")
    return [Line(words), Buttons((Button(Words("Read", "查看"), Act("see", ("suggestions",))),))]


def at_home(records: SuggestionRecords, actor: Person, now: datetime) -> list[Element]:
    """On the home tab, which is no message: that an answer waits for its author, and for HR what is new."""
    body: list[Element] = []
    if not records.suggestions.can_open():  # whoever opens the box itself is told so
        return body
    since = this_week(now) - RECENT
    own = records.suggestions.of_author(actor.id)
    mine = [
        one
        for one in own
        if one.state == "answered" and one.latest.whose == "hr" and one.latest.week >= since
    ]
    if mine:
        words = Words("There is an answer to your suggestion.", "你的意见有了答复。")
        body.append(Row(words, Button(OPEN, Act("see", ("suggestions",)))))
    if may(actor, "answer", Thing("suggestions"), now):
        new = sum(one.state == "new" for one in readable(records, now))
        if new:
            words = count(
                new,
                "{n} new suggestion in the box",
                "{n} new suggestions in the box",
                "意见箱有 {n} 条新意见",
            )
            body.append(Row(words, Button(OPEN, Act("see", ("suggestion-box",)))))
    return [Divider(), Heading(TITLE), *body] if body else []
