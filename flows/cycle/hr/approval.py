"""The second person: whoever else in HR approves the launch of a cycle, or sends it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.core.catalog import deed, letter
from flows.core.records import Message
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Element, Letter, Line, Note
from flows.core.words import Words
from flows.cycle.hr.launch import (
    ALONE,
    SURE,
    asked_times,
    go_live,
    meant,
    refuse_state,
    refuse_unready,
    told_launched,
)
from flows.cycle.hr.scope import steered_cycle, the_cycle
from flows.cycle.hr.setup import told_people
from flows.cycle.records import Cycle, CycleRecords
from flows.people.person import Person


def waiting(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Cycle:
    """The cycle that waits for the actor's approval; refuses one that does not, or was changed since it was asked."""
    cycle = the_cycle(records, actor, about, ("rehearsed",), now)
    refuse_state_of_request(cycle, actor)
    if cycle.asked_by == actor.id:
        raise Refusal(
            "You asked for it yourself, so somebody else in HR has to approve it.",
            "这是你本人发起的，需要另一位 HR 批准。",
        )
    if len(about) > 1 and about[1] != str(asked_times(records, cycle.id, actor.id)):
        raise Refusal(
            "{name} was changed since this message. Look at it on /cycle, or use the newer message.",
            "“{name}”在此消息之后有修改。请在 /cycle 中查看，或使用较新的消息。",
            name=cycle.name,
        )
    return cycle


def refuse_state_of_request(cycle: Cycle, actor: Person) -> None:
    """Say why there is nothing to approve."""
    if cycle.state == "draft":
        raise Refusal(
            "{name} was changed since and is a draft again; it has to be rehearsed and asked for anew.",
            "“{name}”已被修改，现为草稿，需要重新演练并申请。", name=cycle.name,
        )  # fmt: skip
    refuse_state(cycle, actor)
    if cycle.asked_by is None:
        raise Refusal(
            "Nobody asks for the approval of {name} at the moment. You can launch it on /cycle.",
            "“{name}”目前没有待批准的申请。可以在 /cycle 中启动。", name=cycle.name,
        )  # fmt: skip


@deed("cycle-approve", may=("cycle", "steer"), of=steered_cycle)
def approve(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Approve the launch as the second person: it is launched."""
    cycle = waiting(records, actor, about, now)
    people = refuse_unready(records, cycle, actor, now)
    answered(records, cycle, actor, now, approved=True)
    go_live(records, cycle, cycle.asked_by or actor.id, actor.id, now)
    return told_launched(cycle, people)


@deed("cycle-return", may=("cycle", "steer"), of=steered_cycle)
def send_back(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Don't approve it: it can be changed, and asked for again."""
    cycle = waiting(records, actor, about, now)
    answered(records, cycle, actor, now, approved=False)
    records.cycles.save(replace(cycle, asked_by=None))
    records.audit.note(now, actor.id, "cycle.return", f"cycle/{cycle.id}", {"asked": cycle.asked_by})
    return Words("Sent back. Please tell them what should change.", "已退回。请告知对方需要修改的内容。")


def answered(records: CycleRecords, cycle: Cycle, actor: Person, now: datetime, *, approved: bool) -> None:
    """Tell whoever asked, and take the buttons from the requests."""
    records.messages.refresh_all(f"cycle-approval/{cycle.id}/")
    if cycle.asked_by is not None:
        key = f"cycle-answer/{cycle.id}/{len(records.messages.starting(f'cycle-answer/{cycle.id}/'))}"
        about = {"cycle": cycle.id, "by": actor.id, "approved": approved}
        records.messages.write(Message(key, "cycle.answer", about, now, cycle.asked_by, urgency=0))


@letter("cycle.approval")
def approval(records: CycleRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """The request to approve a launch; once it is answered or changed, one line of how it stands."""
    cycle, reader = records.cycles.get(about["cycle"]), records.people.get(about["person"])
    if cycle is None or reader is None:
        return None
    asker = records.people.get(cycle.asked_by) if cycle.asked_by else None
    latest = about["n"] == asked_times(records, cycle.id, reader.id)
    if cycle.state != "rehearsed" or asker is None or not latest:
        launched = Words("{name} is launched.", "“{name}”已启动。")
        words = launched if cycle.launched_at else Words(
            "{name}: there is nothing to approve any more.", "“{name}”：已无需批准。"
        )  # fmt: skip
        words = words.fill(name=cycle.name)
        return Letter(words, (Line(words),))
    words = Words(
        "{asker} asks for your approval: launch {name} for {people}.",
        "{asker} 请你批准：启动“{name}”，共 {people}。",
    ).fill(asker=asker.name, name=cycle.name, people=told_people(meant(records, cycle)))
    it, n = str(cycle.id), str(about["n"])
    buttons = (
        Button(Words("Look at it", "查看"), Act("see", ("cycle-preview", it))),
        Button(Words("Approve", "批准"), Act("do", ("cycle-approve", it, n)), "primary", SURE),
        Button(Words("Send back", "退回"), Act("do", ("cycle-return", it, n))),
    )
    why = Words(
        "Why me? A cycle for more than {n} people needs a second person of HR.",
        "为什么收到？超过 {n} 人的周期需要另一位 HR 批准。",
    ).fill(n=ALONE)
    return Letter(words, (Line(words), Buttons(buttons), Note(why)))


@letter("cycle.answer")
def answer(records: CycleRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """What became of a request for approval."""
    cycle, by = records.cycles.get(about["cycle"]), records.people.get(about["by"])
    if cycle is None:
        return None
    words = (
        Words("{who} approved {name}: it is launched.", "{who} 已批准，“{name}”已启动。")
        if about["approved"]
        else Words(
            "{who} sent {name} back. Please ask them what should change.",
            "{who} 退回了“{name}”，请与对方沟通需要修改的内容。",
        )
    ).fill(who=by.name if by else "–", name=cycle.name)
    body: list[Element] = [Line(words)]
    place = Act("see", ("cycle", str(cycle.id)))
    return Letter(words, (*body, Buttons((Button(Words("Open", "打开"), place),))))
