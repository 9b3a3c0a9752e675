"""Feedback where it is read: one's own, what one gave and is asked for, and what is shared with the manager."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.coaching.feedback import GIVEN, SHARED, TITLE
from flows.coaching.feedback_asking import buttons
from flows.coaching.feedback_records import Feedback, FeedbackRecords
from flows.coaching.records import A_YEAR
from flows.core.catalog import deed, notice, view
from flows.core.moments import day_words
from flows.core.owed import Notice
from flows.core.screen import (
    Act,
    Button,
    Buttons,
    Divider,
    Element,
    Facts,
    Heading,
    Line,
    Note,
    Quote,
    Screen,
)
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of

SHOWN = 12  # of each kind: the newest
ASK = Button(Words("Ask for feedback", "请求反馈"), Act("open", ("feedback-ask", "")))
GIVE = Button(Words("Give feedback", "给出反馈"), Act("open", ("feedback", "")))


def own(_records: FeedbackRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("feedback", actor)


@view(
    "feedback-list",
    may=("feedback", "read"),
    of=own,
    command="feedback list",
    help=Words("feedback that you got, gave, or are asked for", "查看收到、给出和待回答的反馈"),
)
def feedback_list(records: FeedbackRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Screen:
    """What waits for an answer, what I was told in the last year, what I told others, and what my people share."""
    since = now - A_YEAR
    body: list[Element] = []
    for request in records.feedback.asked_of(actor.id):
        by = records.people.get(request.by)
        words = Words("{name} asks you for feedback about:", "{name} 想请你反馈：")
        body += [Line(words.fill(name=same(by.name if by else "?"))), Quote(request.about), buttons(request)]
    body += [Heading(Words("For you", "给你的反馈"))]
    body += shown(records, actor, records.feedback.about(actor.id, since))
    waiting = [one for one in records.feedback.asked_by(actor.id, since) if one.state == "open"]
    for request in waiting:
        whom = records.people.get(request.whom)
        words = Words("You asked {name}: {about}", "你向 {name} 请求：{about}")
        body.append(Note(words.fill(name=same(whom.name if whom else "?"), about=same(request.about))))
    given = records.feedback.by(actor.id, since)
    if given:
        body += [Divider(), Heading(Words("From you", "你给出的反馈")), *shown(records, actor, given)]
    shared = [
        one
        for one in records.feedback.shared_about([p.id for p in records.people.reports_of(actor.id)], since)
        if one.by != actor.id
    ]
    if shared:
        body += [
            Divider(),
            Heading(Words("Shared with you", "同时给你看的反馈")),
            *shown(records, actor, shared),
        ]
    body.append(Buttons((GIVE, ASK)))
    return Screen(TITLE, tuple(body), place=Act("see", ("feedback-list",)))


def shown(records: FeedbackRecords, actor: Person, found: Sequence[Feedback]) -> list[Element]:
    """Each with its day and names, and what it says; the newest first."""
    newest = list(reversed(found))
    body: list[Element] = [] if newest else [Line(Words("Nothing yet.", "暂无。"))]
    for one in newest[:SHOWN]:
        by, about = records.people.get(one.by), records.people.get(one.about)
        names = {"by": same(by.name if by else "?"), "name": same(about.name if about else "?")}
        head = Words("{by} to {name}", "{by} 给 {name}").fill(**names)
        body.append(Line(day_words(local_day(one.at, actor.zone)) + same(" · ") + head + reader_words(one)))
        body.append(facts(one))
        if one.about == actor.id and one.thanked_at is None:
            thank = Act("do", ("feedback-thank", str(one.id)))
            body.append(Buttons((Button(Words("Say thanks", "表示感谢"), thank),)))
        elif one.thanked_at is not None:
            body.append(Note(Words("Thanked for.", "已表示感谢。")))
    if len(newest) > SHOWN:
        body.append(Note(Words("{n} more before that.", "更早还有 {n} 条。").fill(n=len(newest) - SHOWN)))
    return body


def reader_words(one: Feedback) -> Words:
    return Words(" · manager reads it, too", " · 上级也能看到") if one.shared else same("")


def facts(one: Feedback) -> Facts:
    """What it says, part by part."""
    rows = [
        (Words("Situation", "情境"), same(one.situation)),
        (Words("Behaviour", "行为"), same(one.behaviour)),
        (Words("Effect", "影响"), same(one.effect)),
    ]
    if one.wish:
        rows.append((Words("Wish", "期望"), same(one.wish)))
    return Facts(tuple(rows))


def in_lines(one: Feedback) -> str:
    """The same as a text of its own."""
    return "\n".join(part for part in (one.situation, one.behaviour, one.effect, one.wish) if part)


def readable(
    records: FeedbackRecords, actor: Person, person: Person, since: datetime, now: datetime
) -> list[Feedback]:
    """What of somebody's feedback the actor may read beside a review: all of their own, or what is shared."""
    found = records.feedback.about(person.id, since)
    if may(actor, "read", thing_of("feedback", person, actor, records.people), now):
        return list(found)
    if may(actor, "read", thing_of("feedback_shared", person, actor, records.people), now):
        return [one for one in found if one.shared]
    return []


def received(records: FeedbackRecords, _actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A feedback as the thing of whom it is for."""
    found = records.feedback.get(whole(about[0])) if about else None
    whom = records.people.get(found.about) if found else None
    return Thing("feedback", whom) if whom else None


@deed("feedback-thank", may=("feedback", "read"), of=received)
def thank(records: FeedbackRecords, _actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Tell the giver, once, that their feedback was welcome."""
    found = records.feedback.get(int(about[0]))
    if found is not None and records.feedback.thank(found.id, now):
        key = f"feedback.thanked/{found.id}"
        records.notices.add([Notice(0, key, found.by, "feedback.thanked", {"feedback": found.id}, now)])
    return Words("They read your thanks with their next message.", "对方会在下一次消息中看到你的感谢。")


@notice("feedback.thanked")
def told_thanks(records: FeedbackRecords, one: Notice, _now: datetime) -> list[Element] | None:
    found = records.feedback.get(one.about["feedback"])
    whom = records.people.get(found.about) if found else None
    if whom is None:
        return None
    return [
        Line(
            Words("{name} thanks you for your feedback.", "{name} 感谢你的反馈。").fill(name=same(whom.name))
        )
    ]


@notice(GIVEN)
def told(records: FeedbackRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """That there is some, and from whom; what it says stands in a window."""
    found = records.feedback.get(one.about["feedback"])
    by = records.people.get(found.by) if found else None
    if by is None:
        return None
    words = Words("{name} has feedback for you.", "{name} 给了你反馈。").fill(name=same(by.name))
    return [Line(words), Buttons((Button(Words("Read", "查看"), Act("see", ("feedback-list",))),))]


@notice(SHARED)
def told_manager(records: FeedbackRecords, one: Notice, _now: datetime) -> list[Element] | None:
    """For whoever was the manager when it was given, while they still are."""
    found = records.feedback.get(one.about["feedback"])
    by = records.people.get(found.by) if found else None
    whom = records.people.get(found.about) if found else None
    if by is None or whom is None or whom.manager != one.person:
        return None
    words = Words(
        "{by} has feedback for {name}, and shares it with you.", "{by} 给了 {name} 反馈，并同时给你看。"
    ).fill(by=same(by.name), name=same(whom.name))
    return [Line(words), Buttons((Button(Words("Read", "查看"), Act("see", ("feedback-list",))),))]
