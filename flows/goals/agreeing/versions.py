"""A goal's history: who did what to it and when, what they said, and what each version changed in the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flows.core.catalog import view
from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.screen import Act, Button, Buttons, Divider, Element, Facts, Heading, Line, Quote, Screen
from flows.core.words import Words, same
from flows.cycle.owing import whole
from flows.goals.agreeing.telling import Row, Titles, differences, terms_rows
from flows.goals.agreeing.waiting import names_of
from flows.goals.kept import Act as Done
from flows.goals.kept import Version
from flows.goals.records import GoalsRecords
from flows.goals.rights import READ, goal_thing, named_goal
from flows.goals.tree.tree import may_see
from flows.people.person import Person
from flows.people.policy import may

TITLE = Words("History of a goal", "目标的历史记录")
ACTS: Mapping[Done, Words] = {
    "drafted": Words("{who} wrote it down", "{who}起草"),
    "proposed": Words("{who} proposed it", "{who}提出"),
    "asked": Words("{who} asked for changes", "{who}请对方修改"),
    "agreed": Words("{who} agreed", "{who}同意"),
    "changed": Words("{who} asked to change what was agreed", "{who}申请修改已确认的内容"),
    "declined": Words("{who} left it as agreed before", "{who}维持原有约定"),
    "withdrawn": Words("{who} withdrew it", "{who}撤回"),
    "imported": Words("{who} imported it", "{who}导入"),
}
LEAVING = Words("{who} asked to withdraw it", "{who}申请撤回")
SETTLED: tuple[Done, ...] = (
    "agreed",
    "withdrawn",
    "imported",
)  # what whoever may read the goal sees of its history


@view("goal-versions", may=READ, of=named_goal())
def versions(records: GoalsRecords, actor: Person, about: tuple[str, ...], now: datetime) -> Screen:
    """What happened to the goal, newest first: all of it to its two sides and the managers above, else what was agreed."""
    goal = records.goals.get(whole(about[0]))
    if goal is None:
        raise NotThere
    history = records.goals.history(goal.id)
    private = goal_thing(records, goal, actor, "goal_private")
    inside = private is not None and may(actor, "read", private, now)
    if actor.id != goal.person:
        history = [line for line in history if line.act != "drafted" and (inside or line.act in SETTLED)]
    names, titles = names_of(records, history), titles_in(records, actor, history, now)
    body: list[Element] = [Heading(same(goal.title))]
    if not history:
        body.append(Line(Words("Nothing has been agreed about this goal yet.", "这个目标还没有历史记录。")))
    for line, before in reversed(list(zip(history, [None, *history], strict=False))):
        body += [Divider(), *entry(line, before, names, titles, actor, inside=inside)]
    card = Button(Words("See the goal", "查看目标"), Act("see", ("goal-card", str(goal.id))))
    return Screen(TITLE, (*body, Buttons((card,))), place=Act("see", ("goal-versions", str(goal.id))))


def titles_in(
    records: GoalsRecords, actor: Person, history: Sequence[Version], now: datetime
) -> dict[int, Words]:
    """How the goals above were called that any version served, those that the actor may see."""
    above = records.goals.many({line.terms.parent for line in history if line.terms.parent})
    return {goal.id: same(goal.title) for goal in above if may_see(records, actor, goal, now)}


def entry(
    line: Version,
    before: Version | None,
    names: Mapping[int, str],
    titles: Titles,
    reader: Person,
    *,
    inside: bool,
) -> list[Element]:
    """One thing that happened: who and when, what they said, and what differs from the line before."""
    rows: tuple[Row, ...] = (
        differences(before.terms, line.terms, titles) if before else terms_rows(line.terms, titles)
    )
    words = LEAVING if line.act == "changed" and before and not rows else ACTS[line.act]
    when = day_and_time(line.at, reader.zone)
    body: list[Element] = [
        Line(words.fill(who=names.get(line.by or 0, "?")) + same(" · ") + when),
    ]
    if line.comment and inside:
        body.append(Quote(line.comment))
    if rows:
        body.append(Facts(rows))
    return body
