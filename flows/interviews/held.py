"""Saying that the talk has taken place, also where no time was set or another one was."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flows.core.catalog import deed
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.interviews.changing import change, proposed
from flows.interviews.picking import SET, locked, taking_part
from flows.interviews.records import Interview
from flows.interviews.sides import found
from flows.interviews.talking import BookingRecords
from flows.people.person import Person

TALKED = Words("We have talked already", "我们已经谈过")
SURE = Words(
    "It is noted as held now, and both of you are asked what was agreed. A time that is set is taken back.",
    "将标记为已进行，并请双方填写约定事项；已约定的时间会被取消。",
)


def held_button(interview: Interview) -> Button:
    return Button(TALKED, Act("do", ("interview-held", str(interview.id))), confirm=SURE)


@deed("interview-held", may=SET, of=taking_part)
def held(records: BookingRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Act:
    """It took place, as of now; said twice, it is so once."""
    place = Act("see", ("interview-talk", about[0]))
    if found(records, about).is_over(now):
        return place
    before = locked(records, about, actor).interview
    if before.state == "booked":  # whoever has the time in their calendar is to lose it
        before = change(records, before, proposed(before, (), 0), now, actor.id) or before
    starts = now - timedelta(minutes=before.minutes)
    after = replace(before, state="held", slots=(), turn=0, starts_at=starts, ends_at=now)
    if change(records, before, after, now, actor.id) is None:
        raise Refusal(
            "It could not be noted just now. Please try again in a moment.", "暂时无法保存，请稍后重试。"
        )
    return place
