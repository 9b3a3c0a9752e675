"""Who answers for a goal divides its number among departments or people, and sees what is covered before it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from flows.core.catalog import flow
from flows.core.desk import NotThere
from flows.core.play import Ask
from flows.core.refusal import Refusal
from flows.core.words import Words, count, same
from flows.cycle.owing import whole
from flows.goals.current import taking_part
from flows.goals.kept import LIVE, Goal, Terms
from flows.goals.records import GoalsRecords
from flows.goals.rights import named_goal, reviewer_of
from flows.goals.tree.handing import put_before
from flows.goals.tree.split_pages import (
    Part,
    Splitting,
    after,
    asked_of,
    check_page,
    heads_page,
    parts_of,
    shares_page,
    shares_start,
    terms_for,
    unit_page,
    whom_page,
    whom_start,
)
from flows.goals.tree.tree import coverage_words, may_see, refuse_loop
from flows.people.person import Person


@dataclass(frozen=True, slots=True)
class Divided:
    """What is to be asked of whom: each part with its terms, and a word that goes with all of them."""

    parts: tuple[tuple[Part, Terms], ...]
    word: str


def splitting(records: GoalsRecords, actor: Person, subject: str, now: datetime) -> Splitting:
    """The goal and among whom it can be divided; refuses what has no number, and what is not running."""
    goal = records.goals.get(whole(subject))
    if goal is None or not may_see(records, actor, goal, now):  # HR divides only what it may read
        raise NotThere
    cycle = records.cycles.get(goal.cycle) if goal.cycle else None
    if cycle is None or cycle.state != "live" or goal.state not in LIVE:
        raise Refusal(
            "“{goal}” can be divided once its cycle runs and the goal itself was proposed.",
            "周期启动且目标已提出后，才能拆分“{goal}”。",
            goal=goal.title,
        )
    if goal.terms.target is None:
        raise Refusal(
            "“{goal}” has no number to divide. Give it a target first, or have other goals linked to it.",
            "“{goal}”没有可拆分的数值。请先填写目标值，或把其他目标关联到它。",
            goal=goal.title,
        )
    refuse_loop(records, 0, goal.id)
    reports = tuple(records.people.reports_of(goal.person))
    heads = departments_below(records, goal, reports)
    own = [one for one in [records.people.get(goal.person)] if one and goal.level != "person"]
    return Splitting(
        goal, tuple(records.goals.children([goal.id])), records.goals.coverage([goal.id]).get(goal.id), heads,
        (*reports, *own), lambda person: found.name if (found := records.people.get(person)) else "–",
    )  # fmt: skip


def departments_below(records: GoalsRecords, goal: Goal, reports: tuple[Person, ...]) -> Mapping[str, Person]:
    """Who stands at the top of each department that can get a part.

    The company's number goes to all of them; a department's to those whose top reports to whoever answers for it.
    """
    if goal.level == "person":
        return {}
    if goal.level == "company":
        names = records.people.departments()
    else:
        names = sorted({one.department for one in reports} - {goal.department, ""})
    heads = records.people.heads(names)
    direct = {one.id for one in reports}
    return {
        name: heads[name]
        for name in names
        if name in heads and (goal.level == "company" or heads[name].id in direct)
    }


def keep(records: GoalsRecords, actor: Person, subject: str, divided: Divided, now: datetime) -> Words:
    """Put each part before whoever is to answer for it; what has not changed is left alone."""
    goal = records.goals.lock(whole(subject))
    if goal is None:
        raise NotThere
    if not divided.parts:
        raise Refusal(
            "Nobody has a number yet. Choose at least one department or person, and give them a part.",
            "还没有分给任何人。请至少选择一个部门或一个人，并填写数值。",
        )
    changed = [(part, terms) for part, terms in divided.parts if asked_of(part) != terms]
    for part, _ in changed:
        refuse_stranger(records, goal, part, now)
    for part, terms in changed:
        known = records.goals.lock(part.child.id) if part.child else None
        if part.child and (known is None or known.state not in LIVE):
            continue  # withdrawn meanwhile
        level = "department" if part.department else "person"
        new = Goal(0, part.person, terms, goal.cycle, level, part.department, "draft")  # type: ignore[arg-type]
        put_before(records, known or new, terms, actor, now, divided.word)
    records.audit.note(now, actor.id, "goal.split", f"goal/{goal.id}", {"parts": len(changed)})
    covered = coverage_words(goal, records.goals.coverage([goal.id]).get(goal.id))
    if not changed:
        return Words("Nothing has changed.", "没有改动。") + same("\n") + covered
    told = count(
        len(changed), "{n} goal is put before whom it concerns.", "{n} goals are put before whom they concern.",
        "已提出 {n} 个目标，等待对方确认。",
    )  # fmt: skip
    return told + same("\n") + covered


def refuse_stranger(records: GoalsRecords, goal: Goal, part: Part, now: datetime) -> None:
    """Refuse a part for who has left, who is not below whoever answers for the goal, or who takes no part."""
    person = records.people.get(part.person)
    if person is None or not person.active or person.has_left(now.astimezone(ZoneInfo(person.zone)).date()):
        raise Refusal(
            "{name} has left. Please choose somebody else.", "{name}已离职，请另选一位。",
            name=person.name if person else "–",
        )  # fmt: skip
    if part.child is not None:
        return
    line = (*records.people.line_of(person.id), person.id)
    if part.department:
        head = records.people.heads([part.department]).get(part.department)
        if goal.level != "company" and goal.person not in line and (head is None or head.id != person.id):
            raise outside(person)
        return
    if goal.person not in line and reviewer_of(records, goal.cycle, person.id) != goal.person:
        raise outside(person)
    place = records.participants.get(goal.cycle or 0, person.id)
    if place is None or place.place != "in":
        raise Refusal(
            "{name} does not take part in this cycle. HR can add people on /cycle.",
            "{name}没有参加本周期。HR 可在 /cycle 中添加。",
            name=person.name,
        )


def outside(person: Person) -> Refusal:
    """The no to a part for somebody of another line."""
    return Refusal(
        "{name} does not report to whoever answers for this goal, nor to anybody below. Please choose somebody else.",
        "{name}不是该目标负责人的下级，请另选一位。",
        name=person.name,
    )


def to_divide(records: GoalsRecords, actor: Person, now: datetime) -> str:
    """The one goal with a number that the actor answers for, for the command; refuses where there are several."""
    found: list[Goal] = []
    for cycle in taking_part(records, actor, now)[:1]:
        found += with_number(records, actor, cycle.id)
    if len(found) == 1:
        return found[0].key
    raise Refusal(
        "Type /goal tree, open the goal that you want to divide, and choose Divide.",
        "请输入 /goal tree，打开要拆分的目标，再选择“拆分”。",
    )


def with_number(records: GoalsRecords, person: Person, cycle: int) -> list[Goal]:
    """The goals with a number that somebody answers for: the company's and departments' first, then their own."""
    every = (*records.goals.answered_for(cycle, person.id), *records.goals.of_cycle(cycle, person.id))
    return [goal for goal in every if goal.state in LIVE and goal.terms.target is not None]


@flow(
    "goal-split",
    Words("Divide a goal", "拆分目标"),
    may=("goal", "split"),
    of=named_goal("goal"),
    facts=splitting,
    keep=keep,
    subject=to_divide,
    again=True,
    command="goal split",
    help=Words("divide the number of a goal that you answer for", "拆分你负责的目标"),
)
def split(ask: Ask, has: Splitting) -> Divided:
    whom = ask.form(whom_page(has), start=whom_start(has))
    asked = heads_page(has, whom.get("departments") or ())
    parts = parts_of(has, whom, ask.form(asked, start=heads_start(has)) if asked else {})
    given: list[tuple[Part, Terms]] = []
    if parts:
        shares = ask.form(
            shares_page(has, parts, coverage_words(has.goal, has.coverage)), start=shares_start(has, parts)
        )
        for part in parts:
            own = None
            if part.key in (shares["other"] or ()):
                page, start = unit_page(has, part)
                own = ask.form(page, start=start)
            if terms := terms_for(has, part, shares[part.key], own):
                given.append((part, terms))
    fresh = any(part.child is None for part, _ in given)
    page, start = check_page(covered_by(has, given), fresh=fresh, title=has.goal.title)
    checked = ask.form(page, start=start)
    named = [
        (part, terms if part.child else replace(terms, title=checked["sentence"] or ""))
        for part, terms in given
    ]
    return Divided(tuple(named), checked["word"] or "")


def heads_start(has: Splitting) -> dict[str, int]:
    return {name: person.id for name, person in has.heads.items()}


def covered_by(has: Splitting, given: list[tuple[Part, Terms]]) -> Words:
    """How far the goal is covered once everybody has agreed to this."""
    return Words("With these numbers: ", "按这些数值：") + coverage_words(has.goal, after(has, given))
