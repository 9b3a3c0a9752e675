"""Terms put before the other side by whoever may write them, kept, and followed by tasks and notices."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flows.core.words import Words
from flows.goals.agreeing.following import follow
from flows.goals.agreeing.negotiation import propose
from flows.goals.kept import Goal, Terms
from flows.goals.records import GoalsRecords
from flows.goals.rights import other_side
from flows.people.person import Person


def put_before(
    records: GoalsRecords, goal: Goal, terms: Terms, actor: Person, now: datetime, word: str = ""
) -> Goal:
    """Propose terms of a goal, new or known, to its other side; without one they stand at once.

    A person's own goal that somebody else writes always waits for that person. `word` goes with the proposal. Refuses
    what has not changed.
    """
    side = other_side(records, replace(goal, terms=terms))
    alone = side is None and (goal.level != "person" or actor.id == goal.person)
    moved, line = propose(goal, terms, actor.id, now, alone=alone)
    kept = records.goals.save(moved, replace(line, comment=word))
    follow(records, goal.cycle, goal.person, now)
    if side is not None and side not in (goal.person, actor.id):
        follow(records, goal.cycle, side, now)
    return kept


def standing_words(records: GoalsRecords, goal: Goal, actor: Person) -> Words:
    """What happens now with a goal that was just put before somebody."""
    if goal.state == "agreed" and goal.pending is None:
        return Words("It stands as agreed.", "已生效。")
    answers = goal.person if goal.person != actor.id else other_side(records, goal)
    person = records.people.get(answers) if answers else None
    if person is None:
        return Words("It waits to be agreed.", "等待确认。")
    return Words("{name} is asked to agree.", "已请{name}确认。").fill(name=person.name)
