"""Each side says by themselves what was agreed in the interview: up to five points, who does each, and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from flows.core.catalog import flow
from flows.core.kinds import Choice, Day, Text
from flows.core.moments import day_words
from flows.core.page import Page, Question, Questionnaire, choice, text
from flows.core.play import Answers, Ask
from flows.core.refusal import Refusal
from flows.core.said import Kept, Option
from flows.core.screen import Act, Button, here
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.interviews.following import follow, known
from flows.interviews.sides import SAY, Both, found, named, whose_interview
from flows.interviews.talked import Doer, Point, Said, Side, Talk, TalkRecords
from flows.people.person import Person

MOST = 5  # points that one side writes down; taking over the other's may make it more
YEARS = 3  # a day that is further away is a slip of the finger
SEE = Words("Look at both sides", "查看双方的内容")

Anything = Literal["points", "nothing"]
ANYTHING = {
    "points": Words("Yes, I write it down point by point", "有，逐条填写"),
    "nothing": Words("No, nothing", "没有"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form needs: the interview, for which side it is, and what that side has said before."""

    both: Both
    side: Side
    before: Said | None
    today: date
    is_final: bool

    @property
    def most(self) -> int:
        return max(MOST, len(self.before.points) if self.before else 0)


class Overall(Page):
    title = Words("Your talk", "这次面谈")
    anything: Anything = choice("Was anything agreed?", "是否有约定的事项？", ANYTHING)
    comment: str | None = text(
        "Anything else that should be kept of the talk?",
        "面谈中还有什么需要记录？",
        lines=4,
        optional=True,
        hint=Words(
            "In your own words; it stands beside the points.", "用自己的话填写，会显示在约定事项旁边。"
        ),
    )


def asked(records: TalkRecords, actor: Person, subject: str, now: datetime) -> Asked:
    """What the form is about; refuses while they have not talked yet."""
    both = found(records, (subject,))
    if not both.is_over(now):
        raise Refusal(NOT_YET.fill(name=both.of(other_side(both.side_of(actor))).name))
    side, talk = both.side_of(actor), known(records, both)
    return Asked(both, side, talk.said.get(side), local_day(now, actor.zone), talk.is_final)


NOT_YET = Words(
    "Your talk with {name} has not taken place yet. Come back to this afterwards; if you have talked already, open "
    "/interview and press “We have talked already”.",
    "你和{name}的面谈尚未进行，请在面谈后填写；如果已经谈过，请打开 /interview 并点击“我们已经谈过”。",
)


def other_side(side: Side) -> Side:
    return "manager" if side == "person" else "person"


def readers_of(known_: Asked) -> Words:
    """Who reads it, and from when on."""
    name = known_.both.of(other_side(known_.side)).name
    words = READERS.fill(name=name)
    return words + (CHANGES if known_.is_final else same(""))


READERS = Words(
    "{name} reads this once they have said what they think was agreed, and you read theirs then. After that it is also "
    "open to the managers above and to HR. It stands in no message.",
    "{name}填写自己认为的约定之后才能看到这里的内容，你也在那时看到对方的内容。之后上级管理者和 HR 也可以查看。"
    "消息中不会出现内容。",
)
CHANGES = Words(
    " Both of you have signed already: what you send now is a new version, which both sign anew.",
    "双方已签署：现在提交的内容将成为新版本，需要双方重新签署。",
)


def begun_with(known_: Asked) -> Answers:
    """What this side said last; an empty form for the first time."""
    if known_.before is None:
        return {}
    points = known_.before.points
    answers: dict[str, dict[str, Kept]] = {
        "Overall": {
            "anything": "points" if points else "nothing",
            "comment": known_.before.comment or None,
        }
    }
    for number, point in enumerate(points, 1):
        more = "yes" if number < len(points) else "no"
        by = point.by.isoformat() if point.by else None
        answers[f"point{number}"] = {"what": point.what, "who": point.who, "by": by, "more": more}
    return answers


