"""HR rehearses a cycle: asks for it, hears how far it is, and reads what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from flows.core.catalog import deed, letter
from flows.core.records import Message
from flows.core.refusal import Refusal
from flows.core.screen import Act, Button, Buttons, Letter, Line, Note
from flows.core.words import Words, same
from flows.cycle.hr.scope import BEFORE, steered_cycle, the_cycle
from flows.cycle.kept import Cycle
from flows.cycle.records import CycleRecords
from flows.cycle.rehearsals.rehearsal import Found, Rehearsal, Timelines, Told, mark_of
from flows.people.person import Person

LEASE = timedelta(minutes=3)  # a player that gave no sign for so long is lost, and another begins anew

NAME = Words("Rehearsal of “{name}”", "“{name}”演练")
BEGUN = Words(
    "The rehearsal has begun. Nobody is written to. The result comes as a message in a minute or two.",
    "演练已开始，不会向任何人发送消息。通常一两分钟内你会收到结果消息。",
)
UNDER_WAY = Words(
    "This cycle is being rehearsed already ({n} % done). The result comes as a message; please wait for it.",
    "该周期正在演练（已完成 {n}%）。结果会以消息发送给你，请稍候。",
)
RUNS = Words(
    "“{name}” is {state} and can't be rehearsed any more. Copy it as a new draft to try other dates.",
    "“{name}”{state}，不能再演练。请复制为新的草稿来尝试其他日期。",
)
SEE = Words("See what was found", "查看演练结果")
PLAYING = Words("It is being played: {n} % done.", "正在演练：已完成 {n}%。")
DONE = Words(
    "{messages} messages to {readers} people; {problems} things to look at.",
    "共 {messages} 条消息，{readers} 人收到；有 {problems} 处需要注意。",
)
READY = Words("It can be launched now.", "现在可以启动。")
BLOCKED = Words(
    "It can't be launched like this: see what has to be changed first.",
    "目前还不能启动：请先查看需要修改的地方。",
)
OUTDATED = Words(
    "The draft was changed meanwhile. Rehearse it again before you launch it.",
    "演练期间草稿被修改过。启动前请重新演练。",
)
FAILED = Words(
    "The rehearsal failed; nothing has changed. Try again, and tell your operator this number if it fails again: {reference}.",
    "演练失败，没有任何改动。请重试；若再次失败，请把编号告诉管理员：{reference}。",
)
AGAIN = Words("Rehearse again", "重新演练")
NO_FILES = Words(
    "The pictures and the sheet could not be put here ({error}). Your operator can give the app the scope files:write, "
    "or make them with “perfloop rehearse”.",
    "图片和表格无法发送到这里（{error}）。请管理员为应用添加 files:write 权限，或用“perfloop rehearse”命令生成。",
)
SENT = Words("Finished; the result is in its own message.", "已完成，结果见单独的消息。")


class RehearsalKeeper(Protocol):
    def get(self, cycle: int) -> Rehearsal | None: ...
    def save(self, rehearsal: Rehearsal) -> None: ...
    def claim(self, now: datetime, until: datetime) -> Rehearsal | None:
        """The longest waiting one, or one whose player was lost; it is the caller's until then."""
        ...

    def keep_timelines(self, cycle: int, timelines: Timelines) -> None: ...
    def timeline(self, cycle: int, person: int) -> Sequence[Told]: ...


class RehearsalRecords(CycleRecords, Protocol):
    @property
    def rehearsals(self) -> RehearsalKeeper: ...


@deed("cycle-rehearse", may=("cycle", "steer"), of=steered_cycle, command="cycle rehearse",
      help=Words("HR: play a draft through without sending anything", "HR：演练草稿，不发送任何消息"))  # fmt: skip
