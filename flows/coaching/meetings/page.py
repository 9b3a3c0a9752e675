"""A regular talk as both sides see it: what to talk about, what was noted, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flows.checkins.setup import NAMED_RHYTHMS
from flows.coaching.meetings.agenda import Item, agenda_of
from flows.coaching.meetings.named import PAIR, TEAM, Talk, meeting_of, talk_of, whose_talk
from flows.coaching.meetings.records import Meeting, MeetingNote, MeetingRecords, Point
from flows.core.catalog import view
from flows.core.moments import day_words
from flows.core.screen import Act, Button, Buttons, Divider, Element, Heading, Line, Note, Quote, Row, Screen
from flows.core.words import Words, same
from flows.people.person import Person
from flows.people.policy import may

HOLD = ("meeting", "hold")
STEER = ("meeting", "steer")
POINTS_SHOWN, ITEMS_SHOWN, NOTES_SHOWN = 40, 60, 10
READERS = {
    PAIR: Words(
        "The two of you read this page, and nobody else; a note for yourself is read by you alone.",
        "本页只有你们两人可见；仅自己可见的记录只有你能看到。",
    ),
    TEAM: Words(
        "The whole team reads the points and the shared notes. What check-ins say is shown to the manager alone.",
        "议题和共享记录全团队可见；周报内容只有上级能看到。",
    ),
}


@view("meeting", may=HOLD, of=whose_talk)
def meeting_page(records: MeetingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everything of one regular talk, for whoever takes part in it."""
    talk = talk_of(records, about)
    kept = meeting_of(records, talk)
    body: list[Element] = [Heading(talk.title(actor)), Line(when(kept)), Note(READERS[talk.kind])]
    body.append(Buttons(tuple(ways(records, talk, actor, now))))
    body += [Divider(), *points(records, talk, kept)]
    if talk.kind == PAIR or actor.id == talk.manager.id:
        body += by_itself(records, talk, now)
    body += [Divider(), *notes(records, talk, kept, actor)]
    return Screen(talk.title(actor), tuple(body), place=talk.place)


def when(kept: Meeting | None) -> Words:
    """The rhythm, the day that is planned, and the day of the last one."""
    if kept is None or (kept.rhythm is None and kept.last_on is None):
        return Words("No rhythm is set yet.", "尚未设定频率。")
    parts = [NAMED_RHYTHMS[kept.rhythm]] if kept.rhythm else []
    if kept.next_on:
        parts.append(Words("next on {day}", "下次 {day}").fill(day=day_words(kept.next_on)))
    if kept.last_on:
        parts.append(Words("last on {day}", "上次 {day}").fill(day=day_words(kept.last_on)))
    words = parts[0]
    for part in parts[1:]:
        words += Words(" · ", " · ") + part
    return words


def ways(records: MeetingRecords, talk: Talk, actor: Person, now: datetime) -> list[Button]:
    """What one can do here."""
    subject = talk.subject
    found = [
        Button(Words("Add a point", "添加议题"), Act("open", ("meeting-point", subject)), "primary"),
        Button(Words("Write a note", "写记录"), Act("open", ("meeting-note", f"{subject}/0"))),
    ]
    thing = whose_talk(records, actor, talk.about)
    if may(actor, "steer", thing, now):
        found += [
            Button(Words("We met today", "今天已沟通"), Act("do", ("meeting-held", *talk.about))),
            Button(Words("Set the rhythm", "设定频率"), Act("open", ("meeting-rhythm", subject))),
        ]
    return found


def points(records: MeetingRecords, talk: Talk, kept: Meeting | None) -> list[Element]:
    """What somebody wants to talk about, with a tick for each."""
    found = records.meetings.points(kept.id) if kept else ()
    body: list[Element] = [Heading(Words("To talk about", "议题"))]
    by = names(records, found)
    body += [point_row(talk, point, by) for point in found[:POINTS_SHOWN]]
    if not found:
        body.append(Line(Words("Nothing yet: add a point.", "暂无议题，可以添加。")))
    elif len(found) > POINTS_SHOWN:
        more = Words("{n} more come up here as these are done.", "另有 {n} 条，处理完上面的议题后显示。")
        body.append(Note(more.fill(n=len(found) - POINTS_SHOWN)))
    return body


def names(records: MeetingRecords, several: Sequence[Point | MeetingNote]) -> dict[int, str]:
    """Who wrote these, by id."""
    return {one.id: one.name for one in records.people.many({written.by for written in several})}


def point_row(talk: Talk, point: Point, by: Mapping[int, str]) -> Row:
    act = Act("do", ("meeting-tick", *talk.about, str(point.id)))
    return Row(same(point.text), Button(Words("Done", "已谈"), act), same(by[point.by]))


def by_itself(records: MeetingRecords, talk: Talk, now: datetime) -> list[Element]:
    """What nobody had to write down. Of the team's, the manager may put a line on everybody's agenda."""
    found = agenda_of(records, talk, now)
    if not found:
        return []
    heading = Words("From check-ins and plans", "来自周报与计划")
    if talk.kind == TEAM:
        heading = Words("From check-ins, for your eyes", "来自周报（仅你可见）")
    body: list[Element] = [Heading(heading)]
    for item in found[:ITEMS_SHOWN]:
        body += item_lines(talk, item)
    if len(found) > ITEMS_SHOWN:
        more = Words("{n} more stand in the check-ins.", "另有 {n} 条，见周报。")
        body.append(Note(more.fill(n=len(found) - ITEMS_SHOWN)))
    return body


def item_lines(talk: Talk, item: Item) -> list[Element]:
    if talk.kind == PAIR:
        return [Line(item.words), *([Quote(item.text)] if item.text else [])]
    confirm = Words("The whole team will read this line.", "这一条将对全团队可见。")
    act = Act("do", ("meeting-share", *talk.about, item.key))
    button = Button(Words("Put on the agenda", "列入议程"), act, confirm=confirm)
    return [Row(same(item.text or " "), button, item.words)]


def notes(records: MeetingRecords, talk: Talk, kept: Meeting | None, actor: Person) -> list[Element]:
    """The shared notes and one's own, the newest first."""
    found = records.meetings.notes(kept.id, actor.id) if kept else ()
    body: list[Element] = [Heading(Words("Notes", "记录"))]
    by = names(records, found[:NOTES_SHOWN])
    for note in found[:NOTES_SHOWN]:
        body += note_lines(talk, note, actor, by)
    if not found:
        body.append(Line(Words("None yet.", "暂无。")))
    elif len(found) > NOTES_SHOWN:
        body.append(
            Note(Words("{n} more before that.", "更早还有 {n} 条。").fill(n=len(found) - NOTES_SHOWN))
        )
    return body


def note_lines(talk: Talk, note: MeetingNote, actor: Person, by: Mapping[int, str]) -> list[Element]:
    """One note with its day, whose it is and who reads it; one's own can be changed."""
    shared = Words("shared", "共享") if note.shared else Words("only you", "仅自己可见")
    head = day_words(note.on) + same(f" · {by[note.by]} · ") + shared
    if note.by != actor.id:
        return [Line(head), Quote(note.text)]
    change = Act("open", ("meeting-note", f"{talk.subject}/{note.id}"))
    return [Row(head, Button(Words("Change", "修改"), change)), Quote(note.text)]
