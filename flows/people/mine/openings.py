"""Who opened my record: one line for each reader, day and kind of page, for the one it is about to read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import cast

from flows.core.moments import day_words
from flows.core.records import Records
from flows.core.screen import Element, Heading, Line, Note
from flows.core.words import Words, join, same
from flows.cycle.calendar import local_day
from flows.people.mine.records import MineRecords, Opening
from flows.people.person import Person
from flows.people.policy import Thing
from flows.results.rewards.rights import KIND as REWARD
from flows.results.rewards.rights import seen_by

SHOWN = 400  # lines, one for each reader and day; a long screen comes in parts
WATCHED: Mapping[str, Words] = {
    "checkin": Words("a check-in", "周报"),
    "self_review": Words("your self review", "自评"),
    "manager_review": Words("the manager's review", "上级评估"),
    "project_review": Words("a project review", "项目评估"),
    "score_proposed": Words("your score before the release", "发布前的得分"),
    "score_calibrated": Words("your score in the calibration", "校准中的得分"),
    "score_final": Words("your result", "结果"),
    "diary": Words("your diary", "工作记录"),
    "interview": Words("an interview", "面谈"),
    "appeal": Words("an appeal", "申诉"),
    "appeal_decision": Words("the decision on an appeal", "申诉裁决"),
    "development_plan": Words("your development plan", "发展计划"),
    "improvement_plan": Words("an improvement plan", "改进计划"),
    "reward": Words("a reward", "奖励"),
}
"""Pages about one person that are written down when somebody else opens them. Not those of whom one may not learn who
they are: whoever is asked for an anonymous review opens none of these."""


def noted(records: Records, actor: Person, thing: Thing | None, now: datetime) -> None:
    """Write down that somebody opened another's page, once a day; who wrote what stands there is no stranger to it."""
    if thing is None or thing.owner is None or thing.kind not in WATCHED:
        return
    if thing.owner.id == actor.id or "author" in thing.standing:
        return
    mine = cast(MineRecords, records)
    if thing.kind == REWARD and not seen_by(mine, thing.owner, now):
        return  # that somebody looked at one would tell that there is one
    mine.openings.note(Opening(thing.owner.id, actor.id, thing.kind, local_day(now, thing.owner.zone)))


def openings_shown(records: MineRecords, actor: Person) -> list[Element]:
    """Day by day, who opened what."""
    body: list[Element] = [Heading(Words("Who opened your record", "谁查看过你的记录"))]
    found = records.openings.of(actor.id)
    names = {one.id: one.name for one in records.people.many({opening.reader for opening in found})}
    lines = []
    for (day, reader), several in groupby(found, key=lambda one: (one.day, one.reader)):
        what = join([WATCHED.get(one.kind, same(one.kind)) for one in several])
        lines.append(Line(day_words(day) + same(f" · {names.get(reader, '?')} · ") + what))
    body += lines[:SHOWN]
    if not lines:
        body.append(Line(Words("Nobody but you.", "只有你自己。")))
    elif len(lines) > SHOWN:
        body.append(Note(Words("Older ones are not listed.", "更早的记录不再列出。")))
    body.append(
        Note(
            Words(
                "Written down are pages about you alone, once a day for each reader. Lists and tables of many people are not.",
                "仅记录查看关于你个人页面的情况，每位查看者每天一次；多人列表不计入。",
            )
        )
    )
    return body
