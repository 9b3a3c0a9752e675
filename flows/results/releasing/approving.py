"""The second person: whoever else in HR approves the release of a cycle's results, or sends it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.core.catalog import deed, letter
from flows.core.records import Message
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Letter, Line, Note
from flows.core.words import Words
from flows.cycle.hr.launch import ALONE
from flows.cycle.hr.scope import RUNNING, the_cycle
from flows.cycle.records import Cycle
from flows.people.person import Person
from flows.results.records import Release, ResultRecords
from flows.results.releasing.asking import (
    SURE,
    asked_times,
    begin,
    refuse_asked,
    refuse_state,
    refuse_unready,
)
from flows.results.releasing.states import name_of, release_thing, state_of

LOOK = Words("Look at it", "查看")
APPROVE, RETURN = Words("Approve", "批准"), Words("Send back", "退回")


def waiting(
    records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime
) -> tuple[Cycle, Release]:
    """The release that waits for the actor's approval; refuses any other."""
    cycle = the_cycle(records, actor, about, RUNNING, now)
    refuse_state(cycle)
    release = records.releases.lock(cycle.id)
    if release is None:
        raise Refusal(
            "Nobody asks for the release of {name} at the moment. You can look at it on /cycle release.",
            "目前没有人申请发布“{name}”的结果。可以输入 /cycle release 查看。", name=cycle.name,
        )  # fmt: skip
    if state_of(records, release) != "asked":
        refuse_asked(records, cycle, release, actor)
    if release.asked_by == actor.id:
        raise Refusal(
            "You asked for it yourself, so somebody else in HR has to approve it.",
            "这是你本人发起的，需要另一位 HR 批准。",
        )
    if len(about) > 1 and about[1] != str(asked_times(records, cycle.id, actor.id)):
        raise Refusal(
            "{name} was sent back and asked for again since this message. Use the newer message, or /cycle release.",
            "此消息之后，“{name}”已被退回并重新申请。请使用较新的消息，或输入 /cycle release。",
            name=cycle.name,
        )
    return cycle, release


@deed("release-approve", may=("release", "create"), of=release_thing)
def approve(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Approve the release as the second person: the results are opened."""
    cycle, release = waiting(records, actor, about, now)
    found = refuse_unready(records, cycle, now, excused=bool(release.despite))
    approved = replace(release, approved_by=actor.id)
    records.releases.save(approved)
    told = begin(records, cycle, approved, actor, found, now)
    answered(records, cycle, release, actor, now, approved=True)
    return told


@deed("release-return", may=("release", "create"), of=release_thing)
def send_back(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Don't approve it: it can be asked for again."""
    cycle, release = waiting(records, actor, about, now)
    records.releases.take_back(cycle.id)
    answered(records, cycle, release, actor, now, approved=False)
    records.audit.note(now, actor.id, "release.return", f"cycle/{cycle.id}", {"asked": release.asked_by})
    return Words("Sent back. Please tell them what should change.", "已退回。请告知对方需要修改的内容。")


def answered(
    records: ResultRecords, cycle: Cycle, release: Release, actor: Person, now: datetime, *, approved: bool
) -> None:
    """Tell whoever asked, and take the buttons from the requests."""
    records.messages.refresh_all(f"release-approval/{cycle.id}/")
    key = f"release-answer/{cycle.id}/{release.asked_at.isoformat()}"
    about = {"cycle": cycle.id, "by": actor.id, "approved": approved}
    records.messages.write(Message(key, "release.answer", about, now, release.asked_by, urgency=0))


def ways(cycle: Cycle, n: int | None = None) -> tuple[Button, ...]:
    """To approve it or send it back; `n` is which request it is, where it stands in a message."""
    about = (str(cycle.id),) if n is None else (str(cycle.id), str(n))
    return (
        Button(APPROVE, Act("do", ("release-approve", *about)), "primary", SURE),
        Button(RETURN, Act("do", ("release-return", *about))),
    )


@letter("release.approval")
def approval(records: ResultRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """The request to approve a release; once it is answered, one line of how it stands."""
    cycle, reader = records.cycles.get(about["cycle"]), records.people.get(about["person"])
    if cycle is None or reader is None:
        return None
    release = records.releases.get(cycle.id)
    latest = about["n"] == asked_times(records, cycle.id, reader.id)
    if release is None or not latest or state_of(records, release) != "asked":
        over = release is not None and state_of(records, release) != "asked"
        words = Words("{name}: the results are released.", "“{name}”：结果已发布。") if over else Words(
            "{name}: there is nothing to approve any more.", "“{name}”：已无需批准。"
        )  # fmt: skip
        words = words.fill(name=cycle.name)
        return Letter(words, (Line(words),))
    words = Words(
        "{asker} asks for your approval: release the results of {name}.",
        "{asker} 请你批准：发布“{name}”的结果。",
    ).fill(asker=name_of(records, release.asked_by), name=cycle.name)
    look = Button(LOOK, Act("see", ("cycle-release", str(cycle.id))))
    why = Words(
        "Why me? A cycle of more than {n} people needs a second person of HR.",
        "为什么收到？超过 {n} 人的周期需要另一位 HR 批准。",
    ).fill(n=ALONE)
    told = (Line(words), Line(WITH_REASON)) if release.despite else (Line(words),)
    return Letter(words, (*told, Buttons((look, *ways(cycle, about["n"]))), Note(why)))


WITH_REASON = Words(
    "It was not calibrated as its template wants it. The reason stands beside the release: look at it first.",
    "本周期未按模板要求完成校准，原因写在发布页面上，请先查看。",
)


@letter("release.answer")
def answer(records: ResultRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """What became of a request for approval."""
    cycle = records.cycles.get(about["cycle"])
    if cycle is None:
        return None
    words = (
        Words("{who} approved the release of {name}.", "{who} 已批准发布“{name}”的结果。")
        if about["approved"]
        else Words(
            "{who} sent the release of {name} back. Please ask them what should change.",
            "{who} 退回了“{name}”的结果发布申请，请与对方沟通需要修改的内容。",
        )
    ).fill(who=name_of(records, about["by"]), name=cycle.name)
    place = Act("see", ("cycle-release", str(cycle.id)))
    return Letter(words, (Line(words), Buttons((Button(LOOK, place),))))
