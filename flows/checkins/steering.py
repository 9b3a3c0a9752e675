"""HR pauses the check-in programme, goes on with it, and ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from flows.checkins.digest_planning import look_again, put_off
from flows.checkins.planning import plan, wake
from flows.checkins.programme import whose_programme
from flows.checkins.records import CheckinRecords, Programme
from flows.checkins.rounds import KIND, near_rounds
from flows.core.catalog import deed
from flows.core.refusal import Refusal
from flows.core.words import Words
from flows.people.person import Person


def _steer(
    records: CheckinRecords,
    actor: Person,
    now: datetime,
    state: Literal["running", "paused", "ended"],
    action: str,
) -> Programme:
    current = records.programmes.current()
    if current is None:
        raise Refusal(
            "No check-ins are running. Start them with /checkin start.",
            "目前没有进行中的周报。请使用 /checkin start。",
        )
    if current.state != state:
        records.audit.note(now, actor.id, action, f"programme/{current.id}", {})
    return records.programmes.save(replace(current, state=state))


@deed("checkin-pause", may=("programme", "steer"), of=whose_programme, command="checkin pause",
      help=Words("HR: write to nobody until resumed", "HR：暂停发送"))  # fmt: skip
def pause(records: CheckinRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Say nothing until HR resumes."""
    programme = _steer(records, actor, now, "paused", "programme.pause")
    for round_ in near_rounds(programme, now):
        put_off(records, programme, round_, now)
    return Words(
        "Paused: nobody is written to until you type /checkin resume.",
        "已暂停：在输入 /checkin resume 之前不会发送任何消息。",
    )


@deed("checkin-resume", may=("programme", "steer"), of=whose_programme, command="checkin resume",
      help=Words("HR: go on after a pause", "HR：恢复发送"))  # fmt: skip
def resume(records: CheckinRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Go on; rounds that passed during the pause are not made up for. What was put off or waiting comes now."""
    programme = _steer(records, actor, now, "running", "programme.resume")
    wake(records, programme, now)
    plan(records, now)
    for round_ in near_rounds(programme, now):
        look_again(records, programme, round_, now)
    return Words("Check-ins go on.", "周报已恢复。")


@deed("checkin-end", may=("programme", "steer"), of=whose_programme, command="checkin end",
      help=Words("HR: end the programme", "HR：结束周报"))  # fmt: skip
def end(records: CheckinRecords, actor: Person, _about: tuple[str, ...], now: datetime) -> Words:
    """Close what is open and ask nobody any more; what was written is kept."""
    programme = _steer(records, actor, now, "ended", "programme.end")
    records.messages.refresh(records.tasks.close_all(KIND, programme.id, "programme ended"))
    return Words(
        "Ended. Nobody is asked any more; everything written is kept.",
        "已结束，不再收集；已填写的内容都会保留。",
    )