def rehearse(records: RehearsalRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Have the draft played; a second request while it is says so."""
    cycle = the_cycle(records, actor, about, BEFORE, now)
    if cycle.state not in BEFORE:
        state = Words("runs", "已启动") if cycle.state == "live" else Words("is over", "已结束")
        raise Refusal(RUNS.fill(name=cycle.name, state=state))
    before = records.rehearsals.get(cycle.id)
    if before is not None and before.state in ("asked", "playing"):
        raise Refusal(UNDER_WAY.fill(n=before.progress))
    number = before.number + 1 if before else 1
    asked = Rehearsal(cycle.id, "asked", actor.id, now, mark_of(cycle), number)
    records.rehearsals.save(asked)
    records.messages.write(_card(asked, now, done=False))
    if before is not None:  # its result is not the newest any more, and says so
        older = records.messages.by_key(f"rehearsal/{cycle.id}/{before.number}/done")
        records.messages.refresh([older.id] if older else [])
    records.audit.note(now, actor.id, "cycle.rehearse", f"cycle/{cycle.id}", {"number": number})
    return BEGUN


def progressed(records: RehearsalRecords, rehearsal: Rehearsal, percent: int, now: datetime) -> bool:
    """Note how far the player is and that it lives; False when the rehearsal is not this one any more."""
    kept = records.rehearsals.get(rehearsal.cycle)
    if kept is None or kept.number != rehearsal.number or kept.state != "playing":
        return False
    records.rehearsals.save(replace(kept, progress=percent, until=now + LEASE))
    _refresh(records, rehearsal)
    return True


def finished(
    records: RehearsalRecords, rehearsal: Rehearsal, found: Found, timelines: Timelines, now: datetime
) -> bool:
    """Keep what was found and say so; the draft counts as rehearsed unless something is in its way.

    False when it was finished before, by another player that was taken for lost.
    """
    cycle = records.cycles.lock(rehearsal.cycle)
    kept = records.rehearsals.get(rehearsal.cycle)
    if cycle is None or kept is None or kept.number != rehearsal.number or kept.state != "playing":
        return False
    records.rehearsals.save(replace(kept, state="done", progress=100, until=None, found=found))
    records.rehearsals.keep_timelines(rehearsal.cycle, timelines)
    if cycle.state in BEFORE and not found.is_blocked and mark_of(cycle) == rehearsal.mark:
        records.cycles.save(replace(cycle, state="rehearsed", rehearsed_at=now))
    elif cycle.state == "rehearsed" and found.is_blocked:
        records.cycles.save(replace(cycle, state="draft", rehearsed_at=None))
    counts = {"messages": found.messages, "problems": len(found.problems)}
    records.audit.note(now, kept.asked_by, "cycle.rehearsed", f"cycle/{cycle.id}", counts)
    _refresh(records, rehearsal)
    records.messages.write(_card(rehearsal, now, done=True))
    return True


def failed(records: RehearsalRecords, rehearsal: Rehearsal, reference: str, now: datetime) -> None:
    """Say that it could not be played."""
    kept = records.rehearsals.get(rehearsal.cycle)
    if kept is not None and kept.number == rehearsal.number and kept.state == "playing":
        records.rehearsals.save(replace(kept, state="failed", until=None, failure=reference))
        _refresh(records, rehearsal)
        records.messages.write(_card(rehearsal, now, done=True))


def uploaded(records: RehearsalRecords, rehearsal: Rehearsal, refused: str) -> None:
    """Say in the result that the files could not be put into the chat; `refused` is the messenger's word for it."""
    kept = records.rehearsals.get(rehearsal.cycle)
    if kept is not None and kept.number == rehearsal.number:
        records.rehearsals.save(replace(kept, failure=refused))
        done = records.messages.by_key(f"rehearsal/{rehearsal.cycle}/{rehearsal.number}/done")
        records.messages.refresh([done.id] if done else [])


def verdict(cycle: Cycle, rehearsal: Rehearsal) -> Words:
    """Whether the cycle can be launched after this rehearsal."""
    if rehearsal.found and rehearsal.found.is_blocked:
        return BLOCKED
    if cycle.state in BEFORE and mark_of(cycle) != rehearsal.mark:
        return OUTDATED
    return READY if cycle.state == "rehearsed" else same("")


@letter("cycle.rehearsal")
def rehearsal_letter(records: RehearsalRecords, about: Mapping[str, Any], _now: datetime) -> Letter | None:
    """How far the rehearsal is, or what came of it: counts, no names."""
    cycle = records.cycles.get(about["cycle"])
    rehearsal = records.rehearsals.get(about["cycle"])
    if cycle is None or rehearsal is None or rehearsal.number != about["n"]:
        return None if cycle is None or not about.get("sent") else _over(cycle)
    name = NAME.fill(name=cycle.name)
    if not about["done"]:
        words = PLAYING.fill(n=rehearsal.progress) if rehearsal.state in ("asked", "playing") else SENT
        return Letter(name, (Line(name), Note(words)))
    if rehearsal.found is None or rehearsal.state == "failed":
        again = Button(AGAIN, Act("do", ("cycle-rehearse", str(cycle.id))))
        return Letter(name, (Line(name), Line(FAILED.fill(reference=rehearsal.failure)), Buttons((again,))))
    found = rehearsal.found
    told = DONE.fill(
        messages=f"{found.messages:,}", readers=f"{found.readers:,}", problems=len(found.problems)
    )
    lines = [Line(name), Line(told), Line(verdict(cycle, rehearsal))]
    notes = (Note(NO_FILES.fill(error=rehearsal.failure)),) if rehearsal.failure else ()
    button = Button(SEE, Act("see", ("cycle-rehearsal", str(cycle.id))), "primary")
    return Letter(name, (*lines, Buttons((button,)), *notes))


def _over(cycle: Cycle) -> Letter:
    name = NAME.fill(name=cycle.name)
    return Letter(name, (Line(name), Note(Words("There is a newer rehearsal.", "已有更新的演练。"))))


def _card(rehearsal: Rehearsal, now: datetime, *, done: bool) -> Message:
    about = {"cycle": rehearsal.cycle, "n": rehearsal.number, "done": done}
    key = f"rehearsal/{rehearsal.cycle}/{rehearsal.number}/{'done' if done else 'card'}"
    return Message(key, "cycle.rehearsal", about, now, rehearsal.asked_by, urgency=0)


def _refresh(records: RehearsalRecords, rehearsal: Rehearsal) -> None:
    card = records.messages.by_key(f"rehearsal/{rehearsal.cycle}/{rehearsal.number}/card")
    records.messages.refresh([card.id] if card else [])