def point_form(known_: Asked, number: int) -> Questionnaire:
    """The questions about one point."""
    names = known_.both.names
    who = Choice((
        Option("person", same(names["person"])), Option("manager", same(names["manager"])),
        Option("both", Words("Both", "双方")),
    ))  # fmt: skip
    questions = [
        Question("what", Words("What was agreed?", "约定了什么？"), Text(2, 300)),
        Question("who", Words("Who does it?", "由谁完成？"), who),
        Question("by", Words("By when?", "什么时候完成？"), Day(), optional=True),
    ]
    if number < known_.most:
        more = Choice(
            (Option("no", Words("That was all", "没有了")), Option("yes", Words("One more", "还有一条")))
        )
        questions.append(Question("more", Words("And then?", "还有吗？"), more))
    return Questionnaire(f"point{number}", Words(f"Point {number}", f"第 {number} 条"), tuple(questions))


Given = tuple[tuple[Point, ...], str]


def keep(records: TalkRecords, actor: Person, subject: str, given: Given, now: datetime) -> Words:
    """Keep it as a new version where it is another than before."""
    both = found(records, (subject,))
    records.interviews.lock(both.interview.id)
    points, comment = given
    refuse_days(both, points, actor)
    talk = known(records, both)
    side = both.side_of(actor)
    say(records, both, talk, side, actor, points, comment, now)
    talk = follow(records, both, now)
    other = both.of(other_side(side)).name
    if both.opened_at(talk, now) is not None:
        return Words(
            "Kept. {name} has said theirs as well: look at both sides, and sign.",
            "已保存。{name}也已填写，请查看双方的内容并签署。",
        ).fill(name=other)
    return Words(
        "Kept. What {name} says is shown to you as soon as they have said it.",
        "已保存。{name}填写后，你就能看到对方的内容。",
    ).fill(name=other)


def say(
    records: TalkRecords, both: Both, talk: Talk, side: Side, actor: Person, points: Sequence[Point],
    comment: str, now: datetime,
) -> None:  # fmt: skip
    """Keep what a side says now; nothing where it is what it said before."""
    before = talk.said.get(side)
    if before and (before.points, before.comment) == (tuple(points), comment):
        return
    said = Said(both.interview.id, talk.version + 1, side, actor.id, tuple(points), comment, now)
    if not records.agreements.say(said):
        raise Refusal(
            "The other side has just changed something. What you typed is kept: please send it again.",
            "对方刚刚有改动。你填写的内容已保留，请重新提交。",
        )
    detail = {"version": said.version, "side": side}
    records.audit.note(now, actor.id, "interview.agreed", f"interview/{both.interview.id}", detail)


def refuse_days(both: Both, points: Sequence[Point], actor: Person) -> None:
    """Refuse a day before the talk, and one that can only be a slip."""
    talked = local_day(both.ended, actor.zone)
    for number, point in enumerate(points, 1):
        if point.by is not None and not 0 <= (point.by - talked).days <= YEARS * 366:
            raise Refusal(
                "Point {n}: {day} {year} lies before your talk, or more than {years} years ahead. Please correct the day.",
                "第 {n} 条：{year}年{day}早于面谈日期，或在 {years} 年之后，请修改日期。",
                n=number, day=day_words(point.by), year=point.by.year, years=YEARS,
            )  # fmt: skip


def to_both(records: TalkRecords, _actor: Person, subject: str, _now: datetime) -> list[Button]:
    both = named(records, (subject,))
    place = ("interview-talk", str(both.interview.id)) if both else ()
    return [Button(SEE, here(Act("see", place)), "primary")] if both else []


@flow(
    "interview-agreed",
    Words("What was agreed", "面谈约定"),
    may=SAY,
    of=whose_interview,
    facts=asked,
    keep=keep,
    about=lambda known_: about_words(known_.both, known_.side),
    readers=readers_of,
    prefill=begun_with,
    again=True,
    onward=to_both,
)
def say_agreed(ask: Ask, known_: Asked) -> Given:
    first = ask(Overall)
    points: list[Point] = []
    if first.anything != "nothing":
        for number in range(1, known_.most + 1):
            answers = ask.form(point_form(known_, number))
            points.append(point_in(answers))
            if answers.get("more") != "yes":
                break
    return tuple(points), first.comment or ""


def point_in(answers: Mapping[str, Any]) -> Point:
    who: Doer = answers["who"] or "both"
    return Point(" ".join(str(answers["what"] or "").split()), who, answers["by"])


def about_words(both: Both, side: Side) -> Words:
    """Whose talk it is, as that side reads it."""
    words = Words("Your talk with {name}", "你与{name}的面谈").fill(name=both.of(other_side(side)).name)
    return both.titled(words)
