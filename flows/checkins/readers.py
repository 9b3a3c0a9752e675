"""Who will read a check-in, said before any typing."""

from __future__ import annotations

from flows.checkins.records import CheckinRecords
from flows.core.words import Words
from flows.people.person import Person

OF_GOALS = Words(
    " A goal's numbers are seen by whoever may see the goal.", "目标的数值对能查看该目标的人可见。"
)


def readers_of(records: CheckinRecords, actor: Person) -> Words:
    """Who will read it, said before any typing."""
    manager = records.people.get(actor.manager) if actor.manager else None
    if manager is None:
        return Words(
            "You have no manager in the directory yet, so nobody reads this until HR names one. "
            "HR sees only that you answered.",
            "通讯录中还没有你的上级，在 HR 指定之前不会有人看到内容；HR 只能看到你是否已填写。",
        )
    words = Words(
        "Read by {manager} and the managers above; your mood only by {manager}. HR sees only that you answered.",
        "阅读者：{manager}及其上级；心情只有{manager}能看到。HR 只能看到你是否已填写。",
    ).fill(manager=manager.name)
    if records.team_channels.of_manager(manager.id):
        words += Words(
            " Your team's channel gets done, next and blockers, never your mood.",
            "团队频道会收到“完成、接下来、阻碍”，不含心情。",
        )
    return words
