"""The buttons of one cycle: what may be done with it in its state."""

from __future__ import annotations

from flows.core.screen import Act, Button
from flows.core.words import Words
from flows.cycle.hr.launch import SURE
from flows.cycle.records import Cycle, CycleState
from flows.people.person import Person


def for_people(cycle: Cycle) -> tuple[Button, ...]:
    """What is decided about single people."""
    it = str(cycle.id)
    return (
        Button(Words("Extend one person", "延长个人期限"), Act("open", ("cycle-extend", it))),
        Button(Words("Take somebody out", "移除人员"), Act("open", ("cycle-remove", it))),
    )


def buttons_for(cycle: Cycle, actor: Person) -> list[tuple[Button, ...]]:
    """What may be done with the cycle in its state, in rows."""
    it = str(cycle.id)
    preview = Button(Words("Preview", "预览"), Act("see", ("cycle-preview", it)))
    copy = Button(Words("Copy", "复制"), Act("do", ("cycle-copy", it)))
    rehearse = Button(Words("Rehearse", "演练"), Act("do", ("cycle-rehearse", it)), "primary")
    seen = Button(Words("The rehearsal", "演练结果"), Act("see", ("cycle-rehearsal", it)))
    edit = Button(Words("Change", "修改"), Act("open", ("cycle-edit", it)))
    move = Button(Words("Move dates", "调整日期"), Act("open", ("cycle-move", it)))
    by_state: dict[CycleState, list[tuple[Button, ...]]] = {
        "draft": [(preview, rehearse, edit, move, copy)],
        "rehearsed": [(preview, *to_launch(cycle, actor)), (seen, edit, move, copy)],
        "live": [
            (toggle(cycle), move, *for_people(cycle)),
            (adding(it), closing(it), *comments(cycle), *results(cycle), copy),
        ],
        "closed": [
            (Button(Words("Archive", "归档"), Act("do", ("cycle-archive", it))), *results(cycle), copy)
        ],
        "archived": [(*results(cycle), copy)],
    }
    return by_state[cycle.state]


def to_launch(cycle: Cycle, actor: Person) -> tuple[Button, ...]:
    """Launch; once it is asked for, whoever did not ask may approve it or send it back."""
    it = str(cycle.id)
    if cycle.asked_by is None:
        return (Button(Words("Launch", "启动"), Act("do", ("cycle-launch", it)), "primary", SURE),)
    if cycle.asked_by == actor.id:
        return ()
    return (
        Button(Words("Approve", "批准"), Act("do", ("cycle-approve", it)), "primary", SURE),
        Button(Words("Send back", "退回"), Act("do", ("cycle-return", it))),
    )


def toggle(cycle: Cycle) -> Button:
    if cycle.paused_at is not None:
        return Button(Words("Resume", "恢复"), Act("do", ("cycle-resume", str(cycle.id))), "primary")
    return Button(Words("Pause", "暂停"), Act("do", ("cycle-pause", str(cycle.id))))


def results(cycle: Cycle) -> tuple[Button, ...]:
    """What came of it, where anybody is reviewed."""
    if not any(phase.work == "review" for phase in cycle.template.phases):
        return ()
    return (Button(Words("Results", "结果"), Act("see", ("cycle-results", str(cycle.id)))),)


def comments(cycle: Cycle) -> tuple[Button, ...]:
    """A look at comments before they are shown, where people write without a name."""
    if not any(form.anonymous for form in cycle.template.reviews.values()):
        return ()
    return (Button(Words("Comments", "评语"), Act("see", ("comments", str(cycle.id)))),)


def adding(it: str) -> Button:
    return Button(Words("Add people", "添加人员"), Act("open", ("cycle-add", it)))


def closing(it: str) -> Button:
    sure = Words(
        "What is still open ends undone, and nobody is asked any more.", "未完成的任务将结束，不再收集。"
    )
    return Button(Words("Close the cycle", "关闭周期"), Act("do", ("cycle-close", it)), "danger", sure)
