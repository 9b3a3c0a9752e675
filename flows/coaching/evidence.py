"""`/evidence` and "Save as evidence": what somebody saw, of themselves or of one of their people, for the next review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.coaching.clipping import WITHHELD, clip, shown, taken_up
from flows.coaching.evidence_records import Clipping, ClippingRecords, Evidence, EvidenceRecords
from flows.core.catalog import flow, shortcut
from flows.core.kinds import Choice, Day, Text
from flows.core.owed import Notice
from flows.core.page import Question, Questionnaire
from flows.core.picked import Picked
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.said import Option
from flows.core.screen import Act, Button
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.goals.kept import Goal
from flows.people.person import Person
from flows.people.policy import Thing, may, thing_of

NOTED = "evidence.noted"
MOST = 3000
MOST_PEOPLE = 99  # in one list, besides oneself
TITLE = Words("Evidence", "工作依据")
READERS = Words(
    "It stands in the diary of whom it is about. They read it, and so do their manager, the managers above and whoever "
    "writes their review. It is no place for private notes.",
    "它会记入当事人的工作记录。本人、其上级、更上一级以及撰写其评估的人都能看到，请不要在这里写私人备忘。",
)


@dataclass(frozen=True, slots=True)
class Noting:
    """What the form needs: who notes, their people, everybody's goals, the message if there is one, and their day."""

    actor: Person
    people: Sequence[Person]
    goals: Mapping[int, Sequence[Goal]]
    message: Clipping | None
    today: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What was answered."""

    whom: int
    what: str
    day: date
    goal: int | None
    message: Clipping | None


def own(_records: EvidenceRecords, actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("evidence", actor)


def noting(records: EvidenceRecords, actor: Person, subject: str, now: datetime) -> Noting:
    message = taken_up(records, actor, subject)
    people = records.people.reports_of(actor.id)[:MOST_PEOPLE]
    goals: dict[int, list[Goal]] = {}
    for goal in records.goals.worked_towards([actor.id, *(one.id for one in people)]):
        goals.setdefault(goal.person, []).append(goal)
    return Noting(actor, people, goals, message, local_day(now, actor.zone))


def copied(its: Noting) -> Clipping | None:
    """The message, where it may be kept with the note."""
    return its.message if its.message is not None and not its.message.withheld else None


def first_page(its: Noting) -> Questionnaire:
    """Of whom it is, and what was seen; with a message that says it, one's own words may stay away."""
    asked: list[Question] = []
    if its.people:
        options = [Option(str(its.actor.id), Words("Me", "我自己"), value=its.actor.id)]
        options += [Option(str(one.id), same(one.name), value=one.id) for one in its.people]
        asked.append(Question("whom", Words("Whom is it about?", "关于谁？"), Choice(tuple(options))))
    message = copied(its)
    words = (
        Words("What does it show?", "它说明了什么？")
        if message
        else Words("What did you see?", "你看到了什么？")
    )
    hint = Words(
        "The situation, what was done, and what came of it.", "当时的情况、做了什么、带来了什么结果。"
    )
    asked.append(Question("what", words, Text(6, MOST), optional=message is not None, hint=hint))
    if message is None:
        asked.append(Question("day", Words("When was it?", "发生在哪一天？"), Day()))
    note = shown(message) if message else WITHHELD if its.message else None
    return Questionnaire("seen", TITLE, tuple(asked), note)


def goal_page(goals: Sequence[Goal]) -> Questionnaire:
    words = Words("Which goal does it tell of?", "与哪个目标有关？")
    options = tuple(Option(str(goal.id), same(goal.title), value=goal.id) for goal in goals[:100])
    return Questionnaire("goal", words, (Question("goal", words, Choice(options), optional=True),))


@flow(
    "evidence",
    TITLE,
    may=("evidence", "note"),
    of=own,
    facts=noting,
    keep=lambda records, actor, _subject, seen, now: keep(records, actor, seen, now),
    readers=lambda _: READERS,
    again=True,
    onward=lambda *_: [Button(Words("All evidence", "全部依据"), Act("see", ("evidence-list",)))],
    command="evidence",
    help=Words("note what you saw, of yourself or your people", "记录自己或下属的工作依据"),
)
def note_evidence(ask: Ask, its: Noting) -> Seen:
    message = copied(its)
    start: dict[str, Any] = {"whom": str(proposed(its)), "day": its.today.isoformat()}
    said = ask.form(first_page(its), start=start)
    whom = said.get("whom") or its.actor.id
    goals = its.goals.get(whom, ())
    goal = ask.form(goal_page(goals))["goal"] if goals else None
    return Seen(whom, said["what"] or "", said.get("day") or its.today, goal, message)


def proposed(its: Noting) -> int:
    """Whom it is probably about: whoever wrote the message, where that is one of one's people; else oneself."""
    author = its.message.author if its.message else None
    return next((one.id for one in its.people if one.id == author), its.actor.id)


def keep(records: EvidenceRecords, actor: Person, seen: Seen, now: datetime) -> Words:
    """Keep it, and tell whom it is about that something was noted, without what it is."""
    whom = records.people.get(seen.whom)
    if whom is None or not may(actor, "note", thing_of("evidence", whom, actor, records.people), now):
        raise Refusal(
            "You can note evidence about yourself and the people below you. Please choose one of them.",
            "你只能记录自己和下属的工作依据，请从中选择。",
        )
    if seen.day > local_day(now, actor.zone):
        raise Refusal("This day is still to come. Please choose another.", "该日期还没有到，请重新选择。")
    message = seen.message
    day = local_day(message.said_at, whom.zone) if message else seen.day
    copy = (message.text, message.author_name, message.place, message.link) if message else ("", "", "", "")
    evidence = records.evidence.keep(Evidence(0, whom.id, actor.id, day, seen.what, *copy, seen.goal, now))
    if whom.id == actor.id:
        return Words("It stands in your diary now.", "已记入你的工作记录。")
    about = {"evidence": evidence.id}
    records.notices.add([Notice(0, f"{NOTED}/{evidence.id}", whom.id, NOTED, about, now)])
    return Words(
        "It stands in the diary of {name} now. Their next message says that you have noted something.",
        "已记入 {name} 的工作记录，对方的下一次消息会提示你记录了内容。",
    ).fill(name=same(whom.name))


@shortcut("evidence", Words("Save as evidence", "保存为依据"), may=("evidence", "note"), of=own)
def save_message(records: ClippingRecords, actor: Person, message: Picked, now: datetime) -> Act:
    """The form, with as much of the message as may be kept."""
    return Act("open", ("evidence", f"message/{clip(records, actor, message, now).id}"))
