"""Who takes part in a training, for HR; who was there is recorded by HR or the manager."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from flows.core.catalog import flow, view
from flows.core.desk import NotThere
from flows.core.page import Page, choice, day
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Element, Heading, Line, Note, Row, Screen
from flows.core.words import Words, same
from flows.cycle.calendar import local_day
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing, may
from flows.plans.developing_kept import PlanRecords
from flows.plans.training_kept import Enrolment, Training
from flows.plans.training_owed import place_thing
from flows.plans.training_shown import ATTENDANCE, RECORDABLE, TITLE, place_words, told
from flows.plans.training_taking import some_place

MOST = 60


def catalogue(_records: PlanRecords, _actor: Person, _about: tuple[str, ...]) -> Thing:
    """The catalogue, which HR keeps."""
    return Thing("training_catalogue")


@view("training-people", may=("training_catalogue", "steer"), of=catalogue)
def people_in(records: PlanRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """Everybody of the reader's scope who has or had a place, with the way to record who was there or to decide."""
    training = records.trainings.get(whole(about[0])) if about else None
    if training is None:
        raise NotThere
    body: list[Element] = [Heading(training.words), Note(told(training))]
    for place in records.trainings.places_in(training.id):
        person, thing = records.people.get(place.person), place_thing(records, place, actor)
        if person is None or thing is None or len(body) > MOST:
            continue
        if place.state == "asked" and may(actor, "decide", thing, now):
            act = Button(Words("Decide", "审批"), Act("see", ("training-asked", str(place.id))))
        elif place.state in RECORDABLE and may(actor, "record", thing, now):
            act = Button(ATTENDANCE, Act("open", ("training-record", str(place.id))))
        else:
            continue
        body.append(Row(place_words(place), act, same(person.name)))
    if len(body) == 2:
        body.append(Line(Words("Nobody whom you look after has a place.", "你负责的人员中没有人报名。")))
    return Screen(TITLE, tuple(body), place=Act("see", ("training-people", str(training.id))))


class WasThere(Page):
    title = Words("Attendance", "出勤")
    how: str = choice(
        "Were they there?", "是否参加？",
        {"attended": Words("Attended", "已参加"), "missed": Words("Missed", "缺席")},
    )  # fmt: skip
    on: date = day("On which day?", "哪一天？")


@dataclass(frozen=True, slots=True)
class Place:
    """A place, whose and in which training."""

    place: Enrolment
    training: Training
    person: Person


def recordable(records: PlanRecords, _actor: Person, subject: str, _now: datetime) -> Place:
    """The place of somebody who is enrolled; what was recorded can be corrected."""
    place = records.trainings.place(whole(subject))
    training = records.trainings.get(place.training) if place else None
    person = records.people.get(place.person) if place else None
    if place is None or training is None or person is None:
        raise NotThere
    if place.state not in ("enrolled", "attended", "missed"):
        raise Refusal("They have no place in this training.", "对方没有这项培训的名额。")
    return Place(place, training, person)


def keep_attendance(
    records: PlanRecords, actor: Person, subject: str, page: WasThere, now: datetime
) -> Words:
    """Keep who was there; a day that has not come yet is refused."""
    known = recordable(records, actor, subject, now)
    if page.on > local_day(now, known.person.zone):
        raise Refusal(
            "That day has not come yet. Please choose the day on which it was.",
            "这一天还没到，请填写实际日期。",
        )
    place = records.trainings.lock_place(known.place.id) or known.place
    state: Literal["attended", "missed"] = "attended" if page.how == "attended" else "missed"
    kept = replace(place, state=state, took_place=page.on, recorded_by=actor.id)
    records.trainings.save_place(kept)
    records.audit.note(now, actor.id, f"training.{state}", f"enrolment/{place.id}", {"person": place.person})
    return Words("Noted for {name}.", "已记录（{name}）。").fill(name=known.person.name)


@flow(
    "training-record",
    WasThere.title,
    may=("training_place", "record"),
    of=some_place,
    facts=recordable,
    keep=keep_attendance,
    again=True,
    about=lambda known: (
        known.training.words + Words(" · ", " · ") + Words(known.person.name, known.person.name)
    ),
)
def record(ask: Ask, _known: Place) -> WasThere:
    return ask(WasThere)
