"""Taking part in a training: to enrol, to give the place up, and the manager's yes where it costs something."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from flows.core.catalog import deed, flow
from flows.core.desk import NotThere
from flows.core.page import Page, text
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.cycle.owing import whole
from flows.people.person import Person
from flows.people.policy import Thing
from flows.plans.developing_kept import PlanRecords
from flows.plans.training_kept import TAKING, Enrolment
from flows.plans.training_owed import close_asking, follow_place, place_thing, tell


def own_place(records: PlanRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """A training of the catalogue, for oneself."""
    training = records.trainings.get(whole(about[0])) if about else None
    return Thing("training_place", actor) if training and training.offered else None


def some_place(records: PlanRecords, actor: Person, about: tuple[str, ...]) -> Thing | None:
    """The place that a button names."""
    place = records.trainings.place(whole(about[0])) if about else None
    return place_thing(records, place, actor) if place else None


@deed("training-enrol", may=("training_place", "ask"), of=own_place)
def enrol(records: PlanRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Take a place; what costs something waits for the manager. Pressed twice, it is one place."""
    training = records.trainings.get(whole(about[0]))
    if training is None:
        raise NotThere
    held = [one for one in records.trainings.places_of(actor.id) if one.training == training.id]
    if any(one.state in TAKING for one in held):
        return Words("You have a place already.", "你已报名。")
    if training.cost and any(one.state == "attended" for one in held):
        raise Refusal(
            "You took part in this training before. To take it again at a cost, please talk to your manager first.",
            "你已参加过这项培训。如需再次参加付费培训，请先与上级沟通。",
        )
    state: Literal["asked", "enrolled"] = "asked" if training.cost else "enrolled"
    place = records.trainings.save_place(Enrolment(0, training.id, actor.id, state, now))
    records.audit.note(now, actor.id, f"training.{state}", f"enrolment/{place.id}", {"training": training.id})
    if state == "enrolled":
        return Words("You are enrolled in “{training}”.", "已报名“{training}”。").fill(
            training=training.words
        )
    follow_place(records, place, now)
    return Words(
        "Asked for: your manager approves “{training}”, for it costs something.",
        "已申请：“{training}”需要费用，由你的上级批准。",
    ).fill(training=training.words)


@deed("training-give-up", may=("training_place", "ask"), of=some_place)
def give_up(records: PlanRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Give the place up."""
    place = records.trainings.lock_place(whole(about[0]))
    if place is None:
        raise NotThere
    if place.state in TAKING:
        records.trainings.save_place(replace(place, state="withdrawn"))
        records.audit.note(now, actor.id, "training.withdrawn", f"enrolment/{place.id}", {})
        close_asking(records, place, now)
    return Words("Your place is given up.", "已取消报名。")


@deed("training-approve", may=("training_place", "decide"), of=some_place)
def approve(records: PlanRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Say yes to a training that costs something; said twice, it counts once."""
    decide(records, actor, about[0], "enrolled", "", now)
    return Words("Approved. They are told.", "已批准，对方会收到通知。")


class No(Page):
    title = Words("Decline the training", "不批准培训")
    why: str = text("Why? They read this.", "原因是什么？对方会看到。", lines=3, most=500)


def decidable(records: PlanRecords, _actor: Person, subject: str, _now: datetime) -> Enrolment:
    """The place, while it waits for a decision."""
    place = records.trainings.place(whole(subject))
    if place is None:
        raise NotThere
    if place.state != "asked":
        raise Refusal("This is decided already, or was given up.", "已有决定，或对方已取消报名。")
    return place


def keep_no(records: PlanRecords, actor: Person, subject: str, why: str, now: datetime) -> Words:
    decidable(records, actor, subject, now)
    decide(records, actor, subject, "declined", why, now)
    return Words("Declined. They are told.", "已婉拒，对方会收到通知。")


@flow(
    "training-decline",
    No.title,
    may=("training_place", "decide"),
    of=some_place,
    facts=decidable,
    keep=keep_no,
)
def decline(ask: Ask, _place: Enrolment) -> str:
    return ask(No).why


def decide(
    records: PlanRecords,
    actor: Person,
    which: str,
    state: Literal["enrolled", "declined"],
    why: str,
    now: datetime,
) -> None:
    """Keep the decision, close the task and have the person told; what is decided stays."""
    place = records.trainings.lock_place(whole(which))
    if place is None or place.state != "asked":
        return
    decided = replace(place, state=state, decided_by=actor.id, decided_at=now, why=why)
    records.trainings.save_place(decided)
    records.audit.note(now, actor.id, f"training.{state}", f"enrolment/{place.id}", {"person": place.person})
    close_asking(records, decided, now)
    tell(records, decided, now)
