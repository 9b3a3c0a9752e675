"""What stands beside a review form: the goals of the one it is about, as far as the writer may know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flows.core.words import Words, join, same
from flows.goals.kept import Goal
from flows.goals.measure.standing import Standing, standings
from flows.goals.reviewed import reviewed_goals
from flows.goals.setting.lines import aim, where
from flows.people.person import Person
from flows.reviews.owed import Asked
from flows.reviews.records import ReviewRecords

INSIDE = ("self", "manager")
"""The kinds of reviews whose writers know all goals, how they stand, and the diary; others know public goals alone."""

MOST = 12  # goals in the line above the form; the diary's screen has all of them
LONGEST = 120  # characters of a title there


def goals_beside(records: ReviewRecords, asked: Asked, now: datetime) -> Words:
    """The goals above the questions: with how they stand for the manager and oneself, by name alone for all others."""
    inside = asked.form.kind in INSIDE
    goals = [
        goal
        for goal in reviewed_goals(records, asked.owed.cycle, [asked.about.id])
        if inside or goal.terms.visibility == "public"
    ]
    if not goals:
        return none_of(asked.about, inside)
    whose = (
        Words("Your goals:", "你的目标：")
        if asked.is_self
        else Words("Goals of {name}:", "{name}的目标：").fill(name=same(asked.about.name))
    )
    found = standings(records, goals[:MOST], now) if inside else {}
    return whose + listed(goals, found)


def none_of(person: Person, inside: bool) -> Words:
    """That there are none to see."""
    if inside:
        return Words("No goals are written for this cycle.", "本周期没有填写目标。")
    return Words("{name} has no public goals in this cycle.", "{name}在本周期没有公开的目标。").fill(
        name=same(person.name)
    )


def listed(goals: Sequence[Goal], found: Mapping[int, Standing]) -> Words:
    """Goals one below the other."""
    words = same("")
    for goal in goals[:MOST]:
        words += same("\n• ") + one_line(goal, found.get(goal.id))
    if len(goals) > MOST:
        more = Words("\n… and {n} more", "\n……另外还有 {n} 个").fill(n=len(goals) - MOST)
        words += more
    return words


def one_line(goal: Goal, standing: Standing | None) -> Words:
    """A goal's title, and how it stands where that is known."""
    title = " ".join(goal.title.split())
    parts = [same(title if len(title) <= LONGEST else title[:LONGEST] + "…")]
    if standing is not None:
        parts += [words for words in (aim(goal.terms), where(standing)) if words != same("")]
    return join(parts, " · ", " · ")
