"""What waits for somebody's answer: each goal as it is asked, against the terms that they know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from flows.core.desk import NotThere
from flows.core.moments import day_and_time
from flows.core.words import Words, same
from flows.goals.agreeing.answering import sheet_named, waiting_for
from flows.goals.agreeing.negotiation import asked_terms
from flows.goals.agreeing.telling import Row, Titles, differences, terms_rows
from flows.goals.amounts import figure
from flows.goals.kept import LIVE, Goal, Terms, Version
from flows.goals.measure.weights import weighed
from flows.goals.records import GoalsRecords
from flows.goals.rights import goals_of
from flows.goals.tree.tree import may_see
from flows.people.person import Person


@dataclass(frozen=True, slots=True)
class Asked:
    """One goal that waits: what is asked, against which terms it is read, and what was said about it last."""

    goal: Goal
    base: Terms | None
    by: str
    at: datetime | None
    comment: Words | None

    def rows(self, titles: Titles) -> tuple[Row, ...]:
        """What differs from what this side knows; all of it where it is new to them."""
        terms = asked_terms(self.goal)
        if self.base is None or self.goal.leaving:
            return terms_rows(terms, titles)[1:]  # the title stands above
        return differences(self.base, terms, titles)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything of one person that waits for one reader, with how the goals above are called."""

    cycle: int
    name: str
    owner: Person
    asked: tuple[Asked, ...]
    titles: Mapping[int, Words]
    weight: Words | None


def waiting(records: GoalsRecords, actor: Person, about: Sequence[str], now: datetime) -> Waiting:
    """What waits for the actor about the person who is named."""
    cycle, person = sheet_named(about) or (0, 0)
    found, owner = records.cycles.get(cycle), records.people.get(person)
    if found is None or owner is None:
        raise NotThere
    goals = waiting_for(records, actor, cycle, person)
    histories = records.goals.histories([goal.id for goal in goals])
    names = names_of(records, [line for lines in histories.values() for line in lines])
    asked = tuple(asked_of(goal, histories.get(goal.id, []), actor, names) for goal in goals)
    every = [
        goal for goal in goals_of(records, cycle, person) if goal.level == "person" and goal.state in LIVE
    ]
    return Waiting(
        cycle, found.name, owner, asked, titles_for(records, actor, asked, now), weight_words(every)
    )


def asked_of(goal: Goal, history: Sequence[Version], reader: Person, names: Mapping[int, str]) -> Asked:
    """What is asked about the goal, as this reader's side knows it."""
    own = reader.id == goal.person
    mine = [line for line in history if (line.by == goal.person) == own]
    base = goal.terms if goal.state == "agreed" else mine[-1].terms if mine else None
    last = history[-1] if history else None
    agreed = max((n for n, line in enumerate(history) if line.act == "agreed"), default=-1)
    said = next((line for line in reversed(history[agreed + 1 :]) if line.comment), None)
    comment = said_words(said, names) if said else None
    by = names.get((last.by if last else goal.asked_by) or 0, "?")
    return Asked(goal, base, by, last.at if last else goal.changed_at, comment)


def said_words(line: Version, names: Mapping[int, str]) -> Words:
    """A comment with who wrote it."""
    return same(names.get(line.by or 0, "?")) + Words(": ", "：") + same(line.comment)


def names_of(records: GoalsRecords, history: Iterable[Version]) -> dict[int, str]:
    """Who did it, by id."""
    return {one.id: one.name for one in records.people.many({line.by for line in history if line.by})}


def titles_for(
    records: GoalsRecords, actor: Person, asked: Iterable[Asked], now: datetime
) -> dict[int, Words]:
    """How the goals above are called, those that the actor may see."""
    terms = [t for one in asked for t in (one.base, one.goal.terms, one.goal.pending) if t]
    above = records.goals.many({t.parent for t in terms if t.parent})
    return {goal.id: same(goal.title) for goal in above if may_see(records, actor, goal, now)}


def weight_words(goals: Sequence[Goal]) -> Words | None:
    """What the weights sum to; nothing where all weigh the same."""
    total = weight_sum(goals)
    if total is None:
        return None
    return Words("All weights together: {total}%.", "权重合计 {total}%。").fill(total=figure(total))


def weight_sum(goals: Sequence[Goal]) -> Decimal | None:
    """The weights of a person's goals as they are asked for, together in percent; None where none has one."""
    asked = weighed([replace(goal, terms=asked_terms(goal)) for goal in goals])
    if all(goal.terms.weight is None for goal in asked):
        return None
    return sum((goal.terms.weight or Decimal() for goal in asked), Decimal())


def told(one: Asked, reader: Person) -> Words:
    """Who asks for what, and when; what is shown below is all of it, or what differs."""
    if one.goal.leaving:
        words = Words("{who} asks to withdraw this agreed goal", "{who}申请撤回这个已确认的目标")
    elif one.goal.state == "agreed":
        words = Words("{who} asks to change this agreed goal", "{who}申请修改这个已确认的目标")
    elif one.base is None:
        words = Words("{who} proposes this goal", "{who}提出这个目标")
    elif one.rows({}):
        words = Words("{who} has rewritten this goal; what differs is below", "{who}已修改这个目标，改动如下")
    else:
        words = Words("{who} proposes this goal again, unchanged", "{who}再次提出这个目标，内容没有改动")
    if one.at is None:
        return words.fill(who=one.by)
    when = Words(" ({when})", "（{when}）").fill(when=day_and_time(one.at, reader.zone))
    return words.fill(who=one.by) + when
