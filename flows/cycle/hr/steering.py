"""HR pauses a cycle, goes on with it, closes it and puts it away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.catalog import deed
from flows.core.refusal import Refusal
from flows.core.words import Words, count, join
from flows.cycle.broadcasts.kickoff_steer import end, goes_on, hold
from flows.cycle.hr.scope import RUNNING, STATES, steered_cycle, the_cycle
from flows.cycle.owing import KINDS
from flows.cycle.planning import phase_key, snapshot_key
from flows.cycle.records import Cycle, CycleRecords
from flows.people.person import Person
from flows.results.records import ResultRecords
from flows.results.releasing.telling import is_under_way


def live(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Cycle:
    """The live cycle that is meant, held for this transaction; refuses any other with its state."""
    cycle = the_cycle(records, actor, about, RUNNING, now)
    if cycle.state != "live":
        raise Refusal(
            "{name} is {state}, so there is nothing to do here. Type /cycle to see them all.",
            "“{name}”{state}，无需此操作。输入 /cycle 查看所有周期。", name=cycle.name, state=STATES[cycle.state],
        )  # fmt: skip
    return cycle


@deed("cycle-pause", may=("cycle", "steer"), of=steered_cycle, command="cycle pause",
      help=Words("HR: write to nobody about a cycle until resumed", "HR：暂停周期"))  # fmt: skip
def pause(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Say nothing about it until HR resumes; what is owed stays owed."""
    cycle = live(records, actor, about, now)
    if cycle.paused_at is not None:
        raise Refusal(
            "{name} is paused already. Resume it on /cycle.",
            "“{name}”已经暂停。可在 /cycle 中恢复。",
            name=cycle.name,
        )
    records.cycles.save(replace(cycle, paused_at=now))
    hold(records, actor, cycle, now)
    records.audit.note(now, actor.id, "cycle.pause", f"cycle/{cycle.id}", {})
    return Words(
        "{name} is paused: nobody is written to about it until you resume it. Its dates go on.",
        "“{name}”已暂停：恢复之前不会发送任何消息，日期照常计算。",
    ).fill(name=cycle.name)


@deed("cycle-resume", may=("cycle", "steer"), of=steered_cycle, command="cycle resume",
      help=Words("HR: go on with a paused cycle", "HR：恢复周期"))  # fmt: skip
def resume(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Go on: every open task is looked at anew, at the people's own hours."""
    cycle = live(records, actor, about, now)
    if cycle.paused_at is None:
        raise Refusal("{name} is not paused.", "“{name}”没有暂停。", name=cycle.name)
    records.cycles.save(replace(cycle, paused_at=None))
    records.tasks.wake(KINDS, cycle.id, now)
    goes_on(records, actor, cycle, now)
    records.audit.note(now, actor.id, "cycle.resume", f"cycle/{cycle.id}", {})
    return Words("{name} goes on.", "“{name}”已恢复。").fill(name=cycle.name)


def hindrances(records: ResultRecords, cycle: Cycle, now: datetime) -> list[Words]:
    """What stands in the way of closing the cycle, each with what to do about it."""
    found: list[Words] = []
    keys = [snapshot_key(cycle.id), *(phase_key(cycle.id, phase.name) for phase in cycle.template.phases)]
    sweeps = [records.sweeps.get(key) for key in keys]
    if any(sweep and not sweep.done and sweep.due_at <= now for sweep in sweeps):
        found.append(
            Words(
                "its tasks are still being written; wait a minute",
                "任务仍在生成中，请稍等片刻",
            )
        )
    if asked := len(records.participants.asked(cycle.id)):
        found.append(
            count(
                asked,
                "{n} joiner waits for your answer; say whether they take part",
                "{n} joiners wait for your answer; say whether they take part",
                "有 {n} 位新加入的人员待确认，请先决定是否纳入",
            )
        )
    if is_under_way(records, cycle.id):
        found.append(
            Words(
                "its results are being released; wait until everybody could look, or have the request sent back",
                "结果正在发布，请等到所有人都可以查看，或退回发布申请",
            )
        )
    return found


@deed("cycle-close", may=("cycle", "steer"), of=steered_cycle, command="cycle close",
      help=Words("HR: close a cycle", "HR：关闭周期"))  # fmt: skip
def close(records: ResultRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Close it: what is still open ends undone, nobody is asked any more, everything written is kept."""
    cycle = live(records, actor, about, now)
    if hinders := hindrances(records, cycle, now):
        raise Refusal(
            "{name} can't be closed yet: {why}.", "“{name}”暂时不能关闭：{why}。", name=cycle.name,
            why=join(hinders, "; ", "；"),
        )  # fmt: skip
    records.cycles.save(replace(cycle, state="closed", closed_at=now, paused_at=None))
    end(records, actor, cycle, now)
    records.messages.refresh(records.tasks.expire_all(KINDS, cycle.id))
    records.audit.note(now, actor.id, "cycle.close", f"cycle/{cycle.id}", {})
    return Words(
        "{name} is closed. Nobody is asked any more; everything written is kept.",
        "“{name}”已关闭，不再收集；已填写的内容都会保留。",
    ).fill(name=cycle.name)


@deed("cycle-archive", may=("cycle", "steer"), of=steered_cycle, command="cycle archive",
      help=Words("HR: put a closed cycle away", "HR：归档已关闭的周期"))  # fmt: skip
def archive(records: CycleRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Words:
    """Put it away: it stays readable and nothing about it changes any more."""
    cycle = the_cycle(records, actor, about, ("closed",), now)
    if cycle.state != "closed":
        raise Refusal(
            "{name} is {state}; only a closed cycle can be archived. Close it first, on /cycle.",
            "“{name}”{state}，只有已关闭的周期才能归档。请先在 /cycle 中关闭。",
            name=cycle.name, state=STATES[cycle.state],
        )  # fmt: skip
    records.cycles.save(replace(cycle, state="archived"))
    records.audit.note(now, actor.id, "cycle.archive", f"cycle/{cycle.id}", {})
    return Words("{name} is archived.", "“{name}”已归档。").fill(name=cycle.name)
