"""The catalogue of trainings as everybody sees it, and where somebody takes part."""

from __future__ import annotations

from datetime import datetime

from flows.core.catalog import view
from flows.core.moments import day_words
from flows.core.screen import Act, Button, Buttons, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, join, same
from flows.cycle.owing import whole
from flows.goals.amounts import figure
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.plans.training_kept import TAKING, Enrolment, Training, TrainingRecords

TITLE = Words("Trainings", "培训")
ON_A_PAGE = 20
WHO = Words("Who takes part: {title}", "参加人员：{title}")
STATES = {
    "asked": Words("waits for your manager", "等待上级审批"),
    "enrolled": Words("enrolled", "已报名"),
    "declined": Words("declined", "未获批准"),
    "withdrawn": Words("given up", "已取消"),
    "attended": Words("attended", "已参加"),
    "missed": Words("missed", "缺席"),
}
RECORDABLE = ("enrolled", "attended", "missed")
ATTENDANCE = Words("Attendance", "出勤")
HOW = Words(
    "HR fills this catalogue: drop a .csv or .xlsx sheet with the columns code, title, title_zh, hours, mode, link, "
    "skills, cost and currency into this chat.",
    "HR 维护培训目录：把包含 code、title、title_zh、hours、mode、link、skills、cost、currency 列的 .csv 或 .xlsx 表格"
    "发到这个聊天里即可。",
)


def everybodys(_records: TrainingRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    return Thing("trainings")


@view(
    "trainings",
    may=("trainings", "read"),
    of=everybodys,
    command="plan trainings",
    help=Words("the trainings that the company offers", "公司提供的培训"),
)
def trainings(records: TrainingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What is offered, page by page, each with a way to enrol or how far that is; for HR who takes part."""
    offered = [one for one in records.trainings.all() if one.offered]
    page = whole(about[0]) if about else 0
    places = {one.training: one for one in records.trainings.places_of(actor.id)}
    steers = may(actor, "steer", Thing("training_catalogue"), now)
    body: list[Element] = [Heading(TITLE)]
    if not offered:
        body.append(Line(Words("The catalogue is empty.", "培训目录还是空的。")))
    for one in offered[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]:
        body += entry(one, places.get(one.id), steers=steers)
    body += turning(page, len(offered))
    body += [Note(HOW)] if steers else []
    return Screen(TITLE, tuple(body), place=Act("see", ("trainings", str(page))))


def turning(page: int, number: int) -> list[Element]:
    """The ways to the pages before and after."""
    buttons = []
    if page:
        buttons.append(Button(Words("Before", "上一页"), Act("see", ("trainings", str(page - 1)))))
    if (page + 1) * ON_A_PAGE < number:
        buttons.append(Button(Words("More", "下一页"), Act("see", ("trainings", str(page + 1)))))
    return [Buttons(tuple(buttons))] if buttons else []


def entry(one: Training, place: Enrolment | None, *, steers: bool) -> list[Element]:
    """One training: what it is, and what the reader can do about it."""
    words = told(one)
    if place is not None:
        words += same("\n") + place_words(place)
    if place is not None and place.state in TAKING:
        act = Button(Words("Give my place up", "取消报名"), Act("do", ("training-give-up", str(place.id))))
    else:
        act = Button(Words("Enrol", "报名"), Act("do", ("training-enrol", str(one.id))))
    row = Row(words, act, one.words + same(f" ({one.code})"))
    if not steers:
        return [row]
    people = Button(WHO.fill(title=one.code), Act("see", ("training-people", str(one.id))))
    return [row, Buttons((people,))]


def told(one: Training) -> Words:
    """How long, in which way, for which skills, at which cost, and where to read more."""
    parts = []
    if one.hours is not None:
        parts.append(Words("{n} h", "{n} 小时").fill(n=figure(one.hours)))
    parts += [same(text) for text in (one.mode, one.skills) if text]
    if one.cost:
        cost = Words("{cost} {currency}, your manager approves", "{cost} {currency}，需上级批准")
        parts.append(cost.fill(cost=figure(one.cost), currency=one.currency))
    else:
        parts.append(Words("free of charge", "免费"))
    parts += [same(one.link)] if one.link else []
    return join(parts, " · ", " · ")


def places_shown(records: TrainingRecords, owner: Person, *, recording: bool) -> list[Element]:
    """The trainings that somebody takes part in, or took, in their plan; `recording`: the reader may say who was there."""
    places = [one for one in records.trainings.places_of(owner.id) if one.state != "withdrawn"]
    if not places:
        return []
    known = {one.id: one for one in records.trainings.many([place.training for place in places])}
    body: list[Element] = [Line(TITLE)]
    for place in places:
        training = known[place.training]
        if recording and place.state in RECORDABLE:
            button = Button(ATTENDANCE, Act("open", ("training-record", str(place.id))))
            body.append(Row(place_words(place), button, training.words))
        else:
            body.append(Line(same("• ") + training.words + same(" · ") + place_words(place)))
    return body


def place_words(place: Enrolment) -> Words:
    """How far it is, with its day or the reason of a no."""
    words = STATES[place.state]
    if place.took_place:
        words += Words(" on {day}", "（{day}）").fill(day=day_words(place.took_place))
    if place.why:
        words += Words(": ", "：") + same(place.why)
    return words
