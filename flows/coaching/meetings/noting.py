"""Notes of a talk: shared or for oneself, with an action that somebody takes on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from flows.coaching.meetings.named import PAIR, Talk, begun, meeting_of, number_in, talk_of, whose_talk
from flows.coaching.meetings.page import HOLD
from flows.coaching.meetings.records import MeetingNote, MeetingRecords
from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.page import Page, choice, day, person, text
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.calendar import local_day
from flows.people.person import Person
from flows.plans.records import Action

SHARED, MINE = "shared", "mine"
WHO_READS = {
    SHARED: Words("Everybody who takes part", "所有参加者"),
    MINE: Words("Only me", "仅自己"),
}
TITLE = Words("Note of a talk", "沟通记录")
DISCLOSED = Words(
    "A shared note is read by everybody who takes part, one for yourself by you alone; HR reads neither. If somebody asks "
    "for all that is kept about them, a shared note about a 1:1 is part of it.",
    "共享记录由参加者阅读，仅自己可见的记录只有你能看到，HR 都看不到。"
    "如有人申请导出与其有关的全部数据，一对一的共享记录会包含在内。",
)


class Noting(Page):
    title = TITLE
    said: str = text("What was said?", "谈了什么？", lines=6)
    readers: str = choice("Who reads it?", "谁可以看？", WHO_READS)


class Doing(Page):
    title = Words("What follows", "后续行动")
    action: str | None = text(
        "Does somebody do something?", "有后续行动吗？", most=300, optional=True,
        hint=Words("Leave it empty if not.", "没有则留空。"),
    )  # fmt: skip
    who: int | None = person("Who?", "谁来做？", optional=True)
    due: date | None = day("By when?", "何时完成？", optional=True)


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written, and what somebody takes on."""

    text: str
    shared: bool
    action: str | None = None
    who: int | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class About:
    """The talk, and the note that is changed."""

    talk: Talk
    note: MeetingNote | None


def about_note(records: MeetingRecords, actor: Person, subject: str, _now: datetime) -> About:
    """Of another's note it can't be told whether it exists."""
    talk, number = talk_of(records, (subject,)), number_in(subject)
    if not number:
        return About(talk, None)
    meeting, note = meeting_of(records, talk), records.meetings.note(number)
    if meeting is None or note is None or note.meeting != meeting.id or note.by != actor.id:
        raise NotThere
    return About(talk, note)


def filled(about: About) -> Answers:
    if about.note is None:
        return {}
    return {"Noting": {"said": about.note.text, "readers": SHARED if about.note.shared else MINE}}


def keep(records: MeetingRecords, actor: Person, subject: str, noted: Noted, now: datetime) -> Words:
    """Keep the note and the action. Refuses an action of somebody who takes no part in the talk."""
    about = about_note(records, actor, subject, now)
    who = records.people.get(noted.who or actor.id)
    if noted.action and (who is None or not takes_part(about.talk, who)):
        raise Refusal(
            "Only somebody who takes part in this talk can take it on. Please choose another person.",
            "只有参加者才能承担该行动，请选择其他人。",
        )
    meeting, today = begun(records, about.talk, now), local_day(now, about.talk.manager.zone)
    fresh = about.note or MeetingNote(0, meeting.id, actor.id, today, "", False, now)
    records.meetings.keep_note(replace(fresh, text=noted.text, shared=noted.shared))
    if noted.action and who:
        action = Action(0, who.id, "meeting", meeting.id, noted.action, noted.due, "open", actor.id, now)
        records.actions.add(action)
        return Words("Kept. {name} has a new action.", "已保存，{name}有一项新的行动。").fill(name=who.name)
    return Words("Kept.", "已保存。")


def takes_part(talk: Talk, person: Person) -> bool:
    if person.id in (talk.manager.id, talk.person.id):
        return True
    return talk.kind != PAIR and person.manager == talk.manager.id


@flow(
    "meeting-note",
    TITLE,
    may=HOLD,
    of=whose_talk,
    facts=about_note,
    keep=keep,
    prefill=filled,
    readers=lambda _: DISCLOSED,
    again=True,
)
def write_note(ask: Ask, about: About) -> Noted:
    page = ask(Noting)
    if about.note is not None:
        return Noted(page.said, page.readers == SHARED)
    more = ask(Doing)
    return Noted(page.said, page.readers == SHARED, more.action, more.who, more.due)
